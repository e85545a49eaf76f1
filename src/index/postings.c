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

static uint8_t most_counted(uint64_t count)
{
    return count < POSTINGS_MOST_COUNTED ? (uint8_t)count : POSTINGS_MOST_COUNTED;
}

static void take_counts(struct bit_reader *bits, uint8_t counts[INDEX_FIELDS])
{
    memset(counts, 0, INDEX_FIELDS);
    counts[INDEX_TEXT] = 1;
    uint32_t kind = bits_take(bits, 1);
    if (!kind)
        return;
    if (!bits_take(bits, 1)) {
        counts[INDEX_TEXT] = most_counted(bits_take_gamma(bits) + 2);
        return;
    }
    uint32_t others = bits_take(bits, INDEX_TEXT);
    for (unsigned f = 0; f < INDEX_TEXT; f++)
        if (others >> f & 1)
            counts[f] = most_counted(bits_take_gamma(bits) + 1);
    counts[INDEX_TEXT] = most_counted(bits_take_gamma(bits));
}

bool posting_take(const struct posting_reader *reader, struct posting_cursor *cursor, struct posting *posting)
{
    uint32_t documents = index_document_count(reader->index);
    struct bit_reader bits = bits_at(reader, cursor->bit);
    if (cursor->document >= documents)
        return false;
    uint64_t gap = bits_take_rice(&bits, reader->shift, documents - 1 - cursor->document);
    if (gap == UINT64_MAX)
        return false;
    posting->document = cursor->document + (uint32_t)gap;
    take_counts(&bits, posting->counts);
    cursor->document = posting->document + 1;
    cursor->bit = bits.at;
    cursor->left--;
    return !bits_over(&bits);
}

bool index_next_posting(struct posting_reader *reader, struct posting *posting)
{
    if (reader->next.left == 0 && !start_block(reader, reader->block + 1))
        return false;
    if (!posting_take(reader, &reader->next, &reader->at))
        return end_list(reader);
    *posting = reader->at;
    return true;
}

/* Goes to the last block that may begin at or before a document. */
static void seek_block(struct posting_reader *reader, uint32_t document)
{
    uint32_t low = reader->block, high = reader->block_count;
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
