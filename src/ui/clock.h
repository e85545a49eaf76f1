/*
 * clock: how much time has passed, and what time it is.
 */
#ifndef UI_CLOCK_H
#define UI_CLOCK_H

#include <stdint.h>
#include <time.h>

/* Milliseconds since some moment. */
static inline int64_t clock_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Seconds since 1970. */
static inline int64_t clock_seconds(void)
{
    return time(NULL);
}

#endif
