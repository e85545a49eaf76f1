#include "postings.h"

#include <string.h>

_Static_assert(INDEX_FIELDS == 4, "two bits each fill a byte");

static void pack_number(struct buf *out, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        buf_add_byte(out, (char)(unsigned char)(number | 0x80));
    buf_add_byte(out, (char)(unsigned char)number);
}

static void pack_counts(struct buf *out, const uint8_t counts[INDEX_FIELDS])
{
    unsigned few = 0;
    for (unsigned f = 0; f < INDEX_FIELDS; f++)
        few |= (counts[f] < 3 ? counts[f] : 3u) << 2 * f;
    buf_add_byte(out, (char)(unsigned char)few);
    for (unsigned f = 0; f < INDEX_FIELDS; f++)
        if (counts[f] >= 3)
            buf_add_byte(out, (char)counts[f]);
}

void postings_pack(struct buf *out, const struct posting *postings, size_t count)
{
    static const uint8_t usual[INDEX_FIELDS] = {[INDEX_TEXT] = 1};
    uint64_t next_file = 0;
    for (size_t i = 0; i < count; i++) {
        bool more = memcmp(postings[i].counts, usual, sizeof usual) != 0;
        pack_number(out, (postings[i].file - next_file) << 1 | more);
        if (more)
            pack_counts(out, postings[i].counts);
        next_file = (uint64_t)postings[i].file + 1;
    }
}

/* False at the end of the list, or where the number is cut or too long. */
static bool unpack_number(struct posting_reader *reader, uint64_t *number)
{
    uint64_t value = 0;
    for (unsigned shift = 0; reader->at < reader->end && shift < 42; shift += 7) {
        unsigned char byte = *reader->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *number = value;
            return true;
        }
    }
    return false;
}

static bool unpack_counts(struct posting_reader *reader, uint8_t counts[INDEX_FIELDS])
{
    if (reader->at == reader->end)
        return false;
    unsigned few = *reader->at++;
    for (unsigned f = 0; f < INDEX_FIELDS; f++, few >>= 2) {
        counts[f] = few & 3;
        if (counts[f] < 3)
            continue;
        if (reader->at == reader->end)
            return false;
        counts[f] = *reader->at++;
    }
    return true;
}

bool index_next_posting(struct posting_reader *reader, struct posting *posting)
{
    uint64_t number;
    if (!unpack_number(reader, &number))
        return false;
    uint64_t file = reader->next_file + (number >> 1);
    *posting = (struct posting){.counts = {[INDEX_TEXT] = 1}};
    if (file >= reader->file_count || (number & 1 && !unpack_counts(reader, posting->counts))) {
        reader->at = reader->end; /* damaged: what follows has no meaning */
        return false;
    }
    posting->file = (uint32_t)file;
    reader->next_file = posting->file + 1;
    return true;
}
