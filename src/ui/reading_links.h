/*
 * reading_links: what reading.c and reading_links.c know of each other.
 */
#ifndef UI_READING_LINKS_H
#define UI_READING_LINKS_H

#include "document.h"
#include "reading.h"

/* Lays the page out again; the top line's number is kept. */
void reading_lay_out(struct reading *reading, const struct session *session);

/* Which links the laid out page has; `known` are those that lead to articles. */
void reading_collect_links(struct reading *reading, const struct session *session,
                           const struct document_links *known);

/* The next link, from the selected one or else from the first visible line. */
void reading_walk_links(struct reading *reading, bool backwards);

#endif
