#include "lectern/text.h"

#include <string.h>

#include "lectern/mem.h"

#define REPLACEMENT      0xFFFDu
#define REPLACEMENT_UTF8 "\xEF\xBF\xBD"

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The length that a lead byte promises, and the range of its second byte, which shuts out overlong forms,
 * surrogates and what lies above U+10FFFF. 0 for what cannot begin a character. */
static size_t lead(unsigned char byte, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (byte >= 0xC2 && byte <= 0xDF)
        return 2;
    if (byte >= 0xE0 && byte <= 0xEF) {
        if (byte == 0xE0)
            *low = 0xA0;
        if (byte == 0xED)
            *high = 0x9F;
        return 3;
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        if (byte == 0xF0)
            *low = 0x90;
        if (byte == 0xF4)
            *high = 0x8F;
        return 4;
    }
    return 0;
}

size_t text_decode(struct str s, uint32_t *code_point)
{
    if (s.len == 0)
        return 0;
    const unsigned char *at = (const unsigned char *)s.at;
    *code_point = at[0];
    if (at[0] < 0x80)
        return 1;
    unsigned char low, high;
    size_t len = lead(at[0], &low, &high);
    *code_point = REPLACEMENT;
    if (len == 0 || len > s.len || at[1] < low || at[1] > high)
        return 1;
    uint32_t value = (at[0] & (0x7Fu >> len)) << 6 | (at[1] & 0x3Fu);
    for (size_t i = 2; i < len; i++) {
        if (!is_tail(at[i]))
            return 1;
        value = value << 6 | (at[i] & 0x3Fu);
    }
    *code_point = value;
    return len;
}

void text_encode(struct buf *out, uint32_t code_point)
{
    uint32_t c = code_point;
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = REPLACEMENT;
    char bytes[4];
    size_t len = 0;
    if (c < 0x80) {
        bytes[len++] = (char)c;
    } else if (c < 0x800) {
        bytes[len++] = (char)(0xC0 | c >> 6);
    } else if (c < 0x10000) {
        bytes[len++] = (char)(0xE0 | c >> 12);
        bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
    } else {
        bytes[len++] = (char)(0xF0 | c >> 18);
        bytes[len++] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    if (c >= 0x80)
        bytes[len++] = (char)(0x80 | (c & 0x3F));
    buf_add(out, (struct str){bytes, len});
}

#define HIGH_BITS 0x8080808080808080u

/* 64 bytes at a time, then eight, then one. */
size_t text_ascii(struct str s)
{
    size_t at = 0;
    for (uint64_t words[8]; s.len - at >= sizeof words; at += sizeof words) {
        memcpy(words, s.at + at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3] | words[4] | words[5] | words[6] | words[7]) &
            HIGH_BITS)
            break;
    }
    for (uint64_t word; s.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, s.at + at, sizeof word);
        if (word & HIGH_BITS)
            break;
    }
    while (at < s.len && (unsigned char)s.at[at] < 0x80)
        at++;
    return at;
}

size_t text_invalid_at(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        struct str left = {s.at + at, s.len - at};
        size_t ascii = text_ascii(left);
        at += ascii;
        left = str_slice(left, ascii, left.len);
        uint32_t code_point = 0;
        size_t len = text_decode(left, &code_point);
        if (len == 1 && code_point == REPLACEMENT)
            return at;
        at += len;
    }
    return STR_NOT_FOUND;
}

static size_t count_invalid(struct str s)
{
    size_t count = 0, at;
    while ((at = text_invalid_at(s)) != STR_NOT_FOUND) {
        count++;
        s = str_slice(s, at + 1, s.len);
    }
    return count;
}

struct str text_repair(struct arena *arena, struct str s)
{
    size_t invalid = count_invalid(s);
    if (invalid == 0)
        return s;
    size_t growth = sizeof REPLACEMENT_UTF8 - 2; /* three bytes for one */
    if (invalid > (SIZE_MAX - s.len) / growth)
        mem_exhausted();
    char *copy = arena_bytes(arena, s.len + invalid * growth);
    size_t len = 0, at;
    while ((at = text_invalid_at(s)) != STR_NOT_FOUND) {
        if (at)
            memcpy(copy + len, s.at, at);
        memcpy(copy + len + at, REPLACEMENT_UTF8, growth + 1);
        len += at + growth + 1;
        s = str_slice(s, at + 1, s.len);
    }
    if (s.len)
        memcpy(copy + len, s.at, s.len);
    return (struct str){copy, len + s.len};
}
