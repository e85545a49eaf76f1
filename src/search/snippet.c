#include "lectern/mem.h"
#include "lectern/text.h"
#include "marks.h"
#include "snippet_text.h"

/* What is looked at of one text; a list shows many snippets at once. */
#define SCANNED_BYTES ((size_t)256 << 10)

/* Bytes of text that may be markup or white space for one cell that is shown. */
#define BYTES_PER_CELL 8

/* How far back the beginning of a paragraph is looked for. */
#define PARAGRAPH_BYTES 2000

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
        if (snippet_is_space(text.at[at]))
            return at + 1;
    while (is_inside_character(text, begin))
        begin--;
    return begin;
}

/* Cuts at `cells`, and back to the end of a word unless that loses much. */
static struct str fit(struct str s, size_t cells)
{
    struct str cut = text_fit(s, TEXT_UTF8, cells, NULL);
    size_t len = cut.len;
    while (len > cut.len / 2 && len < s.len && !snippet_is_space(s.at[len]))
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

/* Where the paragraph of `at` begins, or a place not too far before. */
static size_t paragraph_beginning(struct str text, size_t at)
{
    size_t limit = at > PARAGRAPH_BYTES ? at - PARAGRAPH_BYTES : 0;
    while (at > limit && !(at > 1 && text.at[at - 1] == '\n' && text.at[at - 2] == '\n'))
        at--;
    return at;
}

/* Leaves out the formulas before the part, and those that something is found in, whose words only their source has. One
 * that the part begins in is taken whole, unless that were too much. */
static void choose_formulas(struct snippet_part *part, struct math_spans *spans, size_t from,
                            const struct mark *marks, size_t mark_count, size_t cells)
{
    size_t kept = 0;
    for (size_t i = 0, m = 0; i < spans->count; i++) {
        struct math_span span = spans->at[i];
        span.begin += from;
        span.end += from;
        while (m < mark_count && marks[m].end <= span.begin)
            m++;
        bool found_in = m < mark_count && marks[m].start < span.end;
        if (found_in || span.end <= part->begin ||
            (span.begin < part->begin && part->begin - span.begin > cells / 2))
            continue;
        if (span.begin < part->begin)
            part->begin = span.begin;
        spans->at[kept++] = span;
    }
    part->formulas = spans->at;
    part->formula_count = kept;
}

struct str search_snippet(struct arena *arena, const struct search_marks *marks, struct str text,
                          size_t cells, bool formulas, size_t *found)
{
    size_t count = 0, first = 0, last = 0;
    struct snippet_part part = {.text = text};
    struct mark *at = marks_find(marks, INDEX_TEXT, str_slice(text, 0, SCANNED_BYTES), SIZE_MAX, &count);
    if (count) {
        densest_run(at, count, cells / 3 * 2, &first, &last); /* the rest is context */
        part.begin = beginning(text, at[first].start, at[last].end, cells);
    }
    if (found)
        *found = count;
    size_t raw = cells < SCANNED_BYTES / BYTES_PER_CELL ? cells * BYTES_PER_CELL : SCANNED_BYTES;
    part.end = text.len - part.begin > raw ? part.begin + raw : text.len;
    while (is_inside_character(text, part.end))
        part.end--;
    struct math_spans spans = {0};
    if (formulas) {
        size_t from = paragraph_beginning(text, part.begin);
        math_find(str_slice(text, from, part.end), &spans);
        choose_formulas(&part, &spans, from, at, count, cells);
    }
    struct buf cleaned = {0}, out = {0};
    snippet_write(&cleaned, &part);
    if (cells)
        assemble(&out, buf_str(&cleaned), cells, part.begin > 0, part.end < text.len);
    struct str snippet = arena_str(arena, buf_str(&out));
    mem_free(spans.at);
    mem_free(at);
    buf_free(&cleaned);
    buf_free(&out);
    return snippet;
}
