/* Patterns over a whole library. */
#include "lectern/bounds.h"
#include "searched.h"

static void titles_stand_before_texts_and_many_matches_before_few(void **state)
{
    write_article(*state, "1", "First", "x", "One liver.");
    write_article(*state, "2", "Second", "x", "A liver, a Liver and a liver.");
    write_article(*state, "3", "The liver", "x", "Nothing here.");
    write_article(*state, "4", "Fourth", "x", "A kidney.");
    write_article(*state, "5", "Fifth", "x", "Two livers: a liver.");
    write_article(*state, "6", "Sixth", "x", "Another liver.");
    struct place place = place_open(*state);
    assert_hits(&place, "/liver/", "3 2 5 1 6 ");
    assert_hits(&place, "/Liver/", "2 ");
    assert_hits(&place, "/Liver/i", "3 2 5 1 6 ");
    assert_hits(&place, "/l..er/", "3 2 5 1 6 ");
    assert_hits(&place, "/liver/ kidney", "");
    assert_hits(&place, "kidney OR /^The/", "3 4 ");
    assert_found(&place, "-/liver/", "4 ");
    assert_found(&place, "/liver/ -/liver,/", "1 3 5 6 ");
    assert_found(&place, "title:fifth /\\bliver\\b/", "5 ");
    assert_found(&place, "/x/ /y/", "");
    place_close(&place);
}

static void fields_say_where_a_pattern_matched(void **state)
{
    write_article(*state, "1", "A liver", "x", "A liver.");
    write_article(*state, "2", "Second", "x", "A liver.");
    struct place place = place_open(*state);
    struct arena arena = {0};
    struct search_results results;
    place_search(&place, "/liver/", 10, &arena, &results);
    assert_int_equal(results.count, 2);
    assert_int_equal(results.hits[0].field, INDEX_TITLE);
    assert_int_equal(results.hits[1].field, INDEX_TEXT);
    assert_int_equal(results.problem.kind, ERR_NONE);
    arena_free(&arena);
    place_close(&place);
}

