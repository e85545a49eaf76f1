#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "lectern/mem.h"
#include "lectern/private.h"
#include "schema.h"
#include "state_inside.h"

/* What follows when the database cannot be opened, and when something cannot be written to it. */
#define NOTHING_KEPT "places, marks, bookmarks, notes and grades are not saved"
#define NOT_SAVED    "this is not saved"

int state_folder(struct buf *out, const char *data_home, const char *home, struct err *err)
{
    if (data_home && data_home[0] == '/')
        buf_printf(out, "%s/lectern", data_home);
    else if (home && home[0] == '/')
        buf_printf(out, "%s/.local/share/lectern", home);
    else
        return err_set(err, ERR_NOT_FOUND,
                       NOTHING_KEPT ": neither XDG_DATA_HOME nor HOME is an absolute path");
    return 0;
}

/* The file is made empty, which is a database, so that nobody else can ever read it. One that is there is looked at without
 * being opened: closing it would take away the locks that this program may have on it. */
static int prepare_file(int folder_fd, struct err *err)
{
    struct stat about;
    int fd = openat(folder_fd, "state.db", O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0)
        return close(fd);
    if (errno != EEXIST)
        return err_set_errno(err, errno, NOTHING_KEPT);
    if (fstatat(folder_fd, "state.db", &about, AT_SYMLINK_NOFOLLOW) != 0)
        return err_set_errno(err, errno, NOTHING_KEPT);
    if (!S_ISREG(about.st_mode))
        return private_refuse(NOTHING_KEPT, "is no regular file", err);
    return private_check(&about, NOTHING_KEPT, err);
}

/* The name of the database in a folder that was examined, without symbolic links. */
static int find_file(const char *folder, struct buf *name, struct err *err)
{
    int fd = private_folder_open(folder, true, NOTHING_KEPT, err);
    if (fd < 0)
        return -1;
    int status = prepare_file(fd, err);
    close(fd);
    char *real = status == 0 ? realpath(folder, NULL) : NULL;
    if (status == 0 && !real)
        status = err_set_errno(err, errno, NOTHING_KEPT);
    if (status == 0)
        buf_printf(name, "%s/state.db", real);
    else
        err_set_path(err, str_from(folder));
    free(real);
    return status;
}

/* NULL if the folder cannot be used. */
static struct sql *open_file(const char *folder, struct buf *name, struct err *err)
{
    if (find_file(folder, name, err) != 0)
        return NULL;
    struct sql *sql = sql_open(buf_cstr(name), NOTHING_KEPT, err);
    if (!sql)
        return NULL;
    if (schema_apply(sql, &schema_current, folder, NOTHING_KEPT, err) == 0) {
        sql_set_consequence(sql, NOT_SAVED);
        return sql;
    }
    if (err->path[0] == '\0')
        err_set_path(err, buf_str(name));
    sql_close(sql);
    return NULL;
}

/* A database in memory, with what the file `kept` says if that is one and can be read. NULL if it is none. */
static struct sql *open_memory(struct state *state, const char *kept)
{
    struct sql *file = kept ? sql_open_to_read(kept) : NULL;
    struct sql *sql = kept && !file ? NULL : sql_open_memory(buf_cstr(&state->name), NULL);
    bool copied = !file || (sql && sql_copy_to_memory(file, buf_cstr(&state->name)) == 0);
    sql_close(file);
    if (sql && copied && schema_apply(sql, &schema_current, NULL, NOT_SAVED, NULL) == 0)
        return sql;
    sql_close(sql);
    return NULL;
}

/* What was kept before can still be looked at, if the file may be. That takes nothing but memory, of which running out is no
 * error here. */
static void open_without_keeping(struct state *state)
{
    struct buf kept = state->name;
    state->name = (struct buf){0};
    buf_printf(&state->name, "lectern-%p", (void *)state);
    if (kept.len)
        state->sql = open_memory(state, buf_cstr(&kept));
    if (!state->sql)
        state->sql = open_memory(state, NULL);
    if (!state->sql)
        mem_exhausted();
    buf_free(&kept);
}

struct state *state_open(const char *folder, struct err *err)
{
    struct state *state = mem_calloc(1, sizeof *state);
    *err = (struct err){0};
    if (folder)
        state->sql = open_file(folder, &state->name, err);
    state->kept = state->sql != NULL;
    if (!state->sql)
        open_without_keeping(state);
    state_changed_elsewhere(state);
    return state;
}

struct state *state_open_again(const struct state *state, struct err *err)
{
    struct state *again = mem_calloc(1, sizeof *again);
    again->kept = state->kept;
    buf_add(&again->name, buf_str(&state->name));
    again->sql = state->kept ? sql_open(buf_cstr(&again->name), NOT_SAVED, err)
                             : sql_open_memory(buf_cstr(&again->name), err);
    if (again->sql)
        return again;
    state_close(again);
    return NULL;
}

void state_close(struct state *state)
{
    if (!state)
        return;
    sql_close(state->sql);
    buf_free(&state->name);
    mem_free(state);
}

bool state_is_kept(const struct state *state)
{
    return state->kept;
}

void state_set_patience(struct state *state, bool patient)
{
    sql_set_patience(state->sql, patient);
}

bool state_changed_elsewhere(struct state *state)
{
    int64_t before = state->version;
    state->version = sql_only_number(sql_statement(state->sql, "PRAGMA data_version"), before);
    return state->version != before;
}

struct str state_file(const struct state *state)
{
    return buf_str(&state->name);
}

struct state_amounts state_amounts(struct state *state)
{
    struct state_amounts amounts = {0};
    struct sql_statement *s = sql_statement(
        state->sql, "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM reading WHERE read),"
                    " (SELECT count(*) FROM visit), (SELECT count(*) FROM bookmark),"
                    " (SELECT count(*) FROM note), (SELECT count(*) FROM search),"
                    " (SELECT count(*) FROM card WHERE reviews), (SELECT count(*) FROM review)");
    if (sql_row(s))
        amounts =
            (struct state_amounts){sql_number(s, 0), sql_number(s, 1), sql_number(s, 2), sql_number(s, 3),
                                   sql_number(s, 4), sql_number(s, 5), sql_number(s, 6), sql_number(s, 7)};
    sql_finish(s, NULL);
    return amounts;
}

int state_verify(struct state *state, struct err *err)
{
    struct sql_statement *s = sql_statement(state->sql, "PRAGMA integrity_check(1)");
    struct buf finding = {0};
    if (sql_row(s))
        buf_add(&finding, sql_text(s, 0));
    int status = sql_finish(s, err);
    if (status == 0 && !str_eq(buf_str(&finding), STR("ok")))
        status = err_set(err, ERR_FORMAT, "it is damaged: %.*s", STR_ARG(buf_str(&finding)));
    struct sql_statement *foreign = sql_statement(state->sql, "PRAGMA foreign_key_check");
    bool lost = sql_row(foreign);
    if (sql_finish(foreign, status == 0 ? err : NULL) != 0)
        status = -1;
    else if (status == 0 && lost)
        status = err_set(err, ERR_FORMAT, "it is damaged: something belongs to an article that is not there");
    if (status != 0 && state->kept)
        err_set_path(err, buf_str(&state->name));
    buf_free(&finding);
    return status;
}
