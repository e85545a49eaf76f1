/* Where everything stands in a drawing: the layers from left to right, the rows of their nodes. */
#include <stdlib.h>

#include "lectern/layout.h"
#include "lectern/mem.h"
#include "lectern/title.h"
#include "map_inside.h"

/* From so many columns the centre stands on the left; below, it would leave too little for the others. */
#define CENTRE_COLUMNS 100
#define CENTRE_LEAST   20
#define CENTRE_MOST    34
#define CENTRE_LINES   12

/* Cells of a frame with the spaces and the mark inside. */
#define FRAME_CELLS 6
#define MARK_CELLS  2
#define FRAME_LINES 3

/* Links within the last layer are drawn if their tracks need no more than such a part of the columns, and leave so many to each
 * layer. */
#define LAST_GAP_SHARE  8
#define LAST_GAP_LEAVES 30

/* Layers get at least so many cells, even if the drawing gets wider than there is room for. Of many layers not all are in sight
 * anyway: then each gets what can be read with ease. */
#define TITLE_LEAST 16
#define TITLE_EASE  26
#define MANY_LAYERS 3

/* -- titles --------------------------------------------------------------------------------------------------------- */

size_t map_wrap_title(struct str title, size_t cells, size_t lines, enum text_charset charset,
                      struct arena *arena, struct str **out)
{
    struct layout layout;
    struct layout_options options = {.width = cells ? cells : 1, .charset = charset};
    *out = arena_array(arena, lines, sizeof **out);
    if (lines == 1) {
        (*out)[0] = title_fit(arena, title, charset, cells);
        return 1;
    }
    layout_build_text(arena, text_elide(arena, title, charset, SIZE_MAX), STYLE_TEXT, &options, &layout);
    for (size_t i = 0; i < layout.line_count && i < lines; i++)
        (*out)[i] = layout_line_text(arena, &layout.lines[i]);
    if (layout.line_count <= lines)
        return layout.line_count;
    struct str rest = (*out)[lines - 1];
    for (size_t i = lines; i < layout.line_count; i++) {
        struct str line = layout_line_text(arena, &layout.lines[i]);
        rest = arena_printf(arena, "%.*s %.*s", STR_ARG(rest), STR_ARG(line));
    }
    (*out)[lines - 1] = text_elide(arena, rest, charset, cells);
    return lines;
}

