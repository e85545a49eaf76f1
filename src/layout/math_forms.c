/* What takes more than a row: fractions, roots, scripts, and what is drawn over and under something. */
#include <string.h>

#include "lectern/mem.h"
#include "math.h"

static const char *sign(const struct math *m, const char *text, const char *ascii)
{
    return math_is_ascii(m) ? ascii : text;
}

static struct math_box *box_sign(const struct math *m, const char *text, const char *ascii)
{
    return math_box_text(m, str_from(sign(m, text, ascii)), STYLE_MATH);
}

static struct math_box *box_rule(const struct math *m, const char *glyph, const char *ascii, uint32_t cells)
{
    return math_box_rule(m, sign(m, glyph, ascii), cells);
}

static struct math_box *box_flat(const struct math *m, const struct tex *node, bool script)
{
    struct math_line line = math_flat(m, node, script);
    return math_box_line(m, &line);
}

static struct math_box *box_row(const struct math *m, const struct tex *row, enum math_size size)
{
    struct math_items items = {0};
    math_items_of(m, row, size, &items);
    struct math_box *box = math_box_items(m, &items, 0, items.count);
    mem_free(items.at);
    return box;
}

static bool is_empty(const struct tex *node)
{
    return !node || (node->kind == TEX_ROW && !node->first);
}

/* --- Scripts --- */

/* In small size, on one row, unless it is a stack. */
static struct math_box *box_script(const struct math *m, const struct tex *script)
{
    const struct tex *only = tex_only(script);
    if (only->kind == TEX_TABLE)
        return math_box_table(m, only, MATH_SCRIPT);
    return box_flat(m, script, true);
}

/* A script in characters of its own, or NULL. */
static struct math_box *box_ready_script(const struct math *m, const struct tex *script, bool raised)
{
    struct buf out = {0};
    struct math_box *box = NULL;
    if (!is_empty(script) && !math_is_ascii(m) && math_script(&out, script, raised))
        box = math_box_text(m, arena_str(m->arena, buf_str(&out)), math_script_look(script));
    buf_free(&out);
    return box;
}

/* Above or below a base, or of a high one in its first or last row. */
static void put_script(struct math_box *box, const struct math_box *base, struct math_box *script, bool ready,
                       bool raised, uint32_t x)
{
    int64_t edge = raised ? -(int64_t)base->above : (int64_t)base->below;
    if (!ready)
        edge += raised ? -1 - (int64_t)script->below : 1 + (int64_t)script->above;
    math_box_put(box, script, x, edge);
}

static struct math_box *box_side_scripts(const struct math *m, struct math_box *base, const struct tex *node)
{
    if (math_is_ascii(m) && base->above + base->below == 0)
        return box_flat(m, node, false);
    struct math_box *box = math_box_new(m);
    struct math_box *above = box_ready_script(m, node->part[1], true);
    struct math_box *below = box_ready_script(m, node->part[2], false);
    bool above_ready = above != NULL, below_ready = below != NULL;
    bool one_row = base->above + base->below == 0 && above_ready && below_ready;
    uint32_t x = base->width;
    if (!above_ready && !is_empty(node->part[1]))
        above = box_script(m, node->part[1]);
    if (!below_ready && !is_empty(node->part[2]))
        below = box_script(m, node->part[2]);
    math_box_put(box, base, 0, 0);
    bool above_first = one_row && base->width == 0; /* of an isotope */
    if (above_first)
        put_script(box, base, above, true, true, x);
    if (below)
        put_script(box, base, below, below_ready, false, above_first ? x + above->width : x);
    if (above && !above_first)
        put_script(box, base, above, above_ready, true, one_row ? x + below->width : x);
    return box;
}

