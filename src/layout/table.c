#include "block.h"

#include <string.h>

#include "flow.h"
#include "inline.h"
#include "lectern/mem.h"

#define GAP 3 /* cells between two columns: a rule with a blank at each side */
#define SCROLLED                                                                                             \
    40 /* cells of a column at most, unless a word needs more, in a table that is too wide anyway */
#define LEAST_WIDTH 20 /* that a column has for a word, or else the table is not shown as one */
#define UNBOUNDED   ((size_t)1 << 30)

struct column {
    size_t natural; /* width of its widest cell */
    size_t least;   /* of its widest word, if that is not too wide */
    size_t width;
};

struct table {
    struct page *page;
    struct column *columns;
    size_t count;
};

static struct page cell_page(const struct table *table, size_t width)
{
    const struct page *page = table->page;
    return (struct page){
        .arena = page->arena,
        .charset = page->charset,
        .glyphs = page->glyphs,
        .source = page->source,
        .shared = page->shared,
        .is_cell = true,
        .width = width,
        .style = page->style,
        .offset = page->offset,
    };
}

static void lay_cell(struct page *cell, const struct node *node, bool head)
{
    struct flow flow;
    flow_begin(&flow, cell);
    inline_children(&flow, node, head ? STYLE_TABLE_HEAD | STYLE_STRONG : cell->style);
    flow_end(&flow);
}

static size_t line_width(const struct layout_line *line)
{
    if (line->count == 0)
        return 0;
    return line->spans[line->count - 1].column + line->spans[line->count - 1].width;
}

static void measure(struct table *table, const struct node *node)
{
    for (const struct node *row = node->first; row; row = row->next) {
        size_t i = 0;
        for (const struct node *cell = row->first; cell && i < table->count; cell = cell->next, i++) {
            struct page page = cell_page(table, UNBOUNDED);
            page.is_measured = true;
            lay_cell(&page, cell, row == node->first);
            for (size_t l = 0; l < page.line_count; l++)
                if (line_width(&page.lines[l]) > table->columns[i].natural)
                    table->columns[i].natural = line_width(&page.lines[l]);
            size_t word = page.widest_word < LEAST_WIDTH ? page.widest_word : LEAST_WIDTH;
            if (word > table->columns[i].least)
                table->columns[i].least = word;
            page_free(&page);
        }
    }
}

static size_t limited_width(const struct column *column, size_t limit)
{
    size_t width = column->natural < limit ? column->natural : limit;
    return width > column->least ? width : column->least;
}

/* Cells that the columns take when none is wider than `limit` and its words allow. */
static size_t sum_widths(const struct table *table, size_t limit)
{
    size_t sum = 0;
    for (size_t i = 0; i < table->count; i++)
        sum += limited_width(&table->columns[i], limit);
    return sum;
}

static size_t table_room(const struct table *table)
{
    const struct page *page = table->page;
    return page->reach > page->width ? page->reach - page->indent : page_room(page);
}

/* The widest columns give way until the table fits. False if words would have to be broken. */
static bool fit_columns(struct table *table)
{
    size_t room = table_room(table), gaps = table->count ? (table->count - 1) * GAP : 0;
    size_t low = 1, high = room;
    if (room < gaps || sum_widths(table, low) > room - gaps)
        return false;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (sum_widths(table, middle) <= room - gaps)
            low = middle;
        else
            high = middle - 1;
    }
    size_t left = room - gaps - sum_widths(table, low);
    for (size_t i = 0; i < table->count; i++) {
        struct column *column = &table->columns[i];
        size_t width = limited_width(column, low);
        size_t more = column->natural > width ? column->natural - width : 0;
        more = more < left ? more : left;
        left -= more;
        column->width = width + more;
    }
    return true;
}

static void put(struct page *page, struct str text, size_t width, style look)
{
    page_put(page, (struct layout_span){.text = text, .width = (uint32_t)width, .style = look});
}

static void put_rule(struct table *table)
{
    struct page *page = table->page;
    page_open_line(page);
    for (size_t i = 0; i < table->count; i++) {
        size_t cells = table->columns[i].width + (i > 0) + (i + 1 < table->count);
        if (i)
            put(page, page->glyphs->cross, 1, STYLE_TABLE_RULE);
        put(page, page_repeat(page, page->glyphs->rule, cells), cells, STYLE_TABLE_RULE);
    }
    page_close_line(page);
}

