#include "leaf.h"

#include <string.h>

#include "leaf_hot.h"

/* What a word in another form counts, and one of which only the beginning was typed. */
#define FORM_WEIGHT      0.2f
#define BEGINNING_WEIGHT 0.6f

struct list_at list_at(struct posting_reader reader)
{
    struct list_at list = {.reader = reader};
    list.over = !index_next_posting(&list.reader, &list.posting);
    return list;
}

bool list_reach(struct list_at *list, uint32_t document)
{
    if (!list->over && list->posting.document < document)
        list->over = !index_seek_posting(&list->reader, document, &list->posting);
    return !list->over && list->posting.document == document;
}

struct posting_walk posting_walk(const struct segment *segment, uint32_t term, const struct set *within)
{
    return (struct posting_walk){
        .segment = segment, .reader = index_postings(segment->index, term), .within = within};
}

/* The set is followed by seeking, and the list by galloping, whichever has the next one farther away. */
static bool next_within(struct posting_walk *walk)
{
    const struct set *within = walk->within;
    while (walk->at < within->count) {
        uint32_t wanted = within->documents[walk->at];
        if (!walk->read || walk->posting.document < wanted) {
            walk->read = index_seek_posting(&walk->reader, wanted, &walk->posting);
            if (!walk->read)
                return false;
        }
        if (walk->posting.document == wanted) {
            walk->at++;
            return true;
        }
        walk->at = set_find(within, walk->at, walk->posting.document);
    }
    return false;
}

bool posting_walk_next(struct posting_walk *walk)
{
    if (walk->within)
        return next_within(walk);
    while (index_next_posting(&walk->reader, &walk->posting)) {
        uint32_t document = walk->posting.document;
        if (walk->bits ? walk->bits[document / 64] >> document % 64 & 1
                       : !segment_is_gone(walk->segment, document))
            return true;
    }
    return false;
}

/* Where about every block of a list has some of the documents that are wanted, all of it has to be read anyway: by bits that
 * goes quicker. */
#define DENSE 16

static bool is_dense(const struct search_word *word, const struct set *within)
{
    return within && word->documents / DENSE < within->count;
}

static void narrow(struct search_scratch *scratch, const struct set *within)
{
    for (size_t i = 0; i < within->count; i++)
        scratch->narrowed[within->documents[i] / 64] |= (uint64_t)1 << within->documents[i] % 64;
}

static void widen(struct search_scratch *scratch, const struct set *within)
{
    for (size_t i = 0; i < within->count; i++)
        scratch->narrowed[within->documents[i] / 64] = 0;
}

/* The postings of a term of a word, to whose documents the scratch is narrowed if that is dense. */
static struct posting_walk walk_word(const struct evaluation *evaluation, const struct search_word *word,
                                     const struct segment *segment, uint32_t term, const struct set *within)
{
    bool dense = is_dense(word, within);
    struct posting_walk walk = posting_walk(segment, term, dense ? NULL : within);
    walk.bits = dense ? evaluation->scratch->narrowed : NULL;
    return walk;
}

void leaf_set_scales(struct evaluation *evaluation, const struct field_weight fields[INDEX_FIELDS])
{
    for (int f = 0; f < INDEX_FIELDS; f++) {
        struct field_scale *scale = &evaluation->scales[f];
        scale->weight = fields[f].weight;
        scale->fixed = 1.0f - fields[f].by_length;
        scale->scaled = fields[f].by_length / evaluation->scratch->means[f];
        for (unsigned length = 0; length < SHORT_LENGTHS; length++)
            scale->in_short[length] = scale->weight / (scale->fixed + scale->scaled * (float)length);
    }
}

float leaf_worth(const struct evaluation *evaluation, const struct index *index, uint32_t document,
                 const float counts[INDEX_FIELDS], uint8_t *field)
{
    uint32_t lengths[INDEX_FIELDS];
    float frequency = 0;
    *field = INDEX_FIELDS;
    index_field_lengths(index, document, lengths);
    for (uint8_t f = INDEX_FIELDS; f-- > 0;) {
        if (counts[f] <= 0)
            continue;
        const struct field_scale *scale = &evaluation->scales[f];
        frequency += counts[f] * (lengths[f] < SHORT_LENGTHS
                                      ? scale->in_short[lengths[f]]
                                      : scale->weight / (scale->fixed + scale->scaled * (float)lengths[f]));
        *field = f;
    }
    return frequency / (LEAF_SATURATION + frequency);
}

