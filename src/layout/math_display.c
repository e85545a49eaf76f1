/*
 * Display formulas on the lines of a page. One that is wider than the page breaks before relations, then before binary
 * operators and behind commas, then in the same way inside brackets. What does not break that way is set on one line,
 * which breaks like text.
 */
#include <stdlib.h>

#include "lectern/mem.h"
#include "math.h"

#define INDENT      4
#define MOST_LEVELS 8
#define TAG_GAP     3

struct display {
    const struct math *m;
    struct flow *flow;
    struct math_items items;
    size_t *ends; /* cells from the first item to the end of each */
    size_t room;
    size_t hang; /* where lines after the first begin */
    struct str behind;
    const struct tex *tag; /* or NULL */
    size_t tag_width;      /* with the gap before it */
    bool first;            /* nothing of the row has been put yet */
    bool high;             /* something of several lines has */
};

/* --- Lines --- */

struct run {
    const struct math_box *box;
    uint32_t x;
    int64_t y;
};

struct runs {
    struct run *at;
    size_t count, capacity;
};

static void collect(struct runs *runs, const struct math_box *box, uint32_t x, int64_t y)
{
    if (box->text.len) {
        runs->at = mem_grow(runs->at, runs->count, &runs->capacity, sizeof *runs->at);
        runs->at[runs->count++] = (struct run){box, x, y};
    }
    for (const struct math_box *child = box->first; child; child = child->next)
        collect(runs, child, x + child->x, y + child->y);
}

static int compare_runs(const void *a, const void *b)
{
    const struct run *one = a, *other = b;
    if (one->y != other->y)
        return one->y < other->y ? -1 : 1;
    return (one->x > other->x) - (one->x < other->x);
}

/* The runs of a row as spans: those of one look are one text, with the blanks between them. */
static void put_row(struct display *d, const struct runs *runs, size_t from, size_t to, size_t indent)
{
    struct page *page = d->flow->page;
    struct buf text = {0};
    for (size_t i = from; i < to;) {
        style look = runs->at[i].box->look;
        uint32_t begin = runs->at[i].x, end = begin;
        buf_clear(&text);
        for (; i < to && runs->at[i].box->look == look; i++) {
            for (; end < runs->at[i].x; end++)
                buf_add_byte(&text, ' ');
            buf_add(&text, runs->at[i].box->text);
            end += runs->at[i].box->width;
        }
        page_skip(page, page->indent + indent + begin);
        page_put(page, (struct layout_span){.text = arena_str(page->arena, buf_str(&text)),
                                            .width = (uint32_t)text_width(buf_str(&text), page->charset),
                                            .style = look,
                                            .formula = d->flow->formula});
    }
    buf_free(&text);
}

static void put_box(struct display *d, const struct math_box *box, size_t indent)
{
    struct page *page = d->flow->page;
    struct runs runs = {0};
    if (d->first)
        flow_set_off(d->flow, math_box_height(box) > 1);
    collect(&runs, box, 0, 0);
    if (runs.count)
        qsort(runs.at, runs.count, sizeof *runs.at, compare_runs);
    size_t i = 0;
    for (int64_t y = -(int64_t)box->above; y <= (int64_t)box->below; y++) {
        size_t from = i;
        while (i < runs.count && runs.at[i].y == y)
            i++;
        page_open_line(page);
        put_row(d, &runs, from, i, indent);
        page_close_line(page);
    }
    mem_free(runs.at);
    d->first = false;
    d->high = d->high || math_box_height(box) > 1;
}

/* --- Breaking --- */

static size_t width_of(const struct display *d, size_t from, size_t to)
{
    size_t begin = from ? d->ends[from - 1] + d->items.at[from].gap : 0;
    return to > from ? d->ends[to - 1] - begin : 0;
}

