#include "checksum.h"

#include <string.h>

#define PRIME_1 0x9e3779b185ebca87u
#define PRIME_2 0xc2b2ae3d27d4eb4fu
#define PRIME_3 0x165667b19e3779f9u
#define PRIME_4 0x85ebca77c2b2ae63u
#define PRIME_5 0x27d4eb2f165667c5u

static uint64_t rotate(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

static uint64_t load_64(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t load_32(const unsigned char *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t add_lane(uint64_t sum, uint64_t lane)
{
    return rotate(sum + lane * PRIME_2, 31) * PRIME_1;
}

static uint64_t merge(uint64_t sum, uint64_t other)
{
    return (sum ^ add_lane(0, other)) * PRIME_1 + PRIME_4;
}

/* Four sums side by side over stripes of 32 bytes. */
static uint64_t add_stripes(const unsigned char **at, const unsigned char *end)
{
    uint64_t sums[4] = {PRIME_1 + PRIME_2, PRIME_2, 0, 0 - PRIME_1};
    for (; end - *at >= 32; *at += 32)
        for (unsigned i = 0; i < 4; i++)
            sums[i] = add_lane(sums[i], load_64(*at + (size_t)i * 8));
    uint64_t sum = rotate(sums[0], 1) + rotate(sums[1], 7) + rotate(sums[2], 12) + rotate(sums[3], 18);
    for (unsigned i = 0; i < 4; i++)
        sum = merge(sum, sums[i]);
    return sum;
}

uint64_t checksum(const void *bytes, size_t size)
{
    const unsigned char *at = bytes, *end = at + size;
    uint64_t sum = size >= 32 ? add_stripes(&at, end) : PRIME_5;
    sum += size;
    for (; end - at >= 8; at += 8)
        sum = rotate(sum ^ add_lane(0, load_64(at)), 27) * PRIME_1 + PRIME_4;
    if (end - at >= 4) {
        sum = rotate(sum ^ load_32(at) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        at += 4;
    }
    for (; at < end; at++)
        sum = rotate(sum ^ *at * PRIME_5, 11) * PRIME_1;
    sum = (sum ^ sum >> 33) * PRIME_2;
    sum = (sum ^ sum >> 29) * PRIME_3;
    return sum ^ sum >> 32;
}
