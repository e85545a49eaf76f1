/*
 * reading_order: the order in which questions stand everywhere.
 *
 * Ids of one course of study run in teaching order: numeric ids come first, by number, then other ids, then articles
 * without an id by the path of their first file.
 */
#ifndef LECTERN_LIBRARY_READING_ORDER_H
#define LECTERN_LIBRARY_READING_ORDER_H

#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"

/* All articles in reading order. */
uint32_t *reading_order(const struct catalogue *catalogue, struct arena *arena);

#endif
