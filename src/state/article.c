/* Articles, and what they are known by. */
#include "state_inside.h"

struct state_key state_key_from(const struct sql_statement *statement, int column, struct arena *arena)
{
    return (struct state_key){
        .id = arena_str(arena, sql_text(statement, column)),
        .root = arena_str(arena, sql_text(statement, column + 1)),
        .path = arena_str(arena, sql_text(statement, column + 2)),
        .content = (uint64_t)sql_number(statement, column + 3),
        .bytes = (uint64_t)sql_number(statement, column + 4),
        .title = arena_str(arena, sql_text(statement, column + 5)),
    };
}

static int64_t find_id(struct state *state, const struct state_key *key)
{
    struct sql_statement *s = sql_statement(state->sql, "SELECT article FROM article WHERE id = ?");
    sql_bind_text(s, key->id);
    return sql_only_number(s, 0);
}

/* The one that stands in this place comes first among those with this content. */
static int64_t find_content(struct state *state, const struct state_key *key)
{
    struct sql_statement *s =
        sql_statement(state->sql, "SELECT article FROM article WHERE id IS NULL AND content = ? AND bytes = ?"
                                  " ORDER BY path = ? AND root = ? DESC, path = ? DESC, article LIMIT 1");
    sql_bind_number(s, (int64_t)key->content);
    sql_bind_number(s, (int64_t)key->bytes);
    sql_bind_text(s, key->path);
    sql_bind_text(s, key->root);
    sql_bind_text(s, key->path);
    return sql_only_number(s, 0);
}

static int64_t find_place(struct state *state, const struct state_key *key)
{
    struct sql_statement *s = sql_statement(
        state->sql, "SELECT article FROM article WHERE id IS NULL AND path = ? AND root = ? LIMIT 1");
    sql_bind_text(s, key->path);
    sql_bind_text(s, key->root);
    return sql_only_number(s, 0);
}

int64_t state_find(struct state *state, const struct state_key *key)
{
    if (key->id.len)
        return find_id(state, key);
    int64_t article = find_content(state, key);
    return article ? article : find_place(state, key);
}

static int64_t insert(struct state *state, const struct state_key *key, struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "INSERT INTO article (id, root, path, content, bytes, title)"
                                  " VALUES (nullif(?, ''), ?, ?, ?, ?, ?)");
    sql_bind_text(s, key->id);
    sql_bind_text(s, key->root);
    sql_bind_text(s, key->path);
    sql_bind_number(s, (int64_t)key->content);
    sql_bind_number(s, (int64_t)key->bytes);
    sql_bind_text(s, key->title);
    return sql_finish(s, err) == 0 ? sql_last_row(state->sql) : 0;
}

int64_t state_know(struct state *state, const struct state_key *key, struct err *err)
{
    int64_t article = state_find(state, key);
    return article ? article : insert(state, key, err);
}

static bool is_noted(struct state *state, int64_t article, const struct state_key *key)
{
    struct arena arena = {0};
    struct state_key noted;
    bool same = state_key_of(state, article, &arena, &noted) && str_eq(noted.root, key->root) &&
                str_eq(noted.path, key->path) && str_eq(noted.title, key->title) &&
                noted.content == key->content && noted.bytes == key->bytes;
    arena_free(&arena);
    return same;
}

/* Whatever else was known to stand there has gone elsewhere: it is known by its content alone. */
static int note(struct state *state, int64_t article, const struct state_key *key, struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "UPDATE article SET root = '', path = ''"
                                  " WHERE id IS NULL AND path = ? AND root = ? AND article <> ?");
    sql_bind_text(s, key->path);
    sql_bind_text(s, key->root);
    sql_bind_number(s, article);
    if (sql_finish(s, err) != 0)
        return -1;
    s = sql_statement(state->sql, "UPDATE article SET root = ?, path = ?, content = ?, bytes = ?, title = ?"
                                  " WHERE article = ?");
    sql_bind_text(s, key->root);
    sql_bind_text(s, key->path);
    sql_bind_number(s, (int64_t)key->content);
    sql_bind_number(s, (int64_t)key->bytes);
    sql_bind_text(s, key->title);
    sql_bind_number(s, article);
    return sql_finish(s, err);
}

int64_t state_meet(struct state *state, const struct state_key *key, struct err *err)
{
    int64_t article = state_find(state, key);
    if (article && is_noted(state, article, key))
        return article;
    if (sql_begin(state->sql, false, err) != 0)
        return 0;
    article = state_find(state, key); /* by now another program may have met it, too */
    int status = article ? note(state, article, key, err) : 0;
    if (!article)
        article = insert(state, key, err);
    return sql_end(state->sql, article ? status : -1, err) == 0 ? article : 0;
}

bool state_key_of(struct state *state, int64_t article, struct arena *arena, struct state_key *key)
{
    struct sql_statement *s =
        sql_statement(state->sql, "SELECT " KEY_COLUMNS " FROM article AS a WHERE article = ?");
    sql_bind_number(s, article);
    bool found = sql_row(s);
    *key = found ? state_key_from(s, 0, arena) : (struct state_key){0};
    sql_finish(s, NULL);
    return found;
}

int state_each_mark(struct state *state, bool (*visit)(void *context, const struct state_mark *mark),
                    void *context, struct err *err)
{
    struct sql_statement *s = sql_statement(
        state->sql,
        "SELECT a.article, a.id, a.root, a.path, a.content, a.bytes, coalesce(reading.read, 0),"
        " bookmark.article IS NOT NULL, note.article IS NOT NULL FROM article AS a"
        " LEFT JOIN reading USING (article) LEFT JOIN bookmark USING (article) LEFT JOIN note USING (article)"
        " WHERE reading.read OR bookmark.article IS NOT NULL OR note.article IS NOT NULL");
    bool more = true;
    while (more && sql_row(s)) {
        struct state_mark mark = {
            .article = sql_number(s, 0),
            .key = {.id = sql_text(s, 1),
                    .root = sql_text(s, 2),
                    .path = sql_text(s, 3),
                    .content = (uint64_t)sql_number(s, 4),
                    .bytes = (uint64_t)sql_number(s, 5)},
            .read = sql_number(s, 6) != 0,
            .bookmarked = sql_number(s, 7) != 0,
            .noted = sql_number(s, 8) != 0,
        };
        more = visit(context, &mark);
    }
    return sql_finish(s, err);
}
