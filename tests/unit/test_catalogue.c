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

static uint32_t article_titled(const struct catalogue *catalogue, const char *title)
{
    for (uint32_t i = 0; i < catalogue_count(catalogue); i++)
        if (str_eq(catalogue_title(catalogue, i), str_from(title)))
            return i;
    fail_msg("no article is titled %s", title);
    return CATALOGUE_NONE;
}

static void articles_are_numbered_in_the_order_of_their_files(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "b/x.md", "Third", "");
    folder_article(folder, "a/z.md", "Second", "");
    folder_article(folder, "a/a.md", "First", "date: 2024-12-18\nurl: https://x/1\nid: 7\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_count(catalogue), 3);
    assert_str(catalogue_title(catalogue, 0), "First");
    assert_str(catalogue_title(catalogue, 1), "Second");
    assert_str(catalogue_title(catalogue, 2), "Third");
    assert_str(catalogue_id(catalogue, 0), "7");
    assert_str(catalogue_url(catalogue, 0), "https://x/1");
    assert_str(catalogue_date(catalogue, 0), "2024-12-18");
    assert_int_equal(catalogue_id(catalogue, 1).len, 0);
    assert_int_equal(catalogue_kind(catalogue, 0), ARTICLE_QUESTION);
    assert_int_equal(catalogue_text_bytes(catalogue, 0), strlen("About First."));
    assert_str(catalogue_file(catalogue, 2).path, "b/x.md");
    assert_int_equal(catalogue_file(catalogue, 2).article, 2);
    assert_true(catalogue_file(catalogue, 2).stamp.size > 0);
    catalogue_release(catalogue);
}

static void the_same_article_in_two_places_is_one_with_two_subjects(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "a.md", "One", "id: 5\nsubject: Nursing\nurl: https://x/nursing\n");
    folder_article(folder, "b.md", "Two", "id: 6\nsubject: Nursing\n");
    folder_article(folder, "c.md", "One", "id: 5\nsubject: Medicine\nurl: https://x/medicine\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_count(catalogue), 2);
    assert_int_equal(catalogue_count_files(catalogue, 0), 2);
    assert_int_equal(catalogue_file_of(catalogue, 0, 0), 0);
    assert_int_equal(catalogue_file_of(catalogue, 0, 1), 2);
    assert_int_equal(catalogue_count_subjects(catalogue, 0), 2);
    assert_str(catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, 0, 0)), "Nursing");
    assert_str(catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, 0, 1)), "Medicine");
    assert_int_equal(catalogue_file(catalogue, 2).subject, catalogue_subject_of(catalogue, 0, 1));
    assert_int_equal(catalogue_find_url(catalogue, STR("https://x/medicine")), 0);
    assert_int_equal(catalogue_find_url(catalogue, STR("https://x/nursing")), 0);
    assert_int_equal(catalogue_problem_count(catalogue), 0);
    catalogue_release(catalogue);
}

static void the_same_id_with_another_text_is_another_article(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "a.md", "One", "id: 17\n");
    folder_article(folder, "b.md", "Other", "id: 17\n");
    folder_article(folder, "c.md", "Other", "id: 17\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_count(catalogue), 2);
    assert_int_equal(catalogue_find_id(catalogue, STR("17")), 0);
    assert_int_equal(catalogue_problem_count(catalogue), 1);
    struct catalogue_problem problem = catalogue_problem(catalogue, 0);
    assert_str(problem.path, "b.md");
    assert_str(problem.message, "id 17 is already used by a.md with another text");
    assert_int_equal(problem.article, 1);
    assert_int_equal(problem.line, 3);
    assert_int_equal(problem.severity, ARTICLE_WARNING);
    assert_false(problem.skipped);
    catalogue_release(catalogue);
}

static void equal_texts_without_ids_stay_apart(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "a.md", "One", "");
    folder_article(folder, "b.md", "One", "");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_count(catalogue), 2);
    catalogue_release(catalogue);
}

