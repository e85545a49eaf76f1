/*
 * The formulas of mhchem: `2H2 + O2 -> 2H2O`, `SO4^2-`, `^{227}_{90}Th+`, `A <=>[k_1][k_2] B`.
 *
 * Digits behind an element are its count, a sign at the end of a species its charge, and between letters a bond. What
 * is in dollars or begins with a backslash is TeX.
 */
#include <string.h>

#include "tex_parser.h"

struct chemistry {
    struct tex_parser *p;
    struct str rest;
    struct tex_row row;
    struct tex *base; /* what a count or a charge belongs to; NULL at the beginning of a species */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The character `i` bytes on, or a blank. */
static char at(const struct chemistry *c, size_t i)
{
    return i < c->rest.len ? c->rest.at[i] : ' ';
}

static struct str take(struct chemistry *c, size_t bytes)
{
    struct str taken = str_slice(c->rest, 0, bytes);
    c->rest = str_slice(c->rest, bytes, c->rest.len);
    return taken;
}

static void end_base(struct chemistry *c)
{
    tex_row_add(&c->row, c->base);
    c->base = NULL;
}

static void add(struct chemistry *c, struct tex *node)
{
    end_base(c);
    tex_row_add(&c->row, node);
}

static void begin_base(struct chemistry *c, struct tex *node)
{
    end_base(c);
    c->base = node;
}

static struct tex *symbol(struct chemistry *c, struct str text, const char *ascii, enum tex_class class)
{
    return tex_symbol(c->p, text, str_from(ascii), class);
}

/* A part that is TeX: parsed by itself, with what is open around it. */
static struct tex *parse_tex(struct chemistry *c, struct str source)
{
    struct tex_parser inner = *c->p;
    struct tex_row row = tex_row_begin(c->p);
    if (!tex_enter(&inner, TEX_OPEN_GROUP))
        return tex_unknown(c->p, source);
    inner.inputs = 1;
    inner.input[0] = (struct tex_input){.text = source};
    while (tex_peek(&inner)) {
        tex_row_add(&row, tex_parse_row(&inner));
        if (tex_peek(&inner))
            tex_row_add(&row, tex_unknown(c->p, tex_raw_argument(&inner)));
    }
    return tex_row_end(&row);
}

static struct tex *parse_chemistry(struct chemistry *c, struct str source)
{
    if (!tex_enter(c->p, TEX_OPEN_ARGUMENT))
        return tex_unknown(c->p, source);
    struct tex *node = tex_chemistry(c->p, source);
    tex_leave(c->p);
    return node;
}

/* --- Counts and charges --- */

static void add_script(struct chemistry *c, size_t part, struct tex *script)
{
    struct tex *base = c->base;
    if (!base || base->kind != TEX_SCRIPTS || base->part[part]) {
        struct tex *scripts = tex_node(c->p, TEX_SCRIPTS, TEX_ORD);
        bool kept = base && base->kind != TEX_SCRIPTS;
        scripts->part[0] = kept ? base : tex_node(c->p, TEX_ROW, TEX_ORD);
        if (!kept)
            end_base(c);
        c->base = scripts;
    }
    c->base->part[part] = script;
}

/* Bytes of digits, letters n and signs: what a charge is made of. */
static size_t charge_length(struct str s)
{
    size_t end = 0;
    while (end < s.len && (is_digit(s.at[end]) || strchr("+-n.", s.at[end])) && s.at[end])
        end++;
    return end;
}

static struct tex *charge(struct chemistry *c, struct str text)
{
    struct tex_row row = tex_row_begin(c->p);
    for (size_t i = 0; i < text.len; i++) {
        struct str sign = str_slice(text, i, i + 1);
        bool minus = text.at[i] == '-', dot = text.at[i] == '.';
        tex_row_add(&row, symbol(c, minus ? STR("−") : dot ? STR("•") : sign, minus ? "-" : "", TEX_ORD));
    }
    return row.node;
}

/* Behind `^` or `_`. */
static void explicit_script(struct chemistry *c)
{
    size_t part = at(c, 0) == '^' ? 1 : 2;
    take(c, 1);
    if (at(c, 0) == '{') {
        size_t end = str_find_byte(c->rest, '}');
        struct str inside = str_slice(c->rest, 1, end);
        take(c, end == STR_NOT_FOUND ? c->rest.len : end + 1);
        bool plain = charge_length(inside) == inside.len;
        add_script(c, part, plain ? charge(c, inside) : parse_tex(c, inside));
    } else {
        size_t length = charge_length(c->rest);
        add_script(c, part, charge(c, take(c, length ? length : 1)));
    }
}

/* --- Arrows --- */

static const struct {
    const char *source, *text, *ascii;
} arrows[] = {
    {"<=>>", "⇌", "<=>"}, {"<<=>", "⇌", "<=>"}, {"<-->", "⇄", "<->"}, {"<=>", "⇌", "<=>"},
    {"<->", "↔", "<->"},  {"->", "→", "->"},    {"<-", "←", "<-"},
};

static bool take_label(struct chemistry *c, struct str *label)
{
    size_t end = at(c, 0) == '[' ? str_find_byte(c->rest, ']') : STR_NOT_FOUND;
    if (end == STR_NOT_FOUND)
        return false;
    *label = str_slice(take(c, end + 1), 1, end);
    return true;
}

static bool take_arrow(struct chemistry *c)
{
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++) {
        struct str source = str_from(arrows[i].source), label;
        if (!str_starts(c->rest, source))
            continue;
        take(c, source.len);
        struct tex *arrow = tex_node(c->p, TEX_ARROW, TEX_REL);
        arrow->text = str_from(arrows[i].text);
        arrow->ascii = str_from(arrows[i].ascii);
        for (size_t part = 1; part <= 2 && take_label(c, &label); part++)
            arrow->part[part] = parse_chemistry(c, label);
        add(c, arrow);
        return true;
    }
    return false;
}

