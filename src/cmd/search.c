/* lectern search: what a query finds in a library. */
#include <string.h>

#include "cmd.h"
#include "lectern/query.h"
#include "search_output.h"

/* As many as one looks at. */
#define USUAL_HITS 20

struct wishes {
    size_t limit;
    bool json, explain;
    struct str query;
};

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

int cmd_search(const struct cmd_call *call, const struct cmd_context *context)
{
    struct wishes wishes = {.limit = USUAL_HITS,
                            .json = cmd_given(call, CMD_SEARCH_JSON),
                            .explain = cmd_given(call, CMD_SEARCH_EXPLAIN)};
    struct buf query = {0};
    uint64_t limit = USUAL_HITS;
    if (cmd_given(call, CMD_SEARCH_LIMIT) &&
        (!str_to_u64(str_from(call->values[CMD_SEARCH_LIMIT]), &limit) || !limit || limit > UINT32_MAX))
        return cmd_misused(call, context, "-n needs a number of hits");
    if (wishes.json && wishes.explain)
        return cmd_misused(call, context, "--json and --explain exclude each other");
    if (context->library_count == 0)
        return cmd_misused(call, context, "no library given: -l names one");
    for (size_t i = 0; i < call->count; i++)
        buf_printf(&query, "%s%s", i ? " " : "", call->words[i]);
    wishes.limit = (size_t)limit;
    wishes.query = buf_str(&query);
    int status = search(&wishes, context);
    buf_free(&query);
    return status;
}
