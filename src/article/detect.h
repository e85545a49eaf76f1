/*
 * detect: what a text without front matter is, and what it calls itself.
 */
#ifndef ARTICLE_DETECT_H
#define ARTICLE_DETECT_H

#include <stdbool.h>

#include "lectern/arena.h"
#include "lectern/str.h"

/* True if the text has the structure of Markdown, so that reading it as plain paragraphs would be wrong. */
bool detect_markdown(struct str text);

/* The words of the first heading, without their marks; empty if there is none. */
struct str detect_heading(struct arena *arena, struct str text);

/* The first line of a Markdown text that holds a letter or digit, without the marks at its beginning. */
struct str detect_first_words(struct arena *arena, struct str text);

#endif
