#include "lectern/index.h"

#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "lectern/mem.h"

struct index {
    uint32_t term_count, file_count;
    size_t *texts;            /* where the text of each term begins in `text`, and the end of the last */
    char *text;               /* of all terms, without gaps */
    size_t *lists;            /* where the postings of each term begin, and the end of the last */
    struct posting *postings; /* of all terms, without gaps */
    uint32_t (*lengths)[INDEX_FIELDS];
    double mean_lengths[INDEX_FIELDS];
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
static void join_terms(struct index *index, struct index_builder *const *builders, size_t count)
{
    size_t total, text_len = 0, posting_count = 0;
    struct candidate *candidates = sorted_candidates(builders, count, &total);
    for (size_t i = 0; i < total; i++)
        text_len += candidates[i].text.len;
    index->texts = mem_calloc(total + 1, sizeof *index->texts);
    index->lists = mem_calloc(total + 1, sizeof *index->lists);
    index->text = mem_alloc(text_len);
    text_len = 0;
    for (size_t i = 0; i < total; i++) {
        struct str text = candidates[i].text;
        if (i == 0 || !str_eq(text, candidates[i - 1].text)) {
            index->texts[index->term_count] = text_len;
            index->lists[index->term_count++] = posting_count;
            memcpy(index->text + text_len, text.at, text.len);
            text_len += text.len;
        }
        candidates[i].term->hash = index->term_count - 1;
        posting_count += candidates[i].term->records;
    }
    index->texts[index->term_count] = text_len;
    index->lists[index->term_count] = posting_count;
    index->texts = mem_resize(index->texts, (size_t)index->term_count + 1, sizeof *index->texts);
    index->lists = mem_resize(index->lists, (size_t)index->term_count + 1, sizeof *index->lists);
    index->text = mem_resize(index->text, text_len, 1);
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
static void copy_records(struct index *index, size_t *ends, const struct source *source)
{
    struct index_builder *builder = source->builder;
    const struct builder_file *file = source->file;
    for (uint32_t r = file->record; r < file->record + file->records; r++) {
        const struct builder_record *record = builder_record(builder, r);
        struct posting *posting = &index->postings[ends[builder->terms[record->term].hash]++];
        posting->file = file->file;
        memcpy(posting->counts, record->counts, sizeof posting->counts);
    }
    for (size_t f = 0; f < INDEX_FIELDS; f++) {
        index->lengths[file->file][f] = file->lengths[f];
        index->mean_lengths[f] += file->lengths[f];
    }
}

static void join_postings(struct index *index, struct index_builder *const *builders, size_t count)
{
    size_t total;
    struct source *sources = sorted_sources(builders, count, &total);
    size_t *ends = mem_calloc(index->term_count, sizeof *ends);
    memcpy(ends, index->lists, index->term_count * sizeof *ends);
    index->postings = mem_alloc(index->lists[index->term_count] * sizeof *index->postings);
    for (size_t i = 0; i < total; i++)
        copy_records(index, ends, &sources[i]);
    for (size_t f = 0; f < INDEX_FIELDS && total; f++)
        index->mean_lengths[f] /= (double)total;
    mem_free(ends);
    mem_free(sources);
}

struct index *index_build(struct index_builder *const *builders, size_t count, uint32_t file_count)
{
    struct index *index = mem_calloc(1, sizeof *index);
    index->file_count = file_count;
    index->lengths = mem_calloc(file_count, sizeof *index->lengths);
    join_terms(index, builders, count);
    join_postings(index, builders, count);
    for (size_t i = 0; i < count; i++)
        builder_clear(builders[i]);
    return index;
}

void index_free(struct index *index)
{
    if (!index)
        return;
    mem_free(index->texts);
    mem_free(index->text);
    mem_free(index->lists);
    mem_free(index->postings);
    mem_free(index->lengths);
    mem_free(index);
}

uint32_t index_term_count(const struct index *index)
{
    return index->term_count;
}

struct str index_term(const struct index *index, uint32_t term)
{
    return (struct str){index->text + index->texts[term], index->texts[term + 1] - index->texts[term]};
}

/* The first term that is not below `key`; with `past`, the first behind all that begin with it. */
static uint32_t first_term(const struct index *index, struct str key, bool past)
{
    uint32_t low = 0, high = index->term_count;
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

const struct posting *index_postings(const struct index *index, uint32_t term, size_t *count)
{
    *count = index->lists[term + 1] - index->lists[term];
    return index->postings + index->lists[term];
}

uint32_t index_field_length(const struct index *index, uint32_t file, enum index_field field)
{
    return index->lengths[file][field];
}

double index_mean_length(const struct index *index, enum index_field field)
{
    return index->mean_lengths[field];
}

uint32_t index_file_count(const struct index *index)
{
    return index->file_count;
}
