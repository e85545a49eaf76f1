#include "lectern/search.h"

#include <math.h>

#include "hits.h"
#include "lectern/text.h"
#include "query.h"
#include "titles_only.h"

/*
 * BM25F (Robertson, Zaragoza, Taylor 2004): the occurrences of a word are summed over the fields, each weighted and
 * divided by the field's relative length, and then saturate.
 */
#define SATURATION 1.2f
static const struct {
    float weight, by_length, rank;
} fields[INDEX_FIELDS] = {
    [INDEX_TITLE] = {8.0f, 0.5f, 0.0f},    [INDEX_QUESTION] = {8.0f, 0.5f, 0.0f},
    [INDEX_KEYWORDS] = {4.0f, 0.3f, 1.0f}, [INDEX_HEADINGS] = {2.0f, 0.3f, 2.0f},
    [INDEX_TEXT] = {1.0f, 0.75f, 3.0f},
};

/* What an occurrence counts when the word only begins with the reader's last word. */
#define EXPANSION_WEIGHT 0.5f

#define POSTINGS_PER_LOOK 8192

/* One query. Per-document values stand in arrays of their own, so that a posting costs no lookup. */
struct run {
    const struct catalogue *catalogue;
    const struct segment *segment;
    const struct index *index; /* of the segment */
    const atomic_bool *cancel;
    const struct search_words *words;
    uint32_t documents;
    uint32_t *articles; /* or CATALOGUE_NONE */
    float (*weights)[INDEX_FIELDS];
    uint8_t *words_found; /* how many words of the query, in order, stand in the document */
    float *scores;
    float *tiers;         /* sum of the ranks of the words' best fields, by the words' rarity */
    uint8_t *best_fields; /* over all words */
    float *frequencies;   /* of the word at hand; 0: not found */
    uint8_t *word_fields; /* its best field */
    uint32_t *found;      /* the files where it was found */
    uint32_t found_count;
    float rarity_sum;
};

static void prepare_documents(struct run *run)
{
    float means[INDEX_FIELDS];
    for (int f = 0; f < INDEX_FIELDS; f++) {
        double mean = index_mean_length(run->index, (enum index_field)f);
        means[f] = mean > 0 ? (float)mean : 1.0f;
    }
    for (uint32_t document = 0; document < run->documents; document++) {
        uint32_t article = segment_article(run->segment, document);
        run->articles[document] = catalogue_is_missing(run->catalogue, article) ? CATALOGUE_NONE : article;
        for (int f = 0; f < INDEX_FIELDS; f++) {
            float length = (float)index_field_length(run->index, document, (enum index_field)f) / means[f];
            run->weights[document][f] =
                fields[f].weight / (1.0f - fields[f].by_length + fields[f].by_length * length);
        }
        run->best_fields[document] = INDEX_TEXT;
    }
}

static void start(struct run *run, struct arena *arena)
{
    run->documents = index_document_count(run->index);
    run->articles = arena_array(arena, run->documents, sizeof *run->articles);
    run->weights = arena_array(arena, run->documents, sizeof *run->weights);
    run->words_found = arena_array(arena, run->documents, sizeof *run->words_found);
    run->scores = arena_array(arena, run->documents, sizeof *run->scores);
    run->tiers = arena_array(arena, run->documents, sizeof *run->tiers);
    run->best_fields = arena_array(arena, run->documents, sizeof *run->best_fields);
    run->frequencies = arena_array(arena, run->documents, sizeof *run->frequencies);
    run->word_fields = arena_array(arena, run->documents, sizeof *run->word_fields);
    run->found = arena_array(arena, run->documents, sizeof *run->found);
    prepare_documents(run);
}

static void add_posting(struct run *run, const struct posting *posting, float weight)
{
    uint32_t document = posting->document;
    float frequency = 0;
    uint8_t best = INDEX_TEXT;
    for (uint8_t f = INDEX_FIELDS; f-- > 0;)
        if (posting->counts[f]) {
            frequency += (float)posting->counts[f] * run->weights[document][f];
            best = f;
        }
    if (run->frequencies[document] <= 0) {
        run->found[run->found_count++] = document;
        run->word_fields[document] = best;
    } else if (best < run->word_fields[document]) {
        run->word_fields[document] = best;
    }
    run->frequencies[document] += frequency * weight;
}

