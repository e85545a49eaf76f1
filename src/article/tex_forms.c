#include "tex_forms.h"

#include <string.h>

/* text: its left bracket, or NULL */
struct tex *tex_form_fraction(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct str option;
    if (str_eq(command, STR("\\cfrac")))
        tex_raw_option(p, &option); /* how its numerator is aligned */
    struct tex *above = tex_argument(p), *below = above ? tex_argument(p) : NULL;
    if (!below)
        return tex_incomplete(p, command, above, NULL);
    struct tex *fraction = tex_node(p, TEX_FRACTION, TEX_INNER);
    fraction->flags = form->flags;
    fraction->part[0] = above;
    fraction->part[1] = below;
    if (form->text) {
        fraction->left = STR("(");
        fraction->right = STR(")");
    }
    return fraction;
}

struct tex *tex_form_root(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    struct tex *degree = tex_option(p), *radicand = tex_argument(p);
    if (!radicand)
        return tex_incomplete(p, command, degree, NULL);
    struct tex *root = tex_node(p, TEX_ROOT, TEX_ORD);
    root->part[0] = radicand;
    root->part[1] = degree;
    return root;
}

/* The node of a command with one argument, its first part. */
static struct tex *with_argument(struct tex_parser *p, struct str command, enum tex_kind kind,
                                 enum tex_class class)
{
    struct tex *argument = tex_argument(p);
    if (!argument)
        return tex_incomplete(p, command, NULL, NULL);
    struct tex *node = tex_node(p, kind, class);
    node->part[0] = argument;
    return node;
}

/* text: a combining character, and its name */
struct tex *tex_form_accent(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct tex *node = with_argument(p, command, TEX_ACCENT, TEX_ORD);
    if (node->kind != TEX_ACCENT)
        return node;
    node->text = str_from(form->text);
    node->ascii = str_from(form->ascii);
    return node;
}

/* text: an arrow, or NULL; detail: enum tex_cover. Scripts of braces are their labels. */
struct tex *tex_form_cover(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct tex *node = with_argument(p, command, TEX_COVER, TEX_ORD);
    if (node->kind != TEX_COVER)
        return node;
    node->size = form->detail;
    node->text = str_from(form->text);
    node->ascii = str_from(form->ascii);
    bool over = form->detail == TEX_OVERBRACE;
    if (!over && form->detail != TEX_UNDERBRACE)
        return node;
    if (tex_take(p, over ? '^' : '_'))
        node->part[1] = tex_argument(p);
    return node;
}

/* detail: the part that the first argument becomes; the second is the base */
struct tex *tex_form_stack(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct tex *script = tex_argument(p), *base = script ? tex_argument(p) : NULL;
    if (!base)
        return tex_incomplete(p, command, script, NULL);
    struct tex *node = tex_node(p, TEX_STACK, (enum tex_class)tex_only(base)->class);
    node->part[0] = base;
    node->part[form->detail] = script;
    return node;
}

/* text: an arrow */
struct tex *tex_form_arrow(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct tex *below = tex_option(p), *above = tex_argument(p);
    if (!above)
        return tex_incomplete(p, command, below, NULL);
    struct tex *node = tex_node(p, TEX_ARROW, TEX_REL);
    node->text = str_from(form->text);
    node->ascii = str_from(form->ascii);
    node->part[1] = above;
    node->part[2] = below;
    return node;
}

/* flags: TEX_BOLD or none */
struct tex *tex_form_words(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return tex_incomplete(p, command, NULL, NULL);
    return tex_text(p, form->flags | p->look);
}

/* An argument in another look. flags: TEX_BOLD, TEX_STRIKE; detail: enum tex_alphabet */
struct tex *tex_form_alphabet(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    enum tex_alphabet alphabet = p->alphabet;
    uint16_t look = p->look;
    p->alphabet = form->flags ? alphabet : (enum tex_alphabet)form->detail;
    p->look |= form->flags;
    struct tex *argument = tex_argument(p);
    p->alphabet = alphabet;
    p->look = look;
    return argument ? argument : tex_incomplete(p, command, NULL, NULL);
}

/* The same up to the end of the group. */
struct tex *tex_form_change(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)command;
    p->alphabet = (enum tex_alphabet)form->detail;
    p->look = form->flags;
    return NULL;
}

struct tex *tex_form_operator(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    bool limits = tex_take(p, '*');
    tex_skip_spaces(p);
    struct tex *name = tex_peek(p) == '{' ? tex_text(p, p->look) : tex_argument(p);
    if (!name)
        return tex_incomplete(p, command, NULL, NULL);
    name->class = TEX_OP;
    name->flags |= limits ? TEX_LIMITS : 0;
    return name;
}

/* An argument in a class of its own. detail: enum tex_class */
struct tex *tex_form_classify(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct tex *argument = tex_argument(p);
    if (!argument)
        return tex_incomplete(p, command, NULL, NULL);
    struct tex_row row = tex_row_begin(p);
    tex_row_add(&row, argument);
    row.node->class = form->detail;
    row.node->flags = form->flags;
    return row.node;
}

