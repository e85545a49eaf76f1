#include "lectern/mem.h"
#include "lectern/text.h"
#include "marks.h"

/* What is looked at of one text; a list shows many snippets at once. */
#define SCANNED_BYTES ((size_t)256 << 10)

/* Bytes of text that may be markup or white space for one cell that is shown. */
#define BYTES_PER_CELL 8

#define ELLIPSIS STR("\xe2\x80\xa6")

/* Counts a mark's words in (step 1) or out (-1); returns by how much the number of distinct words changed. */
static int count_words(size_t *counts, uint64_t words, int step)
{
    int change = 0;
    for (size_t w = 0; words >> w; w++) {
        if (!(words >> w & 1))
            continue;
        if (step > 0)
            change += counts[w]++ == 0;
        else
            change -= --counts[w] == 0;
    }
    return change;
}

/* The first run of marks within `width` bytes that has the most distinct words, then the most marks. */
static void densest_run(const struct mark *marks, size_t count, size_t width, size_t *first, size_t *last)
{
    size_t counts[QUERY_WORDS] = {0}, from = 0, best_marks = 0;
    int distinct = 0, best_distinct = 0;
    for (size_t to = 0; to < count; to++) {
        distinct += count_words(counts, marks[to].words, 1);
        while (from < to && marks[to].end - marks[from].start > width)
            distinct += count_words(counts, marks[from++].words, -1);
        size_t in_run = to - from + 1;
        if (distinct > best_distinct || (distinct == best_distinct && in_run > best_marks)) {
            best_distinct = distinct;
            best_marks = in_run;
            *first = from;
            *last = to;
        }
    }
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_one_of(struct str set, char c)
{
    return str_find_byte(set, c) != STR_NOT_FOUND;
}

static bool is_inside_character(struct str text, size_t at)
{
    return at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80;
}

/* Where to begin so that what stands in [start, end) has context on both sides: at a word, if one begins near. */
static size_t beginning(struct str text, size_t start, size_t end, size_t cells)
{
    size_t slack = cells > end - start ? cells - (end - start) : 0;
    size_t begin = start - (start < slack / 2 ? start : slack / 2);
    if (begin + cells > text.len)
        begin = text.len > cells && text.len - cells < begin ? text.len - cells : begin;
    if (begin == 0)
        return 0;
    for (size_t at = begin; at < start; at++)
        if (is_space(text.at[at]))
            return at + 1;
    while (is_inside_character(text, begin))
        begin--;
    return begin;
}

/* Bytes of markup at the beginning of a line: quotes, headings, list markers; all of a fence or a table's rule. */
static size_t line_markup(struct str rest)
{
    size_t end = str_find_byte(rest, '\n'), at = 0;
    struct str line = str_slice(rest, 0, end == STR_NOT_FOUND ? rest.len : end);
    while (at < line.len && (is_space(line.at[at]) || line.at[at] == '>' || line.at[at] == '#'))
        at++;
    struct str inner = str_slice(line, at, line.len);
    size_t rule = 0;
    while (rule < inner.len && is_one_of(STR("|-:=*_ \t"), inner.at[rule]))
        rule++;
    if (rule == inner.len || str_starts(inner, STR("```")) || str_starts(inner, STR("~~~")))
        return line.len;
    size_t marker = 0;
    while (marker < inner.len && marker < 9 && inner.at[marker] >= '0' && inner.at[marker] <= '9')
        marker++;
    bool numbered = marker && marker < inner.len && (inner.at[marker] == '.' || inner.at[marker] == ')');
    if (!numbered)
        marker = 0;
    if (numbered || (inner.len && is_one_of(STR("-+*"), inner.at[0])))
        if (marker + 1 < inner.len && inner.at[marker + 1] == ' ')
            at += marker + 2;
    return at;
}

/* The closing bracket of a link's text that ends on this line, whose target follows; else 0. */
static size_t link_text_end(struct str rest)
{
    for (size_t at = 1; at + 1 < rest.len && rest.at[at] != '\n' && rest.at[at] != '['; at++)
        if (rest.at[at] == ']')
            return rest.at[at + 1] == '(' ? at : 0;
    return 0;
}

/* Bytes of markup at the beginning of `rest`; `link_end` is where the text of the link that one is in ends. */
static size_t inline_markup(struct str rest, const char **link_end)
{
    if (*link_end && rest.at == *link_end) {
        size_t end = 0;
        while (end < rest.len && rest.at[end] != ')' && rest.at[end] != '\n')
            end++;
        return end < rest.len && rest.at[end] == ')' ? end + 1 : 1;
    }
    switch (rest.at[0]) {
    case '*':
    case '`':
    case '|': return 1;
    case '[': {
        size_t end = link_text_end(rest);
        if (end)
            *link_end = rest.at + end;
        return end != 0;
    }
    case '!': return rest.len > 1 && rest.at[1] == '[' && link_text_end(str_slice(rest, 1, rest.len));
    default: return 0;
    }
}

/* Appends `text` without markup, white space collapsed. */
static void clean(struct buf *out, struct str text, bool at_line)
{
    const char *link_end = NULL;
    bool space = false;
    while (text.len) {
        size_t markup = at_line ? line_markup(text) : 0;
        if (markup == 0)
            markup = inline_markup(text, &link_end);
        size_t step = markup ? markup : 1;
        char last = text.at[step - 1];
        at_line = last == '\n';
        if (markup || is_space(last)) {
            space |= is_space(last) || last == '|';
        } else {
            if (space && out->len)
                buf_add_byte(out, ' ');
            space = false;
            buf_add_byte(out, last);
        }
        text = str_slice(text, step, text.len);
    }
}

/* Cuts at `cells`, and back to the end of a word unless that loses much. */
static struct str fit(struct str s, size_t cells)
{
    struct str cut = text_fit(s, TEXT_UTF8, cells, NULL);
    size_t len = cut.len;
    while (len > cut.len / 2 && len < s.len && !is_space(s.at[len]))
        len--;
    if (len > cut.len / 2)
        cut.len = len;
    return str_trim(cut);
}

/* The text with an ellipsis on each side where something was cut, or has to be, to fit into `cells`. */
static void assemble(struct buf *out, struct str shown, size_t cells, bool cut_before, bool cut_after)
{
    if (cut_before && cells > 2) {
        buf_add(out, ELLIPSIS);
        cells--;
    }
    cut_after |= text_width(shown, TEXT_UTF8) > cells;
    buf_add(out, cut_after ? fit(shown, cells - 1) : shown);
    if (cut_after)
        buf_add(out, ELLIPSIS);
}

struct str search_snippet(struct arena *arena, const struct search_marks *marks, struct str text,
                          size_t cells, size_t *found)
{
    size_t count = 0, first = 0, last = 0, begin = 0;
    struct mark *at = marks_find(marks, INDEX_TEXT, str_slice(text, 0, SCANNED_BYTES), SIZE_MAX, &count);
    if (count) {
        densest_run(at, count, cells / 3 * 2, &first, &last); /* the rest is context */
        begin = beginning(text, at[first].start, at[last].end, cells);
    }
    mem_free(at);
    if (found)
        *found = count;
    size_t raw = cells < SCANNED_BYTES / BYTES_PER_CELL ? cells * BYTES_PER_CELL : SCANNED_BYTES;
    size_t end = text.len - begin > raw ? begin + raw : text.len;
    while (is_inside_character(text, end))
        end--;
    struct buf cleaned = {0}, out = {0};
    bool at_line = begin == 0 || text.at[begin - 1] == '\n';
    clean(&cleaned, str_slice(text, begin, end), at_line);
    if (cells)
        assemble(&out, buf_str(&cleaned), cells, begin > 0, end < text.len);
    struct str snippet = arena_str(arena, buf_str(&out));
    buf_free(&cleaned);
    buf_free(&out);
    return snippet;
}
