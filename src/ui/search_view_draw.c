#include "count.h"
#include "search_view_inside.h"
#include "status.h"

#define QUERY_COLUMN 3

/* From so many a result says why it was found. */
#define REASON_COLUMNS 50

size_t search_view_pane_top(const struct search_view *search)
{
    return search->rows >= 6 ? 2 : 1;
}

size_t search_view_pane_rows(const struct search_view *search)
{
    size_t around = search->rows >= 6 ? 4 : 2;
    return search->rows > around ? search->rows - around : 1;
}

size_t search_view_result_columns(const struct search_view *search)
{
    return search->columns < SEARCH_SPLIT_COLUMNS ? search->columns : search->columns / 2;
}

const struct search_hit *search_view_selected_hit(const struct search_view *search)
{
    return search->answer && search->list.count ? &search->answer->results.hits[search->list.selected] : NULL;
}

/* Text with the query's words marked. */
static void draw_marked(const struct search_view *search, struct grid *grid, enum index_field field,
                        size_t row, size_t column, size_t cells, struct str text, style look)
{
    grid_put(grid, row, column, cells, text, look);
    struct arena arena = {0};
    const struct search_mark *places;
    size_t count = search_find_marks(&arena, search->answer->results.marks, field, text, cells, &places);
    for (size_t i = 0; i < count; i++) {
        size_t from = text_width(str_slice(text, 0, places[i].start), grid->charset);
        size_t width = text_width(str_slice(text, places[i].start, places[i].end), grid->charset);
        if (from < cells)
            grid_mark(grid, row, column + from, 1, from + width > cells ? cells - from : width,
                      STYLE_STRONG | STYLE_UNDERLINE);
    }
    arena_free(&arena);
}

/* A snippet for fewer cells than it was made for: cut before its first mark, if that would be out of sight. */
static struct str fit_snippet(const struct search_view *search, struct str snippet, size_t cells,
                              enum text_charset charset, struct arena *arena)
{
    const struct search_mark *first;
    const struct search_marks *marks = search->answer->results.marks;
    if (search_find_marks(arena, marks, INDEX_TEXT, snippet, 1, &first) == 0 ||
        text_width(str_slice(snippet, 0, first->end), charset) < cells)
        return text_elide(arena, snippet, charset, cells);
    size_t at = first->start;
    for (size_t begin = at; begin > 0; begin--) {
        if (snippet.at[begin - 1] != ' ')
            continue;
        if (text_width(str_slice(snippet, begin, first->end), charset) > cells / 2)
            break;
        at = begin;
    }
    struct str rest = arena_printf(arena, "…%.*s", STR_ARG(str_slice(snippet, at, snippet.len)));
    return text_elide(arena, rest, charset, cells);
}

/* The subject; where there is room also the field, and how often the text has what was looked for: Medicine (title, 12). */
static struct str reason_of(const struct search_view *search, const struct session *session, size_t hit,
                            struct arena *arena)
{
    const struct search_hit *found = &search->answer->results.hits[hit];
    const struct catalogue *catalogue = session->catalogue;
    const char *field = search_field_name(found->field);
    size_t marks = search->answer->extracts[hit].marks;
    struct str subject =
        catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, found->article, 0));
    if (!field || search->titles || search_view_result_columns(search) < REASON_COLUMNS)
        return subject;
    return marks ? arena_printf(arena, "%.*s (%s, %zu)", STR_ARG(subject), field, marks)
                 : arena_printf(arena, "%.*s (%s)", STR_ARG(subject), field);
}

