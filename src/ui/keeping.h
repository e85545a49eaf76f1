/*
 * keeping: what the reader marks and writes about the question on the desk.
 */
#ifndef UI_KEEPING_H
#define UI_KEEPING_H

#include "desk.h"

/* False if the action is none of these. */
bool keeping_act(const struct desk *desk, const struct session *session, enum action action,
                 struct effects *effects);

#endif
