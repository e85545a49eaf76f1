/* The accessors: see the note in catalogue.c on damaged images. */
#include "lectern/index.h"

#include <stdatomic.h>

#include "index_image.h"
#include "lectern/mem.h"

struct index {
    atomic_uint references;
    struct image *image;
    const struct stored_totals *totals;
    struct image_rows terms;
    struct image_array lists, postings, lengths;
};

static bool find_sections(struct index *index, const struct image *image)
{
    struct image_array totals;
    if (!image_find(image, "words", sizeof(struct stored_totals), &totals) || totals.count != 1)
        return false;
    index->totals = totals.at;
    return image_find_rows(image, "terms", "termtext", 1, &index->terms) &&
           image_find(image, "lists", sizeof(uint64_t), &index->lists) &&
           image_find(image, "postings", 1, &index->postings) &&
           image_find(image, "lengths", INDEX_FIELDS * sizeof(uint32_t), &index->lengths) &&
           index->terms.count < UINT32_MAX && index->lists.count == index->terms.count + 1 &&
           index->lengths.count < UINT32_MAX;
}

struct index *index_open(struct image *image)
{
    struct index *index = mem_calloc(1, sizeof *index);
    atomic_init(&index->references, 1);
    index->image = image_keep(image);
    if (find_sections(index, image))
        return index;
    index_release(index);
    return NULL;
}

struct index *index_keep(struct index *index)
{
    atomic_fetch_add(&index->references, 1);
    return index;
}

void index_release(struct index *index)
{
    if (!index || atomic_fetch_sub(&index->references, 1) > 1)
        return;
    image_release(index->image);
    mem_free(index);
}

const struct image *index_image(const struct index *index)
{
    return index->image;
}

uint32_t index_term_count(const struct index *index)
{
    return (uint32_t)index->terms.count;
}

struct str index_term(const struct index *index, uint32_t term)
{
    size_t len;
    const char *text = image_row(&index->terms, term, &len);
    return (struct str){text, len};
}

/* The first term that is not below `key`; with `past`, the first behind all that begin with it. */
static uint32_t first_term(const struct index *index, struct str key, bool past)
{
    uint32_t low = 0, high = index_term_count(index);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct str term = index_term(index, middle);
        if (str_compare(term, key) < 0 || (past && str_starts(term, key)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void index_find_prefix(const struct index *index, struct str prefix, uint32_t *first, uint32_t *end)
{
    *first = first_term(index, prefix, false);
    *end = first_term(index, prefix, true);
}

struct posting_reader index_postings(const struct index *index, uint32_t term)
{
    struct posting_reader reader = {.file_count = index_file_count(index)};
    const uint64_t *starts = index->lists.at;
    if (term >= index->terms.count || starts[term] > starts[term + 1] ||
        starts[term + 1] > index->postings.count)
        return reader;
    reader.at = (const unsigned char *)index->postings.at + starts[term];
    reader.end = (const unsigned char *)index->postings.at + starts[term + 1];
    return reader;
}

uint32_t index_field_length(const struct index *index, uint32_t file, enum index_field field)
{
    const uint32_t *lengths = index->lengths.at;
    return file < index->lengths.count ? lengths[(size_t)file * INDEX_FIELDS + field] : 0;
}

double index_mean_length(const struct index *index, enum index_field field)
{
    return index->totals->files ? (double)index->totals->words[field] / (double)index->totals->files : 0;
}

uint32_t index_file_count(const struct index *index)
{
    return (uint32_t)index->lengths.count;
}
