/*
 * load_job: reading a library on the library worker: catalogue, topic tree, index.
 */
#ifndef UI_LOAD_JOB_H
#define UI_LOAD_JOB_H

#include "session.h"

/* News of the library, delivered to `take` on the main thread; the taker owns what is not NULL. */
struct load_news {
    struct catalogue *catalogue; /* with its tree; NULL: only progress */
    struct topic_tree *tree;
    struct index *index;
    struct library_progress progress;
    bool over;
    struct err err; /* with `over`: why it failed, or ERR_NONE */
};

typedef void load_take(void *context, struct load_news *news);

/* Starts to read. `take` gets the context that mailbox_take() was given. */
void load_job_start(struct worker *worker, struct mailbox *mailbox, struct library *library, unsigned threads,
                    load_take *take);

#endif
