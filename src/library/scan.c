/*
 * The scan: the caller's thread walks the roots, tells progress and builds the catalogues; the parsing threads take the
 * files in the order of the walk as soon as they are met.
 */
#include <time.h>
#include <unistd.h>

#include "catalogue_build.h"
#include "lectern/bounds.h"
#include "lectern/library.h"
#include "lectern/mem.h"
#include "lectern/thread.h"
#include "roots.h"
#include "roots_walk.h"
#include "scan_changes.h"
#include "shelf.h"

/* Files of the first partial catalogue: enough to fill a screen. */
#define FIRST_PARTIAL 100

#define TELL_EVERY_NS ((int64_t)50 * 1000 * 1000)
#define MAX_THREADS   64u

/* Coarser than the clocks of file systems: those of most, and of those that know whole seconds only. */
#define CLOCK_TICK_NS  ((int64_t)20 * 1000 * 1000)
#define COARSE_TICK_NS ((int64_t)2 * 1000 * 1000 * 1000)

struct scan {
    const struct library *library;
    const struct library_scan *wishes;
    const struct library_changes *only; /* what is read, or NULL: everything */
    int64_t began_at;                   /* of the clock that files are stamped with */
    pthread_mutex_t lock;               /* for all below, and for the shelf except its thread arenas */
    pthread_cond_t work;                /* files to parse, or no more to come */
    pthread_cond_t done;                /* a batch has been parsed */
    struct shelf *shelf;
    uint32_t next, files_done;
    uint64_t bytes_done;
    bool walk_over;

    /* Of the caller's thread alone. */
    uint32_t next_partial;
    int64_t told_at;
};

struct parser {
    struct scan *scan;
    unsigned number;
    pthread_t thread;
    struct arena scratch;
};

struct job {
    uint32_t number;
    struct shelf_file file;
    struct record *record;
};

static bool cancelled(const struct scan *scan)
{
    return scan->wishes->cancel && atomic_load(scan->wishes->cancel);
}

static void note_change(struct arena *arena, struct record *record, const struct err *err)
{
    record_add_problem(
        arena, record,
        &(struct article_problem){.severity = ARTICLE_WARNING, .message = str_from(err->message)});
}

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A file that was written just now may be written again without its time of change telling. */
static bool may_change_unseen(const struct scan *scan, const struct file_stamp *stamp)
{
    int64_t tick = stamp->mtime_ns % 1000000000 ? CLOCK_TICK_NS : COARSE_TICK_NS;
    return stamp->mtime_ns >= scan->began_at - tick && stamp->mtime_ns <= clock_ns(CLOCK_REALTIME);
}

/* Whether the stamp will tell when the file becomes another than what was read. */
static bool is_settled(const struct scan *scan, const struct file_stamp *stamp, int status,
                       const struct err *err)
{
    bool failed = status > 0 || (status < 0 && (err->kind == ERR_SYSTEM || err->kind == ERR_NOT_FOUND));
    return !failed && !may_change_unseen(scan, stamp);
}

static void parse_file(struct parser *parser, struct job *job)
{
    const struct scan *scan = parser->scan;
    const struct root *root = &scan->library->roots[job->file.root];
    struct arena *records = shelf_arena(scan->shelf, parser->number);
    struct str text = {0}, path = job->file.path;
    struct file_stamp stamp = job->file.stamp;
    struct article article;
    struct err err;
    int status = file_read(root->fd, path.at, BOUND_FILE_BYTES, &parser->scratch, &text, &stamp, &err);
    if (status < 0) {
        job->record = record_unread(records, str_from(err.message));
    } else {
        article_parse(&parser->scratch, text, path, &article);
        job->record = record_make(records, shelf_symbols(scan->shelf), &article, root->name, path);
    }
    job->record->stamp = stamp;
    job->record->settled = is_settled(scan, &stamp, status, &err);
    job->record->expected = job->record->expected && root->folder;
    if (status > 0)
        note_change(records, job->record, &err);
    if (!job->record->unread && scan->wishes->article)
        scan->wishes->article(scan->wishes->context, parser->number, job->number, &article);
}

