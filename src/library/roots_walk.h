/*
 * roots_walk: what a library consists of: the entries of all its roots, in their order.
 *
 * With several roots the same file may be reached twice; it is skipped the second time.
 */
#ifndef LECTERN_LIBRARY_ROOTS_WALK_H
#define LECTERN_LIBRARY_ROOTS_WALK_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lectern/file.h"
#include "roots.h"

struct roots_entry {
    uint32_t root;
    struct str path; /* below the root, or as given if the root is a file; with a NUL behind */
    bool skipped;    /* not to be read: `reason` says why */
    bool expected;   /* of a skipped one: nothing to worry about */
    struct str reason;
    struct file_stamp stamp; /* of one that is not skipped */
};

/* Returns false to end the walk. The entry is valid during the call. */
typedef bool roots_visit(void *context, const struct roots_entry *entry);

/* -1 if a root cannot be read. */
int roots_walk(const struct library *library, roots_visit *visit, void *context, struct err *err);

/* Only what stands at `path` of a library with one root that is a folder, and below it. */
int roots_walk_at(const struct library *library, struct str path, roots_visit *visit, void *context,
                  struct err *err);

/* Whether roots_walk_at() can be used. */
bool roots_walk_in_parts(const struct library *library);

/* The order of the walk: bytewise by names, so a folder's end comes before every byte. */
int roots_compare(uint32_t root, struct str path, uint32_t other_root, struct str other_path);

/* Whether a path is `folder`, or lies below it; all do below the empty one. */
bool roots_lies_in(struct str path, struct str folder);

#endif
