/*
 * copy: what of an article can be copied, and the choice among it: the selected link, what is in sight, all of the article.
 */
#ifndef UI_COPY_H
#define UI_COPY_H

#include "lectern/grid.h"
#include "session.h"

struct reading;

enum copy_kind {
    COPY_LINK,
    COPY_CODE,
    COPY_TABLE,
    COPY_FORMULA,
    COPY_TEXT,    /* of the article, as it is read */
    COPY_SOURCE,  /* the same as it is written */
    COPY_ADDRESS, /* title and address */
};

struct copy_target {
    enum copy_kind kind;
    size_t line, line_count; /* where it stands on the page; no lines: nowhere */
    uint32_t block, formula; /* as in layout_line and layout_span; 0: none */
};

/* Ends by itself when the page is laid out anew. */
struct copying {
    struct copy_target *targets; /* none: nothing is being copied */
    size_t count, capacity;
    size_t at;     /* the one that is marked */
    bool choosing; /* else it has been copied, and is marked until the next key */
};

void copy_forget(struct copying *copying);

/* Copies the selected link, or the only thing in sight, at once; else, or if a choice is wanted, lets the reader choose. */
void copy_begin(struct reading *reading, const struct session *session, bool choice, struct effects *effects);

/* A key. False if it is not for the choice, which it ends. */
bool copy_key(struct reading *reading, const struct session *session, key k, struct effects *effects);

/* Marks what is, or would be, copied in a text that was drawn with its corner at this place. */
void copy_draw(const struct reading *reading, struct grid *grid, size_t row, size_t column);

/* The keys, in the last row. */
void copy_draw_status(const struct reading *reading, struct grid *grid);

#endif
