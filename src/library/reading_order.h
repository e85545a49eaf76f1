/*
 * reading_order: the order in which questions stand everywhere.
 *
 * Ids of one course of study run in teaching order: numeric ids come first, by number, then other ids, then articles
 * without an id by the path of their first file.
 */
#ifndef LECTERN_LIBRARY_READING_ORDER_H
#define LECTERN_LIBRARY_READING_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"

enum reading_place { READING_NUMBER, READING_ID, READING_PATH };

struct reading_key {
    enum reading_place place;
    uint32_t article;
    uint64_t number;
    uint32_t root;
    struct str text;
};

struct reading_key reading_key_of(const struct catalogue *catalogue, uint32_t article);

/* 0 for articles that nothing tells apart: those with the same id, which stand in the order of their first files. */
int reading_compare(const struct reading_key *a, const struct reading_key *b);

/* Brings articles into reading order. */
void reading_sort(const struct catalogue *catalogue, uint32_t *articles, size_t count);

/* All articles in reading order. */
uint32_t *reading_order(const struct catalogue *catalogue, struct arena *arena);

#endif
