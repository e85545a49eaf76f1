/*
 * The published values are from the tests of the projects of open-spaced-repetition: py-fsrs (tests/test_basic.py), ts-fsrs
 * (packages/fsrs/__tests__/FSRS-6.test.ts, algorithm.test.ts) and fsrs-rs (src/model_v6.rs).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/fsrs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void expect_near(double value, double wanted, double within)
{
    if (!(fabs(value - wanted) <= within))
        fail_msg("%.9g instead of %.9g", value, wanted);
}

static struct fsrs_memory review(double stability, double difficulty, unsigned days, enum fsrs_grade grade)
{
    struct fsrs fsrs = fsrs_usual();
    struct fsrs_memory before = {stability, difficulty};
    return fsrs_review(&fsrs, &before, days, grade);
}

/* py-fsrs and ts-fsrs: six times good, twice again, five times good, each when it is due. Where the published interval is 0,
 * a step of some minutes is taken instead of an interval. */
static void intervals_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        enum fsrs_grade grade;
        unsigned interval;
    } history[] = {
        {FSRS_GOOD, 0},   {FSRS_GOOD, 2},  {FSRS_GOOD, 11}, {FSRS_GOOD, 46}, {FSRS_GOOD, 163},
        {FSRS_GOOD, 498}, {FSRS_AGAIN, 0}, {FSRS_AGAIN, 0}, {FSRS_GOOD, 2},  {FSRS_GOOD, 4},
        {FSRS_GOOD, 7},   {FSRS_GOOD, 12}, {FSRS_GOOD, 21},
    };
    struct fsrs fsrs = fsrs_usual();
    struct fsrs_memory memory = {0};
    unsigned days = 0;
    for (size_t i = 0; i < COUNT(history); i++) {
        memory = fsrs_review(&fsrs, &memory, days, history[i].grade);
        if (history[i].interval)
            assert_int_equal(fsrs_interval(&fsrs, &memory), history[i].interval);
        days = history[i].interval;
    }
}

/* All three: again, then good after 0, 1, 3, 8 and 21 days. */
static void a_memory_is_the_published_one(void **state)
{
    (void)state;
    static const unsigned days[] = {0, 1, 3, 8, 21};
    struct fsrs_memory memory = review(0, 0, 0, FSRS_AGAIN);
    for (size_t i = 0; i < COUNT(days); i++)
        memory = review(memory.stability, memory.difficulty, days[i], FSRS_GOOD);
    expect_near(memory.stability, 53.62691, 1e-4);
    expect_near(memory.difficulty, 6.3574867, 1e-4);
}

/* ts-fsrs, "first repeat". */
static void first_grades_give_the_published_memories(void **state)
{
    (void)state;
    static const double stability[FSRS_GRADES] = {0.212, 1.2931, 2.3065, 8.2956};
    static const double difficulty[FSRS_GRADES] = {6.4133, 5.11217071, 2.11810397, 1};
    for (int grade = FSRS_AGAIN; grade <= FSRS_EASY; grade++) {
        struct fsrs_memory memory = review(0, 0, 0, (enum fsrs_grade)grade);
        expect_near(memory.stability, stability[grade - 1], 1e-8);
        expect_near(memory.difficulty, difficulty[grade - 1], 1e-8);
    }
}

/* fsrs-rs, test_forward: the same grade twice, a day and two days apart; in single precision. */
static void second_grades_give_the_published_memories(void **state)
{
    (void)state;
    static const struct {
        enum fsrs_grade grade;
        unsigned days;
        double stability, difficulty;
    } published[] = {
        {FSRS_AGAIN, 1, 0.10088589, 8.806304},  {FSRS_HARD, 1, 3.2494123, 6.7404594},
        {FSRS_GOOD, 1, 7.3153, 2.1112142},      {FSRS_EASY, 1, 18.014914, 1},
        {FSRS_AGAIN, 2, 0.112798266, 8.806304}, {FSRS_HARD, 2, 4.4694576, 6.7404594},
    };
    for (size_t i = 0; i < COUNT(published); i++) {
        struct fsrs_memory first = review(0, 0, 0, published[i].grade);
        struct fsrs_memory second =
            review(first.stability, first.difficulty, published[i].days, published[i].grade);
        expect_near(second.stability, published[i].stability, 1e-5 * published[i].stability);
        expect_near(second.difficulty, published[i].difficulty, 1e-5);
    }
}

