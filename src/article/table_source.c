#include "table_source.h"

#include "lectern/str.h"

/* The head of a table may be empty: then the text that is known stands in a later row. */
#define LINES_BEFORE 3

static size_t line_start(struct str text, size_t at)
{
    while (at > 0 && text.at[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(struct str text, size_t at)
{
    size_t end = str_find_byte(str_slice(text, at, text.len), '\n');
    return end == STR_NOT_FOUND ? text.len : at + end;
}

static bool holds_only(struct str text, struct str bytes)
{
    for (size_t i = 0; i < text.len; i++)
        if (str_find_byte(bytes, text.at[i]) == STR_NOT_FOUND)
            return false;
    return text.len;
}

/* Whether the line is the one between head and rows. */
static bool is_ruler(struct str line)
{
    return holds_only(line, STR(" \t>|:-\r")) && str_find_byte(line, '-') != STR_NOT_FOUND;
}

/* Where the line of the head begins, or STR_NOT_FOUND. */
static size_t find_head(struct str text, size_t offset)
{
    size_t at = line_start(text, offset < text.len ? offset : text.len);
    for (int i = 0; i <= LINES_BEFORE; i++) {
        size_t end = line_end(text, at);
        size_t next = end < text.len ? end + 1 : end;
        if (is_ruler(str_slice(text, next, line_end(text, next))))
            return at;
        if (at == 0)
            break;
        at = line_start(text, at - 1);
    }
    return STR_NOT_FOUND;
}

/* Bytes of the head's line that belong to a quote or an item around the table. */
static size_t beside_of(struct str head)
{
    size_t bar = str_find_byte(head, '|'), len = 0;
    if (bar != STR_NOT_FOUND && holds_only(str_slice(head, 0, bar), STR(" \t>-*+.)0123456789")))
        return bar;
    while (len < head.len && str_find_byte(STR(" \t>"), head.at[len]) != STR_NOT_FOUND)
        len++;
    return len;
}

static void add_line(struct buf *out, struct str line, size_t beside, bool head)
{
    size_t skip = 0;
    while (skip < beside && skip < line.len &&
           (head || str_find_byte(STR(" \t>"), line.at[skip]) != STR_NOT_FOUND))
        skip++;
    buf_add(out, str_slice(line, skip, line.len));
    buf_add_byte(out, '\n');
}

struct str table_source(struct arena *arena, struct str text, size_t offset, size_t rows)
{
    size_t begin = find_head(text, offset);
    if (begin == STR_NOT_FOUND)
        return (struct str){0};
    size_t beside = beside_of(str_slice(text, begin, line_end(text, begin))), end = begin;
    struct buf out = {0};
    for (size_t i = 0; i <= rows && end < text.len; i++) {
        size_t stop = line_end(text, end);
        if (beside)
            add_line(&out, str_slice(text, end, stop), beside, i == 0);
        end = stop < text.len ? stop + 1 : stop;
    }
    struct str source = beside ? arena_str(arena, buf_str(&out)) : str_slice(text, begin, end);
    buf_free(&out);
    return source;
}
