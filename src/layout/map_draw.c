/* The lines of the picture, as cells. */
#include "map_inside.h"

struct drawer {
    const struct map_plan *plan;
    struct map_drawing *drawing;
    size_t *links; /* by node: how many lead to it from the layer on its left */
};

static struct map_cell *cell_at(const struct map_drawing *drawing, size_t row, size_t column)
{
    return row < drawing->rows && column < drawing->columns ? &drawing->cells[row * drawing->columns + column]
                                                            : NULL;
}

const struct map_cell *map_cell_at(const struct map_drawing *drawing, size_t row, size_t column)
{
    return cell_at(drawing, row, column);
}

static void add_arms(const struct drawer *drawer, size_t row, size_t column, unsigned arms, uint32_t owner)
{
    struct map_cell *cell = cell_at(drawer->drawing, row, column);
    if (!cell || !arms)
        return;
    cell->arms |= (uint8_t)arms;
    if (cell->owner == MAP_NONE)
        cell->owner = owner;
    else if (cell->owner != owner)
        cell->other = owner;
}

/* Up to and with `to`. */
static void add_row(const struct drawer *drawer, size_t row, size_t from, size_t to, uint32_t owner)
{
    for (size_t column = from; column <= to; column++)
        add_arms(drawer, row, column, (column > from ? MAP_LEFT : 0) | (column < to ? MAP_RIGHT : 0), owner);
}

static void add_column(const struct drawer *drawer, size_t column, size_t from, size_t to, uint32_t owner)
{
    for (size_t row = from; row <= to; row++)
        add_arms(drawer, row, column, (row > from ? MAP_UP : 0) | (row < to ? MAP_DOWN : 0), owner);
}

static void add_frame(const struct drawer *drawer, const struct map_box *box, uint32_t owner)
{
    size_t right = box->column + box->columns - 1, foot = box->row + box->rows - 1;
    add_row(drawer, box->row, box->column, right, owner);
    add_row(drawer, foot, box->column, right, owner);
    add_column(drawer, box->column, box->row, foot, owner);
    add_column(drawer, right, box->row, foot, owner);
}

static size_t track_column(const struct map_plan *plan, const struct map_gap *gap, uint32_t node)
{
    return plan->gap_column[gap->left] + gap->column[node] * plan->spread;
}

/* From the question to its track; not further than lines of others meet it. */
static void add_stub(const struct drawer *drawer, const struct map_gap *gap, uint32_t node,
                     size_t last_meeting)
{
    const struct map_plan *plan = drawer->plan;
    const struct map_box *box = &plan->boxes[node];
    bool framed = node == 0 || plan->framed;
    size_t from = box->column + box->columns - 1 + (framed ? 0 : 2), row = plan->rows[node];
    size_t to = gap->top[node] < gap->foot[node] ? track_column(plan, gap, node) : last_meeting;
    if (node == 0 && plan->centre_on_top)
        return;
    add_arms(drawer, row, from, MAP_RIGHT, node);
    if (!framed)
        add_arms(drawer, row, from, MAP_LEFT, node);
    for (size_t column = from + 1; column <= to; column++)
        add_arms(drawer, row, column, MAP_LEFT | (column < to ? MAP_RIGHT : 0), node);
}

/* The arrow at a node whose title is on the right of the line, or on the left. */
static enum map_arrow arrow_of(const struct map_edge *edge, uint32_t node, bool title_right)
{
    unsigned to_node = edge->b == node ? MAP_TO_B : MAP_TO_A;
    if (edge->directions == (MAP_TO_A | MAP_TO_B))
        return MAP_ARROW_BOTH;
    bool leads_here = edge->directions & to_node;
    return leads_here == title_right ? MAP_ARROW_RIGHT : MAP_ARROW_LEFT;
}

