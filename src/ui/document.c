#include "document.h"

#include "compose.h"

static void add_problems(struct arena *arena, struct node *root, const struct article *article)
{
    if (!article->problem_count)
        return;
    struct node *quote = compose_node(arena, root, NODE_QUOTE);
    for (size_t i = 0; i < article->problem_count; i++) {
        const struct article_problem *problem = &article->problems[i];
        struct str text = problem->message;
        if (problem->line)
            text = arena_printf(arena, "line %u, column %u: %.*s", problem->line, problem->column,
                                STR_ARG(problem->message));
        struct node *paragraph = compose_node(arena, quote, NODE_PARAGRAPH);
        struct node *strong = compose_node(arena, paragraph, NODE_STRONG);
        compose_text(arena, strong, problem->severity == ARTICLE_ERROR ? STR("Problem: ") : STR("Note: "));
        compose_text(arena, paragraph, text);
    }
}

/* Returns the number of the link among all. */
static size_t note_link(struct arena *arena, const struct session *session, struct document_links *links,
                        uint32_t target, uint32_t number)
{
    size_t at = links->count++;
    links->targets[at] = target;
    links->numbers[at] = number;
    links->names[at] = arena_str(arena, catalogue_title(session->catalogue, target));
    return at;
}

static void add_link(struct arena *arena, const struct session *session, struct node *list,
                     const struct document_links *links, size_t at)
{
    struct node *paragraph = compose_node(arena, compose_node(arena, list, NODE_ITEM), NODE_PARAGRAPH);
    struct node *link = compose_node(arena, paragraph, NODE_LINK);
    link->target = links->names[at];
    compose_text(arena, link, links->names[at]);
    if (catalogue_is_missing(session->catalogue, links->targets[at]))
        compose_text(arena, paragraph, STR(" ⊘"));
}

static void make_room(struct arena *arena, struct document_links *links, size_t count)
{
    *links = (struct document_links){
        .names = arena_array(arena, count, sizeof *links->names),
        .targets = arena_array(arena, count, sizeof *links->targets),
        .numbers = arena_array(arena, count, sizeof *links->numbers),
    };
}

static struct node *add_list(struct arena *arena, struct node *root, uint32_t number)
{
    struct node *list = compose_node(arena, root, NODE_LIST);
    list->tight = true;
    list->ordered = number != 0;
    list->number = number;
    return list;
}

static void note_related(struct reading *reading, const struct session *session, struct document_links *links)
{
    struct arena *arena = &reading->layout_arena;
    size_t count = catalogue_count_links(session->catalogue, reading->target);
    make_room(arena, links, count);
    for (size_t i = 0; i < count; i++) {
        struct catalogue_link related = catalogue_link_of(session->catalogue, reading->target, i);
        note_link(arena, session, links, related.target, related.number);
    }
}

/* The author's numbers are kept, so a gap in them begins a list anew. */
static void add_related(struct arena *arena, const struct session *session, struct node *root,
                        const struct document_links *links)
{
    if (!links->count)
        return;
    compose_heading(arena, root, 3, STR("Related questions"));
    struct node *list = NULL;
    for (size_t i = 0; i < links->count; i++) {
        if (!list || links->numbers[i] != links->numbers[i - 1] + 1)
            list = add_list(arena, root, links->numbers[i]);
        add_link(arena, session, list, links, i);
    }
}

static void add_keywords(struct arena *arena, struct node *root, const struct article *article)
{
    if (!article->keyword_count)
        return;
    struct buf all = {0};
    for (size_t i = 0; i < article->keyword_count; i++) {
        buf_add(&all, i ? STR(", ") : STR(""));
        buf_add(&all, article->keywords[i]);
    }
    compose_heading(arena, root, 3, STR("Keywords"));
    compose_prose(arena, compose_node(arena, root, NODE_PARAGRAPH), arena_str(arena, buf_str(&all)));
    buf_free(&all);
}

/* Where the numbers of the text's links lead. `*list` is made for the first. */
static void list_addresses(struct arena *arena, struct node *root, const struct node *parent,
                           struct node **list)
{
    for (const struct node *node = parent->first; node; node = node->next) {
        list_addresses(arena, root, node, list);
        if (node->kind != NODE_LINK || node->within || !node->number)
            continue;
        if (!*list) {
            compose_heading(arena, root, 3, STR("Addresses"));
            *list = add_list(arena, root, node->number);
        }
        struct node *item = compose_node(arena, *list, NODE_ITEM);
        struct node *link = compose_node(arena, compose_node(arena, item, NODE_PARAGRAPH), NODE_LINK);
        link->target = node->target;
        compose_text(arena, link, node->target);
    }
}

