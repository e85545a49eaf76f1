/*
 * inline: the inlines of a block into a flow.
 */
#ifndef LECTERN_LAYOUT_INLINE_H
#define LECTERN_LAYOUT_INLINE_H

#include "flow.h"

/* The children of a block, in the page's style with `flags`, or in `style` when it has a role of its own. */
void inline_children(struct flow *flow, const struct node *block, style style);

/* The text of a node and its children, without markup. */
void inline_plain(struct page *page, const struct node *node, struct buf *out);

#endif
