/*
 * graph: the links between the questions of a catalogue, followed in both directions.
 *
 * What a link leads to that the library does not hold is a question with links to it and none of its own, so nothing is
 * reached through it. All results live in the arena. Everything is found breadth first, within BOUND_GRAPH_ARTICLES and
 * BOUND_GRAPH_LINKS: of more, what is nearest. The same catalogue gives the same result every time.
 */
#ifndef LECTERN_GRAPH_H
#define LECTERN_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/catalogue.h"

/* Flags, as two questions may link to each other. */
enum graph_direction { GRAPH_OUT = 1, GRAPH_IN = 2, GRAPH_BOTH = 3 };

struct graph_link {
    uint32_t target;
    enum graph_direction direction; /* seen from where the link was asked for */
};

/* What a question links to, in the author's order, then what only links to it, ascending; each once, and not itself. */
size_t graph_neighbours(const struct catalogue *catalogue, uint32_t target, struct arena *arena,
                        const struct graph_link **neighbours);

/* The study set of a question: all articles that links lead to, from one to the next, whichever way they point. */
struct graph_set {
    const uint32_t *articles; /* in reading order */
    size_t count;
    bool cut; /* the set is larger than the bounds */
};
void graph_find_set(const struct catalogue *catalogue, uint32_t target, struct arena *arena,
                    struct graph_set *set);

/* A shortest way along links: first of all those that lead on, and if there is none whichever way they point. The first step
 * is `from` itself; the direction of the others is seen from the step before. The number of steps, 0 if there is no way. */
size_t graph_find_chain(const struct catalogue *catalogue, uint32_t from, uint32_t to, struct arena *arena,
                        const struct graph_link **steps);

/* The surroundings of a question, with what is missing among them. */
struct graph_node {
    uint32_t target;
    uint32_t hops;
};
struct graph_edge {
    uint32_t a, b;                  /* numbers of nodes, a < b */
    enum graph_direction direction; /* seen from a */
};
struct graph_part {
    struct graph_node *nodes; /* the nearest first; node 0 is the centre */
    size_t node_count;
    struct graph_edge *edges; /* all links between the nodes, each pair once */
    size_t edge_count;
    bool cut; /* there are more nodes than `most`, or than the bounds allow */
};
void graph_find_part(const struct catalogue *catalogue, uint32_t centre, uint32_t hops, size_t most,
                     struct arena *arena, struct graph_part *part);

#endif
