/* lectern show: one article as the reader sets it. */
#include <string.h>

#include "cmd.h"
#include "lectern/options.h"
#include "lectern/printout.h"
#include "lectern/term.h"

#define USUAL_WIDTH 80

struct wishes {
    size_t width;
    bool plain, source;
    const char *name; /* of a file, or an id */
};

struct output {
    struct term_pen *pen;
    enum text_charset charset;
};

static void print_line(void *context, const struct layout_line *line)
{
    struct output *output = context;
    struct arena arena = {0};
    size_t column = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        if (span->column > column) {
            term_pen_set(output->pen, STYLE_TEXT);
            printf("%*s", (int)(span->column - column), "");
        }
        struct str text = text_safe(&arena, span->text, output->charset, false);
        term_pen_set(output->pen, span->style);
        fwrite(text.at, 1, text.len, stdout);
        column = span->column + span->width;
    }
    term_pen_set(output->pen, STYLE_TEXT);
    putchar('\n');
    arena_free(&arena);
}

static int print(struct library *library, struct catalogue *catalogue, uint32_t target,
                 const struct wishes *wishes, const struct cmd_context *context)
{
    struct err err = {0};
    struct output output = {.charset = context->charset};
    if (!wishes->plain)
        output.pen = term_pen_new(context->colour);
    struct printout printout = {
        .library = library,
        .catalogue = catalogue,
        .target = target,
        .width = wishes->width,
        .charset = context->charset,
        .source = wishes->source,
        .justify = context->justify,
        .context = &output,
        .line = print_line,
    };
    int status = printout_run(&printout, &err);
    term_pen_free(output.pen);
    if (status == 0 && (fflush(stdout) != 0 || ferror(stdout)))
        status = err_set(&err, ERR_SYSTEM, "the article could not be written whole");
    return status == 0 ? 0 : cmd_fail(&err, context->charset);
}

/* The exit status, or -1 if no article of the libraries has that id. */
static int show_id(const struct wishes *wishes, const struct cmd_context *context)
{
    struct err err;
    struct cmd_opened opened;
    if (cmd_open(context, &opened, &err) != 0)
        return cmd_fail(&err, context->charset);
    struct catalogue *catalogue = opened.parts.catalogue;
    uint32_t target = catalogue_find_id(catalogue, str_from(wishes->name));
    int status = -1;
    if (target != CATALOGUE_NONE)
        status = print(opened.library, catalogue, target, wishes, context);
    cmd_close(&opened);
    return status;
}

static int show_file(const struct wishes *wishes, const struct cmd_context *context)
{
    struct err err = {0};
    struct library *library = library_open(&wishes->name, 1, &err);
    struct catalogue *catalogue = library ? library_scan(library, &(struct library_scan){0}, &err) : NULL;
    uint32_t count = catalogue ? catalogue_article_count(catalogue) : 0;
    int status;
    if (count == 1) {
        status = print(library, catalogue, 0, wishes, context);
    } else {
        if (catalogue)
            err_set(&err, ERR_KIND, "show: %s holds %u articles; name one file", wishes->name,
                    (unsigned)count);
        status = cmd_fail(&err, context->charset);
    }
    catalogue_release(catalogue);
    library_close(library);
    return status;
}

int cmd_show(const struct cmd_call *call, const struct cmd_context *context)
{
    struct wishes wishes = {
        .width = context->width ? context->width : USUAL_WIDTH,
        .plain = cmd_given(call, CMD_SHOW_PLAIN),
        .source = cmd_given(call, CMD_SHOW_SOURCE),
        .name = call->words[0],
    };
    int status = context->library_count ? show_id(&wishes, context) : -1;
    return status >= 0 ? status : show_file(&wishes, context);
}
