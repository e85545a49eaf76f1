#include "lectern/markdown.h"

static const char *const names[] = {
    [NODE_DOCUMENT] = "document",
    [NODE_QUOTE] = "quote",
    [NODE_LIST] = "list",
    [NODE_ITEM] = "item",
    [NODE_FOLD] = "fold",
    [NODE_HEADING] = "heading",
    [NODE_PARAGRAPH] = "paragraph",
    [NODE_TABLE_CELL] = "cell",
    [NODE_TABLE] = "table",
    [NODE_TABLE_ROW] = "row",
    [NODE_CODE_BLOCK] = "code-block",
    [NODE_MATH_BLOCK] = "math-block",
    [NODE_RULE] = "rule",
    [NODE_EMPHASIS] = "emphasis",
    [NODE_STRONG] = "strong",
    [NODE_STRIKE] = "strike",
    [NODE_LINK] = "link",
    [NODE_IMAGE] = "image",
    [NODE_TEXT] = "text",
    [NODE_CODE] = "code",
    [NODE_MATH] = "math",
    [NODE_MATH_DISPLAY] = "math-display",
    [NODE_SOFT_BREAK] = "soft-break",
    [NODE_HARD_BREAK] = "hard-break",
};

static void dump_text(struct buf *out, struct str s)
{
    buf_add(out, STR(" \""));
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\n')
            buf_add(out, STR("\\n"));
        else
            buf_add_byte(out, s.at[i]);
    }
    buf_add_byte(out, '"');
}

static void dump_list(const struct node *node, struct buf *out)
{
    if (node->ordered)
        buf_printf(out, " from %u", node->number);
    buf_add(out, node->tight ? STR(" tight") : STR(" loose"));
}

static void dump_details(const struct node *node, struct buf *out)
{
    static const char *const aligns[] = {"", " left", " centre", " right"};
    switch (node->kind) {
    case NODE_LIST: dump_list(node, out); break;
    case NODE_HEADING: buf_printf(out, " %u", node->number); break;
    case NODE_TABLE: buf_printf(out, " %u", node->columns); break;
    case NODE_TABLE_CELL: buf_printf(out, "%s", aligns[node->align]); break;
    case NODE_FOLD: buf_printf(out, " of %u", node->number); break;
    case NODE_LINK:
        if (node->within && node->place == NODE_NOWHERE)
            buf_printf(out, " %u nowhere", node->number);
        else if (node->within)
            buf_printf(out, " %u at %u", node->number, node->place);
        break;
    case NODE_ITEM:
        if (node->task)
            buf_add(out, node->done ? STR(" done") : STR(" to-do"));
        break;
    default: break;
    }
    if (node->info.len)
        buf_printf(out, " (%.*s)", STR_ARG(node->info));
    if (node->target.len)
        buf_printf(out, " <%.*s>", STR_ARG(node->target));
    if (node->text.len && node->kind != NODE_DOCUMENT)
        dump_text(out, node->text);
}

static void dump(const struct node *node, struct buf *out, int depth)
{
    buf_printf(out, "%*s%s", depth * 2, "", names[node->kind]);
    dump_details(node, out);
    /* A block whose only child is text has it on its own line. */
    if (node->first && !node->first->next && node->first->kind == NODE_TEXT) {
        dump_text(out, node->first->text);
        buf_add_byte(out, '\n');
        return;
    }
    buf_add_byte(out, '\n');
    for (const struct node *child = node->first; child; child = child->next)
        dump(child, out, depth + 1);
}

void markdown_dump(const struct node *node, struct buf *out)
{
    dump(node, out, 0);
}
