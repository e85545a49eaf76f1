/*
 * A catalogue brought up to date. The delta is made anew each time, of everything that differs from the base by now, so that
 * it does not matter in how many steps it came to differ.
 */
#include <stdlib.h>

#include "catalogue_inside.h"
#include "lectern/library.h"
#include "lectern/mem.h"
#include "overlay_build.h"
#include "roots_walk.h"
#include "scan_changes.h"

/* Of several changes at one place the first kind counts. */
enum rank { RANK_NEW, RANK_DELTA, RANK_SAME_ARTICLE, RANK_GONE };

struct ranked {
    struct library_change change;
    enum rank rank;
};

struct updating {
    const struct library *library;
    const struct catalogue *before;
    const struct flat *base;
    struct arena arena;
    struct ranked *all;
    size_t count, capacity;
    struct library_changes changes; /* of these */
};

static void add(struct updating *updating, const struct library_change *change, enum rank rank)
{
    updating->all = mem_grow(updating->all, updating->count, &updating->capacity, sizeof *updating->all);
    updating->all[updating->count++] = (struct ranked){*change, rank};
}

static void add_file(struct updating *updating, const struct flat *flat, uint32_t number,
                     enum library_change_kind kind, enum rank rank)
{
    struct catalogue_file file = flat_file(flat, number);
    add(updating,
        &(struct library_change){
            .kind = kind,
            .root = file.root,
            .path = arena_str(&updating->arena, file.path),
            .stamp = file.stamp,
        },
        rank);
}

static void add_skip(struct updating *updating, const struct flat *flat, size_t number,
                     enum library_change_kind kind, enum rank rank)
{
    struct catalogue_problem problem = flat_problem(flat, number);
    if (problem.no_file)
        add(updating,
            &(struct library_change){
                .kind = kind,
                .root = problem.root,
                .path = arena_str(&updating->arena, problem.path),
                .reason = problem.message,
                .expected = problem.expected,
            },
            rank);
}

/* What differed from the base before. */
static void add_delta(struct updating *updating)
{
    const struct overlay *overlay = &updating->before->overlay;
    const uint32_t *files = overlay->files.at, *problems = overlay->problems.at;
    for (uint32_t i = 0; i < overlay->delta.files.count; i++) {
        uint32_t article = flat_file(&overlay->delta, i).article;
        bool alone = flat_row_count(&overlay->delta.article_files, article) <= 1;
        add_file(updating, &overlay->delta, i, CHANGE_FILE, alone ? RANK_DELTA : RANK_SAME_ARTICLE);
    }
    for (size_t i = 0; i < overlay->delta.problems.count; i++)
        add_skip(updating, &overlay->delta, i, CHANGE_SKIPPED, RANK_DELTA);
    for (size_t i = 0; i < overlay->files.count; i++)
        add_file(updating, updating->base, files[i], CHANGE_GONE, RANK_GONE);
    for (size_t i = 0; i < overlay->problems.count; i++)
        add_skip(updating, updating->base, problems[i], CHANGE_GONE, RANK_GONE);
}

static int compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = roots_compare(a->change.root, a->change.path, b->change.root, b->change.path);
    return order ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

static bool same_place(const struct library_change *a, const struct library_change *b)
{
    return a->root == b->root && str_eq(a->path, b->path);
}

/* The skipped entry of the base at a place; its message is empty if there is none. */
static struct catalogue_problem base_skip(const struct flat *base, const struct library_change *change)
{
    for (size_t i = flat_first_problem(base, change->root, change->path); i < base->problems.count; i++) {
        struct catalogue_problem problem = flat_problem(base, i);
        if (problem.root != change->root || !str_eq(problem.path, change->path))
            break;
        if (problem.no_file)
            return problem;
    }
    return (struct catalogue_problem){0};
}

/* Whether the base says the same. */
static bool is_no_change(const struct flat *base, const struct ranked *ranked)
{
    const struct library_change *change = &ranked->change;
    uint32_t number = flat_find_file(base, change->root, change->path);
    struct catalogue_file file = flat_file(base, number);
    struct catalogue_problem skip = base_skip(base, change);
    bool is_file = number != CATALOGUE_NONE;
    switch (change->kind) {
    case CHANGE_GONE: return !is_file && skip.message.len == 0;
    case CHANGE_SKIPPED:
        return !is_file && skip.expected == change->expected && str_eq(skip.message, change->reason);
    default:
        return ranked->rank != RANK_SAME_ARTICLE && is_file && file.settled &&
               file_stamps_equal(&file.stamp, &change->stamp);
    }
}

