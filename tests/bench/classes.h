/*
 * classes: the kinds of queries whose times are measured, made from the library at hand.
 */
#ifndef BENCH_CLASSES_H
#define BENCH_CLASSES_H

#include "opened.h"

enum query_class {
    CLASS_RARE,   /* a word of a title or keyword that at most ten articles have */
    CLASS_COMMON, /* the words that most articles have */
    CLASS_TWO,    /* two and three words of content that follow each other in a title */
    CLASS_THREE,
    CLASS_PHRASE,   /* a keyword of two to four words */
    CLASS_TITLE,    /* the same of three words of a title, whatever they are */
    CLASS_PREFIX_1, /* the first letters of a word of a title */
    CLASS_PREFIX_2,
    CLASS_PREFIX_3,
    CLASS_PREFIX_4,
    CLASS_MISSPELT, /* a word with an edit, which no article has */
    CLASS_TYPED,    /* every state of a title while it is typed */
    CLASSES
};

extern const char *const class_names[CLASSES];

struct queries {
    struct str *at; /* as they are typed; whole words with a space behind */
    size_t count;
};

/* At most `wanted`, no two the same, in random order; the same ones at every run. They live in the arena. */
struct queries class_queries(const struct opened *opened, enum query_class kind, size_t wanted,
                             struct arena *arena);

#endif
