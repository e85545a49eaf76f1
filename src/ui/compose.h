/*
 * compose: pages made by the program, as trees of nodes like those that Markdown gives.
 */
#ifndef UI_COMPOSE_H
#define UI_COMPOSE_H

#include "lectern/arena.h"
#include "lectern/markdown.h"

/* A new last child; its offset is the parent's. */
struct node *compose_node(struct arena *arena, struct node *parent, enum node_kind kind);

/* An inline with the text as it is: nothing in it is markup. */
void compose_text(struct arena *arena, struct node *parent, struct str text);

/* The same, but for formulas. */
void compose_prose(struct arena *arena, struct node *parent, struct str text);

struct node *compose_heading(struct arena *arena, struct node *parent, uint32_t level, struct str text);
void compose_paragraph(struct arena *arena, struct node *parent, struct str text);

/* A row of two cells, the first one strong. */
void compose_row(struct arena *arena, struct node *table, struct str name, struct str value);

/* Copies of a node, and of a node with its later siblings, with their texts and children, as last children of `parent`. */
void compose_copy(struct arena *arena, struct node *parent, const struct node *node);
void compose_copies(struct arena *arena, struct node *parent, const struct node *first);

#endif
