/*
 * app: a reading session without a terminal.
 *
 * Keys go in, a grid of cells comes out. The library is read and searched on worker threads whose results are taken in
 * by app_wake(); all else happens on the caller's thread. Whole sessions are tested through this header.
 */
#ifndef LECTERN_APP_H
#define LECTERN_APP_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/grid.h"
#include "lectern/key.h"
#include "lectern/keymap.h"
#include "lectern/library.h"
#include "lectern/state.h"
#include "lectern/study.h"

struct app;

struct app_options {
    enum text_charset charset;
    size_t column_width;               /* cells of the article's column; 0: the usual 80 */
    bool justifies;                    /* its text has an even right edge */
    unsigned threads;                  /* for reading the library; 0: one a core */
    const char *index_folder;          /* where the library's index file is kept; NULL: none is */
    bool watch;                        /* follow changes of the library while it is open */
    bool writes;                       /* files that the reader names; else none is */
    const struct study_options *study; /* must live as long as the app; NULL: the usual ones */
    const struct keymap *keymap;       /* must live as long as the app; NULL: the usual one */
    struct state *state;      /* what is the reader's own; must live as long; NULL: nothing is kept */
    bool fresh;               /* begin at the first article, not where the library was left */
    const struct err *notice; /* to be said at first; NULL or ERR_NONE: nothing */
    int64_t (*now)(void);     /* the time in seconds since 1970; NULL: the system's */
};

/* Starts to read the library, which stays the caller's and must live as long as the app. NULL with the error if there are
 * no threads or descriptors to be had for that. */
struct app *app_new(struct library *library, const struct app_options *options, struct err *err);
void app_free(struct app *app); /* cancels what is under way and waits for it; NULL is allowed */

enum app_request {
    APP_CONTINUE,
    APP_QUIT,
    APP_SUSPEND, /* stop the program, as C-z does */
    APP_REDRAW,  /* send the whole screen again */
    APP_COPY,    /* give app_text() to other programs, then call app_copied() or app_tell() */
    APP_EDIT,    /* let the reader edit the text of app_text(), then call app_take_text() */
};

void app_resize(struct app *app, size_t rows, size_t columns);
enum app_request app_key(struct app *app, key k);
/* The text that APP_COPY means, until the next key; or APP_EDIT, until app_take_text(), which saves what has become of it. False
 * if that fails: then the reader is told, and that the text stays in the file `place`. */
struct str app_text(const struct app *app);
void app_copied(struct app *app, const char *way); /* says what was copied, and by which way */
bool app_take_text(struct app *app, struct str text, const char *place);

/* Says to the reader what has gone wrong outside. */
void app_tell(struct app *app, const struct err *err);

void app_paste(struct app *app, struct str text); /* goes into the line being typed, if there is one */

/* Readable when results have come in: then call app_wake(). */
int app_wake_fd(const struct app *app);
void app_wake(struct app *app);

/* The reader has come back to the terminal: where changes are not told, they are looked for. It is of use to say so. */
void app_focus(struct app *app);
bool app_wants_focus(const struct app *app);

/* Blocks until the workers have nothing to do and their results are in. For tests. */
void app_settle(struct app *app);

/* True if the screen has changed since the last app_draw(). */
bool app_changed(const struct app *app);
void app_draw(struct app *app, struct grid *grid);

#endif
