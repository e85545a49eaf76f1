/*
 * term_words: the words of keywords and titles, brought to the form in which they are compared.
 *
 * Folded, and plurals as singulars; "C++", "F#" and the like are words. Each spelling is worked out once.
 */
#ifndef LECTERN_LIBRARY_TERM_WORDS_H
#define LECTERN_LIBRARY_TERM_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"
#include "numbering.h"

struct term_words {
    struct arena arena;
    struct numbering spellings;
    uint32_t *word_of; /* by spelling: its number in the numbering of words, or NUMBERING_NONE */
    size_t capacity;
    struct buf buf;
};

void term_words_start(struct term_words *cache);
void term_words_free(struct term_words *cache);

/* The numbers of the first `max` words of a text; returns how many. term_words_add() makes numbers for new words;
 * term_words_find() gives NUMBERING_NONE for them. One cache serves either the one or the other. */
uint32_t term_words_add(struct term_words *cache, struct numbering *words, struct str text, uint32_t *numbers,
                        uint32_t max);
uint32_t term_words_find(struct term_words *cache, const struct numbering *words, struct str text,
                         uint32_t *numbers, uint32_t max);

/* Letters of a spelling that make it an acronym: "DNA", "mRNA", "SSRIs". */
bool term_words_is_acronym(struct str spelling);

/* The next word as it is written. */
bool term_words_next(struct str *rest, struct str *spelling);

/* Words that say nothing about a topic, in the compared form, with a space in between. */
extern const char term_words_empty[];

#endif
