/* The topics that keywords make. */
#include "topic_library.h"

static void five_questions_make_a_topic_and_four_make_none(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 5, (struct question){.title = "What is sepsis?", .keywords = "sepsis, blood"});
    add_times(f, 4, (struct question){.title = "What is asthma?", .keywords = "asthma, lungs"});
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "Sepsis\nOther questions\n");
    const struct topic *sepsis = TOPIC(f, "Medicine", "Sepsis");
    assert_int_equal(sepsis->kind, TOPIC_KEYWORD);
    assert_int_equal(sepsis->subject, TOPIC(f, "Medicine")->subject);
    assert_ids(f, sepsis, "1 2 3 4 5 ");
    const struct topic *other = TOPIC(f, "Medicine", "Other questions");
    assert_int_equal(other->kind, TOPIC_OTHER);
    assert_ids(f, other, "6 7 8 9 ");
    assert_int_equal(TOPIC(f, "Medicine")->total, 9);
    assert_int_equal(TOPIC(f, "Medicine")->article_count, 0);
}

static void a_keyword_of_most_questions_says_no_more_than_the_subject(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 9, (struct question){.title = "What is sepsis?", .keywords = "sepsis, blood"});
    add_times(f, 1, (struct question){.title = "What is asthma?", .keywords = "asthma"});
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "");
    assert_int_equal(TOPIC(f, "Medicine")->article_count, 10);
}

static void plurals_possessives_and_hyphens_are_one_topic(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 2,
              (struct question){.title = "Are thyroid nodules bad?", .keywords = "thyroid nodules, neck"});
    add_times(f, 2,
              (struct question){.title = "Is a thyroid nodule bad?", .keywords = "Thyroid-nodule, neck"});
    add_times(f, 2,
              (struct question){.title = "The thyroid's nodules?", .keywords = "thyroid's nodules, neck"});
    add_others(f, 9);
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "Thyroid nodules\nOther questions\n");
    assert_ids(f, TOPIC(f, "Medicine", "Thyroid nodules"), "1 2 3 4 5 6 ");
}

static void an_acronym_joins_what_it_stands_for(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 3,
              (struct question){.title = "What is deep vein thrombosis?",
                                .keywords = "deep vein thrombosis, DVT, legs"});
    add_times(f, 3,
              (struct question){.title = "Deep vein thrombosis?", .keywords = "deep vein thrombosis, legs"});
    add_times(f, 2, (struct question){.title = "Why DVT?", .keywords = "DVT, legs"});
    add_others(f, 12);
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "Deep vein thrombosis (DVT)\nOther questions\n");
    assert_ids(f, TOPIC(f, "Medicine", "Deep vein thrombosis (DVT)"), "1 2 3 4 5 6 7 8 ");
}

static void an_acronym_that_is_commoner_gives_the_name(void **state)
{
    struct topic_library *f = *state;
    add_times(
        f, 2,
        (struct question){.title = "What is MRI?", .keywords = "magnetic resonance imaging, MRI, scan"});
    add_times(f, 5, (struct question){.title = "Why MRI?", .keywords = "MRI, scan"});
    add_others(f, 12);
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "MRI\nOther questions\n");
}

static void letters_that_agree_by_chance_join_nothing(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 1, (struct question){.title = "CT and care?", .keywords = "CT, critical tests"});
    add_times(f, 6, (struct question){.title = "What is CT?", .keywords = "CT, scanner"});
    add_times(f, 6,
              (struct question){.title = "Which critical tests?", .keywords = "critical tests, laboratory"});
    add_others(f, 14);
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "Critical tests\nCT\nOther questions\n");
}

static void words_that_say_nothing_make_no_topic(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 6,
              (struct question){.title = "What are examples of applications?",
                                .keywords = "examples, applications, role, medicine"});
    add_others(f, 12);
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "");
}

static void a_question_can_stand_under_several_topics(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 6, (struct question){.title = "What is gout?", .keywords = "gout, joints"});
    add_times(f, 1, (struct question){.title = "Gout and rickets?", .keywords = "gout, rickets"});
    add_times(f, 6, (struct question){.title = "What is rickets?", .keywords = "rickets, bones"});
    add_others(f, 12);
    build(f, true, 1);
    assert_ids(f, TOPIC(f, "Medicine", "Gout"), "1 2 3 4 5 6 7 ");
    assert_ids(f, TOPIC(f, "Medicine", "Rickets"), "7 8 9 10 11 12 13 ");
    assert_int_equal(TOPIC(f, "Medicine")->total, 25);
}

