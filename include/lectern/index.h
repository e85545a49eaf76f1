/*
 * index: the words of a library: terms in order, each with a posting list.
 *
 * Documents are the articles of a catalogue, under the same numbers; an article that stands in several files is indexed
 * from its first one. A term is a folded word (text_fold() of text_next_word()), a very long one cut by index_term_of(),
 * or a tag. Built on several threads: each has a builder of its own, and all are joined at the end. Immutable once built;
 * any number of threads may read it. It is an image, so it may lie in a file; one that is damaged gives something wrong or
 * empty, never more.
 */
#ifndef LECTERN_INDEX_H
#define LECTERN_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/article.h"
#include "lectern/image.h"
#include "lectern/str.h"

#define INDEX_NONE UINT32_MAX

/* The question's words count only where the question differs from the title; index_question_is_title() tells. */
enum index_field { INDEX_TITLE, INDEX_QUESTION, INDEX_KEYWORDS, INDEX_HEADINGS, INDEX_TEXT, INDEX_FIELDS };

/* Words of a title, question, keywords or headings of one article; what is beyond counts as text. */
#define INDEX_FIELD_WORDS 65000u

/* What of a folded word is its term: the whole characters in its first INDEX_TERM_BYTES. */
#define INDEX_TERM_BYTES 64
struct str index_term_of(struct str folded);

/*
 * Tags are terms for what is no text, each kind in a name space of its own. The values: each folded word of the article's
 * subjects, author and url; the date, where it is written YYYY-MM-DD (a time behind it left out); `math`, `code`, `table`
 * and `related`, for what the article has.
 */
enum index_tag { INDEX_SUBJECT = 1, INDEX_AUTHOR, INDEX_URL, INDEX_DATE, INDEX_HAS, INDEX_TAGS_END };

struct index_builder;
/* A builder for the same index as `beside`, or the first one of an index, where that is NULL. */
struct index_builder *index_builder_new(const struct index_builder *beside);
void index_builder_free(struct index_builder *builder); /* NULL is allowed */

/* Adds one file, with all tags but its subjects. A builder gets its files in the order of their numbers, each once, and all
 * those of a batch (LIBRARY_BATCH numbers) that there are. When all of a batch have come, or none of it will,
 * index_builder_end_batch() is told a file of it, so that their texts need not wait until the index is built. */
void index_builder_add(struct index_builder *builder, uint32_t file, const struct article *article);
void index_builder_end_batch(struct index_builder *builder, uint32_t file);

/* Adds the folded words of texts as tags of one kind to a file: once for each kind, and in the order of files. */
void index_builder_add_tags(struct index_builder *builder, uint32_t file, enum index_tag tag,
                            const struct str *texts, size_t count);

struct index;

/* Joins and empties the `count` builders of an index. `documents` has for each of `file_count` files its document, which
 * is below `document_count` and rises with the files, or INDEX_NONE if its words are not wanted. */
struct index *index_build(struct index_builder *const *builders, size_t count, const uint32_t *documents,
                          uint32_t file_count, uint32_t document_count);

/* Counted references; an index is freed with its last one. */
struct index *index_keep(struct index *index);
void index_release(struct index *index); /* NULL is allowed */

/* The index that an image holds, which it keeps; NULL if a section is not there or has a wrong size. */
struct index *index_open(struct image *image);
const struct image *index_image(const struct index *index);

/* Terms, tags before words, are numbered in ascending order bytewise. */
uint32_t index_term_count(const struct index *index);
struct str index_term(const struct index *index, uint32_t term);

/* The words that begin with `prefix` are [*first, *end); a whole word is the prefix whose first term equals it. */
void index_find_prefix(const struct index *index, struct str prefix, uint32_t *first, uint32_t *end);

/* The first word, from the term `from` on, that holds `part` anywhere, or that has at least `len` bytes; index_term_count()
 * if there is none. */
uint32_t index_find_part(const struct index *index, struct str part, uint32_t from);
uint32_t index_find_long(const struct index *index, size_t len, uint32_t from);

