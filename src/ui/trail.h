/*
 * trail: the way one has come through the library, with its branches: as a line, as a list, as a reading list.
 */
#ifndef UI_TRAIL_H
#define UI_TRAIL_H

#include "history.h"
#include "view.h"

/* The last hops to the current entry, as titles in at most so many cells. */
struct str trail_line(struct arena *arena, const struct history *history, const struct session *session,
                      size_t hops, size_t cells);

/* A list of all hops to go to again. NULL if there are none. */
struct view *trail_list(const struct history *history, const struct session *session);

/* Appends the trail as a list in Markdown, each question with its place and subject. */
void trail_write(const struct history *history, const struct session *session, struct buf *out);

#endif
