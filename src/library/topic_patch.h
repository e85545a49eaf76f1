/*
 * topic_patch: a topic tree while it is changed.
 */
#ifndef LECTERN_LIBRARY_TOPIC_PATCH_H
#define LECTERN_LIBRARY_TOPIC_PATCH_H

#include "catalogue_inside.h"
#include "lectern/topics.h"
#include "overlay_build.h"
#include "term_words.h"

/* A topic as it was or is new; links are numbers of nodes. */
struct topic_node {
    struct topic topic;
    uint32_t origin;          /* the topic of the base tree, or TOPIC_NONE */
    bool concerned;           /* something may leave it */
    uint32_t counted;         /* the article that was counted in it last, + 1 */
    struct str key;           /* of a subject, once it was needed */
    struct number_list added; /* articles */
};

/* In what respect a question is where it was. */
enum topic_axis { AXIS_ALL = 1, AXIS_DATE = 2, AXIS_FOLDER = 4, AXIS_SUBJECT = 8 };

/* An article that comes into a topic, or leaves it. */
struct topic_move {
    uint32_t article, node;
    bool leaves;
};

struct topic_patch {
    const struct catalogue *now, *base; /* `base` has the same base alone */
    const struct overlay *overlay;
    const struct topic_tree *tree; /* of the base */
    struct arena *arena;           /* of the finished tree */
    struct arena scratch;
    struct topic_node *nodes;
    size_t capacity;
    uint32_t count;
    uint32_t all, by_date, by_folder, problems; /* nodes; TOPIC_NONE for no problems */
    uint32_t *subject_nodes;                    /* by subject, or TOPIC_NONE */
    bool *subject_loses;                        /* by subject */
    uint8_t *stays;                             /* by article that is gone from the base: axes */
    struct topic_move *moves;
    size_t move_count, move_capacity;

    /* topic_patch_keywords.c */
    struct numbering words, names; /* a name is a subject and its words */
    struct term_words cache;
    struct number_list named; /* by name: the node */
    bool *prepared;           /* by subject */
};

/* Whether an article that stands in the base is another one now, or none, in some respect. */
bool topic_patch_leaves(const struct topic_patch *patch, uint32_t article, enum topic_axis axis);

/* The nodes of things; made if need be. */
uint32_t topic_patch_month(struct topic_patch *patch, struct str date);
uint32_t topic_patch_folder(struct topic_patch *patch, uint32_t parent, uint32_t root, struct str name);
uint32_t topic_patch_subject(struct topic_patch *patch, uint32_t subject);
uint32_t topic_patch_other(struct topic_patch *patch, uint32_t subject_node);
uint32_t topic_patch_problems(struct topic_patch *patch);

/* Puts an article that the base has not, or has elsewhere, where it belongs. */
void topic_patch_place(struct topic_patch *patch, uint32_t article, unsigned axes);
void topic_patch_add(struct topic_patch *patch, uint32_t node, uint32_t article);

/* Marks the topics that an article of the base may stand in. */
void topic_patch_concern(struct topic_patch *patch, uint32_t article, unsigned axes);

/* Calls for each topic of a subject that is called as one of the article's keywords, and has none below it that is, too. */
void topic_patch_match(struct topic_patch *patch, uint32_t subject, uint32_t article,
                       void (*found)(struct topic_patch *patch, uint32_t node, uint32_t article));
void topic_patch_start_names(struct topic_patch *patch);
void topic_patch_free_names(struct topic_patch *patch);

/* The lists of all topics that have changed, in the arena of the tree; their moves are noted. */
void topic_patch_lists(struct topic_patch *patch);
void topic_patch_list_problems(struct topic_patch *patch);

#endif