/* The tags of a kind whose value begins with `prefix`. index_tag_value() is a tag without its first byte. */
void index_find_tag(const struct index *index, enum index_tag tag, struct str prefix, uint32_t *first,
                    uint32_t *end);
struct str index_tag_value(const struct index *index, uint32_t term);

/* The words of the index whose English stem is that of a folded word, which need not be in the index itself: numbers of
 * terms, ascending. None if the word has no letter that the stemmer knows. They live as long as the index. */
const uint32_t *index_find_stem(const struct index *index, struct str word, size_t *count);

/* Documents of a term, without reading its list. */
uint32_t index_term_documents(const struct index *index, uint32_t term);

/*
 * Postings of a term, ascending by document and below index_document_count(): index_next_posting() gives one after the
 * other, index_seek_posting() the first one from there on that is not before `document`, skipping what lies between.
 * Both return false when there are no more. A tag counts as one occurrence in the text.
 */
struct posting {
    uint32_t document;
    uint8_t counts[INDEX_FIELDS]; /* occurrences in each field, at most 255 */
};

struct posting_cursor {
    uint64_t bit;      /* of the next posting */
    uint32_t document; /* the least that it can have */
    uint32_t left;     /* in the block, from it on */
};

struct posting_reader {
    const struct index *index;
    const unsigned char *list; /* what its places are counted from */
    const unsigned char *directory;
    size_t size;
    uint32_t documents;                 /* what all of them are below */
    uint32_t block, block_count, count; /* the block at hand; postings of the list */
    unsigned shift;                     /* of the block */
    bool word;                          /* has positions */
    struct posting_cursor next;         /* to be read */
    struct posting_cursor placed;       /* whose positions begin at `place` */
    uint64_t place;                     /* 0: not known yet */
    struct posting at;                  /* the newest */
};
struct posting_reader index_postings(const struct index *index, uint32_t term);
bool index_next_posting(struct posting_reader *reader, struct posting *posting);
bool index_seek_posting(struct posting_reader *reader, uint32_t document, struct posting *posting);

/*
 * What is known beforehand of a prefix of at most INDEX_HOT_CHARACTERS characters whose words have more than twice as many
 * postings together as there are documents: those documents as bits, the lowest of the first number first, in as many
 * numbers as index_document_count() needs, with no bit behind it; how many they are; and postings of those that have such
 * a word in their title, question, keywords or headings, with the sums of the counts in these and none in the text. False
 * for other prefixes, whose words are to be read.
 */
#define INDEX_HOT_CHARACTERS 4u
struct index_hot {
    const uint64_t *bitmap;
    uint32_t documents;
    struct posting_reader strong;
};
bool index_find_hot(const struct index *index, struct str prefix, struct index_hot *hot);

/*
 * Where the posting that was read last stands in its document: ascending positions. Words that follow each other have
 * positions that do; title, question, each keyword, each heading, and the text between headings lie apart by gaps, so that
 * no phrase crosses from one to the other. Returns how many there are, and writes at most `capacity`; 0 for a tag. Cheap
 * when it is called for postings in their order, once for each.
 */
size_t index_positions(struct posting_reader *reader, uint32_t *positions, size_t capacity);
enum index_field index_position_field(const struct index *index, uint32_t document, uint32_t position);

/* Words of a field of a document, and their mean over the documents: what ranking needs. */
uint32_t index_field_length(const struct index *index, uint32_t document, enum index_field field);
void index_field_lengths(const struct index *index, uint32_t document, uint32_t lengths[INDEX_FIELDS]);
double index_mean_length(const struct index *index, enum index_field field);
bool index_question_is_title(const struct index *index, uint32_t document);
uint32_t index_document_count(const struct index *index);

/* The texts of documents (article->text). To be used by one thread; keeps the index. */
struct index_texts;
struct index_texts *index_texts_new(struct index *index);
void index_texts_free(struct index_texts *texts); /* NULL is allowed */

/* False, with an empty text, if it is not there or damaged. The text is valid until the next call. */
bool index_text(struct index_texts *texts, uint32_t document, struct str *text);

#endif
