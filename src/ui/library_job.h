/*
 * library_job: what takes long about the library, one task at a time on a worker: opening it, looking for changes, making its
 * index anew.
 */
#ifndef UI_LIBRARY_JOB_H
#define UI_LIBRARY_JOB_H

#include "lectern/index_file.h"
#include "session.h"

/* News of the library, delivered to `take` on the main thread; the taker owns what is not NULL. */
struct library_news {
    struct catalogue *catalogue; /* with its tree; NULL: only progress */
    struct topic_tree *tree;
    struct segments *segments;
    struct library_progress progress;
    bool whole;     /* that is all there is, as far as is known by now */
    bool over;      /* a task has ended */
    struct err err; /* what the reader should know; or ERR_NONE */
};

typedef void library_take(void *context, struct library_news *news);

enum library_task {
    LIBRARY_OPEN, /* what the index file holds is delivered; without one the library is read, delivered and kept */
    LIBRARY_LOOK,   /* for changes: they are read, delivered and kept */
    LIBRARY_VERIFY, /* the index file that was opened */
    LIBRARY_READ,   /* all of it, and kept; not delivered */
};

struct library_job {
    struct job job;
    enum library_task task;
    struct mailbox *mailbox;
    struct library *library;
    unsigned threads;         /* 0: one a core */
    const char *index_folder; /* NULL: no index is opened or written; must live as long as the worker */
    library_take *take;       /* gets the context that mailbox_take() was given */
    void *owner;
    void (*over)(void *owner, void *context,
                 struct library_job *job); /* on the main thread; the job is freed then */

    struct index_parts parts; /* what is known, and what is known now; nothing in it: nothing */
    struct arena arena;       /* of the places */
    const struct str *places; /* of LIBRARY_LOOK; none: everywhere */
    size_t place_count;
    bool unseen; /* of LIBRARY_LOOK: the parts are delivered also if nothing has changed */

    bool from_file; /* of LIBRARY_OPEN: the parts come from the index file */
    bool outdated;  /* the base is damaged, or too much differs from it: it should be made anew */
    bool not_kept;  /* the index folder cannot be used */
    struct err err;
};

struct library_job *library_job_new(enum library_task task);

#endif
