/*
 * library: a folder to its catalogue, topic tree and words, beside libyaml; its index file; and every letter of queries searched.
 */
#ifndef BENCH_LIBRARY_H
#define BENCH_LIBRARY_H

#include "floors.h"

void library_rows(const char *folder, const struct bench_files *files, unsigned threads);

#endif
