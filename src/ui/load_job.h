/*
 * load_job: opening a library on the library worker: catalogue, topic tree, index.
 *
 * What its index file holds is delivered at once; then the library is looked at, and read only if something in it has
 * changed, or if there was no index. What was read is delivered, and then written.
 */
#ifndef UI_LOAD_JOB_H
#define UI_LOAD_JOB_H

#include "session.h"

/* News of the library, delivered to `take` on the main thread; the taker owns what is not NULL. */
struct load_news {
    struct catalogue *catalogue; /* with its tree; NULL: only progress */
    struct topic_tree *tree;
    struct segments *segments;
    struct library_progress progress;
    bool whole; /* that is all there is, as far as is known by now */
    bool over;
    struct err err; /* with `over`: why it failed, or the index was not kept; or ERR_NONE */
};

typedef void load_take(void *context, struct load_news *news);

struct load_options {
    unsigned threads;         /* 0: one a core */
    const char *index_folder; /* NULL: no index is opened or written; must live as long as the worker */
};

/* Starts. `take` gets the context that mailbox_take() was given. */
void load_job_start(struct worker *worker, struct mailbox *mailbox, struct library *library,
                    const struct load_options *options, load_take *take);

#endif
