#include "similar.h"

#include "search_job.h"

/* How many of the first ones have a say, and how few settle nothing. */
#define VOTES       10
#define LEAST_VOTES 3

static bool has_subject(const struct catalogue *catalogue, uint32_t article, uint32_t subject)
{
    for (size_t i = 0; i < catalogue_count_subjects(catalogue, article); i++)
        if (catalogue_subject_of(catalogue, article, i) == subject)
            return true;
    return false;
}

/* The first of them is likeliest to have what most have. */
static uint32_t common_subject(const struct catalogue *catalogue, const uint32_t *articles, size_t count)
{
    count = count < VOTES ? count : VOTES;
    for (size_t i = 0; i < count; i++) {
        uint32_t subject = catalogue_subject_of(catalogue, articles[i], 0);
        size_t have = 0;
        for (size_t j = 0; j < count; j++)
            have += has_subject(catalogue, articles[j], subject);
        bool known = subject != 0 && subject < catalogue_subject_count(catalogue);
        if (known && have >= LEAST_VOTES && have * 2 > count)
            return subject;
    }
    return CATALOGUE_NONE;
}

static void take(void *view, struct search_answer *answer)
{
    struct similar *similar = view;
    const struct search_results *results = &answer->results;
    for (size_t i = 0; i < results->count && i < SIMILAR_MOST; i++)
        similar->found[similar->count++] = results->hits[i].article;
    similar->subject = common_subject(similar->session->catalogue, similar->found, similar->count);
    similar->ready = true;
    search_answer_free(answer);
}

void similar_ask(struct similar *similar, const struct session *session, uint32_t article)
{
    if (!similar->slot)
        similar->slot = search_slot_new(similar, take);
    if (article != similar->article)
        similar_forget(similar);
    else if (similar->ready || search_slot_waits(similar->slot))
        return;
    if (article == CATALOGUE_NONE || !session->segments || !session->catalogue ||
        catalogue_is_missing(session->catalogue, article))
        return;
    similar->article = article;
    similar->session = session;
    search_job_start_similar(session, similar->slot, article, SIMILAR_MOST);
}

/* What is on its way is not taken any more. */
void similar_forget(struct similar *similar)
{
    if (similar->slot)
        similar->slot->newest++;
    similar->article = similar->subject = CATALOGUE_NONE;
    similar->ready = false;
    similar->count = 0;
}

void similar_free(struct similar *similar)
{
    if (similar->slot)
        search_slot_drop(similar->slot);
    similar->slot = NULL;
}
