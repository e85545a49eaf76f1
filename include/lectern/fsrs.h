/*
 * fsrs: when something that was learnt should be asked again.
 *
 * This is FSRS-6, the Free Spaced Repetition Scheduler of Jarrett Ye and others (open-spaced-repetition). Its formulas are
 * published in "The Algorithm", the wiki of the project fsrs4anki, and its default parameters there and in the projects
 * py-fsrs, ts-fsrs and fsrs-rs, whose published values the tests compare with. What is known of a memory is its stability,
 * the days after which it is recalled with a probability of 90 %, and its difficulty, from 1 to 10. Pure functions; days are
 * whole days that have passed, 0 for another review of the same day.
 */
#ifndef LECTERN_FSRS_H
#define LECTERN_FSRS_H

#include <stdbool.h>

#include "lectern/err.h"
#include "lectern/str.h"

enum fsrs_grade { FSRS_AGAIN = 1, FSRS_HARD, FSRS_GOOD, FSRS_EASY };
#define FSRS_GRADES 4

#define FSRS_WEIGHTS          21
#define FSRS_RETENTION        0.9
#define FSRS_RETENTION_LEAST  0.7
#define FSRS_RETENTION_MOST   0.99
#define FSRS_LONGEST_INTERVAL 36500 /* days */

struct fsrs {
    double weights[FSRS_WEIGHTS]; /* the published w0 to w20 */
    double retention;             /* the probability of recall at which a card is due */
};

/* Zero means that nothing was asked yet. Values out of their range are taken as the nearest that is in it. */
struct fsrs_memory {
    double stability; /* days */
    double difficulty;
};

/* The published parameters, and a retention of 90 %. */
struct fsrs fsrs_usual(void);

/* Takes the weights from text: 21 decimal numbers, or the 19 of FSRS-5, between spaces or commas, each in the range that the
 * optimisers keep to. Returns -1 with ERR_USAGE, `fsrs` as it was, for what is none of these. */
int fsrs_read_weights(struct fsrs *fsrs, struct str text, struct err *err);

/* Likewise the retention: a number from 0.7 to 0.99. */
int fsrs_read_retention(struct fsrs *fsrs, struct str text, struct err *err);

/* What is known after a review with that grade, `days` after the one before. */
struct fsrs_memory fsrs_review(const struct fsrs *fsrs, const struct fsrs_memory *before, unsigned days,
                               enum fsrs_grade grade);

/* The probability of recall after so many days; 0 for what was not asked yet. */
double fsrs_retrievability(const struct fsrs *fsrs, const struct fsrs_memory *memory, unsigned days);

/* Days until the probability of recall has fallen to the retention: from 1 to FSRS_LONGEST_INTERVAL. */
unsigned fsrs_interval(const struct fsrs *fsrs, const struct fsrs_memory *memory);

/* An interval near that one, so that cards learnt together do not stay together: `chance` from 0 to below 1 chooses it in
 * the published range, which is a few per cent wide. Intervals of up to two days stay as they are. */
unsigned fsrs_fuzz(unsigned interval, double chance);

#endif
