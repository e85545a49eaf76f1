#include "block.h"
#include "flow.h"
#include "inline.h"

#define FOLD_INDENT 2

static void add_hidden(const struct node *node, struct buf *text)
{
    if (node->kind == NODE_HARD_BREAK)
        buf_add_byte(text, '\n');
    buf_add(text, node->text);
    for (const struct node *child = node->first; child; child = child->next) {
        if (child != node->first && child->kind < NODE_EMPHASIS)
            buf_add_byte(text, '\n');
        add_hidden(child, text);
    }
}

static void lay_label(struct page *page, const struct node *fold, uint32_t number, bool open)
{
    struct str sign = open ? page->glyphs->opened : page->glyphs->closed;
    struct layout_link link = {.kind = LAYOUT_LINK_FOLD, .offset = fold->offset, .number = number};
    struct str words = arena_printf(page->arena, "%.*s%u %s of page furniture", STR_ARG(sign), fold->number,
                                    fold->number == 1 ? "line" : "lines");
    size_t used;
    words = text_fit(words, page->charset, page_room(page), &used);
    page_open_line(page);
    page_put(page, (struct layout_span){.text = words,
                                        .width = (uint32_t)used,
                                        .style = STYLE_DIM,
                                        .link = page_add_link(page, link)});
    struct layout_line *line = page_close_line(page);
    line->label = true;
    if (open)
        return;
    struct buf hidden = {0};
    add_hidden(fold, &hidden);
    line->hidden = arena_str(page->arena, buf_str(&hidden));
    buf_free(&hidden);
}

void fold_layout(struct page *page, const struct node *fold)
{
    uint32_t number = page->fold_count++;
    bool open = page->open_folds >> (number < LAYOUT_FOLDS ? number : LAYOUT_FOLDS - 1) & 1;
    size_t indent = page_room(page) >= FOLD_INDENT + BLOCK_LEAST_ROOM ? FOLD_INDENT : 0;
    lay_label(page, fold, number, open);
    page->indent += indent;
    for (const struct node *lines = fold->first; open && lines; lines = lines->next) {
        struct flow flow;
        if (lines->offset > page->offset)
            page->offset = lines->offset;
        flow_begin(&flow, page);
        inline_children(&flow, lines, STYLE_DIM);
        flow_end(&flow);
    }
    page->indent -= indent;
}
