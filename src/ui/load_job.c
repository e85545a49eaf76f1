#include "load_job.h"

#include "lectern/index_file.h"
#include "lectern/mem.h"

struct load_job {
    struct job job;
    struct mailbox *mailbox;
    struct library *library;
    unsigned threads;
    const char *index_folder;
    load_take *take;
    struct load_news last;
};

struct news_letter {
    struct letter letter;
    load_take *take;
    struct load_news news;
};

static void deliver_news(struct letter *letter, void *context)
{
    struct news_letter *news = (struct news_letter *)letter;
    news->take(context, &news->news);
    mem_free(news);
}

static void post_news(const struct load_job *load, const struct load_news *news)
{
    struct news_letter *letter = mem_calloc(1, sizeof *letter);
    letter->letter.deliver = deliver_news;
    letter->take = load->take;
    letter->news = *news;
    mailbox_post(load->mailbox, &letter->letter);
}

static void on_progress(void *context, const struct library_progress *progress)
{
    struct load_job *load = context;
    post_news(load, &(struct load_news){.progress = *progress});
}

static void on_partial(void *context, struct catalogue *catalogue)
{
    struct load_job *load = context;
    struct topic_tree *tree = topics_build(catalogue, false, load->threads, &load->job.cancel);
    if (tree)
        post_news(load, &(struct load_news){.catalogue = catalogue, .tree = tree});
    else
        catalogue_release(catalogue);
}

static void post_parts(const struct load_job *load, const struct index_parts *parts, bool whole)
{
    struct index_parts shared = index_parts_share(parts);
    struct segments *segments = shared.index ? segments_single(shared.index) : NULL;
    index_release(shared.index);
    post_news(load,
              &(struct load_news){
                  .catalogue = shared.catalogue, .tree = shared.tree, .segments = segments, .whole = whole});
}

/* The tree is shown before the words are joined: it is what the reader looks at first. */
static void on_tree(void *context, const struct index_parts *parts)
{
    post_parts(context, parts, false);
}

/* Delivers what the index file holds. True if nothing is to be done any more. */
static bool open_index(struct load_job *load, bool *opened)
{
    struct index_parts parts;
    struct err err;
    if (index_file_open(load->index_folder, load->library, &parts, &err) != 0) {
        if (err.kind != ERR_NOT_FOUND && err.kind != ERR_FORMAT)
            load->last.err = err;
        return false;
    }
    post_parts(load, &parts, true);
    *opened = true;
    bool intact = index_file_intact(&parts, &load->job.cancel, &err);
    struct library_changes changes = {0};
    struct library_look look = {.limit = 1, .cancel = &load->job.cancel};
    int unchanged = 0;
    if (intact)
        unchanged = library_changes(load->library, parts.catalogue, &look, &changes, &err) != 0
                        ? -1
                        : changes.count == 0;
    library_changes_free(&changes);
    index_parts_free(&parts);
    if (unchanged < 0)
        load->last.err = err;
    return unchanged != 0;
}

/* Writes what was read; the first thing that has gone wrong with the index is what the reader is told. */
static void keep_index(struct load_job *load, const struct index_parts *parts)
{
    struct err err;
    if (load->last.err.kind == ERR_NONE &&
        index_file_write(load->index_folder, load->library, parts, &load->job.cancel, &err) != 0)
        load->last.err = err;
}

/* What is shown already stays until all of the library was read: a tree without its words would not fit the old ones. */
static void read_library(struct load_job *load, bool shown)
{
    struct err err;
    struct index_parts parts;
    struct library_scan wishes = {
        .threads = load->threads,
        .cancel = &load->job.cancel,
        .context = load,
        .progress = on_progress,
        .partial = shown ? NULL : on_partial,
    };
    if (index_parts_read(load->library, &wishes, shown ? NULL : on_tree, &parts, &err) != 0) {
        load->last.err = err;
        return;
    }
    if (shown)
        post_parts(load, &parts, true);
    else
        post_news(load, &(struct load_news){.segments = segments_single(parts.index), .whole = true});
    if (load->index_folder)
        keep_index(load, &parts);
    index_parts_free(&parts);
}

static void run(struct job *job)
{
    struct load_job *load = (struct load_job *)job;
    bool opened = false;
    if (load->index_folder && open_index(load, &opened))
        return;
    read_library(load, opened);
}

static void deliver(struct letter *letter, void *context)
{
    struct load_job *load = (struct load_job *)letter;
    load->last.over = true;
    load->take(context, &load->last);
    mem_free(load);
}

void load_job_start(struct worker *worker, struct mailbox *mailbox, struct library *library,
                    const struct load_options *options, load_take *take)
{
    struct load_job *load = mem_calloc(1, sizeof *load);
    load->job.letter.deliver = deliver;
    load->job.run = run;
    load->mailbox = mailbox;
    load->library = library;
    load->threads = options->threads;
    load->index_folder = options->index_folder;
    load->take = take;
    worker_submit(worker, &load->job);
}
