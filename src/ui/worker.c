#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lectern/mem.h"
#include "lectern/thread.h"

struct mailbox {
    pthread_mutex_t mutex;
    struct letter *first, **end;
    int pipe[2]; /* holds one byte while letters wait */
};

struct mailbox *mailbox_new(struct err *err)
{
    int ends[2];
    if (pipe(ends) != 0) {
        err_set_errno(err, errno, "opening a pipe");
        return NULL;
    }
    struct mailbox *mailbox = mem_calloc(1, sizeof *mailbox);
    pthread_mutex_init(&mailbox->mutex, NULL);
    mailbox->end = &mailbox->first;
    memcpy(mailbox->pipe, ends, sizeof ends);
    for (int i = 0; i < 2; i++) {
        fcntl(mailbox->pipe[i], F_SETFD, FD_CLOEXEC);
        fcntl(mailbox->pipe[i], F_SETFL, O_NONBLOCK);
    }
    return mailbox;
}

void mailbox_free(struct mailbox *mailbox)
{
    if (!mailbox)
        return;
    close(mailbox->pipe[0]);
    close(mailbox->pipe[1]);
    pthread_mutex_destroy(&mailbox->mutex);
    mem_free(mailbox);
}

int mailbox_fd(const struct mailbox *mailbox)
{
    return mailbox->pipe[0];
}

void mailbox_post(struct mailbox *mailbox, struct letter *letter)
{
    letter->next = NULL;
    pthread_mutex_lock(&mailbox->mutex);
    bool was_empty = !mailbox->first;
    *mailbox->end = letter;
    mailbox->end = &letter->next;
    if (was_empty)
        while (write(mailbox->pipe[1], "", 1) == 0) {
        }
    pthread_mutex_unlock(&mailbox->mutex);
}

bool mailbox_take(struct mailbox *mailbox, void *context)
{
    char byte;
    pthread_mutex_lock(&mailbox->mutex);
    struct letter *letter = mailbox->first;
    mailbox->first = NULL;
    mailbox->end = &mailbox->first;
    while (read(mailbox->pipe[0], &byte, 1) > 0) {
    }
    pthread_mutex_unlock(&mailbox->mutex);
    bool any = letter != NULL;
    while (letter) {
        struct letter *next = letter->next;
        letter->deliver(letter, context);
        letter = next;
    }
    return any;
}

struct worker {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct mailbox *mailbox;
    struct job *waiting, *running;
    bool end;
};

static struct job *next_job(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    while (!worker->waiting && !worker->end)
        pthread_cond_wait(&worker->changed, &worker->mutex);
    struct job *job = worker->waiting;
    worker->waiting = NULL;
    worker->running = job;
    pthread_mutex_unlock(&worker->mutex);
    return job;
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    for (struct job *job; (job = next_job(worker)) != NULL;) {
        if (!atomic_load(&job->cancel))
            job->run(job);
        pthread_mutex_lock(&worker->mutex);
        worker->running =
            NULL; /* before the letter goes: with it the job is the receiver's, who may free it */
        mailbox_post(worker->mailbox, &job->letter);
        pthread_cond_broadcast(&worker->changed);
        pthread_mutex_unlock(&worker->mutex);
    }
    return NULL;
}

static void worker_discard(struct worker *worker)
{
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->mutex);
    mem_free(worker);
}

struct worker *worker_new(struct mailbox *mailbox, struct err *err)
{
    struct worker *worker = mem_calloc(1, sizeof *worker);
    worker->mailbox = mailbox;
    pthread_mutex_init(&worker->mutex, NULL);
    pthread_cond_init(&worker->changed, NULL);
    int error = thread_start(&worker->thread, work, worker);
    if (!error)
        return worker;
    err_set_errno(err, error, "starting a thread");
    worker_discard(worker);
    return NULL;
}

/* With the mutex held. A job that waits has not begun: its letter can go at once. */
static void cancel_all(struct worker *worker)
{
    if (worker->running)
        atomic_store(&worker->running->cancel, true);
    if (worker->waiting) {
        atomic_store(&worker->waiting->cancel, true);
        mailbox_post(worker->mailbox, &worker->waiting->letter);
        worker->waiting = NULL;
    }
}

void worker_submit(struct worker *worker, struct job *job)
{
    pthread_mutex_lock(&worker->mutex);
    cancel_all(worker);
    worker->waiting = job;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->mutex);
}

void worker_wait(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    while (worker->waiting || worker->running)
        pthread_cond_wait(&worker->changed, &worker->mutex);
    pthread_mutex_unlock(&worker->mutex);
}

void worker_free(struct worker *worker)
{
    if (!worker)
        return;
    pthread_mutex_lock(&worker->mutex);
    cancel_all(worker);
    worker->end = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->mutex);
    pthread_join(worker->thread, NULL);
    worker_discard(worker);
}
