#include "compose.h"

#include "lectern/math.h"
#include "lectern/mem.h"

struct node *compose_node(struct arena *arena, struct node *parent, enum node_kind kind)
{
    return node_append(arena, parent, kind, parent->offset);
}

void compose_text(struct arena *arena, struct node *parent, struct str text)
{
    compose_node(arena, parent, NODE_TEXT)->text = text;
}

static void compose_formula(struct arena *arena, struct node *parent, struct str source, size_t delimiter)
{
    struct node *formula = compose_node(arena, parent, NODE_MATH);
    formula->source = source;
    formula->text = str_trim(str_slice(source, delimiter, source.len - delimiter));
}

void compose_prose(struct arena *arena, struct node *parent, struct str text)
{
    struct math_spans spans = {0};
    size_t from = 0;
    math_find(text, &spans);
    for (size_t i = 0; i < spans.count; i++) {
        const struct math_span *span = &spans.at[i];
        compose_text(arena, parent, str_slice(text, from, span->begin));
        compose_formula(arena, parent, str_slice(text, span->begin, span->end), span->delimiter);
        from = span->end;
    }
    compose_text(arena, parent, str_slice(text, from, text.len));
    mem_free(spans.at);
}

struct node *compose_heading(struct arena *arena, struct node *parent, uint32_t level, struct str text)
{
    struct node *heading = compose_node(arena, parent, NODE_HEADING);
    heading->number = level;
    compose_text(arena, heading, text);
    return heading;
}

void compose_paragraph(struct arena *arena, struct node *parent, struct str text)
{
    compose_text(arena, compose_node(arena, parent, NODE_PARAGRAPH), text);
}

void compose_row(struct arena *arena, struct node *table, struct str name, struct str value)
{
    struct node *row = compose_node(arena, table, NODE_TABLE_ROW);
    struct node *cell = compose_node(arena, row, NODE_TABLE_CELL);
    compose_text(arena, compose_node(arena, cell, NODE_STRONG), name);
    compose_text(arena, compose_node(arena, row, NODE_TABLE_CELL), value);
    table->columns = 2;
    table->tight = true;
}

void compose_copies(struct arena *arena, struct node *parent, const struct node *first)
{
    for (; first; first = first->next)
        compose_copy(arena, parent, first);
}

void compose_copy(struct arena *arena, struct node *parent, const struct node *node)
{
    struct node *copy = compose_node(arena, parent, node->kind);
    *copy = *node;
    copy->first = copy->last = copy->next = NULL;
    copy->text = arena_str(arena, node->text);
    copy->source = arena_str(arena, node->source);
    copy->target = arena_str(arena, node->target);
    copy->info = arena_str(arena, node->info);
    compose_copies(arena, copy, node->first);
}
