#include "scale_model.h"

#include "bench.h"
#include "lectern/mem.h"
#include "opened.h"
#include "scale_pieces.h"
#include "scale_vocabulary.h"

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

/* What the sources are made of, until they are. */
struct making {
    struct scale_model *model;
    const struct opened *opened;
    const struct catalogue *catalogue;
    struct scale_pieces pieces;
    uint32_t *root;   /* of each article: an article of the same set, in the end its first */
    uint32_t *source; /* of each article, or SCALE_NONE */
    uint32_t *keyword_uses;
};

static bool is_source(const struct making *making, uint32_t article)
{
    return catalogue_kind(making->catalogue, article) == ARTICLE_QUESTION;
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
        size_t links = is_source(making, a) ? catalogue_count_links(making->catalogue, a) : 0;
        for (size_t i = 0; i < links; i++) {
            uint32_t target = catalogue_link_of(making->catalogue, a, i).target;
            if (target >= count || !is_source(making, target))
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
        sizes[making->root[a]] += is_source(making, a);
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
        making->source[a] = is_source(making, a) ? nexts[making->root[a]]++ : SCALE_NONE;
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

/* Adds the subject of a file, unless it is there: twice in the same folder is not possible. */
static void add_subject(struct scale_source *source, struct str subject)
{
    for (size_t i = 0; i < source->subject_count; i++)
        if (str_eq_ignore_case(source->subjects[i], subject))
            return;
    source->subjects[source->subject_count++] = subject;
}

static void take_subjects(const struct making *making, uint32_t article, struct scale_source *source)
{
    struct arena scratch = {0};
    size_t files = catalogue_count_files(making->catalogue, article);
    source->subjects = arena_array(&making->model->arena, files, sizeof *source->subjects);
    for (size_t i = 0; i < files; i++) {
        struct article text = {0};
        opened_file(making->opened, catalogue_file_of(making->catalogue, article, i), &scratch, &text);
        add_subject(source, one_line(&making->model->arena, text.subject));
    }
    arena_free(&scratch);
}

static void take_text(struct making *making, uint32_t article, struct scale_source *source)
{
    struct arena *arena = &making->model->arena, scratch = {0};
    struct article text = {0};
    opened_file(making->opened, catalogue_file_of(making->catalogue, article, 0), &scratch, &text);
    source->title = one_line(arena, text.title);
    source->date = one_line(arena, text.date);
    source->date_format = one_line(arena, text.date_format);
    source->author = one_line(arena, text.author);
    source->description = one_line(arena, text.description);
    source->scored = article_field_value(&text, "score").len > 0;
    source->not_indexed = article_field_value(&text, "no_index").len > 0;
    size_t first = making->pieces.count;
    scale_cut(&making->pieces, one_line(arena, article_field_value(&text, "answer")), source->group);
    source->piece_count = making->pieces.count - first;
    source->pieces = arena_array(arena, source->piece_count, sizeof *source->pieces);
    for (size_t i = 0; i < source->piece_count; i++)
        source->pieces[i] = (uint32_t)(first + i);
    arena_free(&scratch);
}

static void take_source(struct making *making, uint32_t article)
{
    struct scale_source *source = &making->model->sources[making->source[article]];
    source->group = catalogue_subject_of(making->catalogue, article, 0);
    take_text(making, article, source);
    take_subjects(making, article, source);
    take_keywords(making, article, source);
    take_links(making, article, source);
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

static void make(struct making *making)
{
    struct scale_model *model = making->model;
    uint32_t count = catalogue_count(making->catalogue);
    making->root = mem_calloc(count, sizeof *making->root);
    making->source = mem_calloc(count, sizeof *making->source);
    making->keyword_uses =
        mem_calloc(catalogue_keyword_count(making->catalogue), sizeof *making->keyword_uses);
    model->group_count = catalogue_subject_count(making->catalogue);
    join_sets(making);
    number_sources(making);
    for (uint32_t a = 0; a < count; a++)
        if (is_source(making, a))
            take_source(making, a);
    find_members(model);
    scale_pieces_settle(&making->pieces, model);
    scale_vocabulary_take(model, making->opened->parts.index);
    model->new_keywords = new_keywords(making);
    mem_free(making->root);
    mem_free(making->source);
    mem_free(making->keyword_uses);
}

void scale_model_read(struct scale_model *model, const char *folder)
{
    struct opened opened;
    *model = (struct scale_model){0};
    opened_read(&opened, folder);
    struct making making = {.model = model, .opened = &opened, .catalogue = opened.parts.catalogue};
    make(&making);
    if (model->source_count == 0 || model->piece_count == 0)
        bench_fail("%s: no questions with answers", folder);
    opened_free(&opened);
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
