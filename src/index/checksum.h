/*
 * checksum: tells damaged bytes from sound ones; no protection against who damages them on purpose.
 *
 * XXH64 with seed 0, after "xxHash fast digest algorithm", version 0.1.1 (Yann Collet): several bytes a cycle.
 */
#ifndef LECTERN_INDEX_CHECKSUM_H
#define LECTERN_INDEX_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

uint64_t checksum(const void *bytes, size_t size);

#endif
