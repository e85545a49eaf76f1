/*
 * desk: the view at the bottom of the stack: topic tree, related questions and the article, side by side as the size allows.
 */
#ifndef UI_DESK_H
#define UI_DESK_H

#include "find.h"
#include "hints.h"
#include "history.h"
#include "reading.h"
#include "similar.h"
#include "tree.h"
#include "view.h"

enum desk_pane { DESK_TREE, DESK_RELATED, DESK_ARTICLE };

/* Where the panes are. A pane that is not shown has no columns or no rows. */
struct desk_frame {
    bool bar, rules;     /* the search bar; the lines under the bar and over the status line */
    size_t top, rows;    /* of the panes */
    size_t left_columns; /* of tree and related questions; then comes a line, unless a side is hidden */
    size_t tree_rows;
    size_t related_rows; /* with their heading */
    size_t related_top;  /* its first row */
    size_t article_column, article_columns;
};

#define DESK_MARKS 128

/* The width from which two panes stand side by side; below it there is one at a time. */
#define DESK_TWO_PANES 60

struct desk {
    struct view view;
    size_t rows, columns;
    enum desk_pane focus;
    bool left_hidden;
    bool touched;   /* the reader has done something: nothing moves by itself any more */
    bool resumed;   /* it began with what was read last, which the tree shows */
    bool filtering; /* the tree's filter is being typed; these are from before */
    struct position before_filter;
    struct tree_row row_before_filter;
    struct desk_frame frame;
    struct tree tree;
    struct list
        related; /* rows are the numbered links of the article, then similar ones where these are few */
    struct reading reading;
    struct similar similar; /* to the article that is shown, once they are found */
    struct find find;
    struct position before_find;
    struct hints hints;
    struct history history;
    struct walk walk;
    struct position marks[DESK_MARKS]; /* by ASCII letter */
    struct position previous;          /* before the last jump */
};

struct view *desk_new(void);

/* Opens an article at a position, remembering the one left; `walk` as in the effects (taken over). In one of a walk that
 * comes from a search is marked what that has found. */
void desk_open(struct desk *desk, const struct session *session, struct position position, struct walk walk);
/* Follows a link within the page: the place that is left is remembered like that in another article. */
void desk_jump(struct desk *desk, size_t link);

/* False if there is nothing to go to. */
bool desk_back(struct desk *desk, const struct session *session);
bool desk_forward(struct desk *desk, const struct session *session);
/* To another entry of the history, if that is still the one of this article. */
bool desk_go_hop(struct desk *desk, const struct session *session, size_t entry, uint32_t target);

/* The place that a letter names, or that was left by the last jump if it is a quote. False if there is none. */
bool desk_find_mark(const struct desk *desk, const struct session *session, key name,
                    struct position *position);

/* Shows an article without remembering it. */
void desk_show(struct desk *desk, const struct session *session, struct position position);

/* Writes the present place into the history's current entry, if that article is the one shown. */
void desk_note_position(struct desk *desk);

void desk_set_focus(struct desk *desk, const struct session *session, enum desk_pane pane);

/* How many of the similar questions stand below the related ones: none where the author names several. */
size_t desk_similar_rows(const struct desk *desk);

/* That in a row of the list, or CATALOGUE_NONE; all of them as a list to walk through, beginning with one. */
uint32_t desk_similar_at(const struct desk *desk, size_t row);
struct walk desk_similar_walk(const struct desk *desk, size_t at);

/* Takes what has been found of similar questions, and asks for what has not. Only for the desk on top: whatever the search
 * worker does for another view would be cancelled. */
void desk_suggest(struct desk *desk, const struct session *session);

/* For the places where the focus or the size has changed. */
void desk_arrange(struct desk *desk, const struct session *session);

void desk_draw(struct view *view, const struct session *session, struct grid *grid);
void desk_draw_related(const struct desk *desk, const struct session *session, struct grid *grid);

#endif
