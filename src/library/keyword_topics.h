/*
 * keyword_topics: the topics of one subject, made from the keywords of its questions.
 */
#ifndef LECTERN_LIBRARY_KEYWORD_TOPICS_H
#define LECTERN_LIBRARY_KEYWORD_TOPICS_H

#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"
#include "lists.h"
#include "subject_terms.h"

#define KEYWORD_TOPIC_NONE UINT32_MAX

struct keyword_topic {
    struct str label;
    uint32_t parent; /* an earlier one, or KEYWORD_TOPIC_NONE */
    uint32_t total;  /* questions here and below */
};

/* Topics of one parent follow each other by label. */
struct keyword_topics {
    struct keyword_topic *topics;
    uint32_t count;
    struct lists questions; /* by question: the topics that it stands in directly */
};

/* The result lives in `arena`; scratch memory is the desk's. */
void keyword_topics_pick(struct keyword_topics *result, const struct subject_terms *subject,
                         struct subject_desk *desk, struct arena *arena);

#endif
