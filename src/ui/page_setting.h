/*
 * page_setting: how the pages of articles are set: the column's width, blocks that are wider, the right edge.
 */
#ifndef LECTERN_UI_PAGE_SETTING_H
#define LECTERN_UI_PAGE_SETTING_H

#include "session.h"

#define PAGE_SETTING_WIDTH 80 /* of the column, in cells, if none is wished for */

/* The action is one of NARROWER, WIDER, WRAP, JUSTIFY. `seen` is the width of the page that is shown, which the pane may have
 * kept below the one that was asked for; 0: none is shown. */
void page_setting_change(struct session *session, size_t seen, enum action action);

/* What to say of it once the page, `seen` cells wide before, is laid out anew and `width` wide. */
void page_setting_tell(const struct session *session, size_t seen, size_t width, enum action action,
                       struct buf *message);

#endif