static void draw_result(const struct search_view *search, const struct session *session, struct grid *grid,
                        size_t hit, size_t row)
{
    const struct search_hit *found = &search->answer->results.hits[hit];
    const struct catalogue *catalogue = session->catalogue;
    size_t columns = search_view_result_columns(search), room = columns > 3 ? columns - 3 : 0;
    struct arena arena = {0};
    struct str title = text_elide(&arena, catalogue_title(catalogue, found->article), grid->charset, room);
    draw_marked(search, grid, INDEX_TITLE, row, 2, room, title, STYLE_TEXT | STYLE_STRONG);
    struct str reason = reason_of(search, session, hit, &arena);
    size_t used = grid_put(grid, row + 1, 2, room / 2, reason, STYLE_META) + 2;
    if (used < room) {
        struct str snippet =
            fit_snippet(search, search->answer->extracts[hit].snippet, room - used, grid->charset, &arena);
        draw_marked(search, grid, INDEX_TEXT, row + 1, 2 + used, room - used, snippet, STYLE_DIM);
    }
    if (hit == search->list.selected) {
        grid_fill(grid, row, 0, 1, STR("▌"), STYLE_KEY);
        grid_fill(grid, row + 1, 0, 1, STR("▌"), STYLE_KEY);
        grid_mark(grid, row, 1, 1, columns - 1, STYLE_SELECTED);
    }
    arena_free(&arena);
}

/* What a query may be, with an example of each: the short form of lectern-query(7). */
static void draw_examples(struct grid *grid, size_t row, size_t end, size_t room)
{
    static const struct {
        const char *query, *meaning;
    } examples[] = {
        {"two words", "both of them"},    {"\"two words\"", "next to each other"},
        {"this OR that", "one or both"},  {"-word", "without it"},
        {"title:word", "in that field"},  {"is:unread", "not read yet"},
        {"has:math", "with formulas"},    {"after:2024-12", "by date"},
        {"/pat+ern/", "regular pattern"},
    };
    static const size_t meaning_column = 18;
    for (size_t i = 0; i < sizeof examples / sizeof *examples && row < end; i++, row++) {
        grid_put(grid, row, 2, room, str_from(examples[i].query), STYLE_TEXT);
        if (room > meaning_column)
            grid_put(grid, row, 2 + meaning_column, room - meaning_column, str_from(examples[i].meaning),
                     STYLE_DIM);
    }
}

/* What stands in the place of results. */
static struct str hint_of(const struct search_view *search, const struct session *session)
{
    bool empty = str_trim(buf_str(&search->line.text)).len == 0;
    if (empty)
        return search->titles ? STR("Type a few letters of a title, or an id.")
                              : STR("Type what to look for:");
    if (!search->answer)
        return STR("Searching …");
    if (search->list.count || search->problem.kind)
        return STR("");
    return session->loading ? STR("Nothing yet …") : STR("Nothing found.");
}

static void draw_results(const struct search_view *search, const struct session *session, struct grid *grid)
{
    size_t top = search_view_pane_top(search), columns = search_view_result_columns(search);
    const struct list *list = &search->list;
    struct str hint = hint_of(search, session);
    struct arena arena = {0};
    size_t room = columns > 3 ? columns - 3 : 0;
    if (hint.len)
        grid_put(grid, top + 1, 2, room, text_elide(&arena, hint, grid->charset, room), STYLE_DIM);
    if (!search->titles && str_trim(buf_str(&search->line.text)).len == 0)
        draw_examples(grid, top + 3, top + search_view_pane_rows(search), room);
    for (size_t i = list->top; !hint.len && i < list->count && i - list->top < list->visible; i++)
        draw_result(search, session, grid, i, top + (i - list->top) * SEARCH_RESULT_LINES);
    arena_free(&arena);
}

static void draw_query(const struct search_view *search, const struct session *session, struct grid *grid)
{
    struct buf count = {0};
    if (search->answer && str_trim(buf_str(&search->line.text)).len) {
        count_add(&count, search->answer->results.total);
        buf_add(&count, search->answer->results.titles_only ? STR(" in titles so far")
                        : search->answer->partial           ? STR(" found so far")
                                                            : STR(" found"));
    }
    size_t width = text_width(buf_str(&count), grid->charset);
    if (width + 20 < grid->columns)
        grid_put(grid, 0, grid->columns - width - 1, width, buf_str(&count), STYLE_META);
    else
        width = 0;
    struct str sign = status_key(session->keymap, search->titles ? ACTION_GO_TITLE : ACTION_SEARCH);
    if (grid->charset == TEXT_UTF8)
        sign = search->titles ? STR("→") : STR("⌕");
    grid_put(grid, 0, 1, 1, sign, STYLE_KEY);
    line_draw(&search->line, grid, 0, QUERY_COLUMN,
              grid->columns > width + 6 ? grid->columns - width - 6 : 1);
    buf_free(&count);
}