static size_t shift(enum node_align align, size_t width, size_t used)
{
    size_t left = width > used ? width - used : 0;
    if (align == NODE_ALIGN_RIGHT)
        return left;
    return align == NODE_ALIGN_CENTRE ? left / 2 : 0;
}

static void put_cell_line(struct table *table, const struct page *cell, size_t line, size_t column,
                          enum node_align align)
{
    struct page *page = table->page;
    size_t begin = page->column;
    if (line < cell->line_count) {
        const struct layout_line *from = &cell->lines[line];
        size_t offset = begin + shift(align, table->columns[column].width, line_width(from));
        for (uint32_t i = 0; i < from->count; i++) {
            page_skip(page, offset + from->spans[i].column);
            page_put(page, from->spans[i]);
        }
    }
    if (column + 1 == table->count)
        return;
    page_skip(page, begin + table->columns[column].width + 1);
    put(page, page->glyphs->column, 1, STYLE_TABLE_RULE);
    page_skip(page, page->column + 1);
}

static void put_row(struct table *table, const struct node *row, const struct page *cells, size_t lines)
{
    struct page *page = table->page;
    for (size_t line = 0; line < lines; line++) {
        const struct node *node = row->first;
        page_open_line(page);
        for (size_t i = 0; i < table->count; i++, node = node ? node->next : NULL)
            put_cell_line(table, &cells[i], line, i, node ? node->align : NODE_ALIGN_NONE);
        page_close_line(page);
    }
}

static void lay_row(struct table *table, const struct node *row, bool head)
{
    struct page *cells = mem_calloc(table->count, sizeof *cells);
    const struct node *node = row->first;
    size_t lines = 1;
    for (size_t i = 0; i < table->count; i++, node = node ? node->next : NULL) {
        cells[i] = cell_page(table, table->columns[i].width);
        if (node)
            lay_cell(&cells[i], node, head);
        lines = cells[i].line_count > lines ? cells[i].line_count : lines;
    }
    put_row(table, row, cells, lines);
    for (size_t i = 0; i < table->count; i++)
        page_free(&cells[i]);
    mem_free(cells);
}

/* One cell below the other, each after its column's head. */
static void lay_as_list(struct page *page, const struct node *table)
{
    for (const struct node *row = table->first->next; row; row = row->next) {
        const struct node *head = table->first->first;
        if (row != table->first->next)
            page_blank_line(page);
        for (const struct node *cell = row->first; cell; cell = cell->next) {
            struct flow flow;
            flow_begin(&flow, page);
            if (head && head->first) {
                inline_children(&flow, head, STYLE_TABLE_HEAD | STYLE_STRONG);
                flow_text(&flow, STR(": "), STYLE_TABLE_HEAD | STYLE_STRONG, 0, FLOW_PROSE);
            }
            inline_children(&flow, cell, page->style);
            flow_end(&flow);
            head = head ? head->next : NULL;
        }
    }
}

static bool some_cell_wraps(const struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->columns[i].width < table->columns[i].natural)
            return true;
    return false;
}

/* As wide as it needs to be. */
static void spread_columns(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        table->columns[i].width = limited_width(&table->columns[i], SCROLLED);
}

static void lay_rows(struct table *table, const struct node *node)
{
    struct page *page = table->page;
    bool ruled = !node->tight && some_cell_wraps(table);
    page_open_block(page, LAYOUT_TABLE)->text = node->source;
    lay_row(table, node->first, true);
    put_rule(table);
    struct layout_block *block = &page->blocks[page->block_count - 1];
    block->head = (uint32_t)page->line_count - block->line;
    for (const struct node *row = node->first->next; row; row = row->next) {
        lay_row(table, row, false);
        if (ruled && row->next)
            put_rule(table);
    }
    page_close_block(page);
}

void table_layout(struct page *page, const struct node *node)
{
    struct table table = {.page = page, .count = node->columns};
    if (!node->first || table.count == 0)
        return;
    table.columns = mem_calloc(table.count, sizeof *table.columns);
    for (size_t i = 0; i < table.count; i++)
        table.columns[i].least = 1;
    measure(&table, node);
    bool fits = fit_columns(&table), whole = fits && !some_cell_wraps(&table);
    if (page->wraps && !node->tight ? !whole : !fits && !page->reach) {
        lay_as_list(page, node);
    } else {
        if (!fits)
            spread_columns(&table);
        lay_rows(&table, node);
    }
    mem_free(table.columns);
}
