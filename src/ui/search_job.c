#include "search_job.h"

#include "lectern/mem.h"
#include "lectern/question_similar.h"
#include "memory_search.h"

/* Snippets made before the answer is shown: a screenful. */
#define FIRST_EXTRACTS 24
#define SNIPPET_CELLS  160

struct search_job {
    struct job job;
    struct search_slot *slot;
    uint64_t number;
    struct mailbox *mailbox;
    struct catalogue *catalogue;
    struct segments *segments; /* or NULL */
    struct buf query;
    struct search_scratch *scratch;
    struct memory_search *reader;
    bool titles;
    uint32_t article; /* what is to be like it; CATALOGUE_NONE: the query counts */
    size_t limit;
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

void search_answer_extract(struct search_answer *answer, const struct catalogue *catalogue,
                           struct search_scratch *scratch, struct segments *segments, size_t hit)
{
    if (!segments || hit >= answer->results.count || answer->extracts[hit].snippet.at)
        return;
    uint32_t article = answer->results.hits[hit].article;
    struct str text = search_text(scratch, segments, article);
    struct search_extract *extract = &answer->extracts[hit];
    bool formulas = answer->charset == TEXT_UTF8 && catalogue_kind(catalogue, article) != ARTICLE_PLAIN;
    extract->snippet =
        search_snippet(&answer->arena, answer->results.marks, text, SNIPPET_CELLS, formulas, &extract->marks);
}

static void make_extracts(struct search_job *search, struct search_answer *answer)
{
    answer->extracts = arena_array(&answer->arena, answer->results.count, sizeof *answer->extracts);
    for (size_t i = 0; i < FIRST_EXTRACTS && !atomic_load(&search->job.cancel); i++)
        search_answer_extract(answer, search->catalogue, search->scratch, search->segments, i);
}

/* An answer that comes before the job's own, which is posted after it: until then the slot is there. */
struct early_answer {
    struct letter letter;
    struct search_slot *slot;
    uint64_t number;
    struct search_answer *answer;
};

static void give(struct search_slot *slot, uint64_t number, struct search_answer *answer)
{
    answer->number = number;
    if (slot->view && number == slot->newest)
        slot->take(slot->view, answer);
    else
        search_answer_free(answer);
}

static void deliver_early(struct letter *letter, void *context)
{
    (void)context;
    struct early_answer *early = (struct early_answer *)letter;
    give(early->slot, early->number, early->answer);
    mem_free(early);
}

static void on_found(void *context, const struct search_results *so_far)
{
    struct search_job *search = context;
    struct early_answer *early = mem_calloc(1, sizeof *early);
    struct search_answer *answer = mem_calloc(1, sizeof *answer);
    answer->charset = search->answer->charset;
    answer->partial = true;
    answer->results = *so_far;
    answer->results.correction_count = 0;
    answer->results.marks = search_marks_copy(&answer->arena, so_far->marks);
    answer->results.hits = arena_array(&answer->arena, so_far->count, sizeof *so_far->hits);
    for (size_t i = 0; i < so_far->count; i++)
        answer->results.hits[i] = so_far->hits[i];
    make_extracts(search, answer);
    *early = (struct early_answer){{.deliver = deliver_early}, search->slot, search->number, answer};
    mailbox_post(search->mailbox, &early->letter);
}

static bool find(struct search_job *search)
{
    struct search_answer *answer = search->answer;
    struct arena *arena = &answer->arena;
    const atomic_bool *cancel = &search->job.cancel;
    struct str text = buf_str(&search->query);
    if (search->article != CATALOGUE_NONE)
        return question_find_similar(search->catalogue, search->segments, search->article, search->limit,
                                     cancel, search->scratch, arena, &answer->results);
    if (search->titles)
        return search_titles(search->catalogue, text, search->limit, cancel, arena, &answer->results);
    if (query_parse(arena, text, true, &answer->query, &answer->problem) < 0)
        return true;
    struct search_watcher watcher = {on_found, search};
    return search_run_watched(search->catalogue, search->segments, &answer->query, search->limit, cancel,
                              memory_search_reader(search->reader), &watcher, search->scratch, arena,
                              &answer->results);
}

static void run(struct job *job)
{
    struct search_job *search = (struct search_job *)job;
    if (!find(search))
        return;
    if (search->article == CATALOGUE_NONE)
        make_extracts(search, search->answer);
    search->complete = !atomic_load(&job->cancel);
}

static void deliver(struct letter *letter, void *context)
{
    (void)context;
    struct search_job *search = (struct search_job *)letter;
    struct search_slot *slot = search->slot;
    if (search->complete)
        give(slot, search->number, search->answer);
    else
        search_answer_free(search->answer);
    slot_release(slot);
    catalogue_release(search->catalogue);
    segments_release(search->segments);
    buf_free(&search->query);
    memory_search_free(search->reader);
    mem_free(search);
}

static struct search_job *make_job(const struct session *session, struct search_slot *slot)
{
    struct search_job *search = mem_calloc(1, sizeof *search);
    search->job.letter.deliver = deliver;
    search->job.run = run;
    search->slot = slot;
    search->number = ++slot->newest;
    slot->users++;
    search->mailbox = session->mailbox;
    search->catalogue = catalogue_keep(session->catalogue);
    search->segments = session->segments ? segments_keep(session->segments) : NULL;
    search->scratch = session->search_scratch;
    search->article = CATALOGUE_NONE;
    search->limit = SEARCH_LIMIT;
    search->reader = memory_search_new(session->memory);
    search->answer = mem_calloc(1, sizeof *search->answer);
    search->answer->charset = session->charset;
    return search;
}

void search_job_start(const struct session *session, struct search_slot *slot, struct str query, bool titles)
{
    struct search_job *search = make_job(session, slot);
    search->titles = titles;
    buf_add(&search->query, query);
    worker_submit(session->search_worker, &search->job);
}

void search_job_start_similar(const struct session *session, struct search_slot *slot, uint32_t article,
                              size_t limit)
{
    struct search_job *search = make_job(session, slot);
    search->article = article;
    search->limit = limit;
    worker_submit(session->search_worker, &search->job);
}
