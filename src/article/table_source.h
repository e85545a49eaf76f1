/*
 * table_source: the lines that a table was written as.
 */
#ifndef LECTERN_ARTICLE_TABLE_SOURCE_H
#define LECTERN_ARTICLE_TABLE_SOURCE_H

#include "lectern/arena.h"

/* The lines of a table of so many rows, the head among them, without what stands left of the table; a slice of the text if
 * nothing does, else in the arena. Text of its first rows stands at `offset`. Empty if no table is there. */
struct str table_source(struct arena *arena, struct str text, size_t offset, size_t rows);

#endif
