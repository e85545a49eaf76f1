/* Rows in two dimensions: what stands side by side, and brackets as high as what they enclose. */
#include "lectern/mem.h"
#include "math.h"

/* The height of what is inside a pair of brackets, while it is being gone through. */
struct open_bracket {
    size_t item;
    uint32_t above, below;
    bool bars; /* that are as high as the pair */
};

struct row_pass {
    const struct math *m;
    struct math_items *items;
    struct open_bracket *open;
    size_t open_count, open_capacity;
    uint32_t above, below; /* outside of all brackets */
};

static void add_item(struct math_items *items, const struct tex *node, struct math_box *box, uint32_t gap)
{
    items->at = mem_grow(items->at, items->count, &items->capacity, sizeof *items->at);
    items->at[items->count++] = (struct math_item){.node = node, .box = box, .gap = gap};
}

static bool is_bracket(const struct tex *node, enum tex_class class)
{
    return node->kind == TEX_SYMBOL && node->class == class && !str_eq(node->text, STR("!")) &&
           !str_eq(node->text, STR("?"));
}

static uint32_t add_row(const struct math *m, const struct tex *row, enum math_size size,
                        struct math_items *items, uint32_t gap);

/* A pair of growing brackets is two items around those of its content. */
static void add_fence(const struct math *m, const struct tex *fence, enum math_size size,
                      struct math_items *items, uint32_t gap)
{
    add_item(items, fence, NULL, gap);
    items->at[items->count - 1].opens = true;
    const struct tex *only = tex_only(fence->part[0]);
    uint32_t pad = only->kind == TEX_TABLE && !only->left.len && !only->right.len;
    add_row(m, fence->part[0], size, items, fence->left.len ? pad : 0);
    add_item(items, fence, NULL, fence->right.len ? pad : 0);
    items->at[items->count - 1].closes = true;
}

/* Returns the gap that is left for what follows. */
static uint32_t add_node(const struct math *m, const struct tex *node, enum math_size size,
                         struct math_items *items, uint32_t gap)
{
    if (node->kind == TEX_FENCED) {
        add_fence(m, node, size, items, gap);
    } else if (node->kind == TEX_ROW && node->class == TEX_ORD) {
        return add_row(m, node, size, items, gap);
    } else {
        add_item(items, node, math_box_of(m, node, size), gap);
        items->at[items->count - 1].opens = is_bracket(node, TEX_OPEN);
        items->at[items->count - 1].closes = is_bracket(node, TEX_CLOSE);
    }
    return 0;
}

/* Spaces are no items, but gaps. */
static uint32_t add_row(const struct math *m, const struct tex *row, enum math_size size,
                        struct math_items *items, uint32_t gap)
{
    const struct tex *before = NULL;
    if (row->kind != TEX_ROW)
        return add_node(m, row, size, items, gap);
    for (const struct tex *node = row->first; node; node = node->next) {
        if (node->kind == TEX_SPACE) {
            gap = node->size > gap ? node->size : gap;
            continue;
        }
        uint32_t between = math_gap(before, node, false);
        if (between == 0 && math_is_ascii(m))
            between = math_words_touch(before, node);
        gap = add_node(m, node, size, items, between > gap ? between : gap);
        before = node;
    }
    return gap;
}

/* --- Heights --- */

static void enlarge(struct row_pass *pass, const struct math_box *box)
{
    struct open_bracket *top = pass->open_count ? &pass->open[pass->open_count - 1] : NULL;
    uint32_t *above = top ? &top->above : &pass->above, *below = top ? &top->below : &pass->below;
    if (box->above > *above)
        *above = box->above;
    if (box->below > *below)
        *below = box->below;
}

static struct str bracket_sign(const struct math_item *item)
{
    if (item->node->kind == TEX_FENCED)
        return item->opens ? item->node->left : item->node->right;
    return item->node->text;
}

struct str math_item_bracket(const struct math *m, const struct math_item *item)
{
    return math_bracket(m, bracket_sign(item));
}

static void set_bracket(struct row_pass *pass, size_t at, uint32_t above, uint32_t below)
{
    struct math_item *item = &pass->items->at[at];
    item->box = math_box_bracket(pass->m, bracket_sign(item), above, below);
}

static void close_bracket(struct row_pass *pass, size_t at)
{
    if (pass->open_count == 0) {
        set_bracket(pass, at, 0, 0);
        return;
    }
    struct open_bracket open = pass->open[--pass->open_count];
    for (size_t i = open.item + 1; open.bars && i < at; i++)
        if (pass->items->at[i].depth == pass->open_count + 1 && (pass->items->at[i].node->flags & TEX_GROWS))
            set_bracket(pass, i, open.above, open.below);
    set_bracket(pass, open.item, open.above, open.below);
    set_bracket(pass, at, open.above, open.below);
    enlarge(pass, pass->items->at[open.item].box);
}

/* Brackets without a partner stay small. */
static void size_brackets(struct row_pass *pass)
{
    for (size_t i = 0; i < pass->items->count; i++) {
        struct math_item *item = &pass->items->at[i];
        item->depth = (uint32_t)pass->open_count;
        if (item->opens) {
            pass->open = mem_grow(pass->open, pass->open_count, &pass->open_capacity, sizeof *pass->open);
            pass->open[pass->open_count++] = (struct open_bracket){.item = i};
        } else if (item->closes) {
            close_bracket(pass, i);
            item->depth = (uint32_t)pass->open_count;
        } else if (!(item->node->flags & TEX_GROWS)) {
            enlarge(pass, item->box);
        } else if (pass->open_count) {
            pass->open[pass->open_count - 1].bars = true;
        }
    }
    while (pass->open_count) {
        struct open_bracket open = pass->open[--pass->open_count];
        set_bracket(pass, open.item, 0, 0);
        enlarge(pass, &(struct math_box){.above = open.above, .below = open.below});
    }
}

static const struct tex *integral_of(const struct tex *node)
{
    const struct tex *base = node;
    while (base && base->kind == TEX_SCRIPTS)
        base = base->part[0];
    return base && (base->flags & TEX_INTEGRAL) && base->kind == TEX_SYMBOL ? base : NULL;
}

/* Beside something high an integral is high. */
static void raise_integrals(struct row_pass *pass)
{
    for (size_t i = 0; i < pass->items->count; i++) {
        struct math_item *item = &pass->items->at[i];
        if (!item->opens && !item->closes && integral_of(item->node))
            item->box = math_box_integral(pass->m, item->node);
    }
}

void math_items_of(const struct math *m, const struct tex *row, enum math_size size, struct math_items *items)
{
    struct row_pass pass = {.m = m, .items = items};
    add_row(m, row, size, items, 0);
    size_brackets(&pass);
    if (size == MATH_DISPLAY && pass.above && pass.below) {
        raise_integrals(&pass);
        size_brackets(&pass);
    }
    mem_free(pass.open);
}

struct math_box *math_box_items(const struct math *m, const struct math_items *items, size_t from, size_t to)
{
    struct math_box *box = math_box_new(m);
    uint32_t x = 0;
    for (size_t i = from; i < to; i++) {
        const struct math_item *item = &items->at[i];
        if (i > from)
            x += item->gap;
        math_box_put(box, item->box, x, 0);
        x += item->box->width;
    }
    if (x > box->width)
        box->width = x;
    return box;
}
