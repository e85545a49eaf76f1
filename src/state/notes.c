/* Notes, and searches that have a name. */
#include "state_inside.h"

struct str state_note(struct state *state, int64_t article, struct arena *arena)
{
    struct sql_statement *s = sql_statement(state->sql, "SELECT text FROM note WHERE article = ?");
    sql_bind_number(s, article);
    struct str text = sql_row(s) ? arena_str(arena, sql_text(s, 0)) : (struct str){0};
    sql_finish(s, NULL);
    return text;
}

/* What the note says now becomes an earlier version, unless it says the same. */
static int put_away(struct state *state, int64_t article, struct str text, struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "INSERT INTO note_before (article, text, changed)"
                                  " SELECT article, text, changed FROM note WHERE article = ? AND text <> ?");
    sql_bind_number(s, article);
    sql_bind_text(s, text);
    return sql_finish(s, err);
}

static int replace(struct state *state, int64_t article, struct str text, int64_t when, struct err *err)
{
    struct sql_statement *s;
    if (!text.len) {
        s = sql_statement(state->sql, "DELETE FROM note WHERE article = ?");
        sql_bind_number(s, article);
        return sql_finish(s, err);
    }
    s = sql_statement(state->sql,
                      "INSERT INTO note (article, text, changed) VALUES (?, ?, ?) ON CONFLICT (article)"
                      " DO UPDATE SET text = excluded.text, changed = excluded.changed"
                      " WHERE text <> excluded.text");
    sql_bind_number(s, article);
    sql_bind_text(s, text);
    sql_bind_number(s, when);
    return sql_finish(s, err);
}

int state_set_note(struct state *state, int64_t article, struct str text, int64_t when, struct err *err)
{
    if (sql_begin(state->sql, true, err) != 0)
        return -1;
    int status = put_away(state, article, text, err);
    if (status == 0)
        status = replace(state, article, text, when, err);
    return sql_end(state->sql, status, err);
}

size_t state_notes(struct state *state, bool texts, size_t after, size_t limit, struct arena *arena,
                   struct state_note **notes)
{
    struct sql_statement *s =
        sql_statement(state->sql, "SELECT a.article, changed, iif(?, text, ''), " KEY_COLUMNS
                                  " FROM note JOIN article AS a USING (article)"
                                  " ORDER BY changed DESC, a.article DESC LIMIT ? OFFSET ?");
    sql_bind_number(s, texts);
    sql_bind_number(s, (int64_t)limit);
    sql_bind_number(s, (int64_t)after);
    *notes = arena_array(arena, limit, sizeof **notes);
    size_t count = 0;
    while (count < limit && sql_row(s))
        (*notes)[count++] = (struct state_note){
            .article = sql_number(s, 0),
            .when = sql_number(s, 1),
            .text = arena_str(arena, sql_text(s, 2)),
            .key = state_key_from(s, 3, arena),
        };
    sql_finish(s, NULL);
    return count;
}

int state_save_search(struct state *state, const struct state_search *search, struct err *err)
{
    if (sql_begin(state->sql, true, err) != 0)
        return -1;
    struct sql_statement *s = sql_statement(
        state->sql, "INSERT INTO search (name, query, made) VALUES (?, ?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET query = excluded.query, made = excluded.made");
    sql_bind_text(s, search->name);
    sql_bind_text(s, search->query);
    sql_bind_number(s, search->when);
    return sql_end(state->sql, sql_finish(s, err), err);
}

int state_drop_search(struct state *state, struct str name, struct err *err)
{
    if (sql_begin(state->sql, true, err) != 0)
        return -1;
    struct sql_statement *s = sql_statement(state->sql, "DELETE FROM search WHERE name = ?");
    sql_bind_text(s, name);
    return sql_end(state->sql, sql_finish(s, err), err);
}

size_t state_searches(struct state *state, struct arena *arena, struct state_search **searches)
{
    struct sql_statement *s =
        sql_statement(state->sql, "SELECT name, query, made, count(*) OVER () FROM search ORDER BY name");
    size_t count = 0;
    *searches = NULL;
    while (sql_row(s)) {
        if (!*searches)
            *searches = arena_array(arena, (size_t)sql_number(s, 3), sizeof **searches);
        (*searches)[count++] = (struct state_search){
            .name = arena_str(arena, sql_text(s, 0)),
            .query = arena_str(arena, sql_text(s, 1)),
            .when = sql_number(s, 2),
        };
    }
    sql_finish(s, NULL);
    return count;
}
