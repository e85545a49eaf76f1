/*
 * The accessors. A catalogue is an image, which may come from a damaged file: whatever number stands in it, an accessor
 * gives back something empty rather than reach beyond a section. Numbers that are too large are treated alike.
 */
#include "lectern/catalogue.h"

#include <stdatomic.h>
#include <string.h>

#include "catalogue_image.h"
#include "lectern/mem.h"

struct catalogue {
    atomic_uint references;
    struct image *image;
    const struct stored_library *library;
    struct image_array texts, articles, missing, files, problems, subject_names, keyword_names, ids, urls;
    struct image_rows article_files, subjects, keywords, links, backlinks;
};

static bool is_table(const struct image_array *slots)
{
    return slots->count && (slots->count & (slots->count - 1)) == 0;
}

static bool find_sections(struct catalogue *catalogue, const struct image *image)
{
    struct image_array library;
    if (!image_find(image, "library", sizeof(struct stored_library), &library) || library.count != 1)
        return false;
    catalogue->library = library.at;
    return image_find(image, "texts", 1, &catalogue->texts) &&
           image_find(image, "articles", sizeof(struct stored_article), &catalogue->articles) &&
           image_find(image, "missing", sizeof(struct stored_missing), &catalogue->missing) &&
           image_find(image, "files", sizeof(struct stored_file), &catalogue->files) &&
           image_find(image, "problems", sizeof(struct stored_problem), &catalogue->problems) &&
           image_find(image, "subjects", sizeof(uint64_t), &catalogue->subject_names) &&
           image_find(image, "keywords", sizeof(uint64_t), &catalogue->keyword_names) &&
           image_find(image, "ids", sizeof(struct stored_name), &catalogue->ids) &&
           image_find(image, "urls", sizeof(struct stored_name), &catalogue->urls) &&
           image_find_rows(image, "artfiles", "artfile", sizeof(uint32_t), &catalogue->article_files) &&
           image_find_rows(image, "artsubjs", "artsubj", sizeof(uint32_t), &catalogue->subjects) &&
           image_find_rows(image, "artkeys", "artkey", sizeof(uint32_t), &catalogue->keywords) &&
           image_find_rows(image, "artlinks", "artlink", sizeof(struct catalogue_link), &catalogue->links) &&
           image_find_rows(image, "backlnks", "backlnk", sizeof(uint32_t), &catalogue->backlinks);
}

static bool sizes_agree(const struct catalogue *catalogue)
{
    size_t count = catalogue->articles.count, targets = count + catalogue->missing.count;
    return targets < CATALOGUE_NONE && catalogue->files.count < CATALOGUE_NONE &&
           catalogue->subject_names.count < CATALOGUE_NONE && catalogue->subject_names.count > 0 &&
           catalogue->keyword_names.count < CATALOGUE_NONE && catalogue->article_files.count == count &&
           catalogue->subjects.count == count && catalogue->keywords.count == count &&
           catalogue->links.count == count && catalogue->backlinks.count == targets &&
           is_table(&catalogue->ids) && is_table(&catalogue->urls);
}

struct catalogue *catalogue_open(struct image *image)
{
    struct catalogue *catalogue = mem_calloc(1, sizeof *catalogue);
    atomic_init(&catalogue->references, 1);
    catalogue->image = image_keep(image);
    if (find_sections(catalogue, image) && sizes_agree(catalogue))
        return catalogue;
    catalogue_release(catalogue);
    return NULL;
}

const struct image *catalogue_image(const struct catalogue *catalogue)
{
    return catalogue->image;
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
    image_release(catalogue->image);
    mem_free(catalogue);
}

const struct census *catalogue_census(const struct catalogue *catalogue)
{
    return &catalogue->library->census;
}

uint32_t catalogue_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->articles.count;
}

uint32_t catalogue_missing(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->missing.count;
}

bool catalogue_is_missing(const struct catalogue *catalogue, uint32_t target)
{
    return target >= catalogue->articles.count;
}

