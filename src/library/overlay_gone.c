/* What has gone from the base: everything at the places where something has changed. */
#include "overlay_build.h"
#include "roots_walk.h"

static void find_problems(struct overlaying *overlaying, const struct library_change *change)
{
    const struct flat *base = overlaying->base;
    for (size_t i = flat_first_problem(base, change->root, change->path); i < base->problems.count; i++) {
        struct catalogue_problem problem = flat_problem(base, i);
        if (problem.root != change->root || !str_eq(problem.path, change->path))
            break;
        number_list_add(&overlaying->problems, (uint32_t)i);
    }
}

void overlaying_find_gone(struct overlaying *overlaying)
{
    const struct flat *base = overlaying->base;
    overlaying->gone =
        arena_array(&overlaying->arena, ((size_t)flat_count(base) + 63) / 64, sizeof(uint64_t));
    for (size_t i = 0; i < overlaying->changes->count; i++) {
        const struct library_change *change = &overlaying->changes->at[i];
        uint32_t file = flat_find_file(base, change->root, change->path);
        find_problems(overlaying, change);
        if (file == CATALOGUE_NONE)
            continue;
        number_list_add(&overlaying->files, file);
        uint32_t article = flat_file(base, file).article;
        if (article == CATALOGUE_NONE)
            continue;
        number_list_add(&overlaying->articles, article);
        overlaying->gone[article / 64] |= (uint64_t)1 << article % 64;
    }
    number_list_sort(&overlaying->articles);
}

bool overlaying_is_gone(const struct overlaying *overlaying, uint32_t base_article)
{
    return overlaying->gone[base_article / 64] >> base_article % 64 & 1;
}

size_t overlaying_gone_place(const struct overlaying *overlaying, uint32_t base_article)
{
    const struct number_list *list = &overlaying->articles;
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->at[middle] < base_article)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->at[low] == base_article ? low : list->count;
}

int overlaying_compare(const struct overlaying *overlaying, uint32_t base_article, uint32_t delta_article)
{
    const struct flat *base = overlaying->base, *delta = overlaying->delta;
    struct catalogue_file a = flat_file(base, flat_number(&base->article_files, base_article, 0));
    struct catalogue_file b = flat_file(delta, flat_number(&delta->article_files, delta_article, 0));
    return roots_compare(a.root, a.path, b.root, b.path);
}
