/* export_markdown: bookmarks, notes and trails as a page of Markdown. */
#ifndef LECTERN_CMD_EXPORT_MARKDOWN_H
#define LECTERN_CMD_EXPORT_MARKDOWN_H

#include <stdio.h>

#include "lectern/state.h"
#include "lectern/text.h"

/* A terminal gets it as text_safe() shows it. Whoever calls looks whether all was written. */
void export_markdown(struct state *state, FILE *stream, enum text_charset charset);

#endif
