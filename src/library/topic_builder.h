/*
 * topic_builder: a topic tree while it grows.
 */
#ifndef LECTERN_LIBRARY_TOPIC_BUILDER_H
#define LECTERN_LIBRARY_TOPIC_BUILDER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/topics.h"

struct topic_placing {
    uint32_t topic, article;
};

struct topic_builder {
    const struct catalogue *catalogue;
    const uint32_t *order; /* all articles in reading order */
    struct arena *arena;   /* of the finished tree: for labels */
    atomic_bool *cancel;   /* or NULL */

    struct topic *topics;
    uint32_t *last_child; /* by topic */
    struct topic_placing *placings;
    size_t placing_count, placing_capacity, topic_capacity;
    uint32_t topic_count;
};

bool topic_builder_cancelled(const struct topic_builder *builder);

/* A topic behind the other children of `parent`, which stands already. The label must live as long as the tree. Its
 * total is the caller's to count. */
uint32_t topic_builder_add(struct topic_builder *builder, enum topic_kind kind, uint32_t parent,
                           struct str label);

/* The article stands directly in the topic, behind those placed there before. */
void topic_builder_place(struct topic_builder *builder, uint32_t topic, uint32_t article);

/* Moves everything into the arena; the builder is freed. */
struct topic *topic_builder_finish(struct topic_builder *builder);
void topic_builder_free(struct topic_builder *builder);

/* The folders in the path of a file, from the top. There are none in that of a root which is a file, as the reader gave it. */
struct topic_folder_path {
    struct str rest;
    unsigned depth;
};
struct topic_folder_path topic_folder_path(struct str path);
bool topic_folder_next(struct topic_folder_path *path, struct str *name);

/* Parts of the tree, each below the root. */
void topic_subjects_add(struct topic_builder *builder, bool detailed, unsigned threads);
void topic_dates_add(struct topic_builder *builder);
void topic_folders_add(struct topic_builder *builder);

#endif
