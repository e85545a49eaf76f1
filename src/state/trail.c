/* The trail: from which article one came to which. */
#include "state_inside.h"

int64_t state_add_hop(struct state *state, struct str library, const struct state_hop *hop, struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "INSERT INTO hop (library, parent, article, at) VALUES (?, ?, ?, ?)");
    sql_bind_text(s, library);
    sql_bind_number(s, hop->parent);
    sql_bind_number(s, hop->article);
    sql_bind_number(s, hop->when);
    return sql_finish(s, err) == 0 ? sql_last_row(state->sql) : 0;
}

size_t state_hops(struct state *state, struct str library, size_t limit, struct arena *arena,
                  struct state_hop **hops)
{
    struct sql_statement *s = sql_statement(
        state->sql, "SELECT hop, parent, a.article, at, " KEY_COLUMNS
                    " FROM (SELECT * FROM hop WHERE library = ? ORDER BY at DESC, hop DESC LIMIT ?)"
                    " JOIN article AS a USING (article) ORDER BY hop");
    sql_bind_text(s, library);
    sql_bind_number(s, (int64_t)limit);
    *hops = arena_array(arena, limit, sizeof **hops);
    size_t count = 0;
    while (count < limit && sql_row(s))
        (*hops)[count++] = (struct state_hop){
            .hop = sql_number(s, 0),
            .parent = sql_number(s, 1),
            .article = sql_number(s, 2),
            .when = sql_number(s, 3),
            .key = state_key_from(s, 4, arena),
        };
    sql_finish(s, NULL);
    return count;
}

bool state_next_trail(struct state *state, struct str after, struct arena *arena, struct str *library)
{
    struct sql_statement *s =
        sql_statement(state->sql, "SELECT library FROM hop WHERE library > ? ORDER BY library LIMIT 1");
    sql_bind_text(s, after);
    bool found = sql_row(s);
    *library = found ? arena_str(arena, sql_text(s, 0)) : (struct str){0};
    return sql_finish(s, NULL) == 0 && found;
}
