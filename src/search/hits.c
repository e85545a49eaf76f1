#include "hits.h"

void hits_start(struct hits *hits, const struct catalogue *catalogue, size_t limit, struct arena *arena)
{
    size_t articles = catalogue_count(catalogue);
    *hits = (struct hits){.catalogue = catalogue, .limit = limit < articles ? limit : articles};
    hits->heap = arena_array(arena, hits->limit, sizeof *hits->heap);
}

bool hits_in_order(const struct catalogue *catalogue, const struct search_hit *a, const struct search_hit *b)
{
    if (a->score > b->score || b->score > a->score)
        return a->score > b->score;
    int order = str_compare(catalogue_id(catalogue, a->article), catalogue_id(catalogue, b->article));
    return order ? order < 0 : a->article < b->article;
}

static bool is_better(const struct hits *hits, const struct ranked_hit *a, const struct ranked_hit *b)
{
    return hits_in_order(hits->catalogue, &a->hit, &b->hit);
}

/* Puts `hit` at `at` or below, so that nothing stands under a better one. */
static void sift_down(struct hits *hits, size_t count, size_t at, struct ranked_hit hit)
{
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && is_better(hits, &hits->heap[child], &hits->heap[child + 1]))
            child++;
        if (!is_better(hits, &hit, &hits->heap[child]))
            break;
        hits->heap[at] = hits->heap[child];
    }
    hits->heap[at] = hit;
}

static void make_heap(struct hits *hits)
{
    for (size_t i = hits->count / 2; i-- > 0;)
        sift_down(hits, hits->count, i, hits->heap[i]);
}

void hits_offer(struct hits *hits, struct ranked_hit hit)
{
    hits->total++;
    if (hits->count < hits->limit) {
        hits->heap[hits->count++] = hit;
        if (hits->count == hits->limit)
            make_heap(hits);
    } else if (hits->limit && hit.hit.score >= hits->heap[0].hit.score &&
               is_better(hits, &hit, &hits->heap[0])) {
        sift_down(hits, hits->count, 0, hit);
    }
}

void hits_sort(struct hits *hits)
{
    make_heap(hits);
    for (size_t count = hits->count; count-- > 1;) {
        struct ranked_hit last = hits->heap[count];
        hits->heap[count] = hits->heap[0];
        sift_down(hits, count, 0, last);
    }
}

void hits_finish(const struct hits *hits, size_t limit, struct arena *arena, struct search_results *results)
{
    results->count = hits->count < limit ? hits->count : limit;
    results->hits = arena_array(arena, results->count, sizeof *results->hits);
    results->total = hits->total;
    for (size_t i = 0; i < results->count; i++)
        results->hits[i] = hits->heap[i].hit;
}

const char *search_field_name(enum index_field field)
{
    static const char *const names[INDEX_FIELDS] = {
        [INDEX_TITLE] = "title",       [INDEX_QUESTION] = "question", [INDEX_KEYWORDS] = "keywords",
        [INDEX_HEADINGS] = "headings", [INDEX_TEXT] = "text",
    };
    return field < INDEX_FIELDS ? names[field] : NULL;
}

void search_write_correction(const struct search_correction *correction, struct buf *out)
{
    buf_printf(out, "%.*s is nowhere; looked for ", STR_ARG(correction->word->text));
    for (size_t i = 0; i < correction->count; i++) {
        buf_add(out, i ? STR(", ") : STR(""));
        buf_add(out, correction->texts[i]);
    }
}
