/* lectern related: what is linked with an article. */
#include <string.h>

#include "cmd.h"
#include "lectern/graph.h"
#include "lectern/json.h"
#include "lectern/question_similar.h"
#include "lectern/term.h"

/* As many as one looks at. */
#define MOST_SIMILAR 10

/* Cells of the kinds and the space behind them. */
#define MARGIN 9

struct output {
    const struct cmd_opened *opened;
    enum text_charset charset;
    bool json;
    struct term_pen *pen;
    size_t count;
};

struct entry {
    const char *kind;
    struct str id, title, subject, path;
    bool missing;
};

static struct entry describe(const struct output *output, const char *kind, uint32_t target,
                             struct arena *arena)
{
    const struct catalogue *catalogue = output->opened->parts.catalogue;
    struct entry entry = {
        .kind = kind,
        .id = catalogue_id(catalogue, target),
        .title = catalogue_title(catalogue, target),
        .missing = catalogue_is_missing(catalogue, target),
    };
    if (catalogue_count_subjects(catalogue, target))
        entry.subject = catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, target, 0));
    if (!entry.missing) {
        struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, target, 0));
        entry.path = library_path(output->opened->library, file.root, file.path, arena);
    }
    return entry;
}

static void print_json(const struct output *output, const struct entry *entry)
{
    struct buf line = {0};
    buf_printf(&line, "{\"kind\":\"%s\",", entry->kind);
    json_add_string(&line, "id", entry->id, output->charset);
    buf_add_byte(&line, ',');
    json_add_string(&line, "title", entry->title, output->charset);
    buf_add_byte(&line, ',');
    json_add_string(&line, "subject", entry->subject, output->charset);
    buf_add_byte(&line, ',');
    if (entry->missing)
        buf_add(&line, STR("\"path\":null"));
    else
        json_add_string(&line, "path", entry->path, output->charset);
    buf_add(&line, STR("}\n"));
    fwrite(line.at, 1, line.len, stdout);
    buf_free(&line);
}

static void write_looking(const struct output *output, style look, struct str text)
{
    term_pen_set(output->pen, look);
    cmd_write(stdout, text, output->charset);
    term_pen_set(output->pen, STYLE_TEXT);
}

/* The title, and below it the rest of what is known. */
static void print_text(const struct output *output, const struct entry *entry)
{
    const struct str parts[] = {entry->id, entry->subject, entry->path};
    struct buf line = {0};
    for (size_t i = 0; i < 3; i++)
        if (parts[i].len)
            buf_printf(&line, "%s%.*s", line.len ? ", " : "", STR_ARG(parts[i]));
    printf("%-*s", MARGIN, entry->kind);
    write_looking(output, entry->missing ? STYLE_LINK_MISSING : STYLE_TITLE, entry->title);
    printf("\n%*s", MARGIN, "");
    write_looking(output, STYLE_DIM, buf_str(&line));
    putchar('\n');
    buf_free(&line);
}

static void print(struct output *output, const char *kind, uint32_t target)
{
    struct arena arena = {0};
    struct entry entry = describe(output, kind, target, &arena);
    output->count++;
    if (output->json)
        print_json(output, &entry);
    else
        print_text(output, &entry);
    arena_free(&arena);
}

static void print_neighbours(struct output *output, uint32_t target, struct arena *arena)
{
    const struct catalogue *catalogue = output->opened->parts.catalogue;
    const struct graph_link *links;
    size_t count = graph_neighbours(catalogue, target, arena, &links);
    for (size_t i = 0; i < count; i++)
        if ((links[i].direction & GRAPH_OUT) && !catalogue_is_missing(catalogue, links[i].target))
            print(output, "out", links[i].target);
    for (size_t i = 0; i < count; i++)
        if (links[i].direction & GRAPH_IN)
            print(output, "in", links[i].target);
    for (size_t i = 0; i < count; i++)
        if (catalogue_is_missing(catalogue, links[i].target))
            print(output, "missing", links[i].target);
}

/* What says much the same, but is not linked. */
static void print_similar(struct output *output, uint32_t target, struct arena *arena)
{
    struct segments *segments = index_parts_segments(&output->opened->parts);
    struct search_scratch *scratch = search_scratch_new();
    struct search_results results;
    question_find_similar(output->opened->parts.catalogue, segments, target, MOST_SIMILAR, NULL, scratch,
                          arena, &results);
    for (size_t i = 0; i < results.count; i++)
        print(output, "similar", results.hits[i].article);
    search_scratch_free(scratch);
    segments_release(segments);
}

static void print_all(struct output *output, uint32_t target)
{
    struct arena arena = {0};
    struct graph_set set;
    print_neighbours(output, target, &arena);
    graph_find_set(output->opened->parts.catalogue, target, &arena, &set);
    for (size_t i = 0; i < set.count; i++)
        if (set.articles[i] != target)
            print(output, "set", set.articles[i]);
    print_similar(output, target, &arena);
    arena_free(&arena);
}

static int related(const char *name, bool json, const struct cmd_context *context)
{
    struct err err;
    struct cmd_opened opened;
    uint32_t target;
    if (cmd_open_article(context, name, &opened, &target, &err) != 0)
        return cmd_fail(&err, context->charset);
    struct output output = {.opened = &opened, .charset = context->charset, .json = json};
    output.pen = json ? NULL : term_pen_new(context->colour);
    print_all(&output, target);
    term_pen_free(output.pen);
    cmd_close(&opened);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return output.count ? 0 : 1;
    err_set(&err, ERR_SYSTEM, "related: the list could not be written whole");
    return cmd_fail(&err, context->charset);
}

int cmd_related(const struct cmd_call *call, const struct cmd_context *context)
{
    return related(call->words[0], cmd_given(call, CMD_RELATED_JSON), context);
}
