#include "page.h"

#include <string.h>

#include "lectern/mem.h"

#define LINE_NONE UINT32_MAX

static const struct page_glyphs utf8_glyphs = {
    .bar = {"│", 3},
    .bullets = {{"•", 3}, {"◦", 3}, {"▪", 3}},
    .rule = {"─", 3},
    .double_rule = {"═", 3},
    .cross = {"┼", 3},
    .column = {"│", 3},
    .hyphen = {"-", 1},
    .too_wide = {"?", 1},
    .to_do = {"☐", 3},
    .done = {"☑", 3},
    .continuation = {"↪ ", 4},
    .closed = {"… ", 4},
    .opened = {"▾ ", 4},
};

static const struct page_glyphs ascii_glyphs = {
    .bar = {"|", 1},
    .bullets = {{"*", 1}, {"-", 1}, {"+", 1}},
    .rule = {"-", 1},
    .double_rule = {"=", 1},
    .cross = {"+", 1},
    .column = {"|", 1},
    .hyphen = {"-", 1},
    .too_wide = {"?", 1},
    .to_do = {"[ ]", 3},
    .done = {"[x]", 3},
    .continuation = {"\\ ", 2},
    .closed = {"... ", 4},
    .opened = {"v ", 2},
};

void page_init(struct page *page, struct arena *arena, const struct layout_options *options)
{
    *page = (struct page){
        .arena = arena,
        .charset = options->charset,
        .glyphs = options->charset == TEXT_ASCII ? &ascii_glyphs : &utf8_glyphs,
        .width = options->width ? options->width : 1,
        .reach = options->reach,
        .wraps = options->wraps,
        .open_folds = options->open_folds,
    };
}

void flow_room_free(struct flow_room *room)
{
    mem_free(room->pieces);
    mem_free(room->words);
    mem_free(room->fits);
    *room = (struct flow_room){0};
}

void page_free(struct page *page)
{
    flow_room_free(&page->flow_room);
    mem_free(page->lines);
    mem_free(page->headings);
    mem_free(page->blocks);
    mem_free(page->spans);
}

static void *keep(struct arena *arena, const void *array, size_t count, size_t size)
{
    void *copy = arena_array(arena, count, size);
    if (count)
        memcpy(copy, array, count * size);
    return copy;
}

void page_finish(struct page *page, struct layout *layout)
{
    *layout = (struct layout){
        .lines = keep(page->arena, page->lines, page->line_count, sizeof *page->lines),
        .line_count = page->line_count,
        .headings = keep(page->arena, page->headings, page->heading_count, sizeof *page->headings),
        .heading_count = page->heading_count,
        .blocks = keep(page->arena, page->blocks, page->block_count, sizeof *page->blocks),
        .block_count = page->block_count,
        .width = page->width,
    };
    struct page_shared *shared = page->shared;
    if (shared) {
        layout->links = keep(page->arena, shared->links, shared->link_count, sizeof *shared->links);
        layout->link_count = shared->link_count;
        layout->formulas =
            keep(page->arena, shared->formulas, shared->formula_count, sizeof *shared->formulas);
        layout->formula_count = shared->formula_count;
        mem_free(shared->links);
        mem_free(shared->formulas);
    }
    for (size_t i = 0; i < layout->link_count; i++)
        if (layout->links[i].line == LINE_NONE)
            layout->links[i].line = 0;
    page_free(page);
}

size_t page_room(const struct page *page)
{
    return page->width > page->indent ? page->width - page->indent : 1;
}

static bool continues(const struct layout_span *last, const struct layout_span *next, size_t column)
{
    return last->text.at + last->text.len == next->text.at && last->style == next->style &&
           last->link == next->link && last->formula == next->formula && last->added == next->added &&
           last->column + last->width == column;
}

void page_put(struct page *page, struct layout_span span)
{
    struct layout_span *last = page->span_count ? &page->spans[page->span_count - 1] : NULL;
    if (last && continues(last, &span, page->column)) {
        last->text.len += span.text.len;
        last->width += span.width;
    } else {
        page->spans = mem_grow(page->spans, page->span_count, &page->span_capacity, sizeof *page->spans);
        span.column = (uint32_t)page->column;
        page->spans[page->span_count++] = span;
    }
    page->column += span.width;
}

