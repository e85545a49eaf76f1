/*
 * links: what is linked with the question on the desk: lists, the map, the next one to read.
 */
#ifndef UI_LINKS_H
#define UI_LINKS_H

#include "desk.h"

/* False if the action is none of these. */
bool links_act(const struct desk *desk, const struct session *session, enum action action, key argument,
               struct effects *effects);

#endif
