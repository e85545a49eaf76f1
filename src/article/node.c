#include "lectern/markdown.h"

struct node *node_append(struct arena *arena, struct node *parent, enum node_kind kind, uint32_t offset)
{
    struct node *node = arena_alloc(arena, sizeof *node);
    node->kind = kind;
    node->offset = offset;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}
