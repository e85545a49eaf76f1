/*
 * thread: threads with a stack of known size.
 *
 * The system's default follows a limit of the reader's shell, which may be too small to parse an article in, or so large
 * that the memory is missing elsewhere.
 */
#ifndef LECTERN_THREAD_H
#define LECTERN_THREAD_H

#include <pthread.h>

/* Bytes: many times what the deepest nesting of bounds.h needs. */
#define THREAD_STACK ((size_t)2 << 20)

/* Starts a thread, to be joined. Returns 0, or the error number of pthread_create(). */
int thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument);

/* Does the tasks numbered below `count` on at most `threads` threads, of which the calling one is one. */
void thread_share(unsigned threads, size_t count, void (*task)(void *context, size_t number), void *context);

#endif
