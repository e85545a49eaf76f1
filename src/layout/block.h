/*
 * block: what the files of this folder know of each other's blocks.
 */
#ifndef LECTERN_LAYOUT_BLOCK_H
#define LECTERN_LAYOUT_BLOCK_H

#include "page.h"

/* The least room for text that an indentation may leave. */
#define BLOCK_LEAST_ROOM 10

void code_layout(struct page *page, const struct node *block);
void table_layout(struct page *page, const struct node *table);

/* The fold's label; its lines, too, if it is open. */
void fold_layout(struct page *page, const struct node *fold);

#endif
