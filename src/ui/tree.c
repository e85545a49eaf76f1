#include "tree.h"

#include <string.h>

#include "lectern/mem.h"

enum tree_open { TREE_CLOSED, TREE_OPEN, TREE_OPEN_FOR_ARTICLE };

void tree_free(struct tree *tree)
{
    mem_free(tree->rows);
    mem_free(tree->open);
    line_free(&tree->filter);
    buf_free(&tree->filtered_by);
    *tree = (struct tree){0};
}

static void add_row(struct tree *tree, size_t *count, struct tree_row row)
{
    tree->rows = mem_grow(tree->rows, *count, &tree->capacity, sizeof *tree->rows);
    tree->rows[(*count)++] = row;
}

static void add_articles(struct tree *tree, const struct session *session, size_t *count, uint32_t number,
                         uint32_t depth)
{
    const struct topic *topic = &session->tree->topics[number];
    for (uint32_t i = 0; i < topic->article_count; i++)
        add_row(tree, count, (struct tree_row){.topic = number, .item = topic->articles[i], .depth = depth});
}

/* The topic after `number` in the order of the rows: its first child if it is open, else the next one up the path. */
static uint32_t next_topic(struct tree *tree, const struct session *session, size_t *count, uint32_t number,
                           uint32_t *depth)
{
    const struct topic *topics = session->tree->topics;
    if (tree->open[number] && topics[number].first_child != TOPIC_NONE) {
        (*depth)++;
        return topics[number].first_child;
    }
    if (tree->open[number])
        add_articles(tree, session, count, number, *depth + 1);
    while (topics[number].next == TOPIC_NONE && topics[number].parent != 0) {
        number = topics[number].parent;
        add_articles(tree, session, count, number, *depth);
        (*depth)--;
    }
    return topics[number].next;
}

static size_t list_topics(struct tree *tree, const struct session *session)
{
    size_t count = 0;
    uint32_t depth = 0;
    for (uint32_t number = session->tree->topics[0].first_child; number != TOPIC_NONE;) {
        add_row(tree, &count, (struct tree_row){.topic = number, .item = CATALOGUE_NONE, .depth = depth});
        number = next_topic(tree, session, &count, number, &depth);
    }
    return count;
}

static bool contains(struct buf *scratch, struct str text, struct str folded)
{
    buf_clear(scratch);
    text_fold(scratch, text);
    return str_find(buf_str(scratch), folded) != STR_NOT_FOUND;
}

static struct str row_label(const struct session *session, const struct tree_row *row)
{
    return row->item == CATALOGUE_NONE ? session->tree->topics[row->topic].label
                                       : catalogue_title(session->catalogue, row->item);
}

/* Adds the row if its label contains the filter. */
static void add_if_fitting(struct tree *tree, const struct session *session, size_t *count,
                           struct tree_row row, struct str folded, struct buf *scratch)
{
    if (contains(scratch, row_label(session, &row), folded))
        add_row(tree, count, row);
}

/* Topics whose name contains the filter, then articles whose title does, each once. A filter that has only grown
 * looks through the rows it had before. */
static size_t list_filtered(struct tree *tree, const struct session *session)
{
    struct buf folded = {0}, scratch = {0};
    size_t count = 0;
    text_fold(&folded, str_trim(buf_str(&tree->filter.text)));
    if (tree->filtered_by.len && str_starts(buf_str(&folded), buf_str(&tree->filtered_by))) {
        for (size_t i = 0; i < tree->list.count; i++)
            add_if_fitting(tree, session, &count, tree->rows[i], buf_str(&folded), &scratch);
    } else {
        for (uint32_t i = 1; i < session->tree->count; i++)
            add_if_fitting(tree, session, &count, (struct tree_row){.topic = i, .item = CATALOGUE_NONE},
                           buf_str(&folded), &scratch);
        for (uint32_t i = 0; i < catalogue_count(session->catalogue); i++)
            if (!catalogue_is_missing(session->catalogue, i))
                add_if_fitting(tree, session, &count, (struct tree_row){.topic = TOPIC_NONE, .item = i},
                               buf_str(&folded), &scratch);
    }
    buf_clear(&tree->filtered_by);
    buf_add(&tree->filtered_by, buf_str(&folded));
    buf_free(&folded);
    buf_free(&scratch);
    return count;
}

static size_t list_rows(struct tree *tree, const struct session *session)
{
    if (!session->tree)
        return 0;
    if (str_trim(buf_str(&tree->filter.text)).len)
        return list_filtered(tree, session);
    buf_clear(&tree->filtered_by);
    return list_topics(tree, session);
}

