/*
 * overlay_image: the sections that lay a second catalogue, the delta, over a base: see lectern-index(5).
 *
 * They stand in the image of the delta, beside the sections of its own catalogue. Texts are in the section "otexts".
 * Targets, and all numbers but those of sections named so, are those of the two together.
 */
#ifndef LECTERN_LIBRARY_OVERLAY_IMAGE_H
#define LECTERN_LIBRARY_OVERLAY_IMAGE_H

#include "catalogue_image.h"

struct stored_overlay {
    uint32_t count, missing; /* numbers of articles and of missing targets */
    uint32_t articles;       /* that there are */
    uint32_t zero;
};

/* An article of the base that is gone, and the delta's article that has its number, or CATALOGUE_NONE; by `base`. */
struct stored_successor {
    uint32_t base, delta;
};

/* A reference of the base and where it leads now; by `reference`. */
struct stored_led {
    uint32_t reference, target;
};

/* What is known of a missing target; by `target`. */
struct stored_absent {
    uint64_t title, id, url;
    uint32_t target, subject;
};

/* What a name means now, or CATALOGUE_NONE; by `hash`. */
struct stored_meaning {
    uint64_t text;
    uint32_t hash, target;
};

_Static_assert(sizeof(struct stored_overlay) == 16 && sizeof(struct stored_successor) == 8 &&
                   sizeof(struct stored_led) == 8 && sizeof(struct stored_absent) == 32 &&
                   sizeof(struct stored_meaning) == 16,
               "as lectern-index(5) says");

#define OVERLAY_HEAD       "overlay"
#define OVERLAY_TEXTS      "otexts"
#define OVERLAY_NUMBERS    "onumbers" /* u32, by article of the delta: its number */
#define OVERLAY_ADDED      "oadded" /* u32, by number from the base's count on: the delta's article or none */
#define OVERLAY_SUCCESSORS "osuccess"
#define OVERLAY_GONE       "ogone"    /* u64: a bit for each article of the base */
#define OVERLAY_FILES      "ofiles"   /* u32: the files of the base that are gone, ascending */
#define OVERLAY_PROBLEMS   "oproblem" /* u32: the problems of the base that are gone, ascending */
#define OVERLAY_TAKEN      "otaken"   /* stored_problem: ids that are taken */
#define OVERLAY_SUBJECTS   "osubject" /* u32, by subject of the delta: its number */
#define OVERLAY_NEW_NAMES  "onewsubj" /* u64, by subject from the base's count on: its name */
#define OVERLAY_LED        "oled"     /* stored_led */
#define OVERLAY_DELTA_LED  "odled"    /* u32, by reference of the delta: where it leads */
#define OVERLAY_TARGETS                                                                                      \
    "otargets" /* u32: targets whose references are others than the base says, ascending */
#define OVERLAY_REFERENCES "otgtrefs" /* rows by these targets */
#define OVERLAY_REFERENCE  "otgtref"  /* u32: references, those of the delta behind those of the base */
#define OVERLAY_ABSENT     "oabsent"
#define OVERLAY_IDS        "oids" /* stored_meaning */
#define OVERLAY_URLS       "ourls"
#define OVERLAY_TITLES     "otitles"

#endif
