/*
 * yaml_blocks: block scalars that are simple enough to be read without libyaml.
 *
 * Nearly all of an article is one long text in a block scalar, and libyaml needs a hundred instructions for each byte of it.
 * Where the lines of such a scalar are plainly its text, libyaml is given a letter for each instead.
 */
#ifndef ARTICLE_YAML_BLOCKS_H
#define ARTICLE_YAML_BLOCKS_H

#include <stddef.h>

#include "lectern/arena.h"
#include "lectern/str.h"

struct yaml_block {
    size_t line;      /* that it begins on, from 0 */
    struct str value; /* in the arena, or a part of the text */
};

struct yaml_blocks {
    struct yaml_block *at; /* in their order */
    size_t count, capacity;
    struct buf
        yaml; /* the text with their lines cut to a letter each: what remains keeps its lines and columns */
};

/*
 * Finds what looks like `name: >-` or `name: |-` followed by lines that are indented alike, without empty ones. The text
 * holds no character that YAML forbids. Whether it was a block scalar is known when libyaml has read the rest: each must
 * turn up as a scalar of its style on its line, else the whole text is to be read.
 */
void yaml_blocks_cut(struct arena *arena, struct str yaml, struct yaml_blocks *blocks);
void yaml_blocks_free(struct yaml_blocks *blocks);

#endif
