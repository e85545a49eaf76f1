#include "load_job.h"

#include "lectern/mem.h"

struct load_job {
    struct job job;
    struct mailbox *mailbox;
    struct library *library;
    unsigned threads;
    struct index_builder **builders; /* one a thread */
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

static void on_article(void *context, unsigned thread, uint32_t file, const struct article *article)
{
    struct load_job *load = context;
    index_builder_add(load->builders[thread], file, article);
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

/* The tree is shown before the words are joined: it is what the reader looks at first. */
static void finish_catalogue(struct load_job *load, struct catalogue *catalogue)
{
    uint32_t files = catalogue_file_count(catalogue);
    struct topic_tree *tree = topics_build(catalogue, true, load->threads, &load->job.cancel);
    if (!tree) {
        catalogue_release(catalogue);
        return;
    }
    post_news(load, &(struct load_news){.catalogue = catalogue, .tree = tree});
    load->last.index = index_build(load->builders, load->threads, files);
}

static void run(struct job *job)
{
    struct load_job *load = (struct load_job *)job;
    load->threads = library_threads(load->threads);
    load->builders = mem_calloc(load->threads, sizeof *load->builders);
    for (unsigned i = 0; i < load->threads; i++)
        load->builders[i] = index_builder_new();
    struct library_scan scan = {
        .threads = load->threads,
        .cancel = &job->cancel,
        .context = load,
        .article = on_article,
        .progress = on_progress,
        .partial = on_partial,
    };
    struct catalogue *catalogue = library_scan(load->library, &scan, &load->last.err);
    if (catalogue)
        finish_catalogue(load, catalogue);
    for (unsigned i = 0; i < load->threads; i++)
        index_builder_free(load->builders[i]);
    mem_free(load->builders);
}

static void deliver(struct letter *letter, void *context)
{
    struct load_job *load = (struct load_job *)letter;
    load->last.over = true;
    load->take(context, &load->last);
    mem_free(load);
}

void load_job_start(struct worker *worker, struct mailbox *mailbox, struct library *library, unsigned threads,
                    load_take *take)
{
    struct load_job *load = mem_calloc(1, sizeof *load);
    load->job.letter.deliver = deliver;
    load->job.run = run;
    load->mailbox = mailbox;
    load->library = library;
    load->threads = threads;
    load->take = take;
    worker_submit(worker, &load->job);
}
