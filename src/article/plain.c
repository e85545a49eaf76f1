#include <string.h>

#include "lectern/markdown.h"

/* Blanks between two columns of a table. */
#define COLUMN_GAP 3

/* Indented by four cells, or with a tab or a wide gap between its words: to be kept as it stands. */
static bool is_code(struct str line)
{
    size_t indent = 0, first = 0, gap = 0;
    for (; first < line.len && (line.at[first] == ' ' || line.at[first] == '\t'); first++)
        indent += line.at[first] == '\t' ? 4 - indent % 4 : 1;
    if (indent >= 4)
        return true;
    for (size_t i = first; i < line.len; i++) {
        if (line.at[i] == '\t')
            return true;
        gap = line.at[i] == ' ' ? gap + 1 : 0;
        if (gap == COLUMN_GAP)
            return true;
    }
    return false;
}

/* Takes the lines of code that begin at `offset`, blank lines between them included. Returns their length. */
static size_t code_length(struct str text, size_t offset)
{
    struct str rest = str_slice(text, offset, text.len), line;
    size_t end = offset;
    while (str_next_line(&rest, &line)) {
        struct str trimmed = str_trim(line);
        line.len = trimmed.len ? (size_t)(trimmed.at + trimmed.len - line.at) : 0;
        if (line.len && !is_code(line))
            break;
        if (line.len)
            end = text.len - rest.len;
    }
    return end - offset;
}

static void add_line(struct arena *arena, struct node *document, struct str line, size_t offset, bool title)
{
    struct node *block =
        node_append(arena, document, title ? NODE_HEADING : NODE_PARAGRAPH, (uint32_t)offset);
    block->number = title;
    node_append(arena, block, NODE_TEXT, (uint32_t)offset)->text = line;
}

const struct node *markdown_parse_plain(struct arena *arena, struct str text, bool has_title)
{
    struct node *document = arena_alloc(arena, sizeof *document);
    *document = (struct node){.kind = NODE_DOCUMENT, .text = text};
    bool title = has_title;
    for (size_t at = 0; at < text.len;) {
        struct str rest = str_slice(text, at, text.len), line;
        size_t begin = at;
        str_next_line(&rest, &line);
        at = text.len - rest.len;
        struct str trimmed = str_trim(line);
        if (trimmed.len == 0)
            continue;
        line.len = (size_t)(trimmed.at + trimmed.len - line.at);
        if (!title && is_code(line)) {
            size_t length = code_length(text, begin);
            node_append(arena, document, NODE_CODE_BLOCK, (uint32_t)begin)->text =
                str_slice(text, begin, begin + length);
            at = begin + length;
        } else {
            add_line(arena, document, trimmed, begin, title);
        }
        title = false;
    }
    return document;
}
