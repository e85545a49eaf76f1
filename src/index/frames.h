/*
 * frames: the texts of articles, compressed. Wraps zstd.
 *
 * The texts of a batch of files (LIBRARY_BATCH) are one frame: small enough to be read for a snippet, large enough to
 * compress well. A frame holds the length of each text (0 for a file without one), then the texts. Its number is that of its
 * first file, divided by the size of a batch.
 *
 * The first frames together, cut at FRAMES_DICTIONARY, are the dictionary that all later ones are compressed with. So
 * frames wait until those are there, and do not depend on which thread was faster.
 */
#ifndef LECTERN_INDEX_FRAMES_H
#define LECTERN_INDEX_FRAMES_H

#include <stdint.h>

#include "lectern/bounds.h"
#include "lectern/image.h"
#include "lectern/library.h"
#include "lectern/str.h"

#define FRAMES_DICTIONARY ((size_t)110 << 10)

struct frame_head {
    uint32_t lengths[LIBRARY_BATCH];
};

/* No frame is larger once it is decoded: a byte of a file that is no UTF-8 becomes three. */
#define FRAMES_MOST_BYTES (sizeof(struct frame_head) + (size_t)LIBRARY_BATCH * BOUND_FILE_BYTES * 3)

struct frames; /* what the writers of an index share */

struct frame {
    uint32_t number;
    size_t at, size; /* in `packed` */
};

/* Of one thread. */
struct frame_writer {
    struct frames *shared;
    void *compressor; /* or NULL */
    bool primed;      /* it has the dictionary */
    bool open;        /* there is a batch at hand */
    uint32_t number;
    struct frame_head head;
    struct buf texts; /* of the batch at hand */
    char *room;
    size_t room_size;
    struct buf packed;
    struct frame *frames;
    size_t count, capacity;
};

/* A writer beside another one, or the first of an index. */
void frames_start(struct frame_writer *writer, const struct frame_writer *beside);

/* Adds a file's text; the files of a batch come one after the other. frames_end() ends the batch of a file, even if nothing
 * was added. */
void frames_add(struct frame_writer *writer, uint32_t file, struct str text);
void frames_end(struct frame_writer *writer, uint32_t file);

/* Hands the frames of all writers to an image; returns how many make the dictionary. There may be no writer. */
uint64_t frames_join(struct frame_writer *const *writers, size_t count, uint32_t file_count,
                     struct image *image);

/* Frees what the writer has; it may be started again. */
void frames_clear(struct frame_writer *writer);

#endif