static void add_link(const struct drawer *drawer, const struct map_gap *gap, const struct map_edge *edge,
                     uint32_t track, uint32_t line)
{
    const struct map_plan *plan = drawer->plan;
    bool inner = plan->map->nodes[line].layer == gap->left;
    size_t row = plan->rows[line], column = track_column(plan, gap, track);
    if (!inner && drawer->links[line] == 1)
        column = plan->column[gap->left + 1] - (plan->framed ? 1 : 2);
    struct map_cell *cell = cell_at(drawer->drawing, row, column);
    if (cell)
        cell->arrow = (uint8_t)arrow_of(edge, line, !inner);
}

/* The line that leads to a node of the right layer, from the leftmost track that it is linked with. */
static void add_arrival(const struct drawer *drawer, const struct map_gap *gap, uint32_t node, size_t from)
{
    const struct map_plan *plan = drawer->plan;
    size_t to = plan->column[gap->left + 1] - (plan->framed ? 1 : 2);
    add_arms(drawer, plan->rows[node], from, MAP_RIGHT, node);
    for (size_t column = from + 1; column <= to; column++)
        add_arms(drawer, plan->rows[node], column, MAP_LEFT | MAP_RIGHT, node);
}

/* Whether the gap has the edge, and which of the nodes its track is. */
static bool find_ends(const struct map_plan *plan, const struct map_gap *gap, const struct map_edge *edge,
                      uint32_t *track, uint32_t *line)
{
    uint32_t a = plan->map->nodes[edge->a].layer, b = plan->map->nodes[edge->b].layer, left = gap->left;
    bool inner = a == left && b == left;
    if (!inner && !(a == left && b == left + 1) && !(b == left && a == left + 1))
        return false;
    bool a_tracks = inner ? gap->column[edge->a] < gap->column[edge->b] : a == left;
    *track = a_tracks ? edge->a : edge->b;
    *line = a_tracks ? edge->b : edge->a;
    return true;
}

static void count_links(const struct drawer *drawer, const struct map_gap *gap)
{
    uint32_t track, line;
    for (size_t e = 0; e < drawer->plan->map->edge_count; e++)
        if (find_ends(drawer->plan, gap, &drawer->plan->map->edges[e], &track, &line) &&
            drawer->plan->map->nodes[line].layer != gap->left)
            drawer->links[line]++;
}

/* The leftmost or rightmost column at which the line of a node meets tracks of others; 0 if there is none. */
static size_t meeting_of(const struct drawer *drawer, const struct map_gap *gap, uint32_t node,
                         bool rightmost)
{
    const struct map *map = drawer->plan->map;
    size_t found = 0;
    uint32_t track, line;
    for (size_t e = 0; e < map->edge_count; e++) {
        if (!find_ends(drawer->plan, gap, &map->edges[e], &track, &line) || line != node)
            continue;
        size_t column = track_column(drawer->plan, gap, track);
        if (!found || (rightmost ? column > found : column < found))
            found = column;
    }
    return found;
}

static void add_gap(const struct drawer *drawer, const struct map_gap *gap)
{
    const struct map_plan *plan = drawer->plan;
    const struct map_layers *layers = &plan->layers;
    uint32_t track, line;
    count_links(drawer, gap);
    for (uint32_t i = layers->starts[gap->left]; i < layers->starts[gap->left + 1]; i++) {
        uint32_t node = layers->nodes[i];
        if (gap->column[node] == MAP_NONE)
            continue;
        add_column(drawer, track_column(plan, gap, node), gap->top[node], gap->foot[node], node);
        add_stub(drawer, gap, node, meeting_of(drawer, gap, node, true));
    }
    for (uint32_t i = layers->starts[gap->left + 1]; !gap->last && i < layers->starts[gap->left + 2]; i++)
        if (drawer->links[layers->nodes[i]])
            add_arrival(drawer, gap, layers->nodes[i], meeting_of(drawer, gap, layers->nodes[i], false));
    for (size_t e = 0; e < plan->map->edge_count; e++)
        if (find_ends(plan, gap, &plan->map->edges[e], &track, &line))
            add_link(drawer, gap, &plan->map->edges[e], track, line);
}

