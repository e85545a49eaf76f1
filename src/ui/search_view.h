/*
 * search_view: the search bar with its results, and the selected one beside them.
 */
#ifndef UI_SEARCH_VIEW_H
#define UI_SEARCH_VIEW_H

#include "view.h"

enum search_view_kind {
    SEARCH_VIEW_WORDS,  /* words anywhere in the library */
    SEARCH_VIEW_AGAIN,  /* the same, with the last query and its results */
    SEARCH_VIEW_TITLES, /* a few letters of a title, or an id */
};

struct view *search_view_new(const struct session *session, enum search_view_kind kind);

#endif
