#include "patterns.h"

#include <time.h>

#include "evaluate.h"
#include "lectern/bounds.h"
#include "lectern/mem.h"

/* Matches in a title stand before any number of them in a text. */
#define TITLE_MATCHES 1000u

/* What n matches are worth is n / (n + SATURATION): never more than 1, so that it is words that decide where there are any. */
#define SATURATION 1.2f

/* When the first report is made, and how long after it the next one. */
#define FIRST_REPORT_MS 10u
#define REPORT_MS       60u

/* A pattern that is looked for in one segment. */
struct search_part {
    struct evaluation *evaluation;
    size_t segment;
    const struct set *within;
    struct set *found;
    bool last; /* what it finds is what the query finds */
};

static size_t count_nodes(const struct query_node *node)
{
    size_t count = node && node->kind == QUERY_PATTERN;
    for (const struct query_node *child = node ? node->first : NULL; child; child = child->next)
        count += count_nodes(child);
    return count;
}

static int compile(struct evaluation *evaluation, const struct query_node *node, struct err *err)
{
    enum pattern_case letters = node->ignore_case ? PATTERN_IGNORE_CASE : PATTERN_SMART_CASE;
    const struct query *query = evaluation->query;
    struct pattern *pattern = pattern_compile(node->text, letters, err);
    if (!pattern) {
        err->column += query_column(query, (size_t)(node->text.at - query->source.at)) - 1;
        return -1;
    }
    const struct literal *literal = literal_find(evaluation->arena, node->text);
    evaluation->patterns.at[evaluation->patterns.count++] = (struct search_pattern){node, pattern, literal};
    return 0;
}

/* The first node of those below that is wrong, or NULL. */
static const struct query_node *compile_below(struct evaluation *evaluation, const struct query_node *node,
                                              struct err *err)
{
    const struct query_node *wrong = NULL;
    if (node->kind == QUERY_PATTERN)
        return compile(evaluation, node, err) < 0 ? node : NULL;
    for (const struct query_node *child = node->first; child && !wrong; child = child->next)
        wrong = compile_below(evaluation, child, err);
    return wrong;
}

int patterns_compile(struct evaluation *evaluation, struct err *err, bool *open)
{
    const struct query_node *root = evaluation->query->root;
    evaluation->patterns.at =
        arena_array(evaluation->arena, count_nodes(root), sizeof *evaluation->patterns.at);
    const struct query_node *wrong = compile_below(evaluation, root, err);
    *open = wrong && wrong->open;
    return wrong ? -1 : 0;
}

void patterns_free(struct patterns *patterns)
{
    for (size_t i = 0; i < patterns->count; i++)
        pattern_free(patterns->at[i].pattern);
    *patterns = (struct patterns){0};
}

/* The documents to be looked at, ascending, to be released with mem_free(). */
static uint32_t *list_documents(const struct segment *segment, const struct literal *literal,
                                const struct set *within, size_t *count)
{
    struct arena arena = {0};
    const uint64_t *wanted = literal_documents(&arena, literal, segment->index);
    size_t all = within ? within->count : index_document_count(segment->index);
    uint32_t *documents = mem_calloc(all, sizeof *documents);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        uint32_t document = within ? within->documents[i] : (uint32_t)i;
        if ((!wanted || wanted[document / 64] >> document % 64 & 1) &&
            (within || !segment_is_gone(segment, document)))
            documents[(*count)++] = document;
    }
    arena_free(&arena);
    return documents;
}

static uint64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Tells the watcher, if it is time to. */
static void report(const struct search_part *part)
{
    struct evaluation *evaluation = part->evaluation;
    uint64_t now = clock_now();
    if (now < evaluation->next_report || part->found->count + evaluation->hits->count == 0)
        return;
    struct set *so_far = set_take(&evaluation->scratch->sets);
    for (size_t i = 0; i < part->found->count; i++)
        set_add(so_far, part->found->documents[i], part->found->scores[i], part->found->fields[i]);
    if (part->within)
        set_add_worth(so_far, part->within);
    evaluation_report(evaluation, part->segment, so_far);
    set_give(&evaluation->scratch->sets, so_far);
    evaluation->next_report = clock_now() + REPORT_MS * 1000000u;
}

static void add_matches(void *context, const struct scan_match *matches, size_t count)
{
    const struct search_part *part = context;
    for (size_t i = 0; i < count; i++) {
        float n = (float)(matches[i].in_title ? TITLE_MATCHES + matches[i].in_title : 0) +
                  (float)matches[i].in_text;
        set_add(part->found, matches[i].document, n / (n + SATURATION),
                matches[i].in_title ? INDEX_TITLE : INDEX_TEXT);
    }
    if (part->last && part->evaluation->watcher)
        report(part);
}

/* Whether a pattern is all of the query, or the condition that is looked at last. */
static bool is_last(const struct query *query, const struct query_node *node)
{
    const struct query_node *last = query->root;
    if (last->kind == QUERY_AND)
        for (const struct query_node *child = query->root->first; child; child = child->next)
            if (child->kind == QUERY_PATTERN)
                last = child;
    return last == node;
}

bool patterns_find(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                   const struct set *within, struct set *found)
{
    struct search_part part = {evaluation, segment, within, found, is_last(evaluation->query, node)};
    struct patterns *patterns = &evaluation->patterns;
    size_t number = 0;
    while (patterns->at[number].node != node)
        number++;
    struct scan scan = {
        .catalogue = evaluation->catalogue,
        .segments = evaluation->segments,
        .segment = segment,
        .pattern = patterns->at[number].pattern,
        .milliseconds = BOUND_PATTERN_SEARCH_MS,
        .cancel = evaluation->cancel,
        .found = add_matches,
        .context = &part,
    };
    if (!evaluation->next_report)
        evaluation->next_report = clock_now() + FIRST_REPORT_MS * 1000000u;
    uint32_t *documents =
        list_documents(&evaluation->segments->at[segment], patterns->at[number].literal, within, &scan.count);
    scan.documents = documents;
    bool done = scan_run(scratch_crew(evaluation->scratch), &scan, &patterns->limits);
    mem_free(documents);
    return done;
}

void patterns_explain(const struct patterns *patterns, struct err *err)
{
    size_t given_up = patterns->limits.given_up, left = patterns->limits.left;
    if (left)
        err_set(err, ERR_LIMIT, "the pattern takes too long; %zu articles were not looked at",
                left + given_up);
    else if (given_up)
        err_set(err, ERR_LIMIT, "%zu article%s given up: the pattern takes too long there", given_up,
                given_up == 1 ? " was" : "s were");
}
