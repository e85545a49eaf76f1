/* sql_inside: what the two files that wrap SQLite share. */
#ifndef LECTERN_STATE_SQL_INSIDE_H
#define LECTERN_STATE_SQL_INSIDE_H

#include "sql.h"

struct sqlite3;
struct sqlite3_stmt;

struct sql_statement {
    struct sql *sql;
    const char *text;
    struct sqlite3_stmt *stmt; /* NULL if it could not be prepared */
    int bound;                 /* parameters so far */
    int code;                  /* of the first failure, or of the last step */
};

struct sql {
    struct sqlite3 *db;
    const char *consequence;
    struct sql_statement **statements;
    size_t count, capacity;
    int patience; /* in milliseconds */
    bool lasting; /* the transaction that is under way */
};

#endif
