/* The public accessors. Most ask where a target stands, and then the flat catalogue that it stands in. */
#include "lectern/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "catalogue_inside.h"
#include "lectern/mem.h"

struct catalogue *catalogue_open(struct image *image)
{
    struct catalogue *catalogue = mem_calloc(1, sizeof *catalogue);
    atomic_init(&catalogue->references, 1);
    if (flat_open(&catalogue->base, image))
        return catalogue;
    mem_free(catalogue);
    return NULL;
}

struct catalogue *catalogue_open_delta(const struct catalogue *base, struct image *delta)
{
    struct catalogue *catalogue = catalogue_open(base->base.image);
    catalogue->has_delta = overlay_open(&catalogue->overlay, &catalogue->base, delta);
    if (catalogue->has_delta)
        return catalogue;
    catalogue_release(catalogue);
    return NULL;
}

bool catalogue_same_base(const struct catalogue *a, const struct catalogue *b)
{
    return memcmp(&a->base.library->key, &b->base.library->key, sizeof a->base.library->key) == 0;
}

bool catalogue_same_numbers(const struct catalogue *a, const struct catalogue *b)
{
    return a->base.image == b->base.image;
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
    if (catalogue->has_delta)
        overlay_close(&catalogue->overlay);
    flat_close(&catalogue->base);
    mem_free(catalogue);
}

struct image *catalogue_image(const struct catalogue *catalogue)
{
    return catalogue->base.image;
}

struct image *catalogue_delta_image(const struct catalogue *catalogue)
{
    return catalogue->has_delta ? catalogue->overlay.delta.image : NULL;
}

const uint64_t *catalogue_gone(const struct catalogue *catalogue)
{
    return catalogue->has_delta ? catalogue->overlay.gone.at : NULL;
}

const uint32_t *catalogue_delta_numbers(const struct catalogue *catalogue, size_t *count)
{
    *count = catalogue->has_delta ? catalogue->overlay.numbers.count : 0;
    return catalogue->has_delta ? catalogue->overlay.numbers.at : NULL;
}

uint32_t catalogue_count(const struct catalogue *catalogue)
{
    return catalogue->has_delta ? catalogue->overlay.head.count : flat_count(&catalogue->base);
}

uint32_t catalogue_missing(const struct catalogue *catalogue)
{
    return catalogue->has_delta ? catalogue->overlay.head.missing
                                : flat_targets(&catalogue->base) - flat_count(&catalogue->base);
}

uint32_t catalogue_article_count(const struct catalogue *catalogue)
{
    return catalogue->has_delta ? catalogue->overlay.head.articles : flat_count(&catalogue->base);
}

/* Where a target stands. Without a delta that is the base also for a missing one. */
struct located {
    const struct flat *flat;
    uint32_t number; /* there */
    bool article, in_delta;
};

static struct located locate(const struct catalogue *catalogue, uint32_t target)
{
    struct overlay_place place;
    if (!catalogue->has_delta)
        return (struct located){&catalogue->base, target, target < flat_count(&catalogue->base), false};
    bool article = overlay_find(&catalogue->overlay, target, &place);
    return (struct located){place.flat, place.article, article, place.flat == &catalogue->overlay.delta};
}

bool catalogue_is_missing(const struct catalogue *catalogue, uint32_t target)
{
    return !locate(catalogue, target).article;
}

static struct str name_of(const struct catalogue *catalogue, enum name_kind kind, uint32_t target)
{
    struct located at = locate(catalogue, target);
    return at.article || !catalogue->has_delta ? flat_name(at.flat, kind, at.number)
                                               : overlay_absent_name(&catalogue->overlay, kind, target);
}

struct str catalogue_title(const struct catalogue *catalogue, uint32_t target)
{
    struct str title = name_of(catalogue, NAME_TITLE, target);
    return title.len ? title : STR("?");
}

struct str catalogue_id(const struct catalogue *catalogue, uint32_t target)
{
    return name_of(catalogue, NAME_ID, target);
}

struct str catalogue_url(const struct catalogue *catalogue, uint32_t target)
{
    return name_of(catalogue, NAME_URL, target);
}

static struct stored_article article_of(const struct catalogue *catalogue, uint32_t article)
{
    struct located at = locate(catalogue, article);
    return at.article ? flat_article(at.flat, at.number) : (struct stored_article){0};
}

