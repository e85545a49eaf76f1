/*
 * clipboard: what a terminal is sent for a text to be copied (OSC 52 of xterm's control sequences).
 */
#ifndef LECTERN_TERM_CLIPBOARD_H
#define LECTERN_TERM_CLIPBOARD_H

#include "lectern/str.h"

/* Appends the sequence. The text is in Base64 (RFC 4648) there, whatever it holds. */
void clipboard_sequence(struct buf *out, struct str text);

#endif
