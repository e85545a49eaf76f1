/* The map as lines of text, and in Graphviz's language. */
#include "map_inside.h"

/* Of a title. */
#define DOT_CELLS 28
#define DOT_LINES 6

/* What a line shows from a column on: a title, a mark, or lines. Returns the cells that it takes. */
static size_t add_piece(const struct map *map, const struct map_drawing *drawing, size_t row, size_t column,
                        enum text_charset charset, struct buf *out)
{
    for (size_t n = 0; n < map->node_count; n++) {
        const struct map_box *box = &drawing->boxes[n];
        if (row == box->text_row && column == box->mark_column) {
            buf_add(out, map_mark_glyph(map->nodes[n].mark));
            return 1;
        }
        if (row >= box->text_row && row - box->text_row < box->line_count && column == box->text_column) {
            struct str line = box->lines[row - box->text_row];
            buf_add(out, line);
            size_t width = text_width(line, charset);
            if (width)
                return width;
        }
    }
    buf_add(out, map_cell_glyph(map_cell_at(drawing, row, column)));
    return 1;
}

static void write_line(struct str line, enum text_charset charset, struct buf *out)
{
    struct arena arena = {0};
    while (line.len && line.at[line.len - 1] == ' ')
        line.len--;
    buf_add(out, text_safe(&arena, line, charset, false));
    buf_add_byte(out, '\n');
    arena_free(&arena);
}

void map_write_text(const struct map *map, const struct map_room *room, struct buf *out)
{
    struct arena arena = {0};
    struct buf line = {0};
    struct map_drawing drawing;
    map_draw(map, room, &arena, &drawing);
    for (size_t row = 0; row < drawing.rows; row++) {
        buf_clear(&line);
        for (size_t column = 0; column < drawing.columns;)
            column += add_piece(map, &drawing, row, column, room->charset, &line);
        write_line(buf_str(&line), room->charset, out);
    }
    buf_add_byte(out, '\n');
    write_line(STR("▸ ◂ a link, ◆ one each way   ✓ read   · not read   ⊘ not in the library"), room->charset,
               out);
    buf_free(&line);
    arena_free(&arena);
}

static void add_escaped(struct buf *out, struct str text)
{
    struct arena arena = {0};
    struct str safe = text_safe(&arena, text, TEXT_UTF8, false);
    for (size_t i = 0; i < safe.len; i++) {
        if (safe.at[i] == '"' || safe.at[i] == '\\')
            buf_add_byte(out, '\\');
        buf_add_byte(out, safe.at[i]);
    }
    arena_free(&arena);
}

static void add_dot_node(const struct map *map, size_t n, struct buf *out)
{
    static const char *const looks[] = {[MAP_UNREAD] = "",
                                        [MAP_READ] = ", fillcolor=\"#e3f0e3\"",
                                        [MAP_MISSING] = ", style=\"rounded,dashed\""};
    struct arena arena = {0};
    struct str *lines;
    size_t count = map_wrap_title(map->nodes[n].title, DOT_CELLS, DOT_LINES, TEXT_UTF8, &arena, &lines);
    buf_printf(out, "  n%zu [label=\"", n);
    for (size_t i = 0; i < count; i++) {
        buf_add(out, i ? STR("\\n") : STR(""));
        add_escaped(out, lines[i]);
    }
    buf_printf(out, "\"%s%s];\n", n ? "" : ", penwidth=2", looks[map->nodes[n].mark]);
    arena_free(&arena);
}

void map_write_dot(const struct map *map, struct buf *out)
{
    buf_add(out,
            STR("digraph map {\n  rankdir=LR;\n"
                "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];\n"));
    for (size_t n = 0; n < map->node_count; n++)
        add_dot_node(map, n, out);
    for (size_t e = 0; e < map->edge_count; e++) {
        const struct map_edge *edge = &map->edges[e];
        bool back = edge->directions == MAP_TO_A;
        buf_printf(out, "  n%u -> n%u%s;\n", back ? edge->b : edge->a, back ? edge->a : edge->b,
                   edge->directions == (MAP_TO_A | MAP_TO_B) ? " [dir=both]" : "");
    }
    for (uint32_t layer = 0; layer < map_layer_count(map); layer++) {
        buf_add(out, STR("  { rank=same;"));
        for (size_t n = 0; n < map->node_count; n++)
            if (map->nodes[n].layer == layer)
                buf_printf(out, " n%zu;", n);
        buf_add(out, STR(" }\n"));
    }
    buf_add(out, STR("}\n"));
}
