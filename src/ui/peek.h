/*
 * peek: a look at the question behind a link, over the view it was asked for, without going there.
 */
#ifndef UI_PEEK_H
#define UI_PEEK_H

#include "view.h"

struct view *peek_new(const struct session *session, uint32_t target);

#endif
