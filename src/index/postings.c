/* Reading posting lists, which may be damaged: see the note in postings.h. */
#include "postings.h"

#include "index_image.h"
#include "positions.h"

static struct bit_reader bits_at(const struct posting_reader *reader, uint64_t bit)
{
    return (struct bit_reader){reader->list, reader->size, bit};
}

/* The number of postings that the bytes of a list begin with. */
static uint32_t take_count(const unsigned char *list, size_t size, size_t *at)
{
    uint64_t number = 0;
    for (unsigned shift = 0; *at < size && shift < 35; shift += 7) {
        unsigned char byte = list[(*at)++];
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number <= UINT32_MAX ? (uint32_t)number : 0;
    }
    return 0;
}

static struct str list_of(const struct index *index, uint32_t term)
{
    uint64_t start = table_number(&index->lists, term, 0),
             end = table_number(&index->lists, (size_t)term + 1, 0);
    if (term >= index->terms.count || start > end || end > index->postings.count)
        return STR("");
    return (struct str){(const char *)index->postings.at + start, (size_t)(end - start)};
}

uint32_t index_term_documents(const struct index *index, uint32_t term)
{
    struct str list = list_of(index, term);
    size_t at = 0;
    return take_count((const unsigned char *)list.at, list.len, &at);
}

static struct stored_block block_at(const struct posting_reader *reader, uint32_t number)
{
    struct stored_block block;
    memcpy(&block, reader->directory + number * sizeof block, sizeof block);
    return block;
}

static bool end_list(struct posting_reader *reader)
{
    reader->block_count = 0;
    reader->next.left = 0;
    return false;
}

/* False at the end of the list, or if the block cannot be there. */
static bool start_block(struct posting_reader *reader, uint32_t number)
{
    if (number >= reader->block_count)
        return end_list(reader);
    reader->block = number;
    reader->place = 0;
    if (reader->directory) {
        struct stored_block block = block_at(reader, number);
        if (block.document < reader->next.document || block.postings > reader->size ||
            block.positions > reader->size)
            return end_list(reader);
        reader->next.bit = (uint64_t)block.postings * 8;
        reader->next.document = block.document;
        reader->place = (uint64_t)block.positions * 8;
    }
    struct bit_reader bits = bits_at(reader, reader->next.bit);
    reader->shift = bits_take(&bits, POSTINGS_SHIFT_BITS);
    reader->next.bit = bits.at;
    uint32_t left = reader->count - number * POSTINGS_BLOCK;
    reader->next.left = left < POSTINGS_BLOCK ? left : POSTINGS_BLOCK;
    reader->placed = reader->next;
    return true;
}

struct posting_reader list_read(const struct index *index, struct str list, bool word)
{
    size_t at = 0;
    struct posting_reader reader = {
        .index = index,
        .list = (const unsigned char *)list.at,
        .size = list.len,
        .documents = index_document_count(index),
        .word = word,
    };
    reader.count = take_count(reader.list, reader.size, &at);
    uint64_t blocks = ((uint64_t)reader.count + POSTINGS_BLOCK - 1) / POSTINGS_BLOCK;
    if (blocks > 1) {
        if (blocks * sizeof(struct stored_block) > reader.size - at)
            return reader;
        reader.directory = reader.list + at;
    }
    reader.block_count = (uint32_t)blocks;
    reader.next.bit = (uint64_t)at * 8;
    start_block(&reader, 0);
    return reader;
}

struct posting_reader index_postings(const struct index *index, uint32_t term)
{
    return list_read(index, list_of(index, term), is_word(index_term(index, term)));
}

/* The count of a field at its place in what set_posting() takes. */
static inline uint64_t count_of(enum index_field field, uint64_t count)
{
    return (count < POSTINGS_MOST_COUNTED ? count : POSTINGS_MOST_COUNTED) << field * 8;
}

/* The counts are the bytes of a number, the title's lowest: bytes written one by one and then read together are slow. */
static inline void set_posting(struct posting *posting, uint32_t document, uint64_t counts)
{
    counts = bits_order(counts);
    posting->document = document;
    memcpy(posting->counts, &counts, INDEX_FIELDS);
}

/* A number that is stored less `least`. */
static uint64_t take_count_above(struct bit_reader *bits, uint64_t least)
{
    uint64_t more = bits_take_gamma(bits);
    return more < UINT32_MAX ? more + least : UINT32_MAX;
}

/* The counts of the fields that `others` names, and of the text. */
static uint64_t take_all_counts(struct bit_reader *bits, uint32_t others)
{
    uint64_t counts = 0;
    for (; others; others &= others - 1)
        counts |= count_of((enum index_field)__builtin_ctz(others), take_count_above(bits, 1));
    return counts | count_of(INDEX_TEXT, take_count_above(bits, 0));
}

