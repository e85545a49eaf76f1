/*
 * keeping: what the reader marks and writes about questions, and the lists of that.
 */
#ifndef UI_KEEPING_H
#define UI_KEEPING_H

#include "reading.h"
#include "view.h"

/* `reading` shows the question that is meant. False if the action is none of these. */
bool keeping_act(const struct reading *reading, const struct session *session, enum action action,
                 struct effects *effects);

#endif
