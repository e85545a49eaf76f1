#include "rank.h"

#include <stdlib.h>

#include "lectern/text.h"
#include "near.h"

/* What a title gains that is just the query, begins with it, or has its words in a row, for each unit of their rarity. */
#define WHOLE_TITLE  1.0f
#define TITLE_BEGINS 0.5f
#define TITLE_ROW    0.25f

/* How much of the rarity of a query's words a title gains for how it holds them. */
static float title_gain(const struct search_marks *marks, struct str title, struct buf *room)
{
    uint64_t rows = 0, last = (uint64_t)1 << (marks->word_count - 1);
    bool in_a_row = false, begins = false;
    struct str word;
    size_t count = 0;
    /* Bit i of `rows`: the title's words up to this one are the query's first i + 1. */
    while (text_next_word(&title, &word)) {
        buf_clear(room);
        text_fold(room, word);
        rows = (rows << 1 | 1) & marks_match(marks, buf_str(room));
        in_a_row |= (rows & last) != 0;
        begins |= (rows & last) && count + 1 == marks->word_count;
        count++;
    }
    return begins && count == marks->word_count ? WHOLE_TITLE
           : begins                             ? TITLE_BEGINS
           : in_a_row                           ? TITLE_ROW
                                                : 0;
}

static void add_title_gains(const struct evaluation *evaluation, const struct search_marks *marks,
                            struct hits *hits, size_t count)
{
    float rarity = 0;
    struct buf room = {0};
    for (size_t i = 0; i < evaluation->words.count; i++)
        if (!evaluation->words.at[i].source->excluded && !word_is_tag(&evaluation->words.at[i]))
            rarity += evaluation->words.at[i].rarity;
    for (size_t i = 0; i < count && marks->word_count; i++) {
        struct search_hit *hit = &hits->heap[i].hit;
        hit->score += rarity * title_gain(marks, catalogue_title(evaluation->catalogue, hit->article), &room);
    }
    buf_free(&room);
}

static int compare_places(const void *a, const void *b)
{
    const struct ranked_hit *one = *(struct ranked_hit *const *)a, *other = *(struct ranked_hit *const *)b;
    if (one->segment != other->segment)
        return one->segment < other->segment ? -1 : 1;
    return one->document < other->document ? -1 : one->document > other->document;
}

static void add_near_gains(const struct evaluation *evaluation, struct hits *hits, size_t count)
{
    struct ranked_hit **in_place = arena_array(evaluation->arena, count, sizeof(struct ranked_hit *));
    for (size_t i = 0; i < count; i++)
        in_place[i] = &hits->heap[i];
    if (count)
        qsort(in_place, count, sizeof *in_place, compare_places);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && in_place[end]->segment == in_place[first]->segment;)
            end++;
        near_add(evaluation, in_place[first]->segment, in_place + first, end - first);
    }
}

void rank_closely(const struct evaluation *evaluation, const struct search_marks *marks, struct hits *hits)
{
    size_t count = hits->count < RANK_CLOSELY ? hits->count : RANK_CLOSELY;
    add_title_gains(evaluation, marks, hits, count);
    if (evaluation->words.count > 1)
        add_near_gains(evaluation, hits, count);
    hits_sort(hits);
}
