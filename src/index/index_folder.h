/*
 * index_folder: the folder of index files, and whom it may be trusted from.
 */
#ifndef LECTERN_INDEX_INDEX_FOLDER_H
#define LECTERN_INDEX_INDEX_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/err.h"
#include "lectern/image.h"
#include "lectern/library.h"

/* The section that says which library a file is of. */
#define INDEX_ROOTS_SECTION "roots"

/* A descriptor, or -1: ERR_NOT_FOUND if it is not there (and not to be made), ERR_ACCESS if it is a symbolic link, of another
 * owner or writable by others. */
int index_folder_open(const char *folder, bool make, struct err *err);

/* The same for a file of it, to read. */
int index_folder_open_file(int folder_fd, const char *name, size_t *size, struct err *err);

/* Appends the name of a library's index, or of its delta. -1 if the real path of a root is not known. */
int index_folder_name(const struct library *library, bool delta, struct buf *out, struct err *err);

/* A file of the folder as an image, which keeps it mapped; NULL if it is none. */
struct image *index_folder_map(const char *folder, const char *name, struct err *err);

#endif
