/*
 * flat: one catalogue as its image holds it.
 *
 * An image may come from a damaged file: whatever number stands in it, an accessor gives back something empty rather than
 * reach beyond a section. Numbers that are too large are treated alike.
 */
#ifndef LECTERN_LIBRARY_FLAT_H
#define LECTERN_LIBRARY_FLAT_H

#include "catalogue_image.h"
#include "lectern/catalogue.h"
#include "lectern/image.h"

enum name_kind { NAME_ID, NAME_URL, NAME_TITLE, NAME_KINDS };

struct flat {
    struct image *image;
    const struct stored_library *library;
    struct image_array texts, aliases;
    struct table articles, missing, files, problems, subject_names, keyword_names, references,
        names[NAME_KINDS], unmet;
    struct table_lists article_files, subjects, keywords, links, sources, target_references;
};

/* Keeps the image; false, with nothing kept, if a section is not there or has a wrong size. */
bool flat_open(struct flat *flat, struct image *image);
void flat_close(struct flat *flat);

uint32_t flat_count(const struct flat *flat);   /* of articles */
uint32_t flat_targets(const struct flat *flat); /* with the missing ones */
struct str flat_text(const struct flat *flat, uint64_t place);

struct stored_article flat_article(const struct flat *flat, uint32_t article);
struct stored_missing flat_missing(const struct flat *flat, uint32_t target);
struct stored_reference flat_reference(const struct flat *flat, uint32_t reference);
struct stored_link flat_link(const struct flat *flat, uint32_t article, size_t i);
struct catalogue_file flat_file(const struct flat *flat, uint32_t file);
struct catalogue_problem flat_problem(const struct flat *flat, size_t problem);

/* The name of a target; empty if it has none. A missing target's title is what it is shown by. */
struct str flat_name(const struct flat *flat, enum name_kind kind, uint32_t target);
struct str flat_reference_name(const struct flat *flat, enum name_kind kind, uint32_t reference);

struct str flat_subject_name(const struct flat *flat, uint32_t subject);
struct str flat_keyword_name(const struct flat *flat, uint32_t keyword);

/* Element `i` of a list of numbers, or CATALOGUE_NONE, and how many there are. */
uint32_t flat_number(const struct table_lists *lists, uint32_t list, size_t i);
size_t flat_row_count(const struct table_lists *lists, uint32_t list);

/* The articles that link to a target, in no order, perhaps more than once; in the arena. */
uint32_t *flat_sources(const struct flat *flat, uint32_t target, struct arena *arena, size_t *count);

/* The first file, or problem, that does not come before a place in the walk; their number if all do. */
size_t flat_first_file(const struct flat *flat, uint32_t root, struct str path);
size_t flat_first_problem(const struct flat *flat, uint32_t root, struct str path);
uint32_t flat_find_file(const struct flat *flat, uint32_t root, struct str path);

/* What the names of this catalogue are hashed to. */
uint32_t flat_hash(const struct flat *flat, struct str name);

/* Goes through the targets that have a name, in their order; or the references whose name of that kind is unmet. */
struct name_search {
    const struct flat *flat;
    enum name_kind kind;
    struct str text;
    uint32_t hash;
    size_t at;
};
struct name_search flat_search(const struct flat *flat, enum name_kind kind, struct str text);
bool flat_next_target(struct name_search *search, uint32_t *target);
struct name_search flat_search_unmet(const struct flat *flat, enum name_kind kind, struct str text);
bool flat_next_reference(struct name_search *search, uint32_t *reference);

#endif
