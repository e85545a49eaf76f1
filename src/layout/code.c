#include "block.h"

#include <string.h>

#include "highlight.h"

#define CODE_INDENT 4
#define TAB_CELLS   4
#define MOST_CELLS  2000 /* a longer line is broken also where it may be scrolled */

/* A line of code on its way to the page. */
struct code_line {
    struct page *page;
    style look;
    size_t cells; /* of code before the current place, broken or not */
    bool broken;  /* before that */
};

static void put(struct page *page, struct str text, size_t width, style look)
{
    page_put(page, (struct layout_span){.text = text, .width = (uint32_t)width, .style = look});
}

static void close_line(const struct code_line *line)
{
    struct layout_line *closed = page_close_line(line->page);
    closed->continues = closed->glued = line->broken;
}

static void break_line(struct code_line *line)
{
    struct page *page = line->page;
    close_line(line);
    line->broken = true;
    page_open_line(page);
    if (page_room(page) > BLOCK_LEAST_ROOM / 2)
        page_put(page,
                 (struct layout_span){
                     .text = page->glyphs->continuation, .width = 2, .style = STYLE_DIM, .added = true});
}

static void put_tab(struct code_line *line)
{
    size_t cells = TAB_CELLS - line->cells % TAB_CELLS;
    line->cells += cells;
    if (line->page->column + cells > line->page->width)
        break_line(line);
    else
        put(line->page, str_slice(STR("    "), 0, cells), cells, line->look);
}

/* Ends a part of a line behind its last space, if that does not cost half of it. */
static struct str cut_at_space(struct str part, enum text_charset charset, size_t *cells)
{
    size_t end = part.len;
    while (end > part.len / 2 && part.at[end - 1] != ' ')
        end--;
    if (end == part.len / 2)
        return part;
    part.len = end;
    *cells = text_width(part, charset);
    return part;
}

/* Text without tabs. */
static void put_text(struct code_line *line, struct str text)
{
    struct page *page = line->page;
    while (text.len) {
        size_t used, room = page->width > page->column ? page->width - page->column : 0;
        struct str part = text_fit(text, page->charset, room, &used);
        if (part.len < text.len)
            part = cut_at_space(part, page->charset, &used);
        if (part.len == 0 && page->column <= page->indent) {
            struct text_glyph glyph;
            struct str rest = text;
            text_next(&rest, page->charset, &glyph);
            part = glyph.source;
            put(page, page->glyphs->too_wide, 1, line->look);
        } else if (part.len) {
            put(page, part, used, line->look);
        }
        line->cells += used;
        text = str_slice(text, part.len, text.len);
        if (text.len)
            break_line(line);
    }
}

/* Text of one look. */
static void put_part(struct code_line *line, struct str text)
{
    while (text.len) {
        size_t tab = str_find_byte(text, '\t');
        put_text(line, str_slice(text, 0, tab));
        if (tab != STR_NOT_FOUND)
            put_tab(line);
        text = str_slice(text, tab == STR_NOT_FOUND ? text.len : tab + 1, text.len);
    }
}

static void put_line(struct page *page, struct highlight *highlight, struct str text)
{
    struct code_line line = {.page = page};
    struct str part;
    page_open_line(page);
    highlight_line(highlight);
    while (highlight_next(highlight, &text, &part, &line.look))
        put_part(&line, part);
    close_line(&line);
}

/* The offset of the line after `offset` in the source. */
static uint32_t next_source_line(const struct page *page, uint32_t offset)
{
    size_t found = str_find_byte(str_slice(page->source, offset, page->source.len), '\n');
    return found == STR_NOT_FOUND ? offset : offset + (uint32_t)found + 1;
}

static void put_label(struct page *page, struct str info)
{
    page_open_line(page);
    size_t used;
    struct str label = text_fit(info, page->charset, page_room(page), &used);
    put(page, label, used, STYLE_CODE_LABEL);
    page_close_line(page)->added = true;
}

static void put_lines(struct page *page, const struct node *block)
{
    struct str rest = block->text, line;
    struct highlight highlight;
    highlight_begin(&highlight, block->info);
    while (str_next_line(&rest, &line)) {
        put_line(page, &highlight, line);
        uint32_t next = next_source_line(page, page->offset);
        if (rest.len && next < page->source.len)
            page->offset = next;
    }
}

void code_layout(struct page *page, const struct node *block)
{
    size_t indent = page->indent, width = page->width, room = page_room(page);
    size_t step = room >= BLOCK_LEAST_ROOM + CODE_INDENT ? CODE_INDENT : 0;
    page->indent = indent + step / 2;
    if (block->info.len)
        put_label(page, block->info);
    page->indent = indent + step;
    if (page->reach && !page->wraps)
        page->width = page->indent + MOST_CELLS;
    page_open_block(page, LAYOUT_CODE)->text = block->text;
    put_lines(page, block);
    page_close_block(page);
    page->width = width;
    page->indent = indent;
}
