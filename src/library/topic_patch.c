/*
 * A topic tree brought up to date: the topics are copied, questions are moved between them, and what is left is numbered
 * anew. Lists in which nothing has changed are those of the base's tree.
 */
#include "topic_patch.h"

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"
#include "reading_order.h"
#include "topic_builder.h"
#include "topic_month.h"
#include "topic_tree.h"

/* -- what has changed ----------------------------------------------------------------------------------------------- */

static bool same_paths(const struct topic_patch *patch, uint32_t article)
{
    size_t count = catalogue_count_files(patch->base, article);
    if (count != catalogue_count_files(patch->now, article))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct catalogue_file a = catalogue_file(patch->base, catalogue_file_of(patch->base, article, i));
        struct catalogue_file b = catalogue_file(patch->now, catalogue_file_of(patch->now, article, i));
        if (a.root != b.root || !str_eq(a.path, b.path))
            return false;
    }
    return true;
}

static bool same_subjects(const struct topic_patch *patch, uint32_t article)
{
    size_t subjects = catalogue_count_subjects(patch->base, article);
    size_t keywords = catalogue_count_keywords(patch->base, article);
    if (subjects != catalogue_count_subjects(patch->now, article) ||
        keywords != catalogue_count_keywords(patch->now, article) ||
        !str_eq(catalogue_title(patch->base, article), catalogue_title(patch->now, article)))
        return false;
    for (size_t i = 0; i < subjects; i++)
        if (catalogue_subject_of(patch->base, article, i) != catalogue_subject_of(patch->now, article, i))
            return false;
    for (size_t i = 0; i < keywords; i++) {
        uint32_t before = catalogue_keyword_of(patch->base, article, i);
        uint32_t after = catalogue_keyword_of(patch->now, article, i);
        if (!str_eq(catalogue_keyword_name(patch->base, before), catalogue_keyword_name(patch->now, after)))
            return false;
    }
    return true;
}

static bool same_month(const struct topic_patch *patch, uint32_t article)
{
    struct topic_month a = topic_month_parse(catalogue_date(patch->base, article));
    struct topic_month b = topic_month_parse(catalogue_date(patch->now, article));
    return a.year == b.year && a.month == b.month;
}

/* In what an article whose number the base knows is as it was there. */
static unsigned compare_axes(const struct topic_patch *patch, uint32_t article)
{
    if (catalogue_is_missing(patch->now, article))
        return 0;
    struct reading_key before = reading_key_of(patch->base, article);
    struct reading_key after = reading_key_of(patch->now, article);
    bool paths = same_paths(patch, article); /* they tell articles of one id apart */
    if (reading_compare(&before, &after) != 0 || !paths)
        return 0;
    return AXIS_ALL | AXIS_FOLDER | (same_month(patch, article) ? AXIS_DATE : 0u) |
           (same_subjects(patch, article) ? AXIS_SUBJECT : 0u);
}

static const struct stored_successor *successors(const struct topic_patch *patch, size_t *count)
{
    *count = patch->overlay->successors.count;
    return patch->overlay->successors.at;
}

bool topic_patch_leaves(const struct topic_patch *patch, uint32_t article, enum topic_axis axis)
{
    if (!overlay_is_gone(patch->overlay, article))
        return false;
    size_t count, low = 0;
    const struct stored_successor *gone = successors(patch, &count);
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (gone[middle].base < article)
            low = middle + 1;
        else
            high = middle;
    }
    return low == count || gone[low].base != article || !(patch->stays[low] & axis);
}

/* -- topics --------------------------------------------------------------------------------------------------------- */

static void copy_topics(struct topic_patch *patch)
{
    patch->count = patch->tree->count;
    patch->capacity = patch->count;
    patch->nodes = mem_calloc(patch->count, sizeof *patch->nodes);
    for (uint32_t i = 0; i < patch->count; i++) {
        const struct topic *topic = &patch->tree->topics[i];
        patch->nodes[i] = (struct topic_node){.topic = *topic, .origin = i};
        switch (topic->kind) {
        case TOPIC_ALL: patch->all = i; break;
        case TOPIC_BY_DATE: patch->by_date = i; break;
        case TOPIC_BY_FOLDER: patch->by_folder = i; break;
        case TOPIC_PROBLEMS: patch->problems = i; break;
        case TOPIC_SUBJECT:
            if (topic->subject < catalogue_subject_count(patch->now))
                patch->subject_nodes[topic->subject] = i;
            break;
        default: break;
        }
    }
}

static int compare_moves(const void *left, const void *right)
{
    const struct topic_move *a = left, *b = right;
    if (a->leaves != b->leaves)
        return a->leaves ? -1 : 1;
    return (a->article > b->article) - (a->article < b->article);
}

/* Counts each article once in all topics above those that it has left, and once in those that it came into. */
static void count_moves(struct topic_patch *patch)
{
    uint32_t mark = 0;
    if (patch->move_count)
        qsort(patch->moves, patch->move_count, sizeof *patch->moves, compare_moves);
    for (size_t i = 0; i < patch->move_count; i++) {
        const struct topic_move *move = &patch->moves[i];
        if (i == 0 || compare_moves(move, move - 1) != 0)
            mark++;
        for (uint32_t node = move->node;
             node != 0 && node != TOPIC_NONE && patch->nodes[node].counted != mark;
             node = patch->nodes[node].topic.parent) {
            patch->nodes[node].counted = mark;
            patch->nodes[node].topic.total += move->leaves ? UINT32_MAX : 1;
        }
    }
}

