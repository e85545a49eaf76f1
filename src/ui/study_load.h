/*
 * study_load: a picture of how much is due on the coming days, and of how much was known in the last weeks when it was asked
 * again.
 */
#ifndef UI_STUDY_LOAD_H
#define UI_STUDY_LOAD_H

#include "view.h"

struct view *study_load_new(void);

#endif
