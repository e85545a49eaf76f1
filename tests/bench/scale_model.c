#include "scale_model.h"

#include <pthread.h>

#include "bench.h"
#include "lectern/library.h"
#include "lectern/mem.h"
#include "scale_pieces.h"
#include "scale_vocabulary.h"

/* What a file holds, copied while the library is read. */
struct record {
    struct str title, date, date_format, author, subject, description, answer;
    bool there, scored, not_indexed;
};

struct reading {
    pthread_mutex_t lock;
    struct arena *arena;
    struct scale_count *words;
    struct record *records; /* by the number of the file */
    size_t capacity;
};

static struct record *record_of(struct reading *reading, uint32_t file)
{
    size_t old = reading->capacity;
    if (file >= old) {
        reading->capacity = (size_t)file * 2 + 64;
        reading->records = mem_resize(reading->records, reading->capacity, sizeof *reading->records);
        for (size_t i = old; i < reading->capacity; i++)
            reading->records[i] = (struct record){0};
    }
    return &reading->records[file];
}

/* A value that stands in one line of a file. */
static struct str one_line(struct arena *arena, struct str value)
{
    struct str copy = arena_str(arena, value);
    char *bytes = (char *)copy.at;
    for (size_t i = 0; i < copy.len; i++)
        if (bytes[i] == '\n')
            bytes[i] = ' ';
    return str_trim(copy);
}

static void on_article(void *context, unsigned thread, uint32_t file, const struct article *article)
{
    struct reading *reading = context;
    if (article->kind != ARTICLE_QUESTION)
        return;
    scale_count_article(reading->words, thread, file, article);
    pthread_mutex_lock(&reading->lock);
    *record_of(reading, file) = (struct record){
        .title = one_line(reading->arena, article->title),
        .date = one_line(reading->arena, article->date),
        .date_format = one_line(reading->arena, article->date_format),
        .author = one_line(reading->arena, article->author),
        .subject = one_line(reading->arena, article->subject),
        .description = one_line(reading->arena, article->description),
        .answer = one_line(reading->arena, article_field_value(article, "answer")),
        .there = true,
        .scored = article_field_value(article, "score").len > 0,
        .not_indexed = article_field_value(article, "no_index").len > 0,
    };
    pthread_mutex_unlock(&reading->lock);
}

/* What the sources are made of, until they are. */
struct making {
    struct scale_model *model;
    const struct catalogue *catalogue;
    struct reading *reading;
    struct scale_pieces pieces;
    uint32_t *root;   /* of each article: an article of the same set, in the end its first */
    uint32_t *source; /* of each article, or SCALE_NONE */
    uint32_t *keyword_uses;
};

static const struct record *record_for(const struct making *making, uint32_t article)
{
    uint32_t file = catalogue_file_of(making->catalogue, article, 0);
    return file < making->reading->capacity && making->reading->records[file].there
               ? &making->reading->records[file]
               : NULL;
}

static uint32_t root_of(uint32_t *root, uint32_t article)
{
    while (root[article] != article)
        article = root[article] = root[root[article]];
    return article;
}

static void join_sets(struct making *making)
{
    uint32_t count = catalogue_count(making->catalogue);
    for (uint32_t a = 0; a < count; a++)
        making->root[a] = a;
    for (uint32_t a = 0; a < count; a++) {
        size_t links = record_for(making, a) ? catalogue_count_links(making->catalogue, a) : 0;
        for (size_t i = 0; i < links; i++) {
            uint32_t target = catalogue_link_of(making->catalogue, a, i).target;
            if (target >= count || !record_for(making, target))
                continue;
            uint32_t x = root_of(making->root, a), y = root_of(making->root, target);
            making->root[x > y ? x : y] = x > y ? y : x;
        }
    }
    for (uint32_t a = 0; a < count; a++)
        making->root[a] = root_of(making->root, a);
}

