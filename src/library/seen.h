/*
 * seen: the files that a walk over several roots has met, by device and inode.
 */
#ifndef LECTERN_LIBRARY_SEEN_H
#define LECTERN_LIBRARY_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/str.h"

struct seen;
struct seen *seen_new(void);
void seen_free(struct seen *seen); /* NULL is allowed */

/* Enters a file with its path, which is copied. False if it is there already: `*first` is the path it came under. */
bool seen_add(struct seen *seen, uint64_t device, uint64_t inode, struct str path, struct str *first);

#endif