/* --- Brackets --- */

static struct tex *growing_bar(struct tex_parser *p)
{
    struct tex *bar = tex_symbol(p, tex_delimiter(p), STR(""), TEX_REL);
    bar->flags |= TEX_GROWS;
    return bar;
}

struct tex *tex_form_fence(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    if (!tex_enter(p, TEX_OPEN_FENCE))
        return tex_unknown(p, command);
    struct tex *fence = tex_node(p, TEX_FENCED, TEX_INNER);
    fence->left = tex_delimiter(p);
    fence->part[0] = tex_parse_row(p);
    tex_leave(p);
    if (tex_take_command(p, "right"))
        fence->right = tex_delimiter(p);
    return fence;
}

/* \big and its likes: brackets grow with what they enclose anyway. flags: TEX_GROWS for \middle */
struct tex *tex_form_big(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    if (form->flags)
        return growing_bar(p);
    tex_skip_spaces(p);
    char c = tex_peek(p);
    if (c == '.') {
        tex_skip(p, 1);
        return NULL;
    }
    bool bracket = c && (c == '\\' || strchr("()[]|/<>", c));
    if (!bracket)
        return tex_unknown(p, command);
    struct tex *node = tex_atom(p);
    char side = command.at[command.len - 1];
    if (node && (side == 'l' || side == 'r'))
        node->class = side == 'l' ? TEX_OPEN : TEX_CLOSE;
    return node;
}

/* text: the brackets around the argument */
struct tex *tex_form_bracketed(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    tex_take(p, '*');
    struct tex *node = with_argument(p, command, TEX_FENCED, TEX_INNER);
    if (node->kind != TEX_FENCED)
        return node;
    node->left = str_from(form->text);
    node->right = str_from(form->ascii);
    return node;
}

struct tex *tex_form_environment(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    return tex_environment(p, command);
}

/* --- Others --- */

static const struct {
    const char *sign, *negated;
} negations[] = {
    {"=", "≠"}, {"∈", "∉"}, {"∋", "∌"}, {"⊂", "⊄"}, {"⊃", "⊅"}, {"⊆", "⊈"}, {"⊇", "⊉"},
    {"≡", "≢"}, {"∼", "≁"}, {"≈", "≉"}, {"≅", "≇"}, {"<", "≮"}, {">", "≯"}, {"≤", "≰"},
    {"≥", "≱"}, {"∃", "∄"}, {"∣", "∤"}, {"∥", "∦"}, {"⊢", "⊬"}, {"⊨", "⊭"}, {"→", "↛"},
    {"←", "↚"}, {"⇒", "⇏"}, {"⇔", "⇎"}, {"≺", "⊀"}, {"≻", "⊁"}, {"≃", "≄"},
};

static struct str negated(struct tex_parser *p, struct str sign)
{
    for (size_t i = 0; i < sizeof negations / sizeof *negations; i++)
        if (str_eq(sign, str_from(negations[i].sign)))
            return str_from(negations[i].negated);
    return arena_printf(p->arena, "%.*s\xCC\xB8", STR_ARG(sign));
}

struct tex *tex_form_negation(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    struct tex *argument = tex_argument(p), *sign = argument;
    while (sign && sign->kind == TEX_ROW && sign->first && !sign->first->next)
        sign = sign->first;
    if (!sign || sign->kind != TEX_SYMBOL)
        return tex_incomplete(p, command, argument, NULL);
    sign->text = negated(p, sign->text);
    sign->ascii = arena_printf(p->arena, "!%.*s", STR_ARG(sign->ascii));
    return sign;
}

struct tex *tex_form_frame(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct str option;
    (void)form;
    tex_raw_option(p, &option);
    if (command.at[1] == 'b')
        return with_argument(p, command, TEX_FRAME, TEX_ORD);
    struct tex *frame = tex_node(p, TEX_FRAME, TEX_ORD);
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return tex_unknown(p, command);
    frame->part[0] = tex_text(p, p->look);
    return frame;
}

struct tex *tex_form_phantom(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    return with_argument(p, command, TEX_PHANTOM, TEX_ORD);
}

/* The argument as it is. */
struct tex *tex_form_content(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    struct tex *argument = tex_argument(p);
    return argument ? argument : tex_incomplete(p, command, NULL, NULL);
}

struct tex *tex_form_dropped(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct str option;
    (void)form;
    (void)command;
    tex_raw_option(p, &option);
    tex_raw_argument(p);
    return NULL;
}

/* The second argument; the first is a colour or a length. */
struct tex *tex_form_dropped_first(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    tex_form_dropped(p, form, command);
    return tex_form_content(p, form, command);
}

struct tex *tex_form_tag(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    bool bare = tex_take(p, '*');
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return tex_unknown(p, command);
    struct tex *tag = tex_node(p, TEX_TAG, TEX_ORD);
    struct tex_row row = tex_row_begin(p);
    if (!bare)
        tex_row_add(&row, tex_symbol(p, STR("("), STR(""), TEX_OPEN));
    tex_row_add(&row, tex_text(p, p->look));
    if (!bare)
        tex_row_add(&row, tex_symbol(p, STR(")"), STR(""), TEX_CLOSE));
    tag->part[0] = tex_row_end(&row);
    return tag;
}

