#include "plain.h"

#include "lectern/mem.h"

#define TAB_CELLS 4

/* Bytes of the white space that `s` begins with: one character, or none. */
static size_t space_at_start(struct str s)
{
    if (s.len && (s.at[0] == ' ' || (s.at[0] >= '\t' && s.at[0] <= '\r')))
        return 1;
    if (str_starts(s, STR("\xc2\xa0")))
        return 2;
    return str_starts(s, STR("\xe2\x80\x8b")) || str_starts(s, STR("\xef\xbb\xbf")) ? 3 : 0;
}

/* Pages that were copied from the web end their lines in no-break spaces. */
static struct str trim_end(struct str s)
{
    size_t before;
    do {
        before = s.len;
        while (s.len && (s.at[s.len - 1] == ' ' || (s.at[s.len - 1] >= '\t' && s.at[s.len - 1] <= '\r')))
            s.len--;
        if (str_ends(s, STR("\xc2\xa0")))
            s.len -= 2;
        else if (str_ends(s, STR("\xe2\x80\x8b")))
            s.len -= 3;
    } while (s.len < before);
    return s;
}

static uint32_t count_characters(struct str s)
{
    uint32_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.at[i] & 0xc0) != 0x80;
    return count;
}

size_t plain_group_end(const struct plain_page *page, size_t line)
{
    while (line < page->count && !page->lines[line].last)
        line++;
    return line < page->count ? line + 1 : page->count;
}

void plain_measure_line(struct plain_line *line, struct str whole)
{
    size_t used;
    line->indent = 0;
    whole = trim_end(whole);
    while ((used = space_at_start(whole)) > 0) {
        line->indent += whole.at[0] == '\t' ? TAB_CELLS - line->indent % TAB_CELLS : 1;
        whole = str_slice(whole, used, whole.len);
    }
    line->text = whole;
    line->width = count_characters(whole);
}

struct plain_line *plain_lines(struct str source, size_t most, size_t *count)
{
    struct plain_line *lines = NULL;
    size_t capacity = 0;
    bool blank = true;
    *count = 0;
    for (struct str rest = source, whole; *count < most;) {
        struct plain_line line = {.offset = (uint32_t)(source.len - rest.len), .first = blank};
        if (!str_next_line(&rest, &whole))
            break;
        line.end = (uint32_t)(source.len - rest.len);
        plain_measure_line(&line, whole);
        blank = line.text.len == 0;
        if (blank && *count)
            lines[*count - 1].last = true;
        if (blank)
            continue;
        lines = mem_grow(lines, *count, &capacity, sizeof *lines);
        lines[(*count)++] = line;
    }
    if (*count)
        lines[*count - 1].last = true;
    return lines;
}
