#include "catalogue_build.h"

#include <string.h>

#include "catalogue_image.h"
#include "lectern/mem.h"

struct build {
    struct draft *draft;
    const struct shelf_view *view;
    struct arena scratch;
    struct names subjects;
    bool *id_taken; /* by file: another article has its id */
    size_t warning_count;
};

uint32_t *numbers_none(struct arena *arena, size_t count)
{
    uint32_t *numbers = arena_array(arena, count, sizeof *numbers);
    if (count)
        memset(numbers, 0xff, count * sizeof *numbers);
    return numbers;
}

static void directory_start(struct directory *directory, struct arena *arena, uint32_t symbol_count)
{
    *directory = (struct directory){.targets = numbers_none(arena, symbol_count)};
}

void directory_add(struct directory *directory, const struct symbol *symbol, uint32_t target)
{
    if (symbol && directory->targets[symbol->number] > target)
        directory->targets[symbol->number] = target;
}

uint32_t directory_find(const struct directory *directory, const struct symbol *symbol)
{
    return symbol ? directory->targets[symbol->number] : CATALOGUE_NONE;
}

/* Articles by digest: open addressing, never more than half full. */
struct digests {
    uint32_t *slots;
    size_t mask;
};

static struct digests digests_new(struct arena *arena, uint32_t articles)
{
    size_t size = 16;
    while (size / 2 < articles)
        size *= 2;
    return (struct digests){numbers_none(arena, size), size - 1};
}

static uint32_t *digests_slot(const struct digests *digests, const struct draft *draft, uint64_t digest)
{
    size_t at = (size_t)digest & digests->mask;
    while (digests->slots[at] != CATALOGUE_NONE && draft->articles[digests->slots[at]]->digest != digest)
        at = (at + 1) & digests->mask;
    return &digests->slots[at];
}

/* A further file of an article may have another url: it means the same article. */
static void add_alias(struct draft *draft, const struct symbol *url, uint32_t article)
{
    if (!url || url == draft->articles[article]->url)
        return;
    directory_add(&draft->by_url, url, article);
    draft->aliases =
        mem_grow(draft->aliases, draft->alias_count, &draft->alias_capacity, sizeof *draft->aliases);
    draft->aliases[draft->alias_count++] = (struct alias){url, article};
}

/* The article of a file: one that was met before with the same id, title and text, else a new one. */
static uint32_t article_of(struct build *build, const struct digests *digests, uint32_t file)
{
    struct draft *draft = build->draft;
    const struct record *record = build->view->files[file].record;
    if (record->unread)
        return CATALOGUE_NONE;
    uint32_t article = draft->count;
    if (record->id) {
        uint32_t *slot = digests_slot(digests, draft, record->digest);
        if (*slot != CATALOGUE_NONE) {
            add_alias(draft, record->url, *slot);
            return *slot;
        }
        *slot = article;
        build->id_taken[file] = directory_find(&draft->by_id, record->id) != CATALOGUE_NONE;
        build->warning_count += build->id_taken[file];
    }
    draft->articles[draft->count++] = record;
    directory_add(&draft->by_id, record->id, article);
    directory_add(&draft->by_url, record->url, article);
    directory_add(&draft->by_title, record->title, article);
    return article;
}

static void add_files(struct build *build)
{
    struct draft *draft = build->draft;
    uint32_t count = build->view->file_count;
    draft->file_count = count;
    draft->files = arena_array(&draft->arena, count, sizeof *draft->files);
    draft->articles = arena_array(&draft->arena, count, sizeof(struct record *));
    build->id_taken = arena_array(&build->scratch, count, sizeof *build->id_taken);
    struct digests digests = digests_new(&build->scratch, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct shelf_file *from = &build->view->files[i];
        uint32_t article = article_of(build, &digests, i);
        draft->files[i] = (struct catalogue_file){
            .path = from->path,
            .root = from->root,
            .article = article,
            .subject = article == CATALOGUE_NONE || !from->record->subject
                           ? 0
                           : names_add(&build->subjects, from->record->subject),
            .stamp = from->record->stamp,
            .settled = from->record->settled,
        };
    }
}

/* The files of each article: counted, then filled in file order. */
static void group_files(struct build *build)
{
    struct draft *draft = build->draft;
    struct rows *rows = &draft->article_files;
    rows->starts = arena_array(&draft->arena, (size_t)draft->count + 1, sizeof *rows->starts);
    for (uint32_t i = 0; i < draft->file_count; i++)
        if (draft->files[i].article != CATALOGUE_NONE)
            rows->starts[draft->files[i].article + 1]++;
    size_t *ends = arena_array(&build->scratch, draft->count, sizeof *ends);
    for (uint32_t i = 0; i < draft->count; i++) {
        ends[i] = rows->starts[i];
        rows->starts[i + 1] += rows->starts[i];
    }
    rows->items = arena_array(&draft->arena, rows->starts[draft->count], sizeof *rows->items);
    for (uint32_t i = 0; i < draft->file_count; i++)
        if (draft->files[i].article != CATALOGUE_NONE)
            rows->items[ends[draft->files[i].article]++] = i;
}

/* Each article's subjects, those of all its files, each once. */
static void add_subjects(struct build *build)
{
    struct draft *draft = build->draft;
    const struct rows *files = &draft->article_files;
    struct rows *rows = &draft->subjects;
    uint32_t *last_article = numbers_none(&build->scratch, build->subjects.count);
    rows->starts = arena_array(&draft->arena, (size_t)draft->count + 1, sizeof *rows->starts);
    rows->items = arena_array(&draft->arena, files->starts[draft->count], sizeof *rows->items);
    size_t end = 0;
    for (uint32_t article = 0; article < draft->count; article++) {
        for (size_t i = files->starts[article]; i < files->starts[article + 1]; i++) {
            uint32_t subject = draft->files[files->items[i]].subject;
            if (last_article[subject] == article)
                continue;
            last_article[subject] = article;
            rows->items[end++] = subject;
        }
        rows->starts[article + 1] = end;
    }
}