/* Where a line that the item begins is indented to, if it is not the first. */
static size_t next_indent(const struct display *d, size_t item)
{
    if (item == d->items.count)
        return 0;
    const struct math_item *at = &d->items.at[item];
    bool relation = at->depth == 0 && !at->opens && !at->closes && math_side(at->node, false) == TEX_REL;
    size_t indent = d->hang + (relation ? 0 : 2);
    return indent < d->room / 2 ? indent : d->room / 2;
}

/* What stands behind the formula needs room on its last line only. */
static size_t room_for(const struct display *d, size_t to)
{
    if (to < d->items.count)
        return d->room;
    size_t mark = text_width(d->behind, d->m->charset) + d->tag_width;
    return d->room > mark ? d->room - mark : 0;
}

static void put_tag(const struct display *d, struct math_box *box, size_t indent)
{
    struct math_box *tag = math_box_of(d->m, d->tag, MATH_TEXT);
    size_t end = indent + box->width + TAG_GAP + tag->width;
    size_t shift = end < d->room ? d->room - end : 0;
    math_box_put(box, tag, (uint32_t)(box->width + TAG_GAP + shift), 0);
}

static void put_items(struct display *d, size_t from, size_t to, size_t indent)
{
    struct math_box *box = math_box_items(d->m, &d->items, from, to);
    if (to == d->items.count && d->behind.len)
        math_box_put(box, math_box_text(d->m, d->behind, d->flow->page->style), box->width, 0);
    if (to == d->items.count && d->tag)
        put_tag(d, box, indent);
    put_box(d, box, indent);
}

static void put_flat_tag(struct display *d)
{
    if (!d->tag)
        return;
    struct math_line line = math_flat(d->m, d->tag, false);
    flow_space(d->flow, d->flow->page->style, 0);
    math_put_line(d->flow, &line, d->flow->page->style, 0);
}

/* On one line that breaks like text. */
static void put_flat(struct display *d, size_t from, size_t to, size_t indent)
{
    struct flow *flow = d->flow;
    flow->page->indent += indent;
    for (size_t i = from; i < to; i++) {
        const struct math_item *item = &d->items.at[i];
        if (i > from && item->gap)
            flow_space(flow, flow->page->style, 0);
        if (item->opens || item->closes) {
            flow_text(flow, math_item_bracket(d->m, item), STYLE_MATH, 0, FLOW_GLUE);
        } else {
            struct math_line line = math_flat(d->m, item->node, false);
            math_put_line(flow, &line, flow->page->style, 0);
        }
    }
    if (to == d->items.count) {
        flow_text(flow, d->behind, flow->page->style, 0, FLOW_GLUE);
        put_flat_tag(d);
    }
    flow_newline(flow);
    flow->page->indent -= indent;
    d->first = false;
}

/* Whether a line may begin with the item. Level 0 is before relations, 1 before operators and behind commas, both
 * outside of brackets; 2 and 3 are the same inside one pair, and so on. */
static bool breaks_before(const struct display *d, size_t item, size_t level)
{
    const struct math_item *at = &d->items.at[item], *before = at - 1;
    if (at->depth > level / 2 || at->gap == 0 || at->closes || before->opens)
        return false;
    enum tex_class class = at->opens ? TEX_OPEN : math_side(at->node, false);
    bool comma = !before->closes && math_side(before->node, true) == TEX_PUNCT;
    bool operators = level % 2 || at->depth < level / 2;
    return at->gap >= 2 || class == TEX_REL || (operators && (class == TEX_BIN || comma));
}

static bool fits(const struct display *d, size_t from, size_t to, size_t indent)
{
    return indent + width_of(d, from, to) <= room_for(d, to);
}

/* Fills lines with the items from `from` on before `to`, the first of them from `indent` on. A part that does not fit on
 * any line begins on that of the parts before it, and is broken at the next level. */
