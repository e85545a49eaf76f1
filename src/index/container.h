/*
 * container: header and table of sections of an index file: see lectern-index(5).
 */
#ifndef LECTERN_INDEX_CONTAINER_H
#define LECTERN_INDEX_CONTAINER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "lectern/err.h"
#include "lectern/image.h"

/* Of what lectern-index(5) describes. */
#define CONTAINER_VERSION 3u

#define CONTAINER_MAGIC      "lectern\n"
#define CONTAINER_BYTE_ORDER 0x01020304u
#define CONTAINER_ALIGNMENT  64u
#define CONTAINER_SECTIONS   128u /* at most */

struct container_entry {
    char name[IMAGE_NAME]; /* padded with NUL */
    uint64_t offset, size, checksum;
};

struct container_header {
    char magic[8];
    uint32_t byte_order, version;
    uint64_t size;     /* of the file */
    uint64_t checksum; /* of header and table, with 0 in this place */
    uint32_t section_count;
    uint32_t makers; /* what the program was made of that reads articles and makes sections */
};

struct container {
    struct container_header header;
    struct container_entry entries[CONTAINER_SECTIONS];
};

_Static_assert(sizeof(struct container_header) == 40 && sizeof(struct container_entry) == 32,
               "as lectern-index(5) says");

/* Bytes of header and table. */
size_t container_head_size(uint32_t section_count);

/* Lays out the sections of an image, and works out all checksums. -1 if there are too many. */
int container_plan(struct container *container, const struct image *image, struct err *err);

/* The sections of a file's bytes, as one image, which does not own them; the first is the whole file, with header and table. NULL with
 * ERR_FORMAT. Checksums of sections are not looked at. */
struct image *container_open(struct str bytes, struct err *err);

/* Whether all sections of an image of container_open() have their checksums. */
bool container_intact(const struct image *image, const atomic_bool *cancel, struct err *err);

#endif
