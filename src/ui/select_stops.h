/*
 * select_stops: the places of a line where the caret may stand.
 */
#ifndef UI_SELECT_STOPS_H
#define UI_SELECT_STOPS_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/layout.h"

enum select_step { SELECT_GLYPH, SELECT_WORD, SELECT_WORD_END };

/* A glyph of the text. */
struct select_stop {
    size_t column;
    uint8_t width;
    bool begins, ends; /* a word, or a run of other signs */
};

struct select_stops {
    struct select_stop *at; /* from left to right */
    size_t count, capacity;
};

struct select_stops select_stops(const struct layout_line *line, enum text_charset charset);
void select_stops_free(struct select_stops *stops);

/* The number of the last one that begins at or before a column; 0 if none does. */
size_t select_stop_at(const struct select_stops *stops, size_t column);

#endif
