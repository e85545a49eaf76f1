#define _DEFAULT_SOURCE /* getentropy() */

#include "hash.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

struct hash_key hash_key_new(void)
{
    struct hash_key key;
    if (getentropy(&key, sizeof key) != 0) {
        struct timespec now = {0};
        clock_gettime(CLOCK_REALTIME, &now);
        key.a = (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15u;
        key.b = (uint64_t)now.tv_sec ^ (uint64_t)(uintptr_t)&key;
    }
    return key;
}

static uint64_t rotate(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static void add_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

uint64_t hash_text(struct hash_key key, struct str s)
{
    uint64_t v[4] = {key.a ^ 0x736f6d6570736575u, key.b ^ 0x646f72616e646f6du, key.a ^ 0x6c7967656e657261u,
                     key.b ^ 0x7465646279746573u};
    size_t at = 0;
    uint64_t word;
    for (; s.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, s.at + at, sizeof word);
        add_word(v, word);
    }
    word = (uint64_t)s.len << 56;
    for (unsigned shift = 0; at < s.len; at++, shift += 8)
        word |= (uint64_t)(unsigned char)s.at[at] << shift;
    add_word(v, word);
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
