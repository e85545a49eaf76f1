/* The positions of postings. */
#include "index_image.h"
#include "positions.h"
#include "postings.h"

static struct bit_reader bits_at(const struct posting_reader *reader, uint64_t bit)
{
    return (struct bit_reader){reader->list, reader->size, bit};
}

static uint32_t field_start(const struct stored_document *document, unsigned field)
{
    uint32_t start = 0;
    for (unsigned f = 0; f < field; f++)
        start += document_span(document, f) + 1;
    return start;
}

/* How often a posting's word occurs in a field. */
static uint32_t take_count(struct bit_reader *bits, uint8_t counted)
{
    uint64_t count = counted;
    if (count == POSTINGS_MOST_COUNTED)
        count += bits_take_gamma(bits);
    return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

/* Goes behind the positions of a posting. */
static void skip_positions(const struct index *index, struct bit_reader *bits, const struct posting *posting)
{
    const struct stored_document *document = index_document(index, posting->document);
    for (unsigned f = 0; f < INDEX_FIELDS; f++)
        if (posting->counts[f])
            positions_skip(bits, take_count(bits, posting->counts[f]), document_span(document, f));
}

/* Positions of a posting: all of its fields. Returns how many. */
static size_t take_positions(const struct index *index, struct bit_reader *bits,
                             const struct posting *posting, uint32_t *positions, size_t capacity)
{
    const struct stored_document *document = index_document(index, posting->document);
    size_t total = 0;
    for (unsigned f = 0; f < INDEX_FIELDS; f++) {
        if (posting->counts[f] == 0)
            continue;
        uint32_t count = take_count(bits, posting->counts[f]);
        size_t room = total < capacity ? capacity - total : 0;
        total += positions_take(bits, count, document_span(document, f), field_start(document, f),
                                room ? positions + total : NULL, room);
    }
    return total;
}

/* In a list of one block the positions begin where the postings end. */
static uint64_t find_place(const struct posting_reader *reader)
{
    struct posting_cursor cursor = reader->next;
    struct posting posting;
    while (cursor.left && posting_take(reader, &cursor, &posting)) {
    }
    return cursor.bit;
}

size_t index_positions(struct posting_reader *reader, uint32_t *positions, size_t capacity)
{
    struct posting posting;
    if (!reader->word || reader->placed.left <= reader->next.left)
        return 0;
    if (reader->place == 0)
        reader->place = find_place(reader);
    while (reader->placed.left > reader->next.left + 1) {
        struct bit_reader bits = bits_at(reader, reader->place);
        if (!posting_take(reader, &reader->placed, &posting))
            return 0;
        skip_positions(reader->index, &bits, &posting);
        reader->place = bits.at;
    }
    struct bit_reader bits = bits_at(reader, reader->place);
    return take_positions(reader->index, &bits, &reader->at, positions, capacity);
}

enum index_field index_position_field(const struct index *index, uint32_t document, uint32_t position)
{
    const struct stored_document *stored = index_document(index, document);
    unsigned field = INDEX_TITLE;
    while (field < INDEX_TEXT && position >= field_start(stored, field + 1))
        field++;
    return (enum index_field)field;
}
