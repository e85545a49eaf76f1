/*
 * searched: a small library that has been read, and searching it, for tests.
 */
#ifndef LECTERN_TESTS_SEARCHED_H
#define LECTERN_TESTS_SEARCHED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/index_file.h"
#include "lectern/search.h"

struct place {
    struct catalogue *catalogue;
    struct segments *segments;
    struct search_scratch *scratch;
};

static inline struct place place_open(struct folder *folder)
{
    struct err err;
    struct index_parts parts;
    struct library *library = library_open((const char *[]){folder->path}, 1, &err);
    assert_non_null(library);
    assert_int_equal(index_parts_read(library, &(struct library_scan){.threads = 2}, NULL, &parts, &err), 0);
    library_close(library);
    struct place place = {catalogue_keep(parts.catalogue), segments_single(parts.index),
                          search_scratch_new()};
    index_parts_free(&parts);
    return place;
}

static inline void place_close(struct place *place)
{
    search_scratch_free(place->scratch);
    segments_release(place->segments);
    catalogue_release(place->catalogue);
}

/* Searches what is being typed. */
static inline void place_search(const struct place *place, const char *text, size_t limit,
                                struct arena *arena, struct search_results *results)
{
    struct query query;
    assert_int_equal(query_parse(arena, str_from(text), true, &query, NULL), 0);
    assert_true(
        search_run(place->catalogue, place->segments, &query, limit, NULL, place->scratch, arena, results));
    assert_int_equal(results->titles_only, !place->segments);
}

static inline int place_compare(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static inline void assert_ids(const struct place *place, const char *text, bool ranked, const char *expected)
{
    struct arena arena = {0};
    struct buf ids = {0};
    struct search_results results;
    place_search(place, text, 1000, &arena, &results);
    struct str *found = arena_array(&arena, results.count, sizeof *found);
    for (size_t i = 0; i < results.count; i++)
        found[i] = catalogue_id(place->catalogue, results.hits[i].article);
    if (!ranked && results.count)
        qsort(found, results.count, sizeof *found, place_compare);
    for (size_t i = 0; i < results.count; i++) {
        buf_add(&ids, found[i]);
        buf_add_byte(&ids, ' ');
    }
    assert_int_equal(results.count, results.total);
    if (strcmp(buf_cstr(&ids), expected) != 0)
        fail_msg("\"%s\" finds \"%s\", not \"%s\"", text, buf_cstr(&ids), expected);
    buf_free(&ids);
    arena_free(&arena);
}

/* The ids of the hits, best first, each followed by a space. */
static inline void assert_hits(const struct place *place, const char *text, const char *expected)
{
    assert_ids(place, text, true, expected);
}

/* The same, ascending. */
static inline void assert_found(const struct place *place, const char *text, const char *expected)
{
    assert_ids(place, text, false, expected);
}

static inline void write_article(struct folder *folder, const char *id, const char *title,
                                 const char *keywords, const char *answer)
{
    char name[64];
    snprintf(name, sizeof name, "%s.md", id);
    struct str text = arena_printf(
        &folder->arena, "---\nid: %s\ntitle: %s\nseo:\n  page_keywords: %s\nanswer: >-\n    %s\n---\n", id,
        title, keywords, answer);
    folder_write(folder, name, text.at);
}

#define SEARCH_TEST(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

#endif
