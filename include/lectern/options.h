/*
 * options: the program's own options, from one table (src/config/options.def) that also makes the help.
 *
 * Most of them are settings too, which a configuration file may hold (see lectern/config.h). What the command line says goes
 * before what the file says; so the command line is to be parsed first.
 */
#ifndef LECTERN_OPTIONS_H
#define LECTERN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"

enum option_kind {
    OPTION_ACT,    /* on the command line only, no setting */
    OPTION_SWITCH, /* --NAME and --no-NAME; in a file yes or no */
    OPTION_VALUE,
    OPTION_LIST, /* values add up */
};

struct option {
    const char *name;
    const char *argument; /* what its argument is called; NULL if it takes none */
    const char *usual;    /* what holds without it, as a setting; "": nothing; NULL: it is no setting */
    const char *help;
    enum option_kind kind;
    char letter; /* 0: none */
};

/* All of them, in the order of the help; NULL behind the last. */
const struct option *options_at(size_t number);

/* `struct options o = {0};` is what holds without any option. */
struct options {
    const char **libraries; /* of -l, then what options_add_library() adds; only else those of the file */
    size_t library_count, library_capacity;
    size_t width; /* 0: not given */
    bool justify, fresh, ascii, no_colour, no_config, print_config, help, version;
    const char *copy_command,
        *editor; /* a program and its arguments, with spaces between them; NULL: not given */
    struct options_study {
        const char *cards, *retention, *parameters; /* as given; NULL: not given */
        bool fuzz;
    } study;
    const char *config;         /* the path of the file; NULL: not given */
    bool ended;                 /* by "--": what follows are words, whatever they look like */
    unsigned long given, filed; /* what the command line, and what the file has said; a bit each */
    struct arena arena;         /* of what the file has said */
};

/* What one subcommand has beside them. `values` has an element for each: its argument, "" if it takes none, NULL if it is not
 * given; the last one that is given stands. */
struct options_own {
    const struct option *table;
    size_t count;
    const char **values;
};

/*
 * Takes the options that begin at argument `*at` (1 for the first), up to the next word that is none; `*at` then is the
 * number of that word, or argc. Short options may be joined ("-l." or "-Vh"), long ones take "--name value" and
 * "--name=value"; "-" alone is a word. `own` may be NULL. Returns -1 with ERR_USAGE for what is no option. Values are the
 * arguments' own strings.
 */
int options_parse(struct options *options, const struct options_own *own, int argc, char **argv, int *at,
                  struct err *err);

void options_add_library(struct options *options, const char *path);

/*
 * Takes a setting as it stands in a configuration file. What the command line has said stays. Returns -1, nothing changed, with
 * ERR_NOT_FOUND if there is none of that name (the error names one that is like it, if there is), with ERR_USAGE if the value is
 * none for it, or the file has said it before and it is no list. The error is never NULL. An empty value stands for nothing.
 */
int options_set(struct options *options, struct str name, struct str value, struct err *err);

/* Appends all settings as a configuration file: what each is, and below it the line that says so, which is a comment if it is
 * what is usual. */
void options_print(const struct options *options, struct buf *out);

void options_free(struct options *options);

/* Appends one line for each option; for those of a table, or of the program if it is NULL. */
void options_help(const struct option *table, size_t count, struct buf *out);

#endif
