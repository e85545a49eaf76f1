#include "line.h"

#include <string.h>

/* Longer than any query or pattern; pasting a book into the line must not slow it down. */
#define LINE_BYTES 1000

void line_set(struct line *line, struct str text)
{
    buf_clear(&line->text);
    line->cursor = 0;
    line_insert(line, text);
}

void line_free(struct line *line)
{
    buf_free(&line->text);
    *line = (struct line){0};
}

static void insert_code_point(struct line *line, uint32_t code)
{
    size_t before = line->text.len;
    if (before > LINE_BYTES)
        return;
    text_encode(&line->text, code);
    size_t added = line->text.len - before;
    char bytes[4];
    memcpy(bytes, line->text.at + before, added);
    char *at = line->text.at + line->cursor;
    memmove(at + added, at, before - line->cursor);
    memcpy(at, bytes, added);
    line->cursor += added;
}

void line_insert(struct line *line, struct str text)
{
    uint32_t code;
    for (size_t used; (used = text_decode(text, &code)) > 0; text = str_slice(text, used, text.len))
        insert_code_point(line, code < ' ' ? ' ' : code);
}

static size_t next_glyph(const struct line *line, size_t at)
{
    struct str rest = str_slice(buf_str(&line->text), at, line->text.len);
    struct text_glyph glyph;
    return text_next(&rest, TEXT_UTF8, &glyph) ? line->text.len - rest.len : at;
}

static size_t previous_glyph(const struct line *line, size_t at)
{
    size_t from = 0;
    for (size_t next; from < at && (next = next_glyph(line, from)) < at;)
        from = next;
    return from;
}

static size_t previous_word(const struct line *line)
{
    size_t at = line->cursor;
    while (at && line->text.at[at - 1] == ' ')
        at--;
    while (at && line->text.at[at - 1] != ' ')
        at--;
    return at;
}

static void erase(struct line *line, size_t from, size_t to)
{
    memmove(line->text.at + from, line->text.at + to, line->text.len - to);
    line->text.len -= to - from;
    line->cursor = from;
}

static bool erase_key(struct line *line, key k)
{
    size_t from = line->cursor, to = line->cursor;
    switch (k) {
    case KEYS_BACKSPACE: from = previous_glyph(line, line->cursor); break;
    case KEYS_DELETE: to = next_glyph(line, line->cursor); break;
    case KEYS_CONTROL | 'w': from = previous_word(line); break;
    case KEYS_CONTROL | 'u': from = 0; break;
    case KEYS_CONTROL | 'k': to = line->text.len; break;
    default: return false;
    }
    if (from < to)
        erase(line, from, to);
    return true;
}

static bool move_key(struct line *line, key k)
{
    switch (k) {
    case KEYS_LEFT: line->cursor = previous_glyph(line, line->cursor); return true;
    case KEYS_RIGHT: line->cursor = next_glyph(line, line->cursor); return true;
    case KEYS_HOME:
    case KEYS_CONTROL | 'a': line->cursor = 0; return true;
    case KEYS_END:
    case KEYS_CONTROL | 'e': line->cursor = line->text.len; return true;
    default: return false;
    }
}

bool line_key(struct line *line, key k, bool *changed)
{
    size_t before = line->text.len;
    bool known = true;
    if (k == KEYS_SPACE)
        insert_code_point(line, ' ');
    else if (k > ' ' && k < KEYS_NAMED)
        insert_code_point(line, k);
    else
        known = erase_key(line, k) || move_key(line, k);
    *changed = line->text.len != before;
    return known;
}

void line_draw(const struct line *line, struct grid *grid, size_t row, size_t column, size_t cells)
{
    struct str text = buf_str(&line->text);
    size_t from = 0;
    while (cells > 1 && from < line->cursor &&
           text_width(str_slice(text, from, line->cursor), grid->charset) > cells - 1)
        from = next_glyph(line, from);
    grid_put(grid, row, column, cells, str_slice(text, from, text.len), STYLE_INPUT);
    grid_set_cursor(grid, row, column + text_width(str_slice(text, from, line->cursor), grid->charset), true);
}