/* Waits for a batch to parse, of which only the last may lack files; the number taken, 0 when there will be none any more. */
static size_t take_jobs(struct scan *scan, struct job *jobs)
{
    uint32_t count;
    pthread_mutex_lock(&scan->lock);
    struct shelf_file *files = shelf_files(scan->shelf, &count);
    while (count - scan->next < LIBRARY_BATCH && !scan->walk_over) {
        pthread_cond_wait(&scan->work, &scan->lock);
        files = shelf_files(scan->shelf, &count);
    }
    size_t taken = 0;
    for (; taken < LIBRARY_BATCH && scan->next < count; taken++, scan->next++)
        jobs[taken] = (struct job){.number = scan->next, .file = files[scan->next]};
    pthread_mutex_unlock(&scan->lock);
    return taken;
}

static void put_jobs(struct scan *scan, const struct job *jobs, size_t count)
{
    uint32_t file_count;
    pthread_mutex_lock(&scan->lock);
    struct shelf_file *files = shelf_files(scan->shelf, &file_count);
    for (size_t i = 0; i < count; i++) {
        files[jobs[i].number].record = jobs[i].record;
        scan->bytes_done += jobs[i].record->stamp.size;
    }
    scan->files_done += (uint32_t)count;
    pthread_cond_signal(&scan->done);
    pthread_mutex_unlock(&scan->lock);
}

static void *parse(void *context)
{
    struct parser *parser = context;
    struct job jobs[LIBRARY_BATCH];
    size_t taken;
    while (!cancelled(parser->scan) && (taken = take_jobs(parser->scan, jobs)) > 0) {
        size_t done = 0;
        for (; done < taken && !cancelled(parser->scan); done++) {
            parse_file(parser, &jobs[done]);
            arena_reset(&parser->scratch);
        }
        if (done == taken && parser->scan->wishes->batch)
            parser->scan->wishes->batch(parser->scan->wishes->context, parser->number, jobs[0].number);
        put_jobs(parser->scan, jobs, done);
    }
    arena_free(&parser->scratch);
    return NULL;
}

static int64_t now_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static void tell_progress(struct scan *scan)
{
    if (!scan->wishes->progress)
        return;
    uint32_t count;
    pthread_mutex_lock(&scan->lock);
    shelf_files(scan->shelf, &count);
    struct library_progress progress = {scan->files_done, scan->walk_over ? count : 0, scan->bytes_done};
    pthread_mutex_unlock(&scan->lock);
    scan->wishes->progress(scan->wishes->context, &progress);
}

static struct catalogue *build(struct scan *scan)
{
    struct arena scratch = {0};
    pthread_mutex_lock(&scan->lock);
    struct shelf_view view = shelf_view(scan->shelf, &scratch);
    pthread_mutex_unlock(&scan->lock);
    struct catalogue *catalogue = catalogue_build(scan->shelf, &view);
    arena_free(&scratch);
    return catalogue;
}

/* What is due by now: progress, and a catalogue of what has been read. */
static void tell(struct scan *scan)
{
    int64_t now = now_ns();
    if (now - scan->told_at >= TELL_EVERY_NS) {
        scan->told_at = now;
        tell_progress(scan);
    }
    pthread_mutex_lock(&scan->lock);
    uint32_t files_done = scan->files_done;
    pthread_mutex_unlock(&scan->lock);
    if (!scan->wishes->partial || files_done < scan->next_partial)
        return;
    scan->next_partial = files_done > UINT32_MAX / 2 ? UINT32_MAX : files_done * 2;
    scan->wishes->partial(scan->wishes->context, build(scan));
}

/* Waits until all files have been parsed, or the scan is cancelled. */
static void wait_for_parsers(struct scan *scan)
{
    uint32_t count;
    pthread_mutex_lock(&scan->lock);
    scan->walk_over = true;
    pthread_cond_broadcast(&scan->work);
    shelf_files(scan->shelf, &count);
    while (scan->files_done < count && !cancelled(scan)) {
        int64_t until = now_ns() + TELL_EVERY_NS;
        struct timespec deadline = {(time_t)(until / 1000000000), (long)(until % 1000000000)};
        pthread_cond_timedwait(&scan->done, &scan->lock, &deadline);
        if (scan->files_done == count)
            break;
        pthread_mutex_unlock(&scan->lock);
        tell(scan);
        pthread_mutex_lock(&scan->lock);
    }
    pthread_mutex_unlock(&scan->lock);
}

