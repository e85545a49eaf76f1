#include "leaf_hot.h"

#include <string.h>

#include "leaf.h"

/* Where the beginning stands in more than the text, and where just as it was typed. */
struct hot_lists {
    struct list_at strong, exact;
};

static void add_document(const struct evaluation *evaluation, const struct search_word *word, size_t segment,
                         uint32_t document, struct hot_lists *lists, struct set *found)
{
    struct counter counter = {.all = {[INDEX_TEXT] = 1}};
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
    return within ? find_within(evaluation, word, segment, hot, &lists, within, found)
                  : find_everywhere(evaluation, word, segment, hot, &lists, found);
}
