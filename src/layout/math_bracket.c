/* Brackets of any height, one cell wide; in ASCII double bars two. */
#include <string.h>

#include "math.h"

/* The glyphs of a bracket from the top to the bottom; `middle` stands on the baseline, `rest` between. */
struct bracket {
    const char *sign;
    const char *top, *rest, *middle, *bottom;
};

static const struct bracket brackets[] = {
    {"(", "⎛", "⎜", "⎜", "⎝"}, {")", "⎞", "⎟", "⎟", "⎠"}, {"[", "⎡", "⎢", "⎢", "⎣"},
    {"]", "⎤", "⎥", "⎥", "⎦"}, {"{", "⎧", "⎪", "⎨", "⎩"}, {"}", "⎫", "⎪", "⎬", "⎭"},
    {"⌊", "⎢", "⎢", "⎢", "⎣"}, {"⌋", "⎥", "⎥", "⎥", "⎦"}, {"⌈", "⎡", "⎢", "⎢", "⎢"},
    {"⌉", "⎤", "⎥", "⎥", "⎥"}, {"|", "│", "│", "│", "│"}, {"∣", "│", "│", "│", "│"},
    {"‖", "║", "║", "║", "║"}, {"⟨", "╱", "│", "⟨", "╲"}, {"⟩", "╲", "│", "⟩", "╱"},
    {"↑", "↑", "│", "│", "│"}, {"↓", "│", "│", "│", "↓"}, {"⟦", "⎡", "⎢", "⎢", "⎣"},
    {"⟧", "⎤", "⎥", "⎥", "⎦"},
};

static const struct bracket ascii_brackets[] = {
    {"(", "/", "|", "|", "\\"},    {")", "\\", "|", "|", "/"}, {"[", "[", "[", "[", "["},
    {"]", "]", "]", "]", "]"},     {"{", "/", "|", "<", "\\"}, {"}", "\\", "|", ">", "/"},
    {"⌊", "|", "|", "|", "L"},     {"⌋", "|", "|", "|", "J"},  {"⌈", "F", "|", "|", "|"},
    {"⌉", "7", "|", "|", "|"},     {"|", "|", "|", "|", "|"},  {"∣", "|", "|", "|", "|"},
    {"‖", "||", "||", "||", "||"}, {"⟨", "/", "|", "<", "\\"}, {"⟩", "\\", "|", ">", "/"},
    {"⟦", "[", "[", "[", "["},     {"⟧", "]", "]", "]", "]"},
};

static const struct bracket *find_bracket(const struct math *m, struct str sign)
{
    const struct bracket *all = math_is_ascii(m) ? ascii_brackets : brackets;
    size_t count = math_is_ascii(m) ? sizeof ascii_brackets / sizeof *ascii_brackets
                                    : sizeof brackets / sizeof *brackets;
    for (size_t i = 0; i < count; i++)
        if (str_eq(sign, str_from(all[i].sign)))
            return &all[i];
    return NULL;
}

/* Pointed brackets have their point on the baseline, with a row at either side of it. */
static bool is_pointed(struct str sign)
{
    return str_eq(sign, STR("{")) || str_eq(sign, STR("}")) || str_eq(sign, STR("⟨")) ||
           str_eq(sign, STR("⟩"));
}

struct math_box *math_box_bracket(const struct math *m, struct str sign, uint32_t above, uint32_t below)
{
    const struct bracket *bracket = find_bracket(m, sign);
    if (above + below == 0 || !bracket)
        return math_box_text(m, math_bracket(m, sign), STYLE_MATH);
    if (is_pointed(sign)) {
        above += above == 0;
        below += below == 0;
    }
    struct math_box *box = math_box_new(m);
    for (uint32_t row = 0; row <= above + below; row++) {
        const char *glyph = row == above ? bracket->middle : bracket->rest;
        if (row == 0)
            glyph = bracket->top;
        else if (row == above + below)
            glyph = bracket->bottom;
        math_box_put(box, math_box_text(m, str_from(glyph), STYLE_MATH), 0, (int64_t)row - (int64_t)above);
    }
    return box;
}
