/*
 * lost_words: that no word of a text is lost on its way to the screen.
 */
#ifndef LECTERN_TESTS_LOST_WORDS_H
#define LECTERN_TESTS_LOST_WORDS_H

#include <stdlib.h>
#include <string.h>

#include "lectern/math.h"
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

/* The words of the source that are not among those shown as many times, in order. The list points into the source; release
 * `at` with mem_free(). */
static inline struct words lost_words(struct str source, struct str shown, size_t *looked_for)
{
    struct words wanted = sorted_words(source), there = sorted_words(shown), lost = {0};
    size_t at = 0, capacity = 0;
    for (size_t i = 0; i < wanted.count; i++) {
        while (at < there.count && str_compare(there.at[at], wanted.at[i]) < 0)
            at++;
        if (at < there.count && str_eq(there.at[at], wanted.at[i])) {
            at++;
            continue;
        }
        lost.at = mem_grow(lost.at, lost.count, &capacity, sizeof *lost.at);
        lost.at[lost.count++] = wanted.at[i];
    }
    *looked_for = wanted.count;
    mem_free(wanted.at);
    mem_free(there.at);
    return lost;
}

/* Every word of the source is among those shown, as many times. */
static inline void assert_keeps_words(struct str source, struct str shown)
{
    size_t looked_for;
    struct words lost = lost_words(source, shown, &looked_for);
    if (lost.count)
        fail_msg("\"%.*s\" is lost", STR_ARG(lost.at[0]));
    mem_free(lost.at);
}

/* --- Of Markdown --- */

/* What stands in the braces of `\text` is text, but not in a script; the rest of a formula becomes signs. */
static inline void add_words_of_formula(struct str formula, struct buf *out)
{
    for (size_t at; (at = str_find(formula, STR("\\text{"))) != STR_NOT_FOUND;) {
        char before = at > 1 && formula.at[at - 1] == '{' ? formula.at[at - 2]
                      : at                                ? formula.at[at - 1]
                                                          : '\0';
        formula = str_slice(formula, at + 6, formula.len);
        if (before == '_' || before == '^')
            continue;
        struct str text = str_slice(formula, 0, str_find_byte(formula, '}'));
        if (str_find_byte(text, '\\') == STR_NOT_FOUND && str_find_byte(text, '$') == STR_NOT_FOUND)
            buf_add(out, text);
        buf_add_byte(out, ' ');
    }
}

/* A Markdown text as far as it is words that must be seen. */
static inline void add_words_of_markdown(struct str text, struct buf *out)
{
    struct math_spans spans = {0};
    struct buf prose = {0};
    size_t from = 0;
    math_find(text, &spans);
    for (size_t i = 0; i < spans.count; i++) {
        buf_add(&prose, str_slice(text, from, spans.at[i].begin));
        buf_add_byte(&prose, ' ');
        add_words_of_formula(str_slice(text, spans.at[i].begin, spans.at[i].end), &prose);
        from = spans.at[i].end;
    }
    buf_add(&prose, str_slice(text, from, text.len));
    struct str rest = buf_str(&prose);
    for (size_t at; (at = str_find(rest, STR("&nbsp;"))) != STR_NOT_FOUND;) {
        buf_add(out, str_slice(rest, 0, at));
        rest = str_slice(rest, at + 6, rest.len);
    }
    buf_add(out, rest);
    buf_free(&prose);
    mem_free(spans.at);
}

/* Without blanks and the mark of broken lines. */
static inline void squeeze(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++)
        if (str_starts(str_slice(text, i, text.len), STR("\u21aa")))
            i += 2;
        else if ((unsigned char)text.at[i] > ' ')
            buf_add_byte(out, text.at[i]);
}

static inline size_t times_in(struct str text, struct str word)
{
    size_t times = 0;
    for (size_t at; (at = str_find(text, word)) != STR_NOT_FOUND; times++)
        text = str_slice(text, at + word.len, text.len);
    return times;
}

/* Leaves of the words that are lost only those that are not there in pieces either, as at the end of a line. */
static inline void forgive_broken_words(struct words *lost, struct str source, struct str shown)
{
    struct buf whole = {0}, page = {0};
    size_t left = 0;
    if (lost->count) {
        squeeze(source, &whole);
        squeeze(shown, &page);
    }
    for (size_t i = 0; i < lost->count; i++)
        if (times_in(buf_str(&page), lost->at[i]) < times_in(buf_str(&whole), lost->at[i]))
            lost->at[left++] = lost->at[i];
    lost->count = left;
    buf_free(&whole);
    buf_free(&page);
}

#endif
