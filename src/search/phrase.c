#include "phrase.h"

#include <stdlib.h>

#include "leaf.h"
#include "lectern/mem.h"

struct places {
    uint32_t *at;
    size_t count, capacity;
};

/* Where the words before a beginning, or all of them, stand in a row. */
struct starts {
    struct set *documents;
    struct places places; /* where the phrase begins, of all documents */
    size_t *ends;         /* 0, and by document the end of its part of `places` */
    size_t end_count, end_capacity;
    bool *whole; /* by place: the last word stands there, too */
};

static void read_places(struct posting_reader *reader, struct places *places)
{
    places->count = index_positions(reader, places->at, places->capacity);
    if (places->count <= places->capacity)
        return;
    places->capacity = places->count;
    places->at = mem_resize(places->at, places->capacity, sizeof *places->at);
    size_t count = index_positions(reader, places->at, places->capacity);
    places->count = count < places->capacity ? count : places->capacity;
}

static void add_end(struct starts *starts)
{
    starts->ends = mem_grow(starts->ends, starts->end_count, &starts->end_capacity, sizeof *starts->ends);
    starts->ends[starts->end_count++] = starts->places.count;
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

/* One word of a phrase, and where it is being followed. */
struct part {
    uint32_t place; /* in the phrase */
    uint64_t documents;
    struct list_at list;
};

static int compare_parts(const void *a, const void *b)
{
    const struct part *one = a, *other = b;
    if (one->documents != other->documents)
        return one->documents < other->documents ? -1 : 1;
    return one->place < other->place ? -1 : one->place > other->place;
}

/* The words, the rarest first. */
static struct part *open_parts(struct evaluation *evaluation, const struct search_word *words, size_t count,
                               size_t segment)
{
    const struct index *index = evaluation->segments->at[segment].index;
    struct part *parts = arena_array(evaluation->arena, count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = (struct part){
            .place = (uint32_t)i,
            .documents = words[i].documents,
            .list = list_at(index_postings(index, term_of(&words[i], segment))),
        };
    qsort(parts, count, sizeof *parts, compare_parts);
    return parts;
}

/* The next document, from `document` on, that all words stand in. */
static bool reach_together(struct part *parts, size_t count, uint32_t *document)
{
    for (size_t i = 0; i < count;) {
        if (list_reach(&parts[i].list, *document)) {
            i++;
        } else if (parts[i].list.over) {
            return false;
        } else {
            *document = parts[i].list.posting.document;
            i = 0;
        }
    }
    return true;
}

/* Adds where the phrase may begin in the document that all lists are at. */
static void add_starts(struct part *parts, size_t count, struct places *starts, struct places *places)
{
    size_t first = starts->count;
    for (size_t i = 0; i < count && (i == 0 || starts->count > first); i++) {
        read_places(&parts[i].list.reader, places);
        for (size_t p = 0; i == 0 && p < places->count; p++)
            if (places->at[p] >= parts[i].place)
                add_place(starts, places->at[p] - parts[i].place);
        if (i)
            keep_followed(starts, first, places, parts[i].place);
    }
}

/* Documents in which the words stand in a row, and where. False when cancelled. */
static bool find_starts(struct evaluation *evaluation, const struct search_word *words, size_t count,
                        size_t segment, const struct set *within, struct starts *starts)
{
    struct part *parts = open_parts(evaluation, words, count, segment);
    struct places places = {0};
    size_t at = 0;
    bool done = true;
    for (uint32_t document = 0; done && reach_together(parts, count, &document); document++) {
        at = within ? set_find(within, at, document) : 0;
        if (within && at == within->count)
            break;
        if (within && within->documents[at] > document) {
            document = within->documents[at] - 1;
            continue;
        }
        size_t before = starts->places.count;
        if (!segment_is_gone(&evaluation->segments->at[segment], document))
            add_starts(parts, count, &starts->places, &places);
        if (starts->places.count > before) {
            set_add(starts->documents, document, 0, INDEX_FIELDS);
            add_end(starts);
        }
        done = !evaluation_cancelled(evaluation);
    }
    mem_free(places.at);
    return done;
}

/* Notes after which starts a term stands `distance` later. */
static bool note_last(struct evaluation *evaluation, const struct segment *segment, uint32_t term,
                      uint32_t distance, struct starts *starts, struct places *places)
{
    struct posting_walk walk = posting_walk(segment, term, starts->documents);
    while (posting_walk_next(&walk)) {
        size_t d = walk.at - 1, at = 0;
        read_places(&walk.reader, places);
        for (size_t i = starts->ends[d]; i < starts->ends[d + 1]; i++) {
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
    for (size_t d = 0; d < starts->documents->count; d++) {
        uint32_t document = starts->documents->documents[d];
        float counts[INDEX_FIELDS] = {0};
        uint8_t field;
        bool any = false;
        for (size_t i = starts->ends[d]; i < starts->ends[d + 1]; i++) {
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
    struct starts starts = {.documents = set_take(&evaluation->scratch->sets)};
    add_end(&starts);
    bool done = find_starts(evaluation, words, fixed, segment, within, &starts);
    starts.whole = mem_calloc(starts.places.count, sizeof *starts.whole);
    for (size_t i = 0; fixed == count && i < starts.places.count; i++)
        starts.whole[i] = true;
    if (done && fixed < count)
        done = find_last(evaluation, last, (uint32_t)fixed, segment, &starts);
    if (done)
        add_whole(evaluation, words, count, evaluation->segments->at[segment].index, &starts, found);
    mem_free(starts.places.at);
    mem_free(starts.ends);
    mem_free(starts.whole);
    set_give(&evaluation->scratch->sets, starts.documents);
    return done;
}