static void mistakes_are_placed_in_the_query(void **state)
{
    write_article(*state, "1", "A liver", "x", "A liver.");
    struct place place = place_open(*state);
    static const struct {
        const char *query;
        size_t column;
        enum err_kind kind;
        bool unfinished;
    } cases[] = {
        {"/(liver/", 8, ERR_FORMAT, false},
        {"kidney /(liver", 15, ERR_FORMAT, true},
        {"liver /*/", 8, ERR_FORMAT, false},
        {"\xc3\xa9 -/\xc3\xa9*+*/", 8, ERR_FORMAT, false},
        {"liver (kidney OR /[a/)", 21, ERR_FORMAT, false},
        {"/((a{1,500}){1,500}){1,100}/", 28, ERR_TOO_BIG, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct search_results results;
        place_search(&place, cases[i].query, 10, &arena, &results);
        if (results.problem.column != cases[i].column || results.problem.kind != cases[i].kind)
            fail_msg("%s: column %zu, kind %d", cases[i].query, results.problem.column,
                     (int)results.problem.kind);
        assert_int_equal(results.unfinished, cases[i].unfinished);
        assert_int_equal(results.total, 0);
        arena_free(&arena);
    }
    place_close(&place);
}

/* Articles of which each third has `odd`, and each seventh, in a text without it, ends in many a. */
static struct place open_many(struct folder *folder, uint32_t count)
{
    char many[301];
    memset(many, 'a', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        struct str id = arena_printf(&folder->arena, "%u", 1000 + i);
        struct str text = arena_printf(&folder->arena, "Number %u, %s. %s", i, i % 3 ? "even" : "odd odd",
                                       i % 3 && i % 7 == 0 ? many : "End");
        write_article(folder, id.at, "Title", "x", text.at);
    }
    return place_open(folder);
}

static void all_of_a_library_is_looked_at(void **state)
{
    struct place place = open_many(*state, 700);
    for (int round = 0; round < 3; round++) {
        struct arena arena = {0};
        struct search_results results;
        place_search(&place, "/o[d]+ \\w/", 1000, &arena, &results);
        assert_int_equal(results.total, 234);
        for (size_t i = 0; i < results.count; i++)
            assert_int_equal(results.hits[i].article, 3 * i);
        place_search(&place, "/Number \\d*7,/", 1000, &arena, &results);
        assert_int_equal(results.total, 70);
        arena_free(&arena);
    }
    place_close(&place);
}

static void articles_that_take_too_long_are_given_up_and_told(void **state)
{
    struct place place = open_many(*state, 40);
    struct arena arena = {0};
    struct search_results results;
    place_search(&place, "/odd|(a+)+$(?<!a)/", 1000, &arena, &results);
    assert_int_equal(results.total, 14);
    assert_int_equal(results.problem.kind, ERR_LIMIT);
    assert_non_null(strstr(results.problem.message, "4 articles were given up"));
    arena_free(&arena);
    place_close(&place);
}

static void a_hopeless_pattern_is_given_up_as_a_whole(void **state)
{
    struct place place = open_many(*state, 1200);
    struct arena arena = {0};
    struct search_results results;
    place_search(&place, "/(a+)+$(?<!a)/", 1000, &arena, &results);
    assert_int_equal(results.total, 0);
    assert_int_equal(results.problem.kind, ERR_LIMIT);
    assert_non_null(strstr(results.problem.message, "not looked at"));
    arena_free(&arena);
    place_close(&place);
}

struct reports {
    const struct catalogue *catalogue;
    size_t count, total;
};

static void check_report(void *context, const struct search_results *so_far)
{
    struct reports *reports = context;
    assert_true(so_far->total >= reports->total && so_far->total > 0);
    assert_true(so_far->count == so_far->total || so_far->count == 50);
    for (size_t i = 0; i < so_far->count; i++) {
        assert_true(so_far->hits[i].article < catalogue_count(reports->catalogue));
        assert_true(i == 0 || so_far->hits[i].score <= so_far->hits[i - 1].score);
    }
    reports->total = so_far->total;
    reports->count++;
}

/* Which come only if the search takes its time. */
static void reports_grow_to_the_results(void **state)
{
    static const char *const queries[] = {"/odd|(a+)+$(?<!a)/", "number /odd|(a+)+$(?<!a)/",
                                          "-/x/ /(o.d ?)+, *|(a+)+$(?<!a)/"};
    struct place place = open_many(*state, 700);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct reports reports = {.catalogue = place.catalogue};
        struct search_watcher watcher = {check_report, &reports};
        struct arena arena = {0};
        struct search_results results;
        struct query query;
        assert_int_equal(query_parse(&arena, str_from(queries[i]), true, &query, NULL), 0);
        assert_true(search_run_watched(place.catalogue, place.segments, &query, 50, NULL, NULL, &watcher,
                                       place.scratch, &arena, &results));
        assert_true(results.total >= reports.total);
        arena_free(&arena);
    }
    place_close(&place);
}

static void a_cancelled_search_ends(void **state)
{
    struct place place = open_many(*state, 100);
    struct arena arena = {0};
    struct search_results results;
    struct query query;
    atomic_bool cancel = true;
    assert_int_equal(query_parse(&arena, STR("/[a-z]/"), true, &query, NULL), 0);
    assert_false(
        search_run(place.catalogue, place.segments, &query, 10, &cancel, place.scratch, &arena, &results));
    arena_free(&arena);
    place_close(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEARCH_TEST(titles_stand_before_texts_and_many_matches_before_few),
        SEARCH_TEST(fields_say_where_a_pattern_matched),
        SEARCH_TEST(mistakes_are_placed_in_the_query),
        SEARCH_TEST(all_of_a_library_is_looked_at),
        SEARCH_TEST(articles_that_take_too_long_are_given_up_and_told),
        SEARCH_TEST(a_hopeless_pattern_is_given_up_as_a_whole),
        SEARCH_TEST(reports_grow_to_the_results),
        SEARCH_TEST(a_cancelled_search_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
