/*
 * study_lists: what can be studied together.
 */
#ifndef UI_STUDY_LISTS_H
#define UI_STUDY_LISTS_H

#include "session.h"

/* Articles, each once. */
struct study_list {
    struct str title; /* what they are called together */
    const uint32_t *articles;
    size_t count;
};

/* The articles among targets, in their order. All lists live in the arena. */
struct study_list study_list_of(const struct session *session, struct str title, const uint32_t *targets,
                                size_t count, struct arena *arena);

/* Everything in a topic and below it, in reading order. */
struct study_list study_list_topic(const struct session *session, uint32_t topic, struct arena *arena);

/* All that links lead to from an article, from one to the next. */
struct study_list study_list_set(const struct session *session, uint32_t article, struct arena *arena);

/* All cards of the library that are due. */
struct study_list study_list_due(const struct session *session, struct arena *arena);

#endif
