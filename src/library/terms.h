/*
 * terms: the keywords of a library as terms.
 *
 * Keywords whose words are the same once folded and in the singular are one term: "liver failure", "Liver-failure",
 * "liver failures". Made once for a catalogue, then read by any number of threads.
 */
#ifndef LECTERN_LIBRARY_TERMS_H
#define LECTERN_LIBRARY_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/str.h"
#include "numbering.h"
#include "term_words.h"

#define TERM_NONE UINT32_MAX

/* Longer keywords are sentences: they are no terms. */
#define TERM_MAX_WORDS 8
#define TERM_MAX_BYTES 100

/* The words of a title that are looked at. */
#define TERM_TITLE_WORDS 64

struct terms {
    struct arena arena;
    struct numbering words;
    struct numbering phrases; /* a term is the number of an array of words */
    uint32_t *of_keyword;     /* by keyword: its term, or TERM_NONE */
    uint32_t *named_by;       /* by term: the keyword that is used most */
    bool *says_nothing;       /* by term: all its words are empty */
    bool *acronym;            /* by term: its first word is written like one */
    uint8_t *longest;         /* by word: the words of the longest term that begins with it */
};

void terms_build(struct terms *terms, const struct catalogue *catalogue);
void terms_free(struct terms *terms);

struct str terms_name(const struct terms *terms, const struct catalogue *catalogue, uint32_t term);

/* The words of a term; returns how many. */
uint32_t terms_words(const struct terms *terms, uint32_t term, uint32_t words[TERM_MAX_WORDS]);

/* Whether `shorter` begins or ends the longer term: "liver" both "liver failure" and "fatty liver". */
bool terms_contains(const struct terms *terms, uint32_t longer, uint32_t shorter);

/* Calls `found` for each term that stands in a title (the same one perhaps twice). */
void terms_in_title(const struct terms *terms, struct term_words *cache, struct str title,
                    void (*found)(void *context, uint32_t term), void *context);

#endif
