#include "rank.h"

#include <stdlib.h>

#include "lectern/text.h"
#include "near.h"

/*
 * What a title gains for each unit of the rarity of the query's words: that it is just the query, begins with it, or has its
 * words in a row; and for how much of it the query covers.
 */
#define WHOLE_TITLE  1.0f
#define TITLE_BEGINS 0.5f
#define TITLE_ROW    0.2f
#define TITLE_COVER  0.3f

/* Letters of a word that say nothing: "what is the". */
#define IDLE_LETTERS 2

/* How a title holds the words of a query. */
struct title_match {
    size_t words;            /* of the title */
    size_t letters, covered; /* of its words, and of those that are the query's */
    uint64_t found;          /* words of the query */
    bool begins, in_a_row;
};

static uint64_t match_word(const struct search_marks *marks, struct str word, struct buf *room)
{
    if (!marks_may_match(marks, word))
        return 0;
    buf_clear(room);
    text_fold(room, word);
    return marks_match(marks, buf_str(room));
}

static void match_title(const struct search_marks *marks, struct str title, struct buf *room,
                        struct title_match *match)
{
    uint64_t rows = 0, last = (uint64_t)1 << (marks->word_count - 1);
    struct str word;
    *match = (struct title_match){0};
    /* Bit i of `rows`: the title's words up to this one are the query's first i + 1. */
    while (text_next_word(&title, &word)) {
        uint64_t found = match_word(marks, word, room);
        size_t letters = word.len > IDLE_LETTERS ? word.len - IDLE_LETTERS : 0;
        rows = (rows << 1 | 1) & found;
        match->found |= found;
        match->letters += letters;
        match->covered += found ? letters : 0;
        match->in_a_row |= (rows & last) != 0;
        match->begins |= (rows & last) && match->words + 1 == marks->word_count;
        match->words++;
    }
}

/* How much of the rarity of a query's words a title gains for how it holds them. */
static float title_gain(const struct search_marks *marks, struct str title, struct buf *room)
{
    struct title_match match;
    match_title(marks, title, room, &match);
    float part = 0;
    for (uint64_t rest = match.found; rest; rest &= rest - 1)
        part += 1.0f / (float)marks->word_count;
    float cover = match.letters ? TITLE_COVER * part * part * (float)match.covered / (float)match.letters : 0;
    if (match.begins && match.words == marks->word_count)
        return cover + WHOLE_TITLE;
    return cover + (match.begins ? TITLE_BEGINS : match.in_a_row ? TITLE_ROW : 0);
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
