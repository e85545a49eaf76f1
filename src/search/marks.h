/*
 * marks: which words of a text are those of a query, in the forms in which they were found.
 */
#ifndef LECTERN_SEARCH_MARKS_H
#define LECTERN_SEARCH_MARKS_H

#include "lectern/search.h"

/* A regular expression, which finds what a word with its number would be. */
struct mark_pattern {
    struct str source;
    bool ignore_case;
    const struct pattern *pattern;
};

/* A folded text, and the number of the word that it stands for. */
struct mark_text {
    struct str text;
    uint8_t word;
};

/* The words are those of the query that are not excluded and no tags, in order, numbered anew; a set of them is a
 * uint64_t. */
struct search_marks {
    struct mark_text *forms; /* whole words, ascending */
    size_t form_count;
    struct mark_text *beginnings;
    size_t beginning_count;
    uint8_t word_count;
    uint8_t fields[QUERY_WORDS];   /* where each word is looked for: bits of enum index_field */
    uint8_t phrases[QUERY_WORDS];  /* of the first word of a phrase of two and more: how many it has */
    uint64_t in_phrase;            /* that only count in theirs */
    uint64_t beginning_with[2];    /* the ASCII characters that any of the texts begins with, as bits */
    uint64_t going_on_with[2];     /* and those that may come next, with all that are no letters or digits */
    struct mark_pattern *patterns; /* numbered behind the words */
    size_t pattern_count;
};

static inline unsigned char marks_lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
}

/* Whether a word, which is not folded yet and may have anything behind it, may be one of those that are marked: most are not,
 * which its first two letters tell. */
static inline bool marks_may_match(const struct search_marks *marks, struct str word)
{
    unsigned char first = word.len ? marks_lower((unsigned char)word.at[0]) : 0,
                  next = word.len > 1 ? marks_lower((unsigned char)word.at[1]) : 0;
    if (first >= 0x80)
        return true;
    return (marks->beginning_with[first / 64] >> first % 64 & 1) &&
           (next >= 0x80 || (marks->going_on_with[next / 64] >> next % 64 & 1));
}

/* The words that a folded word stands for. */
uint64_t marks_match(const struct search_marks *marks, struct str folded);

struct mark {
    size_t start, end;
    uint64_t words; /* and patterns */
};

/* The marks of a text, ascending, at most `limit`, to be released with mem_free(). */
struct mark *marks_find(const struct search_marks *marks, enum index_field field, struct str text,
                        size_t limit, size_t *count);

/* Compiles the patterns, which must have their sources, into the arena. */
void marks_compile(struct arena *arena, struct search_marks *marks);

#endif
