#include "log.h"

#include <string.h>

#include "lectern/mem.h"

_Static_assert(LOG_COUNT_BITS *INDEX_FIELDS + LOG_LENGTH_BITS == 31, "the short form fills a word");

static uint32_t words_of(uint32_t bits)
{
    return bits / 32 + (bits % 32 > 0);
}

/* Room for `count` words in a row. */
static uint32_t *reserve(struct log *log, uint32_t count)
{
    uint32_t used = log->end % LOG_CHUNK;
    if (used && count <= LOG_CHUNK - used) {
        uint32_t *room = log->chunks[log->end / LOG_CHUNK] + used;
        log->end += count;
        return room;
    }
    if (used)
        log->chunks[log->end / LOG_CHUNK][used] = LOG_NO_TERM;
    uint32_t chunks = (count - 1) / LOG_CHUNK + 1;
    if (log->chunk_count + chunks >= UINT32_MAX / LOG_CHUNK)
        mem_exhausted();
    uint32_t *block = mem_alloc((size_t)chunks * LOG_CHUNK * sizeof *block);
    log->blocks = mem_grow(log->blocks, log->block_count, &log->block_capacity, sizeof *log->blocks);
    log->blocks[log->block_count++] = block;
    log->end = (uint32_t)log->chunk_count * LOG_CHUNK + count;
    for (uint32_t i = 0; i < chunks; i++) {
        log->chunks = mem_grow(log->chunks, log->chunk_count, &log->chunk_capacity, sizeof *log->chunks);
        log->chunks[log->chunk_count++] = block + (size_t)i * LOG_CHUNK;
    }
    return block;
}

static bool is_short(const struct log_record *record)
{
    unsigned large = 0;
    for (unsigned f = 0; f < INDEX_FIELDS; f++)
        large |= record->counts[f] >> LOG_COUNT_BITS;
    return !large && record->place_bits >> LOG_LENGTH_BITS == 0;
}

void log_add(struct log *log, const struct log_record *record)
{
    bool small = is_short(record);
    uint32_t head = small ? 2 : 4, length = words_of(record->place_bits);
    uint32_t *words = reserve(log, head + length);
    words[0] = record->term;
    if (small) {
        words[1] = 0;
        for (unsigned f = 0; f < INDEX_FIELDS; f++)
            words[1] |= (uint32_t)record->counts[f] << LOG_COUNT_BITS * f;
        words[1] |= record->place_bits << LOG_COUNT_BITS * INDEX_FIELDS;
    } else {
        words[1] = LOG_LONG_FORM | record->place_bits;
        memcpy(words + 2, record->counts, sizeof record->counts);
    }
    if (length)
        memcpy(words + head, record->places, length * sizeof *words);
}

struct log_record log_read(const struct log_place *place)
{
    const uint32_t *words = place->words;
    struct log_record record = {.term = words[0], .places = words + 2};
    if (words[1] & LOG_LONG_FORM) {
        record.place_bits = words[1] & ~LOG_LONG_FORM;
        record.places = words + 4;
        memcpy(record.counts, words + 2, sizeof record.counts);
    } else {
        record.place_bits = words[1] >> LOG_COUNT_BITS * INDEX_FIELDS;
        for (unsigned f = 0; f < INDEX_FIELDS; f++)
            record.counts[f] = words[1] >> LOG_COUNT_BITS * f & ((1u << LOG_COUNT_BITS) - 1);
    }
    return record;
}

void log_free(struct log *log)
{
    for (size_t i = 0; i < log->block_count; i++)
        mem_free(log->blocks[i]);
    mem_free(log->blocks);
    mem_free(log->chunks);
    *log = (struct log){0};
}