static struct math_box *box_limits(const struct math *m, struct math_box *base, struct math_box *above,
                                   struct math_box *below)
{
    struct math_box *box = math_box_new(m);
    uint32_t width = base->width;
    width = above && above->width > width ? above->width : width;
    width = below && below->width > width ? below->width : width;
    if (above)
        math_box_centre(box, above, width, -(int64_t)base->above - 1 - (int64_t)above->below);
    math_box_centre(box, base, width, 0);
    if (below)
        math_box_centre(box, below, width, (int64_t)base->below + 1 + (int64_t)below->above);
    return box;
}

/* What the scripts belong to, in brackets if that is not clear. */
static struct math_box *box_base(const struct math *m, const struct tex *node, enum math_size size)
{
    struct math_box *base = math_box_of(m, node->part[0], size);
    if (math_is_clear_base(node->part[0], node) || base->above + base->below)
        return base;
    struct math_box *box = math_box_text(m, STR("("), STYLE_MATH), *all = math_box_new(m);
    math_box_put(all, box, 0, 0);
    math_box_put(all, base, 1, 0);
    math_box_put(all, math_box_text(m, STR(")"), STYLE_MATH), all->width, 0);
    return all;
}

static struct math_box *box_scripts(const struct math *m, const struct tex *node, enum math_size size)
{
    const struct tex *above = node->part[1], *below = node->part[2];
    struct math_box *base = box_base(m, node, size);
    bool limits = (node->flags & TEX_LIMITS) || (node->part[0]->flags & TEX_LIMITS);
    if (!limits)
        return box_side_scripts(m, base, node);
    return box_limits(m, base, is_empty(above) ? NULL : box_script(m, above),
                      is_empty(below) ? NULL : box_script(m, below));
}

static struct math_box *box_stack(const struct math *m, const struct tex *node, enum math_size size)
{
    return box_limits(m, math_box_of(m, node->part[0], size),
                      node->part[1] ? box_script(m, node->part[1]) : NULL,
                      node->part[2] ? box_script(m, node->part[2]) : NULL);
}

struct math_box *math_box_integral(const struct math *m, const struct tex *node)
{
    const struct tex *base = node->kind == TEX_SCRIPTS ? node->part[0] : node;
    if (base->kind != TEX_SYMBOL || (node->flags & TEX_LIMITS))
        return math_box_of(m, node, MATH_DISPLAY);
    size_t count = 1;
    count += str_eq(base->text, STR("∬")) ? 1 : str_eq(base->text, STR("∭")) ? 2 : 0;
    bool ring = str_eq(base->text, STR("∮"));
    struct math_box *box = math_box_new(m);
    for (uint32_t i = 0; i < count; i++) {
        math_box_put(box, box_sign(m, "⌠", "/"), i, -1);
        math_box_put(box, ring ? box_sign(m, "∮", "O") : box_sign(m, "⎮", "|"), i, 0);
        math_box_put(box, box_sign(m, "⌡", "/"), i, 1);
    }
    uint32_t x = box->width;
    if (node->kind != TEX_SCRIPTS)
        return box;
    if (!is_empty(node->part[1]))
        math_box_put(box, box_script(m, node->part[1]), x, -1);
    if (!is_empty(node->part[2]))
        math_box_put(box, box_script(m, node->part[2]), x, 1);
    return box;
}

/* --- Fractions --- */

/* Whether the widest thing in a row is a bar: one over or under it must be longer. */
static bool has_bar_only(const struct tex *row)
{
    const struct tex *only = tex_only(row);
    return only->kind == TEX_FRACTION && (only->flags & TEX_RULED);
}

static void put_bracket(const struct math *m, struct math_box *box, struct str sign_text, uint32_t above,
                        uint32_t below)
{
    if (sign_text.len)
        math_box_put(box, math_box_bracket(m, sign_text, above, below), box->width, 0);
}

