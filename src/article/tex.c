#include "lectern/tex.h"

#include "lectern/text.h"
#include "tex_parser.h"

/* --- Nodes --- */

struct tex *tex_node(struct tex_parser *p, enum tex_kind kind, enum tex_class class)
{
    struct tex *node = arena_alloc(p->arena, sizeof *node);
    node->kind = (uint8_t)kind;
    node->class = (uint8_t) class;
    return node;
}

struct tex *tex_symbol(struct tex_parser *p, struct str text, struct str ascii, enum tex_class class)
{
    struct tex *node = tex_node(p, TEX_SYMBOL, class);
    node->text = text;
    node->ascii = ascii.len ? ascii : text;
    node->flags = p->look;
    return node;
}

struct tex *tex_unknown(struct tex_parser *p, struct str source)
{
    struct tex *node = tex_node(p, TEX_UNKNOWN, TEX_ORD);
    node->text = source;
    return node;
}

struct tex *tex_space(struct tex_parser *p, uint8_t cells)
{
    struct tex *node = tex_node(p, TEX_SPACE, TEX_ORD);
    node->size = cells;
    return node;
}

struct tex_row tex_row_begin(struct tex_parser *p)
{
    return (struct tex_row){.node = tex_node(p, TEX_ROW, TEX_ORD)};
}

void tex_row_add(struct tex_row *row, struct tex *node)
{
    if (!node)
        return;
    if (row->last)
        row->last->next = node;
    else
        row->node->first = node;
    row->last = node;
}

static bool needs_left_side(enum tex_class before)
{
    return before == TEX_BIN || before == TEX_OP || before == TEX_REL || before == TEX_OPEN ||
           before == TEX_PUNCT;
}

static bool is_bar(const struct tex *node)
{
    return node->kind == TEX_SYMBOL && (str_eq(node->text, STR("|")) || str_eq(node->text, STR("‖")));
}

/* A bar where an operand is due opens, and what is behind it is a sign: `|-a|`. */
struct tex *tex_row_end(const struct tex_row *row)
{
    struct tex *before = NULL;
    bool due = true;
    for (struct tex *node = row->node->first; node; node = node->next) {
        enum tex_class class = node->class;
        if (node->kind == TEX_SPACE)
            continue;
        if (class == TEX_BIN && due)
            node->class = TEX_ORD;
        if ((class == TEX_REL || class == TEX_CLOSE || class == TEX_PUNCT) && before &&
            before->class == TEX_BIN)
            before->class = TEX_ORD;
        due = needs_left_side(node->class) || (due && is_bar(node));
        before = node;
    }
    return row->node;
}

const struct tex *tex_only(const struct tex *node)
{
    while (node && node->kind == TEX_ROW && node->first && !node->first->next)
        node = node->first;
    return node;
}

/* --- What is open --- */

bool tex_enter(struct tex_parser *p, enum tex_open open)
{
    if (p->depth == BOUND_NESTING)
        return false;
    uint8_t around = p->depth ? p->mask[p->depth - 1] : 0;
    p->open[p->depth] = (uint8_t)open;
    p->mask[p->depth++] = (uint8_t)(open == TEX_OPEN_GROUP ? open : around | open);
    return true;
}

void tex_leave(struct tex_parser *p)
{
    p->depth--;
}

static enum tex_open innermost(const struct tex_parser *p)
{
    return p->depth ? p->open[p->depth - 1] : TEX_OPEN_TABLE;
}

static bool can_close(const struct tex_parser *p, enum tex_open open)
{
    return p->depth && (p->mask[p->depth - 1] & open);
}

static bool command_closes(struct tex_parser *p)
{
    struct str name = tex_command_name(p);
    if (str_eq(name, STR("\\")) || str_eq(name, STR("cr")))
        return innermost(p) == TEX_OPEN_TABLE;
    if (str_eq(name, STR("right")))
        return can_close(p, TEX_OPEN_FENCE);
    return str_eq(name, STR("end")) && can_close(p, TEX_OPEN_TABLE);
}

/* Whether the next token closes what is open, or parts it. */
static bool closes(struct tex_parser *p)
{
    switch (tex_peek(p)) {
    case '\0': return true;
    case '}': return !p->flat_groups && can_close(p, TEX_OPEN_GROUP);
    case ']': return innermost(p) == TEX_OPEN_OPTION;
    case '$': return can_close(p, TEX_OPEN_DOLLAR);
    case '&': return innermost(p) == TEX_OPEN_TABLE && (p->depth || p->has_lines);
    case '\\': return command_closes(p);
    default: return false;
    }
}

