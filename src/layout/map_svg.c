/* The map as a picture for a browser: boxes in columns, curves between them. */
#include <stdlib.h>

#include "map_inside.h"

/* In pixels. A character of the title takes about 7. */
#define BOX_WIDTH    230
#define CENTRE_EXTRA 20u
#define LINE_CELLS   30
#define MOST_LINES   4
#define LINE_HEIGHT  17
#define PADDING      10
#define COLUMN_GAP   150
#define ROW_GAP      14
#define MARGIN       30
#define FOOT         50

struct place {
    size_t x, y, width, height; /* of the box */
    struct str *lines;
    size_t line_count;
};

/* Where an edge meets a box. Those that meet one side of it are spread over that, by where they come from. */
struct end {
    uint32_t edge, node;
    bool at_b, right;
    size_t other_y;
    size_t y;
};

struct picture {
    const struct map *map;
    struct arena arena;
    struct map_layers layers;
    struct place *places; /* by node */
    struct end *ends;     /* two of each edge: at a, at b */
    size_t width, height;
};

static const char *const style_text =
    "svg{background:#fbfaf7;font:13px/1.3 system-ui,'DejaVu Sans',sans-serif}"
    ".box{fill:#fff;stroke:#8a8f98;stroke-width:1.2}text{fill:#22252b}"
    ".centre .box{stroke:#1f5fb4;stroke-width:2.6}.centre text{font-weight:600}"
    ".read .box{fill:#e3f0e3;stroke:#5f9463}.missing .box{fill:none;stroke-dasharray:5 4}"
    ".missing text{fill:#8a5a2b}.link{fill:none;stroke:#9aa3b0;stroke-width:1.2;opacity:.75}"
    ".first{stroke:#1f5fb4;stroke-width:1.8;opacity:.9}.tip{fill:#7d8794}.note{fill:#6a707a;font-size:12px}"
    "@media(prefers-color-scheme:dark){svg{background:#17191d}.box{fill:#22262d;stroke:#767e8a}"
    "text{fill:#e4e6ea}.read .box{fill:#213126}.centre .box,.first{stroke:#6ea8ff}.missing text{fill:#d3a26a}"
    ".missing .box{fill:none}.note{fill:#98a0ab}}";

static void add_escaped(struct buf *out, struct str text)
{
    struct arena arena = {0};
    struct str safe = text_safe(&arena, text, TEXT_UTF8, false);
    for (size_t i = 0; i < safe.len; i++)
        switch (safe.at[i]) {
        case '<': buf_add(out, STR("&lt;")); break;
        case '>': buf_add(out, STR("&gt;")); break;
        case '&': buf_add(out, STR("&amp;")); break;
        case '"': buf_add(out, STR("&quot;")); break;
        case '\'': buf_add(out, STR("&#39;")); break;
        default: buf_add_byte(out, safe.at[i]);
        }
    arena_free(&arena);
}

static size_t layer_height(const struct picture *picture, uint32_t layer)
{
    size_t height = 0;
    for (uint32_t i = picture->layers.starts[layer]; i < picture->layers.starts[layer + 1]; i++)
        height += picture->places[picture->layers.nodes[i]].height + ROW_GAP;
    return height;
}

static void place_layer(struct picture *picture, uint32_t layer, size_t x)
{
    size_t y = MARGIN + (picture->height - layer_height(picture, layer)) / 2;
    for (uint32_t i = picture->layers.starts[layer]; i < picture->layers.starts[layer + 1]; i++) {
        struct place *place = &picture->places[picture->layers.nodes[i]];
        place->x = x;
        place->y = y;
        y += place->height + ROW_GAP;
    }
}

static void place_all(struct picture *picture)
{
    const struct map *map = picture->map;
    map_layers_of(map, &picture->arena, &picture->layers);
    picture->places = arena_array(&picture->arena, map->node_count, sizeof *picture->places);
    for (size_t n = 0; n < map->node_count; n++) {
        struct place *place = &picture->places[n];
        place->line_count = map_wrap_title(map->nodes[n].title, LINE_CELLS, n ? MOST_LINES : 2 * MOST_LINES,
                                           TEXT_UTF8, &picture->arena, &place->lines);
        place->width = n ? BOX_WIDTH : BOX_WIDTH + CENTRE_EXTRA;
        place->height = place->line_count * LINE_HEIGHT + 2 * PADDING;
    }
    for (uint32_t layer = 0; layer < picture->layers.count; layer++)
        if (layer_height(picture, layer) > picture->height)
            picture->height = layer_height(picture, layer);
    size_t x = MARGIN;
    for (uint32_t layer = 0; layer < picture->layers.count; layer++) {
        place_layer(picture, layer, x);
        x += BOX_WIDTH + COLUMN_GAP + (layer ? 0u : CENTRE_EXTRA);
    }
    picture->width = x - COLUMN_GAP + MARGIN;
    for (size_t e = 0; e < map->edge_count; e++) /* curves within the last layer bend to the right */
        if (map->nodes[map->edges[e].a].layer + 1 == picture->layers.count &&
            map->nodes[map->edges[e].b].layer + 1 == picture->layers.count) {
            picture->width += COLUMN_GAP / 2;
            break;
        }
}

static int compare_ends(const void *left, const void *right)
{
    const struct end *a = left, *b = right;
    if (a->node != b->node)
        return (a->node > b->node) - (a->node < b->node);
    if (a->right != b->right)
        return a->right - b->right;
    if (a->other_y != b->other_y)
        return (a->other_y > b->other_y) - (a->other_y < b->other_y);
    return (a->edge > b->edge) - (a->edge < b->edge);
}

