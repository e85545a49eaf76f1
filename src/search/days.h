/*
 * days: dates as the numbers that a query compares.
 */
#ifndef LECTERN_SEARCH_DAYS_H
#define LECTERN_SEARCH_DAYS_H

#include "lectern/str.h"

/* What begins with YYYY-MM-DD as a number; 0 for anything else. */
static inline uint32_t day_of(struct str date)
{
    uint32_t day = 0;
    for (size_t i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (i >= date.len || (dash ? date.at[i] != '-' : date.at[i] < '0' || date.at[i] > '9'))
            return 0;
        if (!dash)
            day = day * 10 + (uint32_t)(date.at[i] - '0');
    }
    return day;
}

#endif