/* On the rule below the query. */
static void draw_note(struct grid *grid, size_t column, struct str note, style look)
{
    column += grid_put(grid, 1, column, grid->columns - column, note, look);
    grid_put(grid, 1, column, 1, STR(" "), STYLE_TEXT);
}

/* What is wrong, under its place. */
static void draw_problem(const struct search_view *search, struct grid *grid)
{
    struct str text = buf_str(&search->line.text), sign = grid->charset == TEXT_UTF8 ? STR("▲ ") : STR("^ ");
    size_t at = 0, column = QUERY_COLUMN;
    uint32_t code_point;
    for (size_t i = 1; i < search->problem.column; i++)
        at += text_decode(str_slice(text, at, text.len), &code_point);
    size_t width = text_width(str_slice(text, 0, at), grid->charset);
    if (search->problem.column && width < grid->columns / 2) /* else the line may be scrolled */
        column += grid_put(grid, 1, QUERY_COLUMN + width, 2, sign, STYLE_PROBLEM) + width;
    draw_note(grid, column, str_from(search->problem.message), STYLE_PROBLEM);
}

static void draw_corrections(const struct search_results *results, struct grid *grid)
{
    struct buf note = {0};
    struct arena arena = {0};
    for (size_t i = 0; i < results->correction_count; i++) {
        buf_add(&note, i ? STR(" · ") : STR(" "));
        search_write_correction(&results->corrections[i], &note);
    }
    size_t room = grid->columns > QUERY_COLUMN ? grid->columns - QUERY_COLUMN : 0;
    draw_note(grid, QUERY_COLUMN - 1, text_elide(&arena, buf_str(&note), grid->charset, room), STYLE_META);
    arena_free(&arena);
    buf_free(&note);
}

void search_view_draw(struct view *view, const struct session *session, struct grid *grid)
{
    static const struct hint hints[] = {{ACTION_OPEN, "open"}, {ACTION_CANCEL, "back to the page"}};
    const struct search_view *search = (const struct search_view *)view;
    size_t top = search_view_pane_top(search), rows = search_view_pane_rows(search),
           left = search_view_result_columns(search);
    bool split = search->columns >= SEARCH_SPLIT_COLUMNS;
    draw_results(search, session, grid);
    if (split && search_view_selected_hit(search) && search->line.text.len)
        reading_draw(&search->preview, session, grid, top, left + 1, false);
    for (size_t i = 0; split && i < rows; i++)
        grid_put(grid, top + i, left, 1, STR("│"), STYLE_RULE);
    if (search->rows >= 6) {
        grid_fill(grid, 1, 0, grid->columns, STR("─"), STYLE_RULE);
        grid_fill(grid, top + rows, 0, grid->columns, STR("─"), STYLE_RULE);
        if (split) {
            grid_put(grid, 1, left, 1, STR("┬"), STYLE_RULE);
            grid_put(grid, top + rows, left, 1, STR("┴"), STYLE_RULE);
        }
    }
    status_draw(grid, grid->rows - 1, session->keymap,
                STR("Up Down select · C-p earlier · C-t save · C-r saved · C-f C-b scroll"), hints,
                sizeof hints / sizeof *hints);
    draw_query(search, session, grid);
    if (search->rows <= 2)
        return;
    if (search->problem.kind)
        draw_problem(search, grid);
    else if (search->answer && search->answer->results.correction_count)
        draw_corrections(&search->answer->results, grid);
}
