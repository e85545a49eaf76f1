/*
 * state_inside: what the files of this folder know of a struct state.
 */
#ifndef LECTERN_STATE_STATE_INSIDE_H
#define LECTERN_STATE_STATE_INSIDE_H

#include "lectern/state.h"
#include "sql.h"

struct state {
    struct sql *sql;
    struct buf name; /* of the file, or of what is in memory */
    bool kept;
    int64_t version; /* of the data, when it was asked last */
};

#define STATE_LAST_SECOND INT64_C(253402300799) /* of the year 9999 */

/* The columns of KEY_COLUMNS, which begin with number `column`, in an arena. */
#define KEY_COLUMNS "a.id, a.root, a.path, a.content, a.bytes, a.title"
#define KEY_COUNT   6
struct state_key state_key_from(const struct sql_statement *statement, int column, struct arena *arena);

/* The article's number in the state; it is made known if it was not, and is left as it is if it was. 0, with the error, if
 * that fails. Within a transaction. */
int64_t state_know(struct state *state, const struct state_key *key, struct err *err);

/* Adds tags to a bookmark's, and how many it did not have yet. Within a transaction. */
int state_add_tags(struct state *state, int64_t article, struct str tags, size_t *added, struct err *err);

/* The same for places. */
#define PLACE_COLUMNS "part, offset, within, span, line, width, folds"
#define PLACE_COUNT   7
#define PLACE_VALUES  "?, ?, ?, ?, ?, ?, ?"
#define PLACE_EXCLUDED                                                                                       \
    "part = excluded.part, offset = excluded.offset, within = excluded.within, span = excluded.span, "       \
    "line = excluded.line, width = excluded.width, folds = excluded.folds"
struct state_place state_place_from(const struct sql_statement *statement, int column);
void state_bind_place(struct sql_statement *statement, const struct state_place *place);

/* The tags of the bookmark b, as a column: sorted, with single spaces between them. */
#define STATE_TAGS                                                                                           \
    "coalesce((SELECT group_concat(tag, ' ')"                                                                \
    " FROM (SELECT tag FROM tag WHERE article = b.article ORDER BY tag)), '')"

#endif
