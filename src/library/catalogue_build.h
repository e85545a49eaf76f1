/*
 * catalogue_build: a catalogue made from the records of a shelf: first a draft with pointers into the shelf, then the
 * flat image that the catalogue is.
 */
#ifndef LECTERN_LIBRARY_CATALOGUE_BUILD_H
#define LECTERN_LIBRARY_CATALOGUE_BUILD_H

#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/str.h"
#include "names.h"
#include "shelf.h"

/* Rows of numbers, one after the other: row i is items[starts[i]] up to items[starts[i + 1]]. */
struct rows {
    size_t *starts;
    uint32_t *items;
};

struct missing_target {
    const struct symbol *id, *url, *title;
    struct str shown_title;
    uint32_t subject;
};

/* What links say of a target: those that say the same are one reference. */
struct reference {
    const struct symbol *id, *url, *title, *subject;
    uint32_t target;
};

struct draft_link {
    uint32_t reference, number, line, column;
};

/* Which target a text means: by the number of its symbol; the smallest of several. CATALOGUE_NONE elsewhere. */
struct directory {
    uint32_t *targets;
};

/* A url of an article that is that of a further file of it. */
struct alias {
    const struct symbol *url;
    uint32_t article;
};

struct draft {
    struct arena arena;
    uint32_t count, missing_count, file_count, subject_count, keyword_count;
    const struct record **articles;
    struct missing_target *missing;
    struct catalogue_file *files;
    struct str *subject_names, *keyword_names;
    struct rows article_files, subjects, keywords;
    size_t *link_starts;
    struct draft_link *links;
    struct reference *references;
    uint32_t reference_count;
    struct rows sources;           /* by reference: the articles with such links, each once, ascending */
    struct rows target_references; /* by target */
    struct catalogue_problem *problems;
    size_t problem_count;
    struct directory by_id, by_url, by_title;
    struct alias *aliases;
    size_t alias_count, alias_capacity;
    uint32_t symbol_count; /* symbols made since have larger numbers */
};

/* Builds a catalogue of what a view of the shelf shows; it does not need the shelf any more. */
struct catalogue *catalogue_build(struct shelf *shelf, const struct shelf_view *view);

/* `count` numbers, all CATALOGUE_NONE. */
uint32_t *numbers_none(struct arena *arena, size_t count);

/* Enters a target under a symbol (none if NULL), unless a smaller one is there already. */
void directory_add(struct directory *directory, const struct symbol *symbol, uint32_t target);
uint32_t directory_find(const struct directory *directory, const struct symbol *symbol);

/* For references.c: gathers what the links of all articles say, and resolves it; the articles stand in the directories
 * already. Fills links, references, missing targets and the rows of both; `scratch` is thrown away afterwards. Subjects
 * that nothing but a missing target has are added behind the others. */
void references_resolve(struct draft *draft, struct names *subjects, struct arena *scratch);

#endif
