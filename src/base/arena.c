#include "lectern/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lectern/mem.h"

/* Blocks double from the first size to the largest, so that small arenas stay small and large ones few blocks. */
#define FIRST_BLOCK ((size_t)4096)
#define LAST_BLOCK  ((size_t)1 << 20)
#define ALIGNMENT   alignof(max_align_t)

struct arena_block {
    struct arena_block *older;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

static struct arena_block *block_add(struct arena *arena, size_t at_least)
{
    size_t size = arena->head ? arena->head->size * 2 : FIRST_BLOCK;
    if (size > LAST_BLOCK)
        size = LAST_BLOCK;
    if (size < at_least)
        size = at_least;
    if (size > SIZE_MAX - sizeof(struct arena_block))
        mem_exhausted();
    struct arena_block *block = mem_alloc(sizeof *block + size);
    *block = (struct arena_block){.older = arena->head, .size = size};
    arena->head = block;
    arena->total += sizeof *block + size;
    return block;
}

static char *take(struct arena *arena, size_t size, size_t alignment)
{
    struct arena_block *block = arena->head;
    if (block) {
        size_t start = (block->used + alignment - 1) / alignment * alignment;
        if (start <= block->size && size <= block->size - start) {
            block->used = start + size;
            return block->bytes + start;
        }
    }
    block = block_add(arena, size);
    block->used = size;
    return block->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size, ALIGNMENT), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted();
    return arena_alloc(arena, count * size);
}

char *arena_bytes(struct arena *arena, size_t size)
{
    return take(arena, size, 1);
}

struct str arena_str(struct arena *arena, struct str s)
{
    if (s.len == SIZE_MAX)
        mem_exhausted();
    char *copy = arena_bytes(arena, s.len + 1);
    if (s.len)
        memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    return (struct str){copy, s.len};
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t len = length > 0 ? (size_t)length : 0;
    char *copy = arena_bytes(arena, len + 1);
    vsnprintf(copy, len + 1, format, again);
    va_end(again);
    return (struct str){copy, len};
}

void arena_reset(struct arena *arena)
{
    struct arena_block *newest = arena->head;
    if (!newest)
        return;
    arena->head = newest->older;
    newest->older = NULL;
    newest->used = 0;
    arena_free(arena);
    arena->head = newest;
    arena->total = sizeof *newest + newest->size;
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *block = arena->head; block;) {
        struct arena_block *older = block->older;
        mem_free(block);
        block = older;
    }
    *arena = (struct arena){0};
}
