/*
 * search_view_inside: what search_view.c and search_view_draw.c know of each other.
 */
#ifndef UI_SEARCH_VIEW_INSIDE_H
#define UI_SEARCH_VIEW_INSIDE_H

#include "line.h"
#include "list.h"
#include "reading.h"
#include "search_job.h"
#include "search_view.h"

/* Lines of a result: title, and subject with snippet. */
#define SEARCH_RESULT_LINES 2

/* From so many the selected result is shown beside the list. */
#define SEARCH_SPLIT_COLUMNS 60

struct search_view {
    struct view view;
    bool titles;
    struct line line;
    size_t age;        /* of the earlier query that was brought back; 0: none */
    size_t wanted_row; /* to select when the results come, ... */
    uint32_t wanted;   /* ... or this article, if it is among them */
    bool fresh;        /* an answer has come and is not shown yet */
    bool with_texts;   /* the index was there when the search began */
    struct search_slot *slot;
    struct search_answer *answer;   /* NULL until there is one; the last good one, if there is a problem */
    struct err problem;             /* with the query; ERR_LIMIT: not all was looked at */
    struct search_scratch *scratch; /* this thread's, for snippets */
    struct list list;
    struct reading preview;
    bool scrolled; /* the preview, by the reader */
    size_t rows, columns;
};

/* The pane below the query: its first row, its rows, and the columns of the list. */
size_t search_view_pane_top(const struct search_view *search);
size_t search_view_pane_rows(const struct search_view *search);
size_t search_view_result_columns(const struct search_view *search);

const struct search_hit *search_view_selected_hit(const struct search_view *search); /* NULL: none */

void search_view_draw(struct view *view, const struct session *session, struct grid *grid);

#endif
