#include "lectern/branches.h"

#include <stdint.h>

/* Children by number: the one with the highest comes first, and is therefore taken last of its siblings. */
static void link_children(const size_t *parents, size_t count, size_t *first, size_t *sibling)
{
    for (size_t i = 0; i < count; i++)
        first[i] = sibling[i] = BRANCHES_NONE;
    for (size_t i = 0; i < count; i++) {
        if (parents[i] == BRANCHES_NONE)
            continue;
        sibling[i] = first[parents[i]];
        first[parents[i]] = i;
    }
}

/* Puts those gone to from an entry on the stack: that gone last lowest, so that it is taken last. */
static size_t stack_children(const size_t *first, const size_t *sibling, size_t last, struct branch from,
                             struct branch *stack, size_t height)
{
    if (last != BRANCHES_NONE)
        stack[height++] = (struct branch){last, from.indent, false};
    for (size_t child = first[from.entry]; child != BRANCHES_NONE; child = sibling[child])
        if (child != last)
            stack[height++] = (struct branch){child, from.indent + 1, true};
    return height;
}

struct branch *branches_order(const size_t *parents, const size_t *last, size_t count, struct arena *arena)
{
    size_t *first = arena_array(arena, count, sizeof *first);
    size_t *sibling = arena_array(arena, count, sizeof *sibling);
    struct branch *stack = arena_array(arena, count, sizeof *stack);
    struct branch *order = arena_array(arena, count, sizeof *order);
    size_t ordered = 0;
    link_children(parents, count, first, sibling);
    for (size_t root = 0; root < count; root++) {
        if (parents[root] != BRANCHES_NONE)
            continue;
        size_t height = 0;
        stack[height++] = (struct branch){.entry = root};
        while (height) {
            struct branch branch = stack[--height];
            order[ordered++] = branch;
            height = stack_children(first, sibling, last ? last[branch.entry] : first[branch.entry], branch,
                                    stack, height);
        }
    }
    return order;
}