enum article_kind catalogue_kind(const struct catalogue *catalogue, uint32_t article)
{
    uint32_t kind = article_of(catalogue, article).kind;
    return kind <= ARTICLE_BINARY ? (enum article_kind)kind : ARTICLE_PLAIN;
}

struct str catalogue_date(const struct catalogue *catalogue, uint32_t article)
{
    struct located at = locate(catalogue, article);
    return at.article ? flat_text(at.flat, flat_article(at.flat, at.number).date) : (struct str){0};
}

uint32_t catalogue_text_bytes(const struct catalogue *catalogue, uint32_t article)
{
    return article_of(catalogue, article).text_bytes;
}

/* -- subjects and keywords ------------------------------------------------------------------------------------------ */

uint32_t catalogue_subject_count(const struct catalogue *catalogue)
{
    size_t added = catalogue->has_delta ? catalogue->overlay.new_names.count : 0;
    return (uint32_t)(catalogue->base.subject_names.count + added);
}

struct str catalogue_subject_name(const struct catalogue *catalogue, uint32_t subject)
{
    if (catalogue->has_delta && subject >= catalogue->base.subject_names.count)
        return overlay_new_subject(&catalogue->overlay, subject);
    return flat_subject_name(&catalogue->base, subject);
}

static uint32_t subject_number(const struct catalogue *catalogue, bool in_delta, uint32_t subject)
{
    return in_delta ? overlay_subject(&catalogue->overlay, subject) : subject;
}

size_t catalogue_count_subjects(const struct catalogue *catalogue, uint32_t target)
{
    struct located at = locate(catalogue, target);
    return at.article ? flat_row_count(&at.flat->subjects, at.number) : 1;
}

uint32_t catalogue_subject_of(const struct catalogue *catalogue, uint32_t target, size_t i)
{
    struct located at = locate(catalogue, target);
    if (at.article)
        return subject_number(catalogue, at.in_delta, flat_number(&at.flat->subjects, at.number, i));
    return catalogue->has_delta ? overlay_absent_subject(&catalogue->overlay, target)
                                : flat_missing(&catalogue->base, target).subject;
}

uint32_t catalogue_keyword_count(const struct catalogue *catalogue)
{
    size_t added = catalogue->has_delta ? catalogue->overlay.delta.keyword_names.count : 0;
    return (uint32_t)(catalogue->base.keyword_names.count + added);
}

struct str catalogue_keyword_name(const struct catalogue *catalogue, uint32_t keyword)
{
    size_t in_base = catalogue->base.keyword_names.count;
    if (catalogue->has_delta && keyword >= in_base)
        return flat_keyword_name(&catalogue->overlay.delta, keyword - (uint32_t)in_base);
    return flat_keyword_name(&catalogue->base, keyword);
}

size_t catalogue_count_keywords(const struct catalogue *catalogue, uint32_t article)
{
    struct located at = locate(catalogue, article);
    return at.article ? flat_row_count(&at.flat->keywords, at.number) : 0;
}

/* The number of something of the delta behind those of the base. */
static uint32_t behind(bool in_delta, size_t in_base, uint32_t number)
{
    return in_delta && number != CATALOGUE_NONE ? number + (uint32_t)in_base : number;
}

uint32_t catalogue_keyword_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    struct located at = locate(catalogue, article);
    uint32_t keyword = at.article ? flat_number(&at.flat->keywords, at.number, i) : CATALOGUE_NONE;
    return behind(at.in_delta, catalogue->base.keyword_names.count, keyword);
}

/* -- files and problems --------------------------------------------------------------------------------------------- */

uint32_t catalogue_file_count(const struct catalogue *catalogue)
{
    size_t added = catalogue->has_delta ? catalogue->overlay.delta.files.count : 0;
    return (uint32_t)(catalogue->base.files.count + added);
}

uint32_t catalogue_files_there(const struct catalogue *catalogue)
{
    size_t gone = catalogue->has_delta ? catalogue->overlay.files.count : 0;
    return catalogue_file_count(catalogue) - (uint32_t)gone;
}

uint32_t catalogue_files_changed(const struct catalogue *catalogue)
{
    return catalogue->has_delta ? overlay_files_changed(&catalogue->overlay) : 0;
}

