#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/study.h"

#define MINUTE 60
#define HOUR   3600

/* Some day, at eight in the evening; days begin at four. */
static struct study_time evening(int day)
{
    int64_t begins = 1700000000 + day * STUDY_DAY;
    return (struct study_time){.now = begins + 16 * (int64_t)HOUR, .day_begins = begins};
}

static struct study_time later(struct study_time time, int64_t seconds)
{
    time.now += seconds;
    return time;
}

static struct study_card known(uint32_t article, const struct study_time *today, int reviewed, int due)
{
    return (struct study_card){
        .article = article,
        .memory = {10, 5},
        .reviewed = today->now + reviewed * STUDY_DAY,
        .due = today->day_begins + due * STUDY_DAY + STUDY_DAY / 2,
        .reviews = 3,
    };
}

static struct study *begin(const struct study_card *cards, size_t count, size_t new_cards,
                           const struct study_time *time)
{
    struct study_options options = study_usual_options();
    options.new_cards = new_cards;
    return study_new(&options, cards, count, time);
}

static void expect_asked(const struct study *study, size_t place)
{
    assert_int_equal(study_current(study), place);
}

static void expect_left(const struct study *study, size_t due, size_t fresh, size_t again)
{
    struct study_left left = study_left(study);
    assert_int_equal(left.due, due);
    assert_int_equal(left.fresh, fresh);
    assert_int_equal(left.again, again);
}

static void what_is_due_comes_before_what_is_new(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card cards[] = {
        {.article = 7},  known(8, &now, -5, 0),   known(9, &now, -5, 3),
        {.article = 10}, known(11, &now, -9, -4),
    };
    struct study *study = begin(cards, 5, 20, &now);
    expect_left(study, 2, 2, 0);
    static const size_t asked[] = {4, 1, 0, 3};
    for (size_t i = 0; i < 4; i++) {
        expect_asked(study, asked[i]);
        study_grade(study, FSRS_GOOD, &now);
    }
    expect_asked(study, SIZE_MAX);
    expect_left(study, 0, 0, 0);
    study_grade(study, FSRS_GOOD, &now);
    study_bury(study, &now);
    assert_int_equal(study_summary(study, &now).cards, 4);
    study_free(study);
}

static void new_cards_are_limited(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card cards[] = {{.article = 1}, {.article = 2}, {.article = 3}, known(4, &now, -5, 0)};
    struct study *study = begin(cards, 4, 2, &now);
    expect_left(study, 1, 2, 0);
    study_free(study);
    study = begin(cards, 3, 0, &now);
    expect_asked(study, SIZE_MAX);
    study_free(study);
    study = begin(NULL, 0, 5, &now);
    expect_asked(study, SIZE_MAX);
    assert_false(study_undo(study));
    study_free(study);
}

/* A day lasts until four in the morning, and its cards are due all day. */
static void days_end_in_the_small_hours(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card card = {.article = 1};
    struct study *study = begin(&card, 1, 1, &now);
    struct study_choice choices[FSRS_GRADES];
    study_choices(study, &now, choices);
    assert_int_equal(choices[FSRS_HARD - 1].days, 1);
    card = choices[FSRS_HARD - 1].card;
    struct study_time night = later(now, 7 * HOUR), morning = evening(1);
    morning.now = morning.day_begins + HOUR;
    assert_false(study_is_due(&card, &night));
    assert_int_equal(study_days_since(&card, &night), 0);
    assert_true(study_is_due(&card, &morning));
    assert_int_equal(study_days_since(&card, &morning), 1);
    struct study_time next = evening(9);
    assert_int_equal(study_days_since(&card, &next), 9);
    study_free(study);
}

