#include "lectern/printout.h"

#include "document.h"
#include "reading.h"

static void tell_lines(const struct printout *printout, const struct layout *layout)
{
    for (size_t i = 0; i < layout->line_count; i++)
        printout->line(printout->context, &layout->lines[i]);
}

static void print_text(const struct printout *printout, struct arena *arena, struct str text, style look)
{
    struct layout layout;
    struct layout_options options = {.width = printout->width, .charset = printout->charset};
    layout_build_text(arena, text, look, &options, &layout);
    tell_lines(printout, &layout);
}

static void print_part(const struct printout *printout, struct reading *reading,
                       const struct session *session)
{
    struct layout layout;
    struct document_links links = {0};
    struct layout_options options = {.width = printout->width,
                                     .charset = printout->charset,
                                     .justify = printout->justify,
                                     .open_folds = UINT64_MAX};
    const struct node *root = catalogue_is_missing(printout->catalogue, printout->target)
                                  ? document_build_missing(reading, session, &links)
                                  : document_build(reading, session, false, &links);
    layout_build(&reading->layout_arena, root, &options, &layout);
    tell_lines(printout, &layout);
}

static void print_article(const struct printout *printout)
{
    static const struct layout_line blank = {0};
    struct session session = {
        .library = printout->library,
        .catalogue = printout->catalogue,
        .charset = printout->charset,
        .column_width = printout->width,
    };
    struct reading reading = {.target = CATALOGUE_NONE, .link = PAGER_NONE};
    reading_open(&reading, &session, printout->target); /* without a pane it is only read */
    print_text(printout, &reading.layout_arena, reading.title, STYLE_TITLE);
    print_text(printout, &reading.layout_arena, reading.meta, STYLE_META);
    for (size_t part = 0; part == 0 || part < reading.parts.count; part++) {
        if (part)
            reading_parse_part(&reading, part);
        arena_reset(&reading.layout_arena);
        printout->line(printout->context, &blank);
        print_part(printout, &reading, &session);
    }
    reading_free(&reading);
}

int printout_run(const struct printout *printout, struct err *err)
{
    const struct catalogue *catalogue = printout->catalogue;
    struct arena arena = {0};
    struct str source = {0};
    int status = 0;
    if (!catalogue_is_missing(catalogue, printout->target))
        status = library_read_source(printout->library, catalogue,
                                     catalogue_file_of(catalogue, printout->target, 0), &arena, &source, err);
    if (status >= 0 && printout->source)
        print_text(printout, &arena, source, STYLE_CODE_BLOCK);
    else if (status >= 0)
        print_article(printout);
    arena_free(&arena);
    return status < 0 ? -1 : 0;
}