struct catalogue_file catalogue_file(const struct catalogue *catalogue, uint32_t file)
{
    const struct overlay *overlay = &catalogue->overlay;
    if (!catalogue->has_delta)
        return flat_file(&catalogue->base, file);
    if (file < catalogue->base.files.count) {
        struct catalogue_file found = flat_file(&catalogue->base, file);
        found.gone = overlay_file_is_gone(overlay, file);
        return found;
    }
    struct catalogue_file found = flat_file(&overlay->delta, file - (uint32_t)catalogue->base.files.count);
    found.article = overlay_number(overlay, found.article);
    found.subject = overlay_subject(overlay, found.subject);
    return found;
}

size_t catalogue_count_files(const struct catalogue *catalogue, uint32_t article)
{
    struct located at = locate(catalogue, article);
    return at.article ? flat_row_count(&at.flat->article_files, at.number) : 0;
}

uint32_t catalogue_file_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    struct located at = locate(catalogue, article);
    uint32_t file = at.article ? flat_number(&at.flat->article_files, at.number, i) : CATALOGUE_NONE;
    return behind(at.in_delta, catalogue->base.files.count, file);
}

uint32_t catalogue_find_file(const struct catalogue *catalogue, uint32_t root, struct str path)
{
    uint32_t file = flat_find_file(&catalogue->base, root, path);
    if (!catalogue->has_delta || (file != CATALOGUE_NONE && !overlay_file_is_gone(&catalogue->overlay, file)))
        return file;
    return behind(true, catalogue->base.files.count, flat_find_file(&catalogue->overlay.delta, root, path));
}

size_t catalogue_problem_count(const struct catalogue *catalogue)
{
    const struct overlay *overlay = &catalogue->overlay;
    size_t added = catalogue->has_delta ? overlay->delta.problems.count + overlay->taken.count : 0;
    return catalogue->base.problems.count + added;
}

/* Of the base, of the delta, and then that ids are taken, which the delta by itself cannot know. */
struct catalogue_problem catalogue_problem(const struct catalogue *catalogue, size_t problem)
{
    const struct overlay *overlay = &catalogue->overlay;
    size_t in_base = catalogue->base.problems.count;
    struct catalogue_problem found = flat_problem(&catalogue->base, problem);
    if (!catalogue->has_delta)
        return found;
    if (problem < in_base) {
        found.gone = overlay_problem_is_gone(overlay, problem);
    } else if (problem - in_base < overlay->delta.problems.count) {
        found = flat_problem(&overlay->delta, problem - in_base);
        found.article = overlay_number(overlay, found.article);
        found.gone = found.id_taken;
    } else {
        found = overlay_taken(overlay, problem - in_base - overlay->delta.problems.count);
    }
    return found;
}

/* -- links and names ------------------------------------------------------------------------------------------------ */

size_t catalogue_count_links(const struct catalogue *catalogue, uint32_t article)
{
    struct located at = locate(catalogue, article);
    return at.article ? flat_row_count(&at.flat->links, at.number) : 0;
}

static uint32_t target_of(const struct catalogue *catalogue, bool in_delta, uint32_t reference)
{
    if (catalogue->has_delta)
        return in_delta ? overlay_delta_target(&catalogue->overlay, reference)
                        : overlay_base_target(&catalogue->overlay, reference);
    uint32_t target = flat_reference(&catalogue->base, reference).target;
    return target < flat_targets(&catalogue->base) ? target : CATALOGUE_NONE;
}

struct catalogue_link catalogue_link_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    struct located at = locate(catalogue, article);
    struct stored_link link = flat_link(at.flat, at.article ? at.number : CATALOGUE_NONE, i);
    return (struct catalogue_link){
        .target = target_of(catalogue, at.in_delta, link.reference),
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

/* Ascending, each once. Returns how many are left. */
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
    uint32_t *sources = catalogue->has_delta ? overlay_sources(&catalogue->overlay, target, arena, count)
                                             : flat_sources(&catalogue->base, target, arena, count);
    *count = sort_numbers(sources, *count);
    return sources;
}

static uint32_t find(const struct catalogue *catalogue, enum name_kind kind, struct str text)
{
    uint32_t target;
    if (catalogue->has_delta)
        return overlay_meaning(&catalogue->overlay, kind, text);
    struct name_search search = flat_search(&catalogue->base, kind, text);
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
