#include "history.h"

#include <string.h>

#include "lectern/mem.h"

/* Enough for days of hopping; the oldest entries go first. */
#define HISTORY_ENTRIES 10000

void history_free(struct history *history)
{
    mem_free(history->entries);
    *history = (struct history){0};
}

struct position *history_current(struct history *history)
{
    return history->count ? &history->entries[history->at].position : NULL;
}

static size_t one_less(size_t entry)
{
    return entry == HISTORY_NONE || entry == 0 ? HISTORY_NONE : entry - 1;
}

static void drop_oldest(struct history *history)
{
    history->count--;
    memmove(history->entries, history->entries + 1, history->count * sizeof *history->entries);
    for (size_t i = 0; i < history->count; i++) {
        history->entries[i].parent = one_less(history->entries[i].parent);
        history->entries[i].next = one_less(history->entries[i].next);
    }
    history->at = one_less(history->at);
}

void history_push(struct history *history, struct position position)
{
    history_add(history, position, history->count ? history->at : HISTORY_NONE, 0);
}

void history_add(struct history *history, struct position position, size_t parent, int64_t kept)
{
    if (history->count == HISTORY_ENTRIES) {
        drop_oldest(history);
        parent = one_less(parent);
    }
    history->entries =
        mem_grow(history->entries, history->count, &history->capacity, sizeof *history->entries);
    size_t entry = history->count++;
    history->entries[entry] = (struct history_entry){position, parent, HISTORY_NONE, kept};
    if (parent != HISTORY_NONE)
        history->entries[parent].next = entry;
    history->at = entry;
}

const struct position *history_back(struct history *history)
{
    if (history->count == 0 || history->entries[history->at].parent == HISTORY_NONE)
        return NULL;
    history->at = history->entries[history->at].parent;
    return history_current(history);
}

const struct position *history_forward(struct history *history)
{
    if (history->count == 0 || history->entries[history->at].next == HISTORY_NONE)
        return NULL;
    history->at = history->entries[history->at].next;
    return history_current(history);
}

const struct position *history_go(struct history *history, size_t entry)
{
    if (entry >= history->count)
        return NULL;
    history->at = entry;
    for (size_t parent; (parent = history->entries[entry].parent) != HISTORY_NONE; entry = parent)
        history->entries[parent].next = entry;
    return history_current(history);
}

/* The numbers that entries have once those that have gone are dropped; those have the number of the nearest on their way that
 * stays. */
static void number_kept(struct history *history, const struct renumbering *renumbering, size_t *numbers)
{
    size_t kept = 0;
    for (size_t i = 0; i < history->count; i++) {
        struct history_entry *entry = &history->entries[i];
        uint32_t target = renumber(renumbering, entry->position.target);
        entry->position.target = target;
        if (target != CATALOGUE_NONE)
            numbers[i] = kept++;
        else
            numbers[i] = entry->parent == HISTORY_NONE ? HISTORY_NONE : numbers[entry->parent];
    }
}

void history_renew(struct history *history, const struct renumbering *renumbering)
{
    size_t *numbers = mem_calloc(history->count, sizeof *numbers), kept = 0;
    number_kept(history, renumbering, numbers);
    for (size_t i = 0; i < history->count; i++) {
        struct history_entry entry = history->entries[i];
        if (entry.position.target == CATALOGUE_NONE)
            continue;
        if (entry.parent != HISTORY_NONE)
            entry.parent = numbers[entry.parent];
        entry.next = HISTORY_NONE;
        if (entry.parent != HISTORY_NONE)
            history->entries[entry.parent].next = kept;
        history->entries[kept++] = entry;
    }
    size_t at = history->count ? numbers[history->at] : HISTORY_NONE;
    history->count = kept;
    history->at = at == HISTORY_NONE ? 0 : at;
    mem_free(numbers);
}
