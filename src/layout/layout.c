#include "lectern/layout.h"

#include <string.h>

#include "block.h"
#include "flow.h"
#include "inline.h"
#include "justify.h"
#include "lectern/mem.h"
#include "math.h"

#define QUOTE_INDENT 2

static void lay_block(struct page *page, const struct node *node);

static void lay_children(struct page *page, const struct node *parent, bool spaced)
{
    size_t first = page->line_count;
    for (const struct node *node = parent->first; node; node = node->next) {
        size_t before = page->line_count;
        if (spaced && before > first)
            page_blank_line(page);
        size_t begin = page->line_count;
        if (node->offset > page->offset)
            page->offset = node->offset;
        lay_block(page, node);
        if (page->line_count == begin)
            page->line_count = before; /* nothing to be seen: definitions of TeX */
    }
}

static void lay_paragraph(struct page *page, const struct node *node)
{
    struct flow flow;
    flow_begin(&flow, page);
    inline_children(&flow, node, page->style);
    flow_end(&flow);
}

static void lay_formula(struct page *page, const struct node *node)
{
    struct flow flow;
    flow_begin(&flow, page);
    math_display(&flow, node, STR(""));
    flow_end(&flow);
}

/* --- Headings --- */

static void add_heading(struct page *page, const struct node *node, size_t line)
{
    struct buf text = {0};
    inline_plain(page, node, &text);
    page->headings =
        mem_grow(page->headings, page->heading_count, &page->heading_capacity, sizeof *page->headings);
    page->headings[page->heading_count++] = (struct layout_heading){
        .text = arena_str(page->arena, str_trim(buf_str(&text))),
        .level = node->number,
        .line = (uint32_t)line,
    };
    page->lines[line].heading = (uint32_t)page->heading_count;
    buf_free(&text);
}

/* As long as the longest of the lines from `first` on. */
static void underline(struct page *page, size_t first, struct str glyph, style look)
{
    size_t cells = 0;
    for (size_t i = first; i < page->line_count; i++) {
        const struct layout_line *line = &page->lines[i];
        const struct layout_span *last = line->count ? &line->spans[line->count - 1] : NULL;
        if (last && last->column + last->width > page->indent + cells)
            cells = last->column + last->width - page->indent;
    }
    page_open_line(page);
    page_put(page, (struct layout_span){
                       .text = page_repeat(page, glyph, cells), .width = (uint32_t)cells, .style = look});
    page_close_line(page)->added = true;
}

static void lay_heading(struct page *page, const struct node *node)
{
    static const style roles[] = {STYLE_HEADING1, STYLE_HEADING2, STYLE_HEADING3};
    size_t level = node->number > 3 ? 3 : node->number, first = page->line_count;
    style look = roles[level ? level - 1 : 0] | STYLE_STRONG;
    struct flow flow;
    flow_begin(&flow, page);
    inline_children(&flow, node, look);
    flow_end(&flow);
    if (page->line_count == first)
        return;
    add_heading(page, node, first);
    if (level <= 2)
        underline(page, first, level == 1 ? page->glyphs->double_rule : page->glyphs->rule, look);
}

/* --- Containers --- */

static void push_edge(struct page *page, struct str text, style look, size_t column, bool once)
{
    struct layout_span span = {
        .text = text,
        .column = (uint32_t)column,
        .width = (uint32_t)text_width(text, page->charset),
        .style = look,
        .added = !once,
    };
    page->edges[page->edge_count++] = (struct page_edge){.span = span, .once = once};
}

static void lay_quote(struct page *page, const struct node *node)
{
    style look = page->style;
    bool narrow = page_room(page) < QUOTE_INDENT + BLOCK_LEAST_ROOM;
    size_t indent = narrow ? 0 : QUOTE_INDENT;
    page->style = STYLE_QUOTE;
    if (!narrow)
        push_edge(page, page->glyphs->bar, STYLE_QUOTE_BAR, page->indent, false);
    page->indent += indent;
    lay_children(page, node, true);
    page->indent -= indent;
    page->edge_count -= !narrow;
    page->style = look;
}

/* A marker without room beside it: on lines of its own. */
static void lay_marker(struct page *page, struct str marker)
{
    struct flow flow;
    flow_begin(&flow, page);
    flow_text(&flow, marker, STYLE_MARKER, 0, FLOW_PROSE);
    flow_end(&flow);
}

/* `room` cells for the marker and the blank behind it. */
static void lay_item(struct page *page, const struct node *item, struct str marker, size_t room, bool tight)
{
    if (page_room(page) < room + BLOCK_LEAST_ROOM) {
        lay_marker(page, marker);
        lay_children(page, item, !tight);
        return;
    }
    size_t width = text_width(marker, page->charset);
    size_t edge = page->edge_count;
    push_edge(page, marker, STYLE_MARKER, page->indent + room - width - 1, true);
    page->indent += room;
    lay_children(page, item, !tight);
    if (!page->edges[edge].done) {
        page_open_line(page);
        page_close_line(page);
    }
    page->indent -= room;
    page->edge_count = edge;
}

