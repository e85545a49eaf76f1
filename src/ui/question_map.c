#include "lectern/question_map.h"

#include "lectern/graph.h"

#define USUAL_HOPS 2

static enum map_mark mark_of(const struct catalogue *catalogue, const struct question_map_wishes *wishes,
                             uint32_t target)
{
    if (catalogue_is_missing(catalogue, target))
        return MAP_MISSING;
    return wishes->is_read && wishes->is_read(wishes->context, target) ? MAP_READ : MAP_UNREAD;
}

static unsigned directions_of(enum graph_direction direction)
{
    return (direction & GRAPH_OUT ? MAP_TO_B : 0u) | (direction & GRAPH_IN ? MAP_TO_A : 0u);
}

bool question_map_make(const struct catalogue *catalogue, const struct question_map_wishes *wishes,
                       struct arena *arena, struct question_map *made)
{
    struct graph_part part;
    graph_find_part(catalogue, wishes->centre, wishes->whole ? UINT32_MAX : USUAL_HOPS, QUESTION_MAP_NODES,
                    arena, &part);
    *made = (struct question_map){.cut = part.cut};
    if (part.node_count == 0)
        return false;
    struct map *map = &made->map;
    map->node_count = part.node_count;
    map->nodes = arena_array(arena, part.node_count, sizeof *map->nodes);
    made->targets = arena_array(arena, part.node_count, sizeof *made->targets);
    for (size_t i = 0; i < part.node_count; i++) {
        uint32_t target = part.nodes[i].target;
        made->targets[i] = target;
        map->nodes[i] = (struct map_node){.title = catalogue_title(catalogue, target),
                                          .layer = part.nodes[i].hops,
                                          .mark = mark_of(catalogue, wishes, target)};
    }
    map->edge_count = part.edge_count;
    map->edges = arena_array(arena, part.edge_count, sizeof *map->edges);
    for (size_t i = 0; i < part.edge_count; i++)
        map->edges[i] =
            (struct map_edge){part.edges[i].a, part.edges[i].b, directions_of(part.edges[i].direction)};
    map_arrange(map);
    return true;
}