static struct end end_of(const struct picture *picture, uint32_t edge, bool at_b)
{
    const struct map_edge *e = &picture->map->edges[edge];
    uint32_t node = at_b ? e->b : e->a, other = at_b ? e->a : e->b;
    const struct place *place = &picture->places[other];
    return (struct end){
        .edge = edge,
        .node = node,
        .at_b = at_b,
        .right = picture->map->nodes[node].layer <= picture->map->nodes[other].layer,
        .other_y = place->y + place->height / 2,
    };
}

static void spread_ends(struct picture *picture)
{
    size_t count = 2 * picture->map->edge_count;
    struct end *sorted = arena_array(&picture->arena, count, sizeof *sorted);
    picture->ends = arena_array(&picture->arena, count, sizeof *picture->ends);
    for (size_t i = 0; i < count; i++)
        sorted[i] = end_of(picture, (uint32_t)(i / 2), i % 2 != 0);
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_ends);
    for (size_t i = 0, next; i < count; i = next) {
        const struct place *place = &picture->places[sorted[i].node];
        for (next = i;
             next < count && sorted[next].node == sorted[i].node && sorted[next].right == sorted[i].right;
             next++) {
        }
        for (size_t k = i; k < next; k++) {
            sorted[k].y = place->y + place->height * (k - i + 1) / (next - i + 1);
            picture->ends[2 * sorted[k].edge + sorted[k].at_b] = sorted[k];
        }
    }
}

/* From the side that faces the other box; within a layer from right to right. */
static void add_curve(const struct picture *picture, size_t number, struct buf *out)
{
    const struct map_edge *edge = &picture->map->edges[number];
    uint32_t from = edge->directions == MAP_TO_A ? edge->b : edge->a;
    uint32_t to = from == edge->a ? edge->b : edge->a;
    const struct place *a = &picture->places[from], *b = &picture->places[to];
    uint32_t a_layer = picture->map->nodes[from].layer, b_layer = picture->map->nodes[to].layer;
    size_t a_x = a_layer <= b_layer ? a->x + a->width : a->x;
    size_t b_x = a_layer < b_layer ? b->x : b->x + b->width;
    size_t a_y = picture->ends[2 * number + (from == edge->b)].y;
    size_t b_y = picture->ends[2 * number + (to == edge->b)].y;
    size_t bend = COLUMN_GAP / 2;
    if (a_layer == b_layer) {
        size_t far = a_y > b_y ? a_y - b_y : b_y - a_y;
        bend = 24 + far / 6 < COLUMN_GAP * 2 / 3 ? 24 + far / 6 : COLUMN_GAP * 2 / 3;
    }
    size_t a_bend = a_layer <= b_layer ? a_x + bend : a_x - bend;
    size_t b_bend = a_layer < b_layer ? b_x - bend : b_x + bend;
    buf_printf(out,
               "<path class=\"link%s\" d=\"M%zu %zuC%zu %zu %zu %zu %zu %zu\" marker-end=\"url(#tip)\"%s/>\n",
               edge->a == 0 || edge->b == 0 ? " first" : "", a_x, a_y, a_bend, a_y, b_bend, b_y, b_x, b_y,
               edge->directions == (MAP_TO_A | MAP_TO_B) ? " marker-start=\"url(#tail)\"" : "");
}

static void add_box(const struct picture *picture, uint32_t n, struct buf *out)
{
    static const char *const marks[] = {
        [MAP_UNREAD] = "unread", [MAP_READ] = "read", [MAP_MISSING] = "missing"};
    const struct place *place = &picture->places[n];
    buf_printf(out, "<g class=\"%s%s\"><title>", n ? "" : "centre ", marks[picture->map->nodes[n].mark]);
    add_escaped(out, picture->map->nodes[n].title);
    buf_printf(out, "</title><rect class=\"box\" x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%zu\" rx=\"7\"/>",
               place->x, place->y, place->width, place->height);
    for (size_t i = 0; i < place->line_count; i++) {
        buf_printf(out, "<text x=\"%zu\" y=\"%zu\">", place->x + PADDING,
                   place->y + PADDING + i * LINE_HEIGHT + 13);
        add_escaped(out, place->lines[i]);
        buf_add(out, STR("</text>"));
    }
    buf_add(out, STR("</g>\n"));
}

static void add_marker(struct buf *out, const char *name, const char *path, unsigned tip)
{
    buf_printf(out,
               "<marker id=\"%s\" viewBox=\"0 0 10 10\" refX=\"%u\" refY=\"5\" markerWidth=\"8\" "
               "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" "
               "d=\"%s\"/></marker>",
               name, tip, path);
}

void map_write_svg(const struct map *map, struct buf *out)
{
    struct picture picture = {.map = map};
    place_all(&picture);
    spread_ends(&picture);
    size_t height = picture.height + 2 * MARGIN + FOOT;
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%zu\" "
               "viewBox=\"0 0 %zu %zu\">\n<title>",
               picture.width, height, picture.width, height);
    add_escaped(out, map->nodes[0].title);
    buf_printf(out, "</title>\n<style>%s</style>\n<defs>", style_text);
    add_marker(out, "tip", "M0 0L10 5L0 10z", 10);
    add_marker(out, "tail", "M10 0L0 5L10 10z", 0);
    buf_add(out, STR("</defs>\n"));
    for (size_t e = map->edge_count; e-- > 0;) /* those of the centre on top */
        add_curve(&picture, e, out);
    for (uint32_t n = 0; n < map->node_count; n++)
        add_box(&picture, n, out);
    buf_printf(out, "<text class=\"note\" x=\"%u\" y=\"%zu\">", (unsigned)MARGIN, height - MARGIN / 2);
    buf_add(out, STR("An arrow is a link. Thick: the question in the centre. Green: read. Dashed: not in the "
                     "library.</text>\n</svg>\n"));
    arena_free(&picture.arena);
}
