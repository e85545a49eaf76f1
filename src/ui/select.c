#include "select.h"

#include "lectern/mem.h"
#include "reading.h"
#include "select_stops.h"
#include "status.h"

static const struct layout *layout_of(const struct reading *reading)
{
    return &reading->layout;
}

/* Onto the glyph that stands at a column of a line, or on the last before it. */
static void put_caret(struct reading *reading, size_t line, size_t column)
{
    struct select_stops stops = select_stops(&layout_of(reading)->lines[line], reading->page.charset);
    size_t at = select_stop_at(&stops, column);
    reading->selection.caret = (struct layout_place){line, stops.count ? stops.at[at].column : 0};
    select_stops_free(&stops);
}

/* The next line that is text, or the same if there is none. */
static size_t step_line(const struct layout *layout, size_t line, bool back)
{
    size_t at = line;
    while (back ? at > 0 : at + 1 < layout->line_count) {
        at = back ? at - 1 : at + 1;
        if (!layout->lines[at].added)
            return at;
    }
    return line;
}

static void move_lines(struct reading *reading, size_t count, bool back)
{
    size_t line = reading->selection.caret.line;
    for (size_t i = 0; i < count; i++)
        line = step_line(layout_of(reading), line, back);
    put_caret(reading, line, reading->selection.goal);
}

static bool is_wanted(const struct select_stop *stop, enum select_step step)
{
    switch (step) {
    case SELECT_GLYPH: return true;
    case SELECT_WORD: return stop->begins;
    case SELECT_WORD_END: return stop->ends;
    }
    return false;
}

/* To the next glyph that is wanted, on this line or another. Stays where there is none. */
static void move_to(struct reading *reading, enum select_step step, bool back)
{
    struct selection *selection = &reading->selection;
    size_t line = selection->caret.line;
    bool found = false;
    for (bool same = true; !found; same = false) {
        struct select_stops stops = select_stops(&layout_of(reading)->lines[line], reading->page.charset);
        size_t at = same ? select_stop_at(&stops, selection->caret.column) : 0;
        size_t left = !same ? stops.count : back ? at : stops.count ? stops.count - at - 1 : 0;
        for (size_t i = 0; i < left && !found; i++) {
            size_t number = back ? left - 1 - i : stops.count - left + i;
            found = is_wanted(&stops.at[number], step);
            if (found)
                selection->caret = (struct layout_place){line, stops.at[number].column};
        }
        select_stops_free(&stops);
        size_t next = found ? line : step_line(layout_of(reading), line, back);
        if (next == line)
            break;
        line = next;
    }
    selection->goal = selection->caret.column;
}

static void move_within(struct reading *reading, size_t column)
{
    put_caret(reading, reading->selection.caret.line, column);
    reading->selection.goal = column;
}

static void go_heading(struct reading *reading, bool back)
{
    const struct layout *layout = layout_of(reading);
    size_t line = reading->selection.caret.line, to = PAGER_NONE;
    for (size_t i = 0; i < layout->heading_count; i++) {
        size_t at = layout->headings[i].line;
        if (back ? at < line : at > line && to == PAGER_NONE)
            to = at;
    }
    if (to != PAGER_NONE)
        put_caret(reading, to, 0);
}

static void go_end(struct reading *reading, bool top)
{
    const struct layout *layout = layout_of(reading);
    size_t line = top ? 0 : layout->line_count - 1;
    if (layout->lines[line].added)
        line = step_line(layout, line, !top);
    put_caret(reading, line, top ? 0 : SIZE_MAX);
}

