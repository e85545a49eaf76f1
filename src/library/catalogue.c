/* The public accessors. */
#include "lectern/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue_inside.h"
#include "lectern/mem.h"

struct catalogue *catalogue_open(struct image *image)
{
    struct catalogue *catalogue = mem_calloc(1, sizeof *catalogue);
    atomic_init(&catalogue->references, 1);
    if (flat_open(&catalogue->flat, image))
        return catalogue;
    mem_free(catalogue);
    return NULL;
}

const struct image *catalogue_image(const struct catalogue *catalogue)
{
    return catalogue->flat.image;
}

struct catalogue *catalogue_keep(struct catalogue *catalogue)
{
    atomic_fetch_add(&catalogue->references, 1);
    return catalogue;
}

void catalogue_release(struct catalogue *catalogue)
{
    if (!catalogue || atomic_fetch_sub(&catalogue->references, 1) > 1)
        return;
    flat_close(&catalogue->flat);
    mem_free(catalogue);
}

uint32_t catalogue_count(const struct catalogue *catalogue)
{
    return flat_count(&catalogue->flat);
}

uint32_t catalogue_missing(const struct catalogue *catalogue)
{
    return flat_targets(&catalogue->flat) - flat_count(&catalogue->flat);
}

bool catalogue_is_missing(const struct catalogue *catalogue, uint32_t target)
{
    return target >= flat_count(&catalogue->flat);
}

uint32_t catalogue_article_count(const struct catalogue *catalogue)
{
    return flat_count(&catalogue->flat);
}

struct str catalogue_title(const struct catalogue *catalogue, uint32_t target)
{
    struct str title = flat_name(&catalogue->flat, NAME_TITLE, target);
    return title.len ? title : STR("?");
}

struct str catalogue_id(const struct catalogue *catalogue, uint32_t target)
{
    return flat_name(&catalogue->flat, NAME_ID, target);
}

struct str catalogue_url(const struct catalogue *catalogue, uint32_t target)
{
    return flat_name(&catalogue->flat, NAME_URL, target);
}

enum article_kind catalogue_kind(const struct catalogue *catalogue, uint32_t article)
{
    uint32_t kind = flat_article(&catalogue->flat, article).kind;
    return kind <= ARTICLE_BINARY ? (enum article_kind)kind : ARTICLE_PLAIN;
}

struct str catalogue_date(const struct catalogue *catalogue, uint32_t article)
{
    return flat_text(&catalogue->flat, flat_article(&catalogue->flat, article).date);
}

uint32_t catalogue_text_bytes(const struct catalogue *catalogue, uint32_t article)
{
    return flat_article(&catalogue->flat, article).text_bytes;
}

uint32_t catalogue_subject_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->flat.subject_names.count;
}

struct str catalogue_subject_name(const struct catalogue *catalogue, uint32_t subject)
{
    return flat_subject_name(&catalogue->flat, subject);
}

size_t catalogue_count_subjects(const struct catalogue *catalogue, uint32_t target)
{
    return catalogue_is_missing(catalogue, target) ? 1 : flat_row_count(&catalogue->flat.subjects, target);
}

uint32_t catalogue_subject_of(const struct catalogue *catalogue, uint32_t target, size_t i)
{
    return catalogue_is_missing(catalogue, target) ? flat_missing(&catalogue->flat, target).subject
                                                   : flat_number(&catalogue->flat.subjects, target, i);
}

uint32_t catalogue_keyword_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->flat.keyword_names.count;
}

struct str catalogue_keyword_name(const struct catalogue *catalogue, uint32_t keyword)
{
    return flat_keyword_name(&catalogue->flat, keyword);
}

size_t catalogue_count_keywords(const struct catalogue *catalogue, uint32_t article)
{
    return flat_row_count(&catalogue->flat.keywords, article);
}

uint32_t catalogue_keyword_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    return flat_number(&catalogue->flat.keywords, article, i);
}

uint32_t catalogue_file_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->flat.files.count;
}

struct catalogue_file catalogue_file(const struct catalogue *catalogue, uint32_t file)
{
    return flat_file(&catalogue->flat, file);
}

size_t catalogue_count_files(const struct catalogue *catalogue, uint32_t article)
{
    return flat_row_count(&catalogue->flat.article_files, article);
}

uint32_t catalogue_file_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    return flat_number(&catalogue->flat.article_files, article, i);
}

size_t catalogue_count_links(const struct catalogue *catalogue, uint32_t article)
{
    return flat_row_count(&catalogue->flat.links, article);
}

struct catalogue_link catalogue_link_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    struct stored_link link = flat_link(&catalogue->flat, article, i);
    uint32_t target = flat_reference(&catalogue->flat, link.reference).target;
    return (struct catalogue_link){
        .target = target < flat_targets(&catalogue->flat) ? target : CATALOGUE_NONE,
        .number = link.number,
        .line = link.line,
        .column = link.column,
    };
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Ascending, each once. */
static size_t sort_numbers(uint32_t *numbers, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(numbers, count, sizeof *numbers, compare_numbers);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    return kept;
}

const uint32_t *catalogue_backlinks(const struct catalogue *catalogue, uint32_t target, struct arena *arena,
                                    size_t *count)
{
    const struct flat *flat = &catalogue->flat;
    size_t references = flat_row_count(&flat->target_references, target), total = 0, used = 0;
    for (size_t i = 0; i < references; i++)
        total += flat_row_count(&flat->sources, flat_number(&flat->target_references, target, i));
    if (total > flat->sources.items.count) /* damaged: rows that overlap */
        total = flat->sources.items.count;
    uint32_t *sources = arena_array(arena, total, sizeof *sources);
    for (size_t i = 0; i < references; i++) {
        size_t n;
        const uint32_t *more =
            image_row(&flat->sources, flat_number(&flat->target_references, target, i), &n);
        n = n < total - used ? n : total - used;
        if (n)
            memcpy(sources + used, more, n * sizeof *more);
        used += n;
    }
    *count = references > 1 ? sort_numbers(sources, used) : used;
    return sources;
}

size_t catalogue_problem_count(const struct catalogue *catalogue)
{
    return catalogue->flat.problems.count;
}

struct catalogue_problem catalogue_problem(const struct catalogue *catalogue, size_t problem)
{
    return flat_problem(&catalogue->flat, problem);
}

static uint32_t find(const struct catalogue *catalogue, enum name_kind kind, struct str text)
{
    uint32_t target;
    struct name_search search = flat_search(&catalogue->flat, kind, text);
    return flat_next_target(&search, &target) ? target : CATALOGUE_NONE;
}

uint32_t catalogue_find_id(const struct catalogue *catalogue, struct str id)
{
    return find(catalogue, NAME_ID, id);
}

uint32_t catalogue_find_url(const struct catalogue *catalogue, struct str url)
{
    return find(catalogue, NAME_URL, url);
}

uint32_t catalogue_find_title(const struct catalogue *catalogue, struct str title)
{
    return find(catalogue, NAME_TITLE, title);
}

uint32_t catalogue_find_file(const struct catalogue *catalogue, uint32_t root, struct str path)
{
    return flat_find_file(&catalogue->flat, root, path);
}