/* ts-fsrs, next_difficulty and next_short_term_stability. */
static void another_review_of_the_day_gives_the_published_memory(void **state)
{
    (void)state;
    static const double stability[FSRS_GRADES] = {1.596818, 5, 5, 8.12960956};
    static const double difficulty[FSRS_GRADES] = {8.34176237, 6.66599536, 4.99022837, 3.31446137};
    for (int grade = FSRS_AGAIN; grade <= FSRS_EASY; grade++) {
        struct fsrs_memory memory = review(5, 5, 0, (enum fsrs_grade)grade);
        expect_near(memory.stability, stability[grade - 1], 1e-7);
        expect_near(memory.difficulty, difficulty[grade - 1], 1e-7);
    }
}

/* fsrs-rs, test_power_forgetting_curve. */
static void recall_falls_as_published(void **state)
{
    (void)state;
    static const double stability[] = {1, 2, 3, 4, 4, 2};
    static const double recall[] = {1, 0.9403443, 0.9253786, 0.9185229, 0.9, 0.8261359};
    struct fsrs fsrs = fsrs_usual();
    for (unsigned days = 0; days < COUNT(recall); days++) {
        struct fsrs_memory memory = {stability[days], 5};
        expect_near(fsrs_retrievability(&fsrs, &memory, days), recall[days], 1e-5);
    }
    expect_near(fsrs_retrievability(&fsrs, &(struct fsrs_memory){0}, 3), 0, 0);
}

/* ts-fsrs, next_ivl, as far as its retentions are among those that can be set. */
static void the_retention_decides_how_long_an_interval_is(void **state)
{
    (void)state;
    struct fsrs fsrs = fsrs_usual();
    struct fsrs_memory memory = {1, 5};
    assert_int_equal(fsrs_read_retention(&fsrs, STR("0.7"), NULL), 0);
    assert_int_equal(fsrs_interval(&fsrs, &memory), 9);
    assert_int_equal(fsrs_read_retention(&fsrs, STR("0.8"), NULL), 0);
    assert_int_equal(fsrs_interval(&fsrs, &memory), 3);
    assert_int_equal(fsrs_read_retention(&fsrs, STR("0.90"), NULL), 0);
    assert_int_equal(fsrs_interval(&fsrs, &memory), 1);
    memory.stability = 1e9;
    assert_int_equal(fsrs_interval(&fsrs, &memory), FSRS_LONGEST_INTERVAL);
}

static void a_retention_must_be_a_number_in_its_range(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",     "0",    "0.699", "0.991", "1",   "90",  "0,9",
                                        "-0.9", "0.9x", ".9",    "0.",    "nan", "1e-1"};
    struct fsrs fsrs = fsrs_usual();
    struct err err;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_int_equal(fsrs_read_retention(&fsrs, str_from(wrong[i]), &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
    }
    expect_near(fsrs.retention, FSRS_RETENTION, 0);
}

static void parameters_are_read_and_kept_in_their_ranges(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "1",
        "0.2, 1.2, 2.3, 8.2, 6.4, 0.8, 3.0, 0.001, 1.8, 0.1, 0.7, 1.4, 0.06, 0.2, 1.6, 0.6, 1.8, 0.5",
        "x, 1.2, 2.3, 8.2, 6.4, 0.8, 3.0, 0.001, 1.8, 0.1, 0.7, 1.4, 0.06, 0.2, 1.6, 0.6, 1.8, 0.5, 0.1",
        "500, 1.2, 2.3, 8.2, 6.4, 0.8, 3.0, 0.001, 1.8, 0.1, 0.7, 1.4, 0.06, 0.2, 1.6, 0.6, 1.8, 0.5, 0.1",
        "1 1 1 1 1 1 1 0.1 1 0.1 1 1 0.1 0.1 1 1 1 1 1 0.1 0.1 0.1",
    };
    struct fsrs fsrs = fsrs_usual();
    struct err err;
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_int_equal(fsrs_read_weights(&fsrs, str_from(wrong[i]), &err), -1);
    expect_near(fsrs.weights[0], 0.212, 0);
    struct str six =
        STR("0.1456, 0.4186 1.1104,4.1315, 5.2417, 1.3098, 0.8975, 0.0010, 1.5674, 0.0567, 0.9661, 2.0275, "
            "0.1592, 0.2446, 1.5071, 0.2272, 2.8755, 1.234, 0.56789, 0.1437, 0.2 ");
    assert_int_equal(fsrs_read_weights(&fsrs, six, &err), 0);
    expect_near(fsrs.weights[0], 0.1456, 1e-12);
    expect_near(fsrs.weights[7], 0.001, 1e-12);
    expect_near(fsrs.weights[20], 0.2, 1e-12);
}