/* Files where word number `word` stands. False when cancelled. */
static bool find_word(struct run *run, size_t word)
{
    bool prefix = run->words->last_is_prefix && word + 1 == run->words->count;
    struct str text = index_term_of(run->words->words[word]);
    uint32_t first, end;
    size_t steps = 0;
    index_find_prefix(run->index, text, &first, &end);
    run->found_count = 0;
    for (uint32_t term = first; term < end; term++) {
        struct posting_reader reader = index_postings(run->index, term);
        struct posting posting;
        bool exact = index_term(run->index, term).len == text.len;
        if (!exact && !prefix)
            break;
        while (index_next_posting(&reader, &posting)) {
            if (run->articles[posting.document] != CATALOGUE_NONE)
                add_posting(run, &posting, exact ? 1.0f : EXPANSION_WEIGHT);
            if (++steps % POSTINGS_PER_LOOK == 0 && search_cancelled(run->cancel))
                return false;
        }
    }
    return true;
}

/* Adds what the word at hand is worth to the files that have had all words before it. */
static void score_word(struct run *run, size_t word)
{
    float with = (float)run->found_count, all = (float)catalogue_count(run->catalogue);
    float rarity = logf(1.0f + (all - with + 0.5f) / (with + 0.5f));
    run->rarity_sum += rarity;
    for (uint32_t i = 0; i < run->found_count; i++) {
        uint32_t document = run->found[i];
        float frequency = run->frequencies[document];
        uint8_t field = run->word_fields[document];
        run->frequencies[document] = 0;
        if (run->words_found[document] != word)
            continue;
        run->words_found[document]++;
        run->scores[document] += rarity * frequency / (SATURATION + frequency);
        run->tiers[document] += rarity * fields[field].rank;
        if (field < run->best_fields[document])
            run->best_fields[document] = field;
    }
}

/* How much better a title is that equals the query, begins with it, or has its words in a row. */
static float title_factor(const struct search_words *words, struct str title, struct buf *room)
{
    uint64_t runs = 0, last = ((uint64_t)1 << words->count) >> 1;
    bool in_a_row = words->count == 1, begins = false;
    struct str word;
    size_t count = 0;
    /* Bit i of `runs`: the words up to this one are the query's first i + 1. */
    while ((words->count > 1 || count < 2) && text_next_word(&title, &word)) {
        buf_clear(room);
        text_fold(room, word);
        runs = (runs << 1 | 1) & query_matches(words, buf_str(room));
        in_a_row |= (runs & last) != 0;
        begins |= (runs & last) && count + 1 == words->count;
        count++;
    }
    return begins && count == words->count ? 2.0f : begins ? 1.5f : in_a_row ? 1.25f : 1.0f;
}

static void offer_documents(const struct run *run, struct hits *hits)
{
    struct buf room = {0};
    for (uint32_t i = 0; i < run->found_count; i++) {
        uint32_t document = run->found[i], article = run->articles[document];
        if (run->words_found[document] != run->words->count)
            continue;
        float tier = run->tiers[document] / run->rarity_sum, score = run->scores[document];
        if (tier <= 0)
            score *= title_factor(run->words, catalogue_title(run->catalogue, article), &room);
        hits_offer(hits, (struct ranked_hit){tier, {article, run->best_fields[document], score}});
    }
    buf_free(&room);
}

static bool search_index(struct run *run, struct arena *arena, struct hits *hits)
{
    start(run, arena);
    for (size_t word = 0; word < run->words->count; word++) {
        if (search_cancelled(run->cancel) || !find_word(run, word))
            return false;
        score_word(run, word);
    }
    offer_documents(run, hits);
    return !search_cancelled(run->cancel);
}

bool search_run(const struct catalogue *catalogue, const struct segments *segments, struct str query,
                size_t limit, const atomic_bool *cancel, struct arena *arena, struct search_results *results)
{
    struct search_words words;
    struct hits hits;
    *results = (struct search_results){.titles_only = !segments};
    search_words(arena, query, &words);
    if (words.count == 0)
        return !search_cancelled(cancel);
    hits_start(&hits, catalogue, limit, arena);
    const struct segment *segment = segments ? &segments->at[0] : NULL;
    struct run run = {
        .catalogue = catalogue,
        .segment = segment,
        .index = segment ? segment->index : NULL,
        .cancel = cancel,
        .words = &words,
    };
    bool done = segment ? search_index(&run, arena, &hits)
                        : titles_only_search(catalogue, &words, cancel, arena, &hits);
    if (done)
        hits_finish(&hits, arena, results);
    return done;
}
