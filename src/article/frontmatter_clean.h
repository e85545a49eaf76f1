/*
 * frontmatter_clean: text that libyaml takes.
 */
#ifndef ARTICLE_FRONTMATTER_CLEAN_H
#define ARTICLE_FRONTMATTER_CLEAN_H

#include "problems.h"

/*
 * The text with U+FFFD for each character that YAML forbids, and a warning if there are any: libyaml reads nothing of a
 * text that holds one. Characters keep their places.
 */
struct str frontmatter_clean(struct arena *arena, struct str text, struct problems *problems);

#endif
