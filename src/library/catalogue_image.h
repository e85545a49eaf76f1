/*
 * catalogue_image: what the sections of a catalogue hold, byte for byte: see lectern-index(5).
 */
#ifndef LECTERN_LIBRARY_CATALOGUE_IMAGE_H
#define LECTERN_LIBRARY_CATALOGUE_IMAGE_H

#include <stdint.h>

#include "catalogue_build.h"
#include "hash.h"
#include "lectern/catalogue.h"
#include "lectern/image.h"
#include "lectern/table.h"

/* Texts are numbers of image_text_add() in the section "texts". */
struct stored_article {
    uint64_t title, id, url, date;
    uint64_t digest; /* of id, title and text: equal for the same article in another place */
    uint8_t kind;
    uint8_t id_column; /* where the id stands in the first file; 0 if it is not known, or not that small */
    uint16_t id_line;
    uint32_t text_bytes;
};

struct stored_missing {
    uint64_t title, id, url;
    uint32_t subject;
};

struct stored_file {
    uint64_t path;
    uint64_t size;
    int64_t mtime_ns;
    uint64_t device, inode;
    uint32_t root, article, subject;
    uint32_t access; /* 0: what was read may change without its stamp telling */
};

#define STORED_SKIPPED  1u
#define STORED_EXPECTED 2u
#define STORED_ERROR    4u
#define STORED_ID_TAKEN 8u
#define STORED_NO_FILE  16u
struct stored_problem {
    uint64_t path, message;
    uint32_t root, line, column, article, flags, zero;
};

/* What links say of a target. Links that say the same are one reference. */
struct stored_reference {
    uint64_t id, url, title, subject;
    uint32_t target;
};

struct stored_link {
    uint32_t reference, number, line, column;
};

/* A further url of an article. */
struct stored_alias {
    uint64_t url;
    uint32_t article, zero;
};

/* Names (ids, urls, titles; of a missing target only the one that it is known by) by their hashes, ascending, then by targets. */
struct stored_name {
    uint32_t hash;  /* the upper half */
    uint32_t owner; /* a target, or from the number of targets on an alias; of an unmet name a reference */
};

struct stored_library {
    struct hash_key key; /* of the names and digests */
};

_Static_assert(sizeof(struct stored_alias) == 16 && sizeof(struct stored_library) == 16,
               "as lectern-index(5) says");

/* How those that are in tables are packed. */
extern const struct table_layout layout_articles, layout_missing, layout_files, layout_problems,
    layout_references, layout_links, layout_names, layout_texts;

/* `key` is that of the draft's symbols. */
struct image *catalogue_flatten(const struct draft *draft, struct hash_key key);

#endif
