/*
 * topic_tree: the inside of a topic tree.
 */
#ifndef LECTERN_LIBRARY_TOPIC_TREE_H
#define LECTERN_LIBRARY_TOPIC_TREE_H

#include <stdatomic.h>

#include "lectern/arena.h"
#include "lectern/image.h"
#include "lectern/topics.h"

struct tree {
    struct topic_tree public; /* first: what the caller holds */
    atomic_uint references;
    struct arena arena;
    struct image *image; /* where labels and articles lie, or NULL */
    struct tree *base;   /* that it was patched from, or NULL */
    uint32_t *
        origins; /* of a patched tree, by topic: the base's topic whose label and articles it has, or TOPIC_NONE */
};

struct tree *tree_new(void);

#endif
