#include "bits.h"

void bits_put_gamma(struct bit_writer *writer, uint32_t value)
{
    uint64_t number = (uint64_t)value + 1;
    unsigned width = 63 - (unsigned)__builtin_clzll(number);
    bits_put(writer, 0, width);
    bits_put(writer, 1, 1);
    bits_put(writer, number & (((uint64_t)1 << width) - 1), width);
}

void bits_align(struct bit_writer *writer)
{
    for (; writer->filled > 0; writer->filled -= writer->filled < 8 ? writer->filled : 8) {
        buf_add_byte(writer->out, (char)(unsigned char)writer->word);
        writer->word >>= 8;
    }
}

uint64_t bits_take_long_gamma(struct bit_reader *reader)
{
    uint64_t width = bits_take_zeros(reader);
    if (width > 32)
        return UINT64_MAX;
    return ((uint64_t)1 << width | bits_take(reader, (unsigned)width)) - 1;
}
