/* Parts of a page as text, to be copied. */
#include "lectern/layout.h"

struct excerpt {
    const struct layout *layout;
    enum text_charset charset;
    struct buf *out;
    size_t breaks;    /* line breaks that come before the next text; SIZE_MAX: nothing has come yet */
    uint32_t formula; /* the last one, which is there already */
};

/* A list's own indentation, and that of code, are a part of the text. */
static size_t indentation(const struct layout *layout, const struct layout_line *line,
                          const struct layout_span *first)
{
    const struct layout_block *block = line->block ? &layout->blocks[line->block - 1] : NULL;
    if (block && first->column > block->left)
        return first->column - block->left;
    bool item = !block && (first->style & STYLE_ROLE_MASK) == STYLE_MARKER;
    return item && first->column ? first->column - 1 : 0; /* every marker is set in by one */
}

static void add_blanks(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_add_byte(out, ' ');
}

/* The glyphs of a span that begin in the cells from `left` to `right`; `*column` is where what was passed ends. */
static void add_span(const struct excerpt *e, const struct layout_span *span, size_t left, size_t right,
                     size_t *column)
{
    struct text_glyph glyph;
    size_t at = span->column;
    for (struct str rest = span->text; at <= right && text_next(&rest, e->charset, &glyph);
         at += glyph.width) {
        if (at >= left) {
            add_blanks(e->out, at > *column ? at - *column : 0);
            buf_add(e->out, glyph.source);
        }
        *column = at + glyph.width;
    }
}

static bool is_meant(const struct layout_span *span, size_t left, size_t right)
{
    return !span->added && span->column <= right && span->column + span->width > left;
}

static void begin_line(struct excerpt *e, const struct layout_line *line, const struct layout_span *first,
                       bool whole)
{
    if (e->breaks == SIZE_MAX)
        e->breaks = 0;
    else if (e->breaks == 0 && !line->glued)
        buf_add_byte(e->out, ' ');
    for (; e->breaks > 0; e->breaks--)
        buf_add_byte(e->out, '\n');
    if (whole && !line->continues && !first->formula)
        add_blanks(e->out, indentation(e->layout, line, first));
}

static void add_line(struct excerpt *e, const struct layout_line *line, size_t left, size_t right)
{
    bool begun = false;
    size_t column = 0;
    if (e->breaks != SIZE_MAX && !line->continues && !line->added)
        e->breaks++;
    for (uint32_t i = 0; i < line->count && !line->added; i++) {
        const struct layout_span *span = &line->spans[i];
        if (span->stretch && begun)
            column = span->column + span->width;
        if (!is_meant(span, left, right))
            continue;
        if (span->formula && span->formula == e->formula) { /* its further lines are no lines of the text */
            e->breaks -= !begun && e->breaks && e->breaks != SIZE_MAX;
            begun = true;
            column = span->column + span->width;
            continue;
        }
        if (!begun) {
            begin_line(e, line, span, left == 0);
            column = span->column > left ? span->column : left;
        }
        begun = true;
        if (span->formula) {
            add_blanks(e->out, span->column > column ? span->column - column : 0);
            buf_add(e->out, e->layout->formulas[span->formula - 1].source);
            column = span->column + span->width;
        } else {
            add_span(e, span, left, right, &column);
        }
        e->formula = span->formula;
    }
}

void layout_excerpt(const struct layout *layout, struct layout_place from, struct layout_place to,
                    enum text_charset charset, struct buf *out)
{
    struct excerpt e = {.layout = layout, .charset = charset, .out = out, .breaks = SIZE_MAX};
    for (size_t i = from.line; i <= to.line && i < layout->line_count; i++)
        add_line(&e, &layout->lines[i], i == from.line ? from.column : 0,
                 i == to.line ? to.column : SIZE_MAX);
}

bool layout_has_formula(const struct layout_line *line, uint32_t formula)
{
    for (uint32_t i = 0; i < line->count; i++)
        if (line->spans[i].formula == formula)
            return true;
    return false;
}
