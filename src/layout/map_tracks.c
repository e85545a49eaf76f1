/* Which column each track has between two layers: such that few lines cross, and few columns are needed. */
#include "lectern/mem.h"
#include "map_inside.h"

/* Tracks beyond this many stay in the order of their questions. */
#define MOST_ORDERED 48
#define MOST_PASSES  4

/* A column less is worth so many crossings. */
#define COLUMN_WORTH 2

struct tracks {
    const struct map *map;
    const size_t *rows;
    struct map_gap *gap;
    uint32_t right;  /* the layer, or MAP_NONE */
    uint32_t *order; /* the nodes that have a track, in the order in which they choose a column */
    size_t count;
    uint32_t *turn;                /* by node: its number in that order */
    uint32_t *leftmost;            /* by node of the right layer: the column where its line begins */
    const struct map_edge **edges; /* of this gap, those within the left layer first */
    size_t edge_count, inner_count;
};

/* The node whose track the edge is on, and the node whose line it meets. */
static void ends_of(const struct tracks *tracks, const struct map_edge *edge, uint32_t *track, uint32_t *line)
{
    const struct map_node *nodes = tracks->map->nodes;
    bool a_left = nodes[edge->a].layer == tracks->gap->left;
    if (a_left && nodes[edge->b].layer == tracks->gap->left)
        a_left = tracks->turn[edge->a] < tracks->turn[edge->b];
    *track = a_left ? edge->a : edge->b;
    *line = a_left ? edge->b : edge->a;
}

static void stretch(const struct tracks *tracks, uint32_t node, size_t row)
{
    struct map_gap *gap = tracks->gap;
    if (row < gap->top[node])
        gap->top[node] = row;
    if (row > gap->foot[node])
        gap->foot[node] = row;
}

static void measure(const struct tracks *tracks)
{
    uint32_t track, line;
    for (size_t i = 0; i < tracks->count; i++) {
        uint32_t node = tracks->order[i];
        tracks->gap->top[node] = tracks->gap->foot[node] = tracks->rows[node];
    }
    for (size_t e = 0; e < tracks->edge_count; e++) {
        ends_of(tracks, tracks->edges[e], &track, &line);
        stretch(tracks, track, tracks->rows[line]);
    }
}

/* The first column of which the rows are free, to the right of `least`. */
static uint32_t free_column(const struct tracks *tracks, size_t turn, uint32_t least)
{
    const struct map_gap *gap = tracks->gap;
    uint32_t node = tracks->order[turn];
    for (uint32_t column = least;; column++) {
        bool is_free = true;
        for (size_t i = 0; i < turn && is_free; i++) {
            uint32_t other = tracks->order[i];
            is_free = gap->column[other] != column || gap->foot[other] + 1 < gap->top[node] ||
                      gap->foot[node] + 1 < gap->top[other];
        }
        if (is_free)
            return column;
    }
}

/* A line must pass the tracks that it meets before it ends in its own. */
static void choose_columns(const struct tracks *tracks)
{
    struct map_gap *gap = tracks->gap;
    uint32_t track, line;
    gap->columns = 0;
    measure(tracks);
    for (size_t turn = 0; turn < tracks->count; turn++) {
        uint32_t node = tracks->order[turn], least = 0;
        for (size_t e = 0; e < tracks->inner_count; e++) {
            ends_of(tracks, tracks->edges[e], &track, &line);
            if (line == node && gap->column[track] >= least)
                least = gap->column[track] + 1;
        }
        gap->column[node] = free_column(tracks, turn, least);
        if (gap->column[node] >= gap->columns)
            gap->columns = gap->column[node] + 1;
    }
}

static size_t count_meetings(const struct tracks *tracks, size_t row, uint32_t from, uint32_t to)
{
    const struct map_gap *gap = tracks->gap;
    size_t meetings = 0;
    for (size_t i = 0; i < tracks->count; i++) {
        uint32_t other = tracks->order[i], column = gap->column[other];
        meetings += column >= from && column < to && gap->top[other] <= row && row <= gap->foot[other];
    }
    return meetings;
}

