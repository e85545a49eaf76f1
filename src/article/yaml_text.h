/*
 * yaml_text: text that libyaml takes.
 */
#ifndef ARTICLE_YAML_TEXT_H
#define ARTICLE_YAML_TEXT_H

#include "problems.h"

/*
 * The `yaml` with U+FFFD for each character that YAML forbids, and a warning if there are any: libyaml reads nothing of a
 * text that holds one. Characters keep their places.
 */
struct str yaml_text_clean(struct arena *arena, struct str yaml, struct problems *problems);

#endif