static void a_title_that_names_a_topic_puts_its_question_there(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 6, (struct question){.title = "What is gout?", .keywords = "gout, joints"});
    add_times(f, 1, (struct question){.title = "Does wine cause gout?", .keywords = "wine"});
    add_others(f, 12);
    build(f, true, 1);
    assert_ids(f, TOPIC(f, "Medicine", "Gout"), "1 2 3 4 5 6 7 ");
}

static void a_topic_within_a_larger_one_nests_and_nothing_is_repeated(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 12, (struct question){.title = "What does the liver do?", .keywords = "liver, bile"});
    add_times(
        f, 5,
        (struct question){.title = "What is the liver in hepatitis?", .keywords = "liver, hepatitis, virus"});
    add_times(f, 2, (struct question){.title = "What is hepatitis?", .keywords = "hepatitis, virus"});
    add_others(f, 20);
    build(f, true, 1);
    assert_children(f, TOPIC(f, "Medicine"), "Liver\nOther questions\n");
    const struct topic *liver = TOPIC(f, "Medicine", "Liver");
    const struct topic *hepatitis = TOPIC(f, "Medicine", "Liver", "Hepatitis");
    assert_non_null(hepatitis);
    assert_ids(f, hepatitis, "13 14 15 16 17 18 19 ");
    assert_ids(f, liver, "1 2 3 4 5 6 7 8 9 10 11 12 ");
    assert_int_equal(hepatitis->total, 7);
    assert_int_equal(liver->total, 19);
}

static void subjects_have_topics_of_their_own(void **state)
{
    struct topic_library *f = *state;
    add_times(f, 6, (struct question){.title = "What is gout?", .keywords = "gout, joints"});
    add_others(f, 6);
    add_times(f, 4,
              (struct question){.subject = "Nursing", .title = "What is gout?", .keywords = "gout, care"});
    add_times(f, 6,
              (struct question){.subject = "Nursing", .title = "How to wash?", .keywords = "washing, wash"});
    build(f, true, 1);
    assert_non_null(TOPIC(f, "Medicine", "Gout"));
    assert_null(TOPIC(f, "Nursing", "Gout"));
}

static void list_tree(const struct topic_tree *tree, struct buf *out)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct topic *t = &tree->topics[i];
        buf_printf(out, "%u %d %.*s %u %u %u:", i, (int)t->kind, STR_ARG(t->label), t->parent, t->next,
                   t->total);
        for (uint32_t k = 0; k < t->article_count; k++)
            buf_printf(out, " %u", t->articles[k]);
        buf_add_byte(out, '\n');
    }
}

static void the_tree_does_not_depend_on_threads(void **state)
{
    struct topic_library *f = *state;
    const char *subjects[] = {"Medicine", "Nursing", "Physics", "Law"};
    for (size_t i = 0; i < 4; i++) {
        add_times(f, 7,
                  (struct question){.subject = subjects[i], .title = "Gout?", .keywords = "gout, joints"});
        add_times(
            f, 7,
            (struct question){.subject = subjects[i], .title = "Rickets?", .keywords = "rickets, bones"});
        add_times(f, 7, (struct question){.subject = subjects[i], .title = "Flu?", .keywords = "flu, virus"});
    }
    struct buf one = {0}, four = {0};
    build(f, true, 1);
    list_tree(f->tree, &one);
    build(f, true, 4);
    list_tree(f->tree, &four);
    assert_string_equal(buf_cstr(&one), buf_cstr(&four));
    buf_free(&one);
    buf_free(&four);
}

static void thousands_of_keywords_in_one_article_are_bounded(void **state)
{
    struct topic_library *f = *state;
    struct buf keywords = {0};
    for (unsigned i = 0; i < 10000; i++)
        buf_printf(&keywords, "word%u, ", i);
    for (unsigned i = 0; i < 6; i++)
        add(f, (struct question){.title = "What is word7?", .keywords = buf_cstr(&keywords)});
    buf_free(&keywords);
    add_others(f, 12);
    build(f, true, 1);
    const struct topic *subject = TOPIC(f, "Medicine");
    uint32_t children = 0;
    for (uint32_t i = subject->first_child; i != TOPIC_NONE; i = f->tree->topics[i].next)
        children++;
    assert_in_range(children, 2, 20);
    assert_int_equal(subject->total, 18);
}

