/*
 * sheet: a view of one page that the program has made: the help, the details of an article.
 */
#ifndef UI_SHEET_H
#define UI_SHEET_H

#include "view.h"

/* The list of keys, from actions.def. */
struct view *sheet_new_help(const struct keymap *keymap);

/* Everything known of an article: its files, every field of its front matter, its problems. */
struct view *sheet_new_details(const struct session *session, uint32_t article);

#endif
