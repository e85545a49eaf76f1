/*
 * watch: the folders of a library, watched for changes.
 *
 * On Linux, by inotify. A thread of its own gathers what has changed and tells it when nothing more has come for a moment,
 * a few times a second at most. What has been told may have changed; whether it has, library_changes() finds out.
 */
#ifndef LECTERN_WATCH_H
#define LECTERN_WATCH_H

#include "lectern/err.h"
#include "lectern/library.h"

struct watch;

/* Both are called on the watch's thread. */
struct watch_listener {
    void *context;
    /* Something at these places has, or was renamed, made or removed: as in struct library_look. Without places it may have been
     * anywhere. */
    void (*changed)(void *context, const struct str *places, size_t count);
    /* Not all folders can be watched: from now on there may be changes that are not told. Said once. */
    void (*blind)(void *context, const struct err *err);
};

/* Begins to watch, and tells once that something may have changed anywhere, when all folders are watched. The library must
 * live as long. NULL with the error if the system cannot. */
struct watch *watch_start(const struct library *library, const struct watch_listener *listener,
                          struct err *err);

/* Blocks until all folders are watched, as far as they can be. What changes from then on is told. */
void watch_wait(struct watch *watch);

void watch_stop(struct watch *watch); /* NULL is allowed */

#endif
