/*
 * math: formulas on one line and in two dimensions. What the files of the setter know of each other.
 *
 * A tree of tex.h becomes text on one line (flat), as in running text, or a box of several lines, as in a display. All
 * text is made for the charset and lives in the arena; widths are cells, from text_width(). Times are linear in the tree,
 * whose depth is bounded.
 */
#ifndef LECTERN_LAYOUT_MATH_H
#define LECTERN_LAYOUT_MATH_H

#include "flow.h"
#include "lectern/tex.h"

struct math {
    struct arena *arena;
    enum text_charset charset;
};

static inline bool math_is_ascii(const struct math *m)
{
    return m->charset == TEXT_ASCII;
}

/* The first byte and the last, or 0. */
static inline char math_first(struct str text)
{
    return text.len ? text.at[0] : '\0';
}

static inline char math_last(struct str text)
{
    return text.len ? text.at[text.len - 1] : '\0';
}

static inline bool math_begins_number(const struct tex *node)
{
    char first = math_first(node->text);
    return node->kind == TEX_SYMBOL && first >= '0' && first <= '9';
}

/* --- What stands beside what (math_class.c) --- */

/* Cells between two neighbours of a row; `script`: of small size. */
uint32_t math_gap(const struct tex *left, const struct tex *right, bool script);
/* Whether a letter that is a word in ASCII stands beside another. */
bool math_words_touch(const struct tex *left, const struct tex *right);
/* The class that a node has to its neighbours, at its left or right side. */
enum tex_class math_side(const struct tex *node, bool right);

/* Whether a row reads as one thing beside a slash or a sign: a letter, a number, what has brackets around it. */
bool math_is_unit(const struct tex *node);
/* Whether a row reads as one product: no sums, relations, functions. */
bool math_is_product(const struct tex *node);
bool math_is_sign(const struct tex *node); /* plus or minus of one operand */
/* Whether a row has a pair of brackets around all of it. */
bool math_is_bracketed(const struct tex *row);
/* Whether scripts behind a row belong to all of it. */
bool math_is_clear_base(const struct tex *base, const struct tex *scripts);
/* What a radicand may be without brackets: what no one reads as more than the root covers. */
bool math_is_bare_radicand(const struct tex *radicand);
/* A row of plain letters and digits. */
bool math_is_letters(const struct tex *node);

/* --- Signs that Unicode has ready (math_glyph.c) --- */

/* Appends a script in raised or lowered characters. False, with nothing appended, where one is missing. */
bool math_script(struct buf *out, const struct tex *script, bool raised);
style math_script_look(const struct tex *script);
/* Appends a letter with a mark over it. */
void math_accent(struct buf *out, struct str letter, struct str mark);
/* The character of a fraction, or NULL. */
const char *math_vulgar(const struct tex *fraction);
/* A symbol's text for the charset. */
struct str math_text(const struct math *m, const struct tex *symbol);
struct str math_bracket(const struct math *m, struct str bracket);

/* --- On one line (math_flat.c) --- */

#define MATH_GLUED 255 /* no line breaks here */

/* A run of one look. Before it stand `gap` blanks, where a line may break: the better, the lower the level. */
struct math_piece {
    struct str text;
    uint32_t width, gap;
    style look; /* role and flags */
    uint8_t level;
};

struct math_line {
    struct math_piece *pieces;
    size_t count, width;
};

struct math_line math_flat(const struct math *m, const struct tex *node, bool script);

/* --- Boxes (math_box.c) --- */

/* Either the text of one row, or others placed in it. */
struct math_box {
    uint32_t width, above, below; /* cells; rows above and below that of the baseline */
    struct str text;
    style look;
    struct math_box *first, *last, *next;
    uint32_t x; /* inside the one around it: the first cell */
    int32_t y;  /* and the row of its baseline, from that of the other, downwards */
};

struct math_box *math_box_new(const struct math *m);
struct math_box *math_box_text(const struct math *m, struct str text, style look);
struct math_box *math_box_line(const struct math *m, const struct math_line *line);
/* A row of one glyph. */
struct math_box *math_box_rule(const struct math *m, const char *glyph, uint32_t cells);
void math_box_put(struct math_box *box, struct math_box *child, uint32_t x, int64_t y);
/* The same, in the middle of `cells`. */
void math_box_centre(struct math_box *box, struct math_box *child, uint32_t cells, int64_t y);
uint32_t math_box_height(const struct math_box *box);

/* A bracket as high as that, or a part of it. (math_bracket.c) */
struct math_box *math_box_bracket(const struct math *m, struct str bracket, uint32_t above, uint32_t below);

/* In a fraction or a matrix things are kept smaller, in a script without gaps. */
enum math_size { MATH_DISPLAY, MATH_TEXT, MATH_SCRIPT };

/* Any node. (math_forms.c) */
struct math_box *math_box_of(const struct math *m, const struct tex *node, enum math_size size);
/* An integral that is three rows high, with its limits. */
struct math_box *math_box_integral(const struct math *m, const struct tex *node);
/* (math_table.c) */
struct math_box *math_box_table(const struct math *m, const struct tex *table, enum math_size size);

/* --- Rows (math_row.c) --- */

/* What stands in a row: brackets are items of their own, as high as what they enclose. */
struct math_item {
    const struct tex *node;
    struct math_box *box;
    uint32_t gap;   /* before it */
    uint32_t depth; /* of brackets around it */
    bool opens, closes;
};

struct math_items {
    struct math_item *at; /* release with mem_free() */
    size_t count, capacity;
};

void math_items_of(const struct math *m, const struct tex *row, enum math_size size,
                   struct math_items *items);
/* The items from `from` on before `to` side by side. */
struct math_box *math_box_items(const struct math *m, const struct math_items *items, size_t from, size_t to);

/* The bracket that an item is, as text. */
struct str math_item_bracket(const struct math *m, const struct math_item *item);

/* --- On the page (math.c, math_display.c) --- */

void math_put_line(struct flow *flow, const struct math_line *line, style look, uint32_t link);
void math_lay_display(const struct math *m, struct flow *flow, const struct tex *formula, struct str behind);

/* A formula in running text. */
void math_inline(struct flow *flow, const struct node *node, style look, uint32_t link);
/* A display formula on lines of its own, with the punctuation marks that stand behind it. */
void math_display(struct flow *flow, const struct node *node, struct str behind);
/* A formula as one line of text, for outlines. */
void math_plain(struct page *page, const struct node *node, struct buf *out);

#endif
