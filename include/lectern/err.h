/*
 * err: what went wrong, as a value, in the reader's words.
 *
 * Functions that can fail return 0, or -1 with a `struct err` filled in. The message says what is wrong and
 * what was done about it, begins in lower case and has no full stop. Lines and columns count from 1 (columns
 * in characters); 0 means unknown. A caller that does not want the details passes NULL.
 */
#ifndef LECTERN_ERR_H
#define LECTERN_ERR_H

#include <stddef.h>

#include "lectern/str.h"

enum err_kind {
    ERR_NONE,
    ERR_USAGE,     /* the caller or the command line asked for something that makes no sense */
    ERR_NOT_FOUND, /* no such file, folder or article */
    ERR_ACCESS,    /* not permitted */
    ERR_KIND,      /* a FIFO, device, socket, link or binary file: nothing to read */
    ERR_TOO_BIG,   /* over a bound of bounds.h */
    ERR_FORMAT,    /* the bytes are not what they should be */
    ERR_CHANGED,   /* the file changed while it was read */
    ERR_LIMIT,     /* a time, depth or memory limit was hit */
    ERR_SYSTEM,    /* anything else that the system reports */
};

#define ERR_MESSAGE_SIZE 256
#define ERR_PATH_SIZE    1024

struct err {
    enum err_kind kind;
    size_t line, column;
    char path[ERR_PATH_SIZE]; /* empty if unknown; the end of a longer path is kept */
    char message[ERR_MESSAGE_SIZE];
};

/* Fills `err` (unless it is NULL), clears its place, and returns -1. */
int err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a place. */
int err_set_at(struct err *err, enum err_kind kind, size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Names the file that the error is about. */
void err_set_path(struct err *err, struct str path);

/* From errno: "ACTION: Reason"; the kind follows the number. Returns -1. */
int err_set_errno(struct err *err, int error_number, const char *action);

/* Appends "message (PATH)": for a line that may be cut off at its end. */
void err_format_first(const struct err *err, struct buf *out);

/* Appends "PATH:LINE:COLUMN: message" with the parts that are known. Bytes are not made safe here. */
void err_format(const struct err *err, struct buf *out);

#endif