static struct math_box *box_fraction(const struct math *m, const struct tex *node, enum math_size size)
{
    if ((node->flags & TEX_SMALL) || (size == MATH_TEXT && !math_is_ascii(m) && math_vulgar(node)))
        return box_flat(m, node, false);
    struct math_box *above = box_row(m, node->part[0], MATH_TEXT),
                    *below = box_row(m, node->part[1], MATH_TEXT);
    uint32_t width = above->width > below->width ? above->width : below->width;
    width += has_bar_only(node->part[0]) || has_bar_only(node->part[1]) ? 2 : 0;
    width += width == 0;
    struct math_box *stack = math_box_new(m);
    math_box_centre(stack, above, width, -1 - (int64_t)above->below);
    if (node->flags & TEX_RULED)
        math_box_put(stack, box_rule(m, "─", "-", width), 0, 0);
    math_box_centre(stack, below, width, 1 + (int64_t)below->above);
    if (node->left.len == 0 && node->right.len == 0)
        return stack;
    struct math_box *box = math_box_new(m);
    put_bracket(m, box, node->left, stack->above, stack->below);
    math_box_put(box, stack, box->width, 0);
    put_bracket(m, box, node->right, stack->above, stack->below);
    return box;
}

/* --- Roots --- */

static struct math_box *box_high_root(const struct math *m, struct math_box *radicand,
                                      struct math_box *degree)
{
    struct math_box *box = math_box_new(m);
    uint32_t x = degree ? degree->width : 1;
    int64_t top = -(int64_t)radicand->above - 1, bottom = (int64_t)radicand->below;
    if (degree)
        math_box_put(box, degree, 0, bottom - 1);
    math_box_put(box, box_sign(m, "╲", "\\"), x - 1, bottom);
    for (int64_t y = top + 1; y <= bottom; y++)
        math_box_put(box, box_sign(m, "│", "|"), x, y);
    if (math_is_ascii(m))
        math_box_put(box, math_box_rule(m, "_", radicand->width + 1), x + 1, top);
    else
        math_box_put(box, box_sign(m, "┌", ""), x, top);
    if (!math_is_ascii(m))
        math_box_put(box, math_box_rule(m, "─", radicand->width + 1), x + 1, top);
    math_box_put(box, radicand, x + 2, 0);
    return box;
}

static struct math_box *box_root(const struct math *m, const struct tex *node)
{
    struct math_box *radicand = box_row(m, node->part[0], MATH_TEXT);
    struct math_box *degree = node->part[1] ? box_script(m, node->part[1]) : NULL;
    bool high = radicand->above + radicand->below > 0;
    const struct tex *only = tex_only(node->part[0]);
    if (!high && only->kind == TEX_SYMBOL)
        return box_flat(m, node, false);
    if (high)
        return box_high_root(m, radicand, degree);
    struct math_box *box = math_box_new(m);
    struct math_box *ready = box_ready_script(m, node->part[1], true);
    if (ready)
        math_box_put(box, ready, 0, 0);
    else if (degree)
        math_box_put(box, degree, 0, -1);
    math_box_put(box, box_sign(m, "√", "\\/"), box->width, 0);
    math_box_put(box, box_rule(m, "▁", "_", radicand->width), box->width, -1);
    math_box_put(box, radicand, box->width - radicand->width, 0);
    return box;
}

/* --- Over and under --- */

/* `╭──┴──╮`, with its point in the middle. */
static struct math_box *box_brace(const struct math *m, uint32_t width, bool over)
{
    struct math_box *box = math_box_new(m);
    uint32_t left = (width - 3) / 2, right = width - 3 - left;
    math_box_put(box, over ? box_sign(m, "╭", "/") : box_sign(m, "╰", "\\"), 0, 0);
    math_box_put(box, box_rule(m, "─", "-", left), 1, 0);
    math_box_put(box, over ? box_sign(m, "┴", "^") : box_sign(m, "┬", "v"), 1 + left, 0);
    math_box_put(box, box_rule(m, "─", "-", right), 2 + left, 0);
    math_box_put(box, over ? box_sign(m, "╮", "\\") : box_sign(m, "╯", "/"), width - 1, 0);
    return box;
}

