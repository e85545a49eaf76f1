#include <inttypes.h>

#include "query_parser.h"

static void add_field(struct buf *out, const struct query_node *node)
{
    const char *name = query_field_name(node->words[0].field);
    if (*name)
        buf_printf(out, "%s:", name);
}

static void add_words(struct buf *out, const struct query_node *node)
{
    for (size_t i = 0; i < node->word_count; i++) {
        if (i)
            buf_add_byte(out, ' ');
        buf_add(out, node->words[i].text);
        if (node->words[i].prefix)
            buf_add_byte(out, '*');
    }
}

static void add_day(struct buf *out, uint32_t day)
{
    if (day != QUERY_FIRST_DAY && day != QUERY_LAST_DAY)
        buf_printf(out, "%04" PRIu32 "-%02" PRIu32 "-%02" PRIu32, day / 10000, day / 100 % 100, day % 100);
}

/* The text may hold NUL bytes. */
static void add_between(struct buf *out, const char *before, struct str text, const char *behind)
{
    buf_add(out, str_from(before));
    buf_add(out, text);
    buf_add(out, str_from(behind));
}

static void add_leaf(struct buf *out, const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_WORD:
        add_field(out, node);
        add_words(out, node);
        break;
    case QUERY_PHRASE:
        add_field(out, node);
        buf_add_byte(out, '"');
        add_words(out, node);
        buf_add_byte(out, '"');
        break;
    case QUERY_ID: add_between(out, "id:\"", node->text, "\""); break;
    case QUERY_DATE:
        buf_printf(out, "date:");
        add_day(out, node->first_day);
        buf_printf(out, "..");
        add_day(out, node->last_day);
        break;
    case QUERY_HAS:
    case QUERY_MARKED: query_write_feature(node, out); break;
    case QUERY_NOTE: add_between(out, "note:\"", node->text, "\""); break;
    case QUERY_PATTERN: add_between(out, "/", node->text, node->ignore_case ? "/i" : "/"); break;
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_NOT: break;
    }
}

static void add_node(struct buf *out, const struct query_node *node, bool nested)
{
    bool several = node->kind == QUERY_AND || node->kind == QUERY_OR;
    if (node->kind == QUERY_NOT)
        buf_add_byte(out, '-');
    if (several && nested)
        buf_add_byte(out, '(');
    for (const struct query_node *child = node->first; child; child = child->next) {
        if (child != node->first)
            buf_printf(out, node->kind == QUERY_OR ? " OR " : " ");
        add_node(out, child, true);
    }
    if (several && nested)
        buf_add_byte(out, ')');
    add_leaf(out, node);
}

void query_write(const struct query *query, struct buf *out)
{
    if (query->root)
        add_node(out, query->root, false);
}
