#include "scale_plan.h"

#include "lectern/mem.h"

enum {
    FOLDER_FILES = 2000,
    SLUG_BYTES = 200,
    HALF_BYTES =
        60, /* about as much of a title is its first half, so that what follows still gets into the slug */
    OTHER_HALVES = 8, /* tries of another second half before a word is added */
};

void scale_slug(struct str title, struct buf *slug)
{
    size_t start = slug->len;
    bool gap = false;
    for (size_t i = 0; i < title.len && slug->len - start < SLUG_BYTES; i++) {
        char c = title.at[i];
        bool upper = c >= 'A' && c <= 'Z', kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept && gap && slug->len > start)
            buf_add_byte(slug, '-');
        if (kept)
            buf_add_byte(slug, upper ? (char)(c - 'A' + 'a') : c);
        gap = kept ? false : gap || c != '\'';
    }
    if (slug->len == start)
        buf_add(slug, STR("unsorted"));
}

/* Where the second half of a title begins: behind a word. */
static size_t middle_of(struct str title)
{
    size_t at = title.len / 2 < HALF_BYTES ? title.len / 2 : HALF_BYTES;
    while (at < title.len && title.at[at] != ' ')
        at++;
    return at;
}

static void add_without_mark(struct buf *title, struct str text)
{
    buf_add(title, str_ends(text, STR("?")) ? str_slice(text, 0, text.len - 1) : text);
}

void scale_title(const struct scale_plan *plan, uint32_t article, struct buf *title)
{
    const struct scale_article *about = &plan->articles[article];
    const struct scale_model *model = plan->model;
    const struct scale_source *source = &model->sources[about->source];
    struct dice dice = dice_for(plan->seed ^ 0x7469746c65, article);
    struct str start = source->title, end = model->sources[about->other].title;
    size_t begin = title->len;
    buf_add(title, str_slice(start, 0, middle_of(start)));
    for (uint32_t i = 0; i < about->twists; i++) {
        buf_add_byte(title, ' ');
        buf_add(title, scale_pick_word(model, source->group, &dice));
    }
    add_without_mark(title, str_slice(end, middle_of(end), end.len));
    if (title->len == begin)
        buf_add(title, STR("What"));
    buf_add_byte(title, '?');
}

/* The slugs that are taken, by their hashes. */
struct taken {
    uint64_t *slots;
    size_t mask;
};

/* False if it was taken before. */
static bool take(struct taken *taken, uint64_t hash)
{
    size_t slot = hash & taken->mask;
    hash |= 1;
    for (; taken->slots[slot]; slot = (slot + 1) & taken->mask)
        if (taken->slots[slot] == hash)
            return false;
    taken->slots[slot] = hash;
    return true;
}

static void plan_article(struct scale_plan *plan, struct dice *dice, struct taken *taken, uint32_t source,
                         uint32_t first)
{
    const struct scale_model *model = plan->model;
    uint32_t number = plan->article_count++;
    struct scale_article *article = &plan->articles[number];
    struct buf title = {0}, slug = {0};
    *article = (struct scale_article){.source = source, .first = first};
    for (int tries = 1;; tries++) {
        article->other =
            (uint32_t)(scale_pick_source(model, model->sources[source].group, dice) - model->sources);
        article->twists += tries > OTHER_HALVES;
        buf_clear(&title);
        buf_clear(&slug);
        scale_title(plan, number, &title);
        scale_slug(buf_str(&title), &slug);
        if (take(taken, str_hash(buf_str(&slug))))
            break;
    }
    buf_free(&title);
    buf_free(&slug);
}

/* Files of a subject so far, by its slug. */
struct shelf {
    struct str name;
    uint32_t files;
};

static uint16_t folder_for(struct shelf *shelves, size_t *count, struct str subject, struct arena *arena)
{
    struct buf slug = {0};
    size_t i = 0;
    scale_slug(subject, &slug);
    while (i < *count && !str_eq(shelves[i].name, buf_str(&slug)))
        i++;
    if (i == *count)
        shelves[(*count)++] = (struct shelf){.name = arena_str(arena, buf_str(&slug))};
    buf_free(&slug);
    return (uint16_t)(shelves[i].files++ / FOLDER_FILES);
}

static void plan_files(struct scale_plan *plan, uint32_t files)
{
    const struct scale_model *model = plan->model;
    struct arena arena = {0};
    size_t shelf_count = 0, filings = 0;
    for (uint32_t s = 0; s < model->source_count; s++)
        filings += model->sources[s].subject_count;
    struct shelf *shelves = arena_array(&arena, filings, sizeof *shelves);
    for (uint32_t a = 0; a < plan->article_count; a++) {
        const struct scale_source *source = &model->sources[plan->articles[a].source];
        for (size_t f = 0; f < source->subject_count && plan->file_count < files; f++)
            plan->files[plan->file_count++] = (struct scale_file){
                a, (uint16_t)f, folder_for(shelves, &shelf_count, source->subjects[f], &arena)};
    }
    arena_free(&arena);
}

void scale_plan_make(struct scale_plan *plan, const struct scale_model *model, uint32_t files, uint64_t seed)
{
    struct dice dice = dice_for(seed, 0);
    struct taken taken = {.mask = 1};
    while (taken.mask < (size_t)files * 2)
        taken.mask = taken.mask * 2 + 1;
    taken.slots = mem_calloc(taken.mask + 1, sizeof *taken.slots);
    *plan = (struct scale_plan){
        .model = model,
        .seed = seed,
        .articles = mem_calloc(files, sizeof *plan->articles),
        .files = mem_calloc(files, sizeof *plan->files),
    };
    for (uint32_t planned = 0; planned < files;) {
        struct scale_range set = model->sets[dice_below(&dice, model->set_count)];
        uint32_t first = plan->article_count;
        for (uint32_t s = set.first; s < set.end && planned < files; s++) {
            plan_article(plan, &dice, &taken, s, first);
            planned += (uint32_t)model->sources[s].subject_count;
        }
    }
    plan_files(plan, files);
    mem_free(taken.slots);
}

void scale_plan_free(struct scale_plan *plan)
{
    mem_free(plan->articles);
    mem_free(plan->files);
    *plan = (struct scale_plan){0};
}

static struct str subject_of(const struct scale_plan *plan, const struct scale_file *file)
{
    return plan->model->sources[plan->articles[file->article].source].subjects[file->filing];
}

void scale_folder(const struct scale_plan *plan, const struct scale_file *file, struct buf *path)
{
    scale_slug(subject_of(plan, file), path);
    if (file->folder)
        buf_printf(path, "-%02u", file->folder + 1u);
}

void scale_path(const struct scale_plan *plan, const struct scale_file *file, struct buf *path)
{
    scale_folder(plan, file, path);
    buf_add_byte(path, '/');
    struct buf title = {0};
    scale_title(plan, file->article, &title);
    scale_slug(buf_str(&title), path);
    buf_add(path, STR(".md"));
    buf_free(&title);
}
