/*
 * passage: a look at a block of the page that is read, over it: what a citation leads to, or the lines of a fold. Or at a
 * document that leads nowhere.
 */
#ifndef UI_PASSAGE_H
#define UI_PASSAGE_H

#include "lectern/markdown.h"
#include "view.h"

/* Copies the block. Enter does in the view below what it does there on the selected link; of a document it closes the view. */
struct view *passage_new(struct str title, const struct node *block);

#endif
