#include "snippet_text.h"

#include "lectern/arena.h"
#include "lectern/layout.h"

static bool is_one_of(struct str set, char c)
{
    return str_find_byte(set, c) != STR_NOT_FOUND;
}

/* Bytes of markup at the beginning of a line: quotes, headings, list markers; all of a fence or a table's rule. */
static size_t line_markup(struct str rest)
{
    size_t end = str_find_byte(rest, '\n'), at = 0;
    struct str line = str_slice(rest, 0, end == STR_NOT_FOUND ? rest.len : end);
    while (at < line.len && (snippet_is_space(line.at[at]) || line.at[at] == '>' || line.at[at] == '#'))
        at++;
    struct str inner = str_slice(line, at, line.len);
    size_t rule = 0;
    while (rule < inner.len && is_one_of(STR("|-:=*_ \t"), inner.at[rule]))
        rule++;
    if (rule == inner.len || str_starts(inner, STR("```")) || str_starts(inner, STR("~~~")))
        return line.len;
    size_t marker = 0;
    while (marker < inner.len && marker < 9 && inner.at[marker] >= '0' && inner.at[marker] <= '9')
        marker++;
    bool numbered = marker && marker < inner.len && (inner.at[marker] == '.' || inner.at[marker] == ')');
    if (!numbered)
        marker = 0;
    if (numbered || (inner.len && is_one_of(STR("-+*"), inner.at[0])))
        if (marker + 1 < inner.len && inner.at[marker + 1] == ' ')
            at += marker + 2;
    return at;
}

/* The closing bracket of a link's text that ends on this line, whose target follows; else 0. */
static size_t link_text_end(struct str rest)
{
    for (size_t at = 1; at + 1 < rest.len && rest.at[at] != '\n' && rest.at[at] != '['; at++)
        if (rest.at[at] == ']')
            return rest.at[at + 1] == '(' ? at : 0;
    return 0;
}

/* Bytes of markup at the beginning of `rest`; `link_end` is where the text of the link that one is in ends. */
static size_t inline_markup(struct str rest, const char **link_end)
{
    if (*link_end && rest.at == *link_end) {
        size_t end = 0;
        while (end < rest.len && rest.at[end] != ')' && rest.at[end] != '\n')
            end++;
        return end < rest.len && rest.at[end] == ')' ? end + 1 : 1;
    }
    switch (rest.at[0]) {
    case '*':
    case '`':
    case '|': return 1;
    case '[': {
        size_t end = link_text_end(rest);
        if (end)
            *link_end = rest.at + end;
        return end != 0;
    }
    case '!': return rest.len > 1 && rest.at[1] == '[' && link_text_end(str_slice(rest, 1, rest.len));
    default: return 0;
    }
}

struct line {
    struct buf *out;
    bool space; /* before what comes next */
};

static void add(struct line *line, struct str text)
{
    if (line->space && line->out->len)
        buf_add_byte(line->out, ' ');
    line->space = false;
    buf_add(line->out, text);
}

static void add_formula(struct line *line, struct str text, const struct math_span *formula)
{
    struct arena arena = {0};
    struct str source =
        str_slice(text, formula->begin + formula->delimiter, formula->end - formula->delimiter);
    line->space |= formula->display;
    add(line, layout_formula(&arena, source, TEXT_UTF8));
    line->space = formula->display;
    arena_free(&arena);
}

void snippet_write(struct buf *out, const struct snippet_part *part)
{
    struct line line = {.out = out};
    const struct math_span *formula = part->formulas, *last = formula + part->formula_count;
    const char *link_end = NULL;
    size_t at = part->begin;
    bool at_line = at == 0 || part->text.at[at - 1] == '\n';
    while (at < part->end) {
        if (formula < last && at == formula->begin) {
            add_formula(&line, part->text, formula);
            at = formula++->end;
            at_line = false;
            continue;
        }
        struct str rest = str_slice(part->text, at, formula < last ? formula->begin : part->end);
        size_t markup = at_line ? line_markup(rest) : 0;
        if (markup == 0)
            markup = inline_markup(rest, &link_end);
        size_t step = markup ? markup : 1;
        char byte = rest.at[step - 1];
        at_line = byte == '\n';
        if (markup || snippet_is_space(byte))
            line.space |= snippet_is_space(byte) || byte == '|';
        else
            add(&line, str_slice(rest, 0, 1));
        at += step;
    }
}
