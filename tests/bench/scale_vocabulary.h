/*
 * scale_vocabulary: the words of a model: how many there are, which are rare, and which the articles of a group use.
 */
#ifndef BENCH_SCALE_VOCABULARY_H
#define BENCH_SCALE_VOCABULARY_H

#include "lectern/index.h"
#include "scale_model.h"

/* Takes them from the index of the library, and from the model's pieces. */
void scale_vocabulary_take(struct scale_model *model, const struct index *index);

#endif
