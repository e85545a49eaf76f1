#include "pager.h"

#include "lectern/bounds.h"
#include "lectern/mem.h"

void pager_set_layout(struct pager *page, const struct layout *layout)
{
    page->layout = layout;
    if (page->match_count)
        page->kept = page->current + 1;
    pager_clear_marks(page);
    pager_set_top(page, page->top);
}

void pager_set_height(struct pager *page, size_t height)
{
    page->height = height ? height : 1;
    pager_set_top(page, page->top);
}

void pager_free(struct pager *page)
{
    arena_free(&page->arena);
    *page = (struct pager){0};
}

static size_t last_top(const struct pager *page)
{
    size_t lines = page->layout ? page->layout->line_count : 0;
    return lines > page->height ? lines - page->height : 0;
}

void pager_set_top(struct pager *page, size_t line)
{
    size_t last = last_top(page);
    page->top = line < last ? line : last;
}

void pager_reveal(struct pager *page, size_t line)
{
    size_t first;
    if (line < page->top + pager_pinned(page, &first) || line - page->top >= page->height)
        pager_set_top(page, line > page->height / 2 ? line - page->height / 2 : 0);
}

bool pager_at_end(const struct pager *page)
{
    return page->top >= last_top(page);
}

unsigned pager_percent(const struct pager *page)
{
    size_t last = last_top(page);
    return last ? (unsigned)(page->top * 100 / last) : 100;
}

static void move_by(struct pager *page, size_t lines, bool up)
{
    if (up)
        pager_set_top(page, page->top > lines ? page->top - lines : 0);
    else
        pager_set_top(page, page->top + lines);
}

/* The top line becomes that of the next heading, or of the previous one. */
static bool go_heading(struct pager *page, bool backwards)
{
    const struct layout *layout = page->layout;
    size_t to = PAGER_NONE;
    for (size_t i = 0; layout && i < layout->heading_count; i++) {
        size_t line = layout->headings[i].line;
        if (backwards ? line < page->top : line > page->top) {
            to = line;
            if (!backwards)
                break;
        }
    }
    if (to == PAGER_NONE)
        return false;
    pager_set_top(page, to);
    return true;
}

size_t pager_most_beyond(const struct pager *page)
{
    const struct layout *layout = page->layout;
    size_t most = 0, end = page->top + page->height;
    for (size_t i = page->top; layout && i < end && i < layout->line_count; i++) {
        size_t beyond = pager_beyond(page, i);
        most = beyond > most ? beyond : most;
    }
    return most;
}

/* Half a width to a side, no further than the widest block in sight goes. False if none is wide. */
static bool scroll_sideways(struct pager *page, bool right)
{
    size_t most = pager_most_beyond(page);
    size_t step = page->reach / 2 + 1, shift = page->shift < most ? page->shift : most;
    if (right)
        page->shift = step < most - shift ? shift + step : most;
    else
        page->shift = shift > step ? shift - step : 0;
    return most > 0;
}

/* A page on, of so many lines. A head that is held from there on covers no line that was not seen. */
static void page_down(struct pager *page, size_t lines)
{
    size_t first, before = page->top, last = before + page->height - 1;
    pager_set_top(page, before + lines);
    while (page->top > before + 1 && page->top + pager_pinned(page, &first) > last)
        pager_set_top(page, page->top - 1);
}

bool pager_act(struct pager *page, enum action action)
{
    size_t first, covered = pager_pinned(page, &first) + 1; /* one line stays, to go on reading from */
    size_t half = page->height > 1 ? page->height / 2 : 1;
    size_t whole = page->height > covered + 1 ? page->height - covered : 1;
    size_t before = page->top;
    switch (action) {
    case ACTION_DOWN: move_by(page, 1, false); return true;
    case ACTION_UP: move_by(page, 1, true); return true;
    case ACTION_HALF_DOWN: move_by(page, half, false); return true;
    case ACTION_HALF_UP: move_by(page, half, true); return true;
    case ACTION_PAGE_DOWN: page_down(page, whole); return page->top != before;
    case ACTION_PAGE_UP: move_by(page, whole, true); return true;
    case ACTION_TOP: pager_set_top(page, 0); return true;
    case ACTION_BOTTOM: pager_set_top(page, last_top(page)); return true;
    case ACTION_LEFTWARDS: return scroll_sideways(page, false);
    case ACTION_RIGHTWARDS: return scroll_sideways(page, true);
    case ACTION_NEXT_HEADING: go_heading(page, false); return true;
    case ACTION_PREVIOUS_HEADING: go_heading(page, true); return true;
    default: return false;
    }
}

/* The text of all lines as one, and where each line begins in it: what is searched. */
struct pager_text {
    struct buf text;
    size_t *starts; /* of each line, and the end of the last */
};

static void add_line(struct buf *text, const struct layout_line *line)
{
    size_t column = line->count ? line->spans[0].column : 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        for (; column < span->column; column++)
            buf_add_byte(text, ' ');
        if (!span->stretch)
            buf_add(text, span->text);
        column += span->width;
    }
}

/* The column of what stands behind so many cells of that text of the line; `in_front` of blanks that widen it there. */
static size_t column_of(const struct layout_line *line, size_t cells, bool in_front)
{
    size_t column = cells + (line->count ? line->spans[0].column : 0);
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        if (span->stretch && (in_front ? span->column < column : span->column <= column))
            column += span->width;
    }
    return column;
}

