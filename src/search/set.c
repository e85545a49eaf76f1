#include "set.h"

#include "lectern/mem.h"

#define FIRST_CAPACITY 256

struct set *set_take(struct set_pool *pool)
{
    struct set *set = pool->free;
    if (!set)
        return mem_calloc(1, sizeof *set);
    pool->free = set->next;
    set->next = NULL;
    set->count = 0;
    return set;
}

void set_give(struct set_pool *pool, struct set *set)
{
    set->next = pool->free;
    pool->free = set;
}

void set_pool_free(struct set_pool *pool)
{
    while (pool->free) {
        struct set *set = pool->free;
        pool->free = set->next;
        mem_free(set->documents);
        mem_free(set->scores);
        mem_free(set->fields);
        mem_free(set);
    }
}

void set_grow(struct set *set)
{
    set->capacity = set->capacity ? set->capacity * 2 : FIRST_CAPACITY;
    set->documents = mem_resize(set->documents, set->capacity, sizeof *set->documents);
    set->scores = mem_resize(set->scores, set->capacity, sizeof *set->scores);
    set->fields = mem_resize(set->fields, set->capacity, sizeof *set->fields);
}

void set_swap(struct set *a, struct set *b)
{
    struct set swapped = *a;
    *a = *b;
    *b = swapped;
}

size_t set_find(const struct set *set, size_t at, uint32_t document)
{
    size_t step = 1, low = at;
    while (low < set->count && set->documents[low] < document) {
        at = low + 1;
        low += step;
        step *= 2;
    }
    size_t high = low < set->count ? low : set->count;
    while (at < high) {
        size_t middle = at + (high - at) / 2;
        if (set->documents[middle] < document)
            at = middle + 1;
        else
            high = middle;
    }
    return at;
}

static uint8_t better(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

void set_add_worth(struct set *set, const struct set *others)
{
    size_t at = 0;
    for (size_t i = 0; i < set->count; i++) {
        at = set_find(others, at, set->documents[i]);
        if (at == others->count)
            break;
        set->scores[i] += others->scores[at];
        set->fields[i] = better(set->fields[i], others->fields[at]);
    }
}

void set_remove(struct set *set, const struct set *others)
{
    size_t at = 0, kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        at = set_find(others, at, set->documents[i]);
        if (at < others->count && others->documents[at] == set->documents[i])
            continue;
        set->documents[kept] = set->documents[i];
        set->scores[kept] = set->scores[i];
        set->fields[kept++] = set->fields[i];
    }
    set->count = kept;
}

void set_unite(const struct set *a, const struct set *b, struct set *out)
{
    size_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        bool from_a = j == b->count || (i < a->count && a->documents[i] <= b->documents[j]);
        bool from_b = i == a->count || (j < b->count && b->documents[j] <= a->documents[i]);
        float score = (from_a ? a->scores[i] : 0) + (from_b ? b->scores[j] : 0);
        uint8_t field = better(from_a ? a->fields[i] : INDEX_FIELDS, from_b ? b->fields[j] : INDEX_FIELDS);
        set_add(out, from_a ? a->documents[i] : b->documents[j], score, field);
        i += from_a;
        j += from_b;
    }
}
