/* The numbers of the delta's articles: those that the same articles had, as far as they were known. */
#include <stdlib.h>

#include "lectern/mem.h"
#include "overlay_build.h"

struct assigning {
    struct overlaying *overlaying;
    bool *taken; /* gone articles of the base, then numbers behind the base */
};

/* A file that is not what it was, and the article in it. A file that was renamed is known by its inode. */
struct origin {
    uint64_t device, inode;
    uint32_t article;
};

/* Gives the article a number that it may have: of one that is not in the base any more, or was added before. */
static bool assign(struct assigning *assigning, uint32_t article, uint32_t number)
{
    struct overlaying *overlaying = assigning->overlaying;
    uint32_t base_count = flat_count(overlaying->base);
    size_t gone = overlaying->articles.count, slot;
    if (number >= catalogue_count(overlaying->before))
        return false;
    slot = number < base_count ? overlaying_gone_place(overlaying, number) : gone + (number - base_count);
    if ((number < base_count && slot == gone) || assigning->taken[slot])
        return false;
    assigning->taken[slot] = true;
    overlaying->numbers[article] = number;
    return true;
}

static void assign_by_id(struct assigning *assigning)
{
    struct overlaying *overlaying = assigning->overlaying;
    for (uint32_t i = 0; i < flat_count(overlaying->delta); i++)
        assign(assigning, i, catalogue_find_id(overlaying->before, flat_name(overlaying->delta, NAME_ID, i)));
}

/* What was taken from the base some time ago, and has come back. */
static void assign_by_old_id(struct assigning *assigning)
{
    struct overlaying *overlaying = assigning->overlaying;
    for (uint32_t i = 0; i < flat_count(overlaying->delta); i++) {
        struct str id = flat_name(overlaying->delta, NAME_ID, i);
        if (overlaying->numbers[i] != CATALOGUE_NONE || id.len == 0)
            continue;
        struct name_search search = flat_search(overlaying->base, NAME_ID, id);
        uint32_t number;
        while (flat_next_target(&search, &number))
            if (assign(assigning, i, number))
                break;
    }
}

static void assign_by_path(struct assigning *assigning)
{
    struct overlaying *overlaying = assigning->overlaying;
    const struct flat *delta = overlaying->delta;
    for (uint32_t i = 0; i < flat_count(delta); i++)
        for (size_t f = 0;
             overlaying->numbers[i] == CATALOGUE_NONE && f < flat_row_count(&delta->article_files, i); f++) {
            struct catalogue_file file = flat_file(delta, flat_number(&delta->article_files, i, f));
            uint32_t before = catalogue_find_file(overlaying->before, file.root, file.path);
            assign(assigning, i, catalogue_file(overlaying->before, before).article);
        }
}

static int compare_origins(const void *left, const void *right)
{
    const struct origin *a = left, *b = right;
    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    if (a->inode != b->inode)
        return a->inode < b->inode ? -1 : 1;
    return (a->article > b->article) - (a->article < b->article);
}

static void add_origin(const struct overlaying *overlaying, uint32_t number, struct origin *origins,
                       size_t *count)
{
    struct catalogue_file file = catalogue_file(overlaying->before, number);
    if (file.article != CATALOGUE_NONE)
        origins[(*count)++] = (struct origin){file.stamp.device, file.stamp.inode, file.article};
}

/* The files of the base that are gone by now, and those of the delta before, by inode. */
static struct origin *list_origins(struct overlaying *overlaying, size_t *count)
{
    uint32_t in_base = (uint32_t)overlaying->base->files.count,
             end = catalogue_file_count(overlaying->before);
    struct origin *origins =
        arena_array(&overlaying->arena, overlaying->files.count + (end - in_base), sizeof *origins);
    *count = 0;
    for (size_t i = 0; i < overlaying->files.count; i++)
        add_origin(overlaying, overlaying->files.at[i], origins, count);
    for (uint32_t file = in_base; file < end; file++)
        add_origin(overlaying, file, origins, count);
    if (*count)
        qsort(origins, *count, sizeof *origins, compare_origins);
    return origins;
}

static void assign_by_inode(struct assigning *assigning)
{
    struct overlaying *overlaying = assigning->overlaying;
    const struct flat *delta = overlaying->delta;
    size_t count;
    struct origin *origins = list_origins(overlaying, &count);
    for (uint32_t i = 0; i < flat_count(delta); i++) {
        if (overlaying->numbers[i] != CATALOGUE_NONE)
            continue;
        struct file_stamp stamp = flat_file(delta, flat_number(&delta->article_files, i, 0)).stamp;
        struct origin wanted = {stamp.device, stamp.inode, 0};
        size_t low = 0, high = count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (compare_origins(&origins[middle], &wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < count && origins[low].device == stamp.device && origins[low].inode == stamp.inode; low++)
            if (assign(assigning, i, origins[low].article))
                break;
    }
}

void overlaying_number(struct overlaying *overlaying)
{
    uint32_t base_count = flat_count(overlaying->base), delta_count = flat_count(overlaying->delta);
    overlaying->count = catalogue_count(overlaying->before);
    overlaying->numbers = numbers_none(&overlaying->arena, delta_count);
    struct assigning assigning = {.overlaying = overlaying};
    assigning.taken =
        arena_array(&overlaying->arena, overlaying->articles.count + (overlaying->count - base_count), 1);
    assign_by_id(&assigning);
    assign_by_path(&assigning);
    assign_by_inode(&assigning);
    assign_by_old_id(&assigning);
    for (uint32_t i = 0; i < delta_count; i++) {
        if (overlaying->numbers[i] != CATALOGUE_NONE)
            continue;
        if (overlaying->count == CATALOGUE_NONE - 1)
            mem_exhausted();
        overlaying->numbers[i] = overlaying->count++;
    }
    overlaying->added = numbers_none(&overlaying->arena, overlaying->count - base_count);
    overlaying->successors = numbers_none(&overlaying->arena, overlaying->articles.count);
    for (uint32_t i = 0; i < delta_count; i++) {
        uint32_t number = overlaying->numbers[i];
        if (number < base_count)
            overlaying->successors[overlaying_gone_place(overlaying, number)] = i;
        else
            overlaying->added[number - base_count] = i;
    }
}
