/*
 * library: a set of roots, read into a catalogue.
 *
 * Roots are any mix of folders and files. Below a folder hidden entries are skipped and no symbolic link is followed.
 * A library is never written to.
 */
#ifndef LECTERN_LIBRARY_H
#define LECTERN_LIBRARY_H

#include <stdatomic.h>

#include "lectern/article.h"
#include "lectern/catalogue.h"
#include "lectern/err.h"

struct library;

/* Opens the roots; NULL, with the error, if one of them is not there or may not be read. */
struct library *library_open(const char *const *roots, size_t count, struct err *err);
void library_close(struct library *library); /* catalogues made from it stay valid; NULL is allowed */

size_t library_root_count(const struct library *library);
const char *library_root(const struct library *library, size_t root); /* as given */
struct str library_real_root(const struct library *library,
                             size_t root); /* its real path; empty if that is not known */
struct str
library_name(const struct library *library); /* to show: the last part of the first root, "+ 2" for more */

struct library_progress {
    uint32_t files_done, files_total; /* the total is 0 until the walk is over */
    uint64_t bytes_done;
};

/* Files are read in batches of so many: those whose numbers are the same when divided by it. */
#define LIBRARY_BATCH 8u

/* What a scan tells while it runs. Any function may be NULL. */
struct library_scan {
    unsigned threads;    /* parsing threads; 0: one a core */
    atomic_bool *cancel; /* set by another thread to end the scan; may be NULL */
    void *context;
    /* Each parsed file, called on parsing thread number `thread` (0 to threads-1); `file` is its number in the catalogue.
     * The article is valid during the call only. */
    void (*article)(void *context, unsigned thread, uint32_t file, const struct article *article);
    /* Behind each batch, of which `file` is one: all its files have been told, on this thread, in their order. */
    void (*batch)(void *context, unsigned thread, uint32_t file);
    /* Now and then, on any one thread at a time, at least every 100 ms. */
    void (*progress)(void *context, const struct library_progress *progress);
    /* A catalogue of what has been read so far, whenever that has doubled or more; the callee releases it. Its files,
     * articles and subjects are numbered anew each time. */
    void (*partial)(void *context, struct catalogue *catalogue);
    /* Of an update: what was told of articles does not count, they are read once more. */
    void (*again)(void *context);
};

/* Threads that library_scan() will use for `threads`: at least 1. */
unsigned library_threads(unsigned threads);

/*
 * Reads every file of the roots. Blocks; meant for a worker thread. Returns the catalogue, or NULL when it was cancelled
 * (`err` kind ERR_NONE) or a root could not be read any more.
 */
struct catalogue *library_scan(struct library *library, const struct library_scan *scan, struct err *err);

/* What a look at the roots finds to be otherwise than a catalogue says. */
enum library_change_kind {
    CHANGE_FILE,    /* a file is new, or has (or may have) another content */
    CHANGE_SKIPPED, /* an entry that is not read is new, or for another reason */
    CHANGE_GONE,    /* what was there is not there any more */
};

struct library_change {
    enum library_change_kind kind;
    uint32_t root;
    struct str path;   /* as in the catalogue, with a NUL behind */
    struct str reason; /* of a skipped entry */
    bool expected;     /* of a skipped entry: as in the catalogue's problems */
    struct file_stamp stamp;
};

struct library_changes {
    struct library_change *at;
    size_t count;
    bool more; /* than the limit: not all were looked for */
    struct arena arena;
};

/* What to look at: files and folders below the one root, in any order. Everything is looked at if none is named, or if the
 * library is no single folder. */
struct library_look {
    const struct str *places;
    size_t place_count;
    size_t limit;              /* of changes; 0: none */
    const atomic_bool *cancel; /* may be NULL */
};

/* Walks the roots, without reading a file: what has been added, removed, renamed or changed since the catalogue was made, in
 * the order of the walk. -1 when cancelled (ERR_NONE), or a root cannot be read; then there is nothing to free. */
int library_changes(const struct library *library, const struct catalogue *catalogue,
                    const struct library_look *look, struct library_changes *changes, struct err *err);
void library_changes_free(struct library_changes *changes);

/*
 * The catalogue brought up to date with changes that were found in it: a new one, whose base is that of the old one. Only
 * files that differ from the base are read (and the others of an article that stands in several); `scan` is told of them
 * with their numbers in the delta's own catalogue, and not given partial ones. NULL as for library_scan().
 */
struct catalogue *library_update(const struct library *library, const struct catalogue *catalogue,
                                 const struct library_changes *changes, const struct library_scan *scan,
                                 struct err *err);

/* Appends what tells this library from any other: the real paths of its roots, and how they were given where messages of
 * the catalogue say so. False if a real path is not known. */
bool library_identity(const struct library *library, struct buf *out);

/* Reads and parses one file of a catalogue of this library. Returns 0; 1 with ERR_CHANGED when the file is not the one that
 * was scanned any more (the text as it is now is returned); -1 if it cannot be read. */
int library_read(const struct library *library, const struct catalogue *catalogue, uint32_t file,
                 struct arena *arena, struct article *article, struct err *err);

/* The same file's bytes, unparsed (for the source view). */
int library_read_source(const struct library *library, const struct catalogue *catalogue, uint32_t file,
                        struct arena *arena, struct str *text, struct err *err);

/* ROOT/PATH of a file, or of a problem's entry, for messages. */
struct str library_path(const struct library *library, uint32_t root, struct str path, struct arena *arena);

#endif
