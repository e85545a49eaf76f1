#include "frontmatter_simple.h"

#include <string.h>

#include "lectern/bounds.h"

/* Longer names than these are none of the simple ones. */
#define NAME_BYTES 128

struct simple {
    struct arena *arena;
    struct str text;
    frontmatter_take *take;
    void *context;
    size_t at;     /* where the line at hand begins */
    uint32_t line; /* its number, from 1 */
    size_t indents[BOUND_NESTING];
    size_t depth;
};

static size_t line_end(struct str text, size_t at)
{
    const char *lf = at < text.len ? memchr(text.at + at, '\n', text.len - at) : NULL;
    return lf ? (size_t)(lf - text.at) : text.len;
}

static size_t spaces_at(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.at[end] == ' ')
        end++;
    return end - at;
}

static void next_line(struct simple *simple, size_t end)
{
    simple->at = end < simple->text.len ? end + 1 : end;
    simple->line++;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A next line, line separator or paragraph separator, which end a line to libyaml. */
static bool has_other_break(struct str line)
{
    const char *at = line.at, *end = at + line.len;
    for (; (at = memchr(at, 0xe2, (size_t)(end - at))) != NULL; at++)
        if (end - at >= 3 && (unsigned char)at[1] == 0x80 &&
            ((unsigned char)at[2] == 0xa8 || (unsigned char)at[2] == 0xa9))
            return true;
    for (at = line.at; (at = memchr(at, 0xc2, (size_t)(end - at))) != NULL; at++)
        if (end - at >= 2 && (unsigned char)at[1] == 0x85)
            return true;
    return false;
}

static bool give(struct simple *simple, enum frontmatter_item_kind kind)
{
    return simple->take(simple->context, &(struct frontmatter_item){.kind = kind});
}

static bool give_scalar(struct simple *simple, struct str text, uint32_t line, size_t column)
{
    return simple->take(simple->context,
                        &(struct frontmatter_item){
                            .kind = ITEM_SCALAR, .text = text, .line = line, .column = (uint32_t)column + 1});
}

/* A value on its line that begins like a word, number or path, and holds nothing that could be more than text. */
static bool is_plain(struct str value)
{
    char first = value.at[0], last = value.at[value.len - 1];
    bool begins = is_letter(first) || is_digit(first) || first == '/' || (unsigned char)first >= 0x80 ||
                  ((first == '-' || first == '.') && value.len > 1 && is_digit(value.at[1]));
    if (!begins || last == ' ' || last == ':' || has_other_break(value))
        return false;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (c == '\t' || (c == '#' && value.at[i - 1] == ' ') || (c == ' ' && value.at[i - 1] == ':'))
            return false;
    }
    return true;
}

/* The lines of a block scalar. */
struct block {
    size_t indent, count;
    size_t begin, end; /* in the text; the end is where the line behind them begins, or the end of the text */
};

/* The lines below a name that is indented by `outer`. False if they are not plainly the block's. */
static bool find_block(struct str text, size_t at, size_t outer, struct block *block)
{
    *block = (struct block){.indent = spaces_at(text, at), .begin = at};
    while (at < text.len) {
        size_t spaces = spaces_at(text, at), first = at + spaces;
        if (first == text.len || text.at[first] == '\n' || text.at[first] == '\t')
            return false;
        if (spaces <= outer)
            break;
        size_t end = line_end(text, first);
        if (spaces != block->indent || has_other_break(str_slice(text, first, end)))
            return false;
        block->count++;
        at = end < text.len ? end + 1 : end;
    }
    block->end = at;
    return block->count > 0;
}

/* The lines without their indentation, joined as the style wants it: folded ones by spaces. */
static struct str block_text(struct arena *arena, struct str text, const struct block *block, char style)
{
    size_t end = block->end - (text.at[block->end - 1] == '\n');
    if (block->count == 1)
        return str_slice(text, block->begin + block->indent, end);
    char *value = arena_bytes(arena, end - block->begin);
    size_t len = 0;
    for (size_t at = block->begin; at < end;) {
        size_t from = at + block->indent, to = line_end(text, from);
        if (len)
            value[len++] = style == '>' ? ' ' : '\n';
        memcpy(value + len, text.at + from, to - from);
        len += to - from;
        at = to + 1;
    }
    return (struct str){value, len};
}

/* The value behind a name's colon. */
static bool read_value(struct simple *simple, size_t indent, size_t from, size_t end)
{
    struct str text = simple->text;
    size_t start = from + spaces_at(text, from);
    struct str value = str_slice(text, start, end);
    uint32_t line = simple->line;
    size_t column = start - simple->at;
    next_line(simple, end);
    if (str_eq(value, STR(">-")) || str_eq(value, STR("|-"))) {
        struct block block;
        if (!find_block(text, simple->at, indent, &block))
            return false;
        simple->at = block.end;
        simple->line += (uint32_t)block.count;
        return give_scalar(simple, block_text(simple->arena, text, &block, value.at[0]), line, column);
    }
    /* What is indented further would go on with it. */
    return start > from && is_plain(value) &&
           (simple->at == text.len || spaces_at(text, simple->at) <= indent) &&
           give_scalar(simple, value, line, column);
}

/* Closes what a line with this indentation is not part of; false if there is no such level. */
static bool dedent(struct simple *simple, size_t indent)
{
    while (simple->depth && simple->indents[simple->depth - 1] > indent) {
        simple->depth--;
        if (!give(simple, ITEM_COLLECTION_END))
            return false;
    }
    return simple->depth && simple->indents[simple->depth - 1] == indent;
}

static bool open_mapping(struct simple *simple, size_t indent)
{
    if (simple->depth == BOUND_NESTING)
        return false;
    simple->indents[simple->depth++] = indent;
    return give(simple, ITEM_MAPPING);
}

/* A name with its value, or with a mapping that begins on the next line. */
static bool read_line(struct simple *simple)
{
    struct str text = simple->text;
    size_t indent = spaces_at(text, simple->at), name = simple->at + indent, colon = name;
    if (!dedent(simple, indent) || colon == text.len || !is_letter(text.at[colon]))
        return false;
    while (colon < text.len &&
           (is_letter(text.at[colon]) || is_digit(text.at[colon]) || text.at[colon] == '-'))
        colon++;
    if (colon == text.len || text.at[colon] != ':' || colon - name > NAME_BYTES ||
        !give_scalar(simple, str_slice(text, name, colon), simple->line, indent))
        return false;
    size_t end = line_end(text, colon);
    if (end > colon + 1)
        return read_value(simple, indent, colon + 1, end);
    next_line(simple, end);
    size_t inner = spaces_at(text, simple->at);
    return inner > indent && open_mapping(simple, inner);
}

bool frontmatter_read_simple(struct arena *arena, struct str text, frontmatter_take *take, void *context)
{
    struct simple simple = {.arena = arena, .text = text, .take = take, .context = context, .line = 1};
    if (!str_starts(text, STR("---\n")))
        return false;
    next_line(&simple, 3);
    if (simple.at == text.len || spaces_at(text, simple.at) > 0 || !open_mapping(&simple, 0))
        return false;
    while (simple.at < text.len)
        if (!read_line(&simple))
            return false;
    while (simple.depth) {
        simple.depth--;
        if (!give(&simple, ITEM_COLLECTION_END))
            return false;
    }
    return true;
}