static bool is_in_text_only(const uint8_t counts[INDEX_FIELDS])
{
    return !counts[INDEX_TITLE] && !counts[INDEX_QUESTION] && !counts[INDEX_KEYWORDS] &&
           !counts[INDEX_HEADINGS];
}

/* What the text counts for a short beginning: one occurrence at most, and none beside those in other fields. Whether there
 * are any is all that is known beforehand. */
static uint8_t count_in_text(const struct search_word *word, const uint8_t counts[INDEX_FIELDS])
{
    if (!word_is_short(word))
        return counts[INDEX_TEXT];
    return is_in_text_only(counts) && counts[INDEX_TEXT];
}

/* What counts come to where the fields are as short as can be. */
static float most_of(const struct evaluation *evaluation, const float counts[INDEX_FIELDS])
{
    float most = 0;
    for (int f = 0; f < INDEX_FIELDS; f++)
        most += counts[f] * evaluation->scales[f].in_short[0];
    return most;
}

/* Whether one that stands in the text only, as nearly all do, is worth less than all hits that are kept: by the length of that, without a division. */
static bool is_beneath_in_text(const struct evaluation *evaluation, const struct index *index,
                               uint32_t document, float count)
{
    const struct hits *hits = evaluation->alone;
    const struct field_scale *scale = &evaluation->scales[INDEX_TEXT];
    float length = (float)index_field_length(index, document, INDEX_TEXT), least = hits->heap[0].hit.score;
    if (hits->count < hits->limit)
        return false;
    return count * scale->weight * (1.0f - least) <
           LEAF_SURELY * least * LEAF_SATURATION * (scale->fixed + scale->scaled * length);
}

/* What the occurrences of all forms count together, in fields where that is 0 so far. */
static inline void weigh_forms(const struct search_word *word, const struct counter *counter,
                               bool in_text_only, float counts[INDEX_FIELDS])
{
    float other = word->source->prefix ? BEGINNING_WEIGHT : FORM_WEIGHT;
    for (int f = in_text_only ? INDEX_TEXT : 0; f < INDEX_FIELDS; f++) {
        uint8_t all = f == INDEX_TEXT ? count_in_text(word, counter->all) : counter->all[f];
        if (all | counter->exact[f])
            counts[f] = other * (float)all + (1.0f - other) * (float)counter->exact[f];
    }
}

float leaf_most(const struct evaluation *evaluation, const struct search_word *word,
                const struct counter *counter)
{
    float counts[INDEX_FIELDS] = {0};
    weigh_forms(word, counter, is_in_text_only(counter->all), counts);
    return most_of(evaluation, counts);
}

/* A word alone: its hits go past the set to the best ones. */
static void offer_alone(const struct evaluation *evaluation, size_t segment, uint32_t document,
                        const float counts[INDEX_FIELDS], bool in_text_only)
{
    struct hits *hits = evaluation->alone;
    const struct segment *of = &evaluation->segments->at[segment];
    uint8_t field;
    if (in_text_only ? is_beneath_in_text(evaluation, of->index, document, counts[INDEX_TEXT])
                     : leaf_is_beneath(evaluation, most_of(evaluation, counts))) {
        hits->total++;
        return;
    }
    float worth = leaf_worth(evaluation, of->index, document, counts, &field);
    uint32_t article = segment_article(of, document);
    if (article < catalogue_count(evaluation->catalogue))
        hits_offer(hits, (struct ranked_hit){
                             {article, (enum index_field)field, worth}, (uint32_t)segment, document});
}

void leaf_add(const struct evaluation *evaluation, const struct search_word *word, size_t segment,
              uint32_t document, const struct counter *counter, struct set *found)
{
    const struct index *index = evaluation->segments->at[segment].index;
    float counts[INDEX_FIELDS] = {0};
    uint8_t field;
    if (word->source->field != QUERY_ANYWHERE && !word_may_stand(word, index, document, counter->all))
        return;
    if (word_is_tag(word)) {
        set_add(found, document, 0, INDEX_FIELDS);
        return;
    }
    bool in_text_only = is_in_text_only(counter->all);
    weigh_forms(word, counter, in_text_only, counts);
    if (evaluation->alone) {
        offer_alone(evaluation, segment, document, counts, in_text_only);
    } else {
        float worth = leaf_worth(evaluation, index, document, counts, &field);
        set_add(found, document, word->rarity * worth, field);
    }
}

