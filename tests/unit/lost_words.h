/*
 * lost_words: that no word of a text is lost on its way to the screen.
 */
#ifndef LECTERN_TESTS_LOST_WORDS_H
#define LECTERN_TESTS_LOST_WORDS_H

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"
#include "lectern/text.h"

struct words {
    struct str *at;
    size_t count;
};

static inline int compare_words(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static inline struct words sorted_words(struct str text)
{
    struct words words = {0};
    size_t capacity = 0;
    struct str word;
    while (text_next_word(&text, &word)) {
        if (str_eq(word, STR("o"))) /* a bullet of printed standards */
            continue;
        words.at = mem_grow(words.at, words.count, &capacity, sizeof *words.at);
        words.at[words.count++] = word;
    }
    if (words.count)
        qsort(words.at, words.count, sizeof *words.at, compare_words);
    return words;
}

/* Every word of the source is among those shown, as many times. */
static inline void assert_keeps_words(struct str source, struct str shown)
{
    struct words wanted = sorted_words(source), there = sorted_words(shown);
    size_t at = 0;
    for (size_t i = 0; i < wanted.count; i++, at++) {
        while (at < there.count && str_compare(there.at[at], wanted.at[i]) < 0)
            at++;
        if (at == there.count || !str_eq(there.at[at], wanted.at[i]))
            fail_msg("\"%.*s\" is lost", STR_ARG(wanted.at[i]));
    }
    mem_free(wanted.at);
    mem_free(there.at);
}

#endif