/* Makes the rows anew and selects `wanted` again, or what is where it was. False if it is not among them. */
static bool rebuild(struct tree *tree, const struct session *session, struct tree_row wanted)
{
    size_t count = list_rows(tree, session);
    list_set_count(&tree->list, count);
    for (size_t i = 0; i < count; i++)
        if (tree->rows[i].topic == wanted.topic && tree->rows[i].item == wanted.item) {
            list_reveal(&tree->list, i);
            return true;
        }
    return false;
}

const struct tree_row *tree_selected(const struct tree *tree)
{
    return tree->list.count ? &tree->rows[tree->list.selected] : NULL;
}

/* A topic's name and those of the topics above it, as one number that another tree's same topic has too. */
static uint64_t topic_key(const struct topic_tree *topics, uint32_t number)
{
    uint64_t hash = 0;
    for (; number != TOPIC_NONE && number != 0; number = topics->topics[number].parent)
        hash = (hash ^ str_hash(topics->topics[number].label)) * 0x9e3779b97f4a7c15u +
               topics->topics[number].kind;
    return hash;
}

/* The topic of `topics` that topic `number` of `before` was, or TOPIC_NONE. */
static uint32_t same_topic(const struct topic_tree *topics, const struct topic_tree *before, uint32_t number)
{
    if (!before || number >= before->count)
        return TOPIC_NONE;
    uint64_t wanted = topic_key(before, number);
    for (uint32_t i = 1; i < topics->count; i++)
        if (topic_key(topics, i) == wanted)
            return i;
    return TOPIC_NONE;
}

struct tree_row tree_renew_row(struct tree_row row, const struct session *session,
                               const struct topic_tree *before, const struct renumbering *renumbering)
{
    bool article = row.item != CATALOGUE_NONE;
    uint32_t topic = same_topic(session->tree, before, row.topic);
    if (article && topic != TOPIC_NONE && session->tree->topics[topic].kind == TOPIC_PROBLEMS) {
        bool same = catalogue_same_numbers(renumbering->from, renumbering->to);
        return (struct tree_row){.topic = topic, .item = same ? row.item : CATALOGUE_NONE};
    }
    row.topic = topic;
    row.item = article ? renumber(renumbering, row.item) : CATALOGUE_NONE;
    if (article && row.item == CATALOGUE_NONE)
        row.topic = TOPIC_NONE;
    return row;
}

void tree_renew(struct tree *tree, const struct session *session, const struct topic_tree *before,
                const struct renumbering *renumbering)
{
    unsigned char *open = mem_calloc(session->tree->count, 1);
    for (uint32_t i = 1; before && i < before->count; i++) {
        uint32_t same = tree->open[i] ? same_topic(session->tree, before, i) : TOPIC_NONE;
        if (same != TOPIC_NONE)
            open[same] = tree->open[i];
    }
    mem_free(tree->open);
    tree->open = open;
    struct tree_row wanted = tree_renew_row(tree->held, session, before, renumbering);
    size_t offset = tree->list.selected - tree->list.top;
    buf_clear(&tree->filtered_by); /* the rows are those of the old numbers */
    bool found = rebuild(tree, session, wanted);
    if (found) /* rows that come in above it do not move it on the screen */
        list_place(&tree->list, tree->list.selected, offset);
    if (!found && wanted.item != CATALOGUE_NONE)
        tree_reveal(tree, session, wanted.item);
    else
        tree->held = wanted;
}

uint32_t tree_row_article(const struct session *session, const struct tree_row *row)
{
    if (!row || row->item == CATALOGUE_NONE)
        return CATALOGUE_NONE;
    if (row->topic != TOPIC_NONE && session->tree->topics[row->topic].kind == TOPIC_PROBLEMS)
        return catalogue_problem(session->catalogue, row->item).article;
    return row->item;
}

static bool holds(const struct topic *topic, uint32_t article)
{
    for (uint32_t i = 0; i < topic->article_count; i++)
        if (topic->articles[i] == article)
            return true;
    return false;
}

uint32_t tree_topic_of(const struct topic_tree *topics, uint32_t article)
{
    uint32_t best = TOPIC_NONE;
    for (uint32_t i = 1; i < topics->count; i++) {
        const struct topic *topic = &topics->topics[i];
        bool smaller = best == TOPIC_NONE || topic->total < topics->topics[best].total;
        if (topic->subject != CATALOGUE_NONE && smaller && holds(topic, article))
            best = i;
    }
    return best;
}

