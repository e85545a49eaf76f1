#include "lectern/markdown.h"

#include <md4c.h>
#include <string.h>

#include "entity.h"
#include "guard.h"
#include "lectern/bounds.h"
#include "lectern/math.h"
#include "lectern/mem.h"
#include "lectern/text.h"
#include "shadow.h"
#include "table_source.h"

/* Containers leave room inside BOUND_NESTING for a table's parts and some inlines. */
#define CONTAINER_DEPTH (BOUND_NESTING - 16)
#define OFFSET_UNKNOWN  UINT32_MAX

struct tree {
    struct arena *arena;
    struct str text;
    struct shadow shadow;
    const struct math_span *math; /* those that are not yet behind */
    size_t math_count;
    struct node *open[BOUND_NESTING + 1]; /* from the document to the node that is being filled */
    size_t depth;                         /* of that node */
    size_t flat_blocks, flat_spans;       /* open in md4c, but too deep to be nodes */
    bool implicit;               /* the open paragraph is one that md4c leaves out, of a tight list */
    bool placed;                 /* all open blocks have their offset */
    size_t behind;               /* offset of the end of the latest text */
    uint32_t offset;             /* of the latest block */
    struct buf verbatim;         /* text of the open code */
    uint32_t addresses;          /* of links that have a number */
    struct node *before_heading; /* the open heading's elder sibling, or NULL */
    bool interrupts_here;        /* the open heading is no text of the author's */
};

static struct node *top(const struct tree *t)
{
    return t->open[t->depth];
}

static struct node *append(struct tree *t, enum node_kind kind)
{
    return node_append(t->arena, top(t), kind, kind < NODE_EMPHASIS ? OFFSET_UNKNOWN : t->offset);
}

static struct node *open_node(struct tree *t, enum node_kind kind)
{
    struct node *node = append(t, kind);
    t->open[++t->depth] = node;
    t->placed = t->placed && kind >= NODE_EMPHASIS;
    return node;
}

/* The open blocks that have no offset yet begin here. */
static void place_open(struct tree *t, size_t offset)
{
    if (offset > t->offset)
        t->offset = (uint32_t)offset;
    for (size_t i = 0; i <= t->depth; i++)
        if (t->open[i]->offset == OFFSET_UNKNOWN)
            t->open[i]->offset = t->offset;
    t->placed = true;
}

/* A block without text stands on the next line that has any. */
static size_t next_line_offset(const struct tree *t)
{
    size_t at = t->behind;
    while (at > 0 && at < t->text.len && t->text.at[at] != '\n' && t->text.at[at - 1] != '\n')
        at++;
    while (at < t->text.len && (t->text.at[at] == '\n' || t->text.at[at] == '\r' || t->text.at[at] == ' '))
        at++;
    return at;
}

/* Text at `offset` gives the open blocks their place: the beginning of its line. */
static void place_text(struct tree *t, size_t offset)
{
    if (t->placed)
        return;
    while (top(t)->kind != NODE_TABLE_CELL && offset > t->offset && t->text.at[offset - 1] != '\n')
        offset--;
    place_open(t, offset);
}

/* A display formula that is all of a paragraph is a block. */
static void raise_formula(struct node *paragraph)
{
    struct node *only = paragraph->first;
    if (!only || only->next || only->kind != NODE_MATH_DISPLAY)
        return;
    paragraph->kind = NODE_MATH_BLOCK;
    paragraph->text = only->text;
    paragraph->source = only->source;
    paragraph->first = paragraph->last = NULL;
}

static bool in_cell(const struct tree *t)
{
    for (size_t i = t->depth; i > 0; i--)
        if (t->open[i]->kind == NODE_TABLE_CELL)
            return true;
    return false;
}

/* A bar in a cell has a backslash before it, even in code, where md4c leaves it. */
static void drop_bar_escapes(struct buf *code)
{
    size_t len = 0;
    for (size_t i = 0; i < code->len; i++)
        if (code->at[i] != '\\' || i + 1 == code->len || code->at[i + 1] != '|')
            code->at[len++] = code->at[i];
    code->len = len;
}

static size_t count_children(const struct node *node)
{
    size_t count = 0;
    for (const struct node *child = node->first; child; child = child->next)
        count++;
    return count;
}

