#include "lectern/mem.h"
#include "postings.h"

void list_begin(struct list_writer *writer)
{
    writer->count = writer->filled = writer->block_count = writer->next_document = 0;
    buf_clear(&writer->directory);
    buf_clear(&writer->postings);
    buf_clear(&writer->positions);
    writer->posting_bits = (struct bit_writer){.out = &writer->postings};
    writer->position_bits = (struct bit_writer){.out = &writer->positions};
}

void list_writer_free(struct list_writer *writer)
{
    buf_free(&writer->directory);
    buf_free(&writer->postings);
    buf_free(&writer->positions);
}

/* 0: once in the text. 10: more often in the text, and nowhere else. 11: with a bit for each of the other fields. */
static void put_counts(struct bit_writer *bits, const uint8_t counts[INDEX_FIELDS])
{
    unsigned others = 0;
    for (unsigned f = 0; f < INDEX_TEXT; f++)
        others |= (unsigned)(counts[f] > 0) << f;
    if (!others && counts[INDEX_TEXT] == 1) {
        bits_put(bits, 0, 1);
    } else if (!others) {
        bits_put(bits, 1, 2);
        bits_put_gamma(bits, counts[INDEX_TEXT] - 2u);
    } else {
        bits_put(bits, 3 | others << 2, 2 + INDEX_TEXT);
        for (unsigned f = 0; f < INDEX_TEXT; f++)
            if (counts[f])
                bits_put_gamma(bits, counts[f] - 1u);
        bits_put_gamma(bits, counts[INDEX_TEXT]);
    }
}

static uint32_t four_bytes(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void put_positions(struct bit_writer *bits, const struct list_posting *posting)
{
    const unsigned char *places = posting->places;
    uint32_t left = posting->place_bits;
    for (; left >= 32; left -= 32, places += 4)
        bits_put(bits, four_bytes(places), 32);
    if (left)
        bits_put(bits, four_bytes(places) & (((uint32_t)1 << left) - 1), left);
}

static uint32_t bytes_of(const struct buf *buf)
{
    if (buf->len > UINT32_MAX)
        mem_exhausted();
    return (uint32_t)buf->len;
}

static void align(struct list_writer *writer)
{
    bits_align(&writer->posting_bits);
    bits_align(&writer->position_bits);
}

/* The directory is relative to where postings and positions begin, until the list ends. */
static void end_block(struct list_writer *writer)
{
    uint32_t next = writer->next_document, last = writer->block[writer->filled - 1].posting.document;
    if (writer->block_count++ > 0)
        align(writer);
    struct stored_block block = {next, bytes_of(&writer->postings), bytes_of(&writer->positions)};
    buf_add(&writer->directory, (struct str){(const char *)&block, sizeof block});
    unsigned shift = bits_rice_shift((uint64_t)last - next + 1 - writer->filled, writer->filled);
    bits_put(&writer->posting_bits, shift, POSTINGS_SHIFT_BITS);
    for (uint32_t i = 0; i < writer->filled; i++) {
        const struct list_posting *posting = &writer->block[i];
        bits_put_rice(&writer->posting_bits, posting->posting.document - next, shift);
        put_counts(&writer->posting_bits, posting->posting.counts);
        put_positions(&writer->position_bits, posting);
        next = posting->posting.document + 1;
    }
    writer->next_document = next;
    writer->filled = 0;
}

void list_add(struct list_writer *writer, const struct list_posting *posting)
{
    writer->block[writer->filled++] = *posting;
    writer->count++;
    if (writer->filled == POSTINGS_BLOCK)
        end_block(writer);
}

static void add_directory(const struct list_writer *writer, struct buf *out, size_t start)
{
    uint64_t postings = out->len - start + writer->directory.len, positions = postings + writer->postings.len;
    if (positions + writer->positions.len > UINT32_MAX)
        mem_exhausted();
    struct stored_block block;
    for (size_t at = 0; at < writer->directory.len; at += sizeof block) {
        memcpy(&block, writer->directory.at + at, sizeof block);
        block.postings += (uint32_t)postings;
        block.positions += (uint32_t)positions;
        buf_add(out, (struct str){(const char *)&block, sizeof block});
    }
}

/* In a list of one block the positions follow its postings bit by bit. */
static void add_positions_bits(struct list_writer *writer)
{
    struct bit_writer *bits = &writer->posting_bits;
    for (size_t i = 0; i < writer->positions.len; i++)
        bits_put(bits, (unsigned char)writer->positions.at[i], 8);
    bits_put(bits, writer->position_bits.word, writer->position_bits.filled);
    bits_align(bits);
}

void list_end(struct list_writer *writer, struct buf *out)
{
    size_t start = out->len;
    unsigned char count[BITS_GROUPS_MOST];
    if (writer->filled)
        end_block(writer);
    size_t count_size = (size_t)(bits_put_groups(count, writer->count) - count);
    buf_add(out, (struct str){(const char *)count, count_size});
    if (writer->block_count > 1) {
        align(writer);
        add_directory(writer, out, start);
        buf_add(out, buf_str(&writer->postings));
        buf_add(out, buf_str(&writer->positions));
    } else {
        add_positions_bits(writer);
        buf_add(out, buf_str(&writer->postings));
    }
}
