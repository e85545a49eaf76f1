/* lectern search: what a query finds in a library. */
#include <string.h>

#include "cmd.h"
#include "lectern/query.h"
#include "search_output.h"

#define USAGE "usage: lectern -l PATH... search [-n N] [--json|--explain] QUERY"

/* As many as one looks at. */
#define USUAL_HITS 20

struct wishes {
    size_t limit;
    bool json, explain;
    struct str query;
};

static int usage(const struct cmd_context *context, const char *what, const char *which)
{
    struct err err;
    err_set(&err, ERR_USAGE, "search: %s%.60s; " USAGE, what, which);
    return cmd_fail(&err, context->charset);
}

/* -n N or -nN. The number of arguments that it takes, or 0 if it is wrong. */
static int take_limit(struct wishes *wishes, int argc, char **argv, int at)
{
    bool joined = argv[at][2] != '\0';
    uint64_t limit;
    const char *value = joined ? argv[at] + 2 : at + 1 < argc ? argv[at + 1] : "";
    if (!str_to_u64(str_from(value), &limit) || limit == 0 || limit > UINT32_MAX)
        return 0;
    wishes->limit = (size_t)limit;
    return joined ? 1 : 2;
}

/* The options of this command; `*at` gets the number of the first word of the query. */
static int take_options(struct wishes *wishes, int argc, char **argv, int *at,
                        const struct cmd_context *context)
{
    int i = 1;
    while (i < argc && argv[i][0] == '-' && strcmp(argv[i], "--") != 0) {
        int taken = 1;
        if (strcmp(argv[i], "--json") == 0)
            wishes->json = true;
        else if (strcmp(argv[i], "--explain") == 0)
            wishes->explain = true;
        else if (strncmp(argv[i], "-n", 2) == 0)
            taken = take_limit(wishes, argc, argv, i);
        else
            return usage(context, "unknown option (a query that begins with - stands behind --) ", argv[i]);
        if (!taken)
            return usage(context, "-n needs a number of hits", "");
        i += taken;
    }
    *at = i < argc && strcmp(argv[i], "--") == 0 ? i + 1 : i;
    if (wishes->json && wishes->explain)
        return usage(context, "--json and --explain exclude each other", "");
    return 0;
}

/* The query, and a mark below the character with that number. */
static void mark_place(struct str query, size_t column, enum text_charset charset)
{
    struct arena arena = {0};
    struct str safe = text_safe(&arena, query, charset, false), rest = query;
    struct text_glyph glyph;
    for (size_t i = 1; i < column && text_next(&rest, charset, &glyph); i++)
        continue;
    size_t before = text_width(str_slice(query, 0, query.len - rest.len), charset);
    fprintf(stderr, "  %.*s\n  %*s^\n", STR_ARG(safe), (int)before, "");
    arena_free(&arena);
}

static int fail_query(const struct err *wrong, struct str query, enum text_charset charset)
{
    struct err err;
    err_set(&err, wrong->kind, "search: %s (at character %zu of the query)", wrong->message, wrong->column);
    int status = cmd_fail(&err, charset);
    mark_place(query, wrong->column, charset);
    return status;
}

static void tell_corrections(const struct search_results *results, enum text_charset charset)
{
    struct buf line = {0};
    struct err err;
    for (size_t i = 0; i < results->correction_count; i++) {
        buf_clear(&line);
        search_write_correction(&results->corrections[i], &line);
        err_set(&err, ERR_NOT_FOUND, "search: %s", buf_cstr(&line));
        cmd_tell(&err, charset);
    }
    buf_free(&line);
}

/* Not all was looked at. */
static void tell_limit(const struct err *limit, enum text_charset charset)
{
    struct err err;
    err_set(&err, ERR_LIMIT, "search: %s", limit->message);
    cmd_tell(&err, charset);
}

static int print(const struct search_output *output, const struct wishes *wishes)
{
    struct err err;
    if (wishes->json)
        search_print_json(output);
    else
        search_print(output, wishes->explain);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return output->results->total ? 0 : 1;
    err_set(&err, ERR_SYSTEM, "search: the results could not be written whole");
    return cmd_fail(&err, output->charset);
}

static int find(const struct cmd_opened *opened, const struct query *query, const struct wishes *wishes,
                const struct cmd_context *context, struct arena *arena)
{
    struct search_results results;
    struct segments *segments = index_parts_segments(&opened->parts);
    struct search_scratch *scratch = search_scratch_new();
    search_run(opened->parts.catalogue, segments, query, wishes->limit, NULL, scratch, arena, &results);
    struct search_output output = {
        .opened = opened,
        .segments = segments,
        .scratch = scratch,
        .query = query,
        .results = &results,
        .charset = context->charset,
        .pen = wishes->json ? NULL : term_pen_new(context->colour),
    };
    const struct err *problem = &results.problem;
    int status;
    if (problem->kind != ERR_NONE && problem->kind != ERR_LIMIT) {
        status = fail_query(problem, wishes->query, context->charset);
    } else {
        tell_corrections(&results, context->charset);
        status = print(&output, wishes);
        if (problem->kind == ERR_LIMIT)
            tell_limit(problem, context->charset);
    }
    term_pen_free(output.pen);
    search_scratch_free(scratch);
    segments_release(segments);
    return status;
}

/* A wrong query is told of before the library is looked at. */
static int search(const struct wishes *wishes, const struct cmd_context *context)
{
    struct err err;
    struct arena arena = {0};
    struct query query;
    struct cmd_opened opened;
    int status;
    if (query_parse(&arena, wishes->query, false, &query, &err) != 0) {
        status = fail_query(&err, wishes->query, context->charset);
    } else if (cmd_open(context, &opened, &err) != 0) {
        status = cmd_fail(&err, context->charset);
    } else {
        status = find(&opened, &query, wishes, context, &arena);
        cmd_close(&opened);
    }
    arena_free(&arena);
    return status;
}

int cmd_search(int argc, char **argv, const struct cmd_context *context)
{
    struct wishes wishes = {.limit = USUAL_HITS};
    struct buf query = {0};
    int at = argc, status = take_options(&wishes, argc, argv, &at, context);
    if (status != 0)
        return status;
    if (context->library_count == 0)
        return usage(context, "no library given", "");
    if (at == argc)
        return usage(context, "no QUERY given", "");
    for (int i = at; i < argc; i++) {
        buf_add(&query, i > at ? STR(" ") : STR(""));
        buf_add(&query, str_from(argv[i]));
    }
    wishes.query = buf_str(&query);
    status = search(&wishes, context);
    buf_free(&query);
    return status;
}
