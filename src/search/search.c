#include "lectern/search.h"

#include "evaluate.h"
#include "leaf.h"
#include "marks_make.h"
#include "rank.h"
#include "titles_only.h"

static const struct field_weight fields[INDEX_FIELDS] = {
    [INDEX_TITLE] = {8.0f, 0.5f},     [INDEX_QUESTION] = {8.0f, 0.5f}, [INDEX_KEYWORDS] = {5.0f, 0.6f},
    [INDEX_HEADINGS] = {2.3f, 0.25f}, [INDEX_TEXT] = {1.3f, 0.8f},
};

static void offer_found(const struct evaluation *evaluation, uint32_t segment, const struct set *found,
                        struct hits *hits)
{
    uint32_t articles = catalogue_count(evaluation->catalogue);
    for (size_t i = 0; i < found->count; i++) {
        uint32_t article = segment_article(&evaluation->segments->at[segment], found->documents[i]);
        uint8_t field = found->fields[i];
        if (article >= articles) /* the index is damaged */
            continue;
        hits_offer(hits, (struct ranked_hit){{article, (enum index_field)field, found->scores[i]},
                                             segment,
                                             found->documents[i]});
    }
}

static void rank(struct evaluation *evaluation, struct hits *hits, struct arena *arena,
                 struct search_results *results)
{
    hits_sort(hits);
    rank_closely(evaluation, evaluation->marks, hits);
    hits_finish(hits, evaluation->limit, arena, results);
    results->marks = evaluation->marks;
    results->corrections = evaluation->words.corrections;
    results->correction_count = evaluation->words.correction_count;
}

void evaluation_report(struct evaluation *evaluation, size_t segment, const struct set *found)
{
    struct arena room = {0}, *arena = evaluation->arena;
    struct search_results so_far = {0};
    struct hits hits;
    evaluation->arena = &room;
    hits_start(&hits, evaluation->catalogue, evaluation->hits->limit, &room);
    for (size_t i = 0; i < evaluation->hits->count; i++)
        hits_offer(&hits, evaluation->hits->heap[i]);
    hits.total = evaluation->hits->total;
    offer_found(evaluation, (uint32_t)segment, found, &hits);
    rank(evaluation, &hits, &room, &so_far);
    evaluation->watcher->found(evaluation->watcher->context, &so_far);
    evaluation->arena = arena;
    arena_free(&room);
}

/* A query of one word: what it is worth without the rarity is offered at once, for that is the same for all. */
static bool search_word_alone(struct evaluation *evaluation, struct hits *hits)
{
    evaluation->alone = hits;
    bool done = words_find(evaluation);
    const struct search_word *word = evaluation->words.at;
    for (size_t s = 0; s < evaluation->segments->count && done && !word->source->prefix; s++)
        done = leaf_word(evaluation, word, s, NULL, NULL);
    for (size_t i = 0; i < hits->count; i++)
        hits->heap[i].hit.score *= word->rarity;
    evaluation->marks = marks_make(evaluation);
    words_free(&evaluation->words, &evaluation->scratch->sets);
    return done && !search_cancelled(evaluation->cancel);
}

static bool search_segments(struct evaluation *evaluation, struct hits *hits)
{
    const struct query_node *root = evaluation->query->root;
    if (root->kind == QUERY_WORD && root->words[0].field < QUERY_SUBJECT)
        return search_word_alone(evaluation, hits);
    struct set *found = set_take(&evaluation->scratch->sets);
    bool done = words_find(evaluation);
    evaluation->hits = hits;
    if (done)
        evaluation->marks = marks_make(evaluation);
    for (uint32_t s = 0; s < evaluation->segments->count && done; s++) {
        found->count = 0;
        done = evaluate(evaluation, s, found);
        offer_found(evaluation, s, found, hits);
    }
    set_give(&evaluation->scratch->sets, found);
    words_free(&evaluation->words, &evaluation->scratch->sets);
    return done && !search_cancelled(evaluation->cancel);
}

/* Without an index. */
static bool search_titles_only(struct evaluation *evaluation, struct hits *hits,
                               struct search_results *results)
{
    bool done = titles_only_search(evaluation->catalogue, evaluation->query, evaluation->reader,
                                   evaluation->cancel, evaluation->arena, hits);
    hits_sort(hits);
    words_take(evaluation);
    results->marks = marks_make(evaluation);
    hits_finish(hits, evaluation->limit, evaluation->arena, results);
    return done;
}

static bool search_texts(struct evaluation *evaluation, struct segments *segments, struct hits *hits,
                         struct search_results *results)
{
    bool done = true;
    if (patterns_compile(evaluation, &results->problem, &results->unfinished) == 0) {
        scratch_prepare(evaluation->scratch, segments);
        leaf_set_scales(evaluation, fields);
        done = search_segments(evaluation, hits);
        patterns_explain(&evaluation->patterns, &results->problem);
        if (done)
            rank(evaluation, hits, evaluation->arena, results);
    }
    patterns_free(&evaluation->patterns);
    return done && !search_cancelled(evaluation->cancel);
}

bool search_run_watched(const struct catalogue *catalogue, struct segments *segments,
                        const struct query *query, size_t limit, const atomic_bool *cancel,
                        const struct search_reader *reader, const struct search_watcher *watcher,
                        struct search_scratch *scratch, struct arena *arena, struct search_results *results)
{
    struct evaluation evaluation = {.catalogue = catalogue,
                                    .segments = segments,
                                    .query = query,
                                    .limit = limit,
                                    .cancel = cancel,
                                    .reader = reader,
                                    .watcher = watcher,
                                    .scratch = scratch,
                                    .arena = arena};
    struct hits hits;
    *results = (struct search_results){.titles_only = !segments};
    if (!query->root)
        return !search_cancelled(cancel);
    hits_start(&hits, catalogue, limit > RANK_CLOSELY ? limit : RANK_CLOSELY, arena);
    return segments ? search_texts(&evaluation, segments, &hits, results)
                    : search_titles_only(&evaluation, &hits, results);
}

bool search_run(const struct catalogue *catalogue, struct segments *segments, const struct query *query,
                size_t limit, const atomic_bool *cancel, struct search_scratch *scratch, struct arena *arena,
                struct search_results *results)
{
    return search_run_watched(catalogue, segments, query, limit, cancel, NULL, NULL, scratch, arena, results);
}
