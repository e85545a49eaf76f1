/* Places in articles, and what was read of them. */
#include "state_inside.h"

struct state_place state_place_from(const struct sql_statement *statement, int column)
{
    return (struct state_place){
        .part = (uint64_t)sql_number(statement, column),
        .offset = (uint64_t)sql_number(statement, column + 1),
        .within = (uint64_t)sql_number(statement, column + 2),
        .span = (uint64_t)sql_number(statement, column + 3),
        .line = (uint64_t)sql_number(statement, column + 4),
        .width = (uint64_t)sql_number(statement, column + 5),
        .open_folds = (uint64_t)sql_number(statement, column + 6),
    };
}

void state_bind_place(struct sql_statement *statement, const struct state_place *place)
{
    sql_bind_number(statement, (int64_t)place->part);
    sql_bind_number(statement, (int64_t)place->offset);
    sql_bind_number(statement, (int64_t)place->within);
    sql_bind_number(statement, (int64_t)place->span);
    sql_bind_number(statement, (int64_t)place->line);
    sql_bind_number(statement, (int64_t)place->width);
    sql_bind_number(statement, (int64_t)place->open_folds);
}

bool state_reading(struct state *state, int64_t article, struct state_reading *reading)
{
    struct sql_statement *s = sql_statement(state->sql, "SELECT furthest, read, read_at, " PLACE_COLUMNS
                                                        " FROM reading WHERE article = ?");
    sql_bind_number(s, article);
    bool found = sql_row(s);
    *reading = (struct state_reading){0};
    if (found) {
        reading->furthest = sql_real(s, 0);
        reading->read = sql_number(s, 1) != 0;
        reading->read_at = sql_number(s, 2);
        reading->place = state_place_from(s, 3);
    }
    sql_finish(s, NULL);
    return found;
}

int state_save_place(struct state *state, int64_t article, const struct state_place *place, double furthest,
                     int64_t when, struct err *err)
{
    struct sql_statement *s = sql_statement(
        state->sql, "INSERT INTO reading (article, furthest, placed, " PLACE_COLUMNS
                    ") VALUES (?, ?, ?, " PLACE_VALUES ")"
                    " ON CONFLICT (article) DO UPDATE SET furthest = max(furthest, excluded.furthest),"
                    " placed = excluded.placed, " PLACE_EXCLUDED);
    sql_bind_number(s, article);
    sql_bind_real(s, furthest);
    sql_bind_number(s, when);
    state_bind_place(s, place);
    return sql_finish(s, err);
}

int state_set_read(struct state *state, int64_t article, bool read, int64_t when, struct err *err)
{
    struct sql_statement *s = sql_statement(
        state->sql, "INSERT INTO reading (article, read, read_at) VALUES (?, ?, ?)"
                    " ON CONFLICT (article) DO UPDATE SET read = excluded.read, read_at = excluded.read_at");
    sql_bind_number(s, article);
    sql_bind_number(s, read);
    sql_bind_number(s, when);
    return sql_finish(s, err);
}

int64_t state_session(struct state *state, struct str library)
{
    struct sql_statement *s = sql_statement(state->sql, "SELECT article FROM session WHERE library = ?");
    sql_bind_text(s, library);
    return sql_only_number(s, 0);
}

int state_save_session(struct state *state, struct str library, int64_t article, int64_t when,
                       struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "INSERT INTO session (library, article, at) VALUES (?, ?, ?)"
                                  " ON CONFLICT (library) DO UPDATE SET article = excluded.article,"
                                  " at = excluded.at");
    sql_bind_text(s, library);
    sql_bind_number(s, article);
    sql_bind_number(s, when);
    return sql_finish(s, err);
}

int state_save_letter(struct state *state, struct str library, const struct state_letter *letter,
                      struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "INSERT INTO letter (library, letter, article, made, " PLACE_COLUMNS ")"
                                  " VALUES (?, ?, ?, ?, " PLACE_VALUES ") ON CONFLICT (library, letter)"
                                  " DO UPDATE SET article = excluded.article, made = excluded.made,"
                                  " " PLACE_EXCLUDED);
    sql_bind_text(s, library);
    sql_bind_number(s, letter->letter);
    sql_bind_number(s, letter->article);
    sql_bind_number(s, letter->when);
    state_bind_place(s, &letter->place);
    return sql_finish(s, err);
}

size_t state_letters(struct state *state, struct str library, struct arena *arena,
                     struct state_letter **letters)
{
    struct sql_statement *s = sql_statement(state->sql, "SELECT letter, article, made, " PLACE_COLUMNS
                                                        ", count(*) OVER () FROM letter WHERE library = ?");
    sql_bind_text(s, library);
    size_t count = 0;
    *letters = NULL;
    while (sql_row(s)) {
        if (!*letters)
            *letters = arena_array(arena, (size_t)sql_number(s, 3 + PLACE_COUNT), sizeof **letters);
        (*letters)[count++] = (struct state_letter){
            .letter = (uint32_t)sql_number(s, 0),
            .article = sql_number(s, 1),
            .when = sql_number(s, 2),
            .place = state_place_from(s, 3),
        };
    }
    sql_finish(s, NULL);
    return count;
}
