#include "memory_marks.h"

#include <stdlib.h>

#include "lectern/mem.h"

void memory_notes_release(struct memory_notes *notes)
{
    if (!notes || --notes->users)
        return;
    arena_free(&notes->arena);
    mem_free(notes->at);
    mem_free(notes);
}

void memory_marks_free(struct memory_marks *marks)
{
    for (int i = 0; i < MEMORY_MARKS; i++)
        mem_free(marks->bits[i]);
    mem_free(marks->read_below);
    topics_release(marks->tree);
    memory_notes_release(marks->notes);
    *marks = (struct memory_marks){0};
}

bool memory_marks_has(const struct memory_marks *marks, enum memory_mark mark, uint32_t target)
{
    return target < marks->count && (marks->bits[mark][target / 64] >> (target % 64) & 1);
}

static void set_bit(struct memory_marks *marks, enum memory_mark mark, uint32_t target, bool set)
{
    uint64_t bit = (uint64_t)1 << (target % 64);
    if (target >= marks->count)
        return;
    if (set)
        marks->bits[mark][target / 64] |= bit;
    else
        marks->bits[mark][target / 64] &= ~bit;
}

static bool stands_in(const struct topic *topic, uint32_t article)
{
    for (uint32_t i = 0; i < topic->article_count; i++)
        if (topic->articles[i] == article)
            return true;
    return false;
}

/* Each topic that holds the article, directly or below it, counts it once. */
static void count_one(struct memory_marks *marks, uint32_t article, bool read)
{
    const struct topic_tree *tree = marks->tree;
    unsigned char *counted = mem_calloc(tree->count, 1);
    for (uint32_t i = 0; i < tree->count; i++) {
        if (tree->topics[i].kind == TOPIC_PROBLEMS || !stands_in(&tree->topics[i], article))
            continue;
        for (uint32_t at = i; at < tree->count && !counted[at]; at = tree->topics[at].parent) {
            counted[at] = 1;
            marks->read_below[at] += read ? 1u : UINT32_MAX;
        }
    }
    mem_free(counted);
}

void memory_marks_set(struct memory_marks *marks, enum memory_mark mark, uint32_t target, bool set)
{
    if (target >= marks->count || memory_marks_has(marks, mark, target) == set)
        return;
    set_bit(marks, mark, target, set);
    if (mark == MEMORY_READ && marks->tree)
        count_one(marks, target, set);
}

static void add_note(struct memory_notes *notes, struct state *state, int64_t article, uint32_t target)
{
    struct arena arena = {0};
    struct buf folded = {0};
    text_fold(&folded, state_note(state, article, &arena));
    notes->at = mem_grow(notes->at, notes->count, &notes->capacity, sizeof *notes->at);
    notes->at[notes->count++] = (struct memory_noted){target, arena_str(&notes->arena, buf_str(&folded))};
    buf_free(&folded);
    arena_free(&arena);
}

static int compare_noted(const void *a, const void *b)
{
    uint32_t left = ((const struct memory_noted *)a)->target,
             right = ((const struct memory_noted *)b)->target;
    return (left > right) - (left < right);
}

struct finding {
    struct state *state;
    struct memory_marks *marks;
    const struct library *library;
    const struct catalogue *catalogue;
    const atomic_bool *cancel;
};

static bool on_mark(void *context, const struct state_mark *mark)
{
    struct finding *finding = context;
    uint32_t target = memory_target(finding->library, finding->catalogue, &mark->key);
    if (target != CATALOGUE_NONE) {
        set_bit(finding->marks, MEMORY_READ, target, mark->read);
        set_bit(finding->marks, MEMORY_BOOKMARKED, target, mark->bookmarked);
        set_bit(finding->marks, MEMORY_NOTED, target, mark->noted);
        if (mark->noted)
            add_note(finding->marks->notes, finding->state, mark->article, target);
    }
    return !atomic_load(finding->cancel);
}

struct counting {
    struct memory_marks *marks;
    uint32_t *last; /* 1 + the topic for which an article was counted last */
};

static void count_topic(struct counting *counting, uint32_t of, const struct topic *topic)
{
    struct memory_marks *marks = counting->marks;
    if (topic->kind == TOPIC_PROBLEMS)
        return;
    for (uint32_t i = 0; i < topic->article_count; i++) {
        uint32_t article = topic->articles[i];
        if (!memory_marks_has(marks, MEMORY_READ, article) || counting->last[article] == of + 1)
            continue;
        counting->last[article] = of + 1;
        marks->read_below[of]++;
    }
}

/* An article that stands in several topics below one counts there once. Nothing is below more than a few. */
static void count_below(struct counting *counting, uint32_t of)
{
    const struct topic *topics = counting->marks->tree->topics;
    uint32_t at = of;
    for (;;) {
        count_topic(counting, of, &topics[at]);
        if (topics[at].first_child != TOPIC_NONE) {
            at = topics[at].first_child;
            continue;
        }
        while (at != of && topics[at].next == TOPIC_NONE)
            at = topics[at].parent;
        if (at == of)
            return;
        at = topics[at].next;
    }
}

int memory_marks_find(struct memory_marks *marks, struct state *state, const struct library *library,
                      const struct catalogue *catalogue, struct topic_tree *tree, const atomic_bool *cancel)
{
    struct finding finding = {state, marks, library, catalogue, cancel};
    *marks = (struct memory_marks){.count = catalogue_count(catalogue) + catalogue_missing(catalogue),
                                   .tree = topics_keep(tree),
                                   .read_below = mem_calloc(tree->count, sizeof *marks->read_below),
                                   .notes = mem_calloc(1, sizeof *marks->notes)};
    marks->notes->users = 1;
    for (int i = 0; i < MEMORY_MARKS; i++)
        marks->bits[i] = mem_calloc((size_t)marks->count / 64 + 1, sizeof *marks->bits[i]);
    int status = state_each_mark(state, on_mark, &finding, NULL);
    if (marks->notes->count)
        qsort(marks->notes->at, marks->notes->count, sizeof *marks->notes->at, compare_noted);
    struct counting counting = {marks, mem_calloc((size_t)marks->count + 1, sizeof *counting.last)};
    for (uint32_t i = 0; i < tree->count && status == 0; i++)
        count_below(&counting, i);
    mem_free(counting.last);
    if (status == 0 && !atomic_load(cancel))
        return 0;
    memory_marks_free(marks);
    return -1;
}
