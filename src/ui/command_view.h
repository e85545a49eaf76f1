/*
 * command_view: a line for the name of an action, over the view it is meant for, with the actions that fit.
 */
#ifndef UI_COMMAND_VIEW_H
#define UI_COMMAND_VIEW_H

#include "view.h"

struct view *command_view_new(void);

#endif
