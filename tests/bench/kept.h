/*
 * kept: what the first library of a run has come to, kept beside the database for the libraries after it.
 */
#ifndef BENCH_KEPT_H
#define BENCH_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "parts.h"

/* Reads `size` bytes that were kept under a name; where none were, keeps these and returns false. */
bool kept_or_keep(const struct bench_setup *setup, const char *name, void *bytes, size_t size);

#endif
