#include "scratch.h"

#include <math.h>

#include "lectern/mem.h"

struct search_scratch *search_scratch_new(void)
{
    return mem_calloc(1, sizeof(struct search_scratch));
}

static void close_texts(struct search_scratch *scratch)
{
    for (size_t s = 0; s < SEGMENTS_MOST; s++) {
        index_texts_free(scratch->texts[s]);
        scratch->texts[s] = NULL;
    }
    segments_release(scratch->texts_of);
    scratch->texts_of = NULL;
}

void search_scratch_free(struct search_scratch *scratch)
{
    if (!scratch)
        return;
    close_texts(scratch);
    scan_crew_free(scratch->crew);
    segments_release(scratch->segments);
    set_pool_free(&scratch->sets);
    mem_free(scratch->counters);
    mem_free(scratch->counted);
    mem_free(scratch->narrowed);
    mem_free(scratch);
}

/* Words of a field in all documents of a segment that are not gone. */
static uint64_t count_words(const struct segment *segment, enum index_field field)
{
    uint32_t count = index_document_count(segment->index);
    double mean = index_mean_length(segment->index, field);
    int64_t words = mean > 0 && mean < UINT32_MAX ? llround(mean * (double)count) : 0;
    for (uint32_t d = 0; segment->gone && d < count; d++)
        if (segment_is_gone(segment, d))
            words -= (int64_t)index_field_length(segment->index, d, field);
    return words > 0 ? (uint64_t)words : 0;
}

static uint64_t count_documents(const struct segment *segment)
{
    uint32_t count = index_document_count(segment->index), gone = 0;
    for (uint32_t d = 0; segment->gone && d < count; d++)
        gone += segment_is_gone(segment, d);
    return count - gone;
}

static void make_statistics(struct search_scratch *scratch)
{
    const struct segments *segments = scratch->segments;
    scratch->documents = 0;
    for (size_t s = 0; s < segments->count; s++)
        scratch->documents += count_documents(&segments->at[s]);
    for (int f = 0; f < INDEX_FIELDS; f++) {
        uint64_t words = 0;
        for (size_t s = 0; s < segments->count; s++)
            words += count_words(&segments->at[s], (enum index_field)f);
        scratch->means[f] = words ? (float)((double)words / (double)scratch->documents) : 1.0f;
    }
}

static void make_room(struct search_scratch *scratch)
{
    size_t most = 0;
    for (size_t s = 0; s < scratch->segments->count; s++) {
        size_t count = index_document_count(scratch->segments->at[s].index);
        most = count > most ? count : most;
    }
    if (most <= scratch->capacity)
        return;
    mem_free(scratch->counters);
    mem_free(scratch->counted);
    mem_free(scratch->narrowed);
    scratch->counters = mem_calloc(most, sizeof *scratch->counters);
    scratch->counted = mem_calloc(most / 64 + 1, sizeof *scratch->counted);
    scratch->narrowed = mem_calloc(most / 64 + 1, sizeof *scratch->narrowed);
    scratch->capacity = most;
}

void scratch_prepare(struct search_scratch *scratch, struct segments *segments)
{
    if (scratch->segments == segments)
        return;
    scan_crew_free(scratch->crew);
    scratch->crew = NULL;
    segments_release(scratch->segments);
    scratch->segments = segments_keep(segments);
    make_statistics(scratch);
    make_room(scratch);
}

struct scan_crew *scratch_crew(struct search_scratch *scratch)
{
    if (!scratch->crew)
        scratch->crew = scan_crew_new();
    return scratch->crew;
}

uint32_t scratch_term_documents(const struct segment *segment, uint32_t term)
{
    uint32_t count = index_term_documents(segment->index, term), gone = 0;
    if (!segment->gone)
        return count;
    struct posting_reader reader = index_postings(segment->index, term);
    struct posting posting;
    while (index_next_posting(&reader, &posting))
        gone += segment_is_gone(segment, posting.document);
    return gone < count ? count - gone : 0;
}

uint32_t segment_document(const struct segment *segment, uint32_t article)
{
    uint32_t count = index_document_count(segment->index), document = article;
    if (segment->articles)
        for (document = 0; document < count && segment->articles[document] != article;)
            document++;
    return document < count && !segment_is_gone(segment, document) ? document : INDEX_NONE;
}

struct str search_text(struct search_scratch *scratch, struct segments *segments, uint32_t article)
{
    struct str text = {0};
    if (scratch->texts_of != segments) {
        close_texts(scratch);
        scratch->texts_of = segments_keep(segments);
    }
    for (size_t s = 0; s < segments->count; s++) {
        uint32_t document = segment_document(&segments->at[s], article);
        if (document == INDEX_NONE)
            continue;
        if (!scratch->texts[s])
            scratch->texts[s] = index_texts_new(segments->at[s].index);
        index_text(scratch->texts[s], document, &text);
        break;
    }
    return text;
}