void page_skip(struct page *page, size_t to_column)
{
    if (to_column > page->column)
        page->column = to_column;
}

void page_open_line(struct page *page)
{
    page->span_count = 0;
    page->column = 0;
    for (size_t i = 0; i < page->edge_count; i++) {
        struct page_edge *edge = &page->edges[i];
        if (edge->once && edge->done)
            continue;
        edge->done = true;
        page_skip(page, edge->span.column);
        page_put(page, edge->span);
    }
    page_skip(page, page->indent);
}

/* The offset of the first text of the line that is a part of the source; else that of the line before. */
static void place_line(struct page *page)
{
    uintptr_t begin = (uintptr_t)page->source.at;
    for (size_t i = 0; i < page->span_count; i++) {
        uint32_t formula = page->spans[i].formula;
        const char *text = formula ? page->shared->formulas[formula - 1].source.at : page->spans[i].text.at;
        uintptr_t at = (uintptr_t)text;
        if (at < begin || at - begin >= page->source.len)
            continue;
        if (at - begin > page->offset)
            page->offset = (uint32_t)(at - begin);
        return;
    }
}

static void place_links(struct page *page)
{
    for (size_t i = 0; !page->is_cell && i < page->span_count; i++) {
        uint32_t link = page->spans[i].link;
        if (link && page->shared->links[link - 1].line == LINE_NONE)
            page->shared->links[link - 1].line = (uint32_t)page->line_count;
    }
}

struct layout_line *page_close_line(struct page *page)
{
    place_line(page);
    place_links(page);
    page->lines = mem_grow(page->lines, page->line_count, &page->line_capacity, sizeof *page->lines);
    struct layout_line *line = &page->lines[page->line_count++];
    *line = (struct layout_line){
        .spans = keep(page->arena, page->spans, page->span_count, sizeof *page->spans),
        .count = (uint32_t)page->span_count,
        .offset = page->offset,
    };
    return line;
}

struct layout_block *page_open_block(struct page *page, enum layout_block_kind kind)
{
    page->blocks = mem_grow(page->blocks, page->block_count, &page->block_capacity, sizeof *page->blocks);
    struct layout_block *block = &page->blocks[page->block_count++];
    *block = (struct layout_block){
        .kind = kind, .line = (uint32_t)page->line_count, .left = (uint32_t)page->indent};
    return block;
}

void page_close_block(struct page *page)
{
    struct layout_block *block = &page->blocks[page->block_count - 1];
    block->line_count = (uint32_t)page->line_count - block->line;
    for (size_t i = block->line; i < page->line_count; i++) {
        struct layout_line *line = &page->lines[i];
        const struct layout_span *last = line->count ? &line->spans[line->count - 1] : NULL;
        line->block = (uint32_t)page->block_count;
        if (last && last->column + last->width > block->width)
            block->width = last->column + last->width;
    }
}

void page_blank_line(struct page *page)
{
    page->span_count = 0;
    page->column = 0;
    for (size_t i = 0; i < page->edge_count; i++) {
        if (page->edges[i].once)
            continue;
        page_skip(page, page->edges[i].span.column);
        page_put(page, page->edges[i].span);
    }
    page_close_line(page);
}

struct str page_repeat(struct page *page, struct str glyph, size_t cells)
{
    char *bytes = arena_bytes(page->arena, glyph.len * cells);
    for (size_t i = 0; i < cells; i++)
        memcpy(bytes + i * glyph.len, glyph.at, glyph.len);
    return (struct str){bytes, glyph.len * cells};
}

uint32_t page_add_link(struct page *page, struct layout_link link)
{
    struct page_shared *shared = page->shared;
    if (page->is_measured)
        return 0;
    shared->links =
        mem_grow(shared->links, shared->link_count, &shared->link_capacity, sizeof *shared->links);
    link.line = LINE_NONE;
    shared->links[shared->link_count++] = link;
    return (uint32_t)shared->link_count;
}

uint32_t page_add_formula(struct page *page, struct str source)
{
    struct page_shared *shared = page->shared;
    if (page->is_measured)
        return 0;
    shared->formulas = mem_grow(shared->formulas, shared->formula_count, &shared->formula_capacity,
                                sizeof *shared->formulas);
    shared->formulas[shared->formula_count++] = (struct layout_formula){source};
    return (uint32_t)shared->formula_count;
}
