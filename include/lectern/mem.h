/*
 * mem: heap memory that never comes back as NULL.
 *
 * Running out of memory cannot be repaired inside a reader, so it ends the program in one place: the
 * handler that main() sets (it restores the terminal, says so and exits). Every function here either
 * returns usable memory or does not return. Counts and sizes are in bytes and are checked for overflow.
 */
#ifndef LECTERN_MEM_H
#define LECTERN_MEM_H

#include <stddef.h>

/* Called once when memory has run out; it must not return. Without a handler the program aborts. */
void mem_set_exhausted_handler(void (*handler)(void));

/* A block of `size` bytes, uninitialised. Release with mem_free(). */
void *mem_alloc(size_t size);

/* `count` elements of `size` bytes, zeroed. */
void *mem_calloc(size_t count, size_t size);

/* Resizes an array to `count` elements of `size` bytes; `old` may be NULL. */
void *mem_resize(void *old, size_t count, size_t size);

/*
 * Makes room for one element more in a growing array: `*capacity` is doubled when `count` has reached it.
 * Returns the array, moved or not.
 */
void *mem_grow_more(void *array, size_t *capacity,
                    size_t size); /* of mem_grow(), which nearly always has room */
static inline void *mem_grow(void *array, size_t count, size_t *capacity, size_t size)
{
    return count < *capacity ? array : mem_grow_more(array, capacity, size);
}

void mem_free(void *block);

/* Reports exhaustion: for sizes that overflow before an allocation could be tried. Does not return. */
_Noreturn void mem_exhausted(void);

#endif