static struct str item_marker(struct page *page, const struct node *list, const struct node *item,
                              uint64_t number, size_t depth)
{
    if (item->task)
        return item->done ? page->glyphs->done : page->glyphs->to_do;
    if (list->ordered)
        return arena_printf(page->arena, "%llu.", (unsigned long long)number);
    return page->glyphs->bullets[depth % 3];
}

/* Bullets above: every level has its own. */
static size_t bullet_depth(const struct page *page)
{
    size_t depth = 0;
    for (size_t i = 0; i < page->edge_count; i++)
        for (size_t b = 0; b < 3; b++)
            depth += page->edges[i].once && str_eq(page->edges[i].span.text, page->glyphs->bullets[b]);
    return depth;
}

static void lay_list(struct page *page, const struct node *list)
{
    size_t depth = bullet_depth(page), widest = 0;
    uint64_t number = list->number;
    for (const struct node *item = list->first; item; item = item->next, number++) {
        size_t width = text_width(item_marker(page, list, item, number, depth), page->charset);
        widest = width > widest ? width : widest;
    }
    size_t room = list->ordered && widest > 2 ? widest + 1 : widest + 2;
    number = list->number;
    for (const struct node *item = list->first; item; item = item->next, number++) {
        if (!list->tight && item != list->first)
            page_blank_line(page);
        if (item->offset > page->offset)
            page->offset = item->offset;
        lay_item(page, item, item_marker(page, list, item, number, depth), room, list->tight);
    }
}

/* A centred line, a third as wide as the text. */
static void lay_rule(struct page *page)
{
    size_t room = page_room(page), cells = room < 3 ? room : room / 3;
    page_open_line(page);
    page_skip(page, page->indent + (room - cells) / 2);
    page_put(page, (struct layout_span){.text = page_repeat(page, page->glyphs->rule, cells),
                                        .width = (uint32_t)cells,
                                        .style = STYLE_RULE});
    page_close_line(page);
}

static void lay_block(struct page *page, const struct node *node)
{
    switch (node->kind) {
    case NODE_QUOTE: lay_quote(page, node); break;
    case NODE_LIST: lay_list(page, node); break;
    case NODE_HEADING: lay_heading(page, node); break;
    case NODE_FOLD: fold_layout(page, node); break;
    case NODE_CODE_BLOCK: code_layout(page, node); break;
    case NODE_MATH_BLOCK: lay_formula(page, node); break;
    case NODE_TABLE: table_layout(page, node); break;
    case NODE_RULE: lay_rule(page); break;
    default: lay_paragraph(page, node);
    }
}

void layout_build(struct arena *arena, const struct node *document, const struct layout_options *options,
                  struct layout *layout)
{
    struct page_shared shared = {0};
    struct page page;
    page_init(&page, arena, options);
    page.shared = &shared;
    page.source = document->text;
    lay_children(&page, document, true);
    if (options->justify)
        justify_lines(&page);
    page_finish(&page, layout);
}

void layout_build_text(struct arena *arena, struct str text, style look, const struct layout_options *options,
                       struct layout *layout)
{
    struct page page;
    struct flow flow;
    struct str line;
    page_init(&page, arena, options);
    page.source = text;
    flow_begin(&flow, &page);
    flow.greedy = true;
    for (struct str rest = text; str_next_line(&rest, &line);) {
        page.offset = (uint32_t)(line.at - text.at);
        flow.fresh = true;
        flow_text(&flow, line, look, 0, FLOW_KEEP);
        if (flow.open || flow.piece_count)
            flow_newline(&flow);
        else
            page_blank_line(&page);
        flow.space.width = 0;
    }
    flow_end(&flow);
    page_finish(&page, layout);
}

/* The first line whose offset is at least `offset`, or the number of lines. */
static size_t first_line_from(const struct layout *layout, uint64_t offset)
{
    size_t low = 0, high = layout->line_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (layout->lines[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t layout_line_at(const struct layout *layout, uint32_t offset)
{
    size_t behind = first_line_from(layout, (uint64_t)offset + 1);
    return behind ? first_line_from(layout, layout->lines[behind - 1].offset) : 0;
}

struct str layout_line_text(struct arena *arena, const struct layout_line *line)
{
    struct buf out = {0};
    size_t column = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        for (; column < line->spans[i].column; column++)
            buf_add_byte(&out, ' ');
        buf_add(&out, line->spans[i].text);
        column += line->spans[i].width;
    }
    struct str text = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return text;
}