/* Gives the articles of each set sources that follow each other. The first article of a set is its root. */
static void number_sources(struct making *making)
{
    struct scale_model *model = making->model;
    uint32_t count = catalogue_count(making->catalogue);
    uint32_t *sizes = mem_calloc(count, sizeof *sizes), *nexts = mem_calloc(count, sizeof *nexts);
    for (uint32_t a = 0; a < count; a++)
        sizes[making->root[a]] += record_for(making, a) != NULL;
    model->sets = arena_array(&model->arena, count, sizeof *model->sets);
    for (uint32_t a = 0; a < count; a++) {
        if (making->root[a] != a || sizes[a] == 0)
            continue;
        nexts[a] = model->source_count;
        model->source_count += sizes[a];
        model->sets[model->set_count++] = (struct scale_range){nexts[a], model->source_count};
    }
    model->sources = arena_array(&model->arena, model->source_count, sizeof *model->sources);
    for (uint32_t a = 0; a < count; a++)
        making->source[a] = record_for(making, a) ? nexts[making->root[a]]++ : SCALE_NONE;
    for (uint32_t set = 0; set < model->set_count; set++)
        for (uint32_t s = model->sets[set].first; s < model->sets[set].end; s++) {
            model->sources[s].set = set;
            model->sources[s].place = s - model->sets[set].first;
        }
    mem_free(sizes);
    mem_free(nexts);
}

static void take_links(const struct making *making, uint32_t article, struct scale_source *source)
{
    const struct catalogue *catalogue = making->catalogue;
    struct arena *arena = &making->model->arena;
    uint32_t count = catalogue_count(catalogue);
    source->link_count = catalogue_count_links(catalogue, article);
    source->links = arena_array(arena, source->link_count, sizeof *source->links);
    for (size_t i = 0; i < source->link_count; i++) {
        struct catalogue_link link = catalogue_link_of(catalogue, article, i);
        bool held = link.target < count && making->source[link.target] != SCALE_NONE;
        struct str subject = {0};
        if (catalogue_count_subjects(catalogue, link.target))
            subject = catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, link.target, 0));
        source->links[i] = (struct scale_link){
            .number = link.number,
            .target = held ? making->source[link.target] : SCALE_NONE,
            .missing = held ? 0 : link.target,
            .title = one_line(arena, catalogue_title(catalogue, link.target)),
            .subject = one_line(arena, subject),
        };
    }
}

static void take_keywords(const struct making *making, uint32_t article, struct scale_source *source)
{
    const struct catalogue *catalogue = making->catalogue;
    struct arena *arena = &making->model->arena;
    source->keyword_count = catalogue_count_keywords(catalogue, article);
    source->keywords = arena_array(arena, source->keyword_count, sizeof *source->keywords);
    for (size_t i = 0; i < source->keyword_count; i++) {
        uint32_t keyword = catalogue_keyword_of(catalogue, article, i);
        source->keywords[i] = one_line(arena, catalogue_keyword_name(catalogue, keyword));
        making->keyword_uses[keyword]++;
    }
}

static bool has_subject(const struct scale_source *source, struct str subject)
{
    for (size_t i = 0; i < source->subject_count; i++)
        if (str_eq_ignore_case(source->subjects[i], subject))
            return true;
    return false;
}

/* Where it is filed; twice in the same folder is not possible. */
static void take_subjects(const struct making *making, uint32_t article, struct scale_source *source)
{
    struct arena *arena = &making->model->arena;
    size_t files = catalogue_count_files(making->catalogue, article);
    source->subjects = arena_array(arena, files, sizeof *source->subjects);
    for (size_t i = 0; i < files; i++) {
        uint32_t file = catalogue_file_of(making->catalogue, article, i);
        const struct record *record =
            file < making->reading->capacity ? &making->reading->records[file] : NULL;
        if (record && record->there && !has_subject(source, record->subject))
            source->subjects[source->subject_count++] = record->subject;
    }
}

