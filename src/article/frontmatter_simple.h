/*
 * frontmatter_simple: front matter that is plain enough to be read without libyaml.
 *
 * libyaml needs a hundred instructions for each byte, and nearly all front matter consists of lines `name: value`, of names
 * with such lines indented below, and of block scalars whose lines are indented alike. Whatever is not plainly that is
 * libyaml's to read: all of the text, so that there is one judge of it.
 */
#ifndef ARTICLE_FRONTMATTER_SIMPLE_H
#define ARTICLE_FRONTMATTER_SIMPLE_H

#include "frontmatter_items.h"

/*
 * Gives all items of a text to `take`, until it returns false. The text holds no character that YAML forbids, and its first
 * line is the marker of a document. False if it is not simple, or not all was taken: what was taken then means nothing.
 * Items have no `begin` and `end`, and only scalars have a line and column.
 */
bool frontmatter_read_simple(struct arena *arena, struct str text, frontmatter_take *take, void *context);

#endif