/* The actions that move elsewhere, too. False if it is none. */
static bool act(struct reading *reading, enum action action)
{
    size_t height = reading->page.height, half = height > 1 ? height / 2 : 1;
    switch (action) {
    case ACTION_DOWN: move_lines(reading, 1, false); return true;
    case ACTION_UP: move_lines(reading, 1, true); return true;
    case ACTION_HALF_DOWN: move_lines(reading, half, false); return true;
    case ACTION_HALF_UP: move_lines(reading, half, true); return true;
    case ACTION_PAGE_DOWN: move_lines(reading, height, false); return true;
    case ACTION_PAGE_UP: move_lines(reading, height, true); return true;
    case ACTION_IN: move_to(reading, SELECT_GLYPH, false); return true;
    case ACTION_OUT: move_to(reading, SELECT_GLYPH, true); return true;
    case ACTION_TOP: go_end(reading, true); return true;
    case ACTION_BOTTOM: go_end(reading, false); return true;
    case ACTION_NEXT_HEADING: go_heading(reading, false); return true;
    case ACTION_PREVIOUS_HEADING: go_heading(reading, true); return true;
    default: return false;
    }
}

/* The keys that mean something else elsewhere. False if it is none. */
static bool move(struct reading *reading, key k)
{
    switch (k) {
    case 'w': move_to(reading, SELECT_WORD, false); return true;
    case 'b': move_to(reading, SELECT_WORD, true); return true;
    case 'e': move_to(reading, SELECT_WORD_END, false); return true;
    case '0':
    case '^':
    case KEYS_HOME: move_within(reading, 0); return true;
    case '$':
    case KEYS_END: move_within(reading, SIZE_MAX); return true;
    default: return false;
    }
}

static void show_caret(struct reading *reading)
{
    struct pager *page = &reading->page;
    struct layout_place caret = reading->selection.caret;
    size_t first, pinned = pager_pinned(page, &first);
    if (caret.line < page->top + pinned)
        pager_set_top(page, caret.line > pinned ? caret.line - pinned : 0);
    else if (caret.line - page->top >= page->height)
        pager_set_top(page, caret.line - page->height + 1);
    pager_reveal_column(page, caret.line, caret.column, 1);
}

void select_begin(struct reading *reading)
{
    const struct layout *layout = layout_of(reading);
    const struct pager *page = &reading->page;
    size_t line = page->top, column = 0, match = pager_match_line(page);
    if (!layout->line_count)
        return;
    if (reading->link != PAGER_NONE) {
        line = reading->links[reading->link].line;
        column = reading_link_column(reading, reading->link);
    } else if (match != PAGER_NONE) {
        line = match;
        for (size_t i = page->mark_count; i-- > 0;)
            if (page->marks[i].match == page->current)
                column = page->marks[i].column;
    }
    if (line < page->top || line - page->top >= page->height) {
        line = page->top;
        column = 0;
    }
    if (layout->lines[line].added)
        line = step_line(layout, line, line + 1 == layout->line_count);
    reading->selection = (struct selection){.on = true};
    put_caret(reading, line, column);
    reading->selection.anchor = reading->selection.caret;
    reading->selection.goal = reading->selection.caret.column;
}

/* Both ends, in the order of the text; of whole lines, whatever stands on them. */
static void ends_of(const struct selection *selection, struct layout_place *from, struct layout_place *to)
{
    const struct layout_place *a = &selection->anchor, *b = &selection->caret;
    bool ordered = a->line < b->line || (a->line == b->line && a->column <= b->column);
    *from = ordered ? *a : *b;
    *to = ordered ? *b : *a;
    if (selection->lines) {
        from->column = 0;
        to->column = SIZE_MAX;
    }
}

static void copy(struct reading *reading, struct effects *effects)
{
    struct layout_place from, to;
    struct buf text = {0};
    ends_of(&reading->selection, &from, &to);
    layout_excerpt(layout_of(reading), from, to, reading->page.charset, &text);
    if (reading->selection.lines)
        buf_add_byte(&text, '\n');
    effects_copy(effects, STR("the selection"), buf_str(&text));
    buf_free(&text);
    reading->selection.on = false;
}

