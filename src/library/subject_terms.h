/*
 * subject_terms: the questions of one subject and their terms, numbered from 0 within the subject.
 *
 * Synonyms are merged; of the terms that many questions share the candidates for topics are chosen.
 */
#ifndef LECTERN_LIBRARY_SUBJECT_TERMS_H
#define LECTERN_LIBRARY_SUBJECT_TERMS_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lists.h"
#include "terms.h"

/* What one thread keeps from subject to subject. */
struct subject_desk {
    struct arena arena;      /* emptied before each subject */
    struct term_words cache; /* of the words of titles */
    uint32_t *local_of;      /* by term: its number in the subject, or TERM_NONE */
    uint32_t *touched;       /* by term: the question that had it last, + 1 */
};

struct subject_terms {
    const struct catalogue *catalogue;
    const struct terms *terms;
    const uint32_t *articles; /* the questions in reading order */
    uint32_t question_count;
    uint32_t subject;

    uint32_t count;         /* of terms */
    uint32_t *term;         /* the term in the library */
    uint32_t *merged_into;  /* the term that it is a synonym of, or TERM_NONE */
    uint32_t *named_by;     /* the term whose name is shown: itself or a commoner synonym */
    uint32_t *abbreviation; /* an acronym that is worth showing behind the name, or TERM_NONE */
    uint32_t *uses;         /* questions that have it as a keyword */
    struct lists keywords;  /* by question: its terms, each once */

    uint32_t candidate_count;
    uint32_t *candidates;   /* by candidate: its term */
    uint32_t *in_title;     /* by candidate: questions that have it as keyword and in the title */
    struct lists matches;   /* by question: the candidates it has as keyword or in the title */
    struct lists questions; /* by candidate: its questions */
};

void subject_desk_start(struct subject_desk *desk, const struct terms *terms);
void subject_desk_free(struct subject_desk *desk);

/* Everything lives in the desk's arena until it is used for the next subject. */
void subject_terms_build(struct subject_terms *subject, struct subject_desk *desk);

/* For subject_terms.c: fills merged_into, named_by and abbreviation, from uses before merging. */
void abbreviations_find(struct subject_terms *subject, struct arena *arena);

#endif
