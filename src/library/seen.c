#include "seen.h"

#include "hash.h"
#include "lectern/arena.h"
#include "lectern/mem.h"

struct seen_file {
    uint64_t device, inode;
    struct str path; /* NULL pointer: a free slot */
};

struct seen {
    struct hash_key key;
    struct arena paths;
    struct seen_file *slots; /* open addressing; the size is a power of two */
    size_t slot_count, used;
};

struct seen *seen_new(void)
{
    struct seen *seen = mem_calloc(1, sizeof *seen);
    seen->key = hash_key_new();
    seen->slot_count = 64;
    seen->slots = mem_calloc(seen->slot_count, sizeof *seen->slots);
    return seen;
}

void seen_free(struct seen *seen)
{
    if (!seen)
        return;
    arena_free(&seen->paths);
    mem_free(seen->slots);
    mem_free(seen);
}

static struct seen_file *slot_of(const struct seen *seen, uint64_t device, uint64_t inode)
{
    uint64_t parts[] = {device, inode};
    size_t mask = seen->slot_count - 1;
    size_t at = (size_t)hash_text(seen->key, (struct str){(const char *)parts, sizeof parts}) & mask;
    while (seen->slots[at].path.at && (seen->slots[at].device != device || seen->slots[at].inode != inode))
        at = (at + 1) & mask;
    return &seen->slots[at];
}

static void grow(struct seen *seen)
{
    struct seen_file *old = seen->slots;
    size_t old_count = seen->slot_count;
    if (old_count > SIZE_MAX / 2)
        mem_exhausted();
    seen->slot_count = old_count * 2;
    seen->slots = mem_calloc(seen->slot_count, sizeof *seen->slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].path.at)
            *slot_of(seen, old[i].device, old[i].inode) = old[i];
    mem_free(old);
}

bool seen_add(struct seen *seen, uint64_t device, uint64_t inode, struct str path, struct str *first)
{
    struct seen_file *slot = slot_of(seen, device, inode);
    if (slot->path.at) {
        *first = slot->path;
        return false;
    }
    *slot = (struct seen_file){device, inode, arena_str(&seen->paths, path)};
    if (++seen->used > seen->slot_count / 2)
        grow(seen);
    return true;
}
