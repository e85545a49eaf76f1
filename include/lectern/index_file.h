/*
 * index_file: what is known of a library, in a file, so that it need not be read again at every start.
 *
 * One file a library, named from its roots, in a folder of the reader's alone, and beside it a second one with what has
 * changed since the first was written, the delta. They are only ever replaced whole, by renaming, and are mapped when they
 * are opened: opening checks the header, the table of sections, the sizes of the sections and the shape of the topic tree;
 * the sections' checksums are left to index_file_intact(), which reads all of the file and may run while it is in use,
 * because whatever the sections say, nothing beyond them is reached. The format is described in lectern-index(5).
 */
#ifndef LECTERN_INDEX_FILE_H
#define LECTERN_INDEX_FILE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lectern/catalogue.h"
#include "lectern/err.h"
#include "lectern/index.h"
#include "lectern/library.h"
#include "lectern/segments.h"
#include "lectern/topics.h"

struct index_parts {
    struct catalogue *catalogue;
    struct topic_tree *tree;
    struct index *index; /* of the catalogue's base */
    struct index *delta; /* of its delta, or NULL if it has none */
};
void index_parts_free(struct index_parts *parts); /* each may be NULL */

/* Reads a library and makes all parts. As library_scan(), whose wishes are taken but for `article`. `tree` (may be NULL) is
 * called with their context as soon as all parts but the index are there. -1 on failure, and with ERR_NONE when
 * cancelled. */
typedef void index_parts_tree(void *context, const struct index_parts *parts);
int index_parts_read(struct library *library, const struct library_scan *wishes, index_parts_tree *tree,
                     struct index_parts *parts, struct err *err);

/* The parts brought up to date with changes that were found in their catalogue: as library_update(), with its wishes. -1 as
 * above. */
int index_parts_update(const struct library *library, const struct index_parts *before,
                       const struct library_changes *changes, const struct library_scan *wishes,
                       struct index_parts *parts, struct err *err);

/* As long as no more files than these differ from the base it is cheaper to read them than to make it anew. */
uint32_t index_parts_most_changes(const struct index_parts *parts);

/* The same parts once more, to be freed on their own; the index may be NULL. And those of the base alone. */
struct index_parts index_parts_share(const struct index_parts *parts);
struct index_parts index_parts_base(const struct index_parts *parts);

/* What is searched in; NULL if the index is. To be released on its own. */
struct segments *index_parts_segments(const struct index_parts *parts);

/* Appends the folder: lectern in `cache_home` (XDG_CACHE_HOME), else in .cache in `home`; a path that is not absolute, or
 * NULL, counts as none. -1 if there is none of both. */
int index_file_folder(struct buf *out, const char *cache_home, const char *home, struct err *err);

/* Appends the name of a library's file. -1 if the real path of a root is not known. */
int index_file_name(const struct library *library, struct buf *out, struct err *err);

/*
 * Opens what the folder holds of a library. -1 with ERR_NOT_FOUND if there is nothing, ERR_FORMAT if the file is damaged or of
 * another version (it will be replaced by the next one that is written), ERR_ACCESS if folder or file may not be
 * trusted: a symbolic link, of another owner, writable by others. A delta that cannot be opened, or belongs to another
 * file, counts as none. The first section of the catalogue's image, and of its delta's, is the whole file.
 */
int index_file_open(const char *folder, const struct library *library, struct index_parts *parts,
                    struct err *err);

/* The same for the bytes of a file, which must be aligned for 64-bit numbers and live as long as the parts. */
int index_file_open_bytes(struct str bytes, struct str identity, struct index_parts *parts, struct err *err);

/* The same for the bytes of a delta: the parts become those of both. On failure (-1) they stay what they were. */
int index_file_open_delta_bytes(struct str bytes, struct str identity, struct index_parts *parts,
                                struct err *err);

/* Whether all that an opened file holds is what was written; the same for its delta, if it has one. False, with ERR_FORMAT,
 * if not; with ERR_NONE if cancelled. */
bool index_file_intact(const struct index_parts *parts, const atomic_bool *cancel, struct err *err);
bool index_file_delta_intact(const struct index_parts *parts, const atomic_bool *cancel, struct err *err);

/* Writes parts that a scan has made to a file in the place of the one that is there, whose delta is removed; the folder is
 * made if need be. On failure (-1) what was there stays; with ERR_NONE it was cancelled, or another process is writing the
 * same. */
int index_file_write(const char *folder, const struct library *library, const struct index_parts *parts,
                     const atomic_bool *cancel, struct err *err);

/* Writes the delta of parts that were updated, or removes it if they have none. -1 as above, with ERR_NONE also if the
 * folder holds another base by now. */
int index_file_write_delta(const char *folder, const struct library *library, const struct index_parts *parts,
                           const atomic_bool *cancel, struct err *err);

/* Bytes of a library's delta in the folder; 0 if there is none. */
uint64_t index_file_delta_bytes(const char *folder, const struct library *library);

#endif
