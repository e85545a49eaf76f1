#include "lectern/cards.h"

#include "state_inside.h"

#define CARD_COLUMNS "stability, difficulty, reviewed, due, hidden_until, reviews, lapses"

static uint32_t count_from(const struct sql_statement *statement, int column)
{
    int64_t number = sql_number(statement, column);
    return number > 0 && number <= UINT32_MAX ? (uint32_t)number : 0;
}

/* Any number may stand there: one that is no time counts as none. */
static int64_t time_from(const struct sql_statement *statement, int column)
{
    int64_t number = sql_number(statement, column);
    return number > 0 && number <= STATE_LAST_SECOND ? number : 0;
}

static struct study_card card_from(const struct sql_statement *statement, int column)
{
    return (struct study_card){
        .memory = {sql_real(statement, column), sql_real(statement, column + 1)},
        .reviewed = time_from(statement, column + 2),
        .due = time_from(statement, column + 3),
        .hidden_until = time_from(statement, column + 4),
        .reviews = count_from(statement, column + 5),
        .lapses = count_from(statement, column + 6),
    };
}

int cards_each(struct state *state,
               bool (*visit)(void *context, const struct state_key *key, const struct study_card *card),
               void *context, struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "SELECT a.id, a.root, a.path, a.content, a.bytes, " CARD_COLUMNS
                                  " FROM card JOIN article AS a USING (article)");
    bool more = true;
    while (more && sql_row(s)) {
        struct state_key key = {
            .id = sql_text(s, 0),
            .root = sql_text(s, 1),
            .path = sql_text(s, 2),
            .content = (uint64_t)sql_number(s, 3),
            .bytes = (uint64_t)sql_number(s, 4),
        };
        struct study_card card = card_from(s, 5);
        more = visit(context, &key, &card);
    }
    return sql_finish(s, err);
}

static int write_card(struct state *state, int64_t article, const struct study_card *card, struct err *err)
{
    struct sql_statement *s = sql_statement(
        state->sql, "INSERT INTO card (article, " CARD_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (article) DO UPDATE SET stability = excluded.stability,"
                    " difficulty = excluded.difficulty, reviewed = excluded.reviewed, due = excluded.due,"
                    " hidden_until = excluded.hidden_until, reviews = excluded.reviews,"
                    " lapses = excluded.lapses");
    sql_bind_number(s, article);
    sql_bind_real(s, card->memory.stability);
    sql_bind_real(s, card->memory.difficulty);
    sql_bind_number(s, card->reviewed);
    sql_bind_number(s, card->due);
    sql_bind_number(s, card->hidden_until);
    sql_bind_number(s, card->reviews);
    sql_bind_number(s, card->lapses);
    return sql_finish(s, err);
}

static int delete_card(struct state *state, int64_t article, struct err *err)
{
    struct sql_statement *s = sql_statement(state->sql, "DELETE FROM card WHERE article = ?");
    sql_bind_number(s, article);
    return sql_finish(s, err);
}

static int write_review(struct state *state, int64_t article, const struct study_card *after,
                        const struct cards_review *review, struct err *err)
{
    struct sql_statement *s =
        sql_statement(state->sql, "INSERT INTO review (article, at, grade, days, stability, difficulty)"
                                  " VALUES (?, ?, ?, ?, ?, ?)");
    sql_bind_number(s, article);
    sql_bind_number(s, review->when);
    sql_bind_number(s, review->grade);
    sql_bind_number(s, review->days);
    sql_bind_real(s, after->memory.stability);
    sql_bind_real(s, after->memory.difficulty);
    return sql_finish(s, err);
}

int64_t cards_add_review(struct state *state, int64_t article, const struct study_card *after,
                         const struct cards_review *review, struct err *err)
{
    if (sql_begin(state->sql, false, err) != 0)
        return 0;
    int status = write_card(state, article, after, err);
    if (status == 0)
        status = write_review(state, article, after, review, err);
    int64_t number = sql_last_row(state->sql);
    return sql_end(state->sql, status, err) == 0 ? number : 0;
}

int cards_put(struct state *state, int64_t article, const struct study_card *card, struct err *err)
{
    if (sql_begin(state->sql, false, err) != 0)
        return -1;
    return sql_end(state->sql, write_card(state, article, card, err), err);
}

int cards_undo(struct state *state, int64_t article, int64_t review, const struct study_card *before,
               struct err *err)
{
    if (sql_begin(state->sql, false, err) != 0)
        return -1;
    struct sql_statement *s =
        sql_statement(state->sql, "DELETE FROM review WHERE review = ? AND article = ?");
    sql_bind_number(s, review);
    sql_bind_number(s, article);
    int status = sql_finish(s, err);
    bool unknown = !before->reviews && !before->hidden_until;
    if (status == 0)
        status = unknown ? delete_card(state, article, err) : write_card(state, article, before, err);
    return sql_end(state->sql, status, err);
}

void cards_recall(struct state *state, int64_t end, int64_t seconds, struct cards_recall *spans, size_t count)
{
    for (size_t i = 0; i < count; i++, end -= seconds) {
        struct sql_statement *s =
            sql_statement(state->sql, "SELECT count(*), coalesce(sum(grade > 1), 0) FROM review"
                                      " WHERE at >= ? AND at < ? AND days > 0");
        sql_bind_number(s, end - seconds);
        sql_bind_number(s, end);
        spans[i] = (struct cards_recall){0};
        if (sql_row(s))
            spans[i] = (struct cards_recall){(size_t)sql_number(s, 0), (size_t)sql_number(s, 1)};
        sql_finish(s, NULL);
    }
}
