/*
 * cmd: the subcommands, one file each, and the reader, which is the command without a name. They print, and return the
 * program's exit status: 0 for success, 1 where a command says so, 2 for what could not be done.
 */
#ifndef LECTERN_CMD_H
#define LECTERN_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/err.h"
#include "lectern/keymap.h"
#include "lectern/str.h"
#include "lectern/study.h"
#include "lectern/text.h"

struct options;

struct cmd_context {
    const char *const *libraries; /* the paths of -l; for the reader all paths */
    size_t library_count;
    enum text_charset charset; /* of what is printed and shown */
    size_t width;              /* of the article's column; 0: the usual */
    bool justify;              /* its text has an even right edge */
    bool colour;
    const char *copy_command, *editor; /* as in struct options */
    bool fresh;                        /* of the reader: not where the library was left */
    struct study_options study;        /* of the reader */
    struct keymap *keymap;             /* likewise */
    struct err notice; /* the first thing that is wrong with the configuration file; or ERR_NONE */
};

struct command;
struct cmd_call; /* of a subcommand: the options and words that it was given */

/* NULL if there is no subcommand of that name. A word with a slash never is one. */
const struct command *cmd_find(struct str name);

/*
 * Takes all arguments of a subcommand, whose name is argv[0]: its own options and words, which the call gets, and those of the
 * program. NULL with ERR_USAGE for what is none. The call points to the arguments.
 */
struct cmd_call *cmd_call_new(const struct command *command, struct options *options, int argc, char **argv,
                              struct err *err);
void cmd_call_free(struct cmd_call *call); /* NULL is allowed */

/* Returns the exit status. */
int cmd_run(const struct cmd_call *call, const struct cmd_context *context);

/*
 * What the command line, which was parsed, and the configuration file say together. The context points into the options, and is
 * to be freed whatever is returned. What is wrong with the file is told on standard error, and all else of it holds. -1, with the error, for what is wrong with the command
 * line, or if the file that it names cannot be read.
 */
int cmd_settings(struct options *options, struct cmd_context *context, struct err *err);
void cmd_settings_free(struct cmd_context *context);

/* Prints the settings as they are. */
int cmd_print_settings(const struct options *options, const struct cmd_context *context);

/* Opens the libraries of the context in the reader. 1 if it was ended by a signal or by the end of the terminal. */
int cmd_read(const struct cmd_context *context);

/* Prints what `lectern --help` prints, or how the command is used if it is not NULL. */
int cmd_print_help(const struct command *command);

/* Prints the error as one safe line on standard error; returns 2. */
int cmd_fail(const struct err *err, enum text_charset charset);

#endif
