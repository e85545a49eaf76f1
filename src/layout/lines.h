/*
 * lines: where the lines of a paragraph end.
 *
 * Of all ways to break it that need the fewest lines, the one is taken in which the squares of the cells that stay blank at
 * the lines' ends, without the last one's, have the least sum (Knuth and Plass, "Breaking Paragraphs into Lines", 1981,
 * for text that is not stretched). Takes time in proportion to the words times those of a line, and mostly to a part of these.
 */
#ifndef LECTERN_LAYOUT_LINES_H
#define LECTERN_LAYOUT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lines_word {
    uint32_t space, width; /* cells before it, unless it begins a line; its own */
    uint32_t at;           /* cells from the beginning of the first word, if all were on one line */
    bool begins;           /* a line: the result */
    uint32_t next;         /* the word that begins the line behind, if this one begins a line */
    uint64_t cost;         /* of the lines from this word on, if it begins one */
};

/* The first line has `used` cells already, of `room`. No word is wider than `room`. */
void lines_choose(struct lines_word *words, size_t count, size_t used, size_t room);

#endif
