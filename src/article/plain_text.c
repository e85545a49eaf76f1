/* The text of lines to inlines: joined or broken, with its citations. */
#include "plain.h"

#include "lectern/mem.h"

#define INDENT_SHOWN 32 /* cells that a line of a poem is moved in at most */

struct node *plain_add_text(struct plain_page *page, struct node *parent, struct str text)
{
    struct node *node = node_append(page->arena, parent, NODE_TEXT, parent->offset);
    node->text = text;
    return node;
}

static uint32_t offset_of(const struct plain_page *page, struct str text)
{
    return (uint32_t)(text.at - page->source.at);
}

static void add_citation(struct plain_page *page, struct node *parent, const struct plain_cited *cited)
{
    struct plain_references *references = page->references;
    const struct plain_entry *entry = plain_entry(references, cited->number);
    struct node *link = node_append(page->arena, parent, NODE_LINK, offset_of(page, cited->text));
    link->within = true;
    link->number = cited->number;
    link->place = entry ? entry->offset : NODE_NOWHERE;
    plain_add_text(page, link, cited->text);
    references->citations = mem_grow(references->citations, references->citation_count,
                                     &references->citation_capacity, sizeof *references->citations);
    references->citations[references->citation_count++] =
        (struct plain_citation){.number = cited->number, .offset = link->offset, .section = page->section};
}

/* A line's text, with its citations: those that are still to come are taken off the list. */
static void add_cited_text(struct plain_page *page, struct node *parent, struct str text,
                           struct plain_cited_list *list)
{
    const char *end = text.at + text.len;
    while (list->next < list->count && list->at[list->next].text.at < end) {
        const struct plain_cited *cited = &list->at[list->next++];
        size_t from = (size_t)(cited->text.at - text.at);
        if (from)
            plain_add_text(page, parent, str_slice(text, 0, from));
        add_citation(page, parent, cited);
        text = str_slice(text, from + cited->text.len, text.len);
    }
    if (text.len)
        plain_add_text(page, parent, text);
}

/* A word that was broken at its hyphen. */
static bool is_cut(struct str line, struct str next)
{
    return line.len > 2 && line.at[line.len - 1] == '-' && line.at[line.len - 2] != ' ' &&
           plain_starts_lower(next);
}

/* Lines that are joined: their citations may go from one to the next. `skip`: bytes of the first line that are no text. */
static void add_joined(struct plain_page *page, struct node *parent, size_t first, size_t end, size_t skip)
{
    const struct plain_line *last = &page->lines[end - 1];
    struct str text = str_slice(page->lines[first].text, skip, page->lines[first].text.len);
    struct str all = {text.at, (size_t)(last->text.at + last->text.len - text.at)};
    struct plain_cited_list *list = &page->references->found;
    plain_find_citations(page->references, all, list);
    for (size_t i = first; i < end; i++) {
        if (i > first && !is_cut(page->lines[i - 1].text, page->lines[i].text))
            node_append(page->arena, parent, NODE_SOFT_BREAK, parent->offset);
        add_cited_text(page, parent, i > first ? page->lines[i].text : text, list);
    }
}

/* The cells that a line of a poem is moved in, as no-break spaces. */
static void add_indent(struct plain_page *page, struct node *parent, uint32_t cells)
{
    struct str space = STR("\xc2\xa0");
    cells = cells < INDENT_SHOWN ? cells : INDENT_SHOWN;
    char *bytes = arena_bytes(page->arena, space.len * cells);
    for (size_t i = 0; i < cells * space.len; i++)
        bytes[i] = space.at[i % space.len];
    if (cells)
        plain_add_text(page, parent, (struct str){bytes, space.len * cells});
}

static uint32_t least_indent(const struct plain_page *page, size_t first, size_t end)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = first; i < end; i++)
        least = page->lines[i].indent < least ? page->lines[i].indent : least;
    return least;
}

static size_t joined_end(const struct plain_page *page, size_t first, size_t end)
{
    size_t i = first + 1;
    while (i < end && plain_bond(page, i - 1) == PLAIN_JOINED)
        i++;
    return i;
}

/* Lines of text into a block, joined or broken. */
void plain_add_lines(struct plain_page *page, struct node *block, size_t first, size_t end, size_t skip)
{
    uint32_t least = least_indent(page, first, end);
    for (size_t i = first, next; i < end; i = next) {
        next = joined_end(page, i, end);
        if (i > first)
            node_append(page->arena, block, NODE_HARD_BREAK, block->offset);
        if (!skip)
            add_indent(page, block, next < end || i > first ? page->lines[i].indent - least : 0);
        add_joined(page, block, i, next, i == first ? skip : 0);
    }
}
