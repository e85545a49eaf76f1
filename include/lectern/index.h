/*
 * index: the words of a library: terms in order, each with a posting list.
 *
 * Built on several threads: each has a builder of its own, and all are joined at the end. A term is a folded word
 * (text_fold() of text_next_word()), a very long one cut by index_term_of(). Immutable once built; any number of threads
 * may read it. It is an image, so it may lie in a file; one that is damaged gives something wrong or empty, never more.
 */
#ifndef LECTERN_INDEX_H
#define LECTERN_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/article.h"
#include "lectern/image.h"
#include "lectern/str.h"

enum index_field { INDEX_TITLE, INDEX_KEYWORDS, INDEX_HEADINGS, INDEX_TEXT, INDEX_FIELDS };

struct posting {
    uint32_t file;                /* the number of a file in the catalogue of the same scan */
    uint8_t counts[INDEX_FIELDS]; /* occurrences in each field, at most 255 */
};

/* What of a folded word is its term: the whole characters in its first INDEX_TERM_BYTES. */
#define INDEX_TERM_BYTES 64
struct str index_term_of(struct str folded);

struct index_builder;
struct index_builder *index_builder_new(void);
void index_builder_free(struct index_builder *builder); /* NULL is allowed */

/* Adds the words of one file: title and question, keywords, headings, and text. Files may come in any order, each once. */
void index_builder_add(struct index_builder *builder, uint32_t file, const struct article *article);

struct index;

/* Joins and empties `count` builders of distinct files numbered below `file_count`. */
struct index *index_build(struct index_builder *const *builders, size_t count, uint32_t file_count);

/* Counted references; an index is freed with its last one. */
struct index *index_keep(struct index *index);
void index_release(struct index *index); /* NULL is allowed */

/* The index that an image holds, which it keeps; NULL if a section is not there or has a wrong size. */
struct index *index_open(struct image *image);
const struct image *index_image(const struct index *index);

uint32_t index_term_count(const struct index *index);
struct str index_term(const struct index *index, uint32_t term); /* ascending bytewise */

/* Terms that begin with `prefix` are [*first, *end); a whole word is the prefix whose first term equals it. */
void index_find_prefix(const struct index *index, struct str prefix, uint32_t *first, uint32_t *end);

/* Postings of a term, ascending by file and below index_file_count(): index_next_posting() gives one after the other, and
 * false when there are no more. */
struct posting_reader {
    const unsigned char *at, *end;
    uint32_t next_file, file_count; /* the least number that the next one can have, and what all are below */
};
struct posting_reader index_postings(const struct index *index, uint32_t term);
bool index_next_posting(struct posting_reader *reader, struct posting *posting);

/* Words of a field of a file, and their mean over the files that were added: what ranking needs. */
uint32_t index_field_length(const struct index *index, uint32_t file, enum index_field field);
double index_mean_length(const struct index *index, enum index_field field);
uint32_t index_file_count(const struct index *index);

#endif
