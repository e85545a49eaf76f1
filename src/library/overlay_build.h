/*
 * overlay_build: what a delta changes of a base, worked out once and kept in the sections that overlay.h reads.
 *
 * Takes time by the size of the delta (and a bit for each article and reference of the base).
 */
#ifndef LECTERN_LIBRARY_OVERLAY_BUILD_H
#define LECTERN_LIBRARY_OVERLAY_BUILD_H

#include "flat.h"
#include "lectern/library.h"
#include "numbering.h"
#include "overlay_image.h"

/*
 * `delta` is the catalogue of all files and skipped entries of `changes`, which are all that differs from the base of
 * `before`, in the order of the walk; no article has files in the delta and others in the base. Articles that `before` has
 * already keep their numbers. The sections are added to the delta's image.
 */
void overlay_build(const struct catalogue *before, const struct flat *delta,
                   const struct library_changes *changes);

/* For the files that do parts of it. */

struct number_list {
    uint32_t *at;
    size_t count, capacity;
};
void number_list_add(struct number_list *list, uint32_t number);
void number_list_sort(struct number_list *list); /* ascending, each once */

/* A name whose meaning may be another now, or that a missing target is known by. */
struct meaning {
    enum name_kind kind;
    struct str text;
    uint32_t article; /* or CATALOGUE_NONE */
    bool absent;      /* a missing target may be known by it */
    uint32_t target;  /* that missing target, once it is settled, or CATALOGUE_NONE */
    uint32_t landed;  /* the newest of its references, in `landed`, or CATALOGUE_NONE */
};

/* Where a reference leads: to an article, or to what is missing under a name. References of the delta are numbered behind
 * those of the base. */
struct lead {
    uint32_t reference, article, meaning;
};

/* One that leads to a missing target, in a list. */
struct landed {
    uint32_t reference, next;
};

struct overlaying {
    const struct flat *base, *delta;
    const struct catalogue *before;
    const struct library_changes *changes;
    struct arena arena;
    struct buf texts; /* of the sections */

    /* overlay_gone.c */
    uint64_t *gone;
    struct number_list files, problems, articles; /* of the base that are gone, ascending */

    /* overlay_numbers.c */
    uint32_t count;       /* of numbers of articles */
    uint32_t *numbers;    /* by article of the delta */
    uint32_t *added;      /* by number from the base's count on: the delta's article or CATALOGUE_NONE */
    uint32_t *successors; /* by gone article of the base: the delta's article or CATALOGUE_NONE */

    /* overlay_subjects.c */
    struct numbering subject_names; /* folded */
    struct number_list subjects;    /* by folded name: the subject */
    struct str *new_subjects;
    size_t new_subject_count, new_subject_capacity;

    /* overlay_meanings.c */
    struct numbering names; /* kind and text */
    struct buf name;
    struct meaning *meanings; /* by name */
    size_t meaning_capacity;

    /* overlay_references.c */
    uint64_t *opened; /* a bit for each reference of the base that is resolved anew */
    struct number_list open;
    struct lead *leads; /* of these, then of all of the delta */
    size_t lead_count, lead_capacity;
    struct landed *landed;
    size_t landed_count, landed_capacity;
    struct stored_absent *absent;
    size_t absent_count, absent_capacity;
    uint32_t new_missing;
};

bool overlaying_is_gone(const struct overlaying *overlaying, uint32_t base_article);

/* The place of a gone article in their list; their count if it is not gone. */
size_t overlaying_gone_place(const struct overlaying *overlaying, uint32_t base_article);

/* How two articles stand in the walk: an article of the base, and one of the delta. */
int overlaying_compare(const struct overlaying *overlaying, uint32_t base_article, uint32_t delta_article);

/* The kind of the name that an article or missing target of the base would be known by if it was missing. */
enum name_kind overlaying_known_by(const struct overlaying *overlaying, uint32_t base_target);

void overlaying_find_gone(struct overlaying *overlaying);
void overlaying_number(struct overlaying *overlaying);
void overlaying_start_subjects(struct overlaying *overlaying);
uint32_t overlaying_subject(struct overlaying *overlaying, struct str name); /* made if it is new */
void overlaying_find_meanings(struct overlaying *overlaying);
void overlaying_lead(struct overlaying *overlaying);
void overlaying_find_taken(struct overlaying *overlaying);

/* The article that a name means, or CATALOGUE_NONE. */
uint32_t overlaying_article(const struct overlaying *overlaying, enum name_kind kind, struct str text);
/* The number of a name among the meanings; it is added if need be. */
uint32_t overlaying_meaning(struct overlaying *overlaying, enum name_kind kind, struct str text);

/* A section of elements, which are copied. */
void overlaying_write(struct overlaying *overlaying, const char *section, const void *elements, size_t count,
                      size_t size);

#endif
