#include "catalogue_build.h"

#include <string.h>

#include "lectern/mem.h"

struct build {
    struct catalogue *catalogue;
    const struct shelf_view *view;
    struct arena scratch;
    struct names subjects;
    uint32_t *by_title;
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

void target_register(uint32_t *targets, const struct symbol *symbol, uint32_t target)
{
    if (symbol && targets[symbol->number] == CATALOGUE_NONE)
        targets[symbol->number] = target;
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

static uint32_t *digests_slot(const struct digests *digests, const struct catalogue *catalogue,
                              uint64_t digest)
{
    size_t at = (size_t)digest & digests->mask;
    while (digests->slots[at] != CATALOGUE_NONE && catalogue->articles[digests->slots[at]]->digest != digest)
        at = (at + 1) & digests->mask;
    return &digests->slots[at];
}

/* The article of a file: one that was met before with the same id, title and text, else a new one. */
static uint32_t article_of(struct build *build, const struct digests *digests, uint32_t file)
{
    struct catalogue *catalogue = build->catalogue;
    const struct record *record = build->view->files[file].record;
    if (record->unread)
        return CATALOGUE_NONE;
    uint32_t article = catalogue->count;
    if (record->id) {
        uint32_t *slot = digests_slot(digests, catalogue, record->digest);
        if (*slot != CATALOGUE_NONE) {
            target_register(catalogue->by_url, record->url, *slot);
            return *slot;
        }
        *slot = article;
        build->id_taken[file] = catalogue->by_id[record->id->number] != CATALOGUE_NONE;
        build->warning_count += build->id_taken[file];
    }
    catalogue->articles[catalogue->count++] = record;
    target_register(catalogue->by_id, record->id, article);
    target_register(catalogue->by_url, record->url, article);
    target_register(build->by_title, record->title, article);
    return article;
}

static void add_files(struct build *build)
{
    struct catalogue *catalogue = build->catalogue;
    uint32_t count = build->view->file_count;
    catalogue->file_count = count;
    catalogue->files = arena_array(&catalogue->arena, count, sizeof *catalogue->files);
    catalogue->articles = arena_array(&catalogue->arena, count, sizeof(struct record *));
    build->id_taken = arena_array(&build->scratch, count, sizeof *build->id_taken);
    struct digests digests = digests_new(&build->scratch, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct shelf_file *from = &build->view->files[i];
        uint32_t article = article_of(build, &digests, i);
        catalogue->files[i] = (struct catalogue_file){
            .path = from->path,
            .root = from->root,
            .article = article,
            .subject = article == CATALOGUE_NONE || !from->record->subject
                           ? 0
                           : names_add(&build->subjects, from->record->subject),
            .stamp = from->record->stamp,
        };
    }
}

/* The files of each article: counted, then filled in file order. */
static void group_files(struct build *build)
{
    struct catalogue *catalogue = build->catalogue;
    struct rows *rows = &catalogue->article_files;
    rows->starts = arena_array(&catalogue->arena, (size_t)catalogue->count + 1, sizeof *rows->starts);
    for (uint32_t i = 0; i < catalogue->file_count; i++)
        if (catalogue->files[i].article != CATALOGUE_NONE)
            rows->starts[catalogue->files[i].article + 1]++;
    size_t *ends = arena_array(&build->scratch, catalogue->count, sizeof *ends);
    for (uint32_t i = 0; i < catalogue->count; i++) {
        ends[i] = rows->starts[i];
        rows->starts[i + 1] += rows->starts[i];
    }
    rows->items = arena_array(&catalogue->arena, rows->starts[catalogue->count], sizeof *rows->items);
    for (uint32_t i = 0; i < catalogue->file_count; i++)
        if (catalogue->files[i].article != CATALOGUE_NONE)
            rows->items[ends[catalogue->files[i].article]++] = i;
}

/* Each article's subjects, those of all its files, each once. */
static void add_subjects(struct build *build)
{
    struct catalogue *catalogue = build->catalogue;
    const struct rows *files = &catalogue->article_files;
    struct rows *rows = &catalogue->subjects;
    uint32_t *last_article = numbers_none(&build->scratch, build->subjects.count);
    rows->starts = arena_array(&catalogue->arena, (size_t)catalogue->count + 1, sizeof *rows->starts);
    rows->items = arena_array(&catalogue->arena, files->starts[catalogue->count], sizeof *rows->items);
    size_t end = 0;
    for (uint32_t article = 0; article < catalogue->count; article++) {
        for (size_t i = files->starts[article]; i < files->starts[article + 1]; i++) {
            uint32_t subject = catalogue->files[files->items[i]].subject;
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
    struct catalogue *catalogue = build->catalogue;
    struct names names;
    names_start(&names, &build->scratch, catalogue->symbol_count);
    size_t total = 0;
    for (uint32_t i = 0; i < catalogue->count; i++)
        total += catalogue->articles[i]->keyword_count;
    struct rows *rows = &catalogue->keywords;
    rows->starts = arena_array(&catalogue->arena, (size_t)catalogue->count + 1, sizeof *rows->starts);
    rows->items = arena_array(&catalogue->arena, total, sizeof *rows->items);
    uint32_t *last_article = numbers_none(&build->scratch, catalogue->symbol_count);
    size_t end = 0;
    for (uint32_t article = 0; article < catalogue->count; article++) {
        const struct record *record = catalogue->articles[article];
        for (uint32_t i = 0; i < record->keyword_count; i++) {
            uint32_t keyword = names_add(&names, record->keywords[i]);
            if (last_article[keyword] == article)
                continue;
            last_article[keyword] = article;
            rows->items[end++] = keyword;
        }
        rows->starts[article + 1] = end;
    }
    catalogue->keyword_names = names_finish(&names, &catalogue->arena);
    catalogue->keyword_count = names.count;
}

static void add_skip(struct catalogue *catalogue, const struct shelf_skip *skip)
{
    catalogue->problems[catalogue->problem_count++] = (struct catalogue_problem){
        .root = skip->root,
        .path = skip->path,
        .article = CATALOGUE_NONE,
        .skipped = true,
        .expected = skip->expected,
        .severity = ARTICLE_WARNING,
        .message = skip->reason,
    };
}

static void add_id_warning(struct build *build, uint32_t file)
{
    struct catalogue *catalogue = build->catalogue;
    const struct record *record = build->view->files[file].record;
    uint32_t first = catalogue->by_id[record->id->number];
    uint32_t first_file = catalogue->article_files.items[catalogue->article_files.starts[first]];
    catalogue->problems[catalogue->problem_count++] = (struct catalogue_problem){
        .root = catalogue->files[file].root,
        .path = catalogue->files[file].path,
        .line = record->id_line,
        .column = record->id_column,
        .article = catalogue->files[file].article,
        .id_taken = true,
        .severity = ARTICLE_WARNING,
        .message = arena_printf(&catalogue->arena, "id %.*s is already used by %.*s with another text",
                                STR_ARG(symbol_str(record->id)), STR_ARG(catalogue->files[first_file].path)),
    };
}

static void add_file_problems(struct build *build, uint32_t file)
{
    struct catalogue *catalogue = build->catalogue;
    const struct record *record = build->view->files[file].record;
    if (build->id_taken[file])
        add_id_warning(build, file);
    for (uint32_t i = 0; i < record->problem_count; i++) {
        const struct article_problem *problem = &record->problems[i];
        catalogue->problems[catalogue->problem_count++] = (struct catalogue_problem){
            .root = catalogue->files[file].root,
            .path = catalogue->files[file].path,
            .line = problem->line,
            .column = problem->column,
            .article = catalogue->files[file].article,
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
    struct catalogue *catalogue = build->catalogue;
    const struct shelf_view *view = build->view;
    size_t total = view->skip_count + build->warning_count;
    for (uint32_t i = 0; i < view->file_count; i++)
        total += view->files[i].record->problem_count;
    catalogue->problems = arena_array(&catalogue->arena, total, sizeof *catalogue->problems);
    size_t skip = 0;
    for (uint32_t i = 0; i < view->file_count; i++) {
        for (; skip < view->skip_count && view->skips[skip].place < view->files[i].place; skip++)
            add_skip(catalogue, &view->skips[skip]);
        add_file_problems(build, i);
    }
    for (; skip < view->skip_count; skip++)
        add_skip(catalogue, &view->skips[skip]);
}

struct catalogue *catalogue_build(struct shelf *shelf, const struct shelf_view *view)
{
    struct catalogue *catalogue = mem_calloc(1, sizeof *catalogue);
    atomic_init(&catalogue->references, 1);
    catalogue->shelf = shelf_keep(shelf);
    struct build build = {.catalogue = catalogue, .view = view};

    struct symbol *unsorted = symbols_add(shelf_symbols(shelf), STR("Unsorted"));
    symbols_folded(shelf_symbols(shelf), unsorted);
    catalogue->symbol_count = symbols_count(shelf_symbols(shelf));
    catalogue->by_id = numbers_none(&catalogue->arena, catalogue->symbol_count);
    catalogue->by_url = numbers_none(&catalogue->arena, catalogue->symbol_count);
    build.by_title = numbers_none(&build.scratch, catalogue->symbol_count);
    names_start(&build.subjects, &build.scratch, catalogue->symbol_count);
    names_add(&build.subjects, unsorted); /* number 0 */

    add_files(&build);
    group_files(&build);
    add_subjects(&build);
    add_keywords(&build);
    add_problems(&build);
    links_resolve(catalogue, &build.subjects, build.by_title, &build.scratch);
    catalogue->subject_names = names_finish(&build.subjects, &catalogue->arena);
    catalogue->subject_names[0] = STR("Unsorted");
    catalogue->subject_count = build.subjects.count;
    arena_free(&build.scratch);
    return catalogue;
}