static struct math_box *box_braced(const struct math *m, const struct tex *node, enum math_size size)
{
    struct math_box *content = box_row(m, node->part[0], size), *box = math_box_new(m);
    struct math_box *label = is_empty(node->part[1]) ? NULL : box_script(m, node->part[1]);
    bool over = node->size == TEX_OVERBRACE;
    uint32_t width = content->width < 3 ? 3 : content->width;
    math_box_centre(box, content, width, 0);
    int64_t y = over ? -(int64_t)content->above - 1 : (int64_t)content->below + 1;
    math_box_put(box, box_brace(m, width, over), 0, y);
    if (!label)
        return box;
    struct math_box *all = math_box_new(m);
    uint32_t widest = label->width > width ? label->width : width;
    math_box_centre(all, box, widest, 0);
    math_box_centre(all, label, widest, y + (over ? -1 - (int64_t)label->below : 1 + (int64_t)label->above));
    return all;
}

static struct math_box *box_arrow_rule(const struct math *m, struct str arrow, struct str ascii,
                                       uint32_t width)
{
    struct math_box *box = math_box_new(m);
    bool left = str_eq(arrow, STR("←")) || str_eq(arrow, STR("↔")) || str_eq(arrow, STR("⇐")) ||
                str_eq(arrow, STR("⇔"));
    bool two = str_eq(arrow, STR("⇒")) || str_eq(arrow, STR("⇐")) || str_eq(arrow, STR("⇔")) ||
               str_eq(arrow, STR("="));
    struct str head = math_is_ascii(m) ? ascii : arrow;
    bool both = str_eq(arrow, STR("↔")) || str_eq(arrow, STR("⇔"));
    bool plain = both || left || two || str_eq(arrow, STR("→"));
    struct math_box *mark = math_box_text(m, head, STYLE_MATH);
    uint32_t rest = width > mark->width ? width - mark->width : 0;
    const char *shaft = math_is_ascii(m) ? (two ? "=" : "-") : two ? "═" : "─";
    if (both && !math_is_ascii(m)) {
        math_box_put(box, math_box_text(m, two ? STR("⇐") : STR("←"), STYLE_MATH), 0, 0);
        math_box_put(box, math_box_rule(m, shaft, rest ? rest - 1 : 0), 1, 0);
        math_box_put(box, math_box_text(m, two ? STR("⇒") : STR("→"), STYLE_MATH), box->width, 0);
        return box;
    }
    if (!plain) {
        math_box_centre(box, mark, width, 0);
        return box;
    }
    if (left)
        math_box_put(box, mark, 0, 0);
    math_box_put(box, math_box_rule(m, shaft, rest), box->width, 0);
    if (!left)
        math_box_put(box, mark, box->width, 0);
    return box;
}

static struct math_box *box_cover(const struct math *m, const struct tex *node, enum math_size size)
{
    if (node->size == TEX_OVERBRACE || node->size == TEX_UNDERBRACE)
        return box_braced(m, node, size);
    const struct tex *only = tex_only(node->part[0]);
    bool over = node->size == TEX_OVERLINE || node->size == TEX_OVERARROW;
    if (only->kind == TEX_SYMBOL && over)
        return box_flat(m, node, false);
    struct math_box *content = box_row(m, node->part[0], size), *box = math_box_new(m), *line;
    uint32_t width = content->width ? content->width : 1;
    if (node->size == TEX_OVERARROW || node->size == TEX_UNDERARROW)
        line = box_arrow_rule(m, node->text, node->ascii, width);
    else
        line = over ? box_rule(m, "▁", "_", width) : box_rule(m, "▔", "-", width);
    math_box_put(box, content, 0, 0);
    math_box_put(box, line, 0, over ? -(int64_t)content->above - 1 : (int64_t)content->below + 1);
    return box;
}

