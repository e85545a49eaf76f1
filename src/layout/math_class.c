#include "math.h"

#include <string.h>

enum tex_class math_side(const struct tex *node, bool right)
{
    while ((node->kind == TEX_SCRIPTS || node->kind == TEX_STACK) && node->part[0])
        node = node->part[0];
    struct str bracket = right ? node->right : node->left;
    bool brackets = node->kind == TEX_FENCED || node->kind == TEX_TABLE || node->kind == TEX_FRACTION;
    if (brackets && bracket.len)
        return right ? TEX_CLOSE : TEX_OPEN;
    return node->class;
}

/* A sign for a sum, or an operator with something under it: what follows is no argument in brackets. */
static bool is_wide_operator(const struct tex *node)
{
    if (node->kind == TEX_SCRIPTS && node->part[0] && (node->part[0]->flags & (TEX_LIMITS | TEX_BIG)))
        return true;
    return (node->flags & TEX_BIG) != 0;
}

static const struct tex *base_of(const struct tex *node)
{
    while ((node->kind == TEX_SCRIPTS || node->kind == TEX_STACK) && node->part[0])
        node = tex_only(node->part[0]);
    return node;
}

/* Matrices and binomials keep away from what stands beside them, brackets that grow from each other. */
static bool keeps_away(const struct tex *left, const struct tex *right)
{
    left = base_of(left);
    right = base_of(right);
    bool wide = left->kind == TEX_TABLE || left->kind == TEX_FRACTION || right->kind == TEX_TABLE ||
                right->kind == TEX_FRACTION;
    return wide || (left->kind == TEX_FENCED && right->kind == TEX_FENCED);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `5 kg`, `dim V`: where a word meets a number or a letter, a blank is meant. But `2nd`. */
static bool word_meets(const struct tex *left, const struct tex *right)
{
    left = tex_only(left);
    right = base_of(tex_only(right));
    if (math_begins_number(left) && right->kind == TEX_WORDS)
        return is_letter(math_first(right->text)) && !str_eq(right->text, STR("st")) &&
               !str_eq(right->text, STR("nd")) && !str_eq(right->text, STR("rd")) &&
               !str_eq(right->text, STR("th"));
    if (left->kind != TEX_WORDS || right->kind != TEX_SYMBOL || right->class != TEX_ORD || left->text.len < 2)
        return false;
    char first = math_first(right->text);
    return is_letter(math_last(left->text)) &&
           (is_letter(first) || is_digit(first) || (unsigned char)first >= 0x80);
}

bool math_is_sign(const struct tex *node)
{
    return node->kind == TEX_SYMBOL && node->class == TEX_ORD &&
           (str_eq(node->text, STR("−")) || str_eq(node->text, STR("+")) || str_eq(node->text, STR("±")));
}

uint32_t math_gap(const struct tex *left, const struct tex *right, bool script)
{
    if (!left || !right)
        return 0;
    enum tex_class l = math_side(left, true), r = math_side(right, false);
    if ((left->kind == TEX_UNKNOWN && r != TEX_CLOSE) || (right->kind == TEX_UNKNOWN && l != TEX_OPEN) ||
        (l == TEX_ORD && r == TEX_ORD && word_meets(left, right)))
        return 1;
    if (r == TEX_OP && math_is_sign(left))
        return 0;
    if (left->kind == TEX_ROOT && r == TEX_ORD && math_is_bare_radicand(left->part[0]))
        return !math_is_bracketed(left->part[0]);
    if (l == TEX_OP && r == TEX_OPEN)
        return is_wide_operator(left);
    if (l == TEX_OP || r == TEX_OP) {
        enum tex_class other = l == TEX_OP ? r : l;
        bool beside = other == TEX_ORD || other == TEX_OP || other == TEX_INNER ||
                      (l == TEX_CLOSE || l == TEX_PUNCT) || other == TEX_REL || other == TEX_BIN;
        return beside && !(script && (other == TEX_REL || other == TEX_BIN || l == TEX_PUNCT));
    }
    if (script || l == TEX_OPEN || r == TEX_CLOSE || r == TEX_PUNCT)
        return 0;
    if (l == TEX_REL || r == TEX_REL)
        return l != r;
    if (l == TEX_BIN || r == TEX_BIN || l == TEX_PUNCT)
        return 1;
    if (l == TEX_CLOSE || r == TEX_OPEN)
        return keeps_away(left, right) || l == TEX_INNER || r == TEX_INNER;
    return l == TEX_INNER || r == TEX_INNER;
}

static bool is_word(const struct tex *symbol)
{
    char c = symbol->ascii.len > 1 ? symbol->ascii.at[0] : ' ';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool math_words_touch(const struct tex *left, const struct tex *right)
{
    if (!left)
        return false;
    left = base_of(left);
    right = base_of(right);
    if (left->kind == TEX_SYMBOL && left->class == TEX_ORD && right->kind == TEX_ACCENT)
        return true;
    if (left->kind != TEX_SYMBOL || right->kind != TEX_SYMBOL || left->class != TEX_ORD ||
        right->class != TEX_ORD)
        return false;
    return is_word(left) || is_word(right);
}

static const struct tex *last_of(const struct tex *row)
{
    const struct tex *last = row->first;
    while (last && last->next)
        last = last->next;
    return last;
}

static bool is_bar(const struct tex *node)
{
    return node->kind == TEX_SYMBOL && (str_eq(node->text, STR("|")) || str_eq(node->text, STR("‖")));
}

static bool is_sign(const struct tex *node, const char *text)
{
    return node->kind == TEX_SYMBOL && str_eq(node->text, str_from(text));
}

/* The bracket that closes the one at `open`, or NULL. Bars close each other. */
static const struct tex *closing(const struct tex *open)
{
    size_t depth = 0;
    bool bar = is_bar(open);
    for (const struct tex *node = open; node; node = node->next) {
        if (bar && node != open && is_bar(node))
            return node;
        bool bare = node->kind == TEX_SYMBOL || node->kind == TEX_SCRIPTS;
        if (bar || !bare)
            continue;
        depth += node->class == TEX_OPEN;
        if (node->class == TEX_CLOSE && !is_sign(node, "!") && --depth == 0)
            return node;
    }
    return NULL;
}

static bool opens(const struct tex *node)
{
    return node->kind == TEX_SYMBOL && (node->class == TEX_OPEN || is_bar(node));
}

bool math_is_bracketed(const struct tex *row)
{
    const struct tex *node = tex_only(row);
    if (node->kind == TEX_FENCED)
        return node->left.len && node->right.len;
    if (node->kind != TEX_ROW || !node->first || !opens(node->first))
        return false;
    const struct tex *close = closing(node->first);
    return close && close == last_of(node) && close->kind == TEX_SYMBOL;
}

/* `f(x)`, `P(A)`: a name that is known to be of a function, before brackets around all the rest. */
static bool is_application(const struct tex *row)
{
    const struct tex *name = row->first, *open = name ? name->next : NULL;
    while (name && name->kind == TEX_SCRIPTS)
        name = name->part[0];
    if (!name || name->kind != TEX_SYMBOL || name->class != TEX_ORD || name->text.len != 1 || !open)
        return false;
    char c = name->text.at[0];
    if (!((c >= 'A' && c <= 'Z') || c == 'f' || c == 'g' || c == 'h'))
        return false;
    if (open->kind == TEX_FENCED)
        return !open->next;
    return opens(open) && closing(open) == last_of(row);
}

/* `dx`, `∂f`, `dx²`. */
static bool is_differential(const struct tex *row)
{
    const struct tex *d = row->first;
    bool sign = d && (is_sign(d, "d") || is_sign(d, "∂"));
    return sign && d->next && !d->next->next &&
           (d->next->kind == TEX_SYMBOL || d->next->kind == TEX_SCRIPTS) && d->next->class == TEX_ORD;
}

/* `n!`, `(n - k)!` */
static bool is_factorial(const struct tex *row)
{
    const struct tex *last = last_of(row);
    if (!last || !is_sign(last, "!") || !row->first->next)
        return false;
    const struct tex *first = row->first;
    if (first->next == last)
        return first->class == TEX_ORD || first->kind == TEX_FENCED;
    const struct tex *close = opens(first) ? closing(first) : NULL;
    return close && close->next == last;
}

bool math_is_unit(const struct tex *node)
{
    node = tex_only(node);
    switch (node->kind) {
    case TEX_SYMBOL:
    case TEX_FENCED:
    case TEX_ROOT:
    case TEX_ACCENT:
    case TEX_UNKNOWN: return true;
    case TEX_TABLE: return node->left.len > 0;
    case TEX_WORDS: return str_find_byte(node->text, ' ') == STR_NOT_FOUND;
    case TEX_SCRIPTS:
        return !node->part[0] || node->part[0]->class == TEX_ORD || node->part[0]->kind == TEX_FENCED;
    case TEX_COVER: return node->size == TEX_OVERLINE || node->size == TEX_OVERARROW;
    case TEX_ROW:
        return math_is_bracketed(node) || is_application(node) || is_differential(node) || is_factorial(node);
    default: return false;
    }
}

static bool is_times(const struct tex *node)
{
    return is_sign(node, "⋅") || is_sign(node, "×") || is_sign(node, "·");
}

bool math_is_product(const struct tex *node)
{
    node = tex_only(node);
    if (node->kind != TEX_ROW)
        return math_is_unit(node) || (node->kind == TEX_SCRIPTS && node->class == TEX_ORD);
    if (math_is_bracketed(node))
        return true;
    size_t depth = 0;
    for (const struct tex *at = node->first; at; at = at->next) {
        if (at->kind == TEX_SYMBOL && at->class == TEX_OPEN)
            depth++;
        else if (at->class == TEX_CLOSE && depth && !is_sign(at, "!"))
            depth--;
        if (depth || at->class == TEX_CLOSE || is_times(at))
            continue;
        bool splits = at->class == TEX_BIN || at->class == TEX_REL || at->class == TEX_OP ||
                      at->class == TEX_PUNCT || (at->kind == TEX_FRACTION) || at->kind == TEX_SPACE ||
                      (at->kind == TEX_WORDS && !math_is_unit(at)) ||
                      (at->kind == TEX_ROW && !math_is_product(at));
        if (splits)
            return false;
    }
    return true;
}

bool math_is_letters(const struct tex *node)
{
    node = tex_only(node);
    if (node->kind == TEX_SYMBOL)
        return node->class == TEX_ORD;
    if (node->kind == TEX_WORDS)
        return math_is_unit(node);
    if (node->kind != TEX_ROW || !node->first)
        return false;
    for (const struct tex *at = node->first; at; at = at->next)
        if (at->kind != TEX_SYMBOL || at->class != TEX_ORD)
            return false;
    return true;
}

bool math_is_clear_base(const struct tex *node, const struct tex *scripts)
{
    const struct tex *base = tex_only(node);
    if (base->kind == TEX_SCRIPTS)
        return !(base->part[1] && scripts->part[1]) && !(base->part[2] && scripts->part[2]);
    if (base->kind == TEX_FRACTION)
        return base->left.len > 0;
    if (base->kind != TEX_ROW)
        return base->kind != TEX_ROOT;
    if (math_is_bracketed(base))
        return true;
    for (const struct tex *child = base->first; child; child = child->next)
        if (child->class == TEX_BIN || child->class == TEX_REL)
            return false;
    return true;
}

bool math_is_bare_radicand(const struct tex *radicand)
{
    const struct tex *only = tex_only(radicand);
    if (only->kind == TEX_SCRIPTS)
        return !only->part[1] && math_is_letters(only->part[0]);
    return only->kind == TEX_SYMBOL || only->kind == TEX_ACCENT || math_is_bracketed(only);
}
