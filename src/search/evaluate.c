#include "evaluate.h"

#include "days.h"
#include "leaf.h"
#include "phrase.h"
#include "reader.h"

static bool find(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                 const struct set *within, struct set *found);

static const struct search_word *words_of(const struct evaluation *evaluation, const struct query_node *node)
{
    return evaluation->words.at + (node->words - evaluation->query->words);
}

/* About how many documents a node finds, for taking the fewest first. What looks closely at each comes last. */
static uint64_t estimate(const struct evaluation *evaluation, const struct query_node *node)
{
    uint64_t all = evaluation->scratch->documents, least = UINT64_MAX, sum = 0;
    switch (node->kind) {
    case QUERY_NOT: return UINT64_MAX - 1;
    case QUERY_PATTERN: return UINT64_MAX;
    case QUERY_ID: return 1;
    case QUERY_DATE:
    case QUERY_HAS:
    case QUERY_MARKED:
    case QUERY_NOTE: return all;
    default: break;
    }
    for (size_t i = 0; i < node->word_count; i++) {
        uint64_t documents = words_of(evaluation, node)[i].documents;
        least = documents < least ? documents : least;
    }
    for (const struct query_node *child = node->first; child; child = child->next) {
        uint64_t documents = estimate(evaluation, child);
        least = documents < least ? documents : least;
        sum += documents < all ? documents : all;
    }
    return node->kind == QUERY_OR ? sum : least;
}

static void add_all(const struct segment *segment, const struct set *within, struct set *found)
{
    for (size_t i = 0; within && i < within->count; i++)
        set_add(found, within->documents[i], 0, INDEX_FIELDS);
    for (uint32_t d = 0; !within && d < index_document_count(segment->index); d++)
        if (!segment_is_gone(segment, d))
            set_add(found, d, 0, INDEX_FIELDS);
}

/* What is ready already, of what is within. */
static void add_ready(const struct set *ready, float rarity, const struct set *within, struct set *found)
{
    size_t count = within ? within->count : ready->count, at = 0;
    for (size_t i = 0; i < count; i++) {
        if (within)
            at = set_find(ready, at, within->documents[i]);
        else
            at = i;
        if (at == ready->count)
            break;
        if (!within || ready->documents[at] == within->documents[i])
            set_add(found, ready->documents[at], rarity * ready->scores[at], ready->fields[at]);
    }
}

static bool find_word(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                      const struct set *within, struct set *found)
{
    if (!word->sets[segment])
        return leaf_word(evaluation, word, segment, within, found);
    add_ready(word->sets[segment], word_is_tag(word) ? 0 : word->rarity, within, found);
    return true;
}

static bool find_phrase(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                        const struct set *within, struct set *found)
{
    const struct search_word *words = words_of(evaluation, node);
    if (node->word_count == 1)
        return find_word(evaluation, words, segment, within, found);
    return phrase_find(evaluation, words, node->word_count, segment, within, found);
}

static void find_id(const struct evaluation *evaluation, const struct query_node *node, size_t segment,
                    const struct set *within, struct set *found)
{
    uint32_t article = catalogue_find_id(evaluation->catalogue, node->text);
    uint32_t document = segment_document(&evaluation->segments->at[segment], article);
    size_t at = within ? set_find(within, 0, document) : 0;
    if (document == INDEX_NONE || (within && (at == within->count || within->documents[at] != document)))
        return;
    set_add(found, document, 0, INDEX_FIELDS);
}

static bool find_date(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                      const struct set *within, struct set *found)
{
    const struct index *index = evaluation->segments->at[segment].index;
    uint32_t first, end;
    index_find_tag(index, INDEX_DATE, STR(""), &first, &end);
    while (first < end && day_of(index_tag_value(index, first)) < node->first_day)
        first++;
    while (first < end && day_of(index_tag_value(index, end - 1)) > node->last_day)
        end--;
    return leaf_tags(evaluation, first, end, segment, within, found);
}

static bool find_feature(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                         const struct set *within, struct set *found)
{
    static const char *const names[] = {
        [QUERY_MATH] = "math", [QUERY_CODE] = "code", [QUERY_TABLE] = "table", [QUERY_RELATED] = "related"};
    uint32_t first, end;
    index_find_tag(evaluation->segments->at[segment].index, INDEX_HAS, str_from(names[node->feature]), &first,
                   &end);
    return leaf_tags(evaluation, first, end, segment, within, found);
}

