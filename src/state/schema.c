#include "schema.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "lectern/arena.h"

/* Tells a database of ours from any other ("Lctn"). */
#define APPLICATION "1281586286"

#define PLACE                                                                                                \
    "part INTEGER NOT NULL DEFAULT 0, offset INTEGER NOT NULL DEFAULT 0, within INTEGER NOT NULL DEFAULT 0," \
    "span INTEGER NOT NULL DEFAULT 0, line INTEGER NOT NULL DEFAULT 0, width INTEGER NOT NULL DEFAULT 0,"    \
    "folds INTEGER NOT NULL DEFAULT 0"
#define OF_ARTICLE "article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE"

static const char step_1[] =
    "CREATE TABLE article ("
    "  article INTEGER PRIMARY KEY, id TEXT UNIQUE, root TEXT NOT NULL, path TEXT NOT NULL,"
    "  content INTEGER NOT NULL, bytes INTEGER NOT NULL, title TEXT NOT NULL) STRICT;"
    "CREATE INDEX article_by_place ON article (path, root) WHERE id IS NULL;"
    "CREATE INDEX article_by_content ON article (content, bytes) WHERE id IS NULL;"

    "CREATE TABLE reading ("
    "  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, " PLACE ","
    "  furthest REAL NOT NULL DEFAULT 0, read INTEGER NOT NULL DEFAULT 0, read_at INTEGER NOT NULL DEFAULT "
    "0) STRICT;"
    "CREATE TABLE session (library TEXT PRIMARY KEY, " OF_ARTICLE ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE letter ("
    "  library TEXT NOT NULL, letter INTEGER NOT NULL, " OF_ARTICLE ", " PLACE ","
    "  PRIMARY KEY (library, letter)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE visit (visit INTEGER PRIMARY KEY AUTOINCREMENT, " OF_ARTICLE
    ", at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX visit_by_article ON visit (article, at);"

    "CREATE TABLE bookmark ("
    "  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, made INTEGER NOT NULL, " PLACE
    ") STRICT;"
    "CREATE INDEX bookmark_by_date ON bookmark (made);"
    "CREATE TABLE tag ("
    "  article INTEGER NOT NULL REFERENCES bookmark ON DELETE CASCADE, tag TEXT NOT NULL,"
    "  PRIMARY KEY (tag, article)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX tag_by_article ON tag (article, tag);"

    "CREATE TABLE note ("
    "  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, text TEXT NOT NULL,"
    "  changed INTEGER NOT NULL) STRICT;"
    "CREATE INDEX note_by_date ON note (changed);"
    "CREATE TABLE note_before (" OF_ARTICLE ", text TEXT NOT NULL, changed INTEGER NOT NULL) STRICT;"
    "CREATE INDEX note_before_by_article ON note_before (article);"

    "CREATE TABLE search (name TEXT PRIMARY KEY, query TEXT NOT NULL, made INTEGER NOT NULL) STRICT, WITHOUT "
    "ROWID;";

/* When what has no date of its own was written, so that of two the newer one can be told; and the trail. */
static const char step_2[] =
    "ALTER TABLE reading ADD COLUMN placed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE session ADD COLUMN at INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE letter ADD COLUMN made INTEGER NOT NULL DEFAULT 0;"
    "UPDATE reading SET placed ="
    "  coalesce((SELECT max(at) FROM visit WHERE visit.article = reading.article), 0) WHERE width > 0;"
    "CREATE INDEX visit_by_date ON visit (at);"
    "CREATE TABLE hop ("
    "  hop INTEGER PRIMARY KEY AUTOINCREMENT, library TEXT NOT NULL, parent INTEGER NOT NULL, " OF_ARTICLE
    ", at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX hop_by_library ON hop (library, at);"
    "CREATE INDEX hop_by_article ON hop (article);";

static const char step_3[] =
    "CREATE TABLE card ("
    "  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE, stability REAL NOT NULL,"
    "  difficulty REAL NOT NULL, reviewed INTEGER NOT NULL, due INTEGER NOT NULL,"
    "  hidden_until INTEGER NOT NULL, reviews INTEGER NOT NULL, lapses INTEGER NOT NULL) STRICT;"
    "CREATE TABLE review ("
    "  review INTEGER PRIMARY KEY AUTOINCREMENT, " OF_ARTICLE ", at INTEGER NOT NULL, grade INTEGER NOT NULL,"
    "  days INTEGER NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL) STRICT;"
    "CREATE INDEX review_by_date ON review (at);"
    "CREATE INDEX review_by_article ON review (article, at);";

/* What was known of late is told from the index alone. */
static const char step_4[] = "DROP INDEX review_by_date;"
                             "CREATE INDEX review_by_date ON review (at, days, grade);";

static const char *const steps[] = {step_1, step_2, step_3, step_4};

const struct schema schema_current = {steps, sizeof steps / sizeof *steps};

static int64_t version_of(struct sql *sql)
{
    return sql_only_number(sql_statement(sql, "PRAGMA user_version"), -1);
}

/* -1 if it cannot be read. */
static int64_t count_tables(struct sql *sql, struct err *err)
{
    struct sql_statement *s = sql_statement(sql, "SELECT count(*) FROM sqlite_schema");
    int64_t count = sql_row(s) ? sql_number(s, 0) : -1;
    return sql_finish(s, err) == 0 ? count : -1;
}

/* Appends the name that a backup made now has. */
static void name_backup(struct buf *out, const char *folder, int64_t version)
{
    char date[32];
    struct tm now;
    time_t seconds = time(NULL);
    gmtime_r(&seconds, &now);
    strftime(date, sizeof date, "%Y-%m-%dT%H%M%SZ", &now);
    buf_printf(out, "%s/state-%s-v%lld.db", folder, date, (long long)version);
}

/* The file is made first, so that from the beginning nobody else can read it. */
static int back_up(struct sql *sql, const char *folder, int64_t version, const char *consequence,
                   struct err *err)
{
    struct buf name = {0};
    name_backup(&name, folder, version);
    int status = 0, fd = open(buf_cstr(&name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST) /* else somebody is making the same one */
        status = err_set_errno(err, errno, consequence);
    if (fd >= 0) {
        struct sql_statement *s = sql_statement(sql, "VACUUM INTO ?");
        sql_bind_text(s, buf_str(&name));
        status = sql_finish(s, err);
        if (status == 0 && fsync(fd) != 0)
            status = err_set_errno(err, errno, consequence);
        if (status != 0)
            unlink(buf_cstr(&name));
        close(fd);
    }
    if (status != 0)
        err_set_path(err, buf_str(&name));
    buf_free(&name);
    return status;
}

/* Another program may have made the steps by now. */
static int make_steps(struct sql *sql, const struct schema *schema, struct err *err)
{
    if (sql_begin(sql, true, err) != 0)
        return -1;
    int status = 0;
    int64_t version = version_of(sql);
    for (int64_t i = version; status == 0 && i >= 0 && i < schema->count; i++)
        status = sql_script(sql, schema->steps[i], err);
    if (status == 0 && version < schema->count) {
        struct buf text = {0};
        buf_printf(&text, "PRAGMA user_version = %lld; PRAGMA application_id = " APPLICATION,
                   (long long)schema->count);
        status = sql_script(sql, buf_cstr(&text), err);
        buf_free(&text);
    }
    return sql_end(sql, status, err);
}

int schema_apply(struct sql *sql, const struct schema *schema, const char *folder, const char *consequence,
                 struct err *err)
{
    int64_t tables = count_tables(sql, err), version = version_of(sql);
    if (tables < 0)
        return -1;
    if (version > schema->count)
        return err_set(err, ERR_FORMAT, "%s: it was written by a newer lectern", consequence);
    if (version < 0 || (version == 0 && tables > 0))
        return err_set(err, ERR_FORMAT, "%s: it is a database of something else", consequence);
    if (version == schema->count)
        return 0;
    if (version > 0 && folder && back_up(sql, folder, version, consequence, err) != 0)
        return -1;
    return make_steps(sql, schema, err);
}
