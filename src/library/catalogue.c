#include "lectern/catalogue.h"

#include "catalogue_build.h"
#include "lectern/mem.h"

struct catalogue *catalogue_keep(struct catalogue *catalogue)
{
    atomic_fetch_add(&catalogue->references, 1);
    return catalogue;
}

void catalogue_release(struct catalogue *catalogue)
{
    if (!catalogue || atomic_fetch_sub(&catalogue->references, 1) > 1)
        return;
    shelf_release(catalogue->shelf);
    arena_free(&catalogue->arena);
    mem_free(catalogue);
}

uint32_t catalogue_count(const struct catalogue *catalogue)
{
    return catalogue->count;
}

uint32_t catalogue_missing(const struct catalogue *catalogue)
{
    return catalogue->missing_count;
}

struct str catalogue_title(const struct catalogue *catalogue, uint32_t target)
{
    if (target < catalogue->count)
        return symbol_str(catalogue->articles[target]->title);
    return catalogue->missing[target - catalogue->count].title;
}

struct str catalogue_id(const struct catalogue *catalogue, uint32_t target)
{
    if (target < catalogue->count)
        return symbol_str(catalogue->articles[target]->id);
    return symbol_str(catalogue->missing[target - catalogue->count].id);
}

struct str catalogue_url(const struct catalogue *catalogue, uint32_t target)
{
    if (target < catalogue->count)
        return symbol_str(catalogue->articles[target]->url);
    return symbol_str(catalogue->missing[target - catalogue->count].url);
}

enum article_kind catalogue_kind(const struct catalogue *catalogue, uint32_t article)
{
    return catalogue->articles[article]->kind;
}

struct str catalogue_date(const struct catalogue *catalogue, uint32_t article)
{
    return symbol_str(catalogue->articles[article]->date);
}

uint32_t catalogue_text_bytes(const struct catalogue *catalogue, uint32_t article)
{
    return catalogue->articles[article]->text_bytes;
}

static const uint32_t *row(const struct rows *rows, uint32_t i, size_t *count)
{
    *count = rows->starts[i + 1] - rows->starts[i];
    return rows->items + rows->starts[i];
}

uint32_t catalogue_subject_count(const struct catalogue *catalogue)
{
    return catalogue->subject_count;
}

struct str catalogue_subject_name(const struct catalogue *catalogue, uint32_t subject)
{
    return catalogue->subject_names[subject];
}

const uint32_t *catalogue_subjects(const struct catalogue *catalogue, uint32_t target, size_t *count)
{
    if (target < catalogue->count)
        return row(&catalogue->subjects, target, count);
    *count = 1;
    return &catalogue->missing[target - catalogue->count].subject;
}

uint32_t catalogue_keyword_count(const struct catalogue *catalogue)
{
    return catalogue->keyword_count;
}

struct str catalogue_keyword_name(const struct catalogue *catalogue, uint32_t keyword)
{
    return catalogue->keyword_names[keyword];
}

const uint32_t *catalogue_keywords(const struct catalogue *catalogue, uint32_t article, size_t *count)
{
    return row(&catalogue->keywords, article, count);
}

uint32_t catalogue_file_count(const struct catalogue *catalogue)
{
    return catalogue->file_count;
}

const struct catalogue_file *catalogue_file(const struct catalogue *catalogue, uint32_t file)
{
    return &catalogue->files[file];
}

const uint32_t *catalogue_files(const struct catalogue *catalogue, uint32_t article, size_t *count)
{
    return row(&catalogue->article_files, article, count);
}

const struct catalogue_link *catalogue_links(const struct catalogue *catalogue, uint32_t article,
                                             size_t *count)
{
    *count = catalogue->link_starts[article + 1] - catalogue->link_starts[article];
    return catalogue->links + catalogue->link_starts[article];
}

const uint32_t *catalogue_backlinks(const struct catalogue *catalogue, uint32_t target, size_t *count)
{
    return row(&catalogue->backlinks, target, count);
}

size_t catalogue_problem_count(const struct catalogue *catalogue)
{
    return catalogue->problem_count;
}

const struct catalogue_problem *catalogue_problem(const struct catalogue *catalogue, size_t problem)
{
    return &catalogue->problems[problem];
}

static uint32_t find(const struct catalogue *catalogue, const uint32_t *targets, struct str text)
{
    const struct symbol *symbol = symbols_find(shelf_symbols(catalogue->shelf), text);
    return symbol && symbol->number < catalogue->symbol_count ? targets[symbol->number] : CATALOGUE_NONE;
}

uint32_t catalogue_find_id(const struct catalogue *catalogue, struct str id)
{
    return find(catalogue, catalogue->by_id, id);
}

uint32_t catalogue_find_url(const struct catalogue *catalogue, struct str url)
{
    return find(catalogue, catalogue->by_url, url);
}
