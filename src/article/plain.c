#include "plain.h"

#include "lectern/mem.h"

/* A level of it is a paragraph in the first place: see the highest number that counts as a citation. */
static void find_highest(struct plain_page *page)
{
    struct plain_references *references = page->references;
    uint32_t highest = references->highest;
    for (size_t i = 0; references->count && i < page->count; i++) {
        const struct plain_line *line = &page->lines[i];
        if (line->role != PLAIN_TEXT && line->role != PLAIN_ITEM)
            continue;
        uint32_t cited = plain_highest_citation(references, line->text);
        highest = cited > highest ? cited : highest;
    }
    references->highest = highest;
}

static void mark_roles(struct plain_page *page, bool begins)
{
    struct plain_facts facts;
    if (begins)
        plain_mark_facts(page, &facts);
    plain_mark_furniture(page);
    plain_mark_items(page);
    plain_mark_columns(page);
    plain_measure(page);
    plain_mark_code(page);
    plain_mark_references(page);
    plain_mark_headings(page);
    plain_mark_breaks(page);
}

static void build(struct plain_page *page, struct node *document, bool begins)
{
    if (page->count && plain_is_preformatted(page->source)) {
        uint32_t from = page->lines[0].offset, end = page->lines[page->count - 1].end;
        node_append(page->arena, document, NODE_CODE_BLOCK, from)->text = str_slice(page->source, from, end);
        return;
    }
    mark_roles(page, begins);
    find_highest(page);
    plain_build(page, document, 0, page->count);
    plain_add_links_back(page);
}

const struct node *plain_parse(struct arena *arena, struct str text, bool begins)
{
    struct node *document = arena_alloc(arena, sizeof *document);
    struct plain_references references = {0};
    struct plain_page page = {.arena = arena, .source = text, .references = &references};
    *document = (struct node){.kind = NODE_DOCUMENT, .text = text};
    page.lines = plain_lines(text, SIZE_MAX, &page.count);
    build(&page, document, begins);
    mem_free(page.lines);
    mem_free(references.entries);
    mem_free(references.citations);
    mem_free(references.found.at);
    return document;
}
