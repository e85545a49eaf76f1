/*
 * lines: the kinds of lines that a state is exported as and imported from, each once.
 *
 * To keep something new, add its kind to the list in lines.c and to lectern-export(5).
 */
#ifndef LECTERN_STATE_LINES_INSIDE_H
#define LECTERN_STATE_LINES_INSIDE_H

#include "lectern/state_lines.h"
#include "sql.h"

enum lines_type {
    LINES_TEXT,
    LINES_NUMBER, /* from 0 */
    LINES_TIME,   /* seconds since 1970 */
    LINES_REAL,   /* from 0, with nine digits behind the point */
    LINES_FLAG,
    LINES_BITS,   /* all 64 of them, as a number in base 16 */
    LINES_LETTER, /* a character; a number in the database */
};

/* One that is 0 or empty is left out. */
struct lines_member {
    const char *name;
    enum lines_type type;
    bool wanted;   /* without it the line means nothing */
    uint64_t most; /* of a number, real or the bytes of a text; 0: what the type can hold */
};

#define LINES_MEMBERS 24 /* of one kind, at most */

struct lines_value {
    struct str text;
    int64_t number;
    double real;
};

/*
 * `select` gives the columns that the members have, in their order. If the line is about an article they begin with those of
 * KEY_COLUMNS, which are no members of this list.
 *
 * `take` are the statements that join a line with what is there, one after the other. Parameter 1 is the article's number
 * (or 0), the members follow in their order. What they change is something new.
 */
struct lines_kind {
    const char *name;
    bool article;
    struct lines_member members[LINES_MEMBERS];
    const char *select;
    const char *take[4];
    const char *also; /* a statement that changes nothing of the reader's own; or NULL */
    size_t tags;      /* 1 + the number of a member that is the tags of the article's bookmark; 0: none */
};

extern const struct lines_kind lines_kinds[];
extern const size_t lines_kind_count;

/* What an article is known by, in lines that are about one. */
#define LINES_KEY_MEMBERS 6
extern const struct lines_member lines_key_members[LINES_KEY_MEMBERS];

size_t lines_member_count(const struct lines_kind *kind);

#endif
