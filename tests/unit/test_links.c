#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/catalogue.h"

static void assert_str(struct str got, const char *wanted)
{
    assert_int_equal(got.len, strlen(wanted));
    assert_memory_equal(got.at, wanted, got.len);
}

static void assert_links(const struct catalogue *catalogue, uint32_t article, const uint32_t *targets,
                         size_t wanted)
{
    assert_int_equal(catalogue_count_links(catalogue, article), wanted);
    for (size_t i = 0; i < wanted; i++)
        assert_int_equal(catalogue_link_of(catalogue, article, i).target, targets[i]);
}

static void assert_backlinks(const struct catalogue *catalogue, uint32_t target, const uint32_t *sources,
                             size_t wanted)
{
    size_t count;
    struct arena arena = {0};
    const uint32_t *got = catalogue_backlinks(catalogue, target, &arena, &count);
    assert_int_equal(count, wanted);
    for (size_t i = 0; i < wanted; i++)
        assert_int_equal(got[i], sources[i]);
    arena_free(&arena);
}

static void links_resolve_by_id_then_url_then_title(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "0.md", "Zero", "id: 10\nurl: /zero\n");
    folder_article(folder, "1.md", "One", "id: 11\nurl: /one\n");
    folder_article(folder, "2.md", "Two", "id: 12\nurl: /two\n");
    folder_article(folder, "3.md", "Source",
                   "id: 13\n"
                   "related_article1: {id: 12, url: /one, title: Zero}\n"
                   "related_article2: {id: 99, url: /one, title: Zero}\n"
                   "related_article3: {id: 99, url: /none, title: '  Zero '}\n"
                   "related_article4: {title: zero}\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_count(catalogue), 4);
    assert_links(catalogue, 3, (const uint32_t[]){2, 1, 0, 4}, 4);
    assert_int_equal(catalogue_missing(catalogue), 1); /* "zero" is not the exact title */
    assert_str(catalogue_title(catalogue, 4), "zero");
    assert_backlinks(catalogue, 0, (const uint32_t[]){3}, 1);
    catalogue_release(catalogue);
}

static void links_keep_the_authors_numbers_and_order(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "0.md", "Zero",
                   "id: 10\nrelated_article7: {id: 11}\nrelated_article2: {id: 10}\n");
    folder_article(folder, "1.md", "One", "id: 11\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_links(catalogue, 0, (const uint32_t[]){0, 1}, 2); /* a link to oneself is kept */
    assert_int_equal(catalogue_link_of(catalogue, 0, 0).number, 2);
    assert_int_equal(catalogue_link_of(catalogue, 0, 1).number, 7);
    assert_backlinks(catalogue, 0, (const uint32_t[]){0}, 1);
    catalogue_release(catalogue);
}

static void two_links_to_one_target_are_one_backlink(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "0.md", "Zero", "id: 10\n");
    folder_article(folder, "1.md", "One", "related_article1: {id: 10}\nrelated_article2: {title: Zero}\n");
    folder_article(folder, "2.md", "Two", "related_article1: {id: 10}\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_links(catalogue, 1, (const uint32_t[]){0, 0}, 2);
    assert_backlinks(catalogue, 0, (const uint32_t[]){1, 2}, 2);
    catalogue_release(catalogue);
}

