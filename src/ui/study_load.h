/*
 * study_load: a picture of how much is due on the coming days.
 */
#ifndef UI_STUDY_LOAD_H
#define UI_STUDY_LOAD_H

#include "view.h"

struct view *study_load_new(const struct session *session);

#endif