static void close_revealed(struct tree *tree, const struct session *session)
{
    for (uint32_t i = 0; i < session->tree->count; i++)
        if (tree->open[i] == TREE_OPEN_FOR_ARTICLE)
            tree->open[i] = TREE_CLOSED;
}

void tree_reveal(struct tree *tree, const struct session *session, uint32_t article)
{
    if (!session->tree || str_trim(buf_str(&tree->filter.text)).len)
        return;
    const struct tree_row *row = tree_selected(tree);
    if (row && tree_row_article(session, row) == article)
        return;
    uint32_t topic = row && row->topic != TOPIC_NONE &&
                             session->tree->topics[row->topic].subject != CATALOGUE_NONE &&
                             holds(&session->tree->topics[row->topic], article)
                         ? row->topic
                         : tree_topic_of(session->tree, article);
    if (topic == TOPIC_NONE)
        return;
    close_revealed(tree, session);
    for (uint32_t i = topic; i != TOPIC_NONE && i != 0; i = session->tree->topics[i].parent)
        if (tree->open[i] == TREE_CLOSED)
            tree->open[i] = TREE_OPEN_FOR_ARTICLE;
    rebuild(tree, session, (struct tree_row){.topic = topic, .item = article});
    tree_hold(tree);
}

void tree_show_first(struct tree *tree, const struct session *session, uint32_t article)
{
    tree_reveal(tree, session, article);
    if (tree->list.count <= tree->list.visible)
        return;
    uint32_t topic = tree_topic_of(session->tree, article);
    while (topic != TOPIC_NONE && session->tree->topics[topic].parent != 0)
        topic = session->tree->topics[topic].parent;
    close_revealed(tree, session);
    rebuild(tree, session, (struct tree_row){.topic = topic, .item = CATALOGUE_NONE});
}

void tree_set_open(struct tree *tree, const struct session *session, bool open)
{
    const struct tree_row *row = tree_selected(tree);
    if (!row || row->item != CATALOGUE_NONE || row->topic == TOPIC_NONE)
        return;
    tree->open[row->topic] = open ? TREE_OPEN : TREE_CLOSED;
    rebuild(tree, session, *row);
    tree_hold(tree);
}

bool tree_is_open(const struct tree *tree, uint32_t topic)
{
    return tree->open[topic] != TREE_CLOSED;
}

bool tree_go_parent(struct tree *tree, const struct session *session)
{
    const struct tree_row *row = tree_selected(tree);
    if (!row || row->topic == TOPIC_NONE)
        return false;
    uint32_t parent = row->item != CATALOGUE_NONE ? row->topic : session->tree->topics[row->topic].parent;
    for (size_t i = tree->list.selected; parent != 0 && i-- > 0;)
        if (tree->rows[i].topic == parent && tree->rows[i].item == CATALOGUE_NONE) {
            list_select(&tree->list, i);
            tree_hold(tree);
            return true;
        }
    return false;
}

struct tree_row tree_hold(struct tree *tree)
{
    const struct tree_row *row = tree_selected(tree);
    if (row)
        tree->held = *row;
    return tree->held;
}

void tree_hold_row(struct tree *tree, struct tree_row row)
{
    tree->held = row;
}

/* All rows again: what is held is shown where it stands. */
static void unfilter(struct tree *tree, const struct session *session, struct tree_row wanted)
{
    uint32_t article = tree_row_article(session, &wanted);
    uint32_t topic = wanted.topic;
    if (topic != TOPIC_NONE && wanted.item == CATALOGUE_NONE)
        topic = session->tree->topics[topic].parent;
    for (; topic != TOPIC_NONE && topic != 0; topic = session->tree->topics[topic].parent)
        if (tree->open[topic] == TREE_CLOSED)
            tree->open[topic] = TREE_OPEN;
    if (!rebuild(tree, session, wanted) && article != CATALOGUE_NONE)
        tree_reveal(tree, session, article);
}

void tree_filter(struct tree *tree, const struct session *session)
{
    if (!session->tree)
        return;
    struct tree_row wanted = tree->held;
    uint32_t article = tree_row_article(session, &wanted);
    if (!str_trim(buf_str(&tree->filter.text)).len) {
        unfilter(tree, session, wanted);
        return;
    }
    if (article != CATALOGUE_NONE)
        wanted = (struct tree_row){.topic = TOPIC_NONE, .item = article};
    if (!rebuild(tree, session, wanted))
        list_select(&tree->list, 0);
}
