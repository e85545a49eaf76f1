#include "lectern/check.h"

#include "lectern/arena.h"
#include "roots_walk.h"

struct check {
    const struct library *library;
    const struct catalogue *catalogue;
    check_report *report;
    void *context;
    struct arena scratch; /* paths and messages of one entry */
    size_t problems;
    size_t next_problem; /* of the catalogue */
};

static void tell(struct check *check, struct check_entry *entry)
{
    check->problems += entry->kind != CHECK_NO_PROBLEM;
    check->report(check->context, entry);
}

static enum check_kind kind_of(const struct catalogue_problem *problem)
{
    if (problem->skipped)
        return problem->expected ? CHECK_NO_PROBLEM : CHECK_UNREAD;
    return problem->id_taken ? CHECK_ID_TAKEN : CHECK_FAULT;
}

/* A problem as the catalogue has it. */
static void tell_problem(struct check *check, const struct catalogue_problem *problem)
{
    tell(check, &(struct check_entry){
                    .verdict = problem->skipped ? CHECK_SKIPPED : CHECK_WARNING,
                    .path = library_path(check->library, problem->root, problem->path, &check->scratch),
                    .line = problem->line,
                    .column = problem->column,
                    .message = problem->message,
                    .kind = kind_of(problem),
                    .named = !check->library->roots[problem->root].folder,
                });
}

static int compare_places(const struct catalogue_problem *problem, const struct catalogue_file *file)
{
    return roots_compare(problem->root, problem->path, file->root, file->path);
}

/* Links to articles that are not there; they belong to the file that is read. Returns how many. */
static size_t tell_missing_links(struct check *check, uint32_t article, struct str path)
{
    const struct catalogue *catalogue = check->catalogue;
    size_t missing = 0;
    for (size_t i = 0; i < catalogue_count_links(catalogue, article); i++) {
        struct catalogue_link link = catalogue_link_of(catalogue, article, i);
        uint32_t target = link.target;
        if (!catalogue_is_missing(catalogue, target))
            continue;
        struct str id = catalogue_id(catalogue, target);
        struct str title = catalogue_title(catalogue, target);
        struct str message =
            id.len ? arena_printf(&check->scratch,
                                  "related article %u is not in this library: \"%.*s\" (id %.*s)",
                                  (unsigned)link.number, STR_ARG(title), STR_ARG(id))
                   : arena_printf(&check->scratch, "related article %u is not in this library: \"%.*s\"",
                                  (unsigned)link.number, STR_ARG(title));
        tell(check, &(struct check_entry){
                        .verdict = CHECK_WARNING,
                        .path = path,
                        .line = link.line,
                        .column = link.column,
                        .message = message,
                        .kind = CHECK_MISSING_LINK,
                    });
        missing++;
    }
    return missing;
}

static void tell_other_place(struct check *check, uint32_t article, uint32_t first, struct str path)
{
    struct catalogue_file other = catalogue_file(check->catalogue, first);
    struct str where = library_path(check->library, other.root, other.path, &check->scratch);
    struct str message =
        arena_printf(&check->scratch, "id %.*s stands in %.*s too, with the same text: both are one article",
                     STR_ARG(catalogue_id(check->catalogue, article)), STR_ARG(where));
    tell(check, &(struct check_entry){
                    .verdict = CHECK_WARNING,
                    .path = path,
                    .message = message,
                    .kind = CHECK_FILED_TWICE,
                });
}

static void check_file(struct check *check, uint32_t number)
{
    const struct catalogue *catalogue = check->catalogue;
    struct catalogue_file file = catalogue_file(catalogue, number);
    struct str path = library_path(check->library, file.root, file.path, &check->scratch);
    size_t told = 0;
    for (; check->next_problem < catalogue_problem_count(catalogue); check->next_problem++, told++) {
        struct catalogue_problem problem = catalogue_problem(catalogue, check->next_problem);
        if (compare_places(&problem, &file) != 0)
            break;
        tell_problem(check, &problem);
    }
    if (file.article != CATALOGUE_NONE) {
        uint32_t first = catalogue_file_of(catalogue, file.article, 0);
        if (first == number) {
            told += tell_missing_links(check, file.article, path);
        } else {
            tell_other_place(check, file.article, first, path);
            told++;
        }
    }
    if (told == 0)
        tell(check, &(struct check_entry){.verdict = CHECK_OK, .path = path});
    arena_reset(&check->scratch);
}

/* The entries that the walk skipped before it met this file; after the last one with NULL. */
static void check_skipped(struct check *check, const struct catalogue_file *file)
{
    const struct catalogue *catalogue = check->catalogue;
    for (; check->next_problem < catalogue_problem_count(catalogue); check->next_problem++) {
        struct catalogue_problem problem = catalogue_problem(catalogue, check->next_problem);
        if (file && compare_places(&problem, file) >= 0)
            return;
        tell_problem(check, &problem);
        arena_reset(&check->scratch);
    }
}

size_t check_run(const struct library *library, const struct catalogue *catalogue, check_report *report,
                 void *context)
{
    struct check check = {.library = library, .catalogue = catalogue, .report = report, .context = context};
    for (uint32_t i = 0; i < catalogue_file_count(catalogue); i++) {
        struct catalogue_file file = catalogue_file(catalogue, i);
        check_skipped(&check, &file);
        check_file(&check, i);
    }
    check_skipped(&check, NULL);
    arena_free(&check.scratch);
    return check.problems;
}
