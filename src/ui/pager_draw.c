/* What is seen of a page: its lines, blocks scrolled sideways, the heads of tables held, the marks. */
#include "pager.h"

/* The least lines of a table that are left beside its head. */
#define LEAST_ROWS 4

static const struct layout_block *block_of(const struct pager *page, size_t line)
{
    const struct layout *layout = page->layout;
    uint32_t block = layout && line < layout->line_count ? layout->lines[line].block : 0;
    return block ? &layout->blocks[block - 1] : NULL;
}

size_t pager_beyond(const struct pager *page, size_t line)
{
    const struct layout_block *block = block_of(page, line);
    return block && page->reach && block->width > page->reach ? block->width - page->reach : 0;
}

/* Cells that a line's text is scrolled by. */
static size_t shift_of(const struct pager *page, size_t line)
{
    size_t most = pager_beyond(page, line);
    return page->shift < most ? page->shift : most;
}

size_t pager_screen_column(const struct pager *page, size_t line, size_t column)
{
    const struct layout_block *block = block_of(page, line);
    if (!block || column < block->left || !page->reach)
        return column;
    size_t shift = shift_of(page, line);
    if (column < block->left + shift || column - shift >= page->reach)
        return PAGER_NONE;
    return column - shift;
}

void pager_reveal_column(struct pager *page, size_t line, size_t column, size_t width)
{
    const struct layout_block *block = block_of(page, line);
    size_t last = width ? column + width - 1 : column;
    bool seen = pager_screen_column(page, line, column) != PAGER_NONE &&
                pager_screen_column(page, line, last) != PAGER_NONE;
    if (!block || seen)
        return;
    size_t middle = (block->left + page->reach) / 2;
    page->shift = column > middle ? column - middle : 0;
}

size_t pager_pinned(const struct pager *page, size_t *first)
{
    const struct layout_block *block = block_of(page, page->top);
    if (!block || block->head == 0 || page->top == block->line || page->height < block->head + LEAST_ROWS)
        return 0;
    *first = block->line;
    return page->top + block->head < (size_t)block->line + block->line_count ? block->head : 0;
}

/* --- Drawing --- */

void pager_mark(const struct pager *page, struct grid *grid, size_t line, size_t left, size_t right,
                size_t row, size_t column)
{
    for (size_t i = left; i < right; i++) {
        size_t at = pager_screen_column(page, line, i);
        if (at != PAGER_NONE)
            grid_mark(grid, row, column + at, 1, 1, STYLE_SELECTED);
    }
}

struct canvas {
    const struct pager *page;
    struct grid *grid;
    size_t row, column; /* of the text's corner */
    uint32_t link;
};

/* The part of a text from a cell on; `*cells` gets how many more it begins behind that. */
static struct str text_from(struct str text, enum text_charset charset, size_t *cells)
{
    struct text_glyph glyph;
    size_t used = 0;
    while (used < *cells && text_next(&text, charset, &glyph))
        used += glyph.width;
    *cells = used > *cells ? used - *cells : 0;
    return text;
}

static void draw_span(const struct canvas *canvas, const struct layout_span *span, size_t row)
{
    style look = span->style;
    if (canvas->link && span->link == canvas->link)
        look |= STYLE_CURRENT;
    grid_put(canvas->grid, row, canvas->column + span->column, span->width, span->text, look);
}

/* Between the cells `left` and `right`, moved by `shift`. */
static void draw_part(const struct canvas *canvas, const struct layout_span *span, size_t row, size_t left,
                      size_t right, size_t shift)
{
    size_t hidden = span->column < left + shift ? left + shift - span->column : 0;
    if (hidden >= span->width || span->column >= right + shift)
        return;
    struct layout_span part = *span;
    size_t skipped = hidden;
    part.text = text_from(span->text, canvas->page->charset, &skipped);
    part.column = (uint32_t)(span->column + hidden + skipped - shift);
    part.width = part.column < right ? (uint32_t)(right - part.column) : 0;
    draw_span(canvas, &part, row);
}