/* --- Characters --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(struct str s, size_t from)
{
    size_t count = 0;
    while (from + count < s.len && is_digit(s.at[from + count]))
        count++;
    return count;
}

/* Bytes of the mark inside a number at `at`: a point, or a comma, `{,}` with any digits or `,` with three behind it. */
static size_t number_mark(struct str s, size_t at)
{
    struct str rest = str_slice(s, at, s.len);
    if (str_starts(rest, STR(".")))
        return count_digits(rest, 1) ? 1 : 0;
    if (str_starts(rest, STR(",")))
        return count_digits(rest, 1) == 3 ? 1 : 0;
    return str_starts(rest, STR("{,}")) && count_digits(rest, 3) ? 3 : 0;
}

static struct tex *number(struct tex_parser *p)
{
    struct str rest = tex_rest(p);
    size_t end = 1, mark;
    bool grouped = false;
    if (innermost(p) != TEX_OPEN_ARGUMENT) {
        end = count_digits(rest, 0);
        while ((mark = number_mark(rest, end)) > 0) {
            grouped = grouped || mark == 3;
            end += mark + count_digits(rest, end + mark);
        }
    }
    struct str last = str_slice(rest, end - 1, rest.len); /* may have a mark */
    struct text_glyph glyph;
    text_next(&last, TEXT_UTF8, &glyph);
    end += glyph.source.len - 1;
    tex_skip(p, end);
    struct str text = str_slice(rest, 0, end);
    if (grouped) {
        char *bytes = arena_bytes(p->arena, end);
        size_t len = 0;
        for (size_t i = 0; i < end; i++)
            if (text.at[i] != '{' && text.at[i] != '}')
                bytes[len++] = text.at[i];
        text = (struct str){bytes, len};
    }
    return tex_symbol(p, text, STR(""), TEX_ORD);
}

/* Letters and digits of an alphabet of their own, one by one; NULL if Unicode has none. */
static struct tex *styled(struct tex_parser *p, char c)
{
    uint32_t code_point;
    if (p->alphabet == TEX_PLAIN || !tex_in_alphabet(p->alphabet, c, &code_point))
        return NULL;
    struct buf bytes = {0};
    text_encode(&bytes, code_point);
    struct tex *node =
        tex_symbol(p, arena_str(p->arena, buf_str(&bytes)), str_slice(tex_rest(p), 0, 1), TEX_ORD);
    buf_free(&bytes);
    tex_skip(p, 1);
    return node;
}

static enum tex_class class_of_ascii(char c)
{
    switch (c) {
    case '+': return TEX_BIN;
    case '=':
    case '<':
    case '>':
    case ':': return TEX_REL;
    case '(':
    case '[': return TEX_OPEN;
    case ')':
    case ']':
    case '!':
    case '?': return TEX_CLOSE;
    case ',':
    case ';': return TEX_PUNCT;
    default: return TEX_ORD;
    }
}

static bool is_integral(uint32_t code_point)
{
    return code_point >= 0x222B && code_point <= 0x2233;
}

static struct tex *character(struct tex_parser *p)
{
    struct str rest = tex_rest(p);
    struct text_glyph glyph;
    uint32_t code_point;
    if (is_digit(rest.at[0]) && p->alphabet == TEX_PLAIN)
        return number(p);
    struct tex *node = styled(p, rest.at[0]);
    if (node)
        return node;
    text_next(&rest, TEXT_UTF8, &glyph);
    tex_skip(p, glyph.source.len);
    if (glyph.replaced) /* a mark without a letter, and what else must not be shown as it is */
        return tex_symbol(p, arena_str(p->arena, (struct str){glyph.bytes, glyph.len}), STR(""), TEX_ORD);
    if (glyph.source.len > 1) {
        text_decode(glyph.source, &code_point);
        node = tex_symbol(p, glyph.source, STR(""), tex_class_of(code_point));
        if (node->class == TEX_OP)
            node->flags |= is_integral(code_point) ? TEX_BIG | TEX_INTEGRAL : TEX_BIG | TEX_LIMITS;
        return node;
    }
    switch (glyph.source.at[0]) {
    case '-': return tex_symbol(p, STR("−"), STR("-"), TEX_BIN);
    case '*': return tex_symbol(p, STR("∗"), STR("*"), TEX_BIN);
    case '~': return tex_space(p, 1);
    case '}':
    case '&':
    case '$':
    case '#': return tex_unknown(p, glyph.source);
    default: return tex_symbol(p, glyph.source, STR(""), class_of_ascii(glyph.source.at[0]));
    }
}

/* --- Atoms --- */

static struct tex *group(struct tex_parser *p)
{
    enum tex_alphabet alphabet = p->alphabet;
    uint16_t look = p->look;
    tex_skip(p, 1);
    if (!tex_enter(p, TEX_OPEN_GROUP)) {
        p->flat_groups++;
        return NULL;
    }
    struct tex *row = tex_parse_row(p);
    tex_leave(p);
    if (tex_peek(p) == '}')
        tex_skip(p, 1);
    p->alphabet = alphabet;
    p->look = look;
    return row;
}

