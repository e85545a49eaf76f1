#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lectern/mem.h"
#include "sql_inside.h"

/* Nobody writes for longer than moments, except who imports or migrates. */
#define PATIENCE_MS 2000

/* Larger than anything that is kept: a note, a line that is imported. */
#define MOST_BYTES (64 << 20)

static const char *reason(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "another program keeps it locked";
    case SQLITE_READONLY: return "it may only be read";
    case SQLITE_PERM:
    case SQLITE_AUTH: return "it may not be used";
    case SQLITE_FULL: return "the disk is full";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return "it is damaged";
    case SQLITE_CANTOPEN: return "it cannot be opened";
    case SQLITE_TOOBIG: return "it is too much";
    default: return NULL;
    }
}

static enum err_kind kind(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ERR_LIMIT;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return ERR_ACCESS;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ERR_FORMAT;
    case SQLITE_TOOBIG: return ERR_TOO_BIG;
    default: return ERR_SYSTEM;
    }
}

static const char *file_name(struct sql *sql)
{
    const char *name = sql->db ? sqlite3_db_filename(sql->db, "main") : NULL;
    return name ? name : "";
}

int sql_explain(struct sql *sql, int code, struct err *err)
{
    int error_number = sql->db ? sqlite3_system_errno(sql->db) : 0;
    if ((code & 0xff) == SQLITE_NOMEM)
        mem_exhausted();
    if (reason(code))
        err_set(err, kind(code), "%s: %s", sql->consequence, reason(code));
    else if ((code & 0xff) == SQLITE_IOERR && error_number)
        err_set_errno(err, error_number, sql->consequence);
    else
        err_set(err, kind(code), "%s: %s", sql->consequence, sqlite3_errstr(code));
    err_set_path(err, str_from(file_name(sql)));
    return -1;
}

/* What a file says is data: it cannot make functions run, or change how the file is written. */
static void harden(struct sql *sql)
{
    sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(sql->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(sql->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_limit(sql->db, SQLITE_LIMIT_LENGTH, MOST_BYTES);
    sqlite3_limit(sql->db, SQLITE_LIMIT_ATTACHED, 1);
    sqlite3_extended_result_codes(sql->db, 1);
}

/* SQLite's own handler looks less and less often, and who writes all the time is then never found idle. */
static int wait_again(void *context, int tries)
{
    const struct sql *sql = context;
    struct timespec moment = {0, 1000000};
    nanosleep(&moment, NULL);
    return tries < sql->patience;
}

static int64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Where two make the same new database at once, SQLite does not wait before it gives up; where it is locked, it has waited. */
static int set_up(struct sql *sql, const char *pragmas)
{
    int64_t end = now_ms() + PATIENCE_MS;
    int code;
    do
        code = sqlite3_exec(sql->db, pragmas, NULL, NULL, NULL);
    while ((code & 0xff) == SQLITE_BUSY && now_ms() < end && wait_again(sql, 0));
    return code;
}

static struct sql *open_with(const char *name, int flags, const char *pragmas, const char *consequence,
                             struct err *err)
{
    struct sql *sql = mem_calloc(1, sizeof *sql);
    sql->consequence = consequence;
    int code = sqlite3_open_v2(name, &sql->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        harden(sql);
        sql->patience = PATIENCE_MS;
        sqlite3_busy_handler(sql->db, wait_again, sql);
        code = set_up(sql, pragmas);
    }
    if (code == SQLITE_OK && flags & SQLITE_OPEN_READWRITE && sqlite3_db_readonly(sql->db, "main") == 1)
        code = SQLITE_READONLY;
    if (code == SQLITE_OK)
        return sql;
    sql_explain(sql, code, err);
    sql_close(sql);
    return NULL;
}

struct sql *sql_open(const char *path, const char *consequence, struct err *err)
{
    struct sql *sql = open_with(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW,
                                "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
                                consequence, err);
    if (!sql)
        err_set_path(err, str_from(path));
    return sql;
}

#define MEMORY_URI "file:/%s?vfs=memdb"

struct sql *sql_open_memory(const char *name, struct err *err)
{
    char uri[128];
    snprintf(uri, sizeof uri, MEMORY_URI, name);
    return open_with(uri, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_CREATE,
                     "PRAGMA temp_store = MEMORY;", "not kept", err);
}

/* First as others do, who tell each other; that takes a file beside it, which may be what cannot be written. */
struct sql *sql_open_to_read(const char *path)
{
    static const char *const ways[] = {"", "?immutable=1"};
    struct sql *sql = NULL;
    struct buf uri = {0};
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !sql; i++) {
        struct err err;
        buf_clear(&uri);
        buf_add(&uri, STR("file:"));
        for (const char *c = path; *c; c++)
            buf_printf(&uri, strchr("%?#", *c) ? "%%%02X" : "%c", (unsigned char)*c);
        buf_add(&uri, str_from(ways[i]));
        sql = open_with(buf_cstr(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW,
                        "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                        "SELECT count(*) FROM sqlite_schema;",
                        "it cannot be read", &err);
    }
    buf_free(&uri);
    return sql;
}

int sql_copy_to_memory(struct sql *from, const char *name)
{
    struct buf uri = {0};
    buf_printf(&uri, MEMORY_URI, name);
    struct sql_statement *s = sql_statement(from, "VACUUM INTO ?");
    sql_bind_text(s, buf_str(&uri));
    int status = sql_finish(s, NULL);
    buf_free(&uri);
    return status;
}

void sql_close(struct sql *sql)
{
    if (!sql)
        return;
    for (size_t i = 0; i < sql->count; i++) {
        sqlite3_finalize(sql->statements[i]->stmt);
        mem_free(sql->statements[i]);
    }
    sqlite3_close(sql->db);
    mem_free(sql->statements);
    mem_free(sql);
}

void sql_set_consequence(struct sql *sql, const char *consequence)
{
    sql->consequence = consequence;
}

void sql_set_patience(struct sql *sql, bool patient)
{
    sql->patience = patient ? PATIENCE_MS : 0;
}