static void close_node(struct tree *t)
{
    struct node *node = top(t);
    if (node->offset == OFFSET_UNKNOWN) {
        t->behind = next_line_offset(t);
        place_open(t, t->behind);
    }
    if (node->kind == NODE_PARAGRAPH)
        raise_formula(node);
    if (node->kind == NODE_TABLE)
        node->source = table_source(t->arena, t->text, node->offset, count_children(node));
    if (node->kind == NODE_CODE_BLOCK || node->kind == NODE_CODE) {
        if (in_cell(t))
            drop_bar_escapes(&t->verbatim);
        node->text = arena_str(t->arena, buf_str(&t->verbatim));
        buf_clear(&t->verbatim);
    }
    t->depth--;
}

static void close_implicit(struct tree *t)
{
    if (t->implicit)
        close_node(t);
    t->implicit = false;
}

static void open_implicit(struct tree *t)
{
    enum node_kind kind = top(t)->kind;
    if (kind == NODE_ITEM || kind == NODE_QUOTE || kind == NODE_DOCUMENT) {
        open_node(t, NODE_PARAGRAPH);
        t->implicit = true;
    }
}

/* The offset of md4c's text, or STR_NOT_FOUND for what it made itself. */
static size_t offset_of(const struct tree *t, const char *at, size_t len)
{
    return shadow_offset(&t->shadow, (struct str){at, len});
}

/* The slice of the original that `at` in the shadow stands for, or a copy of what md4c made itself. */
static struct str original(struct tree *t, const char *at, size_t len)
{
    size_t offset = offset_of(t, at, len);
    if (offset != STR_NOT_FOUND)
        return (struct str){t->text.at + offset, len};
    return arena_str(t->arena, (struct str){at, len});
}

/* The offset of a text in the original, or STR_NOT_FOUND if it is none of its slices. */
static size_t offset_in(const struct tree *t, struct str text)
{
    uintptr_t begin = (uintptr_t)t->text.at, address = (uintptr_t)text.at;
    return address >= begin && address - begin < t->text.len ? address - begin : STR_NOT_FOUND;
}

static void add_entity(struct buf *out, struct str source)
{
    uint32_t code_point;
    if (entity_decode(source, &code_point))
        text_encode(out, code_point);
    else
        buf_add(out, source);
}

