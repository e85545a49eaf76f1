#include "inline.h"

#include <string.h>

#include "math.h"

static void node_into(struct flow *flow, const struct node *node, style look, uint32_t link);

static style with_role(style base, enum style_role role)
{
    return (style)((unsigned)base - (base & STYLE_ROLE_MASK) + role);
}

static void children_into(struct flow *flow, const struct node *parent, style look, uint32_t link);

static void link_into(struct flow *flow, const struct node *node, style look)
{
    struct layout_link link = {.target = node->target};
    if (node->within)
        link = (struct layout_link){
            .kind = LAYOUT_LINK_PLACE, .offset = node->offset, .place = node->place, .number = node->number};
    bool missing = node->within && node->place == NODE_NOWHERE;
    uint32_t at = page_add_link(flow->page, link);
    children_into(flow, node, with_role(look, missing ? STYLE_LINK_MISSING : STYLE_LINK), at);
    if (!node->within && node->number)
        flow_text(flow, arena_printf(flow->page->arena, "[%u]", node->number),
                  with_role(look, STYLE_LINK_NUMBER), at, FLOW_GLUE);
}

/* `[image: what it shows] (address)` */
static void image_into(struct flow *flow, const struct node *node, style look, uint32_t link)
{
    look = with_role(look, STYLE_LINK);
    if (link == 0)
        link = page_add_link(flow->page, (struct layout_link){.target = node->target});
    flow_text(flow, node->first ? STR("[image: ") : STR("[image"), look, link, FLOW_PROSE);
    children_into(flow, node, look, link);
    flow_text(flow, STR("]"), look, link, FLOW_PROSE);
    if (node->target.len == 0)
        return;
    flow_text(flow, STR(" ("), look, link, FLOW_PROSE);
    flow_text(flow, node->target, look, link, FLOW_PROSE);
    flow_text(flow, STR(")"), look, link, FLOW_PROSE);
}

/* What may stand behind a display formula on its line: the beginning of the next text up to its first blank. */
static size_t trailing_marks(const struct node *next)
{
    if (!next || next->kind != NODE_TEXT)
        return 0;
    size_t len = 0;
    while (len < next->text.len && str_find_byte(STR(".,;:!?)"), next->text.at[len]) != STR_NOT_FOUND)
        len++;
    return len;
}

/* Text before a link within the page: a citation does not begin a line, away from what it is about. */
static void text_into(struct flow *flow, struct str text, const struct node *next, style look, uint32_t link)
{
    size_t glued = text.len;
    bool cited =
        next && next->kind == NODE_LINK && next->within && text.len > 1 && text.at[text.len - 1] == ' ';
    for (glued -= cited; cited && glued > 0 && text.at[glued - 1] != ' ';)
        glued--;
    flow_text(flow, str_slice(text, 0, glued), look, link, FLOW_PROSE);
    flow_text(flow, str_slice(text, glued, text.len), look, link, FLOW_GLUE);
}

static void children_into(struct flow *flow, const struct node *parent, style look, uint32_t link)
{
    size_t skip = 0;
    for (const struct node *node = parent->first; node; node = node->next) {
        if (node->kind == NODE_TEXT) {
            text_into(flow, str_slice(node->text, skip, node->text.len), node->next, look, link);
            skip = 0;
        } else if (node->kind == NODE_MATH_DISPLAY) {
            skip = trailing_marks(node->next);
            math_display(flow, node, skip ? str_slice(node->next->text, 0, skip) : STR(""));
        } else {
            node_into(flow, node, look, link);
        }
    }
}

static void node_into(struct flow *flow, const struct node *node, style look, uint32_t link)
{
    switch (node->kind) {
    case NODE_EMPHASIS: children_into(flow, node, look | STYLE_EMPHASIS, link); break;
    case NODE_STRONG: children_into(flow, node, look | STYLE_STRONG, link); break;
    case NODE_STRIKE: children_into(flow, node, look | STYLE_STRIKE, link); break;
    case NODE_LINK: link_into(flow, node, look); break;
    case NODE_IMAGE: image_into(flow, node, look, link); break;
    case NODE_CODE:
        flow_text(flow, node->text, link ? look : with_role(look, STYLE_CODE), link, FLOW_KEEP);
        break;
    case NODE_MATH: math_inline(flow, node, look, link); break;
    case NODE_SOFT_BREAK: flow_space(flow, look, link); break;
    case NODE_HARD_BREAK: flow_newline(flow); break;
    default: children_into(flow, node, look, link);
    }
}

void inline_children(struct flow *flow, const struct node *block, style look)
{
    children_into(flow, block, look, 0);
}

void inline_plain(struct page *page, const struct node *node, struct buf *out)
{
    if (node->kind == NODE_SOFT_BREAK || node->kind == NODE_HARD_BREAK)
        buf_add_byte(out, ' ');
    else if (node->kind == NODE_MATH || node->kind == NODE_MATH_DISPLAY)
        math_plain(page, node, out);
    else if (node->kind == NODE_TEXT || node->kind == NODE_CODE)
        buf_add(out, node->text);
    for (const struct node *child = node->first; child; child = child->next)
        inline_plain(page, child, out);
}
