/*
 * topic_month: year and month of a date, however it is written.
 */
#ifndef LECTERN_LIBRARY_TOPIC_MONTH_H
#define LECTERN_LIBRARY_TOPIC_MONTH_H

#include "lectern/str.h"

struct topic_month {
    unsigned year;  /* 1000 to 9999, or 0: it is no date */
    unsigned month; /* 1 to 12, or 0: only the year is known */
};

/* "2024-12-18", "2024-12-18T08:00:00Z", "20241218", "2024/12", "2024", "Dec 18, 2024", "18 December 2024",
 * "12/18/2024". Where day and month cannot be told apart ("3/4/2024") only the year is known. */
struct topic_month topic_month_parse(struct str date);

/* "January" for 1. */
const char *topic_month_name(unsigned month);

#endif
