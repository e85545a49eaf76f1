/*
 * scan_changes: a scan of what has changed only.
 */
#ifndef LECTERN_LIBRARY_SCAN_CHANGES_H
#define LECTERN_LIBRARY_SCAN_CHANGES_H

#include "hash.h"
#include "lectern/library.h"

/* As library_scan(), of the files and skipped entries that the changes name; what has gone is left out. `key` is that of the
 * names of the catalogue which this one is to be compared with. */
struct catalogue *scan_changes(const struct library *library, const struct library_changes *changes,
                               struct hash_key key, const struct library_scan *wishes, struct err *err);

#endif
