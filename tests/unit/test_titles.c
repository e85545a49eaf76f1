#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/search.h"

static struct catalogue *write_titles(struct folder *folder, const char *const *titles)
{
    char name[32];
    for (unsigned i = 0; titles[i]; i++) {
        snprintf(name, sizeof name, "%02u.md", i);
        folder_article(folder, name, titles[i], arena_printf(&folder->arena, "id: %u\n", 100 + i).at);
    }
    struct catalogue *catalogue = folder_scan(folder);
    assert_non_null(catalogue);
    return catalogue;
}

/* The ids of the hits, each followed by a space. */
static void assert_jumps(const struct catalogue *catalogue, const char *query, const char *expected)
{
    struct arena arena = {0};
    struct buf ids = {0};
    struct search_results results;
    assert_true(search_titles(catalogue, str_from(query), 100, NULL, &arena, &results));
    for (size_t i = 0; i < results.count; i++) {
        assert_int_equal(results.hits[i].field, INDEX_TITLE);
        buf_add(&ids, catalogue_id(catalogue, results.hits[i].article));
        buf_add_byte(&ids, ' ');
    }
    assert_int_equal(results.total, results.count);
    assert_string_equal(buf_cstr(&ids), expected);
    buf_free(&ids);
    arena_free(&arena);
}

static void characters_are_found_in_order(void **state)
{
    struct catalogue *catalogue =
        write_titles(*state, (const char *[]){"Liver failure", "Kidney failure", "Na\xc3\xafve Bayes", NULL});
    assert_jumps(catalogue, "lvfl", "100 ");
    assert_jumps(catalogue, "FAILURE", "100 101 ");
    assert_jumps(catalogue, "naive", "102 ");
    assert_jumps(catalogue, "NA\xc3\x8fVE B", "102 ");
    assert_jumps(catalogue, "erulaf", "");
    assert_jumps(catalogue, "", "");
    assert_jumps(catalogue, "   ", "");
    catalogue_release(catalogue);
}

static void word_starts_and_runs_are_preferred(void **state)
{
    struct catalogue *catalogue =
        write_titles(*state, (const char *[]){"Michael dallied", "Cold meals", "What the MELD score says",
                                              "Melding", NULL});
    assert_jumps(catalogue, "meld", "103 102 100 ");
    assert_jumps(catalogue, "cm", "101 ");
    catalogue_release(catalogue);
}

static void initials_of_words_beat_scattered_letters(void **state)
{
    struct catalogue *catalogue =
        write_titles(*state, (const char *[]){"Acupuncture possible", "The Child-Pugh Score", NULL});
    assert_jumps(catalogue, "cps", "101 100 ");
    catalogue_release(catalogue);
}

static void earlier_and_shorter_are_preferred(void **state)
{
    struct catalogue *catalogue = write_titles(
        *state, (const char *[]){"On the liver", "Liver and its friends", "Liver and all", NULL});
    assert_jumps(catalogue, "liver", "102 101 100 ");
    catalogue_release(catalogue);
}

static void the_same_letter_twice_needs_two_places(void **state)
{
    struct catalogue *catalogue =
        write_titles(*state, (const char *[]){"Cell", "Celt", "Coil and oil", NULL});
    assert_jumps(catalogue, "ll", "100 102 ");
    catalogue_release(catalogue);
}

static void an_exact_id_comes_first(void **state)
{
    struct catalogue *catalogue =
        write_titles(*state, (const char *[]){"In 1013 and 101 places", "Kidneys", NULL});
    assert_jumps(catalogue, " 101 ", "101 100 ");
    assert_jumps(catalogue, "1013", "100 ");
    catalogue_release(catalogue);
}

static void long_titles_and_queries_are_bounded(void **state)
{
    char title[3000] = {0}, query[200] = {0};
    memset(title, 'x', sizeof title - 1);
    memset(query, 'x', sizeof query - 1);
    struct catalogue *catalogue = write_titles(*state, (const char *[]){title, "xx", NULL});
    assert_jumps(catalogue, query, "100 ");
    catalogue_release(catalogue);
}

#define TITLES_TEST(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TITLES_TEST(characters_are_found_in_order),
        TITLES_TEST(word_starts_and_runs_are_preferred),
        TITLES_TEST(initials_of_words_beat_scattered_letters),
        TITLES_TEST(earlier_and_shorter_are_preferred),
        TITLES_TEST(the_same_letter_twice_needs_two_places),
        TITLES_TEST(an_exact_id_comes_first),
        TITLES_TEST(long_titles_and_queries_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
