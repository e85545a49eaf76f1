#include "search_job.h"

#include "lectern/mem.h"

/* Snippets made before the answer is shown: a screenful. */
#define FIRST_SNIPPETS 24
#define SNIPPET_CELLS  160

struct search_job {
    struct job job;
    struct search_slot *slot;
    uint64_t number;
    const struct library *library;
    struct catalogue *catalogue;
    struct segments *segments; /* or NULL */
    struct buf query;
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

void search_answer_snippet(struct search_answer *answer, const struct library *library,
                           const struct catalogue *catalogue, size_t hit)
{
    if (hit >= answer->results.count || answer->snippets[hit].at)
        return;
    uint32_t file = catalogue_file_of(catalogue, answer->results.hits[hit].article, 0);
    struct arena scratch = {0};
    struct article article;
    struct str text = STR("");
    if (library_read(library, catalogue, file, &scratch, &article, NULL) >= 0)
        text = search_snippet(&scratch, &answer->words, article.text, SNIPPET_CELLS);
    answer->snippets[hit] = arena_str(&answer->arena, text);
    arena_free(&scratch);
}

static void run(struct job *job)
{
    struct search_job *search = (struct search_job *)job;
    struct search_answer *answer = search->answer;
    struct arena *arena = &answer->arena;
    struct str query = arena_str(arena, buf_str(&search->query));
    search_words(arena, query, &answer->words);
    bool done = search->titles ? search_titles(search->catalogue, query, SEARCH_LIMIT, &job->cancel, arena,
                                               &answer->results)
                               : search_run(search->catalogue, search->segments, query, SEARCH_LIMIT,
                                            &job->cancel, arena, &answer->results);
    if (!done)
        return;
    answer->snippets = arena_array(arena, answer->results.count, sizeof *answer->snippets);
    for (size_t i = 0; i < FIRST_SNIPPETS && !atomic_load(&job->cancel); i++)
        search_answer_snippet(answer, search->library, search->catalogue, i);
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
    search->library = session->library;
    search->catalogue = catalogue_keep(session->catalogue);
    search->segments = session->segments ? segments_keep(session->segments) : NULL;
    search->titles = titles;
    search->answer = mem_calloc(1, sizeof *search->answer);
    buf_add(&search->query, query);
    worker_submit(session->search_worker, &search->job);
}