static struct math_box *box_accent(const struct math *m, const struct tex *node, enum math_size size)
{
    static const char *const marks[][2] = {{"hat", "^"},   {"check", "v"}, {"tilde", "~"}, {"acute", "'"},
                                           {"grave", "`"}, {"dot", "."},   {"ddot", ".."}, {"dddot", "..."},
                                           {"breve", "u"}, {"ring", "o"}};
    const struct tex *only = tex_only(node->part[0]);
    const struct tex *base = only->kind == TEX_SCRIPTS ? tex_only(only->part[0]) : only;
    if (base->kind == TEX_SYMBOL)
        return box_flat(m, node, false);
    struct math_box *content = box_row(m, node->part[0], size), *box = math_box_new(m), *mark = NULL;
    uint32_t width = content->width ? content->width : 1;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_eq(node->ascii, str_from(marks[i][0])))
            mark = math_box_text(m, str_from(marks[i][1]), STYLE_MATH);
    if (str_eq(node->ascii, STR("vec")))
        mark = box_arrow_rule(m, STR("→"), STR("->"), width);
    if (!mark)
        mark = box_rule(m, "▁", "_", width);
    math_box_put(box, content, 0, 0);
    math_box_centre(box, mark, width, -(int64_t)content->above - 1);
    return box;
}

static struct math_box *box_arrow(const struct math *m, const struct tex *node)
{
    struct math_box *above = is_empty(node->part[1]) ? NULL : box_script(m, node->part[1]);
    struct math_box *below = is_empty(node->part[2]) ? NULL : box_script(m, node->part[2]);
    uint32_t width = above || below ? 1 : 0;
    width = above && above->width > width ? above->width : width;
    width = below && below->width > width ? below->width : width;
    return box_limits(m, box_arrow_rule(m, node->text, node->ascii, width ? width + 2 : 0), above, below);
}

static struct math_box *box_frame(const struct math *m, const struct tex *node, enum math_size size)
{
    struct math_box *content = box_row(m, node->part[0], size), *box = math_box_new(m);
    uint32_t width = content->width + 2;
    int64_t top = -(int64_t)content->above - 1, bottom = (int64_t)content->below + 1;
    math_box_put(box, box_sign(m, "┌", "+"), 0, top);
    math_box_put(box, box_rule(m, "─", "-", width), 1, top);
    math_box_put(box, box_sign(m, "┐", "+"), 1 + width, top);
    for (int64_t y = top + 1; y < bottom; y++)
        math_box_put(box, box_sign(m, "│", "|"), 0, y);
    math_box_put(box, content, 2, 0);
    for (int64_t y = top + 1; y < bottom; y++)
        math_box_put(box, box_sign(m, "│", "|"), 1 + width, y);
    math_box_put(box, box_sign(m, "└", "+"), 0, bottom);
    math_box_put(box, box_rule(m, "─", "-", width), 1, bottom);
    math_box_put(box, box_sign(m, "┘", "+"), 1 + width, bottom);
    return box;
}

static struct math_box *box_phantom(const struct math *m, const struct tex *node, enum math_size size)
{
    struct math_box *content = box_row(m, node->part[0], size);
    content->first = content->last = NULL;
    content->text = STR("");
    return content;
}

struct math_box *math_box_of(const struct math *m, const struct tex *node, enum math_size size)
{
    switch (node->kind) {
    case TEX_ROW:
    case TEX_FENCED: return box_row(m, node, size);
    case TEX_SCRIPTS: return box_scripts(m, node, size);
    case TEX_FRACTION: return box_fraction(m, node, size);
    case TEX_ROOT: return box_root(m, node);
    case TEX_TABLE: return math_box_table(m, node, size);
    case TEX_ACCENT: return box_accent(m, node, size);
    case TEX_COVER: return box_cover(m, node, size);
    case TEX_STACK: return box_stack(m, node, size);
    case TEX_ARROW: return box_arrow(m, node);
    case TEX_FRAME: return box_frame(m, node, size);
    case TEX_PHANTOM: return box_phantom(m, node, size);
    case TEX_TAG: return box_row(m, node->part[0], size);
    default: return box_flat(m, node, false);
    }
}
