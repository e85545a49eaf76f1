#include "yaml_blocks.h"

#include <string.h>

#include "lectern/mem.h"

/* The lines of a block. */
struct lines {
    size_t indent, count;
    size_t begin, end; /* in the text; the end is where the line behind them begins, or the end of the text */
};

static size_t line_end(struct str text, size_t at)
{
    size_t lf = str_find_byte(str_slice(text, at, text.len), '\n');
    return lf == STR_NOT_FOUND ? text.len : at + lf;
}

static size_t spaces_at(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.at[end] == ' ')
        end++;
    return end - at;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* `name: >-` or `name: |-`, indented by any number of spaces. */
static bool is_header(struct str line)
{
    size_t at = spaces_at(line, 0), begin = at;
    if (line.len < 5 || !(str_ends(line, STR(": >-")) || str_ends(line, STR(": |-"))) || line.at[at] == '-')
        return false;
    while (is_name_byte(line.at[at]))
        at++;
    return at > begin && at == line.len - 4;
}

/* A next line, line separator or paragraph separator, which end a line to libyaml. */
static bool has_other_break(struct str line)
{
    const char *at = line.at, *end = at + line.len;
    while ((at = memchr(at, 0xe2, (size_t)(end - at))) != NULL) {
        if (end - at >= 3 && (unsigned char)at[1] == 0x80 &&
            ((unsigned char)at[2] == 0xa8 || (unsigned char)at[2] == 0xa9))
            return true;
        at++;
    }
    for (at = line.at; (at = memchr(at, 0xc2, (size_t)(end - at))) != NULL; at++)
        if (end - at >= 2 && (unsigned char)at[1] == 0x85)
            return true;
    return false;
}

/* The lines at `at`, below a header that is indented by `outer`. False if they are not plainly the block's. */
static bool take_lines(struct str text, size_t at, size_t outer, struct lines *lines)
{
    *lines = (struct lines){.indent = spaces_at(text, at), .begin = at};
    while (at < text.len) {
        size_t spaces = spaces_at(text, at), first = at + spaces;
        if (first == text.len || text.at[first] == '\n' || text.at[first] == '\t')
            return false;
        if (spaces <= outer)
            break;
        size_t end = line_end(text, first);
        if (spaces != lines->indent || has_other_break(str_slice(text, first, end)))
            return false;
        lines->count++;
        at = end < text.len ? end + 1 : end;
    }
    lines->end = at;
    return lines->count > 0;
}

/* The lines without their indentation, joined as the style wants it: folded ones by spaces. */
static struct str value_of(struct arena *arena, struct str text, const struct lines *lines, char style)
{
    size_t end = lines->end - (text.at[lines->end - 1] == '\n');
    if (lines->count == 1)
        return str_slice(text, lines->begin + lines->indent, end);
    char *value = arena_bytes(arena, end - lines->begin);
    size_t len = 0;
    for (size_t at = lines->begin; at < end;) {
        size_t from = at + lines->indent, to = line_end(text, from);
        if (len)
            value[len++] = style == '>' ? ' ' : '\n';
        memcpy(value + len, text.at + from, to - from);
        len += to - from;
        at = to + 1;
    }
    return (struct str){value, len};
}

static void add_letters(struct buf *out, const struct lines *lines)
{
    for (size_t line = 0; line < lines->count; line++) {
        for (size_t i = 0; i < lines->indent; i++)
            buf_add_byte(out, ' ');
        buf_add(out, STR("x\n"));
    }
}

void yaml_blocks_cut(struct arena *arena, struct str yaml, struct yaml_blocks *blocks)
{
    size_t at = 0, copied = 0, number = 0;
    *blocks = (struct yaml_blocks){0};
    while (at < yaml.len) {
        size_t end = line_end(yaml, at), next = end < yaml.len ? end + 1 : end;
        struct str line = str_slice(yaml, at, end);
        struct lines lines;
        size_t header = number++;
        at = next;
        if (!is_header(line) || !take_lines(yaml, next, spaces_at(line, 0), &lines))
            continue;
        blocks->at = mem_grow(blocks->at, blocks->count, &blocks->capacity, sizeof *blocks->at);
        blocks->at[blocks->count++] =
            (struct yaml_block){header, value_of(arena, yaml, &lines, line.at[line.len - 2])};
        buf_add(&blocks->yaml, str_slice(yaml, copied, next));
        add_letters(&blocks->yaml, &lines);
        number += lines.count;
        at = copied = lines.end;
    }
    buf_add(&blocks->yaml, str_slice(yaml, copied, yaml.len));
}

void yaml_blocks_free(struct yaml_blocks *blocks)
{
    mem_free(blocks->at);
    buf_free(&blocks->yaml);
}
