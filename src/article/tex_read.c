#include <string.h>

#include "tex_parser.h"

/* An option without an end is looked for no further, so that many of them do not take long. */
#define LONGEST_OPTION 1000

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct tex_input *top(struct tex_parser *p)
{
    return &p->input[p->inputs - 1];
}

struct str tex_rest(struct tex_parser *p)
{
    struct tex_input *input = top(p);
    while (input->at >= input->text.len && p->inputs > 1) {
        p->inputs--;
        input = top(p);
    }
    return str_slice(input->text, input->at, input->text.len);
}

char tex_peek(struct tex_parser *p)
{
    struct str rest = tex_rest(p);
    if (rest.len == 0)
        return '\0';
    return rest.at[0] ? rest.at[0] : '\x01'; /* either is shown as a control character */
}

void tex_skip(struct tex_parser *p, size_t bytes)
{
    top(p)->at += bytes;
}

void tex_skip_spaces(struct tex_parser *p)
{
    while (is_space(tex_peek(p)))
        tex_skip(p, 1);
}

bool tex_take(struct tex_parser *p, char c)
{
    tex_skip_spaces(p);
    if (tex_peek(p) != c)
        return false;
    tex_skip(p, 1);
    return true;
}

struct str tex_command_name(struct tex_parser *p)
{
    struct str rest = tex_rest(p);
    size_t end = 1;
    while (end < rest.len && is_letter(rest.at[end]))
        end++;
    if (end == 1 && rest.len > 1)
        end = 2;
    return str_slice(rest, 1, end);
}

bool tex_take_command(struct tex_parser *p, const char *name)
{
    tex_skip_spaces(p);
    if (tex_peek(p) != '\\' || !str_eq(tex_command_name(p), str_from(name)))
        return false;
    tex_skip(p, 1 + strlen(name));
    return true;
}

/* The length of what the brace at the beginning closes with, or of all of it. */
static size_t group_length(struct str s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\\')
            i++;
        else if (s.at[i] == '{')
            depth++;
        else if (s.at[i] == '}' && --depth == 0)
            return i + 1;
    }
    return s.len;
}

struct str tex_raw_argument(struct tex_parser *p)
{
    tex_skip_spaces(p);
    struct str rest = tex_rest(p);
    if (rest.len == 0)
        return rest;
    size_t length = 1;
    if (rest.at[0] == '\\') {
        length += tex_command_name(p).len;
        tex_skip(p, length);
        return str_slice(rest, 0, length);
    }
    while (rest.at[0] != '{' && length < rest.len && ((unsigned char)rest.at[length] & 0xC0) == 0x80)
        length++;
    if (rest.at[0] != '{') {
        tex_skip(p, length);
        return str_slice(rest, 0, length);
    }
    length = group_length(rest);
    tex_skip(p, length);
    bool closed = length > 1 && rest.at[length - 1] == '}';
    return str_slice(rest, 1, closed ? length - 1 : length);
}

bool tex_raw_option(struct tex_parser *p, struct str *option)
{
    tex_skip_spaces(p);
    struct str rest = tex_rest(p);
    if (rest.len == 0 || rest.at[0] != '[')
        return false;
    size_t end = str_find_byte(str_slice(rest, 0, LONGEST_OPTION), ']');
    if (end == STR_NOT_FOUND)
        return false;
    tex_skip(p, end + 1);
    *option = str_slice(rest, 1, end);
    return true;
}

bool tex_push(struct tex_parser *p, struct str text, struct tex_definition *definition)
{
    tex_rest(p);
    if (p->inputs == TEX_INPUTS)
        return false;
    p->input[p->inputs++] = (struct tex_input){.text = text, .definition = definition};
    return true;
}