/* The places where lines meet; those of links are always as many. */
static size_t cost_of(const struct tracks *tracks)
{
    const struct map_gap *gap = tracks->gap;
    size_t cost = gap->columns * COLUMN_WORTH;
    uint32_t track, line;
    for (size_t n = 0; n < tracks->map->node_count; n++)
        tracks->leftmost[n] = MAP_NONE;
    for (size_t e = tracks->inner_count; e < tracks->edge_count; e++) {
        ends_of(tracks, tracks->edges[e], &track, &line);
        if (gap->column[track] < tracks->leftmost[line])
            tracks->leftmost[line] = gap->column[track];
    }
    for (uint32_t n = 0; n < tracks->map->node_count; n++)
        if (tracks->map->nodes[n].layer == tracks->right && tracks->leftmost[n] != MAP_NONE)
            cost += count_meetings(tracks, tracks->rows[n], tracks->leftmost[n], (uint32_t)gap->columns);
    for (size_t i = 0; i < tracks->count; i++)
        cost += count_meetings(tracks, tracks->rows[tracks->order[i]], 0, gap->column[tracks->order[i]]);
    return cost;
}

static void swap_turns(const struct tracks *tracks, size_t i)
{
    uint32_t a = tracks->order[i], b = tracks->order[i + 1];
    tracks->order[i] = b;
    tracks->order[i + 1] = a;
    tracks->turn[a] = (uint32_t)i + 1;
    tracks->turn[b] = (uint32_t)i;
}

/* Neighbours change places as long as that makes the picture better. */
static void improve(const struct tracks *tracks)
{
    bool better = tracks->count <= MOST_ORDERED;
    choose_columns(tracks);
    size_t least = cost_of(tracks);
    for (int pass = 0; pass < MOST_PASSES && better; pass++) {
        better = false;
        for (size_t i = 0; i + 1 < tracks->count; i++) {
            swap_turns(tracks, i);
            choose_columns(tracks);
            size_t cost = cost_of(tracks);
            if (cost < least) {
                least = cost;
                better = true;
            } else {
                swap_turns(tracks, i);
            }
        }
    }
    choose_columns(tracks);
}

/* Within the left layer, or from it to the right one. */
static void gather_edges(struct tracks *tracks, bool inner)
{
    const struct map *map = tracks->map;
    uint32_t left = tracks->gap->left;
    for (size_t e = 0; e < map->edge_count; e++) {
        uint32_t a = map->nodes[map->edges[e].a].layer, b = map->nodes[map->edges[e].b].layer;
        if (inner ? a == left && b == left
                  : (a == left && b == tracks->right) || (b == left && a == tracks->right))
            tracks->edges[tracks->edge_count++] = &map->edges[e];
    }
}

/* Those of the left layer that are linked, at first from above to below. */
static void gather_nodes(struct tracks *tracks, const struct map_layers *layers, struct arena *arena)
{
    const struct map *map = tracks->map;
    uint32_t left = tracks->gap->left;
    bool *linked = arena_array(arena, map->node_count, sizeof *linked);
    for (size_t e = 0; e < tracks->edge_count; e++)
        linked[tracks->edges[e]->a] = linked[tracks->edges[e]->b] = true;
    for (uint32_t i = layers->starts[left]; i < layers->starts[left + 1]; i++) {
        uint32_t node = layers->nodes[i];
        if (!linked[node])
            continue;
        tracks->turn[node] = (uint32_t)tracks->count;
        tracks->order[tracks->count++] = node;
    }
}

void map_find_tracks(const struct map *map, const struct map_layers *layers, const size_t *rows,
                     uint32_t left, struct arena *arena, struct map_gap *gap)
{
    size_t count = map->node_count;
    *gap = (struct map_gap){.left = left, .last = left + 1 == layers->count};
    gap->column = arena_array(arena, count, sizeof *gap->column);
    gap->top = arena_array(arena, count, sizeof *gap->top);
    gap->foot = arena_array(arena, count, sizeof *gap->foot);
    struct tracks tracks = {.map = map, .rows = rows, .gap = gap, .right = gap->last ? MAP_NONE : left + 1};
    tracks.order = arena_array(arena, count, sizeof *tracks.order);
    tracks.turn = arena_array(arena, count, sizeof *tracks.turn);
    tracks.leftmost = arena_array(arena, count, sizeof *tracks.leftmost);
    tracks.edges = arena_array(arena, map->edge_count, sizeof *tracks.edges);
    for (size_t n = 0; n < count; n++)
        gap->column[n] = MAP_NONE;
    gather_edges(&tracks, true);
    tracks.inner_count = tracks.edge_count;
    gather_edges(&tracks, false);
    gather_nodes(&tracks, layers, arena);
    if (tracks.count)
        improve(&tracks);
}
