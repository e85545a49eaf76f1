#include "titles_only.h"

#include "query.h"

#define ARTICLES_PER_LOOK 512

static unsigned bits_of(uint64_t set)
{
    unsigned count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

/* Which words each keyword holds: found once, although many articles share it. */
static uint64_t *keyword_matches(const struct catalogue *catalogue, const struct search_words *words,
                                 struct arena *arena, struct buf *room)
{
    uint32_t count = catalogue_keyword_count(catalogue);
    uint64_t *matches = arena_array(arena, count, sizeof *matches);
    for (uint32_t i = 0; i < count; i++)
        matches[i] = query_matches_in(words, catalogue_keyword_name(catalogue, i), room);
    return matches;
}

bool titles_only_search(const struct catalogue *catalogue, const struct search_words *words,
                        const atomic_bool *cancel, struct arena *arena, struct hits *hits)
{
    struct buf room = {0};
    const uint64_t *of_keyword = keyword_matches(catalogue, words, arena, &room);
    uint64_t all = ((uint64_t)1 << words->count) - 1;
    bool cancelled = false;
    for (uint32_t i = 0; i < catalogue_count(catalogue) && !cancelled; i++) {
        struct str title = catalogue_title(catalogue, i);
        uint64_t in_title = query_matches_in(words, title, &room), in_keywords = 0;
        size_t count = catalogue_count_keywords(catalogue, i);
        for (size_t k = 0; k < count; k++)
            in_keywords |= of_keyword[catalogue_keyword_of(catalogue, i, k)];
        if (!catalogue_is_missing(catalogue, i) && (in_title | in_keywords) == all)
            hits_offer(hits, (struct ranked_hit){.tier = (float)bits_of(all & ~in_title),
                                                 .hit = {.article = i,
                                                         .field = in_title ? INDEX_TITLE : INDEX_KEYWORDS,
                                                         .score = 1.0f / (float)(title.len + 1)}});
        if (i % ARTICLES_PER_LOOK == 0)
            cancelled = search_cancelled(cancel);
    }
    buf_free(&room);
    return !cancelled;
}
