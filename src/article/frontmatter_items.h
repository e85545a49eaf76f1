/*
 * frontmatter_items: what YAML consists of, one after the other. Nothing else knows libyaml.
 *
 * Front matter is nearly always simple enough for frontmatter_simple.h; libyaml reads what is not.
 */
#ifndef ARTICLE_FRONTMATTER_ITEMS_H
#define ARTICLE_FRONTMATTER_ITEMS_H

#include "problems.h"

enum frontmatter_item_kind {
    ITEM_BEGINNING, /* the text is read from its beginning: what came before it means nothing */
    ITEM_MAPPING,
    ITEM_SEQUENCE,
    ITEM_COLLECTION_END,
    ITEM_SCALAR,
    ITEM_ALIAS,
};

struct frontmatter_item {
    enum frontmatter_item_kind kind;
    struct str text;       /* of a scalar, in the arena or a part of the text; the name of an alias */
    uint32_t line, column; /* from 1 */
    size_t begin, end;     /* in characters */
};

/* False if no more items are wanted. */
typedef bool frontmatter_take(void *context, const struct frontmatter_item *item);

/*
 * Gives `take` the items of the first document of a UTF-8 text, which characters that YAML forbids do not hinder: they are
 * given as U+FFFD, with a warning. True if all of the document was read: then only scalars have a line and column, and no
 * item need have `begin` and `end`. Else it is broken, which is a problem, or `take` did not want all of it.
 */
bool frontmatter_read_items(struct arena *arena, struct str text, struct problems *problems,
                            frontmatter_take *take, void *context);

#endif
