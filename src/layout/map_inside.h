/*
 * map_inside: what the files of the map know of each other.
 */
#ifndef LAYOUT_MAP_INSIDE_H
#define LAYOUT_MAP_INSIDE_H

#include "lectern/map.h"

/* The nodes of each layer in the order of their places: those of layer i are nodes[starts[i]] up to nodes[starts[i + 1]]. */
struct map_layers {
    uint32_t count;
    uint32_t *starts, *nodes;
};
void map_layers_of(const struct map *map, struct arena *arena, struct map_layers *layers);

size_t map_layer_size(const struct map_layers *layers, uint32_t layer);

/* The title in at most `lines` lines of `cells`, the last one cut if it is longer. */
size_t map_wrap_title(struct str title, size_t cells, size_t lines, enum text_charset charset,
                      struct arena *arena, struct str **out);

/* -- tracks --------------------------------------------------------------------------------------------------------- */

/*
 * Between two layers each question of the left one has a line of its own, a track, from above to below. A line leads from the
 * question to its track, and each question of the right layer has one that leads there from the leftmost track that it is
 * linked with. Two questions are linked where a track meets the other's line with an arrow. All these lines are in rows of
 * their own, so that none lies on another. A link within the left layer is where the track of the one further left meets the
 * line of the other.
 */
struct map_gap {
    uint32_t left;      /* the layer on the left */
    bool last;          /* there is none on the right */
    uint32_t *column;   /* by node, from 0: of its track; MAP_NONE: it has none */
    size_t *top, *foot; /* by node: the rows of the track */
    size_t columns;     /* that are needed */
};

/* `rows` are those in which the lines of the nodes lie. */
void map_find_tracks(const struct map *map, const struct map_layers *layers, const size_t *rows,
                     uint32_t left, struct arena *arena, struct map_gap *gap);

/* -- places --------------------------------------------------------------------------------------------------------- */

/* Where everything stands in a drawing. */
struct map_plan {
    const struct map *map;
    const struct map_room *room;
    struct map_layers layers;
    bool centre_on_top; /* else on the left */
    bool framed;        /* the other nodes have frames, too */
    size_t lines;       /* of a title, in a frame */
    size_t *rows;       /* by node: in which its line lies */
    struct map_gap
        *gaps;     /* by the layer on their left; the last one has no columns if there is no room for it */
    size_t spread; /* cells from one track to the next */
    size_t *gap_column;       /* of the first track */
    size_t *column, *columns; /* by layer: of its nodes, with their frames */
    struct map_box *boxes;    /* by node */
    size_t height, width;
};
void map_make_plan(const struct map *map, const struct map_room *room, struct arena *arena,
                   struct map_plan *plan);

#endif