static void what_is_not_known_comes_back_after_some_minutes(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card cards[] = {known(1, &now, -5, -3), known(2, &now, -5, -2), known(3, &now, -5, -1)};
    struct study *study = begin(cards, 3, 0, &now);
    study_grade(study, FSRS_AGAIN, &now);
    expect_asked(study, 1);
    expect_left(study, 2, 0, 1);
    struct study_time then = later(now, STUDY_AGAIN_MINUTES * MINUTE);
    study_grade(study, FSRS_GOOD, &then);
    expect_asked(study, 0);
    study_grade(study, FSRS_GOOD, &then);
    expect_asked(study, 2);
    study_grade(study, FSRS_AGAIN, &then);
    expect_asked(study, 2); /* nothing else is left to ask meanwhile */
    study_grade(study, FSRS_EASY, &then);
    expect_asked(study, SIZE_MAX);
    size_t count;
    assert_int_equal(study_cards(study, &count)[0].lapses, 1);
    assert_int_equal(study_cards(study, &count)[1].lapses, 0);
    struct study_summary summary = study_summary(study, &then);
    assert_int_equal(summary.grades[FSRS_AGAIN - 1], 2);
    assert_int_equal(summary.grades[FSRS_GOOD - 1], 2);
    assert_int_equal(summary.grades[FSRS_EASY - 1], 1);
    assert_int_equal(summary.cards, 3);
    assert_int_equal(summary.seconds, STUDY_AGAIN_MINUTES * MINUTE);
    study_free(study);
}

/* Forgetting is counted once, however often it takes to know it again. */
static void a_lapse_is_counted_once(void **state)
{
    (void)state;
    struct study_time now = evening(0), next = evening(1);
    struct study_card card = known(1, &now, -5, 0);
    struct study *study = begin(&card, 1, 0, &now);
    size_t count;
    study_grade(study, FSRS_AGAIN, &now);
    study_grade(study, FSRS_AGAIN, &now);
    card = study_cards(study, &count)[0];
    study_free(study);
    assert_true(study_is_due(&card, &next));
    study = begin(&card, 1, 0, &next);
    study_grade(study, FSRS_AGAIN, &next);
    assert_int_equal(study_cards(study, &count)[0].lapses, 1);
    study_free(study);
}

static void a_grade_does_what_its_choice_said(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_options options = study_usual_options();
    for (int fuzz = 0; fuzz <= 1; fuzz++)
        for (int grade = FSRS_AGAIN; grade <= FSRS_EASY; grade++) {
            struct study_card card = known(5, &now, -12, -1);
            struct study_choice choices[FSRS_GRADES];
            options.fuzz = fuzz;
            struct study *study = study_new(&options, &card, 1, &now);
            study_choices(study, &now, choices);
            const struct study_choice *choice = &choices[grade - 1];
            struct fsrs_memory memory = fsrs_review(&options.fsrs, &card.memory, 12, (enum fsrs_grade)grade);
            assert_true(choice->card.memory.stability == memory.stability);
            assert_int_equal(choice->card.reviews, 4);
            assert_int_equal(choice->days == 0, grade == FSRS_AGAIN);
            if (!fuzz && choice->days)
                assert_int_equal(choice->days, fsrs_interval(&options.fsrs, &memory));
            study_grade(study, (enum fsrs_grade)grade, &now);
            size_t count;
            const struct study_card *after = study_cards(study, &count);
            assert_int_equal(after->due, choice->card.due);
            assert_int_equal(after->reviewed, now.now);
            assert_true(after->memory.difficulty == choice->card.memory.difficulty);
            study_free(study);
        }
}

static void expect_same(const struct study_card *a, const struct study_card *b)
{
    assert_int_equal(a->article, b->article);
    assert_true(a->memory.stability == b->memory.stability && a->memory.difficulty == b->memory.difficulty);
    assert_int_equal(a->reviewed, b->reviewed);
    assert_int_equal(a->due, b->due);
    assert_int_equal(a->hidden_until, b->hidden_until);
    assert_int_equal(a->reviews, b->reviews);
    assert_int_equal(a->lapses, b->lapses);
}

