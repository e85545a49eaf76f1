/*
 * screen: ncurses. Cells go out, bytes and function keys come in.
 */
#ifndef LECTERN_TERM_SCREEN_H
#define LECTERN_TERM_SCREEN_H

#include <stdbool.h>

#include "lectern/grid.h"
#include "lectern/key.h"

struct screen;

/* NULL if ncurses cannot start. */
struct screen *screen_open(bool colour, bool italics);
void screen_close(struct screen *screen);

/* Gives the terminal back to others until the next screen_draw(). */
void screen_leave(void);

/* Larger sizes than a grid's are clamped. Forgets what is shown. */
void screen_resize(struct screen *screen, size_t rows, size_t columns);
void screen_size(size_t *rows, size_t *columns);
void screen_forget(struct screen *screen);
void screen_draw(struct screen *screen, const struct grid *grid);

#define SCREEN_NOTHING (-1)
#define SCREEN_NAMED   (-2)

/* A byte; or SCREEN_NAMED with a key of the terminal's entry (KEYS_NONE for one that has no name here); or
 * SCREEN_NOTHING if nothing is there. May wait for a part of SCREEN_ESCAPE_MS for the rest of a sequence. */
int screen_read(key *named);

/* The modifiers as xterm numbers them: 1 plus shift, alt and control as bits. */
key screen_modifiers(unsigned number);

#define SCREEN_ESCAPE_MS 25

#endif
