/*
 * input: bytes of the terminal to keys. Function keys come from its terminfo entry, and where that does not know them from
 * the sequences that nearly all terminals send; an unknown sequence is swallowed whole, never typed as letters.
 */
#ifndef LECTERN_TERM_INPUT_H
#define LECTERN_TERM_INPUT_H

#include <wchar.h>

#include "lectern/term.h"

struct input {
    mbstate_t character; /* a character whose last bytes have not come yet */
    key modifiers;       /* of that character */
    key named;           /* of the last SCREEN_NAMED */
    int pushed_back;     /* a byte read too far, or SCREEN_NOTHING */
    unsigned long taken; /* bytes and keys read so far */
    struct buf paste;
};

void input_open(struct input *input);
void input_close(struct input *input);

/* Reads what is there, without waiting for more than the rest of a sequence. False if there is no whole key. */
bool input_next(struct input *input, struct term_event *event);

#endif
