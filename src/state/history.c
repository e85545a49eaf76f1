/* What was opened, and when. */
#include "state_inside.h"

int state_add_visit(struct state *state, int64_t article, int64_t when, struct err *err)
{
    struct sql_statement *s = sql_statement(state->sql, "INSERT INTO visit (article, at) VALUES (?, ?)");
    sql_bind_number(s, article);
    sql_bind_number(s, when);
    return sql_finish(s, err);
}

/* By date, because visits that are imported come later than they were made. */
#define VISITS "SELECT visit, a.article, at, " KEY_COLUMNS " FROM visit JOIN article AS a USING (article)"
#define LATEST " ORDER BY at DESC, visit DESC LIMIT ?"

size_t state_visits(struct state *state, int64_t before, size_t limit, struct arena *arena,
                    struct state_visit **visits)
{
    struct sql_statement *s;
    if (before) {
        s = sql_statement(state->sql,
                          VISITS " WHERE (at, visit) < (SELECT at, visit FROM visit WHERE visit = ?)" LATEST);
        sql_bind_number(s, before);
    } else {
        s = sql_statement(state->sql, VISITS LATEST);
    }
    sql_bind_number(s, (int64_t)limit);
    *visits = arena_array(arena, limit, sizeof **visits);
    size_t count = 0;
    while (count < limit && sql_row(s))
        (*visits)[count++] = (struct state_visit){
            .visit = sql_number(s, 0),
            .article = sql_number(s, 1),
            .when = sql_number(s, 2),
            .key = state_key_from(s, 3, arena),
        };
    sql_finish(s, NULL);
    return count;
}
