#include "frontmatter_clean.h"

/* Bytes of the character at `at` if YAML forbids it, else 0: controls, DEL, C1 without NEL, U+FEFF, U+FFFE, U+FFFF. */
static size_t forbidden_at(const char *at, const char *end)
{
    unsigned char c = (unsigned char)at[0];
    if (c < 0x20)
        return c != '\n' && c != '\t';
    if (c == 0x7f)
        return 1;
    if (c == 0xc2 && end - at >= 2)
        return (unsigned char)at[1] < 0xa0 && (unsigned char)at[1] != 0x85 ? 2 : 0;
    if (c != 0xef || end - at < 3)
        return 0;
    unsigned second = (unsigned char)at[1], third = (unsigned char)at[2];
    return (second == 0xbb && third == 0xbf) || (second == 0xbf && third >= 0xbe) ? 3 : 0;
}

#define BLOCK 64

/* False if none of the bytes can begin a forbidden character. The compiler makes vector instructions of it. */
static bool block_is_suspect(const char *at)
{
    unsigned char suspect = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char c = (unsigned char)at[i];
        suspect |=
            (unsigned char)((c < 0x20 && c != '\n' && c != '\t') | (c == 0x7f) | (c == 0xc2) | (c == 0xef));
    }
    return suspect;
}

static size_t find_forbidden(struct str text, size_t from)
{
    const char *at = text.at + from, *end = text.at + text.len;
    while (at < end) {
        if (end - at > BLOCK + 2 && !block_is_suspect(at)) {
            at += BLOCK;
            continue;
        }
        for (const char *stop = end - at > BLOCK ? at + BLOCK : end; at < stop; at++)
            if (forbidden_at(at, end))
                return (size_t)(at - text.at);
    }
    return STR_NOT_FOUND;
}

struct str frontmatter_clean(struct arena *arena, struct str text, struct problems *problems)
{
    size_t at = find_forbidden(text, 0), line, column, count = 0;
    if (at == STR_NOT_FOUND)
        return text;
    struct buf copy = {0};
    problems_place(text, at, &line, &column);
    size_t from = 0;
    for (; at != STR_NOT_FOUND; at = find_forbidden(text, from), count++) {
        buf_add(&copy, str_slice(text, from, at));
        buf_add(&copy, STR("\xef\xbf\xbd"));
        from = at + forbidden_at(text.at + at, text.at + text.len);
    }
    buf_add(&copy, str_slice(text, from, text.len));
    problems_add(problems, ARTICLE_WARNING, line, column,
                 "front matter holds %zu control character%s, here the first; shown as U+FFFD", count,
                 count == 1 ? "" : "s");
    struct str result = arena_str(arena, buf_str(&copy));
    buf_free(&copy);
    return result;
}
