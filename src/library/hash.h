/*
 * hash: a keyed hash of text from strangers.
 *
 * SipHash with one round a word and three at the end (Aumasson and Bernstein 2012): who writes the articles cannot know
 * which texts collide, so no table degenerates, and it reads eight bytes at a time.
 */
#ifndef LECTERN_LIBRARY_HASH_H
#define LECTERN_LIBRARY_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "lectern/str.h"

struct hash_key {
    uint64_t a, b;
};

/* A key that differs from run to run. */
struct hash_key hash_key_new(void);

uint64_t hash_text(struct hash_key key, struct str s);

#endif
