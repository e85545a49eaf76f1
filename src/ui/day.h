/*
 * day: when the reader's day of studying begins, and how many days are said.
 */
#ifndef UI_DAY_H
#define UI_DAY_H

#include "lectern/arena.h"
#include "lectern/study.h"

/* The day in which that moment lies, by the clock of the reader's time zone. */
struct study_time day_of(int64_t now);

/* How long until a card is asked again: "10 min" for 0, "5 d", "2.5 mo", "1.2 y". */
struct str day_interval(struct arena *arena, unsigned days);

/* The date of a day of studying, so many after the present one, or before it: "Sat 28 Nov". */
struct str day_date(struct arena *arena, const struct study_time *time, int days);

/* When something was, as one says it now: "13:05", "yesterday 13:05", "Tue 13:05", "3 Nov", "2024-11-03"; without `clock` the first
 * three are days: "today". */
struct str day_past(struct arena *arena, int64_t when, int64_t now, bool clock);

/* When something is due: "today", "tomorrow", "in 5 days". */
struct str day_due(struct arena *arena, int64_t due, const struct study_time *time);

#endif
