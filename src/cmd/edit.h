/*
 * edit: a text in the reader's own editor.
 */
#ifndef LECTERN_CMD_EDIT_H
#define LECTERN_CMD_EDIT_H

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/term.h"

/* A text in a file of its own, which nobody else can read. */
struct edit {
    struct buf folder, file;
    bool keep; /* when it is over: what is in it is nowhere else */
};

/* Lets the reader edit a text with the `editor` (NULL: that of VISUAL or EDITOR, or vi), as `*edited` in the arena. -1, with the error, if there is no editor, or it fails: then the text
 * counts as it was. */
int edit_text(struct edit *edit, struct term *term, const char *editor, struct str text, struct arena *arena,
              struct str *edited, struct err *err);
/* Frees it; and removes the file, unless it is to be kept. */
void edit_end(struct edit *edit);

#endif
