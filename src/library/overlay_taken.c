/* Ids that several articles have: the first of these has it, and the others are told so. */
#include "lectern/mem.h"
#include "overlay_build.h"

struct telling {
    struct overlaying *overlaying;
    struct stored_problem *problems;
    size_t count, capacity;
};

/* What the base says of the article does not count any more. */
static void drop_base_problem(struct overlaying *overlaying, const struct catalogue_file *file)
{
    const struct flat *base = overlaying->base;
    for (size_t i = flat_first_problem(base, file->root, file->path); i < base->problems.count; i++) {
        struct catalogue_problem problem = flat_problem(base, i);
        if (problem.root != file->root || !str_eq(problem.path, file->path))
            break;
        if (problem.id_taken)
            number_list_add(&overlaying->problems, (uint32_t)i);
    }
}

static struct catalogue_file first_file(const struct flat *flat, uint32_t article)
{
    return flat_file(flat, flat_number(&flat->article_files, article, 0));
}

static struct str first_path(const struct overlaying *overlaying, uint32_t number)
{
    uint32_t base_count = flat_count(overlaying->base), delta = CATALOGUE_NONE;
    if (number >= base_count)
        delta = overlaying->added[number - base_count];
    else if (overlaying_is_gone(overlaying, number))
        delta = overlaying->successors[overlaying_gone_place(overlaying, number)];
    else
        return first_file(overlaying->base, number).path;
    return first_file(overlaying->delta, delta).path;
}

static void tell(struct telling *telling, const struct flat *flat, uint32_t article, uint32_t number,
                 const struct meaning *meaning)
{
    struct overlaying *overlaying = telling->overlaying;
    struct stored_article stored = flat_article(flat, article);
    struct catalogue_file file = first_file(flat, article);
    struct str message =
        arena_printf(&overlaying->arena, "id %.*s is already used by %.*s with another text",
                     STR_ARG(meaning->text), STR_ARG(first_path(overlaying, meaning->article)));
    telling->problems =
        mem_grow(telling->problems, telling->count, &telling->capacity, sizeof *telling->problems);
    telling->problems[telling->count++] = (struct stored_problem){
        .path = image_text_add(&overlaying->texts, file.path),
        .message = image_text_add(&overlaying->texts, message),
        .root = file.root,
        .line = stored.id_line,
        .column = stored.id_column,
        .article = number,
        .flags = STORED_ID_TAKEN,
    };
}

static void tell_others(struct telling *telling, const struct meaning *meaning)
{
    struct overlaying *overlaying = telling->overlaying;
    const struct flat *base = overlaying->base, *delta = overlaying->delta;
    uint32_t target;
    struct name_search search = flat_search(base, NAME_ID, meaning->text);
    while (flat_next_target(&search, &target)) {
        if (target >= flat_count(base) || overlaying_is_gone(overlaying, target))
            continue;
        struct catalogue_file file = first_file(base, target);
        drop_base_problem(overlaying, &file);
        if (target != meaning->article)
            tell(telling, base, target, target, meaning);
    }
    search = flat_search(delta, NAME_ID, meaning->text);
    while (flat_next_target(&search, &target))
        if (target < flat_count(delta) && overlaying->numbers[target] != meaning->article)
            tell(telling, delta, target, overlaying->numbers[target], meaning);
}

void overlaying_find_taken(struct overlaying *overlaying)
{
    struct telling telling = {.overlaying = overlaying};
    for (uint32_t i = 0; i < overlaying->names.count; i++)
        if (overlaying->meanings[i].kind == NAME_ID && overlaying->meanings[i].article != CATALOGUE_NONE)
            tell_others(&telling, &overlaying->meanings[i]);
    overlaying_write(overlaying, OVERLAY_TAKEN, telling.problems, telling.count, sizeof *telling.problems);
    mem_free(telling.problems);
}
