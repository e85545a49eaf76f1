/*
 * arena: memory with one lifetime.
 *
 * An article, a result list or a frame is built in one arena and freed at once. Nothing allocated here is
 * freed singly. An arena belongs to one thread at a time. Running out of memory: see mem.h.
 */
#ifndef LECTERN_ARENA_H
#define LECTERN_ARENA_H

#include <stddef.h>

#include "lectern/str.h"

struct arena_block;

/* `struct arena a = {0};` is a valid, empty arena. */
struct arena {
    struct arena_block *head;
    size_t total; /* bytes of all blocks, headers included */
};

/* `size` zeroed bytes, aligned for any type; valid until the arena is freed or reset. */
void *arena_alloc(struct arena *arena, size_t size);

/* `count` zeroed elements of `size` bytes; an overflowing product ends as exhausted memory. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* `size` uninitialised bytes without alignment: for text. */
char *arena_bytes(struct arena *arena, size_t size);

/* A copy of `s` in the arena, followed by a NUL that its length does not count. */
struct str arena_str(struct arena *arena, struct str s);

/* printf into the arena; the same NUL. */
struct str arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Forgets all allocations and keeps the newest block for reuse. */
void arena_reset(struct arena *arena);

/* Frees everything; the arena is empty and usable again. */
void arena_free(struct arena *arena);

#endif