void select_key(struct reading *reading, const struct session *session, key k, struct effects *effects)
{
    struct selection *selection = &reading->selection;
    struct layout_place caret = selection->caret;
    bool waits;
    enum action action = keymap_find(session->keymap, k, &waits);
    if (action == ACTION_CANCEL || action == ACTION_CLOSE) {
        selection->on = false;
    } else if (action == ACTION_COPY || k == KEYS_ENTER) {
        copy(reading, effects);
    } else if (action == ACTION_SELECT) {
        selection->lines = false;
        selection->anchor = caret;
    } else if (k == 'V') {
        selection->lines = !selection->lines;
    } else if (k == 'o') {
        selection->caret = selection->anchor;
        selection->anchor = caret;
    } else if (!move(reading, k) && !act(reading, action)) {
        buf_add(&effects->message, STR("That key does nothing while text is selected; Esc ends that."));
    }
    if (selection->on)
        show_caret(reading);
}

/* --- Drawing --- */

/* The formula in a cell, or in the text that is next to it in one direction; 0 if there is none. */
static uint32_t formula_at(const struct layout_line *line, size_t column, bool before)
{
    uint32_t formula = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        if (before ? span->column <= column : span->column + span->width > column)
            formula = span->formula;
        if (!before && span->column + span->width > column)
            break;
    }
    return formula;
}

/* A formula is copied whole: to all lines of those at the ends. */
static void widen_lines(const struct layout *layout, struct layout_place *from, struct layout_place *to)
{
    uint32_t first = formula_at(&layout->lines[from->line], from->column, false);
    uint32_t last = formula_at(&layout->lines[to->line], to->column, true);
    for (; first && from->line > 0 && layout_has_formula(&layout->lines[from->line - 1], first); from->line--)
        from->column = SIZE_MAX;
    for (;
         last && to->line + 1 < layout->line_count && layout_has_formula(&layout->lines[to->line + 1], last);
         to->line++)
        to->column = 0;
}

/* The same for the cells of a line. */
static void widen(const struct layout_line *line, size_t *left, size_t *right)
{
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        if (span->column <= *left && *left < span->column + span->width)
            first = span->formula;
        if (span->column < *right && *right <= span->column + span->width)
            last = span->formula;
    }
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        if (first && span->formula == first && span->column < *left)
            *left = span->column;
        if (last && span->formula == last && span->column + span->width > *right)
            *right = span->column + span->width;
    }
}

static void mark_line(const struct reading *reading, struct grid *grid, size_t number,
                      const struct layout_place *from, const struct layout_place *to, size_t row,
                      size_t column)
{
    const struct layout_line *line = &layout_of(reading)->lines[number];
    struct select_stops stops = select_stops(line, reading->page.charset);
    size_t left = 0, right = 1;
    if (stops.count) {
        const struct select_stop *last = &stops.at[stops.count - 1];
        left = stops.at[0].column;
        right = last->column + last->width;
        const struct select_stop *end = &stops.at[select_stop_at(&stops, to->column)];
        if (number == from->line && from->column > left)
            left = from->column;
        if (number == to->line)
            right = end->column + end->width;
        widen(line, &left, &right);
    }
    select_stops_free(&stops);
    if (!line->added)
        pager_mark(&reading->page, grid, number, left, right, row, column);
}

void select_draw(const struct reading *reading, struct grid *grid, size_t row, size_t column)
{
    const struct pager *page = &reading->page;
    const struct selection *selection = &reading->selection;
    struct layout_place from, to;
    if (!selection->on)
        return;
    ends_of(selection, &from, &to);
    widen_lines(layout_of(reading), &from, &to);
    size_t first, pinned = pager_pinned(page, &first);
    for (size_t i = pinned; i < page->height && page->top + i < layout_of(reading)->line_count; i++) {
        size_t line = page->top + i;
        if (line >= from.line && line <= to.line)
            mark_line(reading, grid, line, &from, &to, row + i, column);
    }
    size_t at = pager_screen_column(page, selection->caret.line, selection->caret.column);
    grid_set_cursor(grid, row + selection->caret.line - page->top, column + (at == PAGER_NONE ? 0 : at),
                    true);
}

void select_draw_status(const struct reading *reading, struct grid *grid)
{
    if (reading->selection.on)
        status_say(grid,
                   reading->selection.lines
                       ? STR("selecting lines · V characters · v begin here · o other end · y copy · Esc end")
                       : STR("selecting · V whole lines · v begin here · o other end · y copy · Esc end"),
                   STYLE_STATUS);
}