static void undo_takes_grades_and_burials_back_one_by_one(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card cards[] = {known(1, &now, -5, -2), known(2, &now, -5, -1), {.article = 3}};
    struct study *study = begin(cards, 3, 1, &now);
    study_grade(study, FSRS_AGAIN, &now);
    study_bury(study, &now);
    study_grade(study, FSRS_GOOD, &now);
    expect_asked(study, 0);
    assert_int_equal(study_summary(study, &now).buried, 1);
    static const size_t places[] = {2, 1, 0};
    size_t count;
    for (size_t i = 0; i < 3; i++) {
        size_t place = places[i];
        assert_true(study_undo(study));
        expect_asked(study, place);
        expect_same(&study_cards(study, &count)[place], &cards[place]);
    }
    assert_false(study_undo(study));
    expect_left(study, 2, 1, 0);
    assert_int_equal(study_summary(study, &now).cards, 0);
    assert_int_equal(study_summary(study, &now).buried, 0);
    study_free(study);
}

/* Articles may have got other numbers meanwhile. */
static void undo_leaves_the_number_of_the_article(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card card = {.article = 3};
    struct study *study = begin(&card, 1, 1, &now);
    size_t count;
    study_grade(study, FSRS_GOOD, &now);
    study_cards(study, &count)[0].article = 8;
    assert_true(study_undo(study));
    assert_int_equal(study_cards(study, &count)[0].article, 8);
    study_free(study);
}

static void what_is_buried_is_asked_tomorrow(void **state)
{
    (void)state;
    struct study_time now = evening(0), next = evening(1);
    next.now = next.day_begins;
    struct study_card cards[] = {known(1, &now, -5, 0), {.article = 2}};
    struct study *study = begin(cards, 2, 2, &now);
    study_bury(study, &now);
    study_bury(study, &now);
    expect_asked(study, SIZE_MAX);
    size_t count;
    const struct study_card *after = study_cards(study, &count);
    struct study_time night = later(now, 7 * HOUR);
    assert_false(study_is_due(&after[0], &night));
    assert_true(study_is_due(&after[0], &next));
    assert_false(study_is_new(&after[1], &night));
    assert_true(study_is_new(&after[1], &next));
    study_free(study);
}

static void the_summary_says_what_is_due_next(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card cards[] = {known(1, &now, -5, 30), known(2, &now, -5, 2), {.article = 3}};
    struct study *study = begin(cards, 3, 0, &now);
    assert_int_equal(study_summary(study, &now).next_due, cards[1].due);
    study_free(study);
    study = begin(&cards[2], 1, 1, &now);
    assert_int_equal(study_summary(study, &now).next_due, 0);
    study_bury(study, &now);
    assert_int_equal(study_summary(study, &now).next_due, now.day_begins + STUDY_DAY);
    assert_true(study_undo(study));
    study_grade(study, FSRS_GOOD, &now);
    assert_int_equal(study_summary(study, &now).next_due, now.day_begins + 2 * STUDY_DAY + STUDY_DAY / 2);
    study_free(study);
}

static void what_has_gone_is_asked_no_more(void **state)
{
    (void)state;
    struct study_time now = evening(0);
    struct study_card cards[] = {known(1, &now, -5, -2), known(2, &now, -5, -1), {.article = 3}};
    struct study *study = begin(cards, 3, 1, &now);
    study_grade(study, FSRS_GOOD, &now);
    study_drop(study, 2, &now);
    expect_asked(study, 2);
    expect_left(study, 0, 1, 0);
    study_drop(study, 1, &now);
    expect_asked(study, 2);
    assert_false(study_undo(study));
    study_drop(study, 3, &now);
    expect_asked(study, SIZE_MAX);
    study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_due_comes_before_what_is_new),
        cmocka_unit_test(new_cards_are_limited),
        cmocka_unit_test(days_end_in_the_small_hours),
        cmocka_unit_test(what_is_not_known_comes_back_after_some_minutes),
        cmocka_unit_test(a_lapse_is_counted_once),
        cmocka_unit_test(a_grade_does_what_its_choice_said),
        cmocka_unit_test(undo_takes_grades_and_burials_back_one_by_one),
        cmocka_unit_test(undo_leaves_the_number_of_the_article),
        cmocka_unit_test(what_is_buried_is_asked_tomorrow),
        cmocka_unit_test(the_summary_says_what_is_due_next),
        cmocka_unit_test(what_has_gone_is_asked_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
