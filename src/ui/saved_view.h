/*
 * saved_view: the searches that were kept under a name, how much each finds, and the best of that beside them.
 */
#ifndef UI_SAVED_VIEW_H
#define UI_SAVED_VIEW_H

#include "view.h"

/* Opens the list; says so if there are none, or nothing is kept. */
void saved_view_open(const struct session *session, struct effects *effects);

/* Asks for a name to keep the last query under. */
void saved_view_ask_name(const struct session *session, struct effects *effects);

#endif