static void take_source(struct making *making, uint32_t article)
{
    const struct record *record = record_for(making, article);
    if (!record)
        return;
    struct scale_model *model = making->model;
    struct scale_source *source = &model->sources[making->source[article]];
    source->group = catalogue_subject_of(making->catalogue, article, 0);
    source->title = record->title;
    source->date = record->date;
    source->date_format = record->date_format;
    source->author = record->author;
    source->description = record->description;
    source->scored = record->scored;
    source->not_indexed = record->not_indexed;
    take_subjects(making, article, source);
    take_keywords(making, article, source);
    take_links(making, article, source);
    size_t first = making->pieces.count;
    scale_cut(&making->pieces, record->answer, source->group);
    source->piece_count = making->pieces.count - first;
    source->pieces = arena_array(&model->arena, source->piece_count, sizeof *source->pieces);
    for (size_t i = 0; i < source->piece_count; i++)
        source->pieces[i] = (uint32_t)(first + i);
}

static void find_members(struct scale_model *model)
{
    uint32_t taken = 0;
    model->members = arena_array(&model->arena, model->group_count, sizeof *model->members);
    model->by_group = arena_array(&model->arena, model->source_count, sizeof *model->by_group);
    for (uint32_t g = 0; g < model->group_count; g++) {
        model->members[g].first = taken;
        for (uint32_t s = 0; s < model->source_count; s++)
            if (model->sources[s].group == g)
                model->by_group[taken++] = s;
        model->members[g].end = taken;
    }
}

static double new_keywords(const struct making *making)
{
    double uses = 0, once = 0;
    for (uint32_t i = 0; i < catalogue_keyword_count(making->catalogue); i++) {
        uses += making->keyword_uses[i];
        once += making->keyword_uses[i] == 1;
    }
    return uses > 0 ? once / uses : 0;
}

static void make(struct scale_model *model, const struct catalogue *catalogue, struct reading *reading)
{
    uint32_t count = catalogue_count(catalogue);
    struct making making = {
        .model = model,
        .catalogue = catalogue,
        .reading = reading,
        .root = mem_calloc(count, sizeof(uint32_t)),
        .source = mem_calloc(count, sizeof(uint32_t)),
        .keyword_uses = mem_calloc(catalogue_keyword_count(catalogue), sizeof(uint32_t)),
    };
    model->group_count = catalogue_subject_count(catalogue);
    join_sets(&making);
    number_sources(&making);
    for (uint32_t a = 0; a < count; a++)
        take_source(&making, a);
    find_members(model);
    scale_pieces_settle(&making.pieces, model);
    scale_count_settle(reading->words, catalogue_file_count(catalogue), model);
    scale_collect_words(model);
    model->new_keywords = new_keywords(&making);
    mem_free(making.root);
    mem_free(making.source);
    mem_free(making.keyword_uses);
}

void scale_model_read(struct scale_model *model, const char *folder, unsigned threads)
{
    struct err err;
    struct library *library = library_open(&folder, 1, &err);
    *model = (struct scale_model){0};
    if (!library)
        bench_fail("%s: %s", folder, err.message);
    struct reading reading = {
        .lock = PTHREAD_MUTEX_INITIALIZER, .arena = &model->arena, .words = scale_count_new(threads)};
    struct library_scan scan = {.threads = threads, .context = &reading, .article = on_article};
    struct catalogue *catalogue = library_scan(library, &scan, &err);
    if (!catalogue)
        bench_fail("%s: %s", folder, err.message);
    make(model, catalogue, &reading);
    if (model->source_count == 0 || model->piece_count == 0)
        bench_fail("%s: no questions with answers", folder);
    catalogue_release(catalogue);
    library_close(library);
    mem_free(reading.records);
}

void scale_model_free(struct scale_model *model)
{
    arena_free(&model->arena);
    *model = (struct scale_model){0};
}

const struct scale_source *scale_pick_source(const struct scale_model *model, uint32_t group,
                                             struct dice *dice)
{
    struct scale_range members = model->members[group];
    return &model->sources[model->by_group[members.first + dice_below(dice, members.end - members.first)]];
}
