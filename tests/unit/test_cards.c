#include "kept_state.h"
#include "lectern/cards.h"

#define DAY 86400

struct seen {
    size_t count;
    struct study_card card; /* of the last one */
};

static bool see(void *context, const struct state_key *key, const struct study_card *card)
{
    struct seen *seen = context;
    assert_true(str_eq(key->id, STR("a")) || seen->count);
    seen->count++;
    seen->card = *card;
    return true;
}

static struct seen look(struct state *kept)
{
    struct seen seen = {0};
    struct err err;
    assert_int_equal(cards_each(kept, see, &seen, &err), 0);
    return seen;
}

static void assert_card(const struct study_card *card, const struct study_card *wanted)
{
    assert_true(card->memory.stability == wanted->memory.stability);
    assert_true(card->memory.difficulty == wanted->memory.difficulty);
    assert_int_equal(card->reviewed, wanted->reviewed);
    assert_int_equal(card->due, wanted->due);
    assert_int_equal(card->hidden_until, wanted->hidden_until);
    assert_int_equal(card->reviews, wanted->reviews);
    assert_int_equal(card->lapses, wanted->lapses);
}

static const struct study_card first = {
    .memory = {2.3065, 2.118}, .reviewed = 1000, .due = 3000, .reviews = 1};
static const struct study_card second = {
    .memory = {0.1, 8.25}, .reviewed = 5000, .due = 5600, .reviews = 2, .lapses = 1};

static size_t asked_before(struct state *kept, int64_t end)
{
    struct cards_recall span;
    cards_recall(kept, end, end, &span, 1);
    return span.asked;
}

static void a_review_keeps_the_card(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    int64_t article = article_of(kept, "a");
    assert_int_equal(look(kept).count, 0);
    assert_true(cards_add_review(kept, article, &first, &(struct cards_review){1000, FSRS_GOOD, 0}, &err) >
                0);
    assert_true(cards_add_review(kept, article, &second, &(struct cards_review){5000, FSRS_AGAIN, 2}, &err) >
                0);
    state_close(kept);
    kept = state_opened(*state);
    struct seen seen = look(kept);
    assert_int_equal(seen.count, 1);
    assert_card(&seen.card, &second);
    state_close(kept);
}

static void undo_takes_the_review_with_it(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    int64_t article = article_of(kept, "a");
    int64_t one = cards_add_review(kept, article, &first, &(struct cards_review){1000, FSRS_GOOD, 1}, &err);
    int64_t two = cards_add_review(kept, article, &second, &(struct cards_review){5000, FSRS_AGAIN, 2}, &err);
    assert_int_equal(asked_before(kept, 6000), 2);
    assert_int_equal(cards_undo(kept, article, two, &first, &err), 0);
    struct seen seen = look(kept);
    assert_card(&seen.card, &first);
    assert_int_equal(asked_before(kept, 6000), 1);
    assert_int_equal(cards_undo(kept, article, one, &(struct study_card){0}, &err), 0);
    assert_int_equal(look(kept).count, 0);
    assert_int_equal(asked_before(kept, 6000), 0);
    state_close(kept);
}

static void a_buried_card_is_kept_and_taken_back(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    int64_t article = article_of(kept, "a");
    struct study_card buried = {.hidden_until = 9000};
    assert_int_equal(cards_put(kept, article, &buried, &err), 0);
    struct seen seen = look(kept);
    assert_card(&seen.card, &buried);
    assert_int_equal(cards_undo(kept, article, 0, &(struct study_card){0}, &err), 0);
    assert_int_equal(look(kept).count, 0);
    state_close(kept);
}

/* Of reviews of the same day it says nothing. */
static void recall_counts_what_an_earlier_day_had_scheduled(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    static const struct cards_review reviews[] = {
        {10 * DAY, FSRS_GOOD, 0}, {11 * DAY, FSRS_GOOD, 1}, {12 * DAY, FSRS_AGAIN, 1},
        {12 * DAY, FSRS_GOOD, 0}, {13 * DAY, FSRS_HARD, 1}, {14 * DAY, FSRS_EASY, 1},
    };
    int64_t article = article_of(kept, "a");
    for (size_t i = 0; i < sizeof reviews / sizeof *reviews; i++)
        assert_true(cards_add_review(kept, article, &first, &reviews[i], &err) > 0);
    struct cards_recall spans[3];
    cards_recall(kept, 14 * DAY, 2 * DAY, spans, 3);
    assert_int_equal(spans[0].asked, 2);
    assert_int_equal(spans[0].known, 1);
    assert_int_equal(spans[1].asked, 1);
    assert_int_equal(spans[1].known, 1);
    assert_int_equal(spans[2].asked, 0);
    cards_recall(kept, 30 * DAY, DAY, spans, 1);
    assert_int_equal(spans[0].asked, 0);
    state_close(kept);
}

static void nothing_is_kept_of_an_article_that_is_not_known(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    assert_int_equal(cards_add_review(kept, 99, &first, &(struct cards_review){1000, FSRS_GOOD, 1}, &err), 0);
    assert_true(err.kind != ERR_NONE);
    assert_int_equal(cards_put(kept, 99, &first, &err), -1);
    assert_int_equal(look(kept).count, 0);
    assert_int_equal(asked_before(kept, 6000), 0);
    state_close(kept);
}

static bool see_one(void *context, const struct state_key *key, const struct study_card *card)
{
    see(context, key, card);
    return false;
}

static void looking_ends_when_enough_was_seen(void **state)
{
    struct state *kept = state_opened(*state);
    struct err err;
    struct seen seen = {0};
    assert_int_equal(cards_put(kept, article_of(kept, "a"), &first, &err), 0);
    assert_int_equal(cards_put(kept, article_of(kept, "b"), &first, &err), 0);
    assert_int_equal(look(kept).count, 2);
    assert_int_equal(cards_each(kept, see_one, &seen, &err), 0);
    assert_int_equal(seen.count, 1);
    state_close(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_review_keeps_the_card, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(undo_takes_the_review_with_it, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_buried_card_is_kept_and_taken_back, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(recall_counts_what_an_earlier_day_had_scheduled, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(nothing_is_kept_of_an_article_that_is_not_known, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(looking_ends_when_enough_was_seen, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
