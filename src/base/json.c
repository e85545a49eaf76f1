#include "lectern/json.h"

#include <inttypes.h>

/* As UTF-16, which is what an escape of JSON is. */
static void add_escaped(struct buf *out, uint32_t code_point)
{
    if (code_point >= 0x10000)
        buf_printf(out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xd800 + ((code_point - 0x10000) >> 10),
                   0xdc00 + ((code_point - 0x10000) & 0x3ff));
    else
        buf_printf(out, "\\u%04" PRIx32, code_point);
}

static void add_glyph(struct buf *out, const struct text_glyph *glyph, bool exact)
{
    struct str source = glyph->source;
    uint32_t code_point;
    if (source.len == 1 && (source.at[0] == '"' || source.at[0] == '\\'))
        buf_add_byte(out, '\\');
    if (str_eq(source, (struct str){glyph->bytes, glyph->len})) {
        buf_add(out, source);
        return;
    }
    for (size_t len; (len = text_decode(source, &code_point)) > 0;
         source = str_slice(source, len, source.len)) {
        if (exact && len == 1 && code_point == 0xfffd)
            code_point = 0xdc00 + (unsigned char)source.at[0];
        add_escaped(out, code_point);
    }
}

static void add(struct buf *out, const char *name, struct str value, enum text_charset charset, bool exact)
{
    struct text_glyph glyph;
    buf_printf(out, "\"%s\":\"", name);
    while (text_next(&value, charset, &glyph))
        add_glyph(out, &glyph, exact);
    buf_add_byte(out, '"');
}

void json_add_string(struct buf *out, const char *name, struct str value, enum text_charset charset)
{
    add(out, name, value, charset, false);
}

void json_add_exact(struct buf *out, const char *name, struct str value, enum text_charset charset)
{
    add(out, name, value, charset, true);
}