uint32_t catalogue_article_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->articles.count;
}

static struct stored_article article_at(const struct catalogue *catalogue, uint32_t article)
{
    const struct stored_article *articles = catalogue->articles.at;
    return article < catalogue->articles.count ? articles[article] : (struct stored_article){0};
}

static const struct stored_missing *missing_at(const struct catalogue *catalogue, uint32_t target)
{
    static const struct stored_missing nothing;
    const struct stored_missing *missing = catalogue->missing.at;
    size_t number = (size_t)target - catalogue->articles.count;
    return target >= catalogue->articles.count && number < catalogue->missing.count ? &missing[number]
                                                                                    : &nothing;
}

static struct str text_of(const struct catalogue *catalogue, uint64_t place)
{
    return image_text(&catalogue->texts, place);
}

struct str catalogue_title(const struct catalogue *catalogue, uint32_t target)
{
    struct str title =
        text_of(catalogue, target < catalogue->articles.count ? article_at(catalogue, target).title
                                                              : missing_at(catalogue, target)->title);
    return title.len ? title : STR("?");
}

struct str catalogue_id(const struct catalogue *catalogue, uint32_t target)
{
    return text_of(catalogue, target < catalogue->articles.count ? article_at(catalogue, target).id
                                                                 : missing_at(catalogue, target)->id);
}

struct str catalogue_url(const struct catalogue *catalogue, uint32_t target)
{
    return text_of(catalogue, target < catalogue->articles.count ? article_at(catalogue, target).url
                                                                 : missing_at(catalogue, target)->url);
}

enum article_kind catalogue_kind(const struct catalogue *catalogue, uint32_t article)
{
    uint32_t kind = article_at(catalogue, article).kind;
    return kind <= ARTICLE_BINARY ? (enum article_kind)kind : ARTICLE_PLAIN;
}

struct str catalogue_date(const struct catalogue *catalogue, uint32_t article)
{
    return text_of(catalogue, article_at(catalogue, article).date);
}

uint32_t catalogue_text_bytes(const struct catalogue *catalogue, uint32_t article)
{
    return article_at(catalogue, article).text_bytes;
}

static struct str name_at(const struct catalogue *catalogue, const struct image_array *names, uint32_t number)
{
    const uint64_t *places = names->at;
    return number < names->count ? text_of(catalogue, places[number]) : (struct str){0};
}

uint32_t catalogue_subject_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->subject_names.count;
}

struct str catalogue_subject_name(const struct catalogue *catalogue, uint32_t subject)
{
    return name_at(catalogue, &catalogue->subject_names, subject);
}

size_t catalogue_count_subjects(const struct catalogue *catalogue, uint32_t target)
{
    size_t count;
    image_row(&catalogue->subjects, target, &count);
    return target < catalogue->articles.count ? count : 1;
}

/* Element `i` of a row of numbers. */
static uint32_t number_of(const struct image_rows *rows, uint32_t row, size_t i)
{
    size_t count;
    const uint32_t *numbers = image_row(rows, row, &count);
    return i < count ? numbers[i] : CATALOGUE_NONE;
}

uint32_t catalogue_subject_of(const struct catalogue *catalogue, uint32_t target, size_t i)
{
    return target < catalogue->articles.count ? number_of(&catalogue->subjects, target, i)
                                              : missing_at(catalogue, target)->subject;
}

uint32_t catalogue_keyword_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->keyword_names.count;
}

struct str catalogue_keyword_name(const struct catalogue *catalogue, uint32_t keyword)
{
    return name_at(catalogue, &catalogue->keyword_names, keyword);
}

size_t catalogue_count_keywords(const struct catalogue *catalogue, uint32_t article)
{
    size_t count;
    image_row(&catalogue->keywords, article, &count);
    return count;
}

uint32_t catalogue_keyword_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    return number_of(&catalogue->keywords, article, i);
}

