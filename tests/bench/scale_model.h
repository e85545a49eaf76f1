/*
 * scale_model: what a library made larger is made of: the articles of a real one, cut into what is put together anew.
 *
 * Only question-and-answer articles count. All slices live as long as the model, which is not changed once it is made.
 */
#ifndef BENCH_SCALE_MODEL_H
#define BENCH_SCALE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dice.h"
#include "lectern/arena.h"
#include "lectern/str.h"

#define SCALE_NONE UINT32_MAX

struct scale_link {
    uint32_t number;
    uint32_t target;  /* a source, or SCALE_NONE for one that the library does not hold: */
    uint32_t missing; /* its number among those, */
    struct str title; /* and its title */
    struct str subject;
};

/* A part of an answer between empty lines; code and formulas of several lines are not torn. */
struct scale_piece {
    struct str text; /* as it is written in a file */
    uint32_t group;  /* of subjects, from 0 */
    uint8_t kind;    /* pieces of the same kind can stand for each other */
    bool prose;      /* words in it may be replaced by others */
};

/* An article of the real library. */
struct scale_source {
    uint32_t group;
    uint32_t set, place; /* the set of articles that links connect, and the place in it */
    struct str title, date, date_format, author, description;
    struct str *subjects; /* one a file, as it is spelt there */
    struct str *keywords;
    struct scale_link *links;
    uint32_t *pieces; /* numbers of pieces */
    size_t subject_count, keyword_count, link_count, piece_count;
    bool scored, not_indexed;
};

struct scale_range {
    uint32_t first, end;
};

struct scale_model {
    struct arena arena;
    struct scale_source *sources; /* set after set */
    uint32_t source_count;
    struct scale_range *sets; /* of sources */
    uint32_t set_count;
    struct scale_piece *pieces; /* those of one group and kind together, short ones before long ones */
    uint32_t piece_count;
    uint32_t group_count;
    struct scale_range *members; /* of each group: of `by_group`, which holds sources */
    uint32_t *by_group;
    struct scale_range *vocabulary; /* of each group: of `words`, as often as they are used */
    struct str *words;
    struct str *rare; /* words that hardly any article has */
    uint32_t rare_count;
    double distinct;     /* words of the whole library */
    double new_keywords; /* the part of the keywords that no other article has */
};

/* Reads the library in `folder`; ends the program when that cannot be done or there are no questions in it. */
void scale_model_read(struct scale_model *model, const char *folder);
void scale_model_free(struct scale_model *model);

/* A random source of a group, a random word of its texts, and a random piece about as long as `piece`. */
const struct scale_source *scale_pick_source(const struct scale_model *model, uint32_t group,
                                             struct dice *dice);
struct str scale_pick_word(const struct scale_model *model, uint32_t group, struct dice *dice);
const struct scale_piece *scale_pick_piece(const struct scale_model *model, uint32_t piece,
                                           struct dice *dice);

/* Rare words that no real library has, as many as one likes: each number has its own. */
struct str scale_new_word(const struct scale_model *model, uint64_t number, struct buf *room);

#endif
