/* Lines to nodes, by their roles. */
#include "plain.h"

#include "lectern/mem.h"

static struct node *add_block(struct plain_page *page, struct node *parent, enum node_kind kind, size_t line)
{
    return node_append(page->arena, parent, kind, page->lines[line].offset);
}

static size_t add_paragraph(struct plain_page *page, struct node *parent, size_t first, size_t end)
{
    size_t next = first + 1;
    while (next < end && page->lines[next].role == PLAIN_TEXT && !page->lines[next].first &&
           plain_bond(page, next - 1) != PLAIN_APART)
        next++;
    plain_add_lines(page, add_block(page, parent, NODE_PARAGRAPH, first), first, next, 0);
    return next;
}

/* The end of the run of lines of one role, within a group or, with `beyond`, beyond blank lines. */
static size_t role_end(const struct plain_page *page, size_t first, size_t end, bool beyond)
{
    size_t i = first + 1;
    while (i < end && page->lines[i].role == page->lines[first].role && (beyond || !page->lines[i].first))
        i++;
    return i;
}

/* Lines that are kept, each on its own, in an emphasis if they are not the text's own. */
static size_t add_kept_lines(struct plain_page *page, struct node *parent, size_t first, size_t end,
                             bool emphasis)
{
    size_t next = role_end(page, first, end, false);
    struct node *block = add_block(page, parent, NODE_PARAGRAPH, first);
    if (emphasis)
        block = add_block(page, block, NODE_EMPHASIS, first);
    for (size_t i = first; i < next; i++) {
        bool folded = page->lines[i].role == PLAIN_HEADER && page->lines[i].indent;
        if (i > first)
            node_append(page->arena, block, folded ? NODE_SOFT_BREAK : NODE_HARD_BREAK, block->offset);
        plain_add_text(page, block, page->lines[i].text);
    }
    return next;
}

static size_t add_fold(struct plain_page *page, struct node *parent, size_t first, size_t end)
{
    size_t next = role_end(page, first, end, true);
    struct node *fold = add_block(page, parent, NODE_FOLD, first);
    fold->number = (uint32_t)(next - first);
    for (size_t i = first; i < next;)
        i = add_kept_lines(page, fold, i, next, false);
    return next;
}

static size_t add_code(struct plain_page *page, struct node *parent, size_t first, size_t end)
{
    size_t next = role_end(page, first, end, true);
    add_block(page, parent, NODE_CODE_BLOCK, first)->text =
        str_slice(page->source, page->lines[first].offset, page->lines[next - 1].end);
    return next;
}

static size_t add_heading(struct plain_page *page, struct node *parent, size_t first, size_t end)
{
    size_t next = role_end(page, first, end, false);
    struct node *heading = add_block(page, parent, NODE_HEADING, first);
    heading->number = page->lines[first].level;
    if (page->lines[first].role == PLAIN_HEADING)
        page->section = page->lines[first].text;
    for (size_t i = first; i < next; i++) {
        if (i > first)
            node_append(page->arena, heading, NODE_SOFT_BREAK, heading->offset);
        plain_add_text(page, heading, page->lines[i].text);
    }
    return next;
}

/* --- Lists --- */

static bool is_ordered(const struct plain_marker *marker)
{
    return marker->kind == '.' || marker->kind == ')';
}

/* Whether an item goes on the list of the one before it. */
static bool follows(const struct plain_marker *before, const struct plain_marker *marker)
{
    return marker->kind == before->kind && (!is_ordered(marker) || marker->number == before->number + 1);
}

/* The lines of an item: those that are moved in or joined. */
static size_t item_end(const struct plain_page *page, size_t first, size_t end)
{
    size_t i = first + 1;
    while (i < end && page->lines[i].role == PLAIN_TEXT && !page->lines[i].first &&
           (page->lines[i].indent > page->lines[first].indent ||
            (page->wrap && plain_bond(page, i - 1) == PLAIN_JOINED)))
        i++;
    return i;
}

