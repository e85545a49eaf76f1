/*
 * map_view: a picture of the questions around one, to walk through.
 */
#ifndef UI_MAP_VIEW_H
#define UI_MAP_VIEW_H

#include "view.h"

/* Around an article or a missing one. */
struct view *map_view_new(const struct session *session, uint32_t centre);

#endif
