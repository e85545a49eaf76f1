/* The ways into a library: subjects, all questions, dates, folders, problems. */
#include "topic_library.h"

static void the_root_holds_subjects_by_name_and_then_the_other_ways_in(void **state)
{
    struct topic_library *f = *state;
    add(f, (struct question){.subject = "Nursing"});
    add(f, (struct question){.subject = "anatomy"});
    build(f, true, 1);
    assert_children(f, &f->tree->topics[0], "anatomy\nNursing\nAll questions\nBy date\nBy folder\n");
    assert_int_equal(f->tree->topics[0].kind, TOPIC_ROOT);
    assert_int_equal(f->tree->topics[0].total, 2);
    assert_int_equal(TOPIC(f, "Nursing")->kind, TOPIC_SUBJECT);
    assert_int_equal(TOPIC(f, "All questions")->kind, TOPIC_ALL);
    assert_int_equal(TOPIC(f, "All questions")->subject, CATALOGUE_NONE);
    assert_int_not_equal(TOPIC(f, "Nursing")->subject, TOPIC(f, "anatomy")->subject);
}

static void an_empty_library_has_a_tree(void **state)
{
    struct topic_library *f = *state;
    build(f, true, 2);
    assert_children(f, &f->tree->topics[0], "All questions\nBy date\nBy folder\n");
    assert_int_equal(f->tree->topics[0].total, 0);
    assert_int_equal(TOPIC(f, "All questions")->article_count, 0);
}

