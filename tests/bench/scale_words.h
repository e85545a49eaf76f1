/*
 * scale_words: prose with some words replaced: by others of the same subject, and by new rare ones, of which a library
 * has the more the larger it is (Heaps' law).
 */
#ifndef BENCH_SCALE_WORDS_H
#define BENCH_SCALE_WORDS_H

#include "scale_model.h"

#define SCALE_WORDS 32

struct scale_words {
    const struct scale_model *model;
    uint32_t group;
    struct dice *dice;
    size_t gap;                    /* words until the next one is replaced */
    struct buf texts[SCALE_WORDS]; /* new words that the article must have */
    size_t count, used;
};

/* Finds the new words of an article: those that come up in it first, and about as many that have come up before. */
void scale_words_start(struct scale_words *words, const struct scale_model *model, uint32_t group,
                       uint32_t article, struct dice *dice);
void scale_words_end(struct scale_words *words);

/* One of them, if there are any. */
struct str scale_words_first(const struct scale_words *words);

/* Appends a piece of prose. */
void scale_words_add_prose(struct scale_words *words, struct str text, struct buf *out);

/* Appends the new words for which there was no prose. */
void scale_words_add_rest(struct scale_words *words, struct buf *out);

#endif
