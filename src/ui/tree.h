/*
 * tree: the pane with the topic tree: which topics are open, which row is selected, and the filter.
 */
#ifndef UI_TREE_H
#define UI_TREE_H

#include "line.h"
#include "list.h"
#include "session.h"

struct tree_row {
    uint32_t topic; /* in the session's tree; TOPIC_NONE for an article of a filtered list */
    uint32_t
        item; /* article, or problem of the problems' topic; CATALOGUE_NONE: the row is the topic itself */
    uint32_t depth;
};

struct tree {
    struct tree_row *rows;
    size_t capacity;
    struct list list;
    unsigned char *open;    /* of each topic: enum tree_open */
    struct line filter;     /* only rows that contain it are shown; empty: all */
    struct buf filtered_by; /* folded, of the rows as they are */
    struct tree_row held;   /* what the reader has chosen, selected again whenever it is among the rows */
};

void tree_free(struct tree *tree);

/* The session's catalogue and topics are new: what was open and selected stays so, as far as it is still there. `before`
 * are the topics until now (NULL: none). */
void tree_renew(struct tree *tree, const struct session *session, const struct topic_tree *before,
                const struct renumbering *renumbering);

/* The same row among the new topics and articles; one without topic or article where it has gone. */
struct tree_row tree_renew_row(struct tree_row row, const struct session *session,
                               const struct topic_tree *before, const struct renumbering *renumbering);

/* The topic of a subject in which the article stands; the smallest of several, as it says most. TOPIC_NONE if there is none. */
uint32_t tree_topic_of(const struct topic_tree *topics, uint32_t article);

/* The selected row; NULL if there is none. */
const struct tree_row *tree_selected(const struct tree *tree);

/* The article of a row, or CATALOGUE_NONE if it is none. */
uint32_t tree_row_article(const struct session *session, const struct tree_row *row);

/* Selects an article where it stands, opening what must be open for that, and closing what was opened so before. */
void tree_reveal(struct tree *tree, const struct session *session, uint32_t article);

/* Before the reader has touched anything: the article where it stands if all rows fit, else its subject alone. */
void tree_show_first(struct tree *tree, const struct session *session, uint32_t article);

/* The selected row is what the reader has chosen; it, or another, stays so while a filter changes the rows. */
struct tree_row tree_hold(struct tree *tree);
void tree_hold_row(struct tree *tree, struct tree_row row);

/* Opens or closes the selected topic. */
void tree_set_open(struct tree *tree, const struct session *session, bool open);
bool tree_is_open(const struct tree *tree, uint32_t topic);

/* Goes to the row of the topic that the selected row lies in. False if it lies in none. */
bool tree_go_parent(struct tree *tree, const struct session *session);

/* The filter's text has changed. The row that is held stays selected where it can. */
void tree_filter(struct tree *tree, const struct session *session);

/* The rows that fit are those that list_set_visible() was told. */
void tree_draw(const struct tree *tree, const struct session *session, struct grid *grid, size_t row,
               size_t column, size_t rows, size_t columns, bool focused);

#endif
