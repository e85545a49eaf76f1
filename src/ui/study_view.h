/*
 * study_view: a session of studying: a question, its answer, a grade, and a summary at the end.
 */
#ifndef UI_STUDY_VIEW_H
#define UI_STUDY_VIEW_H

#include "study_lists.h"
#include "view.h"

/* Asks for the view of a session, or says why there is none: nothing is due, and nothing is new. */
void study_view_open(const struct session *session, const struct study_list *list, struct effects *effects);

#endif