static bool find_said(struct evaluation *evaluation, const struct query_node *node, size_t number,
                      const struct set *within, struct set *found)
{
    const struct segment *segment = &evaluation->segments->at[number];
    size_t count = within ? within->count : index_document_count(segment->index);
    for (size_t i = 0; i < count && !evaluation_cancelled(evaluation); i++) {
        uint32_t document = within ? within->documents[i] : (uint32_t)i;
        if (!segment_is_gone(segment, document) &&
            reader_says(evaluation->reader, node, segment_article(segment, document)))
            set_add(found, document, 0, INDEX_FIELDS);
    }
    return !search_cancelled(evaluation->cancel);
}

/* Children of an AND, the fewest documents first; of equals the first one. */
static const struct query_node **in_order(const struct evaluation *evaluation, const struct query_node *node,
                                          size_t *count)
{
    *count = 0;
    for (const struct query_node *child = node->first; child; child = child->next)
        ++*count;
    const struct query_node **children = arena_array(evaluation->arena, *count, sizeof(void *));
    uint64_t *documents = arena_array(evaluation->arena, *count, sizeof *documents);
    size_t filled = 0;
    for (const struct query_node *child = node->first; child; child = child->next, filled++) {
        uint64_t of_child = estimate(evaluation, child);
        size_t at = filled;
        for (; at && documents[at - 1] > of_child; at--) {
            children[at] = children[at - 1];
            documents[at] = documents[at - 1];
        }
        children[at] = child;
        documents[at] = of_child;
    }
    return children;
}

/* Each child looks only at what those before it have left. */
static bool find_all(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                     const struct set *within, struct set *found)
{
    struct set *next = set_take(&evaluation->scratch->sets);
    size_t count;
    const struct query_node **children = in_order(evaluation, node, &count);
    bool done = find(evaluation, children[0], segment, within, found);
    for (size_t i = 1; i < count && done && found->count; i++) {
        next->count = 0;
        bool excluded = children[i]->kind == QUERY_NOT;
        done = find(evaluation, excluded ? children[i]->first : children[i], segment, found, next);
        if (excluded) {
            set_remove(found, next);
        } else {
            set_add_worth(next, found);
            set_swap(found, next);
        }
    }
    set_give(&evaluation->scratch->sets, next);
    return done;
}

static bool find_any(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                     const struct set *within, struct set *found)
{
    struct set_pool *pool = &evaluation->scratch->sets;
    struct set *one = set_take(pool), *both = set_take(pool);
    bool done = true;
    for (const struct query_node *child = node->first; child && done; child = child->next) {
        one->count = both->count = 0;
        done = find(evaluation, child, segment, within, one);
        set_unite(found, one, both);
        set_swap(found, both);
    }
    set_give(pool, one);
    set_give(pool, both);
    return done;
}

static bool find_others(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                        const struct set *within, struct set *found)
{
    struct set *excluded = set_take(&evaluation->scratch->sets);
    bool done = find(evaluation, node->first, segment, within, excluded);
    add_all(&evaluation->segments->at[segment], within, found);
    set_remove(found, excluded);
    set_give(&evaluation->scratch->sets, excluded);
    return done;
}

/* Adds to `found`, which is empty, what a node finds `within` a set, or in the whole segment. */
static bool find(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                 const struct set *within, struct set *found)
{
    switch (node->kind) {
    case QUERY_AND: return find_all(evaluation, node, segment, within, found);
    case QUERY_OR: return find_any(evaluation, node, segment, within, found);
    case QUERY_NOT: return find_others(evaluation, node, segment, within, found);
    case QUERY_WORD: return find_word(evaluation, words_of(evaluation, node), segment, within, found);
    case QUERY_PHRASE: return find_phrase(evaluation, node, segment, within, found);
    case QUERY_ID: find_id(evaluation, node, segment, within, found); return true;
    case QUERY_DATE: return find_date(evaluation, node, segment, within, found);
    case QUERY_HAS: return find_feature(evaluation, node, segment, within, found);
    case QUERY_MARKED:
    case QUERY_NOTE: return find_said(evaluation, node, segment, within, found);
    case QUERY_PATTERN: return patterns_find(evaluation, node, segment, within, found);
    }
    return true;
}

bool evaluate(struct evaluation *evaluation, size_t segment, struct set *found)
{
    return find(evaluation, evaluation->query->root, segment, NULL, found);
}