static struct str attribute(struct tree *t, const MD_ATTRIBUTE *a)
{
    if (a->size == 0)
        return (struct str){0};
    if (a->substr_types[0] == MD_TEXT_NORMAL && a->substr_offsets[1] == a->size)
        return original(t, a->text, a->size);
    struct buf out = {0};
    for (size_t i = 0; a->substr_offsets[i] < a->size; i++) {
        MD_OFFSET from = a->substr_offsets[i], to = a->substr_offsets[i + 1];
        struct str part = {a->text + from, to - from};
        if (a->substr_types[i] == MD_TEXT_ENTITY)
            add_entity(&out, part);
        else
            buf_add(&out, part);
    }
    struct str copy = arena_str(t->arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

/* --- Blocks --- */

static void open_container(struct tree *t, enum node_kind kind, size_t room)
{
    if (t->flat_blocks || t->depth + room > CONTAINER_DEPTH)
        t->flat_blocks++;
    else
        open_node(t, kind);
}

static void open_list(struct tree *t, bool ordered, bool tight, unsigned number)
{
    open_container(t, NODE_LIST, 2);
    struct node *list = top(t);
    if (t->flat_blocks)
        return;
    list->ordered = ordered;
    list->tight = tight;
    list->number = number;
}

static void open_item(struct tree *t, const MD_BLOCK_LI_DETAIL *detail)
{
    open_container(t, NODE_ITEM, 1);
    if (t->flat_blocks)
        return;
    top(t)->task = detail->is_task;
    top(t)->done = detail->is_task && detail->task_mark != ' ';
}

static void open_cell(struct tree *t, const MD_BLOCK_TD_DETAIL *detail)
{
    static const enum node_align aligns[] = {
        [MD_ALIGN_DEFAULT] = NODE_ALIGN_NONE,
        [MD_ALIGN_LEFT] = NODE_ALIGN_LEFT,
        [MD_ALIGN_CENTER] = NODE_ALIGN_CENTRE,
        [MD_ALIGN_RIGHT] = NODE_ALIGN_RIGHT,
    };
    open_node(t, NODE_TABLE_CELL)->align = aligns[detail->align];
}

static void open_heading(struct tree *t, const MD_BLOCK_H_DETAIL *detail)
{
    t->before_heading = top(t)->last;
    open_node(t, NODE_HEADING)->number = detail->level;
}

/* One that only ends a paragraph leaves no node. */
static void close_heading(struct tree *t)
{
    if (!t->interrupts_here) {
        close_node(t);
        return;
    }
    struct node *parent = t->open[--t->depth], *before = t->before_heading;
    parent->last = before;
    *(before ? &before->next : &parent->first) = NULL;
    t->interrupts_here = false;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct tree *t = user;
    close_implicit(t);
    switch (type) {
    case MD_BLOCK_QUOTE: open_container(t, NODE_QUOTE, 1); break;
    case MD_BLOCK_UL: open_list(t, false, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight, 0); break;
    case MD_BLOCK_OL:
        open_list(t, true, ((MD_BLOCK_OL_DETAIL *)detail)->is_tight, ((MD_BLOCK_OL_DETAIL *)detail)->start);
        break;
    case MD_BLOCK_LI: open_item(t, detail); break;
    case MD_BLOCK_HR: open_node(t, NODE_RULE); break;
    case MD_BLOCK_H: open_heading(t, detail); break;
    case MD_BLOCK_CODE:
        open_node(t, NODE_CODE_BLOCK)->info = attribute(t, &((MD_BLOCK_CODE_DETAIL *)detail)->lang);
        break;
    case MD_BLOCK_HTML:
    case MD_BLOCK_P: open_node(t, NODE_PARAGRAPH); break;
    case MD_BLOCK_TABLE:
        open_node(t, NODE_TABLE)->columns = ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
        break;
    case MD_BLOCK_TR: open_node(t, NODE_TABLE_ROW); break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: open_cell(t, detail); break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY: break;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct tree *t = user;
    (void)detail;
    close_implicit(t);
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY: break;
    case MD_BLOCK_H: close_heading(t); break;
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
        if (t->flat_blocks) {
            t->flat_blocks--;
            break;
        }
        close_node(t);
        break;
    default: close_node(t);
    }
    return 0;
}

/* --- Inlines --- */

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct tree *t = user;
    open_implicit(t);
    if (type != MD_SPAN_CODE && (t->flat_spans || t->depth + 2 > BOUND_NESTING)) {
        t->flat_spans++;
        return 0;
    }
    switch (type) {
    case MD_SPAN_EM: open_node(t, NODE_EMPHASIS); break;
    case MD_SPAN_DEL: open_node(t, NODE_STRIKE); break;
    case MD_SPAN_CODE: open_node(t, NODE_CODE); break;
    case MD_SPAN_A: {
        struct node *link = open_node(t, NODE_LINK);
        link->target = attribute(t, &((MD_SPAN_A_DETAIL *)detail)->href);
        link->info = attribute(t, &((MD_SPAN_A_DETAIL *)detail)->title);
        break;
    }
    case MD_SPAN_IMG: {
        struct node *image = open_node(t, NODE_IMAGE);
        image->target = attribute(t, &((MD_SPAN_IMG_DETAIL *)detail)->src);
        image->info = attribute(t, &((MD_SPAN_IMG_DETAIL *)detail)->title);
        break;
    }
    default: open_node(t, NODE_STRONG);
    }
    return 0;
}

/* Whether a link's text is its address: an autolink may leave out the scheme, and has no bracket before it. */
static bool shows_address(const struct tree *t, const struct node *link)
{
    const struct node *only = link->first;
    if (!only || only->next || only->kind != NODE_TEXT)
        return false;
    size_t at = offset_in(t, only->text);
    bool bracket = at != STR_NOT_FOUND && at > 0 && t->text.at[at - 1] == '[';
    return str_eq(link->target, only->text) || (!bracket && str_ends(link->target, only->text));
}

/* A link that does not show where it leads gets a number. */
static void number_link(struct tree *t, struct node *link)
{
    if (link->target.len && !shows_address(t, link))
        link->number = ++t->addresses;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    struct tree *t = user;
    (void)detail;
    if (type != MD_SPAN_CODE && t->flat_spans) {
        t->flat_spans--;
        return 0;
    }
    if (type == MD_SPAN_A)
        number_link(t, top(t));
    close_node(t);
    return 0;
}

/* Formulas over several lines lose the lines' indentation and quote marks, which belong to the blocks around. */
static struct str clean_lines(struct tree *t, struct str source)
{
    size_t quotes = 0;
    for (size_t i = 0; i <= t->depth; i++)
        quotes += t->open[i]->kind == NODE_QUOTE;
    struct buf out = {0};
    struct str rest = source, line;
    for (bool first = true; str_next_line(&rest, &line); first = false) {
        if (!first)
            buf_add_byte(&out, '\n');
        for (size_t left = quotes; !first && line.len; line = str_slice(line, 1, line.len)) {
            if (line.at[0] == '>' && left)
                left--;
            else if (line.at[0] != ' ' && line.at[0] != '\t')
                break;
        }
        buf_add(&out, line);
    }
    struct str copy = arena_str(t->arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

static void add_text(struct tree *t, struct str s)
{
    struct node *last = top(t)->last;
    if (last && last->kind == NODE_TEXT && last->text.at + last->text.len == s.at)
        last->text.len += s.len;
    else if (s.len)
        append(t, NODE_TEXT)->text = s;
}

static void add_formula(struct tree *t, const struct math_span *span)
{
    struct str source = str_slice(t->text, span->begin, span->end);
    if (str_find_byte(source, '\n') != STR_NOT_FOUND)
        source = clean_lines(t, source);
    struct node *node = append(t, span->display ? NODE_MATH_DISPLAY : NODE_MATH);
    node->source = source;
    node->text = str_trim(str_slice(source, span->delimiter, source.len - span->delimiter));
}

/* Text between `from` and `to` of the original, with the formulas that lie in it. */
static void add_source(struct tree *t, size_t from, size_t to)
{
    while (t->math_count && t->math->begin < to) {
        const struct math_span *span = t->math++;
        t->math_count--;
        if (span->begin < from || span->end > to)
            continue;
        add_text(t, str_slice(t->text, from, span->begin));
        add_formula(t, span);
        from = span->end;
    }
    add_text(t, str_slice(t->text, from, to));
}

static void add_decoded(struct tree *t, struct str source)
{
    struct buf out = {0};
    add_entity(&out, source);
    append(t, NODE_TEXT)->text = arena_str(t->arena, buf_str(&out));
    buf_free(&out);
}

static int text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *user)
{
    struct tree *t = user;
    size_t offset = offset_of(t, at, size);
    bool in_source = offset != STR_NOT_FOUND;
    if (!in_source && shadow_holds(&t->shadow, (struct str){at, size})) {
        t->interrupts_here = top(t)->kind == NODE_HEADING;
        return 0;
    }
    open_implicit(t);
    if (in_source) {
        place_text(t, offset);
        t->behind = offset + size;
    }
    switch (type) {
    case MD_TEXT_SOFTBR: append(t, NODE_SOFT_BREAK); break;
    case MD_TEXT_BR: append(t, NODE_HARD_BREAK); break;
    case MD_TEXT_CODE: buf_add(&t->verbatim, (struct str){in_source ? t->text.at + offset : at, size}); break;
    case MD_TEXT_ENTITY: add_decoded(t, original(t, at, size)); break;
    default:
        if (in_source)
            add_source(t, offset, offset + size);
        else
            add_text(t, original(t, at, size));
    }
    return 0;
}

static void run_md4c(struct tree *t)
{
    MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOHTML,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = text,
    };
    if (guard_allows_autolinks(t->text))
        parser.flags |= MD_FLAG_PERMISSIVEAUTOLINKS;
    if (md_parse(t->shadow.text.at, (MD_SIZE)t->shadow.text.len, &parser, t) != 0)
        mem_exhausted(); /* the only way for it to fail: no callback asks it to stop */
}

const struct node *markdown_parse(struct arena *arena, struct str source)
{
    struct math_spans spans = {0};
    struct node *document = arena_alloc(arena, sizeof *document);
    *document = (struct node){.kind = NODE_DOCUMENT, .text = source};
    math_find(source, &spans);
    struct tree t = {.arena = arena,
                     .text = source,
                     .math = spans.at,
                     .math_count = spans.count,
                     .open = {document},
                     .placed = true};
    shadow_make(source, &spans, &t.shadow);
    run_md4c(&t);
    buf_free(&t.verbatim);
    mem_free(spans.at);
    shadow_free(&t.shadow);
    return document;
}
