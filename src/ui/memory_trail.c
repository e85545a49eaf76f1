/* The trail, from one session to the next. */
#include "lectern/mem.h"
#include "memory_inside.h"

/* So many hops are brought back: more than anyone looks through. */
#define HOPS_BACK 1000

/* The number in the state of an article that was open before; 0 if it is not known there. */
static int64_t article_of(struct memory *memory, const struct session *session, uint32_t target)
{
    struct reading reading = {.target = target, .content = str_hash((struct str){0})};
    struct state_key wanted;
    return target != CATALOGUE_NONE && memory_key(memory, session, &reading, &wanted)
               ? state_find(memory->state, &wanted)
               : 0;
}

/* Places of one article in a row are one hop. */
static int keep_entry(struct memory *memory, const struct session *session, struct history *history,
                      struct history_entry *entry)
{
    struct state_hop hop = {.when = session->now()};
    const struct history_entry *parent =
        entry->parent == HISTORY_NONE ? NULL : &history->entries[entry->parent];
    hop.parent = parent ? parent->kept : 0;
    if (parent && parent->position.target == entry->position.target)
        entry->kept = parent->kept;
    else if ((hop.article = article_of(memory, session, entry->position.target)) != 0)
        entry->kept = state_add_hop(memory->state, buf_str(&memory->name), &hop, NULL);
    return entry->kept ? 0 : -1;
}

void memory_keep_trail(struct memory *memory, const struct session *session, struct history *history)
{
    if (!memory || !session->catalogue)
        return;
    size_t first = history->count;
    while (first > 0 && !history->entries[first - 1].kept)
        first--;
    for (size_t i = first; i < history->count; i++)
        if (keep_entry(memory, session, history, &history->entries[i]) != 0)
            return; /* it is tried again; what is wrong is said about the place */
}

/* By their numbers, which ascend. */
static size_t find_hop(const struct history *history, int64_t kept)
{
    size_t begin = 0, end = history->count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (history->entries[middle].kept < kept)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < history->count && history->entries[begin].kept == kept ? begin : HISTORY_NONE;
}

void memory_trail(struct memory *memory, const struct session *session, uint32_t target,
                  struct history *history)
{
    struct arena arena = {0};
    struct state_hop *hops;
    size_t at = HISTORY_NONE;
    size_t count = state_hops(memory->state, buf_str(&memory->name), HOPS_BACK, &arena, &hops);
    for (size_t i = 0; i < count; i++) {
        struct position position = {.link = SIZE_MAX};
        position.target = memory_target(memory->library, session->catalogue, &hops[i].key);
        if (position.target == CATALOGUE_NONE)
            continue;
        history_add(history, position, find_hop(history, hops[i].parent), hops[i].hop);
        if (position.target == target)
            at = history->at;
    }
    if (at != HISTORY_NONE)
        history_go(history, at);
    arena_free(&arena);
}
