#include "select_stops.h"

#include "lectern/mem.h"

enum kind { BLANK, WORD, SIGN };

static enum kind kind_of(char c)
{
    if (c == ' ' || c == '\t')
        return BLANK;
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == '_' || (unsigned char)c >= 0x80 ? WORD : SIGN;
}

static void end_word(struct select_stops *stops, enum kind last)
{
    if (stops->count && last != BLANK)
        stops->at[stops->count - 1].ends = true;
}

struct select_stops select_stops(const struct layout_line *line, enum text_charset charset)
{
    struct select_stops stops = {0};
    struct text_glyph glyph;
    enum kind last = BLANK;
    size_t column = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        if (span->added)
            continue;
        if (span->column > column) {
            end_word(&stops, last);
            last = BLANK;
        }
        column = span->column;
        for (struct str rest = span->text; text_next(&rest, charset, &glyph); column += glyph.width) {
            enum kind kind = kind_of(glyph.source.at[0]);
            if (kind != last)
                end_word(&stops, last);
            stops.at = mem_grow(stops.at, stops.count, &stops.capacity, sizeof *stops.at);
            stops.at[stops.count++] = (struct select_stop){
                .column = column, .width = glyph.width, .begins = kind != BLANK && kind != last};
            last = kind;
        }
    }
    end_word(&stops, last);
    return stops;
}

void select_stops_free(struct select_stops *stops)
{
    mem_free(stops->at);
    *stops = (struct select_stops){0};
}

size_t select_stop_at(const struct select_stops *stops, size_t column)
{
    size_t at = 0;
    while (at + 1 < stops->count && stops->at[at + 1].column <= column)
        at++;
    return at;
}
