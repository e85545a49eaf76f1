#include "follow.h"

#include "clock.h"
#include "lectern/mem.h"
#include "lectern/watch.h"

struct follow {
    struct mailbox *mailbox;
    struct library *library;
    struct follow_options options;
    library_take *take;
    struct worker *looker, *maker;
    struct watch *watch;
    bool blind;   /* not everything is told: one has to look */
    bool stopped; /* nothing is begun any more */

    struct index_parts parts;  /* what is shown; nothing in it until all of the library is known */
    struct index_parts unseen; /* made anew, not shown yet */
    bool looking, making;
    bool reading;    /* everything, to make the base anew */
    bool unverified; /* the file that was opened has not been verified */
    bool outdated;   /* the base should be made anew */

    /* Where something may have changed. */
    struct arena arena;
    struct str *places;
    size_t place_count, capacity;
    bool everywhere;

    int64_t looked_at; /* milliseconds of some clock */
};

/* Everything is not looked at more often than this because the reader comes back. */
#define LOOK_APART_MS 2000

/* -- tasks ---------------------------------------------------------------------------------------------------------- */

static void take_over(void *owner, void *context, struct library_job *job);

static void submit(struct follow *follow, struct worker *worker, struct library_job *job)
{
    job->mailbox = follow->mailbox;
    job->library = follow->library;
    job->threads = follow->options.threads;
    job->index_folder = follow->options.index_folder;
    job->take = follow->take;
    job->owner = follow;
    job->over = take_over;
    if (worker == follow->looker)
        follow->looking = true;
    else
        follow->making = true;
    worker_submit(worker, &job->job);
}

static void forget_places(struct follow *follow)
{
    follow->everywhere = false;
    follow->place_count = 0;
    arena_reset(&follow->arena);
}

/* What was made anew is looked at as a whole: much may have changed while it was made. */
static void look(struct follow *follow)
{
    bool unseen = follow->unseen.catalogue != NULL;
    if (!unseen && (!follow->parts.catalogue || (!follow->everywhere && !follow->place_count)))
        return;
    struct library_job *job = library_job_new(LIBRARY_LOOK);
    job->unseen = unseen;
    job->parts = unseen ? follow->unseen : index_parts_share(&follow->parts);
    follow->unseen = unseen ? (struct index_parts){0} : follow->unseen;
    if (!unseen && !follow->everywhere) {
        struct str *places = arena_array(&job->arena, follow->place_count, sizeof *places);
        for (size_t i = 0; i < follow->place_count; i++)
            places[i] = arena_str(&job->arena, follow->places[i]);
        job->places = places;
        job->place_count = follow->place_count;
    }
    forget_places(follow);
    submit(follow, follow->looker, job);
}

static void make(struct follow *follow)
{
    if (!follow->parts.catalogue || (!follow->outdated && !follow->unverified))
        return;
    struct library_job *job = library_job_new(follow->outdated ? LIBRARY_READ : LIBRARY_VERIFY);
    if (!follow->outdated)
        job->parts = index_parts_share(&follow->parts);
    follow->reading = follow->outdated;
    follow->outdated = follow->unverified = false;
    submit(follow, follow->maker, job);
}

static void go_on(struct follow *follow)
{
    if (!follow->stopped && !follow->looking)
        look(follow);
    if (!follow->stopped && !follow->making)
        make(follow);
}

static void take_parts(struct index_parts *to, struct library_job *job)
{
    index_parts_free(to);
    *to = job->parts;
    job->parts = (struct index_parts){0};
}

static void take_over(void *owner, void *context, struct library_job *job)
{
    struct follow *follow = owner;
    bool made = job->task == LIBRARY_READ || job->task == LIBRARY_VERIFY;
    if (made) {
        follow->making = follow->reading = false;
    } else {
        follow->looking = false;
        follow->looked_at = clock_ms();
    }
    if (job->task == LIBRARY_READ && job->parts.catalogue)
        take_parts(&follow->unseen, job);
    else if (!made && job->parts.catalogue)
        take_parts(&follow->parts, job);
    follow->unverified |= job->from_file;
    follow->everywhere |= job->from_file && !follow->watch; /* which tells it else */
    follow->outdated |= job->outdated && !follow->reading && !follow->unseen.catalogue;
    if (job->not_kept) /* it is not tried again at each change */
        follow->options.index_folder = NULL;
    struct library_news news = {.over = true, .err = job->err};
    follow->take(context, &news);
    go_on(follow);
}

