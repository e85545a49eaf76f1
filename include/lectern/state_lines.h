/*
 * state_lines: all that is in a state as lines of JSON, to be taken elsewhere, and brought back.
 *
 * What the lines say is described in lectern-export(5). What is brought back is joined with what is there: of two that
 * differ the one that was written later stands, nothing is taken away, and lines that are known already change nothing.
 */
#ifndef LECTERN_STATE_LINES_H
#define LECTERN_STATE_LINES_H

#include "lectern/state.h"
#include "lectern/text.h"

/* Of the lines that are written. What a later one means is not known. */
#define STATE_LINES_FORMAT 1

/* Calls for each line, without its end, until that returns false. All are of one moment. -1, with the error, if something
 * cannot be read; what was handed out then is not all. In TEXT_ASCII the lines have nothing above 0x7e. */
int state_export(struct state *state, enum text_charset charset, bool (*take)(void *context, struct str line),
                 void *context, struct err *err);

struct state_import;

/* Nobody else can write until state_import_end(). NULL, with the error, if somebody is writing now. */
struct state_import *state_import_begin(struct state *state, struct err *err);

enum state_line {
    STATE_LINE_NEW,    /* it has changed something */
    STATE_LINE_KNOWN,  /* it has not */
    STATE_LINE_BAD,    /* it means nothing, as `err` says with a column: the others can still be taken */
    STATE_LINE_FAILED, /* nothing more can be taken, as `err` says */
};
/* Any bytes will do; at most BOUND_LINE_BYTES of them. */
enum state_line state_import_line(struct state_import *import, struct str line, struct err *err);

/* Keeps all that was taken, or none of it. -1, with the error, if it could not be kept: then there is none of it. */
int state_import_end(struct state_import *import, bool keep, struct err *err);

#endif