static struct pager_text collect_text(const struct layout *layout)
{
    struct pager_text all = {.starts = mem_calloc(layout->line_count + 1, sizeof *all.starts)};
    for (size_t i = 0; i < layout->line_count; i++) {
        if (i)
            buf_add_byte(&all.text, layout->lines[i].continues ? ' ' : '\n');
        all.starts[i] = all.text.len;
        if (layout->lines[i].label)
            buf_add(&all.text, layout->lines[i].hidden);
        else
            add_line(&all.text, &layout->lines[i]);
    }
    all.starts[layout->line_count] = all.text.len + 1;
    return all;
}

static void free_text(struct pager_text *all)
{
    buf_free(&all->text);
    mem_free(all->starts);
}

/* The last line that begins at or before `offset`. */
static size_t line_of(const struct pager_text *all, size_t lines, size_t offset)
{
    size_t low = 0, high = lines;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (all->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct mark_list {
    struct pager_mark *marks;
    size_t count, capacity;
};

/* The parts of the match [start, end) on the lines it covers. */
static void add_marks(struct mark_list *list, const struct pager *page, const struct pager_text *all,
                      size_t match, size_t start, size_t end)
{
    const struct layout *layout = page->layout;
    size_t line = line_of(all, layout->line_count, start);
    struct str text = buf_str(&all->text);
    for (; line < layout->line_count && all->starts[line] < end; line++) {
        size_t line_start = all->starts[line], line_end = all->starts[line + 1] - 1;
        size_t from = start > line_start ? start : line_start, to = end < line_end ? end : line_end;
        if (from >= to)
            continue;
        const struct layout_span *first = layout->lines[line].count ? layout->lines[line].spans : NULL;
        bool hidden = layout->lines[line].label;
        struct pager_mark mark = {
            .line = line, .match = match, .column = first ? first->column : 0, .width = 1};
        if (hidden && first)
            mark.width = first->width;
        if (!hidden) {
            size_t before = text_width(str_slice(text, line_start, from), page->charset);
            size_t width = text_width(str_slice(text, from, to), page->charset);
            mark.column = column_of(&layout->lines[line], before, false);
            mark.width = column_of(&layout->lines[line], before + width, true) - mark.column;
        }
        list->marks = mem_grow(list->marks, list->count, &list->capacity, sizeof *list->marks);
        list->marks[list->count++] = mark;
    }
}

static void keep_marks(struct pager *page, struct mark_list *list, size_t match_count, size_t from_line)
{
    pager_clear_marks(page);
    page->marks = arena_array(&page->arena, list->count, sizeof *page->marks);
    page->mark_count = list->count;
    page->match_count = match_count;
    page->current = match_count ? 0 : PAGER_NONE;
    for (size_t i = list->count; i-- > 0;) {
        page->marks[i] = list->marks[i];
        if (list->marks[i].line >= from_line)
            page->current = list->marks[i].match;
    }
    mem_free(list->marks);
}

bool pager_holds(const struct pager *page, const struct pattern *pattern)
{
    if (!page->layout)
        return false;
    struct pager_text all = collect_text(page->layout);
    struct pattern_finder *finder = pattern_finder_new(pattern, NULL);
    struct pattern_match match;
    pattern_begin(finder, buf_str(&all.text), BOUND_PATTERN_TIME_MS);
    bool holds = pattern_next(finder, &match, NULL) != 0;
    pattern_finder_free(finder);
    free_text(&all);
    return holds;
}

int pager_find(struct pager *page, struct pattern *pattern, size_t from_line, struct err *err)
{
    if (!page->layout)
        return 0;
    struct pager_text all = collect_text(page->layout);
    struct arena arena = {0};
    struct pattern_match *matches;
    size_t count = 0;
    int result = pattern_find_all(pattern, buf_str(&all.text), &arena, &matches, &count, err);
    struct mark_list list = {0};
    for (size_t i = 0; i < count; i++)
        add_marks(&list, page, &all, i, matches[i].start, matches[i].end);
    keep_marks(page, &list, count, from_line);
    arena_free(&arena);
    free_text(&all);
    return result;
}

void pager_find_words(struct pager *page, const struct search_marks *marks, size_t from_line)
{
    if (!page->layout)
        return;
    struct pager_text all = collect_text(page->layout);
    struct mark_list list = {0};
    struct arena arena = {0};
    const struct search_mark *places;
    size_t count =
        search_find_marks(&arena, marks, INDEX_TEXT, buf_str(&all.text), BOUND_PATTERN_PAGE_FINDS, &places);
    for (size_t i = 0; i < count; i++)
        add_marks(&list, page, &all, i, places[i].start, places[i].end);
    keep_marks(page, &list, count, from_line);
    arena_free(&arena);
    free_text(&all);
}

void pager_clear_marks(struct pager *page)
{
    arena_reset(&page->arena);
    page->marks = NULL;
    page->mark_count = page->match_count = 0;
    page->current = PAGER_NONE;
}

size_t pager_match_line(const struct pager *page)
{
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].match == page->current)
            return page->marks[i].line;
    return PAGER_NONE;
}

void pager_reveal_match(struct pager *page)
{
    for (size_t i = 0; i < page->mark_count; i++) {
        const struct pager_mark *mark = &page->marks[i];
        if (mark->match != page->current)
            continue;
        pager_reveal(page, mark->line);
        pager_reveal_column(page, mark->line, mark->column, mark->width);
        return;
    }
}

bool pager_next_match(struct pager *page, bool backwards)
{
    if (!page->match_count)
        return false;
    if (backwards)
        page->current = (page->current == 0 ? page->match_count : page->current) - 1;
    else
        page->current = page->current + 1 < page->match_count ? page->current + 1 : 0;
    pager_reveal_match(page);
    return true;
}
