#include "math.h"

#include <string.h>

/* Cells of the longest formula, or part of one, in running text that is not broken. */
#define SHORT_FORMULA 20
#define MOST_LEVELS   8

static struct math math_of(const struct page *page)
{
    return (struct math){.arena = page->arena, .charset = page->charset};
}

/* What a piece looks like in text that looks like `around`. */
static style look_in(style around, style piece)
{
    return (style)(((unsigned)around & ~(unsigned)STYLE_ROLE_MASK) | piece);
}

static const struct str blanks = {"    ", 4};

/* Of a gap where the line may break all but the last blank belong to what is before it. */
static void put_wide_space(struct flow *flow, uint32_t cells, style look, uint32_t link)
{
    flow_text(flow, str_slice(blanks, 1, cells), look, link, FLOW_GLUE);
    flow_space(flow, look, link);
}

struct line_output {
    struct flow *flow;
    const struct math_piece *pieces;
    style look;
    uint32_t link;
};

static void put_together(const struct line_output *out, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct math_piece *piece = &out->pieces[i];
        struct str gap = str_slice(blanks, 0, i > from ? piece->gap : 0);
        flow_text(out->flow, gap, look_in(out->look, STYLE_MATH), out->link, FLOW_GLUE);
        flow_text(out->flow, piece->text, look_in(out->look, piece->look), out->link, FLOW_GLUE);
    }
}

static size_t width_of(const struct math_piece *pieces, size_t from, size_t to)
{
    size_t width = 0;
    for (size_t i = from; i < to; i++)
        width += pieces[i].width + (i > from ? pieces[i].gap : 0);
    return width;
}

/* Short parts are not broken; longer ones where it does least harm. */
static void put_parts(const struct line_output *out, size_t from, size_t to, unsigned level)
{
    if (level == MOST_LEVELS || width_of(out->pieces, from, to) <= SHORT_FORMULA) {
        put_together(out, from, to);
        return;
    }
    for (size_t begin = from; begin < to;) {
        size_t end = begin + 1;
        while (end < to && !(out->pieces[end].gap && out->pieces[end].level <= level))
            end++;
        put_parts(out, begin, end, level + 1);
        if (end < to)
            put_wide_space(out->flow, out->pieces[end].gap, look_in(out->look, STYLE_MATH), out->link);
        begin = end;
    }
}

void math_put_line(struct flow *flow, const struct math_line *line, style look, uint32_t link)
{
    struct line_output out = {flow, line->pieces, look, link};
    put_parts(&out, 0, line->count, 0);
}

static const struct tex *parse(struct page *page, const struct node *node)
{
    return tex_parse(page->arena, node->text, &page->shared->definitions);
}

void math_inline(struct flow *flow, const struct node *node, style look, uint32_t link)
{
    struct page *page = flow->page;
    struct math m = math_of(page);
    struct math_line line = math_flat(&m, parse(page, node), false);
    flow->formula = page_add_formula(page, node->source);
    math_put_line(flow, &line, look, link);
    flow->formula = 0;
}

void math_display(struct flow *flow, const struct node *node, struct str behind)
{
    struct page *page = flow->page;
    struct math m = math_of(page);
    flow_newline(flow);
    flow->formula = page_add_formula(page, node->source);
    math_lay_display(&m, flow, parse(page, node), behind);
    flow_newline(flow);
    flow->formula = 0;
}

static void write_line(const struct math_line *line, struct buf *out)
{
    for (size_t i = 0; i < line->count; i++) {
        for (uint32_t gap = line->pieces[i].gap; gap > 0; gap--)
            buf_add_byte(out, ' ');
        buf_add(out, line->pieces[i].text);
    }
}

void math_plain(struct page *page, const struct node *node, struct buf *out)
{
    struct math m = math_of(page);
    struct math_line line = math_flat(&m, parse(page, node), false);
    write_line(&line, out);
}

struct str layout_formula(struct arena *arena, struct str source, enum text_charset charset)
{
    struct math m = {arena, charset};
    struct tex_definitions definitions = {0};
    struct math_line line = math_flat(&m, tex_parse(arena, source, &definitions), false);
    struct buf text = {0};
    write_line(&line, &text);
    struct str formula = arena_str(arena, buf_str(&text));
    buf_free(&text);
    return formula;
}
