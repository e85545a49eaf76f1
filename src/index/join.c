#include "join.h"

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"

/* A term of a builder, to be sorted: by its first eight bytes as a number, and only then by its text. */
struct candidate {
    uint64_t first_bytes;
    struct str text;
    uint32_t *number; /* to be given to it */
    uint32_t records;
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
    for (size_t i = 0; i < count; i++) {
        builders[i]->numbers = mem_calloc(builders[i]->term_count, sizeof *builders[i]->numbers);
        for (size_t t = 0; t < builders[i]->term_count; t++) {
            const struct builder_term *term = &builders[i]->terms[t];
            if (term->records == 0)
                continue;
            struct str text = {builders[i]->texts.at + term->text, term->len};
            *next++ = (struct candidate){first_bytes(text), text, &builders[i]->numbers[t], term->records};
        }
    }
    *total = (size_t)(next - candidates);
    qsort(candidates, *total, sizeof *candidates, compare_candidates);
    return candidates;
}

/* Numbers the terms of all builders in common. */
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
        *candidates[i].number = joined->term_count - 1;
        posting_count += candidates[i].records;
    }
    joined->texts[joined->term_count] = (uint32_t)text_len;
    joined->lists[joined->term_count] = posting_count;
    joined->texts = mem_resize(joined->texts, (size_t)joined->term_count + 1, sizeof *joined->texts);
    joined->lists = mem_resize(joined->lists, (size_t)joined->term_count + 1, sizeof *joined->lists);
    joined->text = mem_resize(joined->text, text_len, 1);
    mem_free(candidates);
}

/* Takes a file that is not wanted off the counts of its terms. */
static void leave_out(struct index_builder *builder, const struct builder_file *file)
{
    struct log_place place = {.next = file->at};
    for (uint32_t i = 0; i < file->records; i++) {
        place = log_find(&builder->log, place.next);
        builder->terms[log_term(&place)].records--;
    }
}

static int compare_sources(const void *left, const void *right)
{
    const struct builder_file *a = ((const struct source *)left)->file;
    const struct builder_file *b = ((const struct source *)right)->file;
    return a->file != b->file ? (a->file > b->file) - (a->file < b->file) : b->whole - a->whole;
}

static void find_sources(struct joined *joined, struct index_builder *const *builders, size_t count,
                         const uint32_t *documents, uint32_t file_count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += builders[i]->file_count;
    if (most >= UINT32_MAX)
        mem_exhausted();
    joined->sources = mem_calloc(most, sizeof *joined->sources);
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < builders[i]->file_count; f++) {
            const struct builder_file *file = &builders[i]->files[f];
            if (file->file < file_count && documents[file->file] != INDEX_NONE)
                joined->sources[joined->source_count++] =
                    (struct source){builders[i], file, documents[file->file]};
            else
                leave_out(builders[i], file);
        }
    qsort(joined->sources, joined->source_count, sizeof *joined->sources, compare_sources);
}

/* Every record referred to from the list of its term. */
static void refer(struct joined *joined)
{
    size_t *ends = mem_calloc(joined->term_count, sizeof *ends);
    memcpy(ends, joined->lists, joined->term_count * sizeof *ends);
    joined->references = mem_alloc(joined->lists[joined->term_count] * sizeof *joined->references);
    for (uint32_t i = 0; i < joined->source_count; i++) {
        const struct source *source = &joined->sources[i];
        struct log_place place = {.next = source->file->at};
        for (uint32_t r = 0; r < source->file->records; r++) {
            place = log_find(&source->builder->log, place.next);
            uint32_t term = source->builder->numbers[log_term(&place)];
            joined->references[ends[term]++] = (struct reference){i, place.at};
        }
    }
    mem_free(ends);
}

void join(struct joined *joined, struct index_builder *const *builders, size_t count,
          const uint32_t *documents, uint32_t file_count)
{
    *joined = (struct joined){0};
    find_sources(joined, builders, count, documents, file_count);
    join_terms(joined, builders, count);
    refer(joined);
}

void join_free(struct joined *joined)
{
    mem_free(joined->texts);
    mem_free(joined->text);
    mem_free(joined->lists);
    mem_free(joined->sources);
    mem_free(joined->references);
}