/* The same where all of them are in one window, as nearly always. */
static uint64_t take_counts(struct bit_reader *bits, uint32_t others)
{
    uint64_t window = bits_window(bits) | (uint64_t)1 << BITS_WINDOW, counts = 0;
    unsigned used = 0;
    for (uint32_t rest = others | 1u << INDEX_TEXT; rest; rest &= rest - 1) {
        int field = __builtin_ctz(rest);
        unsigned width = (unsigned)__builtin_ctzll(window >> used);
        used += 2 * width + 1;
        if (used > BITS_WINDOW)
            return take_all_counts(bits, others);
        uint64_t more =
            ((uint64_t)1 << width | (window >> (used - width) & (((uint64_t)1 << width) - 1))) - 1;
        counts |= count_of((enum index_field)field, more + (field != INDEX_TEXT));
    }
    bits->at += used;
    return counts;
}

/* What a posting says: how far it lies from the one before, and its counts. */
struct taken {
    uint64_t gap, counts;
};

/* Of any length. A gap of more than `most` is damage. */
static struct taken take_long(const struct posting_reader *reader, struct posting_cursor *cursor,
                              uint64_t most)
{
    struct bit_reader bits = bits_at(reader, cursor->bit);
    struct taken taken = {.gap = bits_take_rice(&bits, reader->shift, most)};
    uint32_t how = (uint32_t)bits_window(&bits), others = how >> 2 & ((1u << INDEX_TEXT) - 1);
    if (!(how & 1)) {
        bits.at += 1;
        taken.counts = count_of(INDEX_TEXT, 1);
    } else if (!(how & 2)) {
        bits.at += 2;
        taken.counts = count_of(INDEX_TEXT, take_count_above(&bits, 2));
    } else {
        bits.at += 2 + INDEX_TEXT;
        taken.counts = take_counts(&bits, others);
    }
    cursor->bit = bits.at;
    if (bits_over(&bits))
        taken.gap = UINT64_MAX;
    return taken;
}

/* Bits of the window that a gap may take for the quick way, and zeros of a count: 57 bits are there. */
#define QUICK_GAP_BITS    40u
#define QUICK_COUNT_ZEROS 6u

/* Nearly all postings fit into one window, and occur in the text alone. False if this one does not. */
static inline bool take_short(const struct posting_reader *reader, struct posting_cursor *cursor,
                              struct taken *taken)
{
    uint64_t window, byte = cursor->bit >> 3;
    if (byte + sizeof window > reader->size)
        return false;
    memcpy(&window, reader->list + byte, sizeof window);
    window = bits_order(window) >> (cursor->bit & 7);
    unsigned zeros = window ? (unsigned)__builtin_ctzll(window) : QUICK_GAP_BITS;
    unsigned used = zeros + 1 + reader->shift;
    if (used > QUICK_GAP_BITS)
        return false;
    window >>= zeros + 1;
    taken->gap = (uint64_t)zeros << reader->shift | (window & (((uint64_t)1 << reader->shift) - 1));
    window >>= reader->shift;
    if (!(window & 1)) {
        taken->counts = count_of(INDEX_TEXT, 1);
        cursor->bit += used + 1;
        return true;
    }
    zeros = (unsigned)__builtin_ctzll(window >> 2 | (uint64_t)1 << (QUICK_COUNT_ZEROS + 1));
    if ((window & 2) || zeros > QUICK_COUNT_ZEROS)
        return false;
    window >>= zeros + 3;
    uint64_t more = ((uint64_t)1 << zeros | (window & (((uint64_t)1 << zeros) - 1))) - 1;
    taken->counts = count_of(INDEX_TEXT, more + 2);
    cursor->bit += used + 3 + 2 * zeros;
    return true;
}

/* The next posting of a cursor, into two places. False if it is damaged. */
static inline bool take(const struct posting_reader *reader, struct posting_cursor *cursor,
                        struct posting *one, struct posting *other)
{
    struct taken taken;
    if (cursor->document >= reader->documents)
        return false;
    uint64_t most = reader->documents - 1 - cursor->document;
    if (!take_short(reader, cursor, &taken))
        taken = take_long(reader, cursor, most);
    if (taken.gap > most)
        return false;
    uint32_t document = cursor->document + (uint32_t)taken.gap;
    set_posting(one, document, taken.counts);
    set_posting(other, document, taken.counts);
    cursor->document = document + 1;
    cursor->left--;
    return true;
}

bool posting_take(const struct posting_reader *reader, struct posting_cursor *cursor, struct posting *posting)
{
    return take(reader, cursor, posting, posting);
}

bool index_next_posting(struct posting_reader *reader, struct posting *posting)
{
    if (reader->next.left == 0 && !start_block(reader, reader->block + 1))
        return false;
    return take(reader, &reader->next, &reader->at, posting) || end_list(reader);
}

/* Goes to the last block that may begin at or before a document. */
static void seek_block(struct posting_reader *reader, uint32_t document)
{
    uint32_t low = reader->block, high = reader->block_count;
    if (high - low > 1 && block_at(reader, low + 1).document > document)
        return;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (block_at(reader, middle).document <= document)
            low = middle;
        else
            high = middle;
    }
    if (low > reader->block)
        start_block(reader, low);
}

bool index_seek_posting(struct posting_reader *reader, uint32_t document, struct posting *posting)
{
    if (reader->directory && reader->block_count)
        seek_block(reader, document);
    while (index_next_posting(reader, posting))
        if (posting->document >= document)
            return true;
    return false;
}