static void add_addresses(struct arena *arena, struct node *root, const struct node *document)
{
    struct node *list = NULL;
    list_addresses(arena, root, document, &list);
}

/* All of it stands at one place of the article's text, and leads to none within it. */
static void add_noted(struct arena *arena, struct node *parent, const struct node *node)
{
    struct node *copy = compose_node(arena, parent, node->kind);
    *copy = *node;
    copy->first = copy->last = copy->next = NULL;
    copy->offset = parent->offset;
    copy->within = false;
    if (copy->kind == NODE_LINK)
        copy->number = 0; /* those are of the text's own addresses */
    for (const struct node *child = node->first; child; child = child->next)
        add_noted(arena, copy, child);
}

/* What the reader has written, at the end of the text. */
static void add_note(struct arena *arena, struct node *root, struct str note)
{
    if (!note.len)
        return;
    compose_heading(arena, root, 3, STR("Your note"));
    for (const struct node *block = markdown_parse(arena, text_repair(arena, note))->first; block;
         block = block->next)
        add_noted(arena, root, block);
}

static bool is_title(const struct node *node, struct str title)
{
    return node && node->kind == NODE_HEADING && node->first && !node->first->next &&
           str_eq(str_trim(node->first->text), title);
}

/* The blocks of the text, without a first heading that only repeats the pinned title: a fold may come before it. */
static void add_text_blocks(struct reading *reading, struct node *root)
{
    const struct node *first = reading->document->first, *title = first;
    while (title && title->kind == NODE_FOLD)
        title = title->next;
    if (!is_title(title, reading->title))
        title = NULL;
    for (; first; first = first->next) {
        if (first == title)
            continue;
        struct node *copy = compose_node(&reading->layout_arena, root, first->kind);
        *copy = *first;
        copy->next = NULL;
    }
}

const struct node *document_build(struct reading *reading, const struct session *session, bool with_title,
                                  struct document_links *links)
{
    struct arena *arena = &reading->layout_arena;
    const struct article *article = &reading->article;
    struct node *root = arena_alloc(arena, sizeof *root);
    root->kind = NODE_DOCUMENT;
    bool first = reading->part == 0, last = reading->part + 1 == reading->parts.count;
    if (with_title && first)
        compose_heading(arena, root, 3, reading->title);
    if (first)
        add_problems(arena, root, article);
    if (first && article->question.len && !str_eq(article->question, article->title)) {
        struct node *paragraph = compose_node(arena, root, NODE_PARAGRAPH);
        compose_text(arena, compose_node(arena, paragraph, NODE_EMPHASIS), article->question);
    }
    add_text_blocks(reading, root);
    root->offset = (uint32_t)reading->parts.texts[reading->part].len;
    note_related(reading, session, links);
    add_addresses(arena, root, reading->document);
    if (last) {
        add_note(arena, root, reading->note);
        add_related(arena, session, root, links);
        add_keywords(arena, root, article);
    }
    root->offset = 0;
    return root;
}

static void add_fact(struct arena *arena, struct node *root, const char *name, struct str value)
{
    if (!value.len)
        return;
    struct node *paragraph = compose_node(arena, root, NODE_PARAGRAPH);
    compose_text(arena, compose_node(arena, paragraph, NODE_STRONG), str_from(name));
    compose_text(arena, paragraph, value);
}

const struct node *document_build_missing(struct reading *reading, const struct session *session,
                                          struct document_links *links)
{
    struct arena *arena = &reading->layout_arena;
    const struct catalogue *catalogue = session->catalogue;
    struct node *root = arena_alloc(arena, sizeof *root);
    root->kind = NODE_DOCUMENT;
    size_t count;
    const uint32_t *from = catalogue_backlinks(catalogue, reading->target, arena, &count);
    compose_paragraph(arena, root,
                      count ? STR("This question is not in the library: a link names it, but no file holds "
                                  "it. This is what the link says.")
                            : STR("This question is not in the library any more: no file holds it, and no "
                                  "link names it."));
    add_fact(arena, root, "Title: ", catalogue_title(catalogue, reading->target));
    add_fact(arena, root, "Id: ", catalogue_id(catalogue, reading->target));
    add_fact(arena, root, "Address: ", catalogue_url(catalogue, reading->target));
    make_room(arena, links, count);
    if (!count)
        return root;
    compose_heading(arena, root, 3, STR("Linked from"));
    struct node *list = add_list(arena, root, 1);
    for (size_t i = 0; i < count; i++)
        add_link(arena, session, list, links, note_link(arena, session, links, from[i], (uint32_t)i + 1));
    return root;
}
