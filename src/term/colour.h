/*
 * colour: how each style looks. The only place where colours are chosen.
 *
 * The terminal's own foreground and background stay, and every colour is of middle lightness, so that it reads on dark
 * and on light backgrounds. Without colours every style is told by attributes.
 */
#ifndef LECTERN_TERM_COLOUR_H
#define LECTERN_TERM_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/style.h"

enum colour_depth { COLOUR_NONE, COLOUR_8, COLOUR_16, COLOUR_256, COLOUR_DEPTHS };

#define COLOUR_DEFAULT (-1)

enum look_attribute {
    LOOK_BOLD = 1,
    LOOK_DIM = 2,
    LOOK_ITALIC = 4, /* underlined where the terminal has no italics */
    LOOK_UNDERLINE = 8,
    LOOK_REVERSE = 16,
};

struct look {
    int foreground, background; /* a colour's number, or COLOUR_DEFAULT */
    unsigned attributes;
};

/* The depth for a terminal of that many colours. */
enum colour_depth colour_depth(int colours);

/* False if the environment variable NO_COLOR asks for none. */
bool colour_wanted(void);

struct look colour_look(enum colour_depth depth, style style);

#endif
