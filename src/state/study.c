#include "lectern/study.h"

#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"
#include "lectern/str.h"

#define AGAIN_SECONDS ((int64_t)STUDY_AGAIN_MINUTES * 60)

enum standing { ASIDE, DUE, FRESH, AGAIN, GRADED, BURIED, GONE };

/* What undo brings back. */
struct step {
    size_t place;
    struct study_card card;
    enum standing standing;
    enum fsrs_grade grade; /* 0: it was buried */
};

struct study {
    struct study_options options;
    struct study_card *cards;
    enum standing *standings;
    size_t count;
    size_t *order; /* places of the cards that are asked */
    size_t ordered;
    size_t current;
    struct step *steps;
    size_t step_count, step_capacity;
    int64_t began;
};

static int64_t tomorrow(const struct study_time *time)
{
    return time->day_begins + STUDY_DAY;
}

static bool was_asked(const struct study_card *card)
{
    return card->reviews > 0;
}

bool study_is_due(const struct study_card *card, const struct study_time *time)
{
    return was_asked(card) && card->hidden_until <= time->now && card->due < tomorrow(time);
}

bool study_is_new(const struct study_card *card, const struct study_time *time)
{
    return !was_asked(card) && card->hidden_until <= time->now;
}

unsigned study_days_since(const struct study_card *card, const struct study_time *time)
{
    if (!was_asked(card) || card->reviewed >= time->day_begins)
        return 0;
    int64_t days = 1 + (time->day_begins - 1 - card->reviewed) / STUDY_DAY;
    return days < FSRS_LONGEST_INTERVAL ? (unsigned)days : FSRS_LONGEST_INTERVAL;
}

struct study_options study_usual_options(void)
{
    return (struct study_options){.fsrs = fsrs_usual(), .new_cards = STUDY_NEW};
}

/* The same for a card as long as it is not graded, so that what is shown is what will be. */
static double chance_of(const struct study_card *card)
{
    uint64_t seed = (uint64_t)card->reviewed ^ ((uint64_t)card->article << 32) ^ card->reviews;
    return (double)(str_hash((struct str){(const char *)&seed, sizeof seed}) >> 11) / (double)(1ULL << 53);
}

/* A day's cards are due all day: the middle of it stays on that day when clocks are changed. */
static int64_t due_in(unsigned days, const struct study_time *time)
{
    return time->day_begins + (int64_t)days * STUDY_DAY + STUDY_DAY / 2;
}

static struct study_choice choose(const struct study *study, const struct study_card *card,
                                  enum fsrs_grade grade, const struct study_time *time)
{
    const struct fsrs *fsrs = &study->options.fsrs;
    struct study_choice choice = {.card = *card};
    choice.card.memory = fsrs_review(fsrs, &card->memory, study_days_since(card, time), grade);
    choice.card.reviewed = time->now;
    choice.card.reviews++;
    choice.card.hidden_until = 0;
    if (grade == FSRS_AGAIN) {
        choice.card.due = time->now + AGAIN_SECONDS;
        choice.card.lapses += was_asked(card) && card->due - card->reviewed > AGAIN_SECONDS;
        return choice;
    }
    choice.days = fsrs_interval(fsrs, &choice.card.memory);
    if (study->options.fuzz)
        choice.days = fsrs_fuzz(choice.days, chance_of(card));
    choice.card.due = due_in(choice.days, time);
    return choice;
}

/* Among those of a standing that are due by then: the one that was due first, else the first in order. */
static size_t first_of(const struct study *study, enum standing standing, int64_t by)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < study->ordered; i++) {
        size_t place = study->order[i];
        const struct study_card *card = &study->cards[place];
        if (study->standings[place] != standing || card->due > by)
            continue;
        if (found == SIZE_MAX || card->due < study->cards[found].due)
            found = place;
    }
    return found;
}

static void go_on(struct study *study, int64_t now)
{
    study->current = first_of(study, AGAIN, now);
    if (study->current == SIZE_MAX)
        study->current = first_of(study, DUE, INT64_MAX);
    if (study->current == SIZE_MAX)
        study->current = first_of(study, FRESH, INT64_MAX);
    if (study->current == SIZE_MAX)
        study->current = first_of(study, AGAIN, INT64_MAX);
}

