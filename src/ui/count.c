#include "count.h"

#include <inttypes.h>

#include "lectern/text.h"

void count_add(struct buf *out, uint64_t count)
{
    if (count >= 1000) {
        count_add(out, count / 1000);
        buf_printf(out, ",%03" PRIu64, count % 1000);
    } else {
        buf_printf(out, "%" PRIu64, count);
    }
}

void count_add_minutes(struct buf *out, unsigned minutes)
{
    unsigned hours = minutes / 60, rest = minutes % 60;
    if (hours >= 10)
        buf_printf(out, "%u h", hours + (rest >= 30));
    else if (hours && rest)
        buf_printf(out, "%u h %u min", hours, rest);
    else if (hours)
        buf_printf(out, "%u h", hours);
    else
        buf_printf(out, "%u min", minutes);
}

void count_add_text(struct buf *out, struct str text)
{
    size_t lines = text.len && text.at[text.len - 1] != '\n', characters = 0;
    struct text_glyph glyph;
    for (struct str rest = text; text_next(&rest, TEXT_UTF8, &glyph);) {
        bool ends = glyph.source.at[0] == '\n';
        lines += ends;
        characters += !ends;
    }
    if (lines > 1) {
        count_add(out, lines);
        buf_add(out, STR(" lines, "));
    }
    count_add(out, characters);
    buf_add(out, characters == 1 ? STR(" character") : STR(" characters"));
}
