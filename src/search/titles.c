#include "hits.h"
#include "lectern/text.h"

/* Characters that count of a query and of a title; the cost of one title is their product at most. */
#define QUERY_LENGTH 64
#define TITLE_LENGTH 256

#define TITLES_PER_LOOK 512

/* Worth of a character that matches, and what it gains at the start of a word or straight after the one before. */
#define MATCH      16
#define AT_TITLE   12
#define AT_WORD    10
#define IN_A_RUN   12
#define PER_GAP    1 /* less for each character between two */
#define PER_LEAD   4 /* one less for so many characters before the first */
#define IMPOSSIBLE (-1000000)

#define BY_ID 1000000 /* of the article whose id the query is */

struct wanted {
    uint32_t at[QUERY_LENGTH]; /* folded, without white space */
    size_t count;
    uint64_t ascii[128]; /* the places of each ASCII character in `at`, as bits */
};

/* The best ways to have found a beginning of the query. */
struct progress {
    int end;   /* the best one whose last character stands at `place` */
    int place; /* the newest place of that character */
    int best; /* the best of all, raised by its place times PER_GAP: whoever goes on from `t` takes t * PER_GAP off */
};

static uint32_t next_character(struct str *rest)
{
    uint32_t code_point = (unsigned char)rest->at[0];
    size_t len = 1;
    if (code_point >= 0x80)
        len = text_decode(*rest, &code_point);
    rest->at += len;
    rest->len -= len;
    return code_point;
}

static void prepare(struct wanted *wanted, struct str query, struct buf *room)
{
    buf_clear(room);
    text_fold(room, query);
    *wanted = (struct wanted){0};
    for (struct str rest = buf_str(room); rest.len && wanted->count < QUERY_LENGTH;) {
        uint32_t c = next_character(&rest);
        if (c <= ' ')
            continue;
        if (c < 0x80)
            wanted->ascii[c] |= (uint64_t)1 << wanted->count;
        wanted->at[wanted->count++] = c;
    }
}

/* Cheap and never wrong about ASCII: could the query be a subsequence? Titles with other characters always could. */
static bool may_match(const struct wanted *wanted, struct str title)
{
    size_t matched = 0;
    for (size_t i = 0; i < title.len; i++) {
        unsigned char c = (unsigned char)title.at[i];
        if (c >= 0x80)
            return true;
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c - 'A' + 'a');
        if (c == wanted->at[matched] && ++matched == wanted->count)
            return true;
    }
    return false;
}

static uint64_t places_of(const struct wanted *wanted, uint32_t c)
{
    uint64_t places = 0;
    if (c < 0x80)
        return wanted->ascii[c];
    for (size_t q = 0; q < wanted->count; q++)
        if (wanted->at[q] == c)
            places |= (uint64_t)1 << q;
    return places;
}

static bool is_word_character(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Character number q of the query stands at t: the best sum up to it. */
static void advance(struct progress *progress, size_t q, int t, int start_bonus)
{
    int gap = -t / PER_LEAD, run = IMPOSSIBLE;
    if (q) {
        gap = progress[q - 1].best - t * PER_GAP;
        if (progress[q - 1].place == t - 1)
            run = progress[q - 1].end + IN_A_RUN;
    }
    int end = MATCH + (gap + start_bonus > run ? gap + start_bonus : run);
    progress[q].end = end;
    progress[q].place = t;
    if (end + t * PER_GAP > progress[q].best)
        progress[q].best = end + t * PER_GAP;
}

/* The best sum over all ways to find the query in a folded title, or below 0. Of equals the shorter title is better. */
static float score_title(const struct wanted *wanted, struct str title)
{
    struct progress progress[QUERY_LENGTH];
    int t = 0, best = IMPOSSIBLE;
    uint32_t before = 0;
    for (size_t q = 0; q < wanted->count; q++)
        progress[q] = (struct progress){IMPOSSIBLE, -2, IMPOSSIBLE};
    for (; title.len && t < TITLE_LENGTH; t++) {
        uint32_t c = next_character(&title);
        uint64_t places = places_of(wanted, c);
        bool starts = is_word_character(c) && !is_word_character(before);
        for (size_t q = wanted->count;
             places && q-- > 0;) /* downwards: each goes on from what was before t */
            if (places >> q & 1) {
                advance(progress, q, t, !starts ? 0 : t == 0 ? AT_TITLE : AT_WORD);
                places &= ~((uint64_t)1 << q);
            }
        if (progress[wanted->count - 1].end > best)
            best = progress[wanted->count - 1].end;
        before = c;
    }
    return (float)best - (float)t / (2.0f * TITLE_LENGTH);
}

bool search_titles(const struct catalogue *catalogue, struct str query, size_t limit,
                   const atomic_bool *cancel, struct arena *arena, struct search_results *results)
{
    struct wanted wanted;
    struct buf room = {0};
    struct hits hits;
    bool cancelled = search_cancelled(cancel);
    *results = (struct search_results){0};
    prepare(&wanted, query, &room);
    uint32_t by_id = catalogue_find_id(catalogue, str_trim(query));
    hits_start(&hits, catalogue, limit, arena);
    for (uint32_t i = 0; i < catalogue_count(catalogue) && wanted.count && !cancelled; i++) {
        struct str title = catalogue_title(catalogue, i);
        float score = i == by_id ? BY_ID : IMPOSSIBLE;
        bool there = !catalogue_is_missing(catalogue, i);
        if (there && i != by_id && may_match(&wanted, title)) {
            buf_clear(&room);
            text_fold(&room, title);
            score = score_title(&wanted, buf_str(&room));
        }
        if (there && score > (float)IMPOSSIBLE / 2)
            hits_offer(&hits, (struct ranked_hit){.hit = {i, INDEX_TITLE, score}});
        if (i % TITLES_PER_LOOK == 0)
            cancelled = search_cancelled(cancel);
    }
    buf_free(&room);
    hits_sort(&hits);
    hits_finish(&hits, limit, arena, results);
    return !cancelled;
}
