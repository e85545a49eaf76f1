/* \newcommand, \def and \let, and what becomes of a command that was defined. */
#include "tex_parser.h"

#define PARAMETERS 9

struct tex_definition {
    struct tex_definition *next;
    struct str name, body, preset; /* preset: of the first parameter, when it is optional */
    uint8_t parameters;
    bool optional;
    bool open; /* is being replaced: its name inside is not understood */
};

static struct tex_definition *find(const struct tex_definitions *all, struct str name)
{
    for (struct tex_definition *d = all->first; d; d = d->next)
        if (str_eq(d->name, name))
            return d;
    return NULL;
}

static bool keep(struct tex_parser *p, const struct tex_definition *definition)
{
    struct tex_definitions *all = p->definitions;
    struct tex_definition *known = find(all, definition->name);
    if (!known) {
        if (all->count == BOUND_TEX_DEFINITIONS)
            return false;
        known = arena_alloc(p->arena, sizeof *known);
        known->next = all->first;
        all->first = known;
        all->count++;
    }
    struct tex_definition *next = known->next;
    bool open = known->open;
    *known = *definition;
    known->next = next;
    known->open = open;
    return true;
}

/* The name in `{\name}` or `\name`, without its backslash. */
static struct str defined_name(struct tex_parser *p)
{
    struct str argument = str_trim(tex_raw_argument(p));
    return str_starts(argument, STR("\\")) ? str_slice(argument, 1, argument.len) : STR("");
}

/* `{\name}[2][preset]{body}` */
static bool define_new(struct tex_parser *p)
{
    struct tex_definition d = {.name = defined_name(p)};
    struct str option;
    uint64_t count = 0;
    if (tex_raw_option(p, &option) && (!str_to_u64(str_trim(option), &count) || count > PARAMETERS))
        return false;
    d.parameters = (uint8_t)count;
    d.optional = count && tex_raw_option(p, &d.preset);
    d.body = tex_raw_argument(p);
    return d.name.len && keep(p, &d);
}

/* `\name#1#2{body}` */
static bool define_plain(struct tex_parser *p)
{
    struct tex_definition d = {.name = defined_name(p)};
    while (tex_take(p, '#')) {
        tex_skip(p, tex_peek(p) ? 1 : 0);
        if (++d.parameters > PARAMETERS)
            return false;
    }
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return false;
    d.body = tex_raw_argument(p);
    return d.name.len && keep(p, &d);
}

/* `\name=\other` */
static bool define_alias(struct tex_parser *p)
{
    struct tex_definition d = {.name = defined_name(p)};
    tex_take(p, '=');
    d.body = tex_raw_argument(p);
    return d.name.len && d.body.len && keep(p, &d);
}

static bool define_operator(struct tex_parser *p)
{
    bool limits = tex_take(p, '*');
    struct tex_definition d = {.name = defined_name(p)};
    struct str name = tex_raw_argument(p);
    d.body = arena_printf(p->arena, "\\operatorname%s{%.*s}", limits ? "*" : "", STR_ARG(name));
    return d.name.len && keep(p, &d);
}

bool tex_define(struct tex_parser *p, struct str name)
{
    if (str_eq(name, STR("let")))
        return define_alias(p);
    if (str_eq(name, STR("def")) || str_eq(name, STR("gdef")))
        return define_plain(p);
    if (str_eq(name, STR("DeclareMathOperator")))
        return define_operator(p);
    tex_take(p, '*');
    return define_new(p);
}

/* The body with the arguments in the places of `#1` to `#9`, but no more than is allowed. */
static void fill(struct buf *out, const struct tex_definition *d, const struct str *arguments)
{
    struct str rest = d->body;
    while (rest.len && out->len <= BOUND_TEX_EXPANSION) {
        size_t mark = str_find_byte(rest, '#');
        buf_add(out, str_slice(rest, 0, mark));
        if (mark == STR_NOT_FOUND)
            return;
        rest = str_slice(rest, mark + 1, rest.len);
        size_t number = rest.len ? (size_t)(rest.at[0] - '1') : PARAMETERS;
        if (number < d->parameters)
            buf_add(out, arguments[number]);
        else
            buf_add(out, STR("#"));
        rest = str_slice(rest, number < d->parameters ? 1 : 0, rest.len);
    }
}

/* Definitions that have been left are open no more. */
static void close_left(struct tex_parser *p)
{
    tex_rest(p);
    for (struct tex_definition *d = p->definitions->first; d; d = d->next)
        d->open = false;
    for (size_t i = 0; i < p->inputs; i++)
        if (p->input[i].definition)
            p->input[i].definition->open = true;
}

static void take_arguments(struct tex_parser *p, const struct tex_definition *d, struct str *arguments)
{
    size_t i = 0;
    if (d->optional && !tex_raw_option(p, &arguments[i++]))
        arguments[0] = d->preset;
    for (; i < d->parameters; i++)
        arguments[i] = tex_raw_argument(p);
}

/* Puts what the definition becomes before what is still to be read. False, with nothing taken, if it is too much. */
static bool replace(struct tex_parser *p, struct tex_definition *d)
{
    struct str arguments[PARAMETERS] = {{0}};
    struct tex_definitions *all = p->definitions;
    struct buf text = {0};
    tex_rest(p);
    size_t inputs = p->inputs, at = p->input[inputs - 1].at;
    take_arguments(p, d, arguments);
    fill(&text, d, arguments);
    all->expanded += text.len;
    bool allowed =
        all->expanded <= BOUND_TEX_EXPANSION && tex_push(p, arena_str(p->arena, buf_str(&text)), d);
    if (!allowed && p->inputs == inputs)
        p->input[inputs - 1].at = at;
    buf_free(&text);
    return allowed;
}

bool tex_expand(struct tex_parser *p, struct str name)
{
    struct tex_definition *d = find(p->definitions, name);
    if (!d)
        return false;
    if (d->open)
        close_left(p);
    if (d->open || p->definitions->expanded > BOUND_TEX_EXPANSION || !replace(p, d))
        return false;
    d->open = true;
    return true;
}
