/*
 * shelf: what a scan has read so far.
 *
 * Records are made by any parsing thread in its own arena; everything else is called by one thread at a time (the scan's
 * lock sees to that).
 */
#ifndef LECTERN_LIBRARY_SHELF_H
#define LECTERN_LIBRARY_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"
#include "record.h"
#include "roots_walk.h"
#include "symbols.h"

/* An entry that was met and not read. */
struct shelf_skip {
    uint64_t place; /* in the walk, over files and skipped entries */
    uint32_t root;
    bool expected;
    struct str path, reason;
};

struct shelf_file {
    uint64_t place;
    uint32_t root;
    struct str path;             /* NUL-terminated */
    struct file_stamp stamp;     /* as it was met */
    const struct record *record; /* NULL until the file has been read */
};

struct shelf;
struct shelf *shelf_new(unsigned threads, struct hash_key key);
void shelf_free(struct shelf *shelf);

struct symbols *shelf_symbols(struct shelf *shelf);

/* Both copy their texts. shelf_add_file() returns the file's number. */
uint32_t shelf_add_file(struct shelf *shelf, const struct roots_entry *entry);
void shelf_add_skip(struct shelf *shelf, const struct roots_entry *entry);

/* All files; the array may move when one is added. */
struct shelf_file *shelf_files(struct shelf *shelf, uint32_t *count);

/* The files that have been read by now, and the skipped entries, in the order of the walk. */
struct shelf_view {
    const struct shelf_file *files;
    const struct shelf_skip *skips;
    uint32_t file_count;
    size_t skip_count;
};
struct shelf_view shelf_view(const struct shelf *shelf, struct arena *arena);

/* Where a parsing thread makes its records. */
struct arena *shelf_arena(struct shelf *shelf, unsigned thread);

#endif
