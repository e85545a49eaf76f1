/*
 * topics: the topic tree of a catalogue.
 *
 * Under the root: every subject, then all questions, by date, by folder, and files with problems when there are any. Under
 * a subject: topics made from keywords, and "Other questions". A question may stand under several topics. The tree is
 * immutable, and any number of threads may read it.
 */
#ifndef LECTERN_TOPICS_H
#define LECTERN_TOPICS_H

#include <stdatomic.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"
#include "lectern/image.h"

enum topic_kind {
    TOPIC_ROOT,
    TOPIC_SUBJECT,
    TOPIC_KEYWORD, /* a topic of a subject; may contain further ones */
    TOPIC_OTHER,   /* the questions of a subject under none of its topics */
    TOPIC_ALL,
    TOPIC_BY_DATE,
    TOPIC_YEAR,
    TOPIC_MONTH,
    TOPIC_BY_FOLDER,
    TOPIC_FOLDER,
    TOPIC_PROBLEMS, /* its articles are numbers of problems of the catalogue */
};

#define TOPIC_NONE UINT32_MAX

struct topic {
    enum topic_kind kind;
    struct str label;
    uint32_t parent, first_child, next; /* numbers of topics, or TOPIC_NONE */
    uint32_t subject;                   /* of a subject and what is below it, else CATALOGUE_NONE */
    uint32_t root;                      /* of a folder: that of the library it lies in */
    const uint32_t *articles;           /* that stand directly here, in reading order */
    uint32_t article_count;
    uint32_t total; /* distinct articles here and below */
};

struct topic_tree {
    const struct topic *topics; /* topics[0] is the root */
    uint32_t count;
};

/*
 * Builds the tree. With `detailed` false subjects hold their questions without topics: quick, for a library that is still
 * being read. `threads` as for a scan. Returns NULL only when `cancel` was set. The catalogue has no delta.
 */
struct topic_tree *topics_build(const struct catalogue *catalogue, bool detailed, unsigned threads,
                                atomic_bool *cancel);

/* Counted references; a tree is freed with its last one. */
struct topic_tree *topics_keep(struct topic_tree *tree);
void topics_release(struct topic_tree *tree); /* NULL is allowed */

/*
 * The tree of a catalogue with a delta, made from that of its base, or from one that was made so before. Questions that are
 * gone, or filed otherwise, leave their topics. New ones stand below the topics of their subjects that are called as one of
 * their keywords, else under "Other questions"; topics of subjects are not chosen anew. The rest is as topics_build() makes
 * it. Takes time by what has changed, and by the lengths of the lists that it has changed in.
 */
struct topic_tree *topics_patch(struct topic_tree *tree, const struct catalogue *catalogue);

/* The tree as an image, and the tree that an image holds. Opening checks every topic, so that the tree is one, whatever the
 * image says: it takes time by the number of topics, not of articles. NULL if it holds none. Numbers of articles are not
 * checked. What topics_patch() has made is opened together with the tree of the base. */
struct image *topics_flatten(const struct topic_tree *tree);
struct topic_tree *topics_open(struct image *image);
struct topic_tree *topics_open_delta(struct topic_tree *base, struct image *delta);

#endif
