/* Builders joined to an index. */
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "index_image.h"
#include "lectern/mem.h"
#include "postings.h"

/* The terms and postings of all builders, not packed yet. */
struct joined {
    uint32_t term_count, file_count;
    uint32_t *texts;          /* where the text of each term begins in `text`, and the end of the last */
    char *text;               /* of all terms, without gaps */
    size_t *lists;            /* where the postings of each term begin, and the end of the last */
    struct posting *postings; /* of all terms, without gaps */
    uint32_t (*lengths)[INDEX_FIELDS];
    struct stored_totals totals;
};

/* A term of a builder, to be sorted: by its first eight bytes as a number, and only then by its text. */
struct candidate {
    uint64_t first_bytes;
    struct str text;
    struct builder_term *term;
};

static uint64_t first_bytes(struct str text)
{
    uint64_t number = 0;
    for (size_t i = 0; i < 8; i++)
        number = number << 8 | (i < text.len ? (unsigned char)text.at[i] : 0);
    return number;
}

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->first_bytes != b->first_bytes)
        return a->first_bytes < b->first_bytes ? -1 : 1;
    return str_compare(a->text, b->text);
}

static struct candidate *sorted_candidates(struct index_builder *const *builders, size_t count, size_t *total)
{
    *total = 0;
    for (size_t i = 0; i < count; i++)
        *total += builders[i]->term_count;
    if (*total >= UINT32_MAX)
        mem_exhausted();
    struct candidate *candidates = mem_calloc(*total, sizeof *candidates), *next = candidates;
    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < builders[i]->term_count; t++) {
            struct builder_term *term = &builders[i]->terms[t];
            struct str text = {builders[i]->texts.at + term->text, term->len};
            *next++ = (struct candidate){first_bytes(text), text, term};
        }
    qsort(candidates, *total, sizeof *candidates, compare_candidates);
    return candidates;
}

/* Numbers the terms of all builders in common: from here on their `hash` holds that number. */
static void join_terms(struct joined *joined, struct index_builder *const *builders, size_t count)
{
    size_t total, text_len = 0, posting_count = 0;
    struct candidate *candidates = sorted_candidates(builders, count, &total);
    for (size_t i = 0; i < total; i++)
        text_len += candidates[i].text.len;
    if (text_len > UINT32_MAX)
        mem_exhausted();
    joined->texts = mem_calloc(total + 1, sizeof *joined->texts);
    joined->lists = mem_calloc(total + 1, sizeof *joined->lists);
    joined->text = mem_alloc(text_len);
    text_len = 0;
    for (size_t i = 0; i < total; i++) {
        struct str text = candidates[i].text;
        if (i == 0 || !str_eq(text, candidates[i - 1].text)) {
            joined->texts[joined->term_count] = (uint32_t)text_len;
            joined->lists[joined->term_count++] = posting_count;
            memcpy(joined->text + text_len, text.at, text.len);
            text_len += text.len;
        }
        candidates[i].term->hash = joined->term_count - 1;
        posting_count += candidates[i].term->records;
    }
    joined->texts[joined->term_count] = (uint32_t)text_len;
    joined->lists[joined->term_count] = posting_count;
    joined->texts = mem_resize(joined->texts, (size_t)joined->term_count + 1, sizeof *joined->texts);
    joined->lists = mem_resize(joined->lists, (size_t)joined->term_count + 1, sizeof *joined->lists);
    joined->text = mem_resize(joined->text, text_len, 1);
    mem_free(candidates);
}

/* A file of a builder, to be taken in the order of file numbers. */
struct source {
    struct index_builder *builder;
    const struct builder_file *file;
};

static int compare_sources(const void *left, const void *right)
{
    const struct source *a = left, *b = right;
    return (a->file->file > b->file->file) - (a->file->file < b->file->file);
}

static struct source *sorted_sources(struct index_builder *const *builders, size_t count, size_t *total)
{
    *total = 0;
    for (size_t i = 0; i < count; i++)
        *total += builders[i]->file_count;
    struct source *sources = mem_calloc(*total, sizeof *sources), *next = sources;
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < builders[i]->file_count; f++)
            *next++ = (struct source){builders[i], &builders[i]->files[f]};
    qsort(sources, *total, sizeof *sources, compare_sources);
    return sources;
}

/* Copies a file's records to the lists of their terms; `ends` is where each list ends by now. */
static void copy_records(struct joined *joined, size_t *ends, const struct source *source)
{
    struct index_builder *builder = source->builder;
    const struct builder_file *file = source->file;
    for (uint32_t r = file->record; r < file->record + file->records; r++) {
        const struct builder_record *record = builder_record(builder, r);
        struct posting *posting = &joined->postings[ends[builder->terms[record->term].hash]++];
        posting->file = file->file;
        memcpy(posting->counts, record->counts, sizeof posting->counts);
    }
    for (size_t f = 0; f < INDEX_FIELDS; f++) {
        joined->lengths[file->file][f] = file->lengths[f];
        joined->totals.words[f] += file->lengths[f];
    }
}

static void join_postings(struct joined *joined, struct index_builder *const *builders, size_t count)
{
    size_t total;
    struct source *sources = sorted_sources(builders, count, &total);
    size_t *ends = mem_calloc(joined->term_count, sizeof *ends);
    memcpy(ends, joined->lists, joined->term_count * sizeof *ends);
    joined->postings = mem_alloc(joined->lists[joined->term_count] * sizeof *joined->postings);
    for (size_t i = 0; i < total; i++)
        copy_records(joined, ends, &sources[i]);
    joined->totals.files = total;
    mem_free(ends);
    mem_free(sources);
}

/* Packs the lists, and hands everything over to an image. */
static struct image *flatten(struct joined *joined)
{
    struct image *image = image_new();
    struct buf packed = {0};
    uint64_t *ends = mem_calloc((size_t)joined->term_count + 1, sizeof *ends);
    for (uint32_t term = 0; term < joined->term_count; term++) {
        postings_pack(&packed, joined->postings + joined->lists[term],
                      joined->lists[term + 1] - joined->lists[term]);
        ends[term + 1] = packed.len;
    }
    struct stored_totals *totals = mem_alloc(sizeof *totals);
    *totals = joined->totals;
    size_t starts = (size_t)joined->term_count + 1;
    image_take(image, "words", totals, sizeof *totals);
    image_take(image, "terms", joined->texts, starts * sizeof *joined->texts);
    image_take(image, "termtext", joined->text, joined->texts[joined->term_count]);
    image_take(image, "lists", ends, starts * sizeof *ends);
    image_take_buf(image, "postings", &packed);
    image_take(image, "lengths", joined->lengths, joined->file_count * sizeof *joined->lengths);
    return image;
}

struct index *index_build(struct index_builder *const *builders, size_t count, uint32_t file_count)
{
    struct joined joined = {.file_count = file_count};
    joined.lengths = mem_calloc(file_count, sizeof *joined.lengths);
    join_terms(&joined, builders, count);
    join_postings(&joined, builders, count);
    for (size_t i = 0; i < count; i++)
        builder_clear(builders[i]);
    struct image *image = flatten(&joined);
    mem_free(joined.lists);
    mem_free(joined.postings);
    struct index *index = index_open(image);
    image_release(image);
    return index;
}
