/*
 * words: the words of texts, folded, as queries are made of them.
 */
#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "dice.h"
#include "lectern/arena.h"
#include "lectern/str.h"

struct words {
    struct str *at;
    size_t count;
};

/* Folded words in their order. Those of content leave out stop words and what has less than three letters. */
struct words words_of(struct arena *arena, struct str text);
struct words words_of_content(struct arena *arena, struct str text);

/* `count` of them from `first` on with a space between. */
struct str words_join(struct arena *arena, const struct words *words, size_t first, size_t count);
void words_shuffle(struct dice *dice, struct words *words);

/* Letters a to z only. */
bool word_is_plain(struct str word);

/* A plain word of at least three letters with one letter left out, doubled up by another, changed, or changed in place with the next one. */
struct str word_misspelt(struct arena *arena, struct dice *dice, struct str word);

#endif
