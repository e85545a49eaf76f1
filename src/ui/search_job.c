#include "search_job.h"

#include "lectern/mem.h"

/* Snippets made before the answer is shown: a screenful. */
#define FIRST_SNIPPETS 24
#define SNIPPET_CELLS  160

struct search_job {
    struct job job;
    struct search_slot *slot;
    uint64_t number;
    struct catalogue *catalogue;
    struct segments *segments; /* or NULL */
    struct buf query;
    struct search_scratch *scratch;
    bool titles;
    bool complete;
    struct search_answer *answer;
};

struct search_slot *search_slot_new(void *view, void (*take)(void *view, struct search_answer *answer))
{
    struct search_slot *slot = mem_calloc(1, sizeof *slot);
    *slot = (struct search_slot){.take = take, .view = view, .users = 1};
    return slot;
}

static void slot_release(struct search_slot *slot)
{
    if (--slot->users == 0)
        mem_free(slot);
}

void search_slot_drop(struct search_slot *slot)
{
    slot->view = NULL;
    slot_release(slot);
}

void search_answer_free(struct search_answer *answer)
{
    if (!answer)
        return;
    arena_free(&answer->arena);
    mem_free(answer);
}

void search_answer_snippet(struct search_answer *answer, struct search_scratch *scratch,
                           struct segments *segments, size_t hit)
{
    if (!segments || hit >= answer->results.count || answer->snippets[hit].at)
        return;
    struct str text = search_text(scratch, segments, answer->results.hits[hit].article);
    answer->snippets[hit] = search_snippet(&answer->arena, answer->results.marks, text, SNIPPET_CELLS, NULL);
}

static bool find(struct search_job *search)
{
    struct search_answer *answer = search->answer;
    struct arena *arena = &answer->arena;
    const atomic_bool *cancel = &search->job.cancel;
    struct str text = buf_str(&search->query);
    if (search->titles)
        return search_titles(search->catalogue, text, SEARCH_LIMIT, cancel, arena, &answer->results);
    if (query_parse(arena, text, true, &answer->query, &answer->problem) < 0)
        return true;
    return search_run(search->catalogue, search->segments, &answer->query, SEARCH_LIMIT, cancel,
                      search->scratch, arena, &answer->results);
}

static void run(struct job *job)
{
    struct search_job *search = (struct search_job *)job;
    struct search_answer *answer = search->answer;
    if (!find(search))
        return;
    answer->snippets = arena_array(&answer->arena, answer->results.count, sizeof *answer->snippets);
    for (size_t i = 0; i < FIRST_SNIPPETS && !atomic_load(&job->cancel); i++)
        search_answer_snippet(answer, search->scratch, search->segments, i);
    search->complete = !atomic_load(&job->cancel);
}

static void deliver(struct letter *letter, void *context)
{
    (void)context;
    struct search_job *search = (struct search_job *)letter;
    struct search_slot *slot = search->slot;
    if (search->complete && slot->view && search->number == slot->newest)
        slot->take(slot->view, search->answer);
    else
        search_answer_free(search->answer);
    slot_release(slot);
    catalogue_release(search->catalogue);
    segments_release(search->segments);
    buf_free(&search->query);
    mem_free(search);
}

void search_job_start(const struct session *session, struct search_slot *slot, struct str query, bool titles)
{
    struct search_job *search = mem_calloc(1, sizeof *search);
    search->job.letter.deliver = deliver;
    search->job.run = run;
    search->slot = slot;
    search->number = ++slot->newest;
    slot->users++;
    search->catalogue = catalogue_keep(session->catalogue);
    search->segments = session->segments ? segments_keep(session->segments) : NULL;
    search->scratch = session->search_scratch;
    search->titles = titles;
    search->answer = mem_calloc(1, sizeof *search->answer);
    buf_add(&search->query, query);
    worker_submit(session->search_worker, &search->job);
}
