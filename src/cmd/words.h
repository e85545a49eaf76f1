/*
 * words: a command that the reader has named, as the words it consists of. No shell reads it.
 */
#ifndef LECTERN_CMD_WORDS_H
#define LECTERN_CMD_WORDS_H

#include "lectern/str.h"

#define WORDS_MOST 16

/* Cuts a text at its spaces, of which there may be more; at most WORDS_MOST words, which point into it. Returns how many. */
size_t words_cut(struct buf *text, char *words[WORDS_MOST]);

#endif
