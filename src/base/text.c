#include "lectern/text.h"

#define ELLIPSIS "\xE2\x80\xA6"

size_t text_width(struct str s, enum text_charset charset)
{
    struct text_glyph glyph;
    size_t width = 0;
    while (text_next(&s, charset, &glyph))
        width += glyph.width;
    return width;
}

struct str text_fit(struct str s, enum text_charset charset, size_t cells, size_t *used)
{
    struct text_glyph glyph;
    struct str rest = s;
    size_t width = 0, len = 0;
    while (text_next(&rest, charset, &glyph) && glyph.width <= cells - width) {
        width += glyph.width;
        len += glyph.source.len;
    }
    if (used)
        *used = width;
    return (struct str){s.at, len};
}

/* Bytes of white space that `s` begins with; with those of Unicode that break lines. */
static size_t white_space(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        struct str left = str_slice(s, at, s.len);
        if (left.at[0] == ' ' || (left.at[0] >= '\t' && left.at[0] <= '\r'))
            at++;
        else if (str_starts(left, STR("\xC2\x85")))
            at += 2;
        else if (str_starts(left, STR("\xE2\x80\xA8")) || str_starts(left, STR("\xE2\x80\xA9")))
            at += 3;
        else
            break;
    }
    return at;
}

/* Appends `s` with its white space made single spaces, until it is wider than `cells`. Returns whether all of it
 * fitted; `*cut` is the length of what leaves room for an ellipsis. */
static bool squeeze(struct buf *out, struct str s, enum text_charset charset, size_t cells, size_t ellipsis,
                    size_t *cut)
{
    size_t width = 0;
    *cut = 0;
    while (s.len) {
        struct text_glyph glyph;
        size_t space = white_space(s);
        s = str_slice(s, space, s.len);
        struct str source = STR(" ");
        size_t glyph_width = 1;
        if (space == 0) {
            text_next(&s, charset, &glyph);
            source = glyph.source;
            glyph_width = glyph.width;
        }
        if (glyph_width > cells - width)
            return false;
        width += glyph_width;
        buf_add(out, source);
        if (width + ellipsis <= cells && space == 0)
            *cut = out->len;
    }
    return true;
}

struct str text_elide(struct arena *arena, struct str s, enum text_charset charset, size_t cells)
{
    struct str ellipsis = charset == TEXT_ASCII ? STR("...") : STR(ELLIPSIS);
    size_t ellipsis_width = charset == TEXT_ASCII ? 3 : 1;
    struct buf out = {0};
    size_t cut;
    if (!squeeze(&out, s, charset, cells, ellipsis_width, &cut)) {
        out.len = cut;
        buf_add(&out, ellipsis_width <= cells ? ellipsis : str_slice(ellipsis, 0, cells));
    }
    struct str elided = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return elided;
}

struct str text_safe(struct arena *arena, struct str s, enum text_charset charset, bool keep_lines)
{
    struct buf out = {0};
    while (s.len) {
        struct text_glyph glyph;
        if (keep_lines && (s.at[0] == '\n' || s.at[0] == '\t')) {
            buf_add_byte(&out, s.at[0]);
            s = str_slice(s, 1, s.len);
        } else {
            text_next(&s, charset, &glyph);
            buf_add(&out, (struct str){glyph.bytes, glyph.len});
        }
    }
    struct str safe = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return safe;
}
