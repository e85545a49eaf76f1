#include <string.h>

#include "hits.h"
#include "lectern/mem.h"
#include "lectern/text.h"

/* Characters that count of a query and of a title; the cost of one title is their product at most. */
#define QUERY_LENGTH 64
#define TITLE_LENGTH 256

#define TITLES_PER_LOOK 512

/* Worth of a character that matches, and more of it at the start of a word or straight after the one before. */
#define MATCH      16
#define AT_TITLE   12
#define AT_WORD    10
#define IN_A_RUN   12
#define PER_GAP    1 /* less for each character between two */
#define PER_LEAD   4 /* one less for so many characters before the first */
#define IMPOSSIBLE (-1000000)

struct characters {
    uint32_t at[TITLE_LENGTH];
    size_t count;
};

static void fold_characters(struct characters *out, struct str s, struct buf *room, size_t limit, bool spaces)
{
    uint32_t code_point;
    size_t step;
    buf_clear(room);
    text_fold(room, s);
    struct str rest = buf_str(room);
    out->count = 0;
    for (; out->count < limit && (step = text_decode(rest, &code_point)) > 0;
         rest = str_slice(rest, step, rest.len))
        if (spaces || code_point > ' ')
            out->at[out->count++] = code_point;
}

/* Cheap and never wrong about ASCII: could the query be a subsequence? Titles with other characters always could. */
static bool may_match(const struct characters *query, struct str title)
{
    size_t matched = 0;
    for (size_t i = 0; i < title.len; i++) {
        unsigned char c = (unsigned char)title.at[i];
        if (c >= 0x80)
            return true;
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c - 'A' + 'a');
        if (c == query->at[matched] && ++matched == query->count)
            return true;
    }
    return false;
}

static bool is_word_character(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static int start_bonus(const struct characters *title, size_t at)
{
    if (at == 0)
        return AT_TITLE;
    return is_word_character(title->at[at]) && !is_word_character(title->at[at - 1]) ? AT_WORD : 0;
}

/*
 * The best sum over all ways to find the query in the title, or IMPOSSIBLE. `ends[t]` is the best with the characters
 * so far whose last one stands at t; `best` is the best of those before t, less what the gap costs.
 */
static int score_title(const struct characters *query, const struct characters *title)
{
    int ends[TITLE_LENGTH], best_of_all = IMPOSSIBLE;
    for (size_t q = 0; q < query->count; q++) {
        int best = IMPOSSIBLE, before = IMPOSSIBLE; /* `before`: the old ends[t - 1] */
        best_of_all = IMPOSSIBLE;
        for (size_t t = 0; t < title->count; t++) {
            int old = q ? ends[t] : IMPOSSIBLE, value = IMPOSSIBLE;
            if (title->at[t] == query->at[q]) {
                int gap = (q ? best : -(int)t / PER_LEAD) + start_bonus(title, t), run = before + IN_A_RUN;
                value = MATCH + (gap > run ? gap : run);
            }
            ends[t] = value;
            if (value > best_of_all)
                best_of_all = value;
            if (old > best)
                best = old;
            best -= PER_GAP;
            before = old;
        }
    }
    return best_of_all > IMPOSSIBLE / 2 ? best_of_all : IMPOSSIBLE;
}

bool search_titles(const struct catalogue *catalogue, struct str query, size_t limit,
                   const atomic_bool *cancel, struct arena *arena, struct search_results *results)
{
    struct characters wanted, title;
    struct buf room = {0};
    struct hits hits;
    bool cancelled = search_cancelled(cancel);
    *results = (struct search_results){0};
    fold_characters(&wanted, query, &room, QUERY_LENGTH, false);
    uint32_t by_id = catalogue_find_id(catalogue, str_trim(query));
    hits_start(&hits, catalogue, limit, arena);
    for (uint32_t i = 0; i < catalogue_count(catalogue) && wanted.count && !cancelled; i++) {
        struct ranked_hit hit = {.tier = i == by_id ? 0.0f : 1.0f,
                                 .hit = {.article = i, .field = INDEX_TITLE}};
        struct str text = catalogue_title(catalogue, i);
        int score = IMPOSSIBLE;
        if (may_match(&wanted, text)) {
            fold_characters(&title, text, &room, TITLE_LENGTH, true);
            score = score_title(&wanted, &title);
        }
        hit.hit.score = (float)score - (float)title.count / (2.0f * TITLE_LENGTH);
        if (score > IMPOSSIBLE || i == by_id)
            hits_offer(&hits, hit);
        if (i % TITLES_PER_LOOK == 0)
            cancelled = search_cancelled(cancel);
    }
    buf_free(&room);
    if (!cancelled)
        hits_finish(&hits, arena, results);
    return !cancelled;
}
