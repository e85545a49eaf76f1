#include "lists.h"

struct lists lists_transpose(struct arena *arena, const struct lists *lists, uint32_t count)
{
    size_t total = lists->starts[lists->count];
    struct lists turned = {
        .starts = arena_array(arena, (size_t)count + 2, sizeof *turned.starts),
        .items = arena_array(arena, total, sizeof *turned.items),
        .count = count,
    };
    /* Counted two places ahead, so that filling leaves every start where it belongs. */
    for (size_t i = 0; i < total; i++)
        turned.starts[lists->items[i] + 2]++;
    for (size_t i = 2; i < (size_t)count + 2; i++)
        turned.starts[i] += turned.starts[i - 1];
    for (uint32_t list = 0; list < lists->count; list++)
        for (size_t i = lists->starts[list]; i < lists->starts[list + 1]; i++)
            turned.items[turned.starts[lists->items[i] + 1]++] = list;
    return turned;
}