static bool visit(void *context, const struct roots_entry *entry)
{
    struct scan *scan = context;
    pthread_mutex_lock(&scan->lock);
    if (entry->skipped) {
        shelf_add_skip(scan->shelf, entry);
    } else {
        uint32_t file = shelf_add_file(scan->shelf, entry);
        if (file % LIBRARY_BATCH == LIBRARY_BATCH - 1)
            pthread_cond_signal(&scan->work);
    }
    pthread_mutex_unlock(&scan->lock);
    tell(scan);
    return !cancelled(scan);
}

/* What is there by now of the changes, as if it was met. */
static void meet_changes(struct scan *scan)
{
    bool more = true;
    for (size_t i = 0; i < scan->only->count && more; i++) {
        const struct library_change *change = &scan->only->at[i];
        struct roots_entry entry = {
            .root = change->root,
            .path = change->path,
            .skipped = change->kind == CHANGE_SKIPPED,
            .expected = change->expected,
            .reason = change->reason,
            .stamp = change->stamp,
        };
        if (change->kind != CHANGE_GONE)
            more = visit(scan, &entry);
    }
}

unsigned library_threads(unsigned threads)
{
    long cores = threads ? (long)threads : sysconf(_SC_NPROCESSORS_ONLN);
    if (cores < 1)
        return 1;
    return cores > (long)MAX_THREADS ? MAX_THREADS : (unsigned)cores;
}

static void scan_start(struct scan *scan, const struct library *library, const struct library_scan *wishes,
                       struct hash_key key)
{
    *scan = (struct scan){
        .library = library,
        .wishes = wishes,
        .shelf = shelf_new(library_threads(wishes->threads), key),
        .next_partial = FIRST_PARTIAL,
        .told_at = now_ns(),
        .began_at = clock_ns(CLOCK_REALTIME),
    };
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&scan->lock, NULL);
    pthread_cond_init(&scan->work, NULL);
    pthread_cond_init(&scan->done, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

static void scan_end(struct scan *scan)
{
    pthread_mutex_destroy(&scan->lock);
    pthread_cond_destroy(&scan->work);
    pthread_cond_destroy(&scan->done);
    shelf_free(scan->shelf);
}

/* Walks and parses; without a single thread to be had, one after the other. Returns -1 if a root cannot be read. */
static int run(struct scan *scan, unsigned threads, struct err *err)
{
    struct parser parsers[MAX_THREADS] = {0};
    unsigned started = 0;
    for (; started < threads; started++) {
        parsers[started] = (struct parser){.scan = scan, .number = started};
        if (thread_start(&parsers[started].thread, parse, &parsers[started]) != 0)
            break;
    }
    int status = 0;
    if (scan->only)
        meet_changes(scan);
    else
        status = roots_walk(scan->library, visit, scan, err);
    if (started == 0) {
        scan->walk_over = true;
        parse(&parsers[0]);
    }
    wait_for_parsers(scan);
    for (unsigned i = 0; i < started; i++)
        pthread_join(parsers[i].thread, NULL);
    return status;
}

static struct catalogue *finish(struct scan *scan, struct err *err)
{
    struct catalogue *catalogue = NULL;
    int status = run(scan, library_threads(scan->wishes->threads), err);
    if (cancelled(scan)) {
        err_set(err, ERR_NONE, "cancelled");
    } else if (status == 0) {
        tell_progress(scan);
        catalogue = build(scan);
    }
    scan_end(scan);
    return catalogue;
}

struct catalogue *library_scan(struct library *library, const struct library_scan *wishes, struct err *err)
{
    struct scan scan;
    scan_start(&scan, library, wishes, hash_key_new());
    return finish(&scan, err);
}

struct catalogue *scan_changes(const struct library *library, const struct library_changes *changes,
                               struct hash_key key, const struct library_scan *wishes, struct err *err)
{
    struct scan scan;
    scan_start(&scan, library, wishes, key);
    scan.only = changes;
    return finish(&scan, err);
}
