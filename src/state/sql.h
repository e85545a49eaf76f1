/*
 * sql: the only place that knows SQLite: a connection, and statements whose parameters and columns have types.
 *
 * A connection belongs to one thread at a time; another thread opens its own. A statement is prepared once and kept by its
 * connection, which knows it by the address of its text: that is a literal. One is used like this, also when it fails on the
 * way, and not within itself:
 *
 *     struct sql_statement *s = sql_statement(sql, "SELECT name FROM thing WHERE number = ? AND kind = ?");
 *     sql_bind_number(s, 7);             the parameters in their order
 *     sql_bind_text(s, kind);
 *     while (sql_row(s))
 *         use(sql_text(s, 0));           columns from 0; slices are valid until the next row
 *     return sql_finish(s, err);         what has gone wrong, if anything has
 */
#ifndef LECTERN_STATE_SQL_H
#define LECTERN_STATE_SQL_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/err.h"
#include "lectern/str.h"

struct sql;
struct sql_statement;

/* Messages begin with what follows from a failure. */
struct sql *sql_open(const char *path, const char *consequence,
                     struct err *err); /* an existing file; or NULL */
struct sql *sql_open_memory(const char *name,
                            struct err *err); /* shared by all who know its name, until the last is closed */
/* A file of which nothing may be changed, not even that somebody reads it. What another program that was killed has written last
 * may be missing. NULL if it cannot be read. */
struct sql *sql_open_to_read(const char *path);
/* Copies it into an empty database in memory. -1 if it is damaged. */
int sql_copy_to_memory(struct sql *from, const char *name);
void sql_close(struct sql *sql); /* NULL is allowed */
void sql_set_consequence(struct sql *sql, const char *consequence);

struct sql_statement *sql_statement(struct sql *sql, const char *text);
void sql_bind_number(struct sql_statement *statement, int64_t value);
void sql_bind_real(struct sql_statement *statement, double value);
void sql_bind_text(struct sql_statement *statement, struct str value); /* must live until sql_finish() */
int sql_parameters(const struct sql_statement *statement);
bool sql_row(struct sql_statement *statement);
int64_t sql_number(const struct sql_statement *statement, int column);
double sql_real(const struct sql_statement *statement, int column);
struct str sql_text(const struct sql_statement *statement, int column);
int sql_finish(struct sql_statement *statement, struct err *err);

/* The first column of the first row, or `otherwise`. Finishes the statement; a failure counts as no row. */
int64_t sql_only_number(struct sql_statement *statement, int64_t otherwise);

/* Several statements in a text, without parameters. */
int sql_script(struct sql *sql, const char *text, struct err *err);

/* Takes the right to write from the beginning. sql_end() commits if `status` is 0, else takes everything back; it returns -1,
 * with the error that is there already or its own, unless everything is written. Commits that are `lasting` outlive a loss of
 * power; the others all that can happen to this program. */
int sql_begin(struct sql *sql, bool lasting, struct err *err);
int sql_end(struct sql *sql, int status, struct err *err);

/* What is read until sql_end() is of one moment. */
int sql_begin_reading(struct sql *sql, struct err *err);

int64_t sql_last_row(const struct sql *sql);
int64_t sql_changed_rows(const struct sql *sql); /* by the last statement */

/* Whether others who are writing are waited for. */
void sql_set_patience(struct sql *sql, bool patient);

/* Fills `err` from a code of SQLite. Returns -1. For the files that wrap it. */
int sql_explain(struct sql *sql, int code, struct err *err);

#endif
