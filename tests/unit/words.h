/*
 * words: an index of made-up articles, each a document of its own, for tests.
 */
#ifndef LECTERN_TESTS_WORDS_H
#define LECTERN_TESTS_WORDS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/index.h"
#include "lectern/library.h"
#include "lectern/mem.h"

static inline struct index *words_build(struct index_builder *const *builders, size_t count, uint32_t files)
{
    uint32_t *documents = mem_alloc(files * sizeof *documents);
    for (uint32_t i = 0; i < files; i++)
        documents[i] = i;
    struct index *index = index_build(builders, count, documents, files, files);
    mem_free(documents);
    return index;
}

static inline struct index *words_of(const struct article *articles, uint32_t count)
{
    struct index_builder *builder = index_builder_new(NULL);
    for (uint32_t i = 0; i < count; i++)
        index_builder_add(builder, i, &articles[i]);
    struct index *index = words_build(&builder, 1, count);
    index_builder_free(builder);
    return index;
}

/* The number of a word, which is in the index. */
static inline uint32_t words_term(const struct index *index, struct str word)
{
    uint32_t first, end;
    index_find_prefix(index, word, &first, &end);
    assert_true(first < end);
    assert_true(str_eq(index_term(index, first), word));
    return first;
}

/* Numbers that look like chance, the same in every run. */
static inline uint32_t words_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 32);
}

#endif
