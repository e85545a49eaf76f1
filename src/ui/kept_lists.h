/*
 * kept_lists: lists of what the reader has kept of this library: bookmarks, notes, what was opened.
 */
#ifndef UI_KEPT_LISTS_H
#define UI_KEPT_LISTS_H

#include "view.h"

void kept_list_bookmarks(const struct session *session, struct effects *effects);
void kept_list_notes(const struct session *session, struct effects *effects);
void kept_list_history(const struct session *session, struct effects *effects);

#endif
