#include <sqlite3.h>

#include "lectern/mem.h"
#include "sql_inside.h"

static struct sql_statement *find(const struct sql *sql, const char *text)
{
    for (size_t i = 0; i < sql->count; i++)
        if (sql->statements[i]->text == text)
            return sql->statements[i];
    return NULL;
}

struct sql_statement *sql_statement(struct sql *sql, const char *text)
{
    struct sql_statement *statement = find(sql, text);
    if (!statement) {
        statement = mem_calloc(1, sizeof *statement);
        *statement = (struct sql_statement){.sql = sql, .text = text};
        sql->statements = mem_grow(sql->statements, sql->count, &sql->capacity, sizeof *sql->statements);
        sql->statements[sql->count++] = statement;
    }
    statement->bound = 0;
    statement->code = SQLITE_OK;
    if (!statement->stmt)
        statement->code =
            sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement->stmt, NULL);
    return statement;
}

/* The number of the next parameter; 0 if the statement has failed. */
static int next_parameter(struct sql_statement *statement)
{
    return statement->code == SQLITE_OK ? ++statement->bound : 0;
}

void sql_bind_number(struct sql_statement *statement, int64_t value)
{
    int at = next_parameter(statement);
    if (at)
        statement->code = sqlite3_bind_int64(statement->stmt, at, value);
}

void sql_bind_real(struct sql_statement *statement, double value)
{
    int at = next_parameter(statement);
    if (at)
        statement->code = sqlite3_bind_double(statement->stmt, at, value);
}

void sql_bind_text(struct sql_statement *statement, struct str value)
{
    int at = next_parameter(statement);
    if (at)
        statement->code = sqlite3_bind_text64(statement->stmt, at, value.len ? value.at : "", value.len,
                                              SQLITE_STATIC, SQLITE_UTF8);
}

int sql_parameters(const struct sql_statement *statement)
{
    return statement->stmt ? sqlite3_bind_parameter_count(statement->stmt) : 0;
}

bool sql_row(struct sql_statement *statement)
{
    if (statement->code != SQLITE_OK && statement->code != SQLITE_ROW)
        return false;
    statement->code = sqlite3_step(statement->stmt);
    return statement->code == SQLITE_ROW;
}

int64_t sql_number(const struct sql_statement *statement, int column)
{
    return sqlite3_column_int64(statement->stmt, column);
}

double sql_real(const struct sql_statement *statement, int column)
{
    return sqlite3_column_double(statement->stmt, column);
}

struct str sql_text(const struct sql_statement *statement, int column)
{
    const char *at = (const char *)sqlite3_column_text(statement->stmt, column);
    int len = sqlite3_column_bytes(statement->stmt, column);
    return at && len > 0 ? (struct str){at, (size_t)len} : (struct str){0};
}

int sql_finish(struct sql_statement *statement, struct err *err)
{
    if (statement->code == SQLITE_OK)
        sql_row(statement);
    int code = statement->code == SQLITE_ROW ? SQLITE_DONE : statement->code;
    if (statement->stmt) {
        sqlite3_reset(statement->stmt);
        sqlite3_clear_bindings(statement->stmt);
    }
    return code == SQLITE_DONE ? 0 : sql_explain(statement->sql, code, err);
}

int64_t sql_only_number(struct sql_statement *statement, int64_t otherwise)
{
    int64_t value = sql_row(statement) ? sql_number(statement, 0) : otherwise;
    sql_finish(statement, NULL);
    return value;
}

int sql_script(struct sql *sql, const char *text, struct err *err)
{
    int code = sqlite3_exec(sql->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : sql_explain(sql, code, err);
}

int sql_begin(struct sql *sql, bool lasting, struct err *err)
{
    if (lasting)
        sql_finish(sql_statement(sql, "PRAGMA synchronous = FULL"), NULL);
    sql->lasting = lasting;
    return sql_finish(sql_statement(sql, "BEGIN IMMEDIATE"), err) == 0 ? 0 : sql_end(sql, -1, err);
}

int sql_begin_reading(struct sql *sql, struct err *err)
{
    return sql_finish(sql_statement(sql, "BEGIN"), err);
}

int sql_end(struct sql *sql, int status, struct err *err)
{
    if (status == 0)
        status = sql_finish(sql_statement(sql, "COMMIT"), err);
    if (status != 0 && !sqlite3_get_autocommit(sql->db))
        sql_finish(sql_statement(sql, "ROLLBACK"), NULL);
    if (sql->lasting)
        sql_finish(sql_statement(sql, "PRAGMA synchronous = NORMAL"), NULL);
    sql->lasting = false;
    return status;
}

int64_t sql_last_row(const struct sql *sql)
{
    return sqlite3_last_insert_rowid(sql->db);
}

int64_t sql_changed_rows(const struct sql *sql)
{
    return sqlite3_changes64(sql->db);
}
