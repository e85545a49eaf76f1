/* Bookmarks and their tags. */
#include "state_inside.h"

bool state_is_bookmarked(struct state *state, int64_t article)
{
    struct sql_statement *s = sql_statement(state->sql, "SELECT 1 FROM bookmark WHERE article = ?");
    sql_bind_number(s, article);
    return sql_only_number(s, 0) != 0;
}

static bool next_tag(struct str *rest, struct str *tag)
{
    *rest = str_trim(*rest);
    size_t len = 0;
    while (len < rest->len && str_trim(str_slice(*rest, len, len + 1)).len)
        len++;
    *tag = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    return len > 0;
}

int state_add_tags(struct state *state, int64_t article, struct str tags, size_t *added, struct err *err)
{
    struct str tag;
    int status = 0;
    while (status == 0 && next_tag(&tags, &tag)) {
        struct sql_statement *s =
            sql_statement(state->sql, "INSERT OR IGNORE INTO tag (article, tag) VALUES (?, ?)");
        sql_bind_number(s, article);
        sql_bind_text(s, tag);
        status = sql_finish(s, err);
        if (status == 0)
            *added += (size_t)sql_changed_rows(state->sql);
    }
    return status;
}

static int replace_tags(struct state *state, int64_t article, struct str tags, struct err *err)
{
    size_t added = 0;
    struct sql_statement *s = sql_statement(state->sql, "DELETE FROM tag WHERE article = ?");
    sql_bind_number(s, article);
    return sql_finish(s, err) == 0 ? state_add_tags(state, article, tags, &added, err) : -1;
}

int state_set_bookmark(struct state *state, const struct state_bookmark *bookmark, struct err *err)
{
    if (sql_begin(state->sql, true, err) != 0)
        return -1;
    struct sql_statement *s = sql_statement(
        state->sql, "INSERT INTO bookmark (article, made, " PLACE_COLUMNS ") VALUES (?, ?, " PLACE_VALUES ")"
                    " ON CONFLICT (article) DO UPDATE SET " PLACE_EXCLUDED);
    sql_bind_number(s, bookmark->article);
    sql_bind_number(s, bookmark->when);
    state_bind_place(s, &bookmark->place);
    int status = sql_finish(s, err);
    if (status == 0)
        status = replace_tags(state, bookmark->article, bookmark->tags, err);
    return sql_end(state->sql, status, err);
}

int state_set_tags(struct state *state, int64_t article, struct str tags, struct err *err)
{
    if (sql_begin(state->sql, true, err) != 0)
        return -1;
    return sql_end(state->sql, replace_tags(state, article, tags, err), err);
}

int state_drop_bookmark(struct state *state, int64_t article, struct err *err)
{
    if (sql_begin(state->sql, true, err) != 0)
        return -1;
    struct sql_statement *s = sql_statement(state->sql, "DELETE FROM bookmark WHERE article = ?");
    sql_bind_number(s, article);
    return sql_end(state->sql, sql_finish(s, err), err);
}

#define BOOKMARKS                                                                                            \
    "SELECT b.article, made, " STATE_TAGS ", " PLACE_COLUMNS ", " KEY_COLUMNS                                \
    " FROM bookmark AS b JOIN article AS a USING (article)"

size_t state_bookmarks(struct state *state, struct str tag, size_t after, size_t limit, struct arena *arena,
                       struct state_bookmark **bookmarks)
{
    struct sql_statement *s;
    if (tag.len) {
        s = sql_statement(state->sql, BOOKMARKS " WHERE b.article IN (SELECT article FROM tag WHERE tag = ?)"
                                                " ORDER BY made DESC, b.article DESC LIMIT ? OFFSET ?");
        sql_bind_text(s, tag);
    } else {
        s = sql_statement(state->sql, BOOKMARKS " ORDER BY made DESC, b.article DESC LIMIT ? OFFSET ?");
    }
    sql_bind_number(s, (int64_t)limit);
    sql_bind_number(s, (int64_t)after);
    *bookmarks = arena_array(arena, limit, sizeof **bookmarks);
    size_t count = 0;
    while (count < limit && sql_row(s))
        (*bookmarks)[count++] = (struct state_bookmark){
            .article = sql_number(s, 0),
            .when = sql_number(s, 1),
            .tags = arena_str(arena, sql_text(s, 2)),
            .place = state_place_from(s, 3),
            .key = state_key_from(s, 3 + PLACE_COUNT, arena),
        };
    sql_finish(s, NULL);
    return count;
}

struct str state_tags_of(struct state *state, int64_t article, struct arena *arena)
{
    struct sql_statement *s =
        sql_statement(state->sql, "SELECT " STATE_TAGS " FROM bookmark AS b WHERE b.article = ?");
    sql_bind_number(s, article);
    struct str tags = sql_row(s) ? arena_str(arena, sql_text(s, 0)) : (struct str){0};
    sql_finish(s, NULL);
    return tags;
}
