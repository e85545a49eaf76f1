#include "phrase.h"

#include "leaf.h"
#include "lectern/mem.h"

struct places {
    uint32_t *at;
    size_t count, capacity;
};

/* Where the words before the last one stand in a row, in documents that have them all. */
struct starts {
    const struct set *documents;
    struct places places; /* where the phrase begins, of all documents */
    size_t *ends;         /* by document, the end of its part of `places` */
    bool *whole;          /* by place: the last word stands there, too */
};

static void read_places(struct posting_walk *walk, struct places *places)
{
    places->count = index_positions(&walk->reader, places->at, places->capacity);
    if (places->count <= places->capacity)
        return;
    places->capacity = places->count;
    places->at = mem_resize(places->at, places->capacity, sizeof *places->at);
    size_t count = index_positions(&walk->reader, places->at, places->capacity);
    places->count = count < places->capacity ? count : places->capacity;
}

static void add_place(struct places *places, uint32_t place)
{
    places->at = mem_grow(places->at, places->count, &places->capacity, sizeof *places->at);
    places->at[places->count++] = place;
}

/* Keeps of `starts`, from `first` on, those that have a place `distance` behind them. */
static void keep_followed(struct places *starts, size_t first, const struct places *places, uint32_t distance)
{
    size_t kept = first, at = 0;
    for (size_t i = first; i < starts->count; i++) {
        uint64_t wanted = (uint64_t)starts->at[i] + distance;
        while (at < places->count && places->at[at] < wanted)
            at++;
        if (at < places->count && places->at[at] == wanted)
            starts->at[kept++] = starts->at[i];
    }
    starts->count = kept;
}

/* The only term of a word that is no beginning, or INDEX_NONE. */
static uint32_t term_of(const struct search_word *word, size_t segment)
{
    const struct word_terms *terms = &word->terms[segment];
    return terms->count ? terms->runs[0].first : INDEX_NONE;
}

/* The documents that have all of the words, starting from the rarest. */
static bool find_together(struct evaluation *evaluation, const struct search_word *words, size_t count,
                          size_t segment, const struct set *within, struct set *found)
{
    struct set_pool *pool = &evaluation->scratch->sets;
    struct set *next = set_take(pool);
    size_t rarest = 0;
    for (size_t i = 1; i < count; i++)
        if (words[i].documents < words[rarest].documents)
            rarest = i;
    bool done = leaf_word(evaluation, &words[rarest], segment, within, found);
    for (size_t i = 0; i < count && done; i++) {
        if (i == rarest)
            continue;
        next->count = 0;
        done = leaf_word(evaluation, &words[i], segment, found, next);
        set_swap(found, next);
    }
    set_give(pool, next);
    return done;
}

static void find_starts(struct evaluation *evaluation, const struct search_word *words, size_t count,
                        size_t segment, struct starts *starts)
{
    const struct segment *of = &evaluation->segments->at[segment];
    struct posting_walk *walks = arena_array(evaluation->arena, count, sizeof *walks);
    struct places places = {0};
    for (size_t w = 0; w < count; w++)
        walks[w] = posting_walk(of, term_of(&words[w], segment), starts->documents);
    for (size_t d = 0; d < starts->documents->count; d++) {
        size_t first = starts->places.count;
        for (size_t w = 0; w < count; w++) {
            if (!posting_walk_next(&walks[w]))
                break;
            read_places(&walks[w], &places);
            for (size_t i = 0; w == 0 && i < places.count; i++)
                add_place(&starts->places, places.at[i]);
            if (w)
                keep_followed(&starts->places, first, &places, (uint32_t)w);
        }
        starts->ends[d] = starts->places.count;
    }
    mem_free(places.at);
}

/* Notes after which starts a term stands `distance` later. */
static bool note_last(struct evaluation *evaluation, const struct segment *segment, uint32_t term,
                      uint32_t distance, struct starts *starts, struct places *places)
{
    struct posting_walk walk = posting_walk(segment, term, starts->documents);
    while (posting_walk_next(&walk)) {
        size_t d = walk.at - 1, at = 0;
        read_places(&walk, places);
        for (size_t i = d ? starts->ends[d - 1] : 0; i < starts->ends[d]; i++) {
            uint64_t wanted = (uint64_t)starts->places.at[i] + distance;
            while (at < places->count && places->at[at] < wanted)
                at++;
            starts->whole[i] |= at < places->count && places->at[at] == wanted;
        }
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

static bool find_last(struct evaluation *evaluation, const struct search_word *last, uint32_t distance,
                      size_t segment, struct starts *starts)
{
    const struct segment *of = &evaluation->segments->at[segment];
    const struct word_terms *terms = &last->terms[segment];
    struct places places = {0};
    bool done = true;
    for (size_t i = 0; i < terms->count; i++)
        for (uint32_t term = terms->runs[i].first; term < terms->runs[i].end && done; term++)
            done = note_last(evaluation, of, term, distance, starts, &places);
    mem_free(places.at);
    return done;
}

static void add_whole(struct evaluation *evaluation, const struct search_word *words, size_t count,
                      const struct index *index, const struct starts *starts, struct set *found)
{
    float rarity = 0;
    for (size_t w = 0; w < count; w++)
        rarity += words[w].rarity;
    for (size_t d = 0, i = 0; d < starts->documents->count; d++) {
        uint32_t document = starts->documents->documents[d];
        float counts[INDEX_FIELDS] = {0};
        uint8_t field;
        bool any = false;
        for (; i < starts->ends[d]; i++) {
            uint8_t at[INDEX_FIELDS] = {0};
            at[index_position_field(index, document, starts->places.at[i])] = 1;
            if (!starts->whole[i] || !word_may_stand(words, index, document, at))
                continue;
            for (int f = 0; f < INDEX_FIELDS; f++)
                counts[f] += at[f];
            any = true;
        }
        if (any) {
            float worth = leaf_worth(evaluation, index, document, counts, &field);
            set_add(found, document, rarity * worth, field);
        }
    }
}

bool phrase_find(struct evaluation *evaluation, const struct search_word *words, size_t count, size_t segment,
                 const struct set *within, struct set *found)
{
    const struct search_word *last = &words[count - 1];
    size_t fixed = last->source->prefix ? count - 1 : count;
    struct set *together = set_take(&evaluation->scratch->sets);
    bool done = find_together(evaluation, words, fixed, segment, within, together);
    if (done && together->count) {
        struct starts starts = {.documents = together};
        starts.ends = mem_calloc(together->count, sizeof *starts.ends);
        find_starts(evaluation, words, fixed, segment, &starts);
        starts.whole = mem_calloc(starts.places.count, sizeof *starts.whole);
        for (size_t i = 0; fixed == count && i < starts.places.count; i++)
            starts.whole[i] = true;
        if (fixed < count)
            done = find_last(evaluation, last, (uint32_t)fixed, segment, &starts);
        if (done)
            add_whole(evaluation, words, count, evaluation->segments->at[segment].index, &starts, found);
        mem_free(starts.places.at);
        mem_free(starts.ends);
        mem_free(starts.whole);
    }
    set_give(&evaluation->scratch->sets, together);
    return done;
}
