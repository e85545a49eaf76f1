/*
 * builder: what one thread has gathered, before it is joined with the others.
 */
#ifndef LECTERN_INDEX_BUILDER_H
#define LECTERN_INDEX_BUILDER_H

#include "chain.h"
#include "frames.h"
#include "index_image.h"
#include "lectern/index.h"

struct builder_term {
    uint32_t hash;
    uint32_t text; /* offset in `texts` */
    uint32_t mark; /* of the newest file that has it */
    uint32_t word; /* its number there */
    uint8_t len;
};

struct builder_file {
    uint32_t file;
    struct stored_document document;
};

/* The words of the file at hand, and its tags, which have no counts. */
struct builder_word {
    uint32_t term;
    uint32_t counts[INDEX_FIELDS];
};
struct builder_token {
    uint32_t place;    /* number of the word times INDEX_FIELDS, plus the field */
    uint32_t position; /* in the field */
};
struct builder_field {
    uint32_t words, gaps;
    bool apart; /* what follows does not belong to the word before */
};

struct index_builder {
    uint64_t seed; /* of the hash: file contents are not to choose its collisions */
    uint32_t *slots;
    size_t slot_count; /* a power of two, at least twice the terms */
    struct builder_term *terms;
    size_t term_count, term_capacity;
    struct chain *chains; /* of the terms */
    struct buf texts;
    struct chain_pool pool;
    struct frame_writer frames;
    struct builder_file *files;
    size_t file_count, file_capacity;

    uint32_t mark; /* of the file at hand */
    struct builder_field fields[INDEX_FIELDS];
    struct builder_word *words;
    size_t word_count, word_capacity;
    struct builder_token *tokens;
    size_t token_count, token_capacity;
    uint32_t *ends, *positions; /* for sorting them by their places */
    size_t end_capacity, position_capacity;
    struct buf folded, packed; /* room */
    struct arena scratch;
};

/* Empties it: a builder beside another one, which has been emptied, or the first. */
void builder_clear(struct index_builder *builder, const struct index_builder *beside);

static inline struct str builder_term_text(const struct index_builder *builder, uint32_t term)
{
    return (struct str){builder->texts.at + builder->terms[term].text, builder->terms[term].len};
}

/* Begins a file, and ends it: its words go to their chains. */
void builder_begin(struct index_builder *builder);
void builder_end(struct index_builder *builder, uint32_t file, struct stored_document *document);

/* Counts the words of a text in a field, or adds them as tags. */
void builder_add_words(struct index_builder *builder, struct str text, enum index_field field);
void builder_add_tag(struct index_builder *builder, enum index_tag tag, struct str value);
void builder_add_tag_words(struct index_builder *builder, enum index_tag tag, struct str text);

/* The next word of a field does not follow the one before. */
static inline void builder_part(struct index_builder *builder, enum index_field field)
{
    builder->fields[field].apart = true;
}

#endif
