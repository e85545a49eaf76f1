/*
 * study: a session of cards that are asked, graded and scheduled.
 *
 * A card is an article: its question is asked, its text is the answer. The session decides what is asked next: first cards
 * that are due, the longest overdue one before the others, then new ones up to a limit, in the order they were given. A card
 * graded `again` comes back after some minutes, or at once when nothing else is left. Nothing here reads a clock or a file:
 * the time is a parameter, and who keeps the cards writes down what has changed. Times are in seconds since 1970.
 */
#ifndef LECTERN_STUDY_H
#define LECTERN_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/fsrs.h"

#define STUDY_AGAIN_MINUTES 10
#define STUDY_NEW           20 /* usual limit of new cards in a session */
#define STUDY_MOST_NEW      10000
#define STUDY_DAY           ((int64_t)24 * 60 * 60)

/* A day of studying begins in the small hours of the reader's clock, so that an evening may last past midnight. */
struct study_time {
    int64_t now;
    int64_t day_begins; /* that of `now` */
};

struct study_card {
    uint32_t article;          /* its number; study neither reads nor changes it */
    struct fsrs_memory memory; /* zero: it is new */
    int64_t reviewed, due;     /* 0 for a new one */
    int64_t hidden_until;      /* buried; or 0 */
    uint32_t reviews, lapses;  /* lapses: times it was known and then forgotten */
};

/* Whether it is to be asked today, and whether it was never asked; neither while it is buried. */
bool study_is_due(const struct study_card *card, const struct study_time *time);
bool study_is_new(const struct study_card *card, const struct study_time *time);

/* Days of studying since the last review: 0 on the same day. */
unsigned study_days_since(const struct study_card *card, const struct study_time *time);

struct study_options {
    struct fsrs fsrs;
    size_t new_cards; /* in a session, at most */
    bool fuzz;        /* intervals vary a little */
};
struct study_options study_usual_options(void);

struct study;

/* Of those cards, which are copied. May be empty of anything to ask: then there is no current card. */
struct study *study_new(const struct study_options *options, const struct study_card *cards, size_t count,
                        const struct study_time *time);
void study_free(struct study *study); /* NULL is allowed */

/* All its cards, in the order given; their article numbers may be changed. */
struct study_card *study_cards(struct study *study, size_t *count);

/* The card that is asked, by its place among them; SIZE_MAX when the session is over. It stays until it is graded or buried. */
size_t study_current(const struct study *study);

/* How many are still to come, the current one among them. */
struct study_left {
    size_t due, fresh, again;
};
struct study_left study_left(const struct study *study);

/* What each grade would lead to, by grade - 1; all zero when there is no current card. */
struct study_choice {
    struct study_card card; /* as it would be */
    unsigned days;          /* until it is asked again; 0: STUDY_AGAIN_MINUTES */
};
void study_choices(const struct study *study, const struct study_time *time,
                   struct study_choice choices[FSRS_GRADES]);

/* Go on to the next card. Without a current one they do nothing. */
void study_grade(struct study *study, enum fsrs_grade grade, const struct study_time *time);
void study_bury(struct study *study, const struct study_time *time); /* until tomorrow */

/* Cards with that number are asked no more: their articles have gone. */
void study_drop(struct study *study, uint32_t article, const struct study_time *time);

/* Takes the last grade or burial back: that card is as it was before, and is the current one. False if there is none. */
bool study_undo(struct study *study);

struct study_summary {
    size_t grades[FSRS_GRADES];
    size_t cards; /* that were graded, each once */
    size_t buried;
    int64_t seconds;  /* since the session began */
    int64_t next_due; /* of its cards, after today, what is buried included; 0: none */
};
struct study_summary study_summary(const struct study *study, const struct study_time *time);

#endif
