/*
 * scale_pieces: answers cut into the pieces that can stand for each other.
 */
#ifndef BENCH_SCALE_PIECES_H
#define BENCH_SCALE_PIECES_H

#include "scale_model.h"

struct scale_pieces {
    struct scale_piece *at;
    size_t count, capacity;
};

/* Adds the pieces of an answer, as it is written in a file, to those that are there. */
void scale_cut(struct scale_pieces *pieces, struct str answer, uint32_t group);

/* Brings the pieces into the model, in its order, and renumbers those that its sources name. */
void scale_pieces_settle(struct scale_pieces *pieces, struct scale_model *model);

#endif
