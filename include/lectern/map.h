/*
 * map: a picture of linked questions, in layers from the one in its centre.
 *
 * What is drawn is said by nodes and links. Layers are drawn side by side, the questions of each one below the other, in an
 * order in which few lines cross: layered drawing as Sugiyama, Tagawa and Toda have described it (1981), by sweeps in which
 * each question goes to the mean place of those it is linked with. The picture is lines of cells, or a file for other
 * programs. Everything lives in the arena; texts that were given must live as long.
 */
#ifndef LECTERN_MAP_H
#define LECTERN_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/text.h"

enum map_mark { MAP_UNREAD, MAP_READ, MAP_MISSING };

struct map_node {
    struct str title;
    uint32_t layer; /* 0 is that of node 0 alone; no layer before the last is empty */
    enum map_mark mark;
    uint32_t place; /* in its layer, from above; map_arrange() sets it */
};

/* Where a link leads: flags, as there may be one each way. */
enum map_direction { MAP_TO_B = 1, MAP_TO_A = 2 };

struct map_edge {
    uint32_t a,
        b; /* numbers of two nodes; as cells they are drawn if in layers next to each other or in one */
    unsigned directions;
};

struct map {
    struct map_node *nodes;
    size_t node_count; /* at least 1 */
    struct map_edge *edges;
    size_t edge_count;
};

/* Chooses the places. Every function below wants them chosen. */
void map_arrange(struct map *map);

uint32_t map_layer_count(const struct map *map);

/* -- as cells ------------------------------------------------------------------------------------------------------- */

#define MAP_NONE UINT32_MAX

enum map_arm { MAP_UP = 1, MAP_DOWN = 2, MAP_LEFT = 4, MAP_RIGHT = 8 };

/* Which way an arrow points on the screen; both is a link each way. */
enum map_arrow { MAP_NO_ARROW, MAP_ARROW_LEFT, MAP_ARROW_RIGHT, MAP_ARROW_BOTH };

/* Where two lines meet without an arrow they only cross, unless one of them ends there. */
struct map_cell {
    uint8_t arms; /* where lines go from here */
    uint8_t arrow;
    uint32_t owner, other; /* the nodes whose lines these are, or MAP_NONE */
};

/* Where a node stands. */
struct map_box {
    size_t row, column, rows, columns; /* with its frame, if it has one */
    struct str *lines;                 /* its title, as much as there is room for */
    size_t line_count;
    size_t text_row, text_column; /* of the first of them */
    size_t mark_column;           /* of the sign for its mark, in the same row */
};

struct map_drawing {
    size_t rows, columns; /* may be more than there was room for */
    struct map_cell *cells;
    struct map_box *boxes; /* by node */
};

struct map_room {
    size_t rows, columns; /* at least 1 */
    enum text_charset charset;
};
void map_draw(const struct map *map, const struct map_room *room, struct arena *arena,
              struct map_drawing *drawing);

const struct map_cell *map_cell_at(const struct map_drawing *drawing, size_t row, size_t column);

/* What to show for a cell and for a mark; for the charset see text.h. */
struct str map_cell_glyph(const struct map_cell *cell);
struct str map_mark_glyph(enum map_mark mark);

/* The node that the key for a direction leads to from another one: up and down in its layer, left and right to the nearest of
 * the next layer that it is linked with, else to the nearest. The same node if there is none. */
uint32_t map_neighbour(const struct map *map, const struct map_drawing *drawing, uint32_t node,
                       enum map_arm direction);

/* -- for other programs --------------------------------------------------------------------------------------------- */

/* The drawing as lines of text, and what its signs mean. */
void map_write_text(const struct map *map, const struct map_room *room, struct buf *out);

/* A graph in Graphviz's language. */
void map_write_dot(const struct map *map, struct buf *out);

/* A picture that needs nothing else. */
void map_write_svg(const struct map *map, struct buf *out);

#endif
