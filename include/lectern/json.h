/*
 * json: objects of JSON that hold texts, numbers and truth values, and no others: as they stand one a line in what is
 * written for programs, and as they are read back.
 */
#ifndef LECTERN_JSON_H
#define LECTERN_JSON_H

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"
#include "lectern/text.h"

/* Appends "NAME":"VALUE". What text.h would show as something else is escaped, so that the line does a terminal no harm;
 * bytes that are no UTF-8 become U+FFFD. */
void json_add_string(struct buf *out, const char *name, struct str value, enum text_charset charset);

/* The same, but such a byte becomes the half of a pair U+DC80 to U+DCFF, which json_next() makes that byte again. */
void json_add_exact(struct buf *out, const char *name, struct str value, enum text_charset charset);

enum json_kind { JSON_STRING, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL };

struct json_member {
    struct str name;
    enum json_kind kind;
    struct str text;     /* of a string, decoded; of a number, as it stands there */
    size_t at, at_value; /* where name and value begin in the line */
};

/* Reads the members of one object, which is all of the line. Any bytes will do. */
struct json_reader {
    struct str line;
    struct arena *arena;
    size_t at;
    size_t members;
};
struct json_reader json_open(struct str line, struct arena *arena);

/* 1 with the next member, whose texts are in the arena or the line; 0 after the last one; -1 with ERR_FORMAT and the column.
 * After 0 or -1 it must not be called again. A number is any word that begins like one. */
int json_next(struct json_reader *reader, struct json_member *member, struct err *err);

/* The column of a place in the line: its characters are counted from 1. */
size_t json_column(const struct json_reader *reader, size_t at);

#endif
