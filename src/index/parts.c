/* Everything that is known of a library, made by reading it. */
#include "lectern/index_file.h"
#include "lectern/mem.h"

/* Subjects of one article that are indexed: it has as many as files, mostly one. */
#define SUBJECTS 64

void index_parts_free(struct index_parts *parts)
{
    index_release(parts->index);
    topics_release(parts->tree);
    catalogue_release(parts->catalogue);
    *parts = (struct index_parts){0};
}

struct index_parts index_parts_share(const struct index_parts *parts)
{
    return (struct index_parts){
        .catalogue = catalogue_keep(parts->catalogue),
        .tree = topics_keep(parts->tree),
        .index = parts->index ? index_keep(parts->index) : NULL,
    };
}

struct reading {
    const struct library_scan *wishes;
    struct index_builder **builders; /* one a thread */
};

static void on_article(void *context, unsigned thread, uint32_t file, const struct article *article)
{
    struct reading *reading = context;
    index_builder_add(reading->builders[thread], file, article);
}

static void on_batch(void *context, unsigned thread, uint32_t file)
{
    struct reading *reading = context;
    index_builder_end_batch(reading->builders[thread], file);
}

static void on_progress(void *context, const struct library_progress *progress)
{
    struct reading *reading = context;
    reading->wishes->progress(reading->wishes->context, progress);
}

static void on_partial(void *context, struct catalogue *catalogue)
{
    struct reading *reading = context;
    reading->wishes->partial(reading->wishes->context, catalogue);
}

static void add_subjects(struct index_builder *builder, const struct catalogue *catalogue, uint32_t article)
{
    struct str names[SUBJECTS];
    size_t count = catalogue_count_subjects(catalogue, article);
    if (count > SUBJECTS)
        count = SUBJECTS;
    for (size_t i = 0; i < count; i++)
        names[i] = catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, article, i));
    index_builder_add_tags(builder, catalogue_file_of(catalogue, article, 0), INDEX_SUBJECT, names, count);
}

/* Only now it is known which files are the same article, and what its subjects are. */
static struct index *build(const struct reading *reading, unsigned threads, const struct catalogue *catalogue)
{
    uint32_t files = catalogue_file_count(catalogue), articles = catalogue_count(catalogue);
    uint32_t *documents = mem_alloc(files * sizeof *documents);
    for (uint32_t file = 0; file < files; file++)
        documents[file] = INDEX_NONE;
    for (uint32_t article = 0; article < articles; article++) {
        documents[catalogue_file_of(catalogue, article, 0)] = article;
        add_subjects(reading->builders[0], catalogue, article);
    }
    struct index *index = index_build(reading->builders, threads, documents, files, articles);
    mem_free(documents);
    return index;
}

static int finish(const struct reading *reading, unsigned threads, index_parts_tree *tree,
                  struct index_parts *parts, struct err *err)
{
    parts->tree = topics_build(parts->catalogue, true, threads, reading->wishes->cancel);
    if (!parts->tree) {
        index_parts_free(parts);
        return err_set(err, ERR_NONE, "cancelled");
    }
    if (tree)
        tree(reading->wishes->context, parts);
    parts->index = build(reading, threads, parts->catalogue);
    return 0;
}

int index_parts_read(struct library *library, const struct library_scan *wishes, index_parts_tree *tree,
                     struct index_parts *parts, struct err *err)
{
    unsigned threads = library_threads(wishes->threads);
    struct reading reading = {wishes, mem_calloc(threads, sizeof *reading.builders)};
    struct library_scan scan = {
        .threads = threads,
        .cancel = wishes->cancel,
        .context = &reading,
        .article = on_article,
        .batch = on_batch,
        .progress = wishes->progress ? on_progress : NULL,
        .partial = wishes->partial ? on_partial : NULL,
    };
    *parts = (struct index_parts){0};
    for (unsigned i = 0; i < threads; i++)
        reading.builders[i] = index_builder_new(i ? reading.builders[0] : NULL);
    parts->catalogue = library_scan(library, &scan, err);
    int status = parts->catalogue ? finish(&reading, threads, tree, parts, err) : -1;
    for (unsigned i = 0; i < threads; i++)
        index_builder_free(reading.builders[i]);
    mem_free(reading.builders);
    return status;
}
