/*
 * count: numbers as readers write them.
 */
#ifndef UI_COUNT_H
#define UI_COUNT_H

#include <stdint.h>

#include "lectern/str.h"

/* Appends "35,915". */
void count_add(struct buf *out, uint64_t count);

/* Appends "3 min", "1 h 20 min" or, from ten hours on, "140 h". */
void count_add_minutes(struct buf *out, unsigned minutes);

/* Appends "12 lines, 340 characters"; of one line only the characters, without those that end lines. */
void count_add_text(struct buf *out, struct str text);

#endif
