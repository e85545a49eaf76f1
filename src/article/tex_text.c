/* Words in a formula: the argument of \text and its likes. */
#include "tex_forms.h"

struct text_run {
    struct tex_parser *p;
    struct tex_row row;
    struct buf words;
    bool blank; /* behind the words */
    uint16_t look;
};

static void end_words(struct text_run *run)
{
    struct tex_parser *p = run->p;
    if (run->words.len) {
        struct tex *node = tex_node(p, TEX_WORDS, TEX_ORD);
        node->text = arena_str(p->arena, buf_str(&run->words));
        node->flags = run->look;
        tex_row_add(&run->row, node);
        buf_clear(&run->words);
    }
    if (run->blank)
        tex_row_add(&run->row, tex_space(p, 1));
    run->blank = false;
}

static void add_bytes(struct text_run *run, struct str bytes)
{
    if (run->blank && run->words.len)
        buf_add_byte(&run->words, ' ');
    else if (run->blank)
        end_words(run);
    run->blank = false;
    buf_add(&run->words, bytes);
}

static void add_node(struct text_run *run, struct tex *node)
{
    if (!node)
        return;
    end_words(run);
    tex_row_add(&run->row, node);
}

/* A formula among the words. */
static void add_formula(struct text_run *run)
{
    struct tex_parser *p = run->p;
    struct str dollar = str_slice(tex_rest(p), 0, 1);
    tex_skip(p, 1);
    if (!tex_enter(p, TEX_OPEN_DOLLAR)) {
        add_bytes(run, dollar);
        return;
    }
    add_node(run, tex_parse_row(p));
    tex_leave(p);
    tex_take(p, '$');
}

static void add_command(struct text_run *run)
{
    struct tex_parser *p = run->p;
    struct str name = tex_command_name(p);
    const struct tex_sign *sign = tex_find_sign(name);
    if (sign && sign->class == TEX_ORD) {
        tex_skip(p, 1 + name.len);
        add_bytes(run, str_from(sign->text));
        return;
    }
    struct tex *node = tex_command(p);
    if (node && node->kind == TEX_SPACE)
        run->blank = true;
    else
        add_node(run, node);
}

/* Bytes of words at the current place. Closing braces of groups inside, `depth` of them, are no end. */
static size_t plain_length(struct str s)
{
    size_t end = 0;
    while (end < s.len && str_find_byte(STR("\\{}$~ \t\r\n"), s.at[end]) == STR_NOT_FOUND)
        end++;
    return end;
}

static void take_words(struct text_run *run)
{
    struct tex_parser *p = run->p;
    for (size_t depth = 0; tex_peek(p);) {
        struct str rest = tex_rest(p);
        char c = rest.at[0];
        if (c == '\\') {
            add_command(run);
        } else if (c == '$') {
            add_formula(run);
        } else if (c == '}' && depth == 0) {
            tex_skip(p, 1);
            return;
        } else if (c == '{' || c == '}') {
            depth += c == '{' ? 1 : (size_t)-1;
            tex_skip(p, 1);
        } else if (plain_length(rest)) {
            add_bytes(run, str_slice(rest, 0, plain_length(rest)));
            tex_skip(p, plain_length(rest));
        } else {
            run->blank = true;
            tex_skip(p, 1);
        }
    }
}

struct tex *tex_text(struct tex_parser *p, uint16_t look)
{
    struct text_run run = {.p = p, .row = tex_row_begin(p), .look = look};
    if (!tex_enter(p, TEX_OPEN_GROUP)) {
        struct str rest = tex_rest(p);
        tex_skip(p, 1);
        p->flat_groups++;
        return tex_unknown(p, str_slice(rest, 0, 1));
    }
    tex_skip(p, 1);
    take_words(&run);
    end_words(&run);
    buf_free(&run.words);
    tex_leave(p);
    return run.row.node;
}
