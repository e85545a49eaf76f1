/*
 * scale_text: the text of one file of a made library.
 */
#ifndef BENCH_SCALE_TEXT_H
#define BENCH_SCALE_TEXT_H

#include "scale_plan.h"

/* Appends the file; the same for the same plan, whoever asks and when. */
void scale_text(const struct scale_plan *plan, const struct scale_file *file, struct buf *text);

#endif