static void questions_stand_in_id_order(void **state)
{
    struct topic_library *f = *state;
    const char *ids[] = {"100", "beta", "", "20", "alpha", "18446744073709551616", "007"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        add(f, (struct question){.id = ids[i]});
    build(f, true, 1);
    assert_ids(f, TOPIC(f, "All questions"), "007 20 100 18446744073709551616 alpha beta - ");
    assert_ids(f, TOPIC(f, "Medicine"), "007 20 100 18446744073709551616 alpha beta - ");
}

static void dates_are_grouped_newest_first(void **state)
{
    struct topic_library *f = *state;
    const char *dates[] = {"2024-12-18", "Dec 1, 2024",     "2025-01-02T10:00:00Z",
                           "2024-13-01", "garbage",         "2024",
                           "20241105",   "3 November 2024", "12/24/2024",
                           "2024-00-10", "99999999999999",  "April 1, 2025"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        add(f, (struct question){.date = dates[i]});
    add(f, (struct question){0});
    build(f, true, 1);
    assert_children(f, TOPIC(f, "By date"), "2025\n2024\nUndated\n");
    assert_children(f, TOPIC(f, "By date", "2025"), "April 2025\nJanuary 2025\n");
    assert_children(f, TOPIC(f, "By date", "2024"), "December 2024\nNovember 2024\n");
    assert_ids(f, TOPIC(f, "By date", "2024", "December 2024"), "1 2 9 ");
    assert_ids(f, TOPIC(f, "By date", "2024", "November 2024"), "7 8 ");
    assert_ids(f, TOPIC(f, "By date", "2024"), "6 ");
    assert_ids(f, TOPIC(f, "By date", "Undated"), "4 5 10 11 13 ");
    assert_int_equal(TOPIC(f, "By date", "2024")->total, 6);
    assert_int_equal(TOPIC(f, "By date")->total, 13);
    assert_int_equal(TOPIC(f, "By date", "2025", "April 2025")->kind, TOPIC_MONTH);
}

static void folders_nest_as_on_disk(void **state)
{
    struct topic_library *f = *state;
    add(f, (struct question){0});
    add(f, (struct question){.folder = "b/inner"});
    add(f, (struct question){.folder = "a"});
    add(f, (struct question){.folder = "b"});
    /* One article in two folders. */
    add(f, (struct question){.id = "77", .folder = "a/x", .title = "Same"});
    f->next_id--;
    add(f, (struct question){.id = "77", .folder = "a/y", .title = "Same"});
    build(f, true, 1);
    const struct topic *folders = TOPIC(f, "By folder");
    assert_children(f, folders, "a\nb\n");
    assert_ids(f, folders, "1 ");
    assert_int_equal(folders->total, 5);
    assert_children(f, TOPIC(f, "By folder", "a"), "x\ny\n");
    assert_ids(f, TOPIC(f, "By folder", "a"), "3 ");
    assert_ids(f, TOPIC(f, "By folder", "a", "x"), "77 ");
    assert_ids(f, TOPIC(f, "By folder", "a", "y"), "77 ");
    assert_int_equal(TOPIC(f, "By folder", "a")->total, 2);
    assert_int_equal(TOPIC(f, "By folder", "b")->total, 2);
    assert_ids(f, TOPIC(f, "By folder", "b", "inner"), "2 ");
}

static void problems_are_listed_by_their_numbers(void **state)
{
    struct topic_library *f = *state;
    add(f, (struct question){0});
    folder_write(f->folder, "broken.md", "---\nid: [1\ntitle: \"open\n---\nBody.\n");
    folder_write(f->folder, ".hidden.md", "");
    build(f, true, 1);
    const struct topic *problems = TOPIC(f, "Files with problems");
    assert_non_null(problems);
    assert_int_equal(problems->kind, TOPIC_PROBLEMS);
    assert_true(problems->article_count > 0);
    assert_int_equal(problems->total, problems->article_count);
    for (uint32_t i = 0; i < problems->article_count; i++) {
        struct catalogue_problem problem = catalogue_problem(f->catalogue, problems->articles[i]);
        assert_true(str_ends(problem.path, STR("broken.md")));
    }
}

static void without_detail_subjects_hold_their_questions(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 6, (struct question){.title = "What is gout?", .keywords = "gout, joints"});
    add_others(f, 12);
    build(f, false, 1);
    assert_children(f, TOPIC(f, "Medicine"), "");
    assert_int_equal(TOPIC(f, "Medicine")->article_count, 18);
    assert_non_null(TOPIC(f, "By date", "Undated"));
}

static void a_cancelled_build_returns_nothing(void **state)
{
    struct topic_library *f = *state;
    add(f, (struct question){0});
    build(f, true, 1);
    atomic_bool cancel = true;
    assert_null(topics_build(f->catalogue, true, 2, &cancel));
    cancel = false;
    struct topic_tree *tree = topics_build(f->catalogue, true, 2, &cancel);
    assert_non_null(tree);
    topics_release(tree);
    topics_release(NULL);
}

/* Every article stands somewhere below its subject, and every total is what it says. */
static void check_totals(const struct topic_library *f, uint32_t topic, uint32_t *seen, uint32_t *mark)
{
    const struct topic *t = &f->tree->topics[topic];
    uint32_t distinct = 0, own = ++*mark;
    uint32_t from = topic;
    for (uint32_t at = topic;;) {
        const struct topic *here = &f->tree->topics[at];
        for (uint32_t i = 0; i < here->article_count; i++) {
            distinct += seen[here->articles[i]] != own;
            seen[here->articles[i]] = own;
        }
        if (here->first_child != TOPIC_NONE) {
            at = here->first_child;
            continue;
        }
        while (at != from && f->tree->topics[at].next == TOPIC_NONE)
            at = f->tree->topics[at].parent;
        if (at == from)
            break;
        at = f->tree->topics[at].next;
    }
    assert_int_equal(distinct, t->total);
}

static void totals_count_each_question_once(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 9, (struct question){.title = "The liver?", .keywords = "liver, bile", .folder = "a"});
    add_times(
        f, 6,
        (struct question){.title = "Liver failure?", .keywords = "liver, liver failure", .folder = "a/b"});
    add_times(f, 6,
              (struct question){.title = "Gout?", .keywords = "gout, liver, joints", .date = "2024-01-01"});
    add_others(f, 20);
    build(f, true, 1);
    uint32_t *seen = mem_calloc(catalogue_count(f->catalogue), sizeof *seen), mark = 0;
    for (uint32_t i = 0; i < f->tree->count; i++)
        if (f->tree->topics[i].kind != TOPIC_PROBLEMS)
            check_totals(f, i, seen, &mark);
    mem_free(seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_root_holds_subjects_by_name_and_then_the_other_ways_in,
                                        topic_library_make, topic_library_remove),
        cmocka_unit_test_setup_teardown(an_empty_library_has_a_tree, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(questions_stand_in_id_order, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(dates_are_grouped_newest_first, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(folders_nest_as_on_disk, topic_library_make, topic_library_remove),
        cmocka_unit_test_setup_teardown(problems_are_listed_by_their_numbers, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(without_detail_subjects_hold_their_questions, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(a_cancelled_build_returns_nothing, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(totals_count_each_question_once, topic_library_make,
                                        topic_library_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
