/*
 * count: numbers as readers write them.
 */
#ifndef UI_COUNT_H
#define UI_COUNT_H

#include <stdint.h>

#include "lectern/str.h"

/* Appends "35,915". */
void count_add(struct buf *out, uint64_t count);

#endif
