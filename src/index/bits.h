/*
 * bits: numbers of any width, one behind the other, the lowest bit first.
 *
 * Reading never goes beyond the bytes: what lies behind them reads as 0, and bits_over() tells. Rice codes (Golomb 1966,
 * Rice 1979) are zeros ended by a one, and then `shift` bits; Elias's gamma code (1975) is here the Rice code whose shift is
 * the number of zeros, of the number plus 1.
 */
#ifndef LECTERN_INDEX_BITS_H
#define LECTERN_INDEX_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lectern/str.h"

struct bit_writer {
    struct buf *out;
    uint64_t word;
    unsigned filled;
};

/* The lowest byte comes first, whatever the machine's order. */
static inline uint64_t bits_order(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* `count` is at most 32, and `value` fits. */
static inline void bits_put(struct bit_writer *writer, uint64_t value, unsigned count)
{
    struct buf *out = writer->out;
    writer->word |= value << writer->filled;
    writer->filled += count;
    if (writer->filled < 32)
        return;
    uint64_t word = bits_order(writer->word);
    if (out->capacity - out->len >= 4) {
        memcpy(out->at + out->len, &word, 4);
        out->len += 4;
    } else {
        buf_add(out, (struct str){(const char *)&word, 4});
    }
    writer->word >>= 32;
    writer->filled -= 32;
}

static inline void bits_put_rice(struct bit_writer *writer, uint64_t value, unsigned shift)
{
    uint64_t zeros = value >> shift;
    for (; zeros >= 32; zeros -= 32)
        bits_put(writer, 0, 32);
    bits_put(writer, (uint64_t)1 << zeros, (unsigned)zeros + 1);
    bits_put(writer, value & (((uint64_t)1 << shift) - 1), shift);
}

void bits_put_gamma(struct bit_writer *writer, uint32_t value);

/* Fills the last byte with zeros and writes it: what follows begins with a byte. */
void bits_align(struct bit_writer *writer);

/* The shift that makes the Rice codes of `count` numbers with this sum short, by their mean. */
static inline unsigned bits_rice_shift(uint64_t sum, uint64_t count)
{
    uint64_t scaled = sum * 11 / (count * 8);
    return scaled ? 63 - (unsigned)__builtin_clzll(scaled) : 0;
}

/* Writes a number as bytes with seven bits each, the lowest first, of which all but the last have the high bit set; returns
 * what is behind them. */
#define BITS_GROUPS_MOST 5
static inline unsigned char *bits_put_groups(unsigned char *at, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (unsigned char)(number | 0x80);
    *at++ = (unsigned char)number;
    return at;
}

struct bit_reader {
    const unsigned char *bytes;
    size_t size;
    uint64_t at; /* the next bit */
};

#define BITS_WINDOW 57u

/* The next bits, at least BITS_WINDOW of them. */
static inline uint64_t bits_window(const struct bit_reader *reader)
{
    uint64_t byte = reader->at >> 3, window = 0;
    if (byte + 8 <= reader->size)
        memcpy(&window, reader->bytes + byte, 8);
    else if (byte < reader->size)
        memcpy(&window, reader->bytes + byte, reader->size - (size_t)byte);
    window = bits_order(window);
    return window >> (reader->at & 7);
}

static inline bool bits_over(const struct bit_reader *reader)
{
    return reader->at > (uint64_t)reader->size * 8;
}

/* `count` is at most 32. */
static inline uint32_t bits_take(struct bit_reader *reader, unsigned count)
{
    uint64_t window = bits_window(reader);
    reader->at += count;
    return (uint32_t)(window & (((uint64_t)1 << count) - 1));
}

/* The zeros before the next one, which is taken too. */
static inline uint64_t bits_take_zeros(struct bit_reader *reader)
{
    uint64_t zeros = 0, window;
    while ((window = bits_window(reader)) == 0 && !bits_over(reader)) {
        zeros += BITS_WINDOW;
        reader->at += BITS_WINDOW;
    }
    unsigned more = window ? (unsigned)__builtin_ctzll(window) : 0;
    reader->at += more + 1;
    return zeros + more;
}

/* More than `most` is damage: UINT64_MAX. `shift` is at most 32. */
static inline uint64_t bits_take_rice(struct bit_reader *reader, unsigned shift, uint64_t most)
{
    uint64_t window = bits_window(reader);
    unsigned few = window ? (unsigned)__builtin_ctzll(window) : BITS_WINDOW;
    if (few + 1 + shift <= BITS_WINDOW) {
        uint64_t short_value = (uint64_t)few << shift | (window >> (few + 1) & (((uint64_t)1 << shift) - 1));
        reader->at += few + 1 + shift;
        return short_value <= most ? short_value : UINT64_MAX;
    }
    uint64_t zeros = bits_take_zeros(reader);
    if (zeros > most >> shift)
        return UINT64_MAX;
    uint64_t value = zeros << shift | bits_take(reader, shift);
    return value <= most ? value : UINT64_MAX;
}

uint64_t bits_take_long_gamma(struct bit_reader *reader);

/* UINT64_MAX: damage */
static inline uint64_t bits_take_gamma(struct bit_reader *reader)
{
    uint64_t window = bits_window(reader);
    unsigned width = window ? (unsigned)__builtin_ctzll(window) : BITS_WINDOW;
    if (2 * width + 1 > BITS_WINDOW)
        return bits_take_long_gamma(reader);
    reader->at += 2 * width + 1;
    return ((uint64_t)1 << width | (window >> (width + 1) & (((uint64_t)1 << width) - 1))) - 1;
}

#endif