static void subjects_that_differ_in_case_or_space_are_one_in_the_commonest_form(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "1.md", "A", "subject: Education studies\n");
    folder_article(folder, "2.md", "B", "subject: 'Education  Studies '\n");
    folder_article(folder, "3.md", "C", "subject: Education Studies\n");
    folder_article(folder, "4.md", "D", "subject: law\n");
    folder_article(folder, "5.md", "E", "subject: Law\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_subject_count(catalogue), 3);
    assert_str(catalogue_subject_name(catalogue, 0), "Unsorted");
    assert_str(catalogue_subject_name(catalogue, 1), "Education Studies");
    assert_str(catalogue_subject_name(catalogue, 2), "Law"); /* equally common: the first bytewise */
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(catalogue_subject_of(catalogue, i, 0), 1);
    catalogue_release(catalogue);
}

static void the_folder_is_the_subject_where_none_is_written(void **state)
{
    struct folder *folder = *state;
    folder_write(folder, "my_notes/health-studies/a.txt", "A page\n\nwith text.\n");
    folder_write(folder, "my_notes/b.txt", "Another page\n\nwith text.\n");
    struct library *library;
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"my_notes"}, 1, &(struct library_scan){0}, &library);
    library_close(library);
    assert_int_equal(catalogue_count(catalogue), 2);
    assert_str(catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, 0, 0)), "My notes");
    assert_str(catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, 1, 0)), "Health studies");
    catalogue_release(catalogue);
}

static void a_single_file_without_subject_is_unsorted(void **state)
{
    struct folder *folder = *state;
    folder_write(folder, "x/page.txt", "A page\n\nwith text.\n");
    struct library *library;
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"x/page.txt"}, 1, &(struct library_scan){0}, &library);
    assert_int_equal(catalogue_count(catalogue), 1);
    assert_int_equal(catalogue_subject_of(catalogue, 0, 0), 0);
    assert_str(catalogue_file(catalogue, 0).path, folder_path(folder, "x/page.txt"));
    library_close(library);
    catalogue_release(catalogue);
}

static void keywords_are_grouped_when_folded_and_stand_once(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "1.md", "A", "seo:\n  page_keywords: Liver  Failure, liver failure, albumin\n");
    folder_article(folder, "2.md", "B", "seo:\n  page_keywords: Liver Failure, Albumin\n");
    folder_article(folder, "3.md", "C", "");
    struct catalogue *catalogue = folder_scan(folder);
    assert_int_equal(catalogue_count_keywords(catalogue, 0), 2);
    assert_str(catalogue_keyword_name(catalogue, catalogue_keyword_of(catalogue, 0, 0)), "Liver Failure");
    assert_str(catalogue_keyword_name(catalogue, catalogue_keyword_of(catalogue, 0, 1)), "Albumin");
    assert_int_equal(catalogue_keyword_count(catalogue), 2);
    assert_int_equal(catalogue_count_keywords(catalogue, 2), 0);
    catalogue_release(catalogue);
}

static void a_catalogue_lives_until_its_last_reference_goes(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "a.md", "One", "id: 1\n");
    struct catalogue *catalogue = folder_scan(folder);
    assert_ptr_equal(catalogue_keep(catalogue), catalogue);
    catalogue_release(catalogue);
    assert_str(catalogue_title(catalogue, article_titled(catalogue, "One")), "One");
    catalogue_release(catalogue);
    catalogue_release(NULL);
}

static void an_empty_folder_gives_an_empty_catalogue(void **state)
{
    struct catalogue *catalogue = folder_scan(*state);
    assert_non_null(catalogue);
    assert_int_equal(catalogue_count(catalogue), 0);
    assert_int_equal(catalogue_file_count(catalogue), 0);
    assert_int_equal(catalogue_subject_count(catalogue), 1);
    assert_int_equal(catalogue_find_id(catalogue, STR("1")), CATALOGUE_NONE);
    assert_int_equal(catalogue_find_url(catalogue, (struct str){0}), CATALOGUE_NONE);
    catalogue_release(catalogue);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(articles_are_numbered_in_the_order_of_their_files),
        TEST(the_same_article_in_two_places_is_one_with_two_subjects),
        TEST(the_same_id_with_another_text_is_another_article),
        TEST(equal_texts_without_ids_stay_apart),
        TEST(subjects_that_differ_in_case_or_space_are_one_in_the_commonest_form),
        TEST(the_folder_is_the_subject_where_none_is_written),
        TEST(a_single_file_without_subject_is_unsorted),
        TEST(keywords_are_grouped_when_folded_and_stand_once),
        TEST(a_catalogue_lives_until_its_last_reference_goes),
        TEST(an_empty_folder_gives_an_empty_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
