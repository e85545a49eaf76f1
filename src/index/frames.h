/*
 * frames: the texts of documents, compressed, each alone. Wraps zstd.
 *
 * All are compressed with one dictionary, which is made of the texts of the first files that are read: as much as
 * FRAMES_SAMPLE, whole batches (LIBRARY_BATCH). So texts wait until those are there, and do not depend on which thread was
 * faster.
 */
#ifndef LECTERN_INDEX_FRAMES_H
#define LECTERN_INDEX_FRAMES_H

#include <stdint.h>

#include "lectern/bounds.h"
#include "lectern/image.h"
#include "lectern/library.h"
#include "lectern/str.h"

/* Chosen by size and time on real articles: texts that are read alone are a tenth as long to decode as in eights, and together
 * no longer. */
#define FRAMES_DICTIONARY ((size_t)110 << 10)
#define FRAMES_SAMPLE     (4 * FRAMES_DICTIONARY)

/* No text is larger: a byte of a file that is no UTF-8 becomes three. */
#define FRAMES_MOST_BYTES ((size_t)BOUND_FILE_BYTES * 3)

struct frames; /* what the writers of an index share */

struct frame {
    uint32_t file;
    size_t at, size; /* in `packed` */
};

/* The texts of a batch of files, one behind the other. */
struct frame_batch {
    uint32_t lengths[LIBRARY_BATCH]; /* 0: none */
    struct buf texts;
};

/* Of one thread. */
struct frame_writer {
    struct frames *shared;
    void *compressor; /* or NULL */
    bool primed;      /* it has the dictionary */
    bool open;        /* there is a batch at hand */
    uint32_t number;  /* of its first file, divided by the size of a batch */
    struct frame_batch batch;
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

/* Hands the dictionary and the frames of all writers to an image. There may be no writer. `documents` tells the document whose
 * text a file has, or INDEX_NONE. */
void frames_join(struct frame_writer *const *writers, size_t count, const uint32_t *documents,
                 uint32_t file_count, uint32_t document_count, struct image *image);

/* Frees what the writer has; it may be started again. */
void frames_clear(struct frame_writer *writer);

#endif