struct study *study_new(const struct study_options *options, const struct study_card *cards, size_t count,
                        const struct study_time *time)
{
    struct study *study = mem_calloc(1, sizeof *study);
    size_t fresh = 0;
    study->options = *options;
    study->began = time->now;
    study->count = count;
    study->cards = mem_calloc(count, sizeof *study->cards);
    study->standings = mem_calloc(count, sizeof *study->standings);
    study->order = mem_calloc(count, sizeof *study->order);
    if (count)
        memcpy(study->cards, cards, count * sizeof *cards);
    for (size_t i = 0; i < count; i++) {
        if (study_is_due(&cards[i], time))
            study->standings[i] = DUE;
        else if (study_is_new(&cards[i], time) && fresh++ < options->new_cards)
            study->standings[i] = FRESH;
        if (study->standings[i] != ASIDE)
            study->order[study->ordered++] = i;
    }
    go_on(study, time->now);
    return study;
}

void study_free(struct study *study)
{
    if (!study)
        return;
    mem_free(study->cards);
    mem_free(study->standings);
    mem_free(study->order);
    mem_free(study->steps);
    mem_free(study);
}

struct study_card *study_cards(struct study *study, size_t *count)
{
    *count = study->count;
    return study->cards;
}

size_t study_current(const struct study *study)
{
    return study->current;
}

struct study_left study_left(const struct study *study)
{
    struct study_left left = {0};
    for (size_t i = 0; i < study->ordered; i++) {
        enum standing standing = study->standings[study->order[i]];
        left.due += standing == DUE;
        left.fresh += standing == FRESH;
        left.again += standing == AGAIN;
    }
    return left;
}

void study_choices(const struct study *study, const struct study_time *time,
                   struct study_choice choices[FSRS_GRADES])
{
    memset(choices, 0, FSRS_GRADES * sizeof *choices);
    if (study->current == SIZE_MAX)
        return;
    for (int grade = FSRS_AGAIN; grade <= FSRS_EASY; grade++)
        choices[grade - 1] = choose(study, &study->cards[study->current], (enum fsrs_grade)grade, time);
}

/* Remembers the current card as it is, and puts it where it belongs from now on. */
static struct study_card *leave(struct study *study, enum fsrs_grade grade, enum standing standing)
{
    size_t place = study->current;
    study->steps = mem_grow(study->steps, study->step_count, &study->step_capacity, sizeof *study->steps);
    study->steps[study->step_count++] =
        (struct step){place, study->cards[place], study->standings[place], grade};
    study->standings[place] = standing;
    return &study->cards[place];
}

void study_grade(struct study *study, enum fsrs_grade grade, const struct study_time *time)
{
    if (study->current == SIZE_MAX)
        return;
    struct study_card *card = leave(study, grade, grade == FSRS_AGAIN ? AGAIN : GRADED);
    *card = choose(study, card, grade, time).card;
    go_on(study, time->now);
}

void study_bury(struct study *study, const struct study_time *time)
{
    if (study->current == SIZE_MAX)
        return;
    leave(study, 0, BURIED)->hidden_until = tomorrow(time);
    go_on(study, time->now);
}

void study_drop(struct study *study, uint32_t article, const struct study_time *time)
{
    for (size_t i = 0; i < study->count; i++)
        if (study->cards[i].article == article)
            study->standings[i] = GONE;
    if (study->current != SIZE_MAX && study->standings[study->current] == GONE)
        go_on(study, time->now);
}

bool study_undo(struct study *study)
{
    while (study->step_count && study->standings[study->steps[study->step_count - 1].place] == GONE)
        study->step_count--;
    if (!study->step_count)
        return false;
    const struct step *step = &study->steps[--study->step_count];
    uint32_t article = study->cards[step->place].article;
    study->cards[step->place] = step->card;
    study->cards[step->place].article = article;
    study->standings[step->place] = step->standing;
    study->current = step->place;
    return true;
}

static bool graded_before(const struct study *study, size_t step)
{
    for (size_t i = 0; i < step; i++)
        if (study->steps[i].grade && study->steps[i].place == study->steps[step].place)
            return true;
    return false;
}

struct study_summary study_summary(const struct study *study, const struct study_time *time)
{
    struct study_summary summary = {.seconds = time->now - study->began};
    for (size_t i = 0; i < study->step_count; i++) {
        if (!study->steps[i].grade) {
            summary.buried++;
            continue;
        }
        summary.grades[study->steps[i].grade - 1]++;
        summary.cards += !graded_before(study, i);
    }
    for (size_t i = 0; i < study->count; i++) {
        const struct study_card *card = &study->cards[i];
        int64_t due = card->due > card->hidden_until ? card->due : card->hidden_until;
        if (due >= tomorrow(time) && (!summary.next_due || due < summary.next_due))
            summary.next_due = due;
    }
    return summary;
}
