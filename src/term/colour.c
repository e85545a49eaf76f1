#include "colour.h"

#include <stdlib.h>

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, GREY, NONE = COLOUR_DEFAULT };

/* Of the 240 fixed colours those whose contrast with black and with white are both near 4.5. */
enum {
    MID_GREY = 244,
    FAINT_GREY = 242,
    MID_GREEN = 28,
    MID_BLUE = 32,
    MID_TEAL = 30,
    MID_BROWN = 130,
    MID_MAUVE = 97,
    MID_RED = 167,
};

struct role_look {
    int16_t few;  /* the foreground among 8 colours */
    int16_t more; /* among 16 */
    int16_t many;
    uint8_t attributes; /* with colours; in 8 colours a dim text is `few` NONE and LOOK_DIM */
    uint8_t plain;      /* without colours */
};

#define DIM_ROLE                                                                                             \
    {                                                                                                        \
        NONE, GREY, MID_GREY, 0, LOOK_DIM                                                                    \
    }

static const struct role_look roles[STYLE_ROLES] = {
    [STYLE_TEXT] = {NONE, NONE, NONE, 0, 0},
    [STYLE_TITLE] = {NONE, NONE, NONE, LOOK_BOLD, LOOK_BOLD},
    [STYLE_META] = DIM_ROLE,
    [STYLE_HEADING1] = {CYAN, CYAN, MID_TEAL, LOOK_BOLD, LOOK_BOLD}, /* a rule of its own underlines it */
    [STYLE_HEADING2] = {CYAN, CYAN, MID_TEAL, LOOK_BOLD, LOOK_BOLD},
    [STYLE_HEADING3] = {CYAN, CYAN, MID_TEAL, LOOK_BOLD, LOOK_BOLD},
    [STYLE_MARKER] = {CYAN, CYAN, MID_TEAL, 0, 0},
    [STYLE_CODE] = {MAGENTA, MAGENTA, MID_BROWN, 0, LOOK_BOLD},
    [STYLE_CODE_BLOCK] = {NONE, NONE, NONE, 0, 0},
    [STYLE_CODE_KEYWORD] = {MAGENTA, MAGENTA, MID_MAUVE, LOOK_BOLD, LOOK_BOLD},
    [STYLE_CODE_TYPE] = {CYAN, CYAN, MID_TEAL, 0, 0},
    [STYLE_CODE_STRING] = {GREEN, GREEN, MID_GREEN, 0, 0},
    [STYLE_CODE_NUMBER] = {RED, RED, MID_BROWN, 0, 0},
    [STYLE_CODE_COMMENT] = {NONE, GREY, MID_GREY, LOOK_ITALIC, LOOK_DIM},
    [STYLE_CODE_LABEL] = DIM_ROLE,
    [STYLE_MATH] = {MAGENTA, MAGENTA, MID_MAUVE, 0, LOOK_ITALIC},
    [STYLE_MATH_SOURCE] = {RED, RED, MID_RED, LOOK_UNDERLINE, LOOK_UNDERLINE},
    [STYLE_QUOTE] = {NONE, NONE, NONE, LOOK_ITALIC, LOOK_ITALIC},
    [STYLE_QUOTE_BAR] = DIM_ROLE,
    [STYLE_TABLE_RULE] = DIM_ROLE,
    [STYLE_TABLE_HEAD] = {NONE, NONE, NONE, LOOK_BOLD, LOOK_BOLD},
    [STYLE_LINK] = {CYAN, CYAN, MID_BLUE, LOOK_UNDERLINE, LOOK_UNDERLINE},
    [STYLE_LINK_MISSING] = {NONE, GREY, MID_GREY, LOOK_UNDERLINE, LOOK_UNDERLINE | LOOK_DIM},
    [STYLE_LINK_NUMBER] = {CYAN, CYAN, MID_BLUE, LOOK_BOLD, LOOK_BOLD},
    [STYLE_RULE] = {NONE, GREY, FAINT_GREY, 0, LOOK_DIM},
    [STYLE_PROBLEM] = {RED, RED, MID_RED, LOOK_BOLD, LOOK_BOLD},
    [STYLE_SECTION] = DIM_ROLE,
    [STYLE_COUNT] = DIM_ROLE,
    [STYLE_DIM] = DIM_ROLE,
    [STYLE_STATUS] = DIM_ROLE,
    [STYLE_KEY] = {NONE, NONE, NONE, LOOK_BOLD, LOOK_BOLD},
    [STYLE_SUBJECT] = {NONE, NONE, NONE, LOOK_BOLD, LOOK_BOLD},
    [STYLE_INPUT] = {NONE, NONE, NONE, LOOK_BOLD, LOOK_BOLD},
    [STYLE_PROGRESS] = {CYAN, CYAN, MID_TEAL, LOOK_BOLD, LOOK_BOLD},
};

