/* The tree of a formula on one line: `(scripts x 2 -)`. */
#include "lectern/tex.h"

static const char *const names[] = {
    [TEX_ROW] = "row",         [TEX_SYMBOL] = "",       [TEX_WORDS] = "words",   [TEX_SPACE] = "space",
    [TEX_SCRIPTS] = "scripts", [TEX_FRACTION] = "frac", [TEX_ROOT] = "root",     [TEX_FENCED] = "fenced",
    [TEX_TABLE] = "table",     [TEX_TABLE_ROW] = "tr",  [TEX_ACCENT] = "accent", [TEX_COVER] = "cover",
    [TEX_STACK] = "stack",     [TEX_ARROW] = "arrow",   [TEX_FRAME] = "frame",   [TEX_PHANTOM] = "phantom",
    [TEX_TAG] = "tag",         [TEX_UNKNOWN] = "?",
};

static void dump_children(const struct tex *node, struct buf *out)
{
    for (const struct tex *child = node->first; child; child = child->next) {
        buf_add_byte(out, ' ');
        tex_dump(child, out);
    }
}

static void dump_parts(const struct tex *node, struct buf *out)
{
    size_t count = 3;
    while (count && !node->part[count - 1])
        count--;
    for (size_t i = 0; i < count; i++) {
        buf_add_byte(out, ' ');
        if (node->part[i])
            tex_dump(node->part[i], out);
        else
            buf_add_byte(out, '-');
    }
}

void tex_dump(const struct tex *node, struct buf *out)
{
    if (node->kind == TEX_SYMBOL) {
        buf_add(out, node->text);
        return;
    }
    buf_printf(out, "(%s", names[node->kind]);
    if (node->kind == TEX_SPACE)
        buf_printf(out, " %u", node->size);
    else if (node->text.len || node->ascii.len)
        buf_printf(out, " %.*s", STR_ARG(node->text));
    if (node->kind == TEX_FENCED || node->kind == TEX_TABLE)
        buf_printf(out, " %.*s", STR_ARG(node->right));
    if (node->kind == TEX_ROW || node->kind == TEX_TABLE || node->kind == TEX_TABLE_ROW)
        dump_children(node, out);
    else if (node->kind != TEX_SPACE && node->kind != TEX_WORDS && node->kind != TEX_UNKNOWN)
        dump_parts(node, out);
    buf_add_byte(out, ')');
}