/* detail: 0 in brackets, 1 behind a space, 2 a binary operator without an argument */
struct tex *tex_form_modulus(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    struct tex *mod = tex_symbol(p, STR("mod"), STR(""), form->detail == 2 ? TEX_BIN : TEX_OP);
    if (form->detail)
        return mod;
    struct tex *argument = tex_argument(p);
    if (!argument)
        return tex_incomplete(p, command, NULL, NULL);
    struct tex_row row = tex_row_begin(p);
    tex_row_add(&row, tex_space(p, 1));
    tex_row_add(&row, tex_symbol(p, STR("("), STR(""), TEX_OPEN));
    if (!str_eq(command, STR("\\pod")))
        tex_row_add(&row, mod);
    tex_row_add(&row, argument);
    tex_row_add(&row, tex_symbol(p, STR(")"), STR(""), TEX_CLOSE));
    return tex_row_end(&row);
}

struct tex *tex_form_substack(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    struct tex *stack = tex_substack(p);
    return stack ? stack : tex_unknown(p, command);
}

struct tex *tex_form_definition(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    return tex_define(p, str_slice(command, 1, command.len)) ? NULL : tex_unknown(p, command);
}

struct tex *tex_form_chemistry(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return tex_unknown(p, command);
    return tex_chemistry(p, tex_raw_argument(p));
}

/* detail: the part that the argument becomes, of nothing */
struct tex *tex_form_raised(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return tex_unknown(p, command);
    struct tex *scripts = tex_node(p, TEX_SCRIPTS, TEX_ORD);
    scripts->part[0] = tex_node(p, TEX_ROW, TEX_ORD);
    scripts->part[form->detail] = tex_text(p, p->look);
    return scripts;
}

/* detail: cells */
struct tex *tex_form_blank(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)command;
    return tex_space(p, form->detail);
}

/* A length, in braces or as `3pt` or `5mu plus 1fil`. */
struct tex *tex_form_dimension(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    tex_take(p, '*');
    tex_skip_spaces(p);
    if (tex_peek(p) == '{') {
        struct str length = tex_raw_argument(p);
        return str_starts(length, STR("-")) ? NULL : tex_space(p, str_ends(length, STR("em")) ? 2 : 1);
    }
    struct str rest = tex_rest(p);
    size_t end = 0;
    while (end < rest.len && rest.at[end] && strchr("-.0123456789", rest.at[end]))
        end++;
    size_t unit = end;
    while (unit < rest.len && unit < end + 2 && rest.at[unit] >= 'a' && rest.at[unit] <= 'z')
        unit++;
    if (end == 0 || unit != end + 2)
        return tex_unknown(p, command);
    tex_skip(p, unit);
    return rest.at[0] == '-' ? NULL : tex_space(p, 1);
}

struct tex *tex_form_nothing(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)p;
    (void)form;
    (void)command;
    return NULL;
}

/* The name of an equation, which has no number here. detail: 1 in brackets */
struct tex *tex_form_reference(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return tex_unknown(p, command);
    struct tex *words = tex_node(p, TEX_WORDS, TEX_ORD);
    struct str name = tex_raw_argument(p);
    words->text = form->detail ? arena_printf(p->arena, "(%.*s)", STR_ARG(name)) : name;
    return words;
}

/* What is raised and lowered before a letter, and the letter. */
struct tex *tex_form_prescript(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    struct tex *above = tex_argument(p), *below = above ? tex_argument(p) : NULL;
    if (!below)
        return tex_incomplete(p, command, above, NULL);
    struct tex *scripts = tex_node(p, TEX_SCRIPTS, TEX_ORD);
    scripts->part[0] = tex_node(p, TEX_ROW, TEX_ORD);
    scripts->part[1] = above;
    scripts->part[2] = below;
    struct tex_row row = tex_row_begin(p);
    tex_row_add(&row, scripts);
    tex_row_add(&row, tex_argument(p));
    return tex_row_end(&row);
}

/* Brackets, the bar's height and a style before the parts. */
struct tex *tex_form_general_fraction(struct tex_parser *p, const struct tex_form *form, struct str command)
{
    (void)form;
    struct str left = str_trim(tex_raw_argument(p)), right = str_trim(tex_raw_argument(p));
    bool ruled = !str_starts(str_trim(tex_raw_argument(p)), STR("0"));
    tex_raw_argument(p);
    struct tex *above = tex_argument(p), *below = above ? tex_argument(p) : NULL;
    if (!below)
        return tex_incomplete(p, command, above, NULL);
    struct tex *fraction = tex_node(p, TEX_FRACTION, TEX_INNER);
    fraction->flags = ruled ? TEX_RULED : 0;
    fraction->left = left;
    fraction->right = right;
    fraction->part[0] = above;
    fraction->part[1] = below;
    return fraction;
}