/* What a flag paints over the role, by depth. */
static const struct look matches[COLOUR_DEPTHS] = {
    [COLOUR_NONE] = {NONE, NONE, LOOK_REVERSE | LOOK_BOLD},
    [COLOUR_8] = {BLACK, YELLOW, 0},
    [COLOUR_16] = {BLACK, YELLOW, 0},
    [COLOUR_256] = {16, 222, 0},
};

static const struct look current_matches[COLOUR_DEPTHS] = {
    [COLOUR_NONE] = {NONE, NONE, LOOK_REVERSE | LOOK_BOLD | LOOK_UNDERLINE},
    [COLOUR_8] = {BLACK, GREEN, LOOK_UNDERLINE},
    [COLOUR_16] = {BLACK, GREEN, LOOK_UNDERLINE},
    [COLOUR_256] = {16, 208, LOOK_BOLD},
};

static const struct look selections[COLOUR_DEPTHS] = {
    [COLOUR_NONE] = {NONE, NONE, LOOK_REVERSE},
    [COLOUR_8] = {NONE, NONE, LOOK_REVERSE},
    [COLOUR_16] = {NONE, NONE, LOOK_REVERSE},
    [COLOUR_256] = {231, 24, 0},
};

static const struct look unfocused_selections[COLOUR_DEPTHS] = {
    [COLOUR_NONE] = {NONE, NONE, LOOK_BOLD | LOOK_UNDERLINE},
    [COLOUR_8] = {NONE, NONE, LOOK_BOLD | LOOK_UNDERLINE},
    [COLOUR_16] = {NONE, NONE, LOOK_BOLD | LOOK_UNDERLINE},
    [COLOUR_256] = {231, 240, 0},
};

enum colour_depth colour_depth(int colours)
{
    if (colours >= 256)
        return COLOUR_256;
    if (colours >= 16)
        return COLOUR_16;
    return colours >= 8 ? COLOUR_8 : COLOUR_NONE;
}

bool colour_wanted(void)
{
    const char *refusal = getenv("NO_COLOR");
    return !refusal || !*refusal;
}

static struct look role_look(enum colour_depth depth, unsigned number)
{
    const struct role_look *role = &roles[number < STYLE_ROLES ? number : STYLE_TEXT];
    struct look look = {NONE, NONE, depth == COLOUR_NONE ? role->plain : role->attributes};
    if (depth == COLOUR_256)
        look.foreground = role->many;
    else if (depth == COLOUR_16)
        look.foreground = role->more;
    else if (depth == COLOUR_8)
        look.foreground = role->few;
    if (depth == COLOUR_8 && role->few == NONE && role->more == GREY)
        look.attributes |= LOOK_DIM;
    return look;
}

/* Colours are replaced, so that they never clash; bold, italics and underlines stay. What is reversed twice, a match in a
 * selected row without colours, stands out of it again. */
static struct look paint(struct look look, struct look over)
{
    bool coloured = over.background != NONE;
    unsigned reverse = coloured ? 0 : (look.attributes ^ over.attributes) & LOOK_REVERSE;
    unsigned kept = (look.attributes | over.attributes) & ~(unsigned)(LOOK_DIM | LOOK_REVERSE);
    return (struct look){over.foreground, over.background, kept | reverse};
}

struct look colour_look(enum colour_depth depth, style s)
{
    struct look look = role_look(depth, s & STYLE_ROLE_MASK);
    if (s & STYLE_STRONG)
        look.attributes |= LOOK_BOLD;
    if (s & STYLE_EMPHASIS)
        look.attributes |= LOOK_ITALIC;
    if (s & STYLE_STRIKE)
        look.attributes |= LOOK_DIM;
    if (s & STYLE_UNDERLINE)
        look.attributes |= LOOK_UNDERLINE;
    if (s & STYLE_SELECTED)
        look = paint(look, (s & STYLE_UNFOCUSED ? unfocused_selections : selections)[depth]);
    if (s & STYLE_MATCH)
        look = paint(look, (s & STYLE_CURRENT ? current_matches : matches)[depth]);
    else if (s & STYLE_CURRENT)
        look.attributes ^= LOOK_REVERSE;
    return look;
}
