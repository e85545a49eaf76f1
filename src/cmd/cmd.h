/* cmd: the functions of the subcommands, for their table, and what they share. */
#ifndef LECTERN_CMD_CMD_H
#define LECTERN_CMD_CMD_H

#include <stdio.h>
#include <time.h>

#include "lectern/cmd.h"
#include "lectern/library.h"

int cmd_check(int argc, char **argv, const struct cmd_context *context);
int cmd_index(int argc, char **argv, const struct cmd_context *context);
int cmd_show(int argc, char **argv, const struct cmd_context *context);
int cmd_help(int argc, char **argv, const struct cmd_context *context);

/*
 * Writes text that came from articles, file names or errors, which may hold any bytes. A terminal gets it as text_safe()
 * shows it. Elsewhere control characters and bytes that are not UTF-8 are written as \n, \t or \xHH.
 */
void cmd_write(FILE *stream, struct str text, enum text_charset charset);

/* The same for programs to read, whatever the stream is: a backslash is doubled, so that the text can be had back. */
void cmd_write_field(FILE *stream, struct str text);

/* Appends the folder where index files are kept, from the environment. -1 if there is none. */
int cmd_index_folder(struct buf *out, struct err *err);

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

#endif
