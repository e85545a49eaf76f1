/*
 * study_view_inside: what study_view.c and study_view_draw.c know of each other.
 */
#ifndef UI_STUDY_VIEW_INSIDE_H
#define UI_STUDY_VIEW_INSIDE_H

#include "lectern/study.h"
#include "reading.h"
#include "study_view.h"

enum study_phase { STUDY_ASKS, STUDY_ANSWERS, STUDY_ENDS };

/* Rows above and below the page: the title and a line, a line and the status. */
#define STUDY_ROWS_ABOVE  2
#define STUDY_ROWS_AROUND 4

/* A grade or a burial, as deck_undo() takes it back. */
struct kept {
    size_t place; /* of the card */
    int64_t number;
};

struct study_view {
    struct view view;
    struct arena arena; /* of the title */
    struct str title;
    struct study *study;
    enum study_phase phase;
    struct kept *kept; /* what was done so far, each with the card it was done to */
    size_t kept_count, kept_capacity;
    struct reading reading; /* the article of the current card, and its answer */
    size_t rows, columns;
    struct arena page_arena; /* of the page: the question, or the summary */
    struct layout page_layout;
    struct pager page;
};

size_t study_view_page_rows(const struct study_view *view);

/* Lays out the question, or the summary, for the view's size. */
void study_view_make_page(struct study_view *view, const struct session *session);

void study_view_draw(struct view *view, const struct session *session, struct grid *grid);

#endif
