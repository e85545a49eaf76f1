/*
 * topic_tree: the inside of a topic tree.
 */
#ifndef LECTERN_LIBRARY_TOPIC_TREE_H
#define LECTERN_LIBRARY_TOPIC_TREE_H

#include "lectern/arena.h"
#include "lectern/image.h"
#include "lectern/topics.h"

struct tree {
    struct topic_tree public; /* first: what the caller holds */
    struct arena arena;
    struct image *image; /* where labels and articles lie, or NULL */
};

#endif
