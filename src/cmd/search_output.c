#include "search_output.h"

/* Columns before what is told of a hit, and cells of a snippet where there is no terminal. */
#define MARGIN     4
#define PIPE_CELLS 120

struct search_found search_describe(const struct search_output *output, const struct search_hit *hit,
                                    size_t cells, struct arena *arena)
{
    const struct catalogue *catalogue = output->opened->parts.catalogue;
    struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, hit->article, 0));
    struct search_found found = {
        .id = catalogue_id(catalogue, hit->article),
        .title = catalogue_title(catalogue, hit->article),
        .path = library_path(output->opened->library, file.root, file.path, arena),
        .field = search_field_name(hit->field),
    };
    if (catalogue_count_subjects(catalogue, hit->article))
        found.subject = catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, hit->article, 0));
    struct str text = search_text(output->scratch, output->segments, hit->article);
    bool formulas = output->charset == TEXT_UTF8 && catalogue_kind(catalogue, hit->article) != ARTICLE_PLAIN;
    found.snippet = search_snippet(arena, output->results->marks, text, cells, formulas, &found.marks);
    return found;
}

static void write_looking(const struct search_output *output, style look, struct str text)
{
    if (text.len == 0)
        return;
    term_pen_set(output->pen, look);
    cmd_write(stdout, text, output->charset);
    term_pen_set(output->pen, STYLE_TEXT);
}

/* With the words of the query marked. */
static void write_marked(const struct search_output *output, style look, enum index_field field,
                         struct str text)
{
    struct arena arena = {0};
    const struct search_mark *places;
    size_t count = 0, shown = 0;
    if (output->pen)
        count = search_find_marks(&arena, output->results->marks, field, text, SIZE_MAX, &places);
    for (size_t i = 0; i < count; i++) {
        write_looking(output, look, str_slice(text, shown, places[i].start));
        write_looking(output, look | STYLE_STRONG | STYLE_UNDERLINE,
                      str_slice(text, places[i].start, places[i].end));
        shown = places[i].end;
    }
    write_looking(output, look, str_slice(text, shown, text.len));
    putchar('\n');
    arena_free(&arena);
}

/* Medicine (title, 12 in the text) */
static void write_why(const struct search_output *output, const struct search_found *found)
{
    struct buf line = {0};
    buf_add(&line, found->subject);
    if (found->field)
        buf_printf(&line, " (%s", found->field);
    if (found->field && found->marks)
        buf_printf(&line, ", %zu in the text", found->marks);
    if (found->field)
        buf_add_byte(&line, ')');
    write_looking(output, STYLE_META, buf_str(&line));
    putchar('\n');
    buf_free(&line);
}

static void write_hit(const struct search_output *output, size_t rank, bool explain)
{
    const struct search_hit *hit = &output->results->hits[rank];
    size_t columns = output->pen ? term_pen_columns() : 0;
    size_t cells = columns > 4 * MARGIN ? columns - MARGIN : PIPE_CELLS;
    struct arena arena = {0};
    struct search_found found = search_describe(output, hit, cells, &arena);
    printf("%3zu ", rank + 1);
    write_marked(output, STYLE_TITLE, INDEX_TITLE, found.title);
    printf("%*s", MARGIN, "");
    write_why(output, &found);
    if (found.snippet.len) {
        printf("%*s", MARGIN, "");
        write_marked(output, STYLE_TEXT, INDEX_TEXT, found.snippet);
    }
    printf("%*s", MARGIN, "");
    write_looking(output, STYLE_DIM, found.path);
    putchar('\n');
    if (explain)
        search_explain_hit(hit);
    arena_free(&arena);
}

static void write_sum(const struct search_output *output)
{
    const struct search_results *results = output->results;
    struct buf line = {0};
    if (results->total == 0)
        buf_printf(&line, "nothing found");
    else
        buf_printf(&line, "%zu found", results->total);
    if (results->count < results->total)
        buf_printf(&line, ", %zu shown", results->count);
    write_looking(output, STYLE_META, buf_str(&line));
    putchar('\n');
    buf_free(&line);
}

void search_print(const struct search_output *output, bool explain)
{
    if (explain)
        search_explain_query(output);
    for (size_t i = 0; i < output->results->count; i++) {
        write_hit(output, i, explain);
        putchar('\n');
    }
    write_sum(output);
}