void map_draw(const struct map *map, const struct map_room *room, struct arena *arena,
              struct map_drawing *drawing)
{
    struct map_plan plan;
    map_make_plan(map, room, arena, &plan);
    *drawing = (struct map_drawing){.rows = plan.height, .columns = plan.width, .boxes = plan.boxes};
    drawing->cells = arena_array(arena, plan.height * plan.width, sizeof *drawing->cells);
    for (size_t i = 0; i < plan.height * plan.width; i++)
        drawing->cells[i].owner = drawing->cells[i].other = MAP_NONE;
    struct drawer drawer = {&plan, drawing, arena_array(arena, map->node_count, sizeof *drawer.links)};
    for (uint32_t node = 0; node < (plan.framed ? map->node_count : 1); node++)
        add_frame(&drawer, &plan.boxes[node], node);
    for (uint32_t layer = 0; layer < plan.layers.count; layer++)
        if (plan.gaps[layer].columns)
            add_gap(&drawer, &plan.gaps[layer]);
}

struct str map_cell_glyph(const struct map_cell *cell)
{
    static const char *const arrows[] = {"", "◂", "▸", "◆"};
    static const char *const lines[] = {" ", "│", "│", "│", "─", "┘", "┐", "┤",
                                        "─", "└", "┌", "├", "─", "┴", "┬", "┼"};
    return str_from(cell->arrow ? arrows[cell->arrow % 4] : lines[cell->arms % 16]);
}

struct str map_mark_glyph(enum map_mark mark)
{
    return mark == MAP_MISSING ? STR("⊘") : mark == MAP_READ ? STR("✓") : STR("·");
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

static bool are_linked(const struct map *map, uint32_t a, uint32_t b)
{
    for (size_t e = 0; e < map->edge_count; e++)
        if ((map->edges[e].a == a && map->edges[e].b == b) || (map->edges[e].a == b && map->edges[e].b == a))
            return true;
    return false;
}

/* The nearest of another layer, if possible one that it is linked with. */
static uint32_t nearest(const struct map *map, const struct map_drawing *drawing, uint32_t node,
                        uint32_t layer)
{
    uint32_t best = node;
    size_t least = SIZE_MAX;
    for (uint32_t other = 0; other < map->node_count; other++) {
        if (map->nodes[other].layer != layer)
            continue;
        size_t far = distance(drawing->boxes[other].text_row, drawing->boxes[node].text_row);
        if (!are_linked(map, node, other))
            far += drawing->rows;
        if (far < least) {
            least = far;
            best = other;
        }
    }
    return best;
}

/* The centre is alone in its layer: up and down lead to the one beside it or below. */
static uint32_t leave_centre(const struct map *map, const struct map_drawing *drawing, enum map_arm direction)
{
    uint32_t next = nearest(map, drawing, 0, 1);
    bool below = drawing->boxes[next].row >= drawing->boxes[0].row + drawing->boxes[0].rows;
    return direction == MAP_LEFT || (direction == MAP_UP && below) ? 0 : next;
}

uint32_t map_neighbour(const struct map *map, const struct map_drawing *drawing, uint32_t node,
                       enum map_arm direction)
{
    const struct map_node *from = &map->nodes[node];
    const struct map_box *centre = &drawing->boxes[0];
    if (node == 0)
        return leave_centre(map, drawing, direction);
    if (direction == MAP_RIGHT || direction == MAP_LEFT)
        return nearest(map, drawing, node, direction == MAP_RIGHT ? from->layer + 1 : from->layer - 1);
    for (uint32_t other = 0; other < map->node_count; other++) {
        const struct map_node *to = &map->nodes[other];
        if (to->layer == from->layer &&
            (direction == MAP_DOWN ? to->place == from->place + 1 : to->place + 1 == from->place))
            return other;
    }
    bool below_centre = drawing->boxes[node].row >= centre->row + centre->rows;
    return direction == MAP_UP && below_centre && from->layer == 1 ? 0 : node;
}
