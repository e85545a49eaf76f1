#include "encoding.h"

#include <string.h>

#include "lectern/text.h"

/* Windows-1252 above 0x7f; the five bytes it leaves out are C1 controls, as everywhere. From 0xa0 on it is Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178,
};

static struct str from_windows_1252(struct arena *arena, struct str bytes)
{
    struct buf out = {0};
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (c < 0x80)
            buf_add_byte(&out, (char)c);
        else
            text_encode(&out, c < 0xa0 ? windows_1252[c - 0x80] : c);
    }
    struct str text = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static uint32_t unit_at(struct str bytes, size_t at, bool big_endian)
{
    uint32_t first = (unsigned char)bytes.at[at], second = (unsigned char)bytes.at[at + 1];
    return big_endian ? first << 8 | second : second << 8 | first;
}

static struct str from_utf16(struct arena *arena, struct str bytes, bool big_endian,
                             struct problems *problems)
{
    struct buf out = {0};
    size_t broken = bytes.len % 2;
    for (size_t at = 2; at + 1 < bytes.len; at += 2) {
        uint32_t unit = unit_at(bytes, at, big_endian);
        uint32_t low = at + 3 < bytes.len ? unit_at(bytes, at + 2, big_endian) : 0;
        bool surrogate = unit >= 0xd800 && unit < 0xe000;
        if (surrogate && unit < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            at += 2;
        } else if (surrogate) {
            broken++;
            unit = 0xfffd;
        }
        text_encode(&out, unit);
    }
    if (broken)
        problems_add(problems, ARTICLE_WARNING, 0, 0,
                     "UTF-16 with %zu broken character%s, shown as U+FFFD or left out", broken,
                     broken == 1 ? "" : "s");
    struct str text = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* CRLF and CR become LF. */
static struct str unify_line_ends(struct arena *arena, struct str text)
{
    if (str_find_byte(text, '\r') == STR_NOT_FOUND)
        return text;
    char *out = arena_bytes(arena, text.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\r')
            out[length++] = text.at[i];
        else if (i + 1 == text.len || text.at[i + 1] != '\n')
            out[length++] = '\n';
    }
    out[length] = '\0';
    return (struct str){out, length};
}

/* A text that is UTF-8 but for some damage has more whole characters beyond ASCII than bad bytes. */
static bool is_mostly_utf8(struct str bytes, size_t from)
{
    size_t whole = 0, bad = 0;
    struct str rest = str_slice(bytes, from, bytes.len);
    for (size_t i = 0; i < from; i++)
        whole += (unsigned char)bytes.at[i] >= 0xc0;
    while (rest.len) {
        uint32_t code_point;
        size_t length = text_decode(rest, &code_point);
        whole += length > 1;
        bad += length == 1 && (unsigned char)rest.at[0] >= 0x80;
        rest = str_slice(rest, length, rest.len);
    }
    return whole >= bad;
}

static struct str from_bytes(struct arena *arena, struct str bytes, struct problems *problems)
{
    size_t bad = text_invalid_at(bytes), line, column;
    if (bad == STR_NOT_FOUND)
        return bytes;
    struct str text;
    unsigned byte = (unsigned char)bytes.at[bad];
    bool repair = is_mostly_utf8(bytes, bad);
    text = repair ? text_repair(arena, bytes) : from_windows_1252(arena, bytes);
    problems_place(unify_line_ends(arena, str_slice(bytes, 0, bad)), bad, &line, &column);
    if (repair)
        problems_add(problems, ARTICLE_WARNING, line, column,
                     "the byte 0x%02x, and maybe others, is no UTF-8; shown as U+FFFD", byte);
    else
        problems_add(problems, ARTICLE_WARNING, line, column,
                     "the byte 0x%02x is no UTF-8; the file is read as Windows-1252", byte);
    return text;
}

bool encoding_decode(struct arena *arena, struct str bytes, struct problems *problems, struct str *text)
{
    bool big_endian = str_starts(bytes, STR("\xfe\xff"));
    bool utf16 = big_endian || str_starts(bytes, STR("\xff\xfe"));
    if (utf16)
        bytes = from_utf16(arena, bytes, big_endian, problems);
    else if (str_starts(bytes, STR("\xef\xbb\xbf")))
        bytes = str_slice(bytes, 3, bytes.len);
    if (str_find_byte(bytes, '\0') != STR_NOT_FOUND) {
        problems_add(problems, ARTICLE_WARNING, 0, 0, "not text: it holds a NUL byte; skipped");
        return false;
    }
    *text = unify_line_ends(arena, utf16 ? bytes : from_bytes(arena, bytes, problems));
    return true;
}
