#include "positions.h"

static unsigned width_of(uint32_t span)
{
    return span > 1 ? 32 - (unsigned)__builtin_clz(span - 1) : 0;
}

void positions_put(struct bit_writer *writer, const uint32_t *positions, uint32_t count, uint32_t span)
{
    if (count == 1) {
        bits_put(writer, positions[0], width_of(span));
        return;
    }
    unsigned shift = bits_rice_shift(span - count, (uint64_t)count + 1);
    uint32_t next = 0;
    for (uint32_t i = 0; i < count; i++) {
        bits_put_rice(writer, positions[i] - next, shift);
        next = positions[i] + 1;
    }
}

uint32_t positions_take(struct bit_reader *reader, uint32_t count, uint32_t span, uint32_t first,
                        uint32_t *positions, size_t room)
{
    if (count > span)
        return 0;
    unsigned shift = count == 1 ? 0 : bits_rice_shift(span - count, (uint64_t)count + 1);
    uint32_t next = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t distance = count == 1 ? bits_take(reader, width_of(span))
                                       : bits_take_rice(reader, shift, (uint64_t)span - 1);
        if (distance >= span - next || bits_over(reader))
            return i;
        next += (uint32_t)distance + 1;
        if (i < room)
            positions[i] = first + next - 1;
    }
    return count;
}
