/*
 * yaml_simple: front matter that is plain enough to be read without libyaml.
 *
 * libyaml needs a hundred instructions for each byte, and nearly all front matter consists of lines `name: value`, of names
 * with such lines indented below, and of block scalars whose lines are indented alike. Whatever is not plainly that is
 * libyaml's to read: all of the text, so that there is one judge of it.
 */
#ifndef ARTICLE_YAML_SIMPLE_H
#define ARTICLE_YAML_SIMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"

/* What a YAML text consists of, whoever reads it. */
enum yaml_item_kind {
    ITEM_MAPPING,
    ITEM_SEQUENCE,
    ITEM_COLLECTION_END,
    ITEM_SCALAR,
    ITEM_ALIAS,
    ITEM_DOCUMENT_END,
};

struct yaml_item {
    enum yaml_item_kind kind;
    struct str text;       /* of a scalar, in the arena or a part of the text; the name of an alias */
    uint32_t line, column; /* from 1 */
    size_t begin, end;     /* in characters */
};

/*
 * Gives all items of a text to `take`, until it returns false. The text holds no character that YAML forbids, and its first
 * line is the marker of a document. False if it is not simple, or not all was taken: what was taken then means nothing.
 * Items have no `begin` and `end`, and only scalars have a line and column.
 */
bool yaml_simple_read(struct arena *arena, struct str yaml,
                      bool (*take)(void *context, const struct yaml_item *item), void *context);

#endif
