/* Everything that is known of a library, made by reading it. */
#include "lectern/index_file.h"
#include "lectern/mem.h"

/* Subjects of one article that are indexed: it has as many as files, mostly one. */
#define SUBJECTS 64

#define MOST_CHANGES 2000u
#define MOST_SHARE   10u /* of all files, as a part of this */

void index_parts_free(struct index_parts *parts)
{
    index_release(parts->index);
    index_release(parts->delta);
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
        .delta = parts->delta ? index_keep(parts->delta) : NULL,
    };
}

struct index_parts index_parts_base(const struct index_parts *parts)
{
    struct catalogue *catalogue = catalogue_open(catalogue_image(parts->catalogue));
    return (struct index_parts){
        .catalogue = catalogue,
        .tree = topics_patch(parts->tree, catalogue),
        .index = index_keep(parts->index),
    };
}

uint32_t index_parts_most_changes(const struct index_parts *parts)
{
    uint32_t share = catalogue_files_there(parts->catalogue) / MOST_SHARE;
    return share > MOST_CHANGES ? share : MOST_CHANGES;
}

struct segments *index_parts_segments(const struct index_parts *parts)
{
    if (!parts->index)
        return NULL;
    return parts->delta ? segments_pair(parts->catalogue, parts->index, parts->delta)
                        : segments_single(parts->index);
}

struct reading {
    const struct library_scan *wishes;
    unsigned threads;
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
static struct index *build(const struct reading *reading, const struct catalogue *catalogue)
{
    uint32_t files = catalogue_file_count(catalogue), articles = catalogue_count(catalogue);
    uint32_t *documents = mem_alloc(files * sizeof *documents);
    for (uint32_t file = 0; file < files; file++)
        documents[file] = INDEX_NONE;
    for (uint32_t article = 0; article < articles; article++) {
        documents[catalogue_file_of(catalogue, article, 0)] = article;
        add_subjects(reading->builders[0], catalogue, article);
    }
    struct index *index = index_build(reading->builders, reading->threads, documents, files, articles);
    mem_free(documents);
    return index;
}

static int finish(const struct reading *reading, index_parts_tree *tree, struct index_parts *parts,
                  struct err *err)
{
    parts->tree = topics_build(parts->catalogue, true, reading->threads, reading->wishes->cancel);
    if (!parts->tree) {
        index_parts_free(parts);
        return err_set(err, ERR_NONE, "cancelled");
    }
    if (tree)
        tree(reading->wishes->context, parts);
    parts->index = build(reading, parts->catalogue);
    return 0;
}

static void start_builders(const struct reading *reading)
{
    for (unsigned i = 0; i < reading->threads; i++)
        reading->builders[i] = index_builder_new(i ? reading->builders[0] : NULL);
}

static void free_builders(const struct reading *reading)
{
    for (unsigned i = 0; i < reading->threads; i++)
        index_builder_free(reading->builders[i]);
}

static void on_again(void *context)
{
    free_builders(context);
    start_builders(context);
}

static struct reading start(const struct library_scan *wishes, struct library_scan *scan)
{
    unsigned threads = library_threads(wishes->threads);
    struct reading reading = {wishes, threads, mem_calloc(threads, sizeof *reading.builders)};
    *scan = (struct library_scan){
        .threads = threads,
        .cancel = wishes->cancel,
        .article = on_article,
        .batch = on_batch,
        .progress = wishes->progress ? on_progress : NULL,
        .partial = wishes->partial ? on_partial : NULL,
        .again = on_again,
    };
    start_builders(&reading);
    return reading;
}

static void end(struct reading *reading)
{
    free_builders(reading);
    mem_free(reading->builders);
}

int index_parts_read(struct library *library, const struct library_scan *wishes, index_parts_tree *tree,
                     struct index_parts *parts, struct err *err)
{
    struct library_scan scan;
    struct reading reading = start(wishes, &scan);
    scan.context = &reading;
    *parts = (struct index_parts){0};
    parts->catalogue = library_scan(library, &scan, err);
    int status = parts->catalogue ? finish(&reading, tree, parts, err) : -1;
    end(&reading);
    return status;
}

/* Tree and words of a catalogue that was brought up to date. The delta's words are those of its own catalogue. */
static void finish_update(const struct reading *reading, const struct index_parts *before,
                          struct index_parts *parts)
{
    parts->tree = topics_patch(before->tree, parts->catalogue);
    parts->index = index_keep(before->index);
    if (catalogue_delta_image(parts->catalogue)) {
        struct catalogue *delta = catalogue_open(catalogue_delta_image(parts->catalogue));
        parts->delta = build(reading, delta);
        catalogue_release(delta);
    }
}

int index_parts_update(const struct library *library, const struct index_parts *before,
                       const struct library_changes *changes, const struct library_scan *wishes,
                       struct index_parts *parts, struct err *err)
{
    struct library_scan scan;
    struct reading reading = start(wishes, &scan);
    scan.context = &reading;
    *parts = (struct index_parts){0};
    parts->catalogue = library_update(library, before->catalogue, changes, &scan, err);
    if (parts->catalogue)
        finish_update(&reading, before, parts);
    end(&reading);
    return parts->catalogue ? 0 : -1;
}
