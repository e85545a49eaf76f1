/*
 * options: the program's own options, from one table (src/config/options.def) that also makes the help.
 */
#ifndef LECTERN_OPTIONS_H
#define LECTERN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/err.h"
#include "lectern/str.h"

/* `struct options o = {0};` is what holds without any option. The paths are the arguments' own strings. */
struct options {
    const char **libraries; /* of -l, then what options_add_library() adds */
    size_t library_count, library_capacity;
    size_t width; /* 0: not given */
    bool fresh, ascii, no_colour, help, version;
    const char *copy_command; /* a program and its arguments, with spaces between them; NULL: not given */
    struct options_study {
        const char *cards, *retention, *parameters; /* as given; NULL: not given */
        bool fuzz;
    } study;
    bool ended; /* by "--": what follows are words, whatever they look like */
};

/*
 * Takes the options that begin at argument `*at` (1 for the first), up to the next word that is none; `*at` then is the
 * number of that word, or argc. Short options may be joined ("-l." or "-Vh"), long ones take "--name value" and
 * "--name=value"; "-" alone is a word. Returns -1 with ERR_USAGE for what is no option.
 */
int options_parse(struct options *options, int argc, char **argv, int *at, struct err *err);
/* The number of cells that --width takes, also for subcommands with such an option of their own. */
int options_width(const char *value, size_t *width, struct err *err);

void options_add_library(struct options *options, const char *path);
void options_free(struct options *options);

/* Appends one line for each option. */
void options_help(struct buf *out);

#endif