struct tex *tex_atom(struct tex_parser *p)
{
    switch (tex_peek(p)) {
    case '{': return group(p);
    case '\\': return tex_command(p);
    case '^':
    case '_':
    case '\'': return tex_node(p, TEX_ROW, TEX_ORD); /* scripts of nothing */
    case '}':
        if (p->flat_groups) {
            p->flat_groups--;
            tex_skip(p, 1);
            return NULL;
        }
        return character(p);
    default: return character(p);
    }
}

struct tex *tex_argument(struct tex_parser *p)
{
    tex_skip_spaces(p);
    char c = tex_peek(p);
    if (closes(p) || c == '^' || c == '_' || p->depth == BOUND_NESTING)
        return NULL;
    if (c == '{')
        return group(p);
    struct tex *node = NULL;
    tex_enter(p, TEX_OPEN_ARGUMENT);
    while (!node && !closes(p)) {
        node = tex_atom(p);
        tex_skip_spaces(p);
    }
    tex_leave(p);
    return node;
}

struct tex *tex_option(struct tex_parser *p)
{
    tex_skip_spaces(p);
    if (tex_peek(p) != '[' || !tex_enter(p, TEX_OPEN_OPTION))
        return NULL;
    tex_skip(p, 1);
    struct tex *row = tex_parse_row(p);
    tex_leave(p);
    tex_take(p, ']');
    return row;
}

struct tex *tex_incomplete(struct tex_parser *p, struct str command, struct tex *first, struct tex *second)
{
    struct tex_row row = tex_row_begin(p);
    tex_row_add(&row, tex_unknown(p, command));
    tex_row_add(&row, first);
    tex_row_add(&row, second);
    return tex_row_end(&row);
}

struct str tex_delimiter(struct tex_parser *p)
{
    tex_skip_spaces(p);
    struct str rest = tex_rest(p);
    if (rest.len == 0)
        return rest;
    if (rest.at[0] == '\\') {
        struct str name = tex_command_name(p);
        const struct tex_sign *sign = tex_find_sign(name);
        if (!sign)
            return STR("");
        tex_skip(p, 1 + name.len);
        return str_from(sign->text);
    }
    struct text_glyph glyph;
    if (rest.at[0] == '{' || rest.at[0] == '}')
        return STR("");
    text_next(&rest, TEXT_UTF8, &glyph);
    tex_skip(p, glyph.source.len);
    switch (glyph.source.at[0]) {
    case '.': return STR("");
    case '<': return STR("⟨");
    case '>': return STR("⟩");
    default: return glyph.source;
    }
}

/* --- Scripts --- */

static struct tex *scripts_of(struct tex_parser *p, struct tex *base, struct tex *scripts)
{
    if (scripts)
        return scripts;
    scripts = tex_node(p, TEX_SCRIPTS, base->class);
    scripts->part[0] = base;
    return scripts;
}

/* `'`, `''`, and what may stand behind them: `^2`. */
static struct tex *primes(struct tex_parser *p)
{
    struct tex_row row = tex_row_begin(p);
    static const char *const signs[] = {"′", "″", "‴"};
    size_t count = 0;
    for (bool more = true; more; count = more ? count + 1 : count) {
        more = tex_take(p, '\'');
        if (count == 3 || (count && !more)) {
            tex_row_add(&row,
                        tex_symbol(p, str_from(signs[count - 1]), str_slice(STR("'''"), 0, count), TEX_ORD));
            count = 0;
        }
    }
    if (tex_take(p, '^'))
        tex_row_add(&row, tex_argument(p));
    return tex_row_end(&row);
}

/* Takes the script at the current place. False if there is none, or the base has one already. */
static bool take_script(struct tex_parser *p, struct tex *base, struct tex **scripts)
{
    char c = tex_peek(p);
    size_t slot = c == '_' ? 2 : 1;
    if ((c != '^' && c != '_' && c != '\'') || (*scripts && (*scripts)->part[slot]))
        return false;
    *scripts = scripts_of(p, base, *scripts);
    if (c == '\'') {
        (*scripts)->part[slot] = primes(p);
        return true;
    }
    struct str mark = str_slice(tex_rest(p), 0, 1);
    tex_skip(p, 1);
    struct tex *argument = tex_argument(p);
    (*scripts)->part[slot] = argument ? argument : tex_unknown(p, mark);
    return true;
}

