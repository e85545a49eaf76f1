/*
 * long: one article of ten megabytes: how soon it is there, and how it is gone through.
 */
#ifndef BENCH_LONG_H
#define BENCH_LONG_H

#include "lectern/str.h"

/* The article is made of these texts, in a folder beside the file `scratch`, which is removed. */
void long_rows(const char *program, const char *scratch, const struct str *texts, size_t count);

#endif
