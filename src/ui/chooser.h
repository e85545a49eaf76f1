/*
 * chooser: a list to choose a place from: the headings of an article, the questions that are linked with it. What the
 * selected row leads to is shown beside it where there is room.
 */
#ifndef UI_CHOOSER_H
#define UI_CHOOSER_H

#include "view.h"

struct chooser;

struct chooser_row {
    struct str label;
    struct str sign;          /* before the label; may be empty */
    struct str extra;         /* said behind the label, and filtered by as well; may be empty */
    size_t indent;            /* in steps of two cells */
    struct position position; /* that it leads to */
    struct str text; /* of one that leads nowhere: what is shown instead, in Markdown; may be empty */
    size_t hop;      /* of the trail, if it is one: 1 + the number of the history's entry; else 0 */
};

/* An empty list with a title. Of `questions` each row is marked as read or missing, and [ and ] walk through those shown when
 * one is opened. */
struct chooser *chooser_new(struct str title, bool questions);

/* Texts are copied. */
void chooser_add(struct chooser *chooser, const struct chooser_row *row);

/* What is said where the list has no rows at all. */
void chooser_set_none(struct chooser *chooser, struct str text);

/* The row that is selected at first, as a number of the rows added. */
void chooser_select(struct chooser *chooser, size_t row);

/* Where further rows come from, as they are wanted: a list may be longer than anyone looks through. */
struct chooser_source {
    /* Adds what of the next rows, so many of them, belongs into the list. False if there are no more. */
    bool (*add)(struct chooser_source *source, struct chooser *chooser, const struct session *session,
                size_t rows);
    void (*free)(struct chooser_source *source);
};

/* The chooser owns the source from then on. The first rows are added at once; returns how many. */
size_t chooser_set_source(struct chooser *chooser, const struct session *session,
                          struct chooser_source *source);

struct view *chooser_view(struct chooser *chooser);

#endif
