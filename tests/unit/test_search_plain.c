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
#define CHANGED   2
#define ARTICLES  40
#define QUERIES   1500
#define SUBJECTS  8

struct place {
    struct library *library;
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

/* The articles that there are, for the plain matcher; NULL for one that is gone. */
static void take_articles(struct place *place)
{
    uint32_t count = catalogue_count(place->parts.catalogue);
    place->segments = index_parts_segments(&place->parts);
    place->articles = arena_array(&place->arena, count, sizeof *place->articles);
    for (uint32_t i = 0; i < count; i++)
        if (!catalogue_is_missing(place->parts.catalogue, i))
            place->articles[i] = take_article(&place->arena, place->library, place->parts.catalogue, i);
}

static struct place open_place(struct folder *folder, const char *name)
{
    struct place place = {0};
    struct err err;
    const char *root = folder_path(folder, name);
    place.library = library_open(&root, 1, &err);
    assert_non_null(place.library);
    assert_int_equal(
        index_parts_read(place.library, &(struct library_scan){.threads = 2}, NULL, &place.parts, &err), 0);
    take_articles(&place);
    return place;
}

/* What has changed since is in a segment of its own then. */
static void update_place(struct place *place)
{
    struct err err;
    struct library_changes changes;
    struct index_parts parts;
    assert_int_equal(
        library_changes(place->library, place->parts.catalogue, &(struct library_look){0}, &changes, &err),
        0);
    assert_int_equal(index_parts_update(place->library, &place->parts, &changes,
                                        &(struct library_scan){.threads = 2}, &parts, &err),
                     0);
    library_changes_free(&changes);
    segments_release(place->segments);
    index_parts_free(&place->parts);
    place->parts = parts;
    assert_non_null(parts.delta);
    take_articles(place);
}

static void close_place(struct place *place)
{
    segments_release(place->segments);
    index_parts_free(&place->parts);
    library_close(place->library);
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
        bool wanted =
            query.root && place->articles[i] && plain_matches(matcher, place->articles[i], query.root);
        if (found[i] != wanted)
            fail_msg("%s%s: article %u should %sbe found", source, typed ? " (typed)" : "", i,
                     wanted ? "" : "not ");
    }
    arena_free(&arena);
}

static void compare_queries(const struct place *place, uint64_t *seed, int queries)
{
    struct plain_matcher matcher = {.stemmer = sb_stemmer_new("english", NULL)};
    struct search_scratch *scratch = search_scratch_new();
    struct buf source = {0};
    for (int i = 0; i < queries; i++) {
        buf_clear(&source);
        chance_query(seed, &source, 2);
        compare(place, &matcher, scratch, buf_cstr(&source), i % 2);
    }
    buf_free(&source);
    search_scratch_free(scratch);
    sb_stemmer_delete(matcher.stemmer);
}

static const char *make_library(struct folder *folder, uint64_t *seed, unsigned number)
{
    const char *name = arena_printf(&folder->arena, "library%u", number).at;
    *seed = number * 0x9e3779b97f4a7c15u;
    chance_library(seed, folder, name, ARTICLES);
    return name;
}

static void search_finds_what_the_plain_matcher_finds(void **state)
{
    uint64_t seed;
    for (unsigned library = 1; library <= LIBRARIES; library++) {
        struct place place = open_place(*state, make_library(*state, &seed, library));
        compare_queries(&place, &seed, QUERIES);
        close_place(&place);
    }
}

/* Articles are changed, added, moved and removed. */
static void change_library(struct folder *folder, uint64_t *seed, const char *name)
{
    struct buf text = {0};
    for (unsigned i = 0; i < ARTICLES + 5; i++) {
        const char *path = arena_printf(&folder->arena, "%s/%u/%u.md", name, i % 3, i).at;
        const char *elsewhere = arena_printf(&folder->arena, "%s/new-%u.md", name, i).at;
        uint32_t kind = i < ARTICLES ? chance_below(seed, 9) : 0;
        buf_clear(&text);
        chance_article(seed, &text, i);
        if (kind == 0)
            folder_write(folder, path, buf_cstr(&text));
        else if (kind == 1)
            assert_int_equal(unlink(folder_path(folder, path)), 0);
        else if (kind == 2)
            assert_int_equal(rename(folder_path(folder, path), folder_path(folder, elsewhere)), 0);
    }
    buf_free(&text);
}

static void so_it_does_in_what_has_changed_since(void **state)
{
    uint64_t seed;
    for (unsigned library = 1; library <= CHANGED; library++) {
        const char *name = make_library(*state, &seed, 100 + library);
        struct place place = open_place(*state, name);
        change_library(*state, &seed, name);
        update_place(&place);
        compare_queries(&place, &seed, QUERIES);
        close_place(&place);
    }
}

/* The hits of a query, in their order. */
static void list_hits(const struct place *place, struct search_scratch *scratch, struct str source,
                      bool typed, struct buf *out)
{
    struct arena arena = {0};
    struct query query;
    struct err err;
    struct search_results results;
    uint32_t count = catalogue_count(place->parts.catalogue);
    assert_int_equal(query_parse(&arena, source, typed, &query, &err), 0);
    assert_true(
        search_run(place->parts.catalogue, place->segments, &query, count, NULL, scratch, &arena, &results));
    for (size_t i = 0; i < results.count; i++)
        buf_printf(out, "%u %d %.4f\n", results.hits[i].article, results.hits[i].field,
                   (double)results.hits[i].score);
    arena_free(&arena);
}

/* A word alone takes a way of its own, short beginnings another one: they are worth the same beside what finds nothing. */
static void a_word_alone_is_worth_what_it_is_beside_others(void **state)
{
    uint64_t seed;
    struct place place = open_place(*state, make_library(*state, &seed, 200));
    struct search_scratch *scratch = search_scratch_new();
    struct buf word = {0}, query = {0}, alone = {0}, beside = {0};
    for (int i = 0; i < QUERIES; i++) {
        struct str text = str_from(chance_word(&seed));
        buf_clear(&word), buf_clear(&query), buf_clear(&alone), buf_clear(&beside);
        buf_add(&word, str_slice(text, 0, i % 2 ? 1 + chance_below(&seed, 4) : text.len));
        buf_printf(&query, "id:none OR %s", buf_cstr(&word));
        list_hits(&place, scratch, buf_str(&word), i % 2, &alone);
        list_hits(&place, scratch, buf_str(&query), i % 2, &beside);
        if (!str_eq(buf_str(&alone), buf_str(&beside)))
            fail_msg("%s:\n%s%s:\n%s", buf_cstr(&word), buf_cstr(&alone), buf_cstr(&query),
                     buf_cstr(&beside));
    }
    buf_free(&word), buf_free(&query), buf_free(&alone), buf_free(&beside);
    search_scratch_free(scratch);
    close_place(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(search_finds_what_the_plain_matcher_finds, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(so_it_does_in_what_has_changed_since, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_word_alone_is_worth_what_it_is_beside_others, folder_make,
                                        folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
