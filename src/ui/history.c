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
    return history->count ? &history->entries[history->at] : NULL;
}

void history_push(struct history *history, struct position position)
{
    if (history->count)
        history->count = history->at + 1;
    if (history->count == HISTORY_ENTRIES) {
        history->count--;
        memmove(history->entries, history->entries + 1, history->count * sizeof *history->entries);
    }
    history->entries =
        mem_grow(history->entries, history->count, &history->capacity, sizeof *history->entries);
    history->at = history->count;
    history->entries[history->count++] = position;
}

const struct position *history_back(struct history *history)
{
    if (history->at == 0 || history->count == 0)
        return NULL;
    return &history->entries[--history->at];
}

const struct position *history_forward(struct history *history)
{
    if (history->at + 1 >= history->count)
        return NULL;
    return &history->entries[++history->at];
}

void history_renew(struct history *history, const struct renumbering *renumbering)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < history->count; i++) {
        struct position entry = history->entries[i];
        entry.target = renumber(renumbering, entry.target);
        if (entry.target == CATALOGUE_NONE)
            continue;
        if (i <= history->at)
            at = kept;
        history->entries[kept++] = entry;
    }
    history->count = kept;
    history->at = at;
}
