/*
 * worker: a thread that runs one job after another, and a mailbox back to the main thread.
 *
 * A job belongs to the worker from worker_submit() on; its letter is delivered on the main thread, by
 * mailbox_take(), also when it was cancelled; that releases it. Submitting cancels whatever the same worker still has to do: only the
 * newest job counts.
 */
#ifndef UI_WORKER_H
#define UI_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lectern/err.h"

struct mailbox;

/* Something for the main thread: `deliver` is called there, with the context of mailbox_take(), and releases it. */
struct letter {
    struct letter *next;
    void (*deliver)(struct letter *letter, void *context);
};

struct mailbox *mailbox_new(struct err *err);  /* NULL with the error if there is no pipe to be had */
void mailbox_free(struct mailbox *mailbox);    /* must be empty */
int mailbox_fd(const struct mailbox *mailbox); /* readable while letters wait */
void mailbox_post(struct mailbox *mailbox, struct letter *letter); /* from any thread */

/* Delivers all letters that have come, in their order. Returns false if there were none. */
bool mailbox_take(struct mailbox *mailbox, void *context);

struct job {
    struct letter letter;         /* posted when the job is over */
    void (*run)(struct job *job); /* on the worker's thread; looks at `cancel` now and then */
    atomic_bool cancel;
};

struct worker;

struct worker *worker_new(struct mailbox *mailbox, struct err *err); /* NULL: no thread to be had */
void worker_submit(struct worker *worker, struct job *job);
void worker_wait(
    struct worker *worker); /* until nothing runs or waits; the letters may still be in the mailbox */
void worker_free(struct worker *worker); /* cancels, waits, ends the thread */

#endif
