/* cmd: the functions of the subcommands, for their table, and what they share. */
#ifndef LECTERN_CMD_CMD_H
#define LECTERN_CMD_CMD_H

#include <stdio.h>
#include <time.h>

#include "lectern/cmd.h"
#include "lectern/index_file.h"
#include "lectern/library.h"
#include "lectern/options.h"
#include "lectern/state.h"

/* The options of all subcommands. Between them stand where those of each begin: CMD_FIRST_search is the number of its first
 * option, CMD_BACK_search only counts back to it. */
enum cmd_option {
#define COMMAND(name, operands, least, most, summary)                                                        \
    CMD_FIRST_##name, CMD_BACK_##name = CMD_FIRST_##name - 1,
#define COMMAND_OPTION(id, letter, name, kind, argument, help) CMD_##id,
#include "commands.def"
#undef COMMAND
#undef COMMAND_OPTION
    CMD_OPTIONS,
};

struct cmd_call {
    const struct command *command;
    const char *values[CMD_OPTIONS]; /* as in struct options_own */
    char **words;
    size_t count;
};

typedef int cmd_function(const struct cmd_call *call, const struct cmd_context *context);

struct command {
    const char *name, *operands, *summary;
    cmd_function *run;
    size_t least, most; /* words */
    size_t first_option;
};

/* In the order of the help; NULL behind the last. */
const struct command *cmd_command(size_t number);
/* Its own options. */
const struct option *cmd_options(const struct command *command, size_t *count);

/* Appends `lectern search [-n N] QUERY...`. */
void cmd_add_usage(const struct command *command, struct buf *out);

#define COMMAND(name, operands, least, most, summary)                                                        \
    int cmd_##name(const struct cmd_call *call, const struct cmd_context *context);
#define COMMAND_OPTION(id, letter, name, kind, argument, help)
#include "commands.def"
#undef COMMAND
#undef COMMAND_OPTION

static inline bool cmd_given(const struct cmd_call *call, enum cmd_option option)
{
    return call->values[option] != NULL;
}

/* Tells on standard error what is wrong with the call, and how the command is used; returns 2. */
int cmd_misused(const struct cmd_call *call, const struct cmd_context *context, const char *what);

/*
 * Writes text that came from articles, file names or errors, which may hold any bytes. A terminal gets it as text_safe()
 * shows it. Elsewhere control characters and bytes that are not UTF-8 are written as \n, \t or \xHH.
 */
void cmd_write(FILE *stream, struct str text, enum text_charset charset);

/* The same for programs to read, whatever the stream is: a backslash is doubled, so that the text can be had back. */
void cmd_write_field(FILE *stream, struct str text);

/* Appends the folder where index files are kept, from the environment. -1 if there is none. */
int cmd_index_folder(struct buf *out, struct err *err);

/* Prints what the index of a catalogue takes, by section. */
void cmd_index_print_sizes(const struct catalogue *catalogue);

/* Prints a message as one safe line on standard error. */
void cmd_tell(const struct err *err, enum text_charset charset);

/* What is the reader's own. Never NULL: `err` says what is not kept, else it is ERR_NONE. */
struct state *cmd_open_state(struct err *err);
/* The same for those who can do nothing without it: NULL if it is not kept. */
struct state *cmd_open_kept_state(struct err *err);

/* How far reading a library is: one line on standard error, written over again and again and taken away at the end; nothing
 * if that is no terminal. cmd_progress_show() is for struct library_scan, with a struct cmd_progress as its context. */
struct cmd_progress {
    bool terminal;
    struct timespec start;
    size_t shown; /* characters of the line that stands there */
};
struct cmd_progress cmd_progress_start(void);
void cmd_progress_show(void *progress, const struct library_progress *now);
void cmd_progress_end(struct cmd_progress *progress);

/* The libraries of the context, and what is known of them: from their index file if that is up to date, else by reading them,
 * with progress, and writing it. What is wrong with the index is told, and no failure. */
struct cmd_opened {
    struct library *library;
    struct index_parts parts;
};
int cmd_open(const struct cmd_context *context, struct cmd_opened *opened, struct err *err);
void cmd_close(struct cmd_opened *opened);

/* The same, and the number of one article in them, or of a missing one: that with the id `name`, else in the file of that path.
 * With the error ERR_NOT_FOUND nothing is left open. */
int cmd_open_article(const struct cmd_context *context, const char *name, struct cmd_opened *opened,
                     uint32_t *target, struct err *err);

/*
 * Brings parts that come from an index file up to date: reads what has changed since, and keeps it. What is wrong with keeping
 * it is in `err` then, else ERR_NONE.
 */
enum cmd_refreshed {
    CMD_UNCHANGED,
    CMD_UPDATED,
    CMD_OUTDATED,   /* the file is damaged, or too much has changed: it has to be made anew */
    CMD_UNREADABLE, /* the library cannot be looked at, as `err` says */
};
enum cmd_refreshed cmd_refresh(const struct library *library, const char *folder, struct index_parts *parts,
                               struct err *err);

/* 1 if a library is as its catalogue says, 0 if not, -1 if it cannot be looked at. */
int cmd_unchanged(const struct library *library, const struct catalogue *catalogue, struct err *err);

#endif
