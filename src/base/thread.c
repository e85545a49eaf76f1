#include "lectern/thread.h"

#include <stdatomic.h>

#define MOST_THREADS 64u

int thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument)
{
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error)
        return error;
    error = pthread_attr_setstacksize(&attributes, THREAD_STACK);
    if (!error)
        error = pthread_create(thread, &attributes, run, argument);
    pthread_attr_destroy(&attributes);
    return error;
}

struct shared_tasks {
    void (*task)(void *context, size_t number);
    void *context;
    size_t count;
    atomic_size_t next;
};

static void *do_tasks(void *argument)
{
    struct shared_tasks *tasks = argument;
    for (size_t number; (number = atomic_fetch_add(&tasks->next, 1)) < tasks->count;)
        tasks->task(tasks->context, number);
    return NULL;
}

void thread_share(unsigned threads, size_t count, void (*task)(void *context, size_t number), void *context)
{
    struct shared_tasks tasks = {.task = task, .context = context, .count = count};
    pthread_t others[MOST_THREADS];
    unsigned started = 0;
    while (started + 1 < threads && started < MOST_THREADS && started + 1 < count &&
           thread_start(&others[started], do_tasks, &tasks) == 0)
        started++;
    do_tasks(&tasks);
    while (started > 0)
        pthread_join(others[--started], NULL);
}
