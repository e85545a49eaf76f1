#include "lectern/mem.h"

#include <stdint.h>
#include <stdlib.h>

/* The one piece of state outside of main(): running out of memory can happen where nothing could be passed down. */
static void (*exhausted_handler)(void);

void mem_set_exhausted_handler(void (*handler)(void))
{
    exhausted_handler = handler;
}

_Noreturn void mem_exhausted(void)
{
    if (exhausted_handler)
        exhausted_handler();
    abort();
}

void *mem_alloc(size_t size)
{
    void *block = malloc(size ? size : 1);
    if (!block)
        mem_exhausted();
    return block;
}

void *mem_calloc(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        return mem_alloc(0);
    void *block = calloc(count, size);
    if (!block)
        mem_exhausted();
    return block;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted();
    size_t bytes = count * size;
    void *block = realloc(old, bytes ? bytes : 1);
    if (!block)
        mem_exhausted();
    return block;
}

void *mem_grow_more(void *array, size_t *capacity, size_t size)
{
    if (*capacity > SIZE_MAX / 2)
        mem_exhausted();
    *capacity = *capacity ? *capacity * 2 : 8;
    return mem_resize(array, *capacity, size);
}

void mem_free(void *block)
{
    free(block);
}