/* ts-fsrs, "memory state" and "FACTOR" of FSRS-5: its curve is that of FSRS-6 with a decay of a half. */
static void the_parameters_of_fsrs_5_are_taken_too(void **state)
{
    (void)state;
    struct fsrs fsrs = fsrs_usual();
    struct str five =
        STR("0.40255, 1.18385, 3.173, 15.69105, 7.1949, 0.5345, 1.4604, 0.0046, 1.54575, 0.1192, 1.01925, "
            "1.9395, 0.11, 0.29605, 2.2698, 0.2315, 2.9898, 0.51655, 0.6621");
    assert_int_equal(fsrs_read_weights(&fsrs, five, NULL), 0);
    static const double recall[] = {1, 0.9, 0.82502866, 0.76613088};
    struct fsrs_memory memory = {1, 5};
    for (unsigned days = 0; days < COUNT(recall); days++)
        expect_near(fsrs_retrievability(&fsrs, &memory, days), recall[days], 1e-6);
}

static void damaged_memories_are_taken_as_near_ones(void **state)
{
    (void)state;
    static const double odd[] = {-1, 0, 1e-300, 1e300, 11, (double)NAN, (double)INFINITY, (double)-INFINITY};
    struct fsrs fsrs = fsrs_usual();
    for (size_t i = 0; i < COUNT(odd) * COUNT(odd); i++) {
        struct fsrs_memory memory = {odd[i / COUNT(odd)], odd[i % COUNT(odd)]};
        for (int grade = FSRS_AGAIN; grade <= FSRS_EASY; grade++) {
            struct fsrs_memory after = fsrs_review(&fsrs, &memory, UINT32_MAX, (enum fsrs_grade)grade);
            assert_true(after.stability > 0 && after.stability <= FSRS_LONGEST_INTERVAL);
            assert_true(after.difficulty >= 1 && after.difficulty <= 10);
            assert_in_range(fsrs_interval(&fsrs, &after), 1, FSRS_LONGEST_INTERVAL);
        }
    }
}

/* The published range of an interval of 50 days is 46 to 54; of 3 days, 2 to 4; one of up to 2 days is left as it is. */
static void fuzz_keeps_to_the_published_range(void **state)
{
    (void)state;
    assert_int_equal(fsrs_fuzz(1, 0.99), 1);
    assert_int_equal(fsrs_fuzz(2, 0), 2);
    assert_int_equal(fsrs_fuzz(3, 0), 2);
    assert_int_equal(fsrs_fuzz(3, 0.9999), 4);
    assert_int_equal(fsrs_fuzz(50, 0), 46);
    assert_int_equal(fsrs_fuzz(50, 0.5), 50);
    assert_int_equal(fsrs_fuzz(50, 0.9999), 54);
    assert_int_equal(fsrs_fuzz(FSRS_LONGEST_INTERVAL, 0.9999), FSRS_LONGEST_INTERVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_are_the_published_ones),
        cmocka_unit_test(a_memory_is_the_published_one),
        cmocka_unit_test(first_grades_give_the_published_memories),
        cmocka_unit_test(second_grades_give_the_published_memories),
        cmocka_unit_test(another_review_of_the_day_gives_the_published_memory),
        cmocka_unit_test(recall_falls_as_published),
        cmocka_unit_test(the_retention_decides_how_long_an_interval_is),
        cmocka_unit_test(a_retention_must_be_a_number_in_its_range),
        cmocka_unit_test(parameters_are_read_and_kept_in_their_ranges),
        cmocka_unit_test(the_parameters_of_fsrs_5_are_taken_too),
        cmocka_unit_test(damaged_memories_are_taken_as_near_ones),
        cmocka_unit_test(fuzz_keeps_to_the_published_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
