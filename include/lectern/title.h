/*
 * title: questions in narrow rows.
 */
#ifndef LECTERN_TITLE_H
#define LECTERN_TITLE_H

#include "lectern/text.h"

/* The title if it fits into `cells`; else without the words that many questions begin with alike ("What are the"), and
 * cut with an ellipsis if it is still too long. */
struct str title_fit(struct arena *arena, struct str title, enum text_charset charset, size_t cells);

#endif
