/* What search finds is what the plain matcher finds, in small libraries made by chance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chance.h"
#include "lectern/index_file.h"
#include "lectern/search.h"
#include "plain_matcher.h"

#define LIBRARIES 6
#define ARTICLES  40
#define QUERIES   1500
#define SUBJECTS  8

struct place {
    struct index_parts parts;
    struct segments *segments;
    struct arena arena;
    struct plain_article **articles;
};

static struct plain_article *take_article(struct arena *arena, const struct library *library,
                                          const struct catalogue *catalogue, uint32_t number)
{
    struct article article;
    struct str subjects[SUBJECTS];
    struct err err;
    size_t count = catalogue_count_subjects(catalogue, number);
    assert_true(count <= SUBJECTS);
    for (size_t i = 0; i < count; i++)
        subjects[i] = catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, number, i));
    uint32_t file = catalogue_file_of(catalogue, number, 0);
    assert_int_equal(library_read(library, catalogue, file, arena, &article, &err), 0);
    return plain_take(arena, &article, subjects, count);
}

static struct place open_place(struct folder *folder, const char *name)
{
    struct place place = {0};
    struct err err;
    const char *root = folder_path(folder, name);
    struct library *library = library_open(&root, 1, &err);
    assert_non_null(library);
    assert_int_equal(
        index_parts_read(library, &(struct library_scan){.threads = 2}, NULL, &place.parts, &err), 0);
    place.segments = segments_single(place.parts.index);
    uint32_t count = catalogue_count(place.parts.catalogue);
    place.articles = arena_array(&place.arena, count, sizeof *place.articles);
    for (uint32_t i = 0; i < count; i++)
        place.articles[i] = take_article(&place.arena, library, place.parts.catalogue, i);
    library_close(library);
    return place;
}

static void close_place(struct place *place)
{
    segments_release(place->segments);
    index_parts_free(&place->parts);
    arena_free(&place->arena);
}

/* What was looked for instead is search's to choose; the rest has to be the same with it. */
static void take_corrections(struct plain_matcher *matcher, struct arena *arena,
                             const struct search_results *results)
{
    size_t count = results->correction_count;
    struct plain_correction *corrections = arena_array(arena, count, sizeof *corrections);
    for (size_t i = 0; i < count; i++)
        corrections[i] = (struct plain_correction){
            results->corrections[i].word, results->corrections[i].texts, results->corrections[i].count};
    matcher->corrections = corrections;
    matcher->correction_count = count;
}

static void compare(const struct place *place, struct plain_matcher *matcher, struct search_scratch *scratch,
                    const char *source, bool typed)
{
    struct arena arena = {0};
    struct query query;
    struct err err;
    struct search_results results;
    uint32_t count = catalogue_count(place->parts.catalogue);
    bool *found = arena_array(&arena, count, sizeof *found);
    if (query_parse(&arena, str_from(source), typed, &query, &err) != 0)
        fail_msg("%s: %zu: %s", source, err.column, err.message);
    assert_true(
        search_run(place->parts.catalogue, place->segments, &query, count, NULL, scratch, &arena, &results));
    assert_int_equal(results.count, results.total);
    for (size_t i = 0; i < results.count; i++) {
        assert_true(results.hits[i].article < count);
        assert_false(found[results.hits[i].article]);
        found[results.hits[i].article] = true;
    }
    take_corrections(matcher, &arena, &results);
    for (uint32_t i = 0; i < count; i++) {
        bool wanted = query.root && plain_matches(matcher, place->articles[i], query.root);
        if (found[i] != wanted)
            fail_msg("%s%s: article %u should %sbe found", source, typed ? " (typed)" : "", i,
                     wanted ? "" : "not ");
    }
    arena_free(&arena);
}

static void search_finds_what_the_plain_matcher_finds(void **state)
{
    struct folder *folder = *state;
    struct plain_matcher matcher = {.stemmer = sb_stemmer_new("english", NULL)};
    struct search_scratch *scratch = search_scratch_new();
    struct buf source = {0};
    for (uint64_t library = 1; library <= LIBRARIES; library++) {
        uint64_t seed = library * 0x9e3779b97f4a7c15u;
        const char *name = arena_printf(&folder->arena, "library%u", (unsigned)library).at;
        chance_library(&seed, folder, name, ARTICLES);
        struct place place = open_place(folder, name);
        for (int i = 0; i < QUERIES; i++) {
            buf_clear(&source);
            chance_query(&seed, &source, 2);
            compare(&place, &matcher, scratch, buf_cstr(&source), i % 2);
        }
        close_place(&place);
    }
    buf_free(&source);
    search_scratch_free(scratch);
    sb_stemmer_delete(matcher.stemmer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(search_finds_what_the_plain_matcher_finds, folder_make,
                                        folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
