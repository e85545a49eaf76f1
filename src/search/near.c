#include "near.h"

#include <stdlib.h>

#include "leaf.h"
#include "lectern/mem.h"

/* Lists of a word that are followed: of a short beginning there are thousands. */
#define LISTS 24

/* Places of one list in one document that are looked at. */
#define PLACES 256

/* Of how many documents one must have a word for it to be frequent. */
#define FREQUENT 3u

/* The greatest distance that is near. */
#define NEAR 8

/* What two words gain that follow each other, for the smaller of their rarities, by the field where they do. */
static const float gains[INDEX_FIELDS] = {
    [INDEX_TITLE] = 0.45f,   [INDEX_QUESTION] = 0.45f, [INDEX_KEYWORDS] = 0.4f,
    [INDEX_HEADINGS] = 0.3f, [INDEX_TEXT] = 0.25f,
};

/* Where one word stands in each of the hits. */
struct word_places {
    const struct search_word *word;
    struct list_at *lists;
    size_t list_count;
    uint32_t *at;
    size_t count, capacity;
    size_t *ends; /* by hit, the end of its part of `at` */
};

static bool open_lists(const struct segment *segment, const struct word_terms *terms, struct arena *arena,
                       struct word_places *places)
{
    places->lists = arena_array(arena, LISTS, sizeof *places->lists);
    for (size_t i = 0; i < terms->count; i++)
        for (uint32_t term = terms->runs[i].first; term < terms->runs[i].end; term++) {
            if (places->list_count == LISTS)
                return false;
            places->lists[places->list_count++] = list_at(index_postings(segment->index, term));
        }
    return true;
}

static int compare_places(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return one < other ? -1 : one > other;
}

static void read_places(struct word_places *places, size_t hit, uint32_t document)
{
    size_t first = places->count, with = 0;
    for (size_t i = 0; i < places->list_count; i++) {
        if (!list_reach(&places->lists[i], document))
            continue;
        if (places->capacity - places->count < PLACES) {
            places->capacity = places->capacity * 2 + PLACES;
            places->at = mem_resize(places->at, places->capacity, sizeof *places->at);
        }
        size_t count = index_positions(&places->lists[i].reader, places->at + places->count, PLACES);
        places->count += count < PLACES ? count : PLACES;
        with++;
    }
    if (with > 1)
        qsort(places->at + first, places->count - first, sizeof *places->at, compare_places);
    places->ends[hit] = places->count;
}

/* The gain of two words from their places in one document. */
static float pair_gain(const struct word_places *a, const struct word_places *b, size_t hit,
                       const struct index *index, uint32_t document)
{
    size_t i = hit ? a->ends[hit - 1] : 0, j = hit ? b->ends[hit - 1] : 0;
    float best = 0;
    while (i < a->ends[hit] && j < b->ends[hit]) {
        bool in_order = a->at[i] < b->at[j];
        uint32_t place = in_order ? a->at[i] : b->at[j];
        /* Words the other way round are one farther. */
        uint32_t distance = in_order ? b->at[j] - place : a->at[i] - place + 1;
        bool same = a->at[i] == b->at[j];
        if (!same && distance <= NEAR && gains[INDEX_TITLE] / (float)distance > best) {
            float gain = gains[index_position_field(index, document, place)] / (float)distance;
            best = gain > best ? gain : best;
        }
        if (in_order)
            i++;
        else
            j++;
    }
    float rarity = a->word->rarity < b->word->rarity ? a->word->rarity : b->word->rarity;
    return best * rarity;
}

/* A word that most documents have says little by where it stands, and stands in many places. */
static bool has_places(const struct evaluation *evaluation, const struct search_word *word)
{
    return !word->source->excluded && !word_is_tag(word) &&
           word->documents < evaluation->scratch->documents / FREQUENT;
}

void near_add(const struct evaluation *evaluation, size_t segment, struct ranked_hit *const *hits,
              size_t count)
{
    const struct segment *of = &evaluation->segments->at[segment];
    struct word_places before = {0};
    for (size_t w = 0; w < evaluation->words.count; w++) {
        const struct search_word *word = &evaluation->words.at[w];
        struct word_places places = {.word = word};
        if (!has_places(evaluation, word) ||
            !open_lists(of, &word->terms[segment], evaluation->arena, &places))
            continue;
        places.ends = arena_array(evaluation->arena, count, sizeof *places.ends);
        for (size_t h = 0; h < count; h++) {
            read_places(&places, h, hits[h]->document);
            if (before.word)
                hits[h]->hit.score += pair_gain(&before, &places, h, of->index, hits[h]->document);
        }
        mem_free(before.at);
        before = places;
    }
    mem_free(before.at);
}