static void put_broken(struct display *d, size_t from, size_t to, size_t level, size_t indent)
{
    size_t begin = from, end = from;
    if (fits(d, from, to, indent)) {
        put_items(d, from, to, indent);
        return;
    }
    if (level == MOST_LEVELS) {
        put_flat(d, from, to, indent);
        return;
    }
    for (size_t i = from + 1; i <= to; i++) {
        if (i < to && !breaks_before(d, i, level))
            continue;
        if (fits(d, begin, i, indent)) {
            end = i;
            continue;
        }
        bool together = end == begin || (!fits(d, end, i, next_indent(d, end)) && level + 1 < MOST_LEVELS);
        if (!together) {
            put_items(d, begin, end, indent);
            begin = end;
            indent = next_indent(d, begin);
        }
        if (!fits(d, begin, i, indent)) {
            put_broken(d, begin, i, level + 1, indent);
            begin = i;
            indent = next_indent(d, begin);
        }
        end = i;
    }
    if (begin < to)
        put_items(d, begin, to, indent);
}

/* Lines after the first begin below the first relation, if that is not far to the right. */
static size_t hanging(const struct display *d)
{
    for (size_t i = 1; i < d->items.count; i++) {
        const struct math_item *item = &d->items.at[i];
        bool relation = item->depth == 0 && !item->opens && !item->closes && item->node->class == TEX_REL;
        size_t column = d->ends[i - 1] + item->gap;
        if (relation)
            return column <= d->room / 3 ? column : INDENT;
    }
    return d->room > 3 * INDENT ? INDENT : 0;
}

/* --- Formulas --- */

/* The number of the equation goes to the right edge. */
static void take_tag(struct display *d)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->items.count; i++) {
        if (d->items.at[i].node->kind == TEX_TAG)
            d->tag = d->items.at[i].node;
        else
            d->items.at[kept++] = d->items.at[i];
    }
    d->items.count = kept;
    d->tag_width = d->tag ? TAG_GAP + math_box_of(d->m, d->tag, MATH_TEXT)->width : 0;
}

static void lay_row(struct display *d, const struct tex *row)
{
    math_items_of(d->m, row, MATH_DISPLAY, &d->items);
    take_tag(d);
    d->ends = mem_calloc(d->items.count + 1, sizeof *d->ends);
    size_t end = 0;
    for (size_t i = 0; i < d->items.count; i++) {
        end += (i ? d->items.at[i].gap : 0) + d->items.at[i].box->width;
        d->ends[i] = end;
    }
    d->hang = hanging(d);
    d->first = true;
    if (d->items.count)
        put_broken(d, 0, d->items.count, 0, 0);
    else
        flow_text(d->flow, d->behind, d->flow->page->style, 0, FLOW_GLUE);
    mem_free(d->items.at);
    mem_free(d->ends);
    d->items = (struct math_items){0};
    d->tag = NULL;
    d->tag_width = 0;
}

/* Lines that are aligned, where the widest is too wide for that: one after the other. */
static void lay_lines(struct display *d, const struct tex *table)
{
    struct str behind = d->behind;
    for (const struct tex *row = table->first; row; row = row->next) {
        struct tex line = *row;
        line.kind = TEX_ROW;
        d->behind = row->next ? STR("") : behind;
        lay_row(d, &line);
    }
}

static bool is_lines(const struct tex *node)
{
    return node->kind == TEX_TABLE && node->left.len == 0 && node->right.len == 0 &&
           (node->flags & TEX_DISPLAY) != 0;
}

void math_lay_display(const struct math *m, struct flow *flow, const struct tex *formula, struct str behind)
{
    struct page *page = flow->page;
    size_t indent = page->indent;
    if (page_room(page) >= 4 * INDENT)
        page->indent += INDENT;
    struct display d = {.m = m, .flow = flow, .room = page_room(page), .behind = behind};
    const struct tex *only = tex_only(formula);
    bool lines = is_lines(only);
    if (lines) {
        struct math_box *box = math_box_table(m, only, MATH_DISPLAY);
        lines = box->width + text_width(behind, m->charset) > d.room;
    }
    if (lines)
        lay_lines(&d, only);
    else
        lay_row(&d, formula);
    flow->set_off = d.high;
    page->indent = indent;
}
