#include "justify.h"

#define MOST_AT_A_BLANK 2

static const struct str blanks = {"  ", MOST_AT_A_BLANK};

static bool is_heading(const struct layout_span *span)
{
    uint32_t role = span->style & STYLE_ROLE_MASK;
    return role >= STYLE_HEADING1 && role <= STYLE_HEADING3;
}

static bool may_widen(const struct layout_span *span)
{
    return !span->added && !span->formula && (span->style & STYLE_ROLE_MASK) != STYLE_CODE;
}

/* The next blank of the span from byte `at` on that stands between two words; its length if there is none. */
static size_t next_blank(const struct layout_span *span, size_t at, bool last)
{
    for (; at < span->text.len; at++)
        if (span->text.at[at] == ' ' && (at + 1 < span->text.len ? span->text.at[at + 1] != ' ' : !last))
            return at;
    return span->text.len;
}

static size_t count_blanks(const struct layout_line *line)
{
    size_t count = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        bool last = i + 1 == line->count;
        for (size_t at = 0; may_widen(span) && (at = next_blank(span, at, last)) < span->text.len; at++)
            count++;
    }
    return count;
}

struct widening {
    struct page *page;
    struct layout_span *spans; /* the line's new ones */
    uint32_t count;
    size_t blanks, extra, done; /* of the line, cells to deal out, blanks passed */
    size_t shift;               /* cells dealt out so far */
    bool from_right;
};

/* Cells that come behind the next blank. */
static size_t share(struct widening *w)
{
    size_t k = w->from_right ? w->blanks - 1 - w->done : w->done;
    size_t before = w->extra * k / w->blanks, after = w->extra * (k + 1) / w->blanks;
    w->done++;
    return after - before;
}

static void put(struct widening *w, struct layout_span span)
{
    span.column += (uint32_t)w->shift;
    w->spans[w->count++] = span;
}

static void widen_span(struct widening *w, struct layout_span span, bool last)
{
    for (size_t at = 0; may_widen(&span) && (at = next_blank(&span, at, last)) < span.text.len;) {
        struct layout_span head = span, stretch = span;
        size_t cells = share(w);
        at++;
        if (!cells)
            continue;
        head.text = str_slice(span.text, 0, at);
        head.width = (uint32_t)text_width(head.text, w->page->charset);
        put(w, head);
        span.text = str_slice(span.text, at, span.text.len);
        span.column += head.width;
        span.width -= head.width;
        stretch.text = str_slice(blanks, 0, cells);
        stretch.column = span.column;
        stretch.width = (uint32_t)cells;
        stretch.added = stretch.stretch = true;
        put(w, stretch);
        w->shift += cells;
        at = 0;
    }
    if (span.text.len)
        put(w, span);
}

static void widen_line(struct page *page, struct layout_line *line, bool from_right)
{
    if (!line->count || is_heading(&line->spans[line->count - 1]))
        return;
    const struct layout_span *last = &line->spans[line->count - 1];
    size_t end = last->column + last->width;
    struct widening w = {.page = page, .blanks = count_blanks(line), .from_right = from_right};
    w.extra = page->width > end ? page->width - end : 0;
    if (!w.extra || w.extra > w.blanks * MOST_AT_A_BLANK)
        return;
    w.spans = arena_array(page->arena, line->count + 2 * w.blanks, sizeof *w.spans);
    for (uint32_t i = 0; i < line->count; i++)
        widen_span(&w, line->spans[i], i + 1 == line->count);
    line->spans = w.spans;
    line->count = w.count;
}

void justify_lines(struct page *page)
{
    for (size_t i = 0; i + 1 < page->line_count; i++) {
        const struct layout_line *next = &page->lines[i + 1];
        if (next->continues && !page->lines[i].block && !page->lines[i].added)
            widen_line(page, &page->lines[i], i % 2);
    }
}