static void add_keywords(struct build *build)
{
    struct draft *draft = build->draft;
    struct names names;
    names_start(&names, &build->scratch, draft->symbol_count);
    size_t total = 0;
    for (uint32_t i = 0; i < draft->count; i++)
        total += draft->articles[i]->keyword_count;
    struct rows *rows = &draft->keywords;
    rows->starts = arena_array(&draft->arena, (size_t)draft->count + 1, sizeof *rows->starts);
    rows->items = arena_array(&draft->arena, total, sizeof *rows->items);
    uint32_t *last_article = numbers_none(&build->scratch, draft->symbol_count);
    size_t end = 0;
    for (uint32_t article = 0; article < draft->count; article++) {
        const struct record *record = draft->articles[article];
        for (uint32_t i = 0; i < record->keyword_count; i++) {
            uint32_t keyword = names_add(&names, record->keywords[i]);
            if (last_article[keyword] == article)
                continue;
            last_article[keyword] = article;
            rows->items[end++] = keyword;
        }
        rows->starts[article + 1] = end;
    }
    draft->keyword_names = names_finish(&names, &draft->arena);
    draft->keyword_count = names.count;
}

static void add_skip(struct draft *draft, const struct shelf_skip *skip)
{
    draft->problems[draft->problem_count++] = (struct catalogue_problem){
        .root = skip->root,
        .path = skip->path,
        .article = CATALOGUE_NONE,
        .skipped = true,
        .no_file = true,
        .expected = skip->expected,
        .severity = ARTICLE_WARNING,
        .message = skip->reason,
    };
}

static void add_id_warning(struct build *build, uint32_t file)
{
    struct draft *draft = build->draft;
    const struct record *record = build->view->files[file].record;
    uint32_t first = directory_find(&draft->by_id, record->id);
    uint32_t first_file = draft->article_files.items[draft->article_files.starts[first]];
    draft->problems[draft->problem_count++] = (struct catalogue_problem){
        .root = draft->files[file].root,
        .path = draft->files[file].path,
        .line = record->id_line,
        .column = record->id_column,
        .article = draft->files[file].article,
        .id_taken = true,
        .severity = ARTICLE_WARNING,
        .message = arena_printf(&draft->arena, "id %.*s is already used by %.*s with another text",
                                STR_ARG(symbol_str(record->id)), STR_ARG(draft->files[first_file].path)),
    };
}

static void add_file_problems(struct build *build, uint32_t file)
{
    struct draft *draft = build->draft;
    const struct record *record = build->view->files[file].record;
    if (build->id_taken[file])
        add_id_warning(build, file);
    for (uint32_t i = 0; i < record->problem_count; i++) {
        const struct article_problem *problem = &record->problems[i];
        draft->problems[draft->problem_count++] = (struct catalogue_problem){
            .root = draft->files[file].root,
            .path = draft->files[file].path,
            .line = problem->line,
            .column = problem->column,
            .article = draft->files[file].article,
            .skipped = record->unread,
            .expected = record->expected,
            .severity = problem->severity,
            .message = problem->message,
        };
    }
}

/* Files and skipped entries in the order of the walk. */
static void add_problems(struct build *build)
{
    struct draft *draft = build->draft;
    const struct shelf_view *view = build->view;
    size_t total = view->skip_count + build->warning_count;
    for (uint32_t i = 0; i < view->file_count; i++)
        total += view->files[i].record->problem_count;
    draft->problems = arena_array(&draft->arena, total, sizeof *draft->problems);
    size_t skip = 0;
    for (uint32_t i = 0; i < view->file_count; i++) {
        for (; skip < view->skip_count && view->skips[skip].place < view->files[i].place; skip++)
            add_skip(draft, &view->skips[skip]);
        add_file_problems(build, i);
    }
    for (; skip < view->skip_count; skip++)
        add_skip(draft, &view->skips[skip]);
}

static void free_draft(struct draft *draft)
{
    mem_free(draft->aliases);
    mem_free(draft->references);
    mem_free(draft->missing);
    arena_free(&draft->arena);
}

struct catalogue *catalogue_build(struct shelf *shelf, const struct shelf_view *view)
{
    struct draft draft = {0};
    struct build build = {.draft = &draft, .view = view};

    struct symbol *unsorted = symbols_add(shelf_symbols(shelf), STR("Unsorted"));
    symbols_folded(shelf_symbols(shelf), unsorted);
    draft.symbol_count = symbols_count(shelf_symbols(shelf));
    directory_start(&draft.by_id, &draft.arena, draft.symbol_count);
    directory_start(&draft.by_url, &draft.arena, draft.symbol_count);
    directory_start(&draft.by_title, &draft.arena, draft.symbol_count);
    names_start(&build.subjects, &build.scratch, draft.symbol_count);
    names_add(&build.subjects, unsorted); /* number 0 */

    add_files(&build);
    group_files(&build);
    add_subjects(&build);
    add_keywords(&build);
    add_problems(&build);
    references_resolve(&draft, &build.subjects, &build.scratch);
    draft.subject_names = names_finish(&build.subjects, &draft.arena);
    draft.subject_names[0] = STR("Unsorted");
    draft.subject_count = build.subjects.count;
    arena_free(&build.scratch);
    struct image *image = catalogue_flatten(&draft, symbols_key(shelf_symbols(shelf)));
    free_draft(&draft);
    struct catalogue *catalogue = catalogue_open(image);
    image_release(image);
    return catalogue;
}
