#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "lectern/text.h"
#include "search_output.h"

#define SNIPPET_CELLS 200

/* As UTF-16, which is what an escape of JSON is. */
static void add_escaped(struct buf *out, uint32_t code_point)
{
    if (code_point >= 0x10000)
        buf_printf(out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xd800 + ((code_point - 0x10000) >> 10),
                   0xdc00 + ((code_point - 0x10000) & 0x3ff));
    else
        buf_printf(out, "\\u%04" PRIx32, code_point);
}

/* What text.h would show as something else is escaped: then the line does a terminal no harm. Bytes that are no UTF-8
 * become U+FFFD. */
static void add_glyph(struct buf *out, const struct text_glyph *glyph)
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
         source = str_slice(source, len, source.len))
        add_escaped(out, code_point);
}

static void add_string(struct buf *out, const char *name, struct str value, enum text_charset charset)
{
    struct text_glyph glyph;
    buf_printf(out, "\"%s\":\"", name);
    while (text_next(&value, charset, &glyph))
        add_glyph(out, &glyph);
    buf_add_byte(out, '"');
}

/* printf() would write the decimal sign of the locale. */
static void add_score(struct buf *out, float score)
{
    double rounded = round(fabs((double)score) * 1e4);
    uint64_t parts = rounded < 1e15 ? (uint64_t)rounded : 0;
    buf_printf(out, "\"score\":%s%" PRIu64 ".%04" PRIu64, score < 0 && parts ? "-" : "", parts / 10000,
               parts % 10000);
}

static void add_hit(struct buf *out, const struct search_found *found, float score, enum text_charset charset)
{
    buf_add_byte(out, '{');
    add_string(out, "id", found->id, charset);
    buf_add_byte(out, ',');
    add_string(out, "title", found->title, charset);
    buf_add_byte(out, ',');
    add_string(out, "subject", found->subject, charset);
    buf_add_byte(out, ',');
    add_string(out, "path", found->path, charset);
    buf_add_byte(out, ',');
    add_score(out, score);
    if (found->field)
        buf_printf(out, ",\"field\":\"%s\",", found->field);
    else
        buf_printf(out, ",\"field\":null,");
    add_string(out, "snippet", found->snippet, charset);
    buf_printf(out, "}\n");
}

void search_print_json(const struct search_output *output)
{
    struct buf line = {0};
    struct arena arena = {0};
    for (size_t i = 0; i < output->results->count; i++) {
        const struct search_hit *hit = &output->results->hits[i];
        struct search_found found = search_describe(output, hit, SNIPPET_CELLS, &arena);
        buf_clear(&line);
        add_hit(&line, &found, hit->score, output->charset);
        fwrite(line.at, 1, line.len, stdout);
        arena_reset(&arena);
    }
    arena_free(&arena);
    buf_free(&line);
}
