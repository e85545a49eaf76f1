/*
 * printout: an article from its title to its keywords as the reader sets it, for a stream instead of a screen.
 *
 * Folds are open, and code and tables that are wider than the column are broken, because nothing can be scrolled.
 */
#ifndef LECTERN_PRINTOUT_H
#define LECTERN_PRINTOUT_H

#include "lectern/layout.h"
#include "lectern/library.h"

struct printout {
    struct library *library;
    struct catalogue *catalogue; /* of that library */
    uint32_t target;             /* an article, or one that is missing, of which is told what is known */
    size_t width;                /* at least 1 */
    enum text_charset charset;
    bool source;  /* the file's text instead, wrapped */
    bool justify; /* as in layout_options */
    void *context;
    /* Each line, from the first to the last; valid during the call. No line is wider than the width. */
    void (*line)(void *context, const struct layout_line *line);
};

/* -1 if the article's file cannot be read: nothing has been printed then. */
int printout_run(const struct printout *printout, struct err *err);

#endif