/* --- Species --- */

/* The sign at the current place: a charge, a bond, or an operator that stands alone. */
static void sign(struct chemistry *c)
{
    char next = at(c, 1);
    bool ends = is_space(next) || (next && strchr("+-)]},;^_", next));
    bool minus = at(c, 0) == '-';
    struct str text = minus ? STR("−") : STR("+");
    if (c->base && (ends || !minus)) {
        add_script(c, 1, charge(c, take(c, 1)));
        return;
    }
    add(c, symbol(c, c->base && minus ? STR("–") : text, minus ? "-" : "+", c->base ? TEX_ORD : TEX_BIN));
    take(c, 1);
}

/* Digits: a count behind a base, before one a factor, of which `1/2` is one too. */
static void number(struct chemistry *c)
{
    size_t end = 0;
    while (is_digit(at(c, end)) || (at(c, end) == '.' && is_digit(at(c, end + 1))))
        end++;
    if (c->base) {
        add_script(c, 2, symbol(c, take(c, end), "", TEX_ORD));
        return;
    }
    if (at(c, end) == '/' && is_digit(at(c, end + 1)))
        for (end++; is_digit(at(c, end));)
            end++;
    add(c, symbol(c, take(c, end), "", TEX_ORD));
    if (is_letter(at(c, 0)) || at(c, 0) == '(' || at(c, 0) == '[')
        add(c, tex_space(c->p, 1));
}

/* Bytes of the TeX at the beginning: a formula in dollars, or a command with the groups behind it. */
static size_t tex_length(struct str s)
{
    if (s.at[0] == '$') {
        size_t end = str_find_byte(str_slice(s, 1, s.len), '$');
        return end == STR_NOT_FOUND ? s.len : end + 2;
    }
    size_t end = 1;
    while (end < s.len && is_letter(s.at[end]))
        end++;
    end += end == 1 && s.len > 1;
    for (size_t depth = 0; end < s.len && (depth || s.at[end] == '{'); end++)
        depth += s.at[end] == '{' ? 1 : s.at[end] == '}' ? (size_t)-1 : 0;
    return end;
}

static void tex_part(struct chemistry *c)
{
    struct str source = take(c, tex_length(c->rest));
    if (source.at[0] == '$')
        source = str_slice(source, 1, source.len > 1 ? source.len - 1 : 1);
    begin_base(c, parse_tex(c, source));
}

/* Between blanks: a gas goes up, what precipitates goes down. */
static bool take_direction(struct chemistry *c)
{
    if (!is_space(at(c, 1)) || c->base || (at(c, 0) != 'v' && at(c, 0) != '^'))
        return false;
    bool up = at(c, 0) == '^';
    take(c, 1);
    add(c, symbol(c, up ? STR("↑") : STR("↓"), up ? "^" : "v", TEX_ORD));
    return true;
}

static void other(struct chemistry *c)
{
    char first = at(c, 0);
    switch (first) {
    case '#': add(c, symbol(c, STR("≡"), "#", TEX_ORD)); break;
    case '*':
    case '.': add(c, symbol(c, STR("⋅"), "*", TEX_ORD)); break;
    case '=': add(c, symbol(c, STR("="), "", c->base ? TEX_ORD : TEX_REL)); break;
    case '(':
    case '[': add(c, symbol(c, str_slice(c->rest, 0, 1), "", TEX_OPEN)); break;
    case ')':
    case ']': begin_base(c, symbol(c, str_slice(c->rest, 0, 1), "", TEX_CLOSE)); break;
    case '{':
    case '}': break;
    default: {
        size_t length = 1;
        while (length < c->rest.len && ((unsigned char)c->rest.at[length] & 0xC0) == 0x80)
            length++;
        begin_base(c, symbol(c, str_slice(c->rest, 0, length), "", TEX_ORD));
        take(c, length - 1);
    }
    }
    take(c, 1);
}

static void letters(struct chemistry *c)
{
    size_t end = 1;
    while (is_letter(at(c, end)) && !(at(c, end) >= 'A' && at(c, end) <= 'Z'))
        end++;
    begin_base(c, symbol(c, take(c, end), "", TEX_ORD));
}

static void species(struct chemistry *c)
{
    char first = at(c, 0);
    if (is_space(first)) {
        end_base(c);
        take(c, 1);
        if (c->row.last && c->row.last->kind != TEX_SPACE)
            add(c, tex_space(c->p, 1));
    } else if (take_direction(c) || take_arrow(c)) {
        return;
    } else if (is_letter(first)) {
        letters(c);
    } else if (is_digit(first)) {
        number(c);
    } else if (first == '+' || first == '-') {
        sign(c);
    } else if (first == '^' || first == '_') {
        explicit_script(c);
    } else if (first == '$' || first == '\\') {
        tex_part(c);
    } else {
        other(c);
    }
}

struct tex *tex_chemistry(struct tex_parser *p, struct str formula)
{
    struct chemistry c = {.p = p, .rest = str_trim(formula), .row = tex_row_begin(p)};
    while (c.rest.len)
        species(&c);
    end_base(&c);
    return tex_row_end(&c.row);
}