/* Whether the next token behind spaces belongs to an atom. Takes the spaces only if it does. */
static bool script_follows(struct tex_parser *p)
{
    struct str rest = tex_rest(p);
    size_t at = 0;
    while (at < rest.len &&
           (rest.at[at] == ' ' || rest.at[at] == '\n' || rest.at[at] == '\t' || rest.at[at] == '\r'))
        at++;
    struct str next = str_slice(rest, at, rest.len);
    bool follows = next.len && (next.at[0] == '^' || next.at[0] == '_' || next.at[0] == '\'');
    if (!follows && !str_starts(next, STR("\\limits")) && !str_starts(next, STR("\\nolimits")))
        return false;
    tex_skip(p, at);
    return true;
}

struct tex *tex_with_scripts(struct tex_parser *p, struct tex *base)
{
    struct tex *scripts = NULL;
    while (script_follows(p)) {
        if (tex_take_command(p, "limits"))
            base->flags |= TEX_LIMITS;
        else if (tex_take_command(p, "nolimits"))
            base->flags &= (uint16_t)~TEX_LIMITS;
        else if (!take_script(p, base, &scripts))
            break;
    }
    if (scripts)
        scripts->flags |= base->flags & TEX_LIMITS;
    return scripts ? scripts : base;
}

/* --- Rows --- */

/* Commands that make all before them in a row a numerator, and all behind them a denominator. */
struct infix {
    struct str name;
    uint16_t flags;
    struct str left, right;
};

static const struct infix infixes[] = {
    {{"over", 4}, TEX_RULED, {"", 0}, {"", 0}}, {{"atop", 4}, 0, {"", 0}, {"", 0}},
    {{"choose", 6}, 0, {"(", 1}, {")", 1}},     {{"brace", 5}, 0, {"{", 1}, {"}", 1}},
    {{"brack", 5}, 0, {"[", 1}, {"]", 1}},
};

/* The fraction that the next token makes of its row, without its parts; NULL if it makes none. */
static struct tex *take_infix(struct tex_parser *p)
{
    if (tex_peek(p) != '\\')
        return NULL;
    struct str name = tex_command_name(p);
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++) {
        if (!str_eq(name, infixes[i].name))
            continue;
        struct tex *fraction = tex_node(p, TEX_FRACTION, TEX_INNER);
        fraction->flags = infixes[i].flags;
        fraction->left = infixes[i].left;
        fraction->right = infixes[i].right;
        tex_skip(p, 1 + name.len);
        return fraction;
    }
    return NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Skips spaces. Between words that nobody has put into \text they count: `P(Positive|No Disease)`. */
static void skip_to_atom(struct tex_parser *p, struct tex_row *row, size_t *letters)
{
    struct str before = tex_rest(p);
    tex_skip_spaces(p);
    struct str rest = tex_rest(p);
    bool word = rest.len > 1 && is_letter(rest.at[0]) && is_letter(rest.at[1]);
    if (before.at == rest.at)
        return;
    if (word && *letters > 1)
        tex_row_add(row, tex_space(p, 1));
    *letters = 0;
}

static bool is_lone_letter(const struct tex *atom)
{
    return atom && atom->kind == TEX_SYMBOL && atom->text.len == 1 && is_letter(atom->text.at[0]);
}

struct tex *tex_parse_row(struct tex_parser *p)
{
    struct tex_row row = tex_row_begin(p);
    struct tex *fraction = NULL;
    if (p->set_off)
        tex_row_add(&row, tex_node(p, TEX_ROW, TEX_ORD));
    p->set_off = false;
    size_t letters = 0; /* without a space before the current place */
    for (;;) {
        skip_to_atom(p, &row, &letters);
        if (closes(p))
            break;
        if (!fraction && (fraction = take_infix(p)) != NULL) {
            fraction->part[0] = tex_row_end(&row);
            row = tex_row_begin(p);
            continue;
        }
        struct tex *atom = tex_atom(p);
        struct tex *scripted = !atom || atom->kind == TEX_SPACE ? atom : tex_with_scripts(p, atom);
        tex_row_add(&row, scripted);
        letters = is_lone_letter(scripted) ? letters + 1 : 0;
    }
    if (!fraction)
        return tex_row_end(&row);
    fraction->part[1] = tex_row_end(&row);
    row = tex_row_begin(p);
    tex_row_add(&row, fraction);
    return tex_row_end(&row);
}

const struct tex *tex_parse(struct arena *arena, struct str source, struct tex_definitions *definitions)
{
    struct tex_parser p = {.arena = arena, .definitions = definitions, .inputs = 1};
    p.input[0].text = source;
    p.has_lines = str_find(source, STR("\\\\")) != STR_NOT_FOUND;
    struct tex *first = tex_parse_row(&p);
    if (tex_peek(&p) == '\0')
        return first;
    return tex_lines(&p, first);
}