static void count_in(uint8_t sums[INDEX_FIELDS], const uint8_t counts[INDEX_FIELDS])
{
    for (int f = 0; f < INDEX_FIELDS; f++) {
        unsigned sum = (unsigned)sums[f] + counts[f];
        sums[f] = (uint8_t)(sum < UINT8_MAX ? sum : UINT8_MAX);
    }
}

static bool count_term(struct evaluation *evaluation, struct posting_walk walk, bool exact)
{
    struct search_scratch *scratch = evaluation->scratch;
    while (posting_walk_next(&walk)) {
        uint32_t document = walk.posting.document;
        struct counter *counter = &scratch->counters[document];
        scratch->counted[document / 64] |= (uint64_t)1 << document % 64;
        count_in(counter->all, walk.posting.counts);
        if (exact)
            count_in(counter->exact, walk.posting.counts);
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

/* Empties the counters, into `found` unless the search was cancelled. */
static void gather(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                   bool cancelled, struct set *found)
{
    struct search_scratch *scratch = evaluation->scratch;
    const struct index *index = evaluation->segments->at[segment].index;
    size_t blocks = (index_document_count(index) + 63) / 64;
    for (size_t block = 0; block < blocks; block++) {
        for (uint64_t bits = scratch->counted[block]; bits; bits &= bits - 1) {
            uint32_t document = (uint32_t)(block * 64 + (size_t)__builtin_ctzll(bits));
            if (!cancelled)
                leaf_add(evaluation, word, segment, document, &scratch->counters[document], found);
            scratch->counters[document] = (struct counter){0};
        }
        scratch->counted[block] = 0;
    }
}

static bool count_forms(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                        const struct set *within, struct set *found)
{
    const struct segment *of = &evaluation->segments->at[segment];
    const struct word_terms *terms = &word->terms[segment];
    bool done = true;
    for (size_t i = 0; i < terms->count && done; i++)
        for (uint32_t term = terms->runs[i].first; term < terms->runs[i].end && done; term++)
            done =
                count_term(evaluation, walk_word(evaluation, word, of, term, within), terms->runs[i].exact);
    gather(evaluation, word, segment, !done, found);
    return done;
}

/* One list alone is in order by itself. */
static bool follow_list(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                        const struct set *within, struct set *found)
{
    const struct term_run *run = word->terms[segment].runs;
    const struct segment *of = &evaluation->segments->at[segment];
    struct posting_walk walk = walk_word(evaluation, word, of, run->first, within);
    struct counter counter = {0};
    while (posting_walk_next(&walk)) {
        memcpy(counter.all, walk.posting.counts, sizeof counter.all);
        if (run->exact)
            memcpy(counter.exact, walk.posting.counts, sizeof counter.exact);
        leaf_add(evaluation, word, segment, walk.posting.document, &counter, found);
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

bool leaf_word(struct evaluation *evaluation, const struct search_word *word, size_t segment,
               const struct set *within, struct set *found)
{
    const struct word_terms *terms = &word->terms[segment];
    struct index_hot hot;
    if (terms->count == 0)
        return true;
    if (hot_knows(evaluation, word, segment, &hot))
        return hot_find(evaluation, word, segment, &hot, within, found);
    bool single = terms->count == 1 && terms->runs[0].end - terms->runs[0].first == 1;
    if (is_dense(word, within))
        narrow(evaluation->scratch, within);
    bool done = single ? follow_list(evaluation, word, segment, within, found)
                       : count_forms(evaluation, word, segment, within, found);
    if (is_dense(word, within))
        widen(evaluation->scratch, within);
    return done;
}

bool leaf_tags(struct evaluation *evaluation, uint32_t first, uint32_t end, size_t segment,
               const struct set *within, struct set *found)
{
    const struct segment *of = &evaluation->segments->at[segment];
    uint64_t *counted = evaluation->scratch->counted;
    size_t blocks = (index_document_count(of->index) + 63) / 64;
    bool done = true;
    for (uint32_t term = first; term < end && done; term++) {
        struct posting_walk walk = posting_walk(of, term, within);
        while (done && posting_walk_next(&walk)) {
            counted[walk.posting.document / 64] |= (uint64_t)1 << walk.posting.document % 64;
            done = !evaluation_cancelled(evaluation);
        }
    }
    for (size_t block = 0; block < blocks; block++) {
        for (uint64_t bits = counted[block]; bits && done; bits &= bits - 1)
            set_add(found, (uint32_t)(block * 64 + (size_t)__builtin_ctzll(bits)), 0, INDEX_FIELDS);
        counted[block] = 0;
    }
    return done;
}
