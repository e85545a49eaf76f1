/* The lists of the topics in which something has changed: what is left of the old one, with the new ones in their places. */
#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"
#include "reading_order.h"
#include "roots_walk.h"
#include "topic_patch.h"

static void note_move(struct topic_patch *patch, uint32_t article, uint32_t node, bool leaves)
{
    patch->moves = mem_grow(patch->moves, patch->move_count, &patch->move_capacity, sizeof *patch->moves);
    patch->moves[patch->move_count++] = (struct topic_move){article, node, leaves};
}

/* -- questions ------------------------------------------------------------------------------------------------------ */

static enum topic_axis axis_of(enum topic_kind kind)
{
    switch (kind) {
    case TOPIC_BY_DATE:
    case TOPIC_YEAR:
    case TOPIC_MONTH: return AXIS_DATE;
    case TOPIC_BY_FOLDER:
    case TOPIC_FOLDER: return AXIS_FOLDER;
    case TOPIC_SUBJECT:
    case TOPIC_KEYWORD:
    case TOPIC_OTHER: return AXIS_SUBJECT;
    default: return AXIS_ALL;
    }
}

struct waiting {
    const struct catalogue *catalogue;
    struct reading_key key;
};

static struct waiting waiting_for(const struct topic_patch *patch, uint32_t article)
{
    return (struct waiting){patch->now, reading_key_of(patch->now, article)};
}

/* Articles of one id stand in the order of their first files. */
static int compare_waiting(const void *left, const void *right)
{
    const struct waiting *a = left, *b = right;
    int order = reading_compare(&a->key, &b->key);
    if (order)
        return order;
    struct catalogue_file x =
        catalogue_file(a->catalogue, catalogue_file_of(a->catalogue, a->key.article, 0));
    struct catalogue_file y =
        catalogue_file(b->catalogue, catalogue_file_of(b->catalogue, b->key.article, 0));
    return roots_compare(x.root, x.path, y.root, y.path);
}

/* What does not leave the topic. */
static uint32_t keep(struct topic_patch *patch, uint32_t number, uint32_t *kept)
{
    const struct topic *topic = &patch->nodes[number].topic;
    enum topic_axis axis = axis_of(topic->kind);
    uint32_t count = 0;
    for (uint32_t i = 0; i < topic->article_count; i++)
        if (topic_patch_leaves(patch, topic->articles[i], axis))
            note_move(patch, topic->articles[i], number, true);
        else
            kept[count++] = topic->articles[i];
    return count;
}

/* The place of an article among those from `from` on. */
static uint32_t place_among(const struct topic_patch *patch, const uint32_t *kept, uint32_t from,
                            uint32_t count, const struct waiting *article)
{
    uint32_t low = from, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct waiting other = waiting_for(patch, kept[middle]);
        if (compare_waiting(&other, article) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void merge(struct topic_patch *patch, uint32_t number, const uint32_t *kept, uint32_t count)
{
    struct topic_node *node = &patch->nodes[number];
    size_t added = node->added.count;
    struct waiting *waiting = mem_calloc(added, sizeof *waiting);
    uint32_t *list = arena_array(patch->arena, count + added, sizeof *list), used = 0, from = 0;
    for (size_t i = 0; i < added; i++)
        waiting[i] = waiting_for(patch, node->added.at[i]);
    if (added)
        qsort(waiting, added, sizeof *waiting, compare_waiting);
    for (size_t i = 0; i <= added; i++) {
        uint32_t to = i == added ? count : place_among(patch, kept, from, count, &waiting[i]);
        if (to > from)
            memcpy(list + used, kept + from, (to - from) * sizeof *list);
        used += to - from;
        from = to;
        if (i < added) {
            list[used++] = waiting[i].key.article;
            note_move(patch, waiting[i].key.article, number, false);
        }
    }
    node->topic.articles = list;
    node->topic.article_count = used;
    node->origin = TOPIC_NONE;
    mem_free(waiting);
}

void topic_patch_lists(struct topic_patch *patch)
{
    for (uint32_t i = 1; i < patch->count; i++) {
        struct topic_node *node = &patch->nodes[i];
        if ((!node->concerned && node->added.count == 0) || node->topic.kind == TOPIC_PROBLEMS)
            continue;
        uint32_t *kept = mem_calloc(node->topic.article_count, sizeof *kept);
        uint32_t count = keep(patch, i, kept);
        if (count < node->topic.article_count || node->added.count)
            merge(patch, i, kept, count);
        mem_free(kept);
    }
}

/* -- problems ------------------------------------------------------------------------------------------------------- */

struct trouble {
    struct catalogue_problem problem;
    uint32_t number;
};

/* In the order of the walk; that the id is taken is said first. */
static int compare_troubles(const void *left, const void *right)
{
    const struct trouble *a = left, *b = right;
    int order = roots_compare(a->problem.root, a->problem.path, b->problem.root, b->problem.path);
    if (order == 0)
        order = (int)b->problem.id_taken - (int)a->problem.id_taken;
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static bool counts(const struct catalogue_problem *problem)
{
    return !problem->gone && !(problem->skipped && problem->expected);
}

static struct trouble trouble_at(const struct topic_patch *patch, size_t number)
{
    return (struct trouble){catalogue_problem(patch->now, number), (uint32_t)number};
}

/* The problems that the base does not know. */
static struct trouble *list_new(const struct topic_patch *patch, size_t *count)
{
    size_t end = catalogue_problem_count(patch->now), from = catalogue_problem_count(patch->base);
    struct trouble *troubles = mem_calloc(end - from, sizeof *troubles);
    *count = 0;
    for (size_t i = from; i < end; i++) {
        troubles[*count] = trouble_at(patch, i);
        *count += counts(&troubles[*count].problem);
    }
    if (*count)
        qsort(troubles, *count, sizeof *troubles, compare_troubles);
    return troubles;
}

void topic_patch_list_problems(struct topic_patch *patch)
{
    size_t added, next = 0;
    struct trouble *troubles = list_new(patch, &added);
    if (added == 0 && (patch->problems == TOPIC_NONE || patch->overlay->problems.count == 0)) {
        mem_free(troubles);
        return;
    }
    uint32_t number = topic_patch_problems(patch); /* may move the nodes */
    struct topic_node *node = &patch->nodes[number];
    uint32_t *list = arena_array(patch->arena, node->topic.article_count + added, sizeof *list), used = 0;
    for (uint32_t i = 0; i < node->topic.article_count; i++) {
        struct trouble old = trouble_at(patch, node->topic.articles[i]);
        if (!counts(&old.problem))
            continue;
        for (; next < added && compare_troubles(&troubles[next], &old) < 0; next++)
            list[used++] = troubles[next].number;
        list[used++] = old.number;
    }
    for (; next < added; next++)
        list[used++] = troubles[next].number;
    node->topic.articles = list;
    node->topic.article_count = node->topic.total = used;
    node->origin = TOPIC_NONE;
    mem_free(troubles);
}
