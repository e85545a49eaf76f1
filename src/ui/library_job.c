#include "library_job.h"

#include "lectern/mem.h"

/* Changes of which the progress is told. */
#define MANY_CHANGES 200

struct news_letter {
    struct letter letter;
    library_take *take;
    struct library_news news;
};

static void deliver_news(struct letter *letter, void *context)
{
    struct news_letter *news = (struct news_letter *)letter;
    news->take(context, &news->news);
    mem_free(news);
}

static void post_news(const struct library_job *job, const struct library_news *news)
{
    struct news_letter *letter = mem_calloc(1, sizeof *letter);
    letter->letter.deliver = deliver_news;
    letter->take = job->take;
    letter->news = *news;
    mailbox_post(job->mailbox, &letter->letter);
}

static void on_progress(void *context, const struct library_progress *progress)
{
    post_news(context, &(struct library_news){.progress = *progress});
}

static void on_partial(void *context, struct catalogue *catalogue)
{
    struct library_job *job = context;
    struct topic_tree *tree = topics_build(catalogue, false, job->threads, &job->job.cancel);
    if (tree)
        post_news(job, &(struct library_news){.catalogue = catalogue, .tree = tree});
    else
        catalogue_release(catalogue);
}

static void post_parts(const struct library_job *job, const struct index_parts *parts, bool whole)
{
    post_news(job, &(struct library_news){
                       .catalogue = catalogue_keep(parts->catalogue),
                       .tree = topics_keep(parts->tree),
                       .segments = index_parts_segments(parts),
                       .whole = whole,
                   });
}

/* The tree is shown before the words are joined: it is what the reader looks at first. */
static void on_tree(void *context, const struct index_parts *parts)
{
    post_parts(context, parts, false);
}

static void replace_parts(struct library_job *job, struct index_parts parts)
{
    index_parts_free(&job->parts);
    job->parts = parts;
}

/* Delivers what the index file holds. A damaged delta is known by reading it, which is quick, before anybody builds on it. */
static bool open_index(struct library_job *job)
{
    struct err err;
    if (index_file_open(job->index_folder, job->library, &job->parts, &err) != 0) {
        job->not_kept = err.kind != ERR_NOT_FOUND && err.kind != ERR_FORMAT;
        if (job->not_kept)
            job->err = err;
        return false;
    }
    job->from_file = true;
    post_parts(job, &job->parts, true);
    if (!index_file_delta_intact(&job->parts, &job->job.cancel, &err) && err.kind == ERR_FORMAT) {
        replace_parts(job, index_parts_base(&job->parts));
        post_parts(job, &job->parts, true);
    }
    return true;
}

/* Reads everything. -1 if that failed, or was cancelled. */
static int read_library(struct library_job *job, bool deliver)
{
    struct err err;
    struct index_parts parts;
    struct library_scan wishes = {
        .threads = job->threads,
        .cancel = &job->job.cancel,
        .context = job,
        .progress = on_progress,
        .partial = deliver ? on_partial : NULL,
    };
    if (index_parts_read(job->library, &wishes, deliver ? on_tree : NULL, &parts, &err) != 0) {
        if (err.kind != ERR_NONE)
            job->err = err;
        return -1;
    }
    replace_parts(job, parts);
    if (deliver)
        post_news(job, &(struct library_news){.segments = index_parts_segments(&parts), .whole = true});
    return 0;
}

/* The first thing that has gone wrong with the index is what the reader is told. */
static void keep_index(struct library_job *job, bool delta)
{
    struct err err;
    if (!job->index_folder || job->not_kept)
        return;
    int status =
        delta ? index_file_write_delta(job->index_folder, job->library, &job->parts, &job->job.cancel, &err)
              : index_file_write(job->index_folder, job->library, &job->parts, &job->job.cancel, &err);
    job->not_kept = status != 0 && err.kind != ERR_NONE;
    if (job->not_kept)
        job->err = err;
}

static void open_library(struct library_job *job)
{
    if (job->index_folder && open_index(job))
        return;
    if (read_library(job, true) == 0)
        keep_index(job, false);
}

static void update(struct library_job *job, const struct library_changes *changes)
{
    struct index_parts parts;
    struct library_scan wishes = {
        .threads = job->threads,
        .cancel = &job->job.cancel,
        .context = job,
        .progress = changes->count > MANY_CHANGES ? on_progress : NULL,
    };
    if (index_parts_update(job->library, &job->parts, changes, &wishes, &parts, &job->err) != 0)
        return;
    replace_parts(job, parts);
    post_parts(job, &job->parts, true);
    job->outdated = catalogue_files_changed(parts.catalogue) > index_parts_most_changes(&parts);
    keep_index(job, true);
}

/* When very much has changed, what is shown stays until all is read. */
static void look(struct library_job *job)
{
    struct library_changes changes;
    struct library_look wishes = {
        .places = job->places,
        .place_count = job->place_count,
        .limit = index_parts_most_changes(&job->parts),
        .cancel = &job->job.cancel,
    };
    if (library_changes(job->library, job->parts.catalogue, &wishes, &changes, &job->err) != 0)
        return;
    job->outdated = changes.more;
    if (changes.count && !changes.more)
        update(job, &changes);
    else if (job->unseen)
        post_parts(job, &job->parts, true);
    library_changes_free(&changes);
}

static void verify(struct library_job *job)
{
    struct err err;
    job->outdated = !index_file_intact(&job->parts, &job->job.cancel, &err) && err.kind == ERR_FORMAT;
}

static void run(struct job *base)
{
    struct library_job *job = (struct library_job *)base;
    switch (job->task) {
    case LIBRARY_OPEN: open_library(job); break;
    case LIBRARY_LOOK: look(job); break;
    case LIBRARY_VERIFY: verify(job); break;
    case LIBRARY_READ:
        if (read_library(job, false) == 0)
            keep_index(job, false);
        break;
    }
}

static void deliver(struct letter *letter, void *context)
{
    struct library_job *job = (struct library_job *)letter;
    job->over(job->owner, context, job);
    index_parts_free(&job->parts);
    arena_free(&job->arena);
    mem_free(job);
}

struct library_job *library_job_new(enum library_task task)
{
    struct library_job *job = mem_calloc(1, sizeof *job);
    job->job.letter.deliver = deliver;
    job->job.run = run;
    job->task = task;
    return job;
}