static void hostile_keywords_and_titles_do_no_harm(void **state)
{
    struct topic_library *f = *state;
    struct buf words = {0};
    for (unsigned i = 0; i < 5000; i++)
        buf_printf(&words, "liver ");
    for (unsigned i = 0; i < 6; i++)
        add(f, (struct question){.title = buf_cstr(&words), .keywords = buf_cstr(&words)});
    for (unsigned i = 0; i < 6; i++)
        add(f, (struct question){.title = "-- ++ ##", .keywords = "++, --, #, liver, \xe2\x80\xae, \xff"});
    buf_free(&words);
    add_others(f, 12);
    build(f, true, 2);
    assert_int_equal(TOPIC(f, "Medicine")->total, 24);
}

static bool subject_has(const struct topic_library *f, const char *subject, const char *label)
{
    const struct topic *of = TOPIC(f, subject);
    for (uint32_t i = 0; of && i < f->tree->count; i++)
        if (f->tree->topics[i].kind == TOPIC_KEYWORD && f->tree->topics[i].subject == of->subject &&
            str_eq(f->tree->topics[i].label, str_from(label)))
            return true;
    return false;
}

/* A student of medicine finds liver failure in seconds; one of computer science sorting, recursion and SQL. */
static void the_real_library_has_the_topics_that_students_look_for(void **state)
{
    (void)state;
    struct topic_library real = {0};
    const char *folder = getenv("LECTERN_CORPUS"), *roots[] = {folder ? folder : "build/corpus"};
    if (access(roots[0], R_OK) != 0) {
        print_message("there is no %s\n", roots[0]);
        skip();
    }
    real.library = library_open(roots, 1, NULL);
    assert_non_null(real.library);
    real.catalogue = library_scan(real.library, &(struct library_scan){.threads = 0}, NULL);
    real.tree = topics_build(real.catalogue, true, 0, NULL);
    assert_non_null(TOPIC(&real, "Medicine", "Liver", "Liver failure"));
    assert_non_null(TOPIC(&real, "Medicine", "Cirrhosis"));
    assert_true(subject_has(&real, "Computer Science", "Sorting algorithms"));
    assert_true(subject_has(&real, "Computer Science", "Recursion"));
    assert_true(subject_has(&real, "Computer Science", "SQL"));
    assert_false(subject_has(&real, "Health Studies", "Health"));
    for (const struct topic *t = TOPIC(&real, "Medicine");; t = &real.tree->topics[t->next]) {
        uint32_t other = t->total;
        for (uint32_t i = t->first_child; i != TOPIC_NONE; i = real.tree->topics[i].next)
            if (real.tree->topics[i].kind == TOPIC_OTHER)
                other = real.tree->topics[i].total;
        if (t->kind != TOPIC_SUBJECT)
            break;
        assert_true(other * 100 < t->total * 35);
    }
    close_library(&real);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(five_questions_make_a_topic_and_four_make_none, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(a_keyword_of_most_questions_says_no_more_than_the_subject,
                                        topic_library_make, topic_library_remove),
        cmocka_unit_test_setup_teardown(plurals_possessives_and_hyphens_are_one_topic, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(an_acronym_joins_what_it_stands_for, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(an_acronym_that_is_commoner_gives_the_name, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(letters_that_agree_by_chance_join_nothing, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(words_that_say_nothing_make_no_topic, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(a_question_can_stand_under_several_topics, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(a_title_that_names_a_topic_puts_its_question_there,
                                        topic_library_make, topic_library_remove),
        cmocka_unit_test_setup_teardown(a_topic_within_a_larger_one_nests_and_nothing_is_repeated,
                                        topic_library_make, topic_library_remove),
        cmocka_unit_test_setup_teardown(subjects_have_topics_of_their_own, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(the_tree_does_not_depend_on_threads, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(thousands_of_keywords_in_one_article_are_bounded, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(hostile_keywords_and_titles_do_no_harm, topic_library_make,
                                        topic_library_remove),
        cmocka_unit_test_setup_teardown(the_real_library_has_the_topics_that_students_look_for,
                                        topic_library_make, topic_library_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
