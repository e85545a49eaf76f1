/*
 * write_view: asks for the name of a file and writes a text into it: one that is not there yet, and not in the library.
 */
#ifndef UI_WRITE_VIEW_H
#define UI_WRITE_VIEW_H

#include "view.h"

/* `what` is written, as "the trail"; `name` stands there at first. The text's buffer becomes the view's own. */
struct view *write_view_new(const char *what, struct str name, struct buf *text);

#endif
