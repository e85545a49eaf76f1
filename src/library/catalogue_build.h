/*
 * catalogue_build: a catalogue made from the records of a shelf. The inside of `struct catalogue` is here too, for
 * the files that fill it and the accessors that read it.
 */
#ifndef LECTERN_LIBRARY_CATALOGUE_BUILD_H
#define LECTERN_LIBRARY_CATALOGUE_BUILD_H

#include <stdatomic.h>
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
    const struct symbol *id, *url;
    struct str title;
    uint32_t subject;
};

struct catalogue {
    atomic_uint references;
    struct arena arena;  /* everything of this catalogue */
    struct shelf *shelf; /* what its slices point into */

    uint32_t count, missing_count, file_count, subject_count, keyword_count;
    const struct record **articles;
    struct missing_target *missing;
    struct catalogue_file *files;
    struct str *subject_names, *keyword_names;
    struct rows article_files, subjects, keywords, backlinks;
    size_t *link_starts;
    struct catalogue_link *links;
    struct catalogue_problem *problems;
    size_t problem_count;

    /* Targets by the number of a symbol, CATALOGUE_NONE elsewhere. */
    uint32_t *by_id, *by_url;
    uint32_t symbol_count; /* symbols that are newer than this catalogue have larger numbers */
};

/* Builds a catalogue of what a view of the shelf shows. It keeps the shelf; the view may go. */
struct catalogue *catalogue_build(struct shelf *shelf, const struct shelf_view *view);

/* `count` numbers, all CATALOGUE_NONE. */
uint32_t *numbers_none(struct arena *arena, size_t count);

/* Enters a target under a symbol (none if NULL), unless another one is there already. */
void target_register(uint32_t *targets, const struct symbol *symbol, uint32_t target);

/* For links.c: resolves the links of all articles, which stand in by_id, by_url and `by_title` already. Fills links,
 * missing targets and backlinks; `scratch` is thrown away afterwards. Subjects that nothing but a missing target has
 * are added behind the others. */
void links_resolve(struct catalogue *catalogue, struct names *subjects, uint32_t *by_title,
                   struct arena *scratch);

#endif
