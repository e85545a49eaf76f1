#include "numbering.h"

#include "lectern/mem.h"

#define FIRST_SLOTS ((size_t)64)

void numbering_start(struct numbering *numbering, struct arena *arena)
{
    *numbering = (struct numbering){.arena = arena, .key = hash_key_new(), .slot_count = FIRST_SLOTS};
    numbering->slots = mem_calloc(FIRST_SLOTS, sizeof *numbering->slots);
}

void numbering_free(struct numbering *numbering)
{
    mem_free(numbering->texts);
    mem_free(numbering->hashes);
    mem_free(numbering->slots);
    *numbering = (struct numbering){0};
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t slot_of(const struct numbering *numbering, struct str text, uint64_t hash)
{
    size_t mask = numbering->slot_count - 1;
    for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
        uint32_t taken = numbering->slots[at];
        if (taken == 0 || (numbering->hashes[taken - 1] == hash && str_eq(numbering->texts[taken - 1], text)))
            return at;
    }
}

static void double_slots(struct numbering *numbering)
{
    size_t count = numbering->slot_count * 2, mask = count - 1;
    uint32_t *slots = mem_calloc(count, sizeof *slots);
    for (uint32_t i = 0; i < numbering->count; i++) {
        size_t at = (size_t)numbering->hashes[i] & mask;
        while (slots[at])
            at = (at + 1) & mask;
        slots[at] = i + 1;
    }
    mem_free(numbering->slots);
    numbering->slots = slots;
    numbering->slot_count = count;
}

uint32_t numbering_add(struct numbering *numbering, struct str text)
{
    uint64_t hash = hash_text(numbering->key, text);
    size_t at = slot_of(numbering, text, hash);
    if (numbering->slots[at])
        return numbering->slots[at] - 1;
    if (numbering->count == UINT32_MAX - 1)
        mem_exhausted();
    size_t capacity = numbering->capacity;
    numbering->texts = mem_grow(numbering->texts, numbering->count, &capacity, sizeof *numbering->texts);
    if (capacity != numbering->capacity)
        numbering->hashes = mem_resize(numbering->hashes, capacity, sizeof *numbering->hashes);
    numbering->capacity = capacity;
    uint32_t number = numbering->count++;
    numbering->texts[number] = arena_str(numbering->arena, text);
    numbering->hashes[number] = hash;
    numbering->slots[at] = number + 1;
    if ((size_t)numbering->count * 2 > numbering->slot_count)
        double_slots(numbering);
    return number;
}

uint32_t numbering_find(const struct numbering *numbering, struct str text)
{
    uint32_t taken = numbering->slots[slot_of(numbering, text, hash_text(numbering->key, text))];
    return taken ? taken - 1 : NUMBERING_NONE;
}
