#include "positions.h"

static unsigned width_of(uint32_t span)
{
    return span > 1 ? 32 - (unsigned)__builtin_clz(span - 1) : 0;
}

static unsigned shift_of(uint32_t count, uint32_t span)
{
    return bits_rice_shift(span - count, (uint64_t)count + 1);
}

void positions_put(struct bit_writer *writer, const uint32_t *positions, uint32_t count, uint32_t span)
{
    if (count == 1) {
        bits_put(writer, positions[0], width_of(span));
        return;
    }
    unsigned shift = shift_of(count, span);
    uint32_t next = 0;
    for (uint32_t i = 0; i < count; i++) {
        bits_put_rice(writer, (positions[i] - next) >> shift, 0);
        next = positions[i] + 1;
    }
    next = 0;
    for (uint32_t i = 0; i < count; i++) {
        bits_put(writer, (positions[i] - next) & (((uint64_t)1 << shift) - 1), shift);
        next = positions[i] + 1;
    }
}

/* Goes behind so many ones. */
static void skip_ones(struct bit_reader *reader, uint32_t count)
{
    while (count && !bits_over(reader)) {
        uint64_t window = bits_window(reader) & (((uint64_t)1 << BITS_WINDOW) - 1);
        uint32_t ones = (uint32_t)__builtin_popcountll(window);
        if (ones < count) {
            count -= ones;
            reader->at += BITS_WINDOW;
            continue;
        }
        for (; count > 1; count--)
            window &= window - 1;
        reader->at += (unsigned)__builtin_ctzll(window) + 1;
        count = 0;
    }
}

void positions_skip(struct bit_reader *reader, uint32_t count, uint32_t span)
{
    if (count == 1) {
        reader->at += width_of(span);
    } else if (count <= span) {
        skip_ones(reader, count);
        reader->at += (uint64_t)count * shift_of(count, span);
    }
}

uint32_t positions_take(struct bit_reader *reader, uint32_t count, uint32_t span, uint32_t first,
                        uint32_t *positions, size_t room)
{
    struct bit_reader multiples = *reader;
    uint32_t next = 0;
    if (count > span)
        return 0;
    if (count == 1) {
        uint32_t position = bits_take(reader, width_of(span));
        if (position >= span || bits_over(reader))
            return 0;
        if (room)
            positions[0] = first + position;
        return 1;
    }
    unsigned shift = shift_of(count, span);
    skip_ones(reader, count);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t distance = bits_take_zeros(&multiples) << shift | bits_take(reader, shift);
        if (distance >= span - next || bits_over(reader))
            return i;
        next += (uint32_t)distance + 1;
        if (i < room)
            positions[i] = first + next - 1;
    }
    return count;
}
