/* Similar articles: those that have the words that one is most about, as BM25F weighs them, each as much as it says there. */
#include "leaf.h"
#include "lectern/mem.h"
#include "similar_words.h"

/* How many of the heaviest words are looked for. */
#define WORDS 60

/* Found to do best by how many of the questions that authors call related come first. */
static const struct field_weight fields[INDEX_FIELDS] = {
    [INDEX_TITLE] = {0.27f, 0.5f},     [INDEX_QUESTION] = {0.27f, 0.5f}, [INDEX_KEYWORDS] = {0.39f, 0.6f},
    [INDEX_HEADINGS] = {0.12f, 0.25f}, [INDEX_TEXT] = {0.067f, 0.8f},
};

/* What shares less than this part of what an article is worth to itself is not like it. */
#define LEAST_SHARED 0.15f

/* What each document of a segment is worth together, and its best field. */
struct sums {
    float *worth;
    uint8_t *fields;
};

/* False when cancelled. */
static bool add_word(struct evaluation *evaluation, const struct similar_word *word, size_t segment,
                     struct sums *sums)
{
    const struct segment *of = &evaluation->segments->at[segment];
    uint32_t term = similar_words_term(of->index, word->text);
    if (term == INDEX_NONE)
        return true;
    struct posting_walk walk = posting_walk(of, term, NULL);
    while (posting_walk_next(&walk)) {
        float counts[INDEX_FIELDS];
        uint8_t field;
        for (int f = 0; f < INDEX_FIELDS; f++)
            counts[f] = walk.posting.counts[f];
        uint32_t document = walk.posting.document;
        sums->worth[document] += word->weight * leaf_worth(evaluation, of->index, document, counts, &field);
        sums->fields[document] = field < sums->fields[document] ? field : sums->fields[document];
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

static bool add_words(struct evaluation *evaluation, const struct similar_word *words, size_t count,
                      size_t segment, struct sums *sums)
{
    uint32_t documents = index_document_count(evaluation->segments->at[segment].index);
    bool done = true;
    *sums = (struct sums){mem_calloc(documents, sizeof *sums->worth), mem_calloc(documents, 1)};
    for (uint32_t d = 0; d < documents; d++)
        sums->fields[d] = INDEX_FIELDS;
    for (size_t i = 0; i < count && done; i++)
        done = add_word(evaluation, &words[i], segment, sums);
    return done;
}

/* What the article is worth to itself. */
static float own_worth(const struct segments *segments, const struct sums *sums, uint32_t article)
{
    for (size_t s = 0; s < segments->count; s++) {
        uint32_t document = segment_document(&segments->at[s], article);
        if (document != INDEX_NONE)
            return sums[s].worth[document];
    }
    return 0;
}

static void offer(const struct evaluation *evaluation, uint32_t segment, const struct sums *sums,
                  uint32_t article, float least)
{
    const struct segment *of = &evaluation->segments->at[segment];
    uint32_t documents = index_document_count(of->index), articles = catalogue_count(evaluation->catalogue);
    for (uint32_t d = 0; d < documents; d++) {
        if (sums->worth[d] <= 0 || sums->worth[d] < least)
            continue;
        uint32_t found = segment_article(of, d);
        enum index_field field = (enum index_field)sums->fields[d];
        if (found < articles && found != article)
            hits_offer(evaluation->hits, (struct ranked_hit){{found, field, sums->worth[d]}, segment, d});
    }
}

/* False when cancelled. */
static bool find_similar(struct evaluation *evaluation, const struct similar_word *words, size_t count,
                         uint32_t article)
{
    const struct segments *segments = evaluation->segments;
    struct sums sums[SEGMENTS_MOST] = {{0}};
    bool done = true;
    for (size_t s = 0; s < segments->count && done; s++)
        done = add_words(evaluation, words, count, s, &sums[s]);
    float least = done ? LEAST_SHARED * own_worth(segments, sums, article) : 0;
    for (uint32_t s = 0; s < segments->count; s++) {
        if (done)
            offer(evaluation, s, &sums[s], article, least);
        mem_free(sums[s].worth);
        mem_free(sums[s].fields);
    }
    return done;
}

bool search_similar(const struct catalogue *catalogue, struct segments *segments, uint32_t article,
                    size_t limit, const atomic_bool *cancel, struct search_scratch *scratch,
                    struct arena *arena, struct search_results *results)
{
    struct similar_word words[WORDS];
    struct arena room = {0};
    struct hits hits;
    struct evaluation evaluation = {
        .catalogue = catalogue, .segments = segments, .cancel = cancel, .scratch = scratch, .hits = &hits};
    *results = (struct search_results){.titles_only = !segments};
    if (!segments || catalogue_is_missing(catalogue, article))
        return !search_cancelled(cancel);
    scratch_prepare(scratch, segments);
    leaf_set_scales(&evaluation, fields);
    hits_start(&hits, catalogue, limit, &room);
    struct str text = search_text(scratch, segments, article);
    size_t count = similar_words_choose(catalogue, scratch, article, text, &room, words, WORDS);
    bool done = find_similar(&evaluation, words, count, article);
    hits_sort(&hits);
    if (done)
        hits_finish(&hits, limit, arena, results);
    arena_free(&room);
    return done && !search_cancelled(cancel);
}
