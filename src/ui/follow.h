/*
 * follow: keeps what is shown of a library up to date while it is open.
 *
 * It is opened, and then looked at whenever something may have changed: when the watch of its folders tells so, or where there
 * is none, when the reader comes back to the terminal. One task at a time does that, and a second one makes the index anew
 * when that is due. All functions are the main thread's.
 */
#ifndef UI_FOLLOW_H
#define UI_FOLLOW_H

#include "library_job.h"

struct follow;

struct follow_options {
    unsigned threads;         /* 0: one a core */
    const char *index_folder; /* NULL: no index is opened or written; must live as long as the follower */
    bool watch;               /* look again when something changes */
};

/* Begins to open the library. `take` gets the context that mailbox_take() was given. NULL with the error if there are no
 * threads to be had. */
struct follow *follow_start(struct mailbox *mailbox, struct library *library,
                            const struct follow_options *options, library_take *take, struct err *err);

/* The reader has come back: changes are looked for, if not all of them are told. */
void follow_look(struct follow *follow);
bool follow_must_look(const struct follow *follow);

/* Blocks until no task runs, and all folders are watched. What they have posted may lead to new ones. */
void follow_wait(struct follow *follow);

/* Cancels, and waits. Before the mailbox is emptied for the last time... */
void follow_stop(struct follow *follow);
/* ... and after it. NULL is allowed for both. */
void follow_free(struct follow *follow);

#endif