static size_t widest_line(const struct map_box *box, enum text_charset charset)
{
    size_t widest = 0;
    for (size_t i = 0; i < box->line_count; i++) {
        size_t width = text_width(box->lines[i], charset);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* -- rows ----------------------------------------------------------------------------------------------------------- */

static size_t largest_layer(const struct map_plan *plan)
{
    size_t largest = 0;
    for (uint32_t i = 1; i < plan->layers.count; i++)
        if (map_layer_size(&plan->layers, i) > largest)
            largest = map_layer_size(&plan->layers, i);
    return largest;
}

/* Frames stand evenly. Those of every other layer are one row lower: their lines never lie in one row. */
static void place_frames(struct map_plan *plan, size_t top, size_t rows)
{
    size_t pitch = plan->lines + 2;
    for (uint32_t layer = 1; layer < plan->layers.count; layer++) {
        size_t size = map_layer_size(&plan->layers, layer);
        size_t spare = rows > size * pitch ? (rows - size * pitch) / 2 : 0;
        size_t first = top + spare / pitch * pitch + (layer % 2 ? 0 : 1);
        for (size_t i = 0; i < size; i++)
            plan->rows[plan->layers.nodes[plan->layers.starts[layer] + i]] = first + i * pitch + 1;
        if (first + size * pitch > plan->height)
            plan->height = first + size * pitch;
    }
}

struct stop {
    double at; /* where among those before it would stand best */
    uint32_t node;
};

static int compare_stops(const void *left, const void *right)
{
    const struct stop *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

/* The mean of where the nodes of the layer before that it is linked with stand. */
static double wanted_stop(const struct map_plan *plan, uint32_t node, const double *at)
{
    const struct map *map = plan->map;
    double sum = 0;
    size_t count = 0;
    for (size_t e = 0; e < map->edge_count; e++) {
        uint32_t a = map->edges[e].a, b = map->edges[e].b;
        if (a != node && b != node)
            continue;
        uint32_t other = a == node ? b : a;
        if (map->nodes[other].layer + 1 != map->nodes[node].layer)
            continue;
        sum += at[other];
        count++;
    }
    return count ? sum / (double)count : 0;
}

/* Each node has a row of its own: below those that it is linked with on its left, as far as the order of its layer allows. */
static void place_rows(struct map_plan *plan, size_t top, size_t rows)
{
    size_t count = plan->map->node_count;
    struct stop *stops = mem_calloc(count, sizeof *stops);
    double *at = mem_calloc(count, sizeof *at);
    size_t placed = 0;
    for (uint32_t layer = 1; layer < plan->layers.count; layer++) {
        double least = 0;
        for (uint32_t i = plan->layers.starts[layer]; i < plan->layers.starts[layer + 1]; i++) {
            uint32_t node = plan->layers.nodes[i];
            double wanted = layer == 1 ? (double)placed : wanted_stop(plan, node, at) + 0.5;
            least = wanted > least ? wanted : least + 1e-6;
            stops[placed++] = (struct stop){least, node};
        }
        qsort(stops, placed, sizeof *stops, compare_stops);
        for (size_t i = 0; i < placed; i++)
            at[stops[i].node] = stops[i].at = (double)i;
    }
    size_t pitch = placed * 2 <= rows ? 2 : 1;
    for (size_t i = 0; i < placed; i++)
        plan->rows[stops[i].node] = top + i * pitch;
    plan->height = placed ? top + (placed - 1) * pitch + 1 : top;
    mem_free(stops);
    mem_free(at);
}

/* -- columns -------------------------------------------------------------------------------------------------------- */

static size_t wanted_columns(const struct map_plan *plan, uint32_t layer)
{
    size_t widest = 0;
    for (uint32_t i = plan->layers.starts[layer]; i < plan->layers.starts[layer + 1]; i++) {
        size_t width = text_width(plan->map->nodes[plan->layers.nodes[i]].title, plan->room->charset);
        widest = width > widest ? width : widest;
    }
    if (!plan->framed)
        return widest + MARK_CELLS;
    /* Words do not fill lines to the end. */
    return (plan->lines == 1 ? widest : widest / plan->lines + 8) + FRAME_CELLS;
}

/* Each layer gets what it wants as far as all have as much. */
static void share_columns(struct map_plan *plan, size_t columns)
{
    uint32_t left = plan->layers.count - 1;
    for (bool again = true; again && left;) {
        again = false;
        for (uint32_t layer = 1; layer < plan->layers.count; layer++) {
            size_t wanted = wanted_columns(plan, layer);
            if (plan->columns[layer] || wanted > columns / left)
                continue;
            plan->columns[layer] = wanted;
            columns -= wanted;
            left--;
            again = left > 0;
        }
    }
    size_t share = left ? columns / left : 0;
    size_t least = plan->layers.count > MANY_LAYERS ? TITLE_EASE : TITLE_LEAST;
    for (uint32_t layer = 1; layer < plan->layers.count; layer++) {
        size_t wanted = wanted_columns(plan, layer);
        if (!plan->columns[layer])
            plan->columns[layer] = share >= TITLE_LEAST ? share : wanted < least ? wanted : least;
    }
}

/* Cells on the right of a layer: a space and a dash, the tracks, a dash and an arrow, a space. */
static size_t cells_beside(const struct map_plan *plan, uint32_t layer)
{
    const struct map_gap *gap = &plan->gaps[layer];
    if (gap->last && !gap->columns)
        return 0;
    size_t tracks = gap->columns ? (gap->columns - 1) * plan->spread + 1 : 0;
    size_t before = layer == 0 ? 1 : 2, behind = plan->framed ? 2 : 3;
    return before + tracks + (gap->last ? 0 : behind);
}

static bool has_room_for_last(const struct map_plan *plan, uint32_t layer, size_t taken)
{
    size_t columns = plan->room->columns;
    return layer > 0 && plan->gaps[layer].columns * plan->spread <= columns / LAST_GAP_SHARE &&
           taken + cells_beside(plan, layer) + (size_t)layer * LAST_GAP_LEAVES <= columns;
}

static void place_columns(struct map_plan *plan, struct arena *arena)
{
    uint32_t count = plan->layers.count;
    size_t taken = plan->centre_on_top ? 1 : plan->columns[0];
    for (uint32_t layer = 0; layer < count; layer++) {
        map_find_tracks(plan->map, &plan->layers, plan->rows, layer, arena, &plan->gaps[layer]);
        if (plan->gaps[layer].last && !has_room_for_last(plan, layer, taken))
            plan->gaps[layer].columns = 0;
        taken += cells_beside(plan, layer);
    }
    share_columns(plan, plan->room->columns > taken ? plan->room->columns - taken : 0);
    size_t at = plan->centre_on_top ? 1 : plan->columns[0];
    for (uint32_t layer = 0; layer < count; layer++) {
        if (layer) {
            plan->column[layer] = at;
            at += plan->columns[layer];
        }
        plan->gap_column[layer] = at + (layer == 0 ? 1 : 2);
        at += cells_beside(plan, layer);
    }
    plan->width = at > plan->width ? at : plan->width;
}

/* -- boxes ---------------------------------------------------------------------------------------------------------- */

static void place_box(struct map_plan *plan, uint32_t node, struct arena *arena)
{
    uint32_t layer = plan->map->nodes[node].layer;
    struct map_box *box = &plan->boxes[node];
    size_t frame = plan->framed ? 1 : 0;
    size_t cells = plan->columns[layer] - (plan->framed ? FRAME_CELLS : MARK_CELLS);
    *box = (struct map_box){.row = plan->rows[node] - frame,
                            .column = plan->column[layer],
                            .columns = plan->columns[layer],
                            .text_row = plan->rows[node],
                            .mark_column = plan->column[layer] + 2 * frame,
                            .text_column = plan->column[layer] + 2 * frame + MARK_CELLS};
    box->line_count = map_wrap_title(plan->map->nodes[node].title, cells, plan->framed ? plan->lines : 1,
                                     plan->room->charset, arena, &box->lines);
    box->rows = plan->framed ? plan->lines + 2 : 1;
    if (!plan->framed)
        box->columns = MARK_CELLS + widest_line(box, plan->room->charset);
}

/* The centre has a frame and its title as a whole, as far as that is possible. */
static void make_centre(struct map_plan *plan, struct arena *arena)
{
    size_t columns = plan->room->columns;
    if (!plan->centre_on_top)
        columns = columns / 5 < CENTRE_LEAST  ? CENTRE_LEAST
                  : columns / 5 < CENTRE_MOST ? columns / 5
                                              : CENTRE_MOST;
    size_t lines = plan->centre_on_top ? 2 : CENTRE_LINES;
    if (plan->room->rows > 2 && lines > plan->room->rows - 2)
        lines = plan->room->rows - 2;
    size_t cells = columns > TITLE_LEAST + FRAME_CELLS ? columns - FRAME_CELLS : TITLE_LEAST;
    struct map_box *box = &plan->boxes[0];
    box->line_count = map_wrap_title(plan->map->nodes[0].title, cells, lines < 2 ? 2 : lines,
                                     plan->room->charset, arena, &box->lines);
    box->columns = widest_line(box, plan->room->charset) + FRAME_CELLS;
    box->rows = box->line_count + 2;
    box->mark_column = 2;
    box->text_column = 2 + MARK_CELLS;
    plan->columns[0] = box->columns;
    plan->width = box->columns;
}

static void place_centre(struct map_plan *plan)
{
    struct map_box *box = &plan->boxes[0];
    size_t height = plan->height < plan->room->rows ? plan->height : plan->room->rows;
    if (!plan->centre_on_top && height > box->rows)
        box->row = (height - box->rows) / 2;
    box->text_row = box->row + 1;
    plan->rows[0] = plan->centre_on_top ? box->rows - 1 : box->row + box->rows / 2;
    if (plan->height < box->row + box->rows)
        plan->height = box->row + box->rows;
}

void map_make_plan(const struct map *map, const struct map_room *room, struct arena *arena,
                   struct map_plan *plan)
{
    *plan = (struct map_plan){.map = map, .room = room};
    map_layers_of(map, arena, &plan->layers);
    uint32_t layers = plan->layers.count;
    plan->rows = arena_array(arena, map->node_count, sizeof *plan->rows);
    plan->boxes = arena_array(arena, map->node_count, sizeof *plan->boxes);
    plan->gaps = arena_array(arena, layers, sizeof *plan->gaps);
    plan->gap_column = arena_array(arena, layers, sizeof *plan->gap_column);
    plan->column = arena_array(arena, layers, sizeof *plan->column);
    plan->columns = arena_array(arena, layers, sizeof *plan->columns);
    plan->centre_on_top = room->columns < CENTRE_COLUMNS;
    plan->spread = plan->centre_on_top ? 1 : 2;
    make_centre(plan, arena);
    size_t top = plan->centre_on_top ? plan->boxes[0].rows : 0;
    size_t rows = room->rows > top + 1 ? room->rows - top - 1 : 1, largest = largest_layer(plan);
    plan->framed = largest && largest <= rows / 3;
    plan->lines = plan->framed ? rows / largest - 2 : 1;
    if (plan->lines > FRAME_LINES)
        plan->lines = FRAME_LINES;
    if (plan->framed)
        place_frames(plan, top, largest * (plan->lines + 2) + 1);
    else
        place_rows(plan, top, rows);
    place_centre(plan);
    place_columns(plan, arena);
    for (uint32_t node = 1; node < map->node_count; node++)
        place_box(plan, node, arena);
}
