#include "leaf_hot.h"

#include <string.h>

#include "leaf.h"

/* Where the beginning stands in more than the text, and where just as it was typed. */
struct hot_lists {
    struct list_at strong, exact;
};

/* How often a beginning occurs where it stands only in the text, in words that go on: nothing else is known. */
static const struct counter in_text = {.all = {[INDEX_TEXT] = 1}};

static void add_document(const struct evaluation *evaluation, const struct search_word *word, size_t segment,
                         uint32_t document, struct hot_lists *lists, struct set *found)
{
    struct counter counter = in_text;
    if (list_reach(&lists->strong, document))
        memcpy(counter.all, lists->strong.posting.counts, sizeof counter.all);
    if (list_reach(&lists->exact, document))
        memcpy(counter.exact, lists->exact.posting.counts, sizeof counter.exact);
    leaf_add(evaluation, word, segment, document, &counter, found);
}

/* The part of a bitmap that is not gone. */
static uint64_t bits_left(const struct segment *segment, const struct index_hot *hot, size_t block)
{
    return hot->bitmap[block] & ~(segment->gone ? segment->gone[block] : 0);
}

static size_t count_blocks(const struct segment *segment)
{
    return ((size_t)index_document_count(segment->index) + 63) / 64;
}

static bool find_everywhere(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                            const struct index_hot *hot, struct hot_lists *lists, struct set *found)
{
    const struct segment *of = &evaluation->segments->at[segment];
    for (size_t block = 0; block < count_blocks(of); block++) {
        for (uint64_t bits = bits_left(of, hot, block); bits; bits &= bits - 1) {
            uint32_t document = (uint32_t)(block * 64 + (size_t)__builtin_ctzll(bits));
            add_document(evaluation, word, segment, document, lists, found);
        }
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

static bool find_within(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                        const struct index_hot *hot, struct hot_lists *lists, const struct set *within,
                        struct set *found)
{
    const struct segment *of = &evaluation->segments->at[segment];
    for (size_t i = 0; i < within->count; i++) {
        uint32_t document = within->documents[i];
        if (bits_left(of, hot, document / 64) >> document % 64 & 1)
            add_document(evaluation, word, segment, document, lists, found);
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

static uint32_t document_at(const struct list_at *list)
{
    return list->over ? INDEX_NONE : list->posting.document;
}

static void pass(struct list_at *list, uint32_t document)
{
    if (document_at(list) == document)
        list->over = !index_next_posting(&list->reader, &list->posting);
}

/* The most that a document in the strong list alone can come to, by how often the beginning occurs in the fields before the
 * text: less than FEW times in each, two bits for each. */
#define FEW 4u
struct strong_most {
    float at[FEW * FEW * FEW * FEW];
};

static void set_strong_most(const struct evaluation *evaluation, const struct search_word *word,
                            struct strong_most *most)
{
    for (unsigned key = 0; key < FEW * FEW * FEW * FEW; key++) {
        struct counter counter = in_text;
        for (unsigned f = 0; f < INDEX_TEXT; f++)
            counter.all[f] = (uint8_t)(key >> 2 * f & (FEW - 1));
        most->at[key] = leaf_most(evaluation, word, &counter);
    }
}

static bool strong_is_beneath(const struct evaluation *evaluation, const struct strong_most *most,
                              const uint8_t counts[INDEX_FIELDS])
{
    unsigned key = 0, any = 0;
    for (unsigned f = 0; f < INDEX_TEXT; f++) {
        any |= counts[f];
        key |= (unsigned)counts[f] << 2 * f;
    }
    return any < FEW && leaf_is_beneath(evaluation, most->at[key]);
}

/* The documents in the lists, which count more than the others. */
static bool find_listed(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                        const struct index_hot *hot, struct hot_lists lists, struct set *found,
                        uint64_t *count)
{
    const struct segment *of = &evaluation->segments->at[segment];
    struct strong_most most;
    set_strong_most(evaluation, word, &most);
    while (!lists.strong.over || !lists.exact.over) {
        uint32_t strong = document_at(&lists.strong), exact = document_at(&lists.exact),
                 document = strong < exact ? strong : exact;
        if (bits_left(of, hot, document / 64) >> document % 64 & 1) {
            ++*count;
            if (strong < exact && strong_is_beneath(evaluation, &most, lists.strong.posting.counts))
                evaluation->alone->total++;
            else
                add_document(evaluation, word, segment, document, &lists, found);
        }
        pass(&lists.strong, document);
        pass(&lists.exact, document);
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

static bool find_unlisted(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                          const struct index_hot *hot, struct hot_lists lists, struct set *found)
{
    const struct segment *of = &evaluation->segments->at[segment];
    for (size_t block = 0; block < count_blocks(of); block++) {
        for (uint64_t bits = bits_left(of, hot, block); bits; bits &= bits - 1) {
            uint32_t document = (uint32_t)(block * 64 + (size_t)__builtin_ctzll(bits));
            if (!list_reach(&lists.strong, document) && !list_reach(&lists.exact, document))
                leaf_add(evaluation, word, segment, document, &in_text, found);
        }
        if (evaluation_cancelled(evaluation))
            return false;
    }
    return true;
}

/* A beginning alone: when the best hits are found among the listed documents, the others need only be counted. */
static bool find_alone(struct evaluation *evaluation, const struct search_word *word, size_t segment,
                       const struct index_hot *hot, const struct hot_lists *lists, struct set *found)
{
    uint64_t listed = 0;
    if (!find_listed(evaluation, word, segment, hot, *lists, found, &listed))
        return false;
    if (!leaf_is_beneath(evaluation, leaf_most(evaluation, word, &in_text)))
        return find_unlisted(evaluation, word, segment, hot, *lists, found);
    evaluation->alone->total += hot_count(&evaluation->segments->at[segment], hot) - listed;
    return true;
}

/* Where the text and the headings alone count, it is not enough to know whether there is a word. */
bool hot_knows(const struct evaluation *evaluation, const struct search_word *word, size_t segment,
               struct index_hot *hot)
{
    return word_is_short(word) && word->source->field != QUERY_ANSWER && word->text_count == 1 &&
           word->terms[segment].count &&
           index_find_hot(evaluation->segments->at[segment].index, word->texts[0], hot);
}

uint64_t hot_count(const struct segment *segment, const struct index_hot *hot)
{
    uint64_t count = 0;
    for (size_t block = 0; block < count_blocks(segment); block++)
        count += (unsigned)__builtin_popcountll(bits_left(segment, hot, block));
    return count;
}

bool hot_find(struct evaluation *evaluation, const struct search_word *word, size_t segment,
              const struct index_hot *hot, const struct set *within, struct set *found)
{
    const struct segment *of = &evaluation->segments->at[segment];
    const struct term_run *run = word->terms[segment].runs;
    struct hot_lists lists = {.strong = list_at(hot->strong), .exact = {.over = true}};
    if (run->exact)
        lists.exact = list_at(index_postings(of->index, run->first));
    if (evaluation->alone && word->source->field == QUERY_ANYWHERE)
        return find_alone(evaluation, word, segment, hot, &lists, found);
    return within ? find_within(evaluation, word, segment, hot, &lists, within, found)
                  : find_everywhere(evaluation, word, segment, hot, &lists, found);
}
