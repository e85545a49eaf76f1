#include "math.h"

struct math_box *math_box_new(const struct math *m)
{
    return arena_alloc(m->arena, sizeof(struct math_box));
}

struct math_box *math_box_text(const struct math *m, struct str text, style look)
{
    struct math_box *box = math_box_new(m);
    box->text = text;
    box->look = look;
    box->width = (uint32_t)text_width(text, m->charset);
    return box;
}

struct math_box *math_box_line(const struct math *m, const struct math_line *line)
{
    struct math_box *box = math_box_new(m);
    uint32_t x = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct math_piece *piece = &line->pieces[i];
        x += piece->gap;
        math_box_put(box, math_box_text(m, piece->text, piece->look), x, 0);
        x += piece->width;
    }
    return box;
}

struct math_box *math_box_rule(const struct math *m, const char *glyph, uint32_t cells)
{
    struct str one = str_from(glyph);
    char *bytes = arena_bytes(m->arena, one.len * cells);
    for (size_t i = 0; i < one.len * cells; i++)
        bytes[i] = one.at[i % one.len];
    struct math_box *box = math_box_new(m);
    box->text = (struct str){bytes, one.len * cells};
    box->look = STYLE_MATH;
    box->width = cells;
    return box;
}

void math_box_put(struct math_box *box, struct math_box *child, uint32_t x, int64_t y)
{
    child->x = x;
    child->y = (int32_t)y;
    if (box->last)
        box->last->next = child;
    else
        box->first = child;
    box->last = child;
    if (x + child->width > box->width)
        box->width = x + child->width;
    int64_t above = (int64_t)child->above - y, below = (int64_t)child->below + y;
    if (above > (int64_t)box->above)
        box->above = (uint32_t)above;
    if (below > (int64_t)box->below)
        box->below = (uint32_t)below;
}

void math_box_centre(struct math_box *box, struct math_box *child, uint32_t cells, int64_t y)
{
    math_box_put(box, child, cells > child->width ? (cells - child->width) / 2 : 0, y);
}

uint32_t math_box_height(const struct math_box *box)
{
    return box->above + 1 + box->below;
}