uint32_t catalogue_file_count(const struct catalogue *catalogue)
{
    return (uint32_t)catalogue->files.count;
}

struct catalogue_file catalogue_file(const struct catalogue *catalogue, uint32_t file)
{
    const struct stored_file *files = catalogue->files.at;
    if (file >= catalogue->files.count)
        return (struct catalogue_file){.article = CATALOGUE_NONE};
    return (struct catalogue_file){
        .path = text_of(catalogue, files[file].path),
        .root = files[file].root,
        .article = files[file].article < catalogue->articles.count ? files[file].article : CATALOGUE_NONE,
        .subject = files[file].subject,
        .stamp = files[file].stamp,
    };
}

size_t catalogue_count_files(const struct catalogue *catalogue, uint32_t article)
{
    size_t count;
    image_row(&catalogue->article_files, article, &count);
    return count;
}

uint32_t catalogue_file_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    return number_of(&catalogue->article_files, article, i);
}

size_t catalogue_count_links(const struct catalogue *catalogue, uint32_t article)
{
    size_t count;
    image_row(&catalogue->links, article, &count);
    return count;
}

struct catalogue_link catalogue_link_of(const struct catalogue *catalogue, uint32_t article, size_t i)
{
    size_t count;
    const struct catalogue_link *links = image_row(&catalogue->links, article, &count);
    return i < count ? links[i] : (struct catalogue_link){.target = CATALOGUE_NONE};
}

const uint32_t *catalogue_backlinks(const struct catalogue *catalogue, uint32_t target, struct arena *arena,
                                    size_t *count)
{
    const uint32_t *sources = image_row(&catalogue->backlinks, target, count);
    uint32_t *copy = arena_array(arena, *count, sizeof *copy);
    if (*count)
        memcpy(copy, sources, *count * sizeof *copy);
    return copy;
}

size_t catalogue_problem_count(const struct catalogue *catalogue)
{
    return catalogue->problems.count;
}

struct catalogue_problem catalogue_problem(const struct catalogue *catalogue, size_t problem)
{
    const struct stored_problem *problems = catalogue->problems.at;
    if (problem >= catalogue->problems.count)
        return (struct catalogue_problem){.article = CATALOGUE_NONE};
    const struct stored_problem *stored = &problems[problem];
    return (struct catalogue_problem){
        .root = stored->root,
        .path = text_of(catalogue, stored->path),
        .line = stored->line,
        .column = stored->column,
        .article = stored->article < catalogue->articles.count ? stored->article : CATALOGUE_NONE,
        .skipped = stored->flags & STORED_SKIPPED,
        .expected = stored->flags & STORED_EXPECTED,
        .id_taken = stored->flags & STORED_ID_TAKEN,
        .severity = stored->flags & STORED_ERROR ? ARTICLE_ERROR : ARTICLE_WARNING,
        .message = text_of(catalogue, stored->message),
    };
}

static uint32_t find(const struct catalogue *catalogue, const struct image_array *table, struct str text)
{
    const struct stored_name *slots = table->at;
    if (text.len == 0)
        return CATALOGUE_NONE;
    uint64_t hash = hash_text(catalogue->library->key, text);
    size_t at = (size_t)hash & (table->count - 1);
    for (size_t steps = 0; steps < table->count && slots[at].target != CATALOGUE_NONE; steps++) {
        if (slots[at].check == (uint32_t)(hash >> 32) && str_eq(text_of(catalogue, slots[at].text), text))
            return slots[at].target < catalogue->backlinks.count ? slots[at].target : CATALOGUE_NONE;
        at = (at + 1) & (table->count - 1);
    }
    return CATALOGUE_NONE;
}

uint32_t catalogue_find_id(const struct catalogue *catalogue, struct str id)
{
    return find(catalogue, &catalogue->ids, id);
}

uint32_t catalogue_find_url(const struct catalogue *catalogue, struct str url)
{
    return find(catalogue, &catalogue->urls, url);
}
