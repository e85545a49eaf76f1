/*
 * overlay: a second catalogue, the delta, laid over a base.
 *
 * Numbers of the base stay. An article whose files were changed or removed is gone from the base; the delta may have an
 * article in its place, with its number. The delta's other articles are numbered behind the base's.
 */
#ifndef LECTERN_LIBRARY_OVERLAY_H
#define LECTERN_LIBRARY_OVERLAY_H

#include "flat.h"
#include "overlay_image.h"

struct overlay {
    const struct flat *base;
    struct flat delta;
    struct stored_overlay head;
    struct image_array texts, numbers, added, successors, gone, files, problems, taken, subjects, new_names,
        led, delta_led, targets, absent, meanings[NAME_KINDS];
    struct image_rows references;
};

/* Keeps the image; false, with nothing kept, if it is not of this base, or a section is not there or has a wrong size. The
 * base must live as long. */
bool overlay_open(struct overlay *overlay, const struct flat *base, struct image *delta);
void overlay_close(struct overlay *overlay);

/* Whether an article of the base is gone. */
bool overlay_is_gone(const struct overlay *overlay, uint32_t article);

/* Where an article stands: false if it is none. */
struct overlay_place {
    const struct flat *flat;
    uint32_t article; /* there */
};
bool overlay_find(const struct overlay *overlay, uint32_t article, struct overlay_place *place);

/* The numbers of the delta's articles, subjects and files; of a file or problem of the base, whether it is gone. */
uint32_t overlay_number(const struct overlay *overlay, uint32_t delta_article);
uint32_t overlay_subject(const struct overlay *overlay, uint32_t delta_subject);
bool overlay_file_is_gone(const struct overlay *overlay, uint32_t base_file);
bool overlay_problem_is_gone(const struct overlay *overlay, size_t base_problem);

/* Files of the delta, and those that are gone without another in their place. */
uint32_t overlay_files_changed(const struct overlay *overlay);

/* Of a subject behind those of the base. */
struct str overlay_new_subject(const struct overlay *overlay, uint32_t subject);

/* Problem `i` of those that ids are taken. */
struct catalogue_problem overlay_taken(const struct overlay *overlay, size_t i);

/* Of a missing target, or an article that has gone. */
struct str overlay_absent_name(const struct overlay *overlay, enum name_kind kind, uint32_t target);
uint32_t overlay_absent_subject(const struct overlay *overlay, uint32_t target);

/* Where references lead. */
uint32_t overlay_base_target(const struct overlay *overlay, uint32_t reference);
uint32_t overlay_delta_target(const struct overlay *overlay, uint32_t reference);

/* The articles that link to a target, in no order, perhaps more than once; in the arena. */
uint32_t *overlay_sources(const struct overlay *overlay, uint32_t target, struct arena *arena, size_t *count);

/* What a name means, or CATALOGUE_NONE. */
uint32_t overlay_meaning(const struct overlay *overlay, enum name_kind kind, struct str text);

/* A target of the base as a target of both: missing ones are numbered anew. */
uint32_t overlay_from_base(const struct overlay *overlay, uint32_t target);

#endif