/* -- the watch ------------------------------------------------------------------------------------------------------ */

/* What the watch tells comes as a letter to the main thread. */
struct watch_letter {
    struct letter letter;
    struct follow *follow;
    struct arena arena;
    struct str *places;
    size_t count;
    struct err err; /* not everything is told from now on */
};

/* Many places are looked at one by one only as long as that is quicker. */
#define MOST_PLACES 10000

static void deliver(struct letter *letter, void *context)
{
    struct watch_letter *watch = (struct watch_letter *)letter;
    struct follow *follow = watch->follow;
    if (watch->err.kind != ERR_NONE) {
        struct library_news news = {.err = watch->err};
        follow->blind = true;
        follow->take(context, &news);
    }
    follow->everywhere |= watch->count == 0 || follow->place_count + watch->count > MOST_PLACES;
    for (size_t i = 0; i < watch->count && !follow->everywhere; i++) {
        follow->places =
            mem_grow(follow->places, follow->place_count, &follow->capacity, sizeof *follow->places);
        follow->places[follow->place_count++] = arena_str(&follow->arena, watch->places[i]);
    }
    arena_free(&watch->arena);
    mem_free(watch);
    go_on(follow);
}

static struct watch_letter *new_letter(struct follow *follow)
{
    struct watch_letter *letter = mem_calloc(1, sizeof *letter);
    letter->letter.deliver = deliver;
    letter->follow = follow;
    return letter;
}

static void on_changed(void *context, const struct str *places, size_t count)
{
    struct follow *follow = context;
    struct watch_letter *letter = new_letter(follow);
    letter->count = count;
    letter->places = arena_array(&letter->arena, count, sizeof *letter->places);
    for (size_t i = 0; i < count; i++)
        letter->places[i] = arena_str(&letter->arena, places[i]);
    mailbox_post(follow->mailbox, &letter->letter);
}

static void on_blind(void *context, const struct err *err)
{
    struct follow *follow = context;
    struct watch_letter *letter = new_letter(follow);
    err_set(&letter->err, ERR_LIMIT, "%s: changes are looked for when you come back to this window",
            err->message);
    mailbox_post(follow->mailbox, &letter->letter);
}

static void start_watch(struct follow *follow)
{
    struct err err;
    struct watch_listener listener = {follow, on_changed, on_blind};
    follow->watch = watch_start(follow->library, &listener, &err);
    if (!follow->watch)
        on_blind(follow, &err);
}

/* -- all together --------------------------------------------------------------------------------------------------- */

struct follow *follow_start(struct mailbox *mailbox, struct library *library,
                            const struct follow_options *options, library_take *take, struct err *err)
{
    struct follow *follow = mem_calloc(1, sizeof *follow);
    *follow = (struct follow){.mailbox = mailbox, .library = library, .options = *options, .take = take};
    follow->looker = worker_new(mailbox, err);
    follow->maker = follow->looker ? worker_new(mailbox, err) : NULL;
    if (!follow->maker) {
        follow_stop(follow);
        follow_free(follow);
        return NULL;
    }
    submit(follow, follow->looker, library_job_new(LIBRARY_OPEN));
    if (options->watch)
        start_watch(follow);
    return follow;
}

bool follow_must_look(const struct follow *follow)
{
    return follow->blind && follow->options.watch;
}

void follow_look(struct follow *follow)
{
    int64_t now = clock_ms();
    if (!follow_must_look(follow) || follow->looking || now - follow->looked_at < LOOK_APART_MS)
        return;
    follow->everywhere = true;
    go_on(follow);
}

void follow_wait(struct follow *follow)
{
    if (follow->watch)
        watch_wait(follow->watch);
    worker_wait(follow->looker);
    worker_wait(follow->maker);
}

void follow_stop(struct follow *follow)
{
    if (!follow)
        return;
    follow->stopped = true;
    watch_stop(follow->watch);
    worker_free(follow->looker);
    worker_free(follow->maker);
}

void follow_free(struct follow *follow)
{
    if (!follow)
        return;
    index_parts_free(&follow->parts);
    index_parts_free(&follow->unseen);
    mem_free(follow->places);
    arena_free(&follow->arena);
    mem_free(follow);
}
