/*
 * prompt: one line that the reader is asked to type, over the view below.
 */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "view.h"

/* Gets what was typed when Enter is pressed; nothing after Esc. */
typedef void prompt_take(int64_t subject, const struct session *session, struct str text,
                         struct effects *effects);

/* `label` is a literal; the line begins with `text`. `subject` is handed on. */
struct view *prompt_new(const char *label, struct str text, prompt_take *take, int64_t subject);

#endif
