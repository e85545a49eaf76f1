/*
 * catalogue_image: what the sections of a catalogue hold, byte for byte: see lectern-index(5).
 */
#ifndef LECTERN_LIBRARY_CATALOGUE_IMAGE_H
#define LECTERN_LIBRARY_CATALOGUE_IMAGE_H

#include <stdint.h>

#include "catalogue_build.h"
#include "census.h"
#include "hash.h"
#include "lectern/catalogue.h"
#include "lectern/image.h"

/* Texts are numbers of image_text_add() in the section "texts". */
struct stored_article {
    uint64_t title, id, url, date;
    uint32_t kind, text_bytes;
};

struct stored_missing {
    uint64_t title, id, url;
    uint32_t subject, zero;
};

struct stored_file {
    uint64_t path;
    struct file_stamp stamp;
    uint32_t root, article, subject, zero;
};

#define STORED_SKIPPED  1u
#define STORED_EXPECTED 2u
#define STORED_ERROR    4u
#define STORED_ID_TAKEN 8u
struct stored_problem {
    uint64_t path, message;
    uint32_t root, line, column, article, flags, zero;
};

/* A slot of an open-addressing table from texts to targets; the count is a power of two. */
struct stored_name {
    uint64_t text;
    uint32_t target; /* CATALOGUE_NONE: a free slot */
    uint32_t check;  /* the upper half of the text's hash */
};

struct stored_library {
    struct hash_key key; /* of the tables */
    struct census census;
};

_Static_assert(sizeof(struct stored_article) == 40 && sizeof(struct stored_missing) == 32 &&
                   sizeof(struct stored_file) == 56 && sizeof(struct stored_problem) == 40 &&
                   sizeof(struct stored_name) == 16 && sizeof(struct stored_library) == 48 &&
                   sizeof(struct catalogue_link) == 16,
               "as lectern-index(5) says");

struct image *catalogue_flatten(const struct draft *draft, const struct census *census);

/* What the walk met that this catalogue was made of. */
const struct census *catalogue_census(const struct catalogue *catalogue);

#endif