/* -- the tree ------------------------------------------------------------------------------------------------------- */

static bool is_left(const struct topic_node *node)
{
    enum topic_kind kind = node->topic.kind;
    return node->topic.total > 0 || kind == TOPIC_ROOT || kind == TOPIC_ALL || kind == TOPIC_BY_DATE ||
           kind == TOPIC_BY_FOLDER;
}

/* The first of a node and its later siblings that is left. */
static uint32_t first_left(const struct topic_patch *patch, uint32_t node)
{
    while (node != TOPIC_NONE && !is_left(&patch->nodes[node]))
        node = patch->nodes[node].topic.next;
    return node;
}

/* The next node from the top down, or TOPIC_NONE. */
static uint32_t next_node(const struct topic_patch *patch, uint32_t node)
{
    uint32_t below = first_left(patch, patch->nodes[node].topic.first_child);
    if (below != TOPIC_NONE)
        return below;
    for (; node != TOPIC_NONE; node = patch->nodes[node].topic.parent) {
        uint32_t beside = first_left(patch, patch->nodes[node].topic.next);
        if (beside != TOPIC_NONE)
            return beside;
    }
    return TOPIC_NONE;
}

static void finish(struct topic_patch *patch, struct tree *tree)
{
    uint32_t *numbers = numbers_none(&patch->scratch, patch->count), count = 0;
    for (uint32_t node = 0; node != TOPIC_NONE; node = next_node(patch, node))
        numbers[node] = count++;
    struct topic *topics = arena_array(&tree->arena, count, sizeof *topics);
    tree->origins = arena_array(&tree->arena, count, sizeof *tree->origins);
    for (uint32_t i = 0; i < patch->count; i++) {
        if (numbers[i] == TOPIC_NONE)
            continue;
        const struct topic_node *node = &patch->nodes[i];
        uint32_t child = first_left(patch, node->topic.first_child),
                 next = first_left(patch, node->topic.next);
        struct topic *topic = &topics[numbers[i]];
        *topic = node->topic;
        topic->parent = i == 0 ? TOPIC_NONE : numbers[node->topic.parent];
        topic->first_child = child == TOPIC_NONE ? TOPIC_NONE : numbers[child];
        topic->next = next == TOPIC_NONE ? TOPIC_NONE : numbers[next];
        tree->origins[numbers[i]] = node->origin;
    }
    tree->public = (struct topic_tree){topics, count};
}

static void move_questions(struct topic_patch *patch)
{
    size_t gone;
    const struct stored_successor *all = successors(patch, &gone);
    patch->stays = arena_array(&patch->scratch, gone, sizeof *patch->stays);
    for (size_t i = 0; i < gone; i++) {
        patch->stays[i] = (uint8_t)compare_axes(patch, all[i].base);
        topic_patch_concern(patch, all[i].base, ~(unsigned)patch->stays[i]);
        if (!catalogue_is_missing(patch->now, all[i].base))
            topic_patch_place(patch, all[i].base, ~(unsigned)patch->stays[i]);
    }
    for (uint32_t i = catalogue_count(patch->base); i < catalogue_count(patch->now); i++)
        if (!catalogue_is_missing(patch->now, i))
            topic_patch_place(patch, i, ~0u);
    for (uint32_t i = 0; i < patch->count; i++) {
        struct topic_node *node = &patch->nodes[i];
        if (node->topic.subject != CATALOGUE_NONE && patch->subject_loses[node->topic.subject])
            node->concerned = true;
    }
}

static void run(struct topic_patch *patch)
{
    uint32_t subjects = catalogue_subject_count(patch->now);
    patch->subject_nodes = numbers_none(&patch->scratch, subjects);
    patch->subject_loses = arena_array(&patch->scratch, subjects, sizeof *patch->subject_loses);
    patch->prepared = arena_array(&patch->scratch, subjects, sizeof *patch->prepared);
    copy_topics(patch);
    topic_patch_start_names(patch);
    move_questions(patch);
    topic_patch_free_names(patch);
    topic_patch_lists(patch);
    topic_patch_list_problems(patch);
    count_moves(patch);
    patch->nodes[0].topic.total = catalogue_article_count(patch->now);
}

static void end(struct topic_patch *patch)
{
    for (uint32_t i = 0; i < patch->count; i++)
        mem_free(patch->nodes[i].added.at);
    mem_free(patch->nodes);
    mem_free(patch->moves);
    arena_free(&patch->scratch);
}

struct topic_tree *topics_patch(struct topic_tree *before, const struct catalogue *catalogue)
{
    struct tree *whole = (struct tree *)(void *)before, *of_base = whole->base ? whole->base : whole;
    if (!catalogue->has_delta)
        return topics_keep(&of_base->public);
    struct catalogue *base = catalogue_open(catalogue->base.image);
    struct tree *tree = tree_new();
    struct topic_patch patch = {
        .now = catalogue,
        .base = base,
        .overlay = &catalogue->overlay,
        .tree = &of_base->public,
        .arena = &tree->arena,
        .all = TOPIC_NONE,
        .by_date = TOPIC_NONE,
        .by_folder = TOPIC_NONE,
        .problems = TOPIC_NONE,
    };
    topics_keep(&of_base->public);
    tree->base = of_base;
    run(&patch);
    finish(&patch, tree);
    end(&patch);
    catalogue_release(base);
    return &tree->public;
}