static size_t add_list(struct plain_page *page, struct node *parent, size_t first, size_t end, size_t depth)
{
    struct node *list = add_block(page, parent, NODE_LIST, first), *item = NULL;
    uint32_t indent = page->lines[first].indent;
    struct plain_marker marker, before;
    plain_marker(page->lines[first].text, &before);
    list->ordered = is_ordered(&before);
    list->number = before.number;
    list->tight = true;
    size_t i = first;
    while (i < end && page->lines[i].role == PLAIN_ITEM) {
        const struct plain_line *line = &page->lines[i];
        if (item && line->indent > indent + 1 && depth < PLAIN_DEPTH) {
            i = add_list(page, item, i, end, depth + 1);
            continue;
        }
        plain_marker(line->text, &marker);
        if (item && (line->indent + 1 < indent || !follows(&before, &marker)))
            break;
        list->tight = list->tight && (!item || !line->first);
        item = add_block(page, list, NODE_ITEM, i);
        size_t next = item_end(page, i, end);
        plain_add_lines(page, add_block(page, item, NODE_PARAGRAPH, i), i, next, marker.length);
        before = marker;
        i = next;
    }
    return i;
}

/* --- Quotes of mail --- */

/* The lines of a quote without their marks, as a page of its own. */
static struct plain_line *quoted_lines(const struct plain_page *page, size_t first, size_t end, size_t *count)
{
    struct plain_line *lines = mem_calloc(end - first, sizeof *lines);
    bool blank = true;
    *count = 0;
    for (size_t i = first; i < end; i++) {
        struct plain_line line = page->lines[i];
        struct str text = str_slice(line.text, 1, line.text.len);
        if (text.len && text.at[0] == ' ')
            text = str_slice(text, 1, text.len);
        plain_measure_line(&line, text);
        line.role = PLAIN_TEXT;
        line.first = blank;
        line.last = i + 1 == end;
        blank = line.text.len == 0;
        if (blank && *count)
            lines[*count - 1].last = true;
        if (!blank)
            lines[(*count)++] = line;
    }
    if (*count)
        lines[*count - 1].last = true;
    return lines;
}

static size_t add_quote(struct plain_page *page, struct node *parent, size_t first, size_t end)
{
    size_t next = role_end(page, first, end, false);
    struct node *quote = add_block(page, parent, NODE_QUOTE, first);
    struct plain_page inner = *page;
    inner.depth++;
    inner.lines = quoted_lines(page, first, next, &inner.count);
    plain_mark_items(&inner);
    plain_mark_columns(&inner);
    plain_measure(&inner);
    if (!inner.wrap) {
        inner.wrap = page->wrap;
        inner.slack = page->slack;
    }
    plain_mark_code(&inner);
    plain_mark_breaks(&inner);
    plain_build(&inner, quote, 0, inner.count);
    mem_free(inner.lines);
    return next;
}

/* --- All of it --- */

static size_t add_next(struct plain_page *page, struct node *parent, size_t i, size_t end)
{
    switch (page->lines[i].role) {
    case PLAIN_TITLE:
    case PLAIN_HEADING: return add_heading(page, parent, i, end);
    case PLAIN_HEADER: return add_kept_lines(page, parent, i, end, false);
    case PLAIN_BYLINE: return add_kept_lines(page, parent, i, end, true);
    case PLAIN_ITEM: return add_list(page, parent, i, end, page->depth);
    case PLAIN_QUOTE: return add_quote(page, parent, i, end);
    case PLAIN_CODE: return add_code(page, parent, i, end);
    case PLAIN_FURNITURE: return add_fold(page, parent, i, end);
    case PLAIN_REFERENCE: return plain_add_entries(page, parent);
    case PLAIN_RULE: add_block(page, parent, NODE_RULE, i); return i + 1;
    case PLAIN_UNDERLINE: return i + 1;
    default: return add_paragraph(page, parent, i, end);
    }
}

void plain_build(struct plain_page *page, struct node *parent, size_t first, size_t end)
{
    struct node *aside = NULL;
    for (size_t i = first; i < end;) {
        if (!page->lines[i].aside)
            aside = NULL;
        else if (!aside || page->lines[i].role == PLAIN_HEADING)
            aside = add_block(page, parent, NODE_QUOTE, i);
        i = add_next(page, aside ? aside : parent, i, end);
    }
}
