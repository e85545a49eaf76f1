/*
 * index_image: what the sections of an index hold: see lectern-index(5).
 */
#ifndef LECTERN_INDEX_INDEX_IMAGE_H
#define LECTERN_INDEX_INDEX_IMAGE_H

#include <stdatomic.h>
#include <stdint.h>

#include "lectern/index.h"
#include "lectern/table.h"

struct stored_totals {
    uint64_t words[INDEX_FIELDS]; /* of all documents together */
    uint64_t documents;           /* that were added */
};

#define STORED_QUESTION_IS_TITLE 1u
struct stored_document {
    uint32_t file;                                  /* whose text it is, or INDEX_NONE */
    uint32_t text;                                  /* words */
    uint16_t title, question, keywords, headings;   /* words */
    uint16_t keyword_gaps, heading_gaps, text_gaps; /* that lie between those words */
    uint16_t flags;
};

_Static_assert(sizeof(struct stored_totals) == 48 && sizeof(struct stored_document) == 24,
               "as lectern-index(5) says");

struct index {
    atomic_uint references;
    struct image *image;
    const struct stored_totals *totals;
    struct image_rows terms;
    struct table lists;
    struct image_array postings, documents, stems, frame_starts, frames, dictionary;
    struct image_array hots, hot_bitmaps, hot_lists;
    uint32_t first_word; /* the terms before it are tags */
};

/* Words have positions; tags begin with a byte that no word has. */
static inline bool is_word(struct str term)
{
    return term.len > 0 && (unsigned char)term.at[0] >= INDEX_TAGS_END;
}

/* Finds what is needed to read terms and postings. */
bool index_find_lists(struct index *index, const struct image *image);

/* All zeros if there is no such document. */
const struct stored_document *index_document(const struct index *index, uint32_t document);

/* Positions of a field: its words and the gaps between them. */
static inline uint32_t document_span(const struct stored_document *document, unsigned field)
{
    switch (field) {
    case INDEX_TITLE: return document->title;
    case INDEX_QUESTION: return document->question;
    case INDEX_KEYWORDS: return (uint32_t)document->keywords + document->keyword_gaps;
    case INDEX_HEADINGS: return (uint32_t)document->headings + document->heading_gaps;
    default: return (document->text & UINT32_MAX >> 1) + document->text_gaps;
    }
}

#endif