static void missing_targets_know_what_the_first_link_says(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "0.md", "Zero",
                   "subject: Law\nrelated_article1: {id: 99, title: Gone, url: /gone, subject: law}\n");
    folder_article(folder, "1.md", "One",
                   "subject: Law\nrelated_article1: {id: 99, title: Other name, url: /else, subject: Art}\n"
                   "related_article2: {url: /gone}\n"
                   "related_article3: {title: Gone}\n"
                   "related_article4: {id: 98, title: Gone, url: /gone, subject: Art}\n"
                   "related_article5: {id: 97}\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_missing(catalogue), 5);
    assert_links(catalogue, 1, (const uint32_t[]){2, 3, 4, 5, 6}, 5);
    assert_str(catalogue_title(catalogue, 2), "Gone");
    assert_str(catalogue_url(catalogue, 2), "/gone");
    assert_str(catalogue_id(catalogue, 2), "99");
    assert_str(catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, 2, 0)), "Law");
    assert_int_equal(catalogue_count_subjects(catalogue, 2), 1);
    assert_str(catalogue_title(catalogue, 6), "Article 97");
    assert_int_equal(catalogue_find_id(catalogue, STR("99")), 2);
    assert_int_equal(catalogue_find_id(catalogue, STR("98")), 5);
    assert_int_equal(catalogue_find_url(catalogue, STR("/gone")), 3);
    assert_int_equal(catalogue_find_title(catalogue, STR("Gone")), 4);
    assert_backlinks(catalogue, 2, (const uint32_t[]){0, 1}, 2);
    assert_int_equal(catalogue_subject_count(catalogue), 3);
    assert_str(catalogue_subject_name(catalogue, 2), "Art");
    catalogue_release(catalogue);
}

/* What is in the library is found by whatever name the link has for it, also if another link has made it known as missing. */
static void an_article_goes_before_what_is_missing(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "0.md", "Zero", "id: 10\nurl: /zero\n");
    folder_article(folder, "1.md", "One", "related_article1: {id: 99, title: Gone}\n");
    folder_article(folder, "2.md", "Two", "related_article1: {id: 99, url: /zero}\n");
    folder_article(folder, "3.md", "Three", "related_article1: {id: 99, title: Zero}\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_links(catalogue, 1, (const uint32_t[]){4}, 1);
    assert_links(catalogue, 2, (const uint32_t[]){0}, 1);
    assert_links(catalogue, 3, (const uint32_t[]){0}, 1);
    assert_backlinks(catalogue, 0, (const uint32_t[]){2, 3}, 2);
    assert_backlinks(catalogue, 4, (const uint32_t[]){1}, 1);
    catalogue_release(catalogue);
}

/* So a link leads where it does whatever other links say. */
static void what_is_missing_is_known_by_one_name(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "0.md", "Zero", "related_article1: {title: Gone}\n");
    folder_article(folder, "1.md", "One", "related_article1: {url: /gone, title: Left}\n");
    folder_article(folder, "2.md", "Two", "related_article1: {id: 99, url: /gone, title: Gone}\n");
    folder_article(folder, "3.md", "Three", "related_article1: {id: 99, title: Went}\n");
    folder_article(folder, "4.md", "Four",
                   "related_article1: {url: /gone}\nrelated_article2: {title: Gone, subject: Law}\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_missing(catalogue), 3);
    assert_backlinks(catalogue, catalogue_find_title(catalogue, STR("Gone")), (const uint32_t[]){0, 4}, 2);
    assert_backlinks(catalogue, catalogue_find_url(catalogue, STR("/gone")), (const uint32_t[]){1, 4}, 2);
    assert_backlinks(catalogue, catalogue_find_id(catalogue, STR("99")), (const uint32_t[]){2, 3}, 2);
    catalogue_release(catalogue);
}

static void links_by_id_go_to_the_first_article_with_it(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "0.md", "Zero", "id: 10\n");
    folder_article(folder, "1.md", "One", "id: 10\n");
    folder_article(folder, "2.md", "Two", "related_article1: {id: 10, title: One}\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_links(catalogue, 2, (const uint32_t[]){0}, 1);
    catalogue_release(catalogue);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(links_resolve_by_id_then_url_then_title),
        TEST(links_keep_the_authors_numbers_and_order),
        TEST(two_links_to_one_target_are_one_backlink),
        TEST(missing_targets_know_what_the_first_link_says),
        TEST(an_article_goes_before_what_is_missing),
        TEST(what_is_missing_is_known_by_one_name),
        TEST(links_by_id_go_to_the_first_article_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
