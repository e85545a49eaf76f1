/*
 * literal: what a text must hold for a pattern to match in it.
 *
 * Found in the source of the pattern, with care: what is not plain gives nothing, so that no text that matches is ever
 * missed. Words are looked up in an index, so a piece is a part of a word, as text_fold() folds it.
 */
#ifndef LECTERN_SEARCH_LITERAL_H
#define LECTERN_SEARCH_LITERAL_H

#include <stdbool.h>

#include "lectern/arena.h"
#include "lectern/index.h"
#include "lectern/str.h"

enum literal_kind {
    LITERAL_PIECE, /* a word that holds `text` */
    LITERAL_ALL,   /* all children, of which there are at least two */
    LITERAL_ANY,   /* one of them */
};

struct literal {
    enum literal_kind kind;
    struct str text;       /* ASCII, small letters and digits, at least LITERAL_BYTES */
    bool begins, ends;     /* the word begins with it, or ends with it */
    struct literal *first; /* child */
    struct literal *next;  /* sibling */
};

/* Shorter pieces are not worth looking up; and a single s may be a possessive, which folding drops. */
#define LITERAL_BYTES 2u

/* NULL if nothing is sure. Lives in the arena. */
const struct literal *literal_find(struct arena *arena, struct str source);

/* A bit for each document of the index that may hold what `literal` says, in the arena; NULL if it may be in too many, or is
 * NULL. */
uint64_t *literal_documents(struct arena *arena, const struct literal *literal, const struct index *index);

#endif