static void draw_arrow(const struct canvas *canvas, size_t row, size_t column, bool right)
{
    bool ascii = canvas->page->charset == TEXT_ASCII;
    struct str arrow = right ? (ascii ? STR(">") : STR("›")) : (ascii ? STR("<") : STR("‹"));
    grid_put(canvas->grid, row, canvas->column + column, 1, arrow, STYLE_KEY);
}

static void draw_line(const struct canvas *canvas, size_t number, size_t row)
{
    const struct pager *page = canvas->page;
    const struct layout_line *line = &page->layout->lines[number];
    const struct layout_block *block = block_of(page, number);
    bool wide = block && pager_beyond(page, number);
    size_t shift = shift_of(page, number), end = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        end = span->column + span->width;
        if (wide && span->column >= block->left)
            draw_part(canvas, span, row, block->left, page->reach, shift);
        else
            draw_span(canvas, span, row);
    }
    if (wide && shift && end > block->left)
        draw_arrow(canvas, row, block->left, false);
    if (wide && end > page->reach + shift)
        draw_arrow(canvas, row, page->reach - 1, true);
}

static void draw_mark(const struct canvas *canvas, const struct pager_mark *mark, size_t row)
{
    bool current = mark->match == canvas->page->current;
    style flags = current ? STYLE_MATCH | STYLE_CURRENT : STYLE_MATCH;
    if (!pager_beyond(canvas->page, mark->line)) {
        grid_mark(canvas->grid, row, canvas->column + mark->column, 1, mark->width, flags);
        return;
    }
    for (size_t i = 0; i < mark->width; i++) {
        size_t column = pager_screen_column(canvas->page, mark->line, mark->column + i);
        if (column != PAGER_NONE)
            grid_mark(canvas->grid, row, canvas->column + column, 1, 1, flags);
    }
}

/* The first mark on a line not before `line`. */
static size_t first_mark(const struct pager *page, size_t line)
{
    size_t low = 0, high = page->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->marks[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Lines from `first` on, with their marks. */
static void draw_lines(const struct canvas *canvas, size_t first, size_t count, size_t row)
{
    const struct pager *page = canvas->page;
    size_t end = first + count < page->layout->line_count ? first + count : page->layout->line_count;
    for (size_t i = first; i < end; i++)
        draw_line(canvas, i, row + i - first);
    for (size_t i = first_mark(page, first); i < page->mark_count && page->marks[i].line < end; i++)
        draw_mark(canvas, &page->marks[i], row + page->marks[i].line - first);
}

/* Whether a line of a table is a rule between its rows. */
static bool is_rule(const struct pager *page, size_t number)
{
    const struct layout_block *block = block_of(page, number);
    const struct layout_line *line = block ? &page->layout->lines[number] : NULL;
    bool rule = false;
    for (uint32_t i = 0; line && i < line->count; i++) {
        if (line->spans[i].column < block->left)
            continue;
        if ((line->spans[i].style & STYLE_ROLE_MASK) != STYLE_TABLE_RULE)
            return false;
        rule = rule || line->spans[i].width > 1; /* else a line between columns */
    }
    return rule;
}

/* A rule right below the one that ends a held head: only what is left of the table. */
static void draw_margin(const struct canvas *canvas, size_t number, size_t row)
{
    const struct layout_block *block = block_of(canvas->page, number);
    const struct layout_line *line = &canvas->page->layout->lines[number];
    for (uint32_t i = 0; i < line->count && line->spans[i].column < block->left; i++)
        draw_span(canvas, &line->spans[i], row);
}

void pager_draw(const struct pager *page, struct grid *grid, size_t row, size_t column, uint32_t link)
{
    if (!page->layout)
        return;
    struct canvas canvas = {.page = page, .grid = grid, .row = row, .column = column, .link = link};
    size_t first = 0, pinned = pager_pinned(page, &first);
    if (pinned)
        draw_lines(&canvas, first, pinned, row);
    if (pinned && is_rule(page, page->top + pinned)) {
        draw_margin(&canvas, page->top + pinned, row + pinned);
        pinned++;
    }
    if (pinned < page->height)
        draw_lines(&canvas, page->top + pinned, page->height - pinned, row + pinned);
}