/* One change a place, in the order of the walk, and only what differs from the base. */
static void arrange(struct updating *updating)
{
    size_t kept = 0;
    if (updating->count)
        qsort(updating->all, updating->count, sizeof *updating->all, compare);
    for (size_t i = 0; i < updating->count; i++) {
        const struct ranked *ranked = &updating->all[i];
        bool later = i > 0 && same_place(&updating->all[i - 1].change, &ranked->change);
        if (!later && !is_no_change(updating->base, ranked))
            updating->all[kept++] = *ranked;
    }
    updating->count = kept;
}

/* Whether the first `count` changes, which are in order, have one at the place of a file of the base. */
static bool is_among(const struct updating *updating, size_t count, uint32_t base_file)
{
    struct catalogue_file file = flat_file(updating->base, base_file);
    struct ranked wanted = {.change = {.root = file.root, .path = file.path}, .rank = RANK_NEW};
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&updating->all[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && same_place(&updating->all[low].change, &wanted.change);
}

/* Puts all files of an article of the base among the changes, of which the first `count` are in order. */
static void add_article(struct updating *updating, size_t count, uint32_t article)
{
    const struct table_lists *files = &updating->base->article_files;
    for (size_t i = 0; i < flat_row_count(files, article); i++)
        if (!is_among(updating, count, flat_number(files, article, i)))
            add_file(updating, updating->base, flat_number(files, article, i), CHANGE_FILE,
                     RANK_SAME_ARTICLE);
}

/* An article stands either in the base with all its files, or in the delta. */
static void add_other_files(struct updating *updating)
{
    size_t count = updating->count;
    for (size_t i = 0; i < count; i++) {
        const struct library_change *change = &updating->all[i].change;
        uint32_t file = flat_find_file(updating->base, change->root, change->path);
        uint32_t article = flat_file(updating->base, file).article;
        if (article != CATALOGUE_NONE && flat_row_count(&updating->base->article_files, article) > 1)
            add_article(updating, count, article);
    }
    if (updating->count > count)
        arrange(updating);
}

/* An article of the base that turns out to be that of a file which was read: true if there is one that was not known. */
static bool add_same_articles(struct updating *updating, const struct flat *delta)
{
    const struct flat *base = updating->base;
    size_t count = updating->count;
    uint32_t target;
    for (uint32_t i = 0; i < flat_count(delta); i++) {
        struct name_search search = flat_search(base, NAME_ID, flat_name(delta, NAME_ID, i));
        while (flat_next_target(&search, &target))
            if (target < flat_count(base) &&
                flat_article(base, target).digest == flat_article(delta, i).digest)
                add_article(updating, count, target);
    }
    if (updating->count > count)
        arrange(updating);
    return updating->count > count;
}

static void list_changes(struct updating *updating)
{
    struct library_changes *changes = &updating->changes;
    changes->at = mem_resize(changes->at, updating->count, sizeof *changes->at);
    changes->count = updating->count;
    for (size_t i = 0; i < updating->count; i++)
        changes->at[i] = updating->all[i].change;
}

/* The catalogue of what differs from the base, by itself. */
static struct catalogue *read_delta(struct updating *updating, const struct library_scan *wishes,
                                    struct err *err)
{
    struct library_scan scan = *wishes;
    scan.partial = NULL;
    for (;;) {
        list_changes(updating);
        struct catalogue *delta =
            scan_changes(updating->library, &updating->changes, updating->base->library->key, &scan, err);
        if (!delta || !add_same_articles(updating, &delta->base))
            return delta;
        catalogue_release(delta);
        if (scan.again)
            scan.again(scan.context);
    }
}

static struct catalogue *update(struct updating *updating, const struct library_scan *wishes, struct err *err)
{
    if (updating->count == 0)
        return catalogue_open(updating->base->image);
    struct catalogue *delta = read_delta(updating, wishes, err), *catalogue = NULL;
    if (delta) {
        overlay_build(updating->before, &delta->base, &updating->changes);
        catalogue = catalogue_open_delta(updating->before, delta->base.image);
    }
    catalogue_release(delta);
    return catalogue;
}

struct catalogue *library_update(const struct library *library, const struct catalogue *before,
                                 const struct library_changes *changes, const struct library_scan *wishes,
                                 struct err *err)
{
    struct updating updating = {.library = library, .before = before, .base = &before->base};
    for (size_t i = 0; i < changes->count; i++)
        add(&updating, &changes->at[i], RANK_NEW);
    if (before->has_delta)
        add_delta(&updating);
    arrange(&updating);
    add_other_files(&updating);
    struct catalogue *catalogue = update(&updating, wishes, err);
    mem_free(updating.all);
    mem_free(updating.changes.at);
    arena_free(&updating.arena);
    return catalogue;
}
