#include "patterns.h"

#include "evaluate.h"
#include "lectern/bounds.h"
#include "lectern/mem.h"

/* Matches in a title stand before any number of them in a text. */
#define TITLE_MATCHES 1000u

/* What n matches are worth is n / (n + SATURATION): never more than 1, so that it is words that decide where there are any. */
#define SATURATION 1.2f

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

static void add_matches(void *context, const struct scan_match *matches, size_t count)
{
    struct set *found = context;
    for (size_t i = 0; i < count; i++) {
        float n = (float)(matches[i].in_title ? TITLE_MATCHES + matches[i].in_title : 0) +
                  (float)matches[i].in_text;
        set_add(found, matches[i].document, n / (n + SATURATION),
                matches[i].in_title ? INDEX_TITLE : INDEX_TEXT);
    }
}

bool patterns_find(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                   const struct set *within, struct set *found)
{
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
        .context = found,
    };
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
