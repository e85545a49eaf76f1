/*
 * join: the terms of several builders as the terms of one index.
 */
#ifndef LECTERN_INDEX_JOIN_H
#define LECTERN_INDEX_JOIN_H

#include "builder.h"

/* A term of a builder; those of the same text follow each other. */
struct join_term {
    uint64_t first_bytes; /* of the text, as a number: they decide most comparisons */
    struct str text;
    const struct chain *chain;
};

struct joined {
    const uint32_t *documents; /* by file */
    uint32_t file_count;
    struct join_term *terms; /* of all builders, by their texts */
    size_t count;
    uint32_t *starts; /* where those of each term of the index begin, and the end of the last */
    uint32_t term_count;
    uint64_t postings;
};

/* Terms that stand only in files without a document are left out. The builders must outlive it; `documents` as for
 * index_build(). */
void join(struct joined *joined, struct index_builder *const *builders, size_t count,
          const uint32_t *documents, uint32_t file_count);
void join_free(struct joined *joined);

static inline struct str joined_text(const struct joined *joined, uint32_t term)
{
    return joined->terms[joined->starts[term]].text;
}

/* The document of a file, or INDEX_NONE. */
static inline uint32_t joined_document(const struct joined *joined, uint32_t file)
{
    return file < joined->file_count ? joined->documents[file] : INDEX_NONE;
}

#endif
