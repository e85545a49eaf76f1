/*
 * file: reading files of strangers without being fooled or stuck, and writing new ones.
 *
 * Files are opened non-blocking and only regular files are read: a FIFO, socket or device is refused at once.
 * Below a root no symbolic link is followed, in any part of the path, so nothing outside of a library is ever
 * opened because of what the library contains. A file is never mapped: it may shrink while it is read.
 */
#ifndef LECTERN_FILE_H
#define LECTERN_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"

/* What tells whether a file is still the one that it was. */
struct file_stamp {
    uint64_t size;
    int64_t mtime_ns;
    uint64_t device, inode;
    uint32_t access; /* mode, owner and group, as one number */
};

bool file_stamps_equal(const struct file_stamp *a, const struct file_stamp *b);

/* The stamp of what a path that the reader named leads to, whatever it is. Returns -1 if there is nothing. */
int file_stamp_of(const char *path, struct file_stamp *stamp);

/*
 * Reads the whole regular file `path` (relative to the directory `root_fd`; AT_FDCWD and any path for a file that
 * the reader named) into the arena, at most `max` bytes. `*stamp` may be NULL. Returns -1 with kind ERR_NOT_FOUND,
 * ERR_ACCESS, ERR_KIND, ERR_TOO_BIG or ERR_SYSTEM. When the file changed while it was read the text is returned all
 * the same and the result is 1, with ERR_CHANGED in `err`.
 */
int file_read(int root_fd, const char *path, size_t max, struct arena *arena, struct str *text,
              struct file_stamp *stamp, struct err *err);

enum file_entry_kind {
    FILE_ENTRY_REGULAR, /* a file to read */
    FILE_ENTRY_SKIPPED, /* anything that is not read; `reason` says why */
};

struct file_entry {
    enum file_entry_kind kind;
    struct str path;         /* relative to the root, with a NUL behind; valid during the call */
    struct str reason;       /* of a skipped entry, in the reader's words */
    struct file_stamp stamp; /* of a file to read; zero if it cannot be looked at */
};

/* Returns false to end the walk. */
typedef bool file_visit(void *context, const struct file_entry *entry);

/*
 * Meets every entry below the directory `root_fd` (which stays open), in bytewise order of the names, depth first.
 * Folders are not reported unless they are skipped: hidden ones (a leading dot), ones that cannot be read, ones below
 * BOUND_FOLDER_DEPTH. Hidden files, symbolic links and special files are reported as skipped. Returns -1 if the root
 * itself cannot be read.
 */
int file_walk(int root_fd, file_visit *visit, void *context, struct err *err);

/*
 * Meets what stands at `path` below the root, and below that if it is a folder, as file_walk() would when it comes there;
 * nothing if nothing is there, or if the walk would not come there. The empty path is the whole of the root. Returns -1 if
 * the root itself cannot be read.
 */
int file_walk_at(int root_fd, struct str path, file_visit *visit, void *context, struct err *err);

/* Writes a file where nothing is yet, forced to the disk, with the permissions that the process gives new ones. -1, and
 * nothing is left behind, if something is there or it cannot be written whole. */
int file_write_new(const char *path, struct str text, struct err *err);

#endif
