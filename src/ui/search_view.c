#include "search_view.h"

#include "count.h"
#include "desk.h"
#include "lectern/mem.h"
#include "queries.h"
#include "search_job.h"
#include "status.h"

/* Lines of a result: title, and subject with snippet. */
#define RESULT_LINES  2
#define SPLIT_COLUMNS 60

struct search_view {
    struct view view;
    bool titles;
    struct line line;
    size_t age;        /* of the earlier query that was brought back; 0: none */
    size_t wanted_row; /* to select when the results come, ... */
    uint32_t wanted;   /* ... or this article, if it is among them */
    bool fresh;        /* an answer has come and is not shown yet */
    bool with_texts;   /* the index was there when the search began */
    struct search_slot *slot;
    struct search_answer *answer;   /* NULL until there is one; the last good one, if there is a problem */
    struct err problem;             /* with the query; ERR_LIMIT: not all was looked at */
    struct search_scratch *scratch; /* this thread's, for snippets */
    struct list list;
    struct reading preview;
    size_t rows, columns;
};

static struct search_view *search_of(struct view *view)
{
    return (struct search_view *)view;
}

static size_t pane_top(const struct search_view *search)
{
    return search->rows >= 6 ? 2 : 1;
}

static size_t pane_rows(const struct search_view *search)
{
    size_t around = search->rows >= 6 ? 4 : 2;
    return search->rows > around ? search->rows - around : 1;
}

static size_t result_columns(const struct search_view *search)
{
    return search->columns < SPLIT_COLUMNS ? search->columns : search->columns / 2;
}

static const struct search_hit *selected_hit(const struct search_view *search)
{
    return search->answer && search->list.count ? &search->answer->results.hits[search->list.selected] : NULL;
}

/* Shows the selected result at its hit, and has the snippets of what is visible made. */
static void show_selected(struct search_view *search, const struct session *session)
{
    const struct search_hit *hit = selected_hit(search);
    if (!hit)
        return;
    for (size_t i = 0; i < search->list.visible; i++)
        search_answer_snippet(search->answer, search->scratch, session->segments, search->list.top + i);
    if (search->columns < SPLIT_COLUMNS)
        return;
    reading_open(&search->preview, session, hit->article);
    reading_resize(&search->preview, session, pane_rows(search),
                   search->columns - result_columns(search) - 1);
    pager_set_top(&search->preview.page, 0);
    if (!search->titles)
        reading_mark(&search->preview, session, search->answer->results.marks);
}

static void start(struct search_view *search, const struct session *session)
{
    search->with_texts = session->segments != NULL;
    if (session->catalogue)
        search_job_start(session, search->slot, buf_str(&search->line.text), search->titles);
}

/* Another text: the best result is the one to select. */
static void start_anew(struct search_view *search, const struct session *session)
{
    search->wanted_row = 0;
    search->wanted = CATALOGUE_NONE;
    start(search, session);
}

/* What is wrong with a query is told, and leaves the results that there are. */
static bool is_wrong(struct search_view *search, const struct search_answer *answer)
{
    const struct search_results *results = &answer->results;
    const struct err *problem = answer->problem.kind ? &answer->problem : &results->problem;
    search->problem = results->unfinished ? (struct err){0} : *problem;
    return problem->kind && problem->kind != ERR_LIMIT;
}

static void take_answer(void *view, struct search_answer *answer)
{
    struct search_view *search = view;
    if (is_wrong(search, answer) && search->answer) {
        search_answer_free(answer);
        return;
    }
    size_t row = search->wanted_row;
    if (search->answer && search->answer->number == answer->number && search->list.selected)
        search->wanted = selected_hit(search)->article; /* it was chosen among those that came first */
    for (size_t i = 0; i < answer->results.count; i++)
        if (answer->results.hits[i].article == search->wanted)
            row = i;
    search_answer_free(search->answer);
    search->answer = answer;
    search->fresh = true;
    list_set_count(&search->list, answer->results.count);
    list_select(&search->list, row);
}

static void search_refresh(struct view *view, const struct session *session)
{
    struct search_view *search = search_of(view);
    if (search->fresh)
        show_selected(search, session);
    search->fresh = false;
    if (search->with_texts || !session->segments)
        return;
    if (selected_hit(search))
        search->wanted = selected_hit(search)->article;
    start(search, session);
}

static void bring_query(struct search_view *search, const struct session *session, size_t age)
{
    struct str text = queries_get(session->queries, age);
    if (age && !text.len)
        return;
    search->age = age;
    line_set(&search->line, text);
    start_anew(search, session);
}

static struct walk answer_walk(const struct search_view *search)
{
    const struct search_results *results = &search->answer->results;
    struct walk walk = {.count = results->count, .at = search->list.selected};
    walk.targets = mem_calloc(results->count, sizeof *walk.targets);
    for (size_t i = 0; i < results->count; i++)
        walk.targets[i] = results->hits[i].article;
    return walk;
}

static void open_selected(struct search_view *search, const struct session *session, struct effects *effects)
{
    const struct search_hit *hit = selected_hit(search);
    if (!hit)
        return;
    effects->open = OPEN_TARGET;
    effects->position = (struct position){.target = hit->article, .link = PAGER_NONE};
    effects->walk = answer_walk(search);
    effects->close = true;
    if (search->titles)
        return;
    effects->find = search->answer->results.marks;
    queries_add(session->queries, buf_str(&search->line.text), search->list.selected);
}

static bool scroll_key(struct search_view *search, key k)
{
    switch (k) {
    case KEYS_UP: return list_act(&search->list, ACTION_UP);
    case KEYS_DOWN: return list_act(&search->list, ACTION_DOWN);
    case KEYS_PAGE_UP: return list_act(&search->list, ACTION_PAGE_UP);
    case KEYS_PAGE_DOWN: return list_act(&search->list, ACTION_PAGE_DOWN);
    default: return false;
    }
}

static bool search_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    struct search_view *search = search_of(view);
    bool changed;
    if (k == KEYS_ESCAPE) {
        effects->close = true;
        if (search->line.text.len && !search->titles)
            queries_add(session->queries, buf_str(&search->line.text), search->list.selected);
    } else if (k == KEYS_ENTER)
        open_selected(search, session, effects);
    else if (k == (KEYS_CONTROL | 'p') || (k == KEYS_UP && !search->line.text.len))
        bring_query(search, session, search->age + 1);
    else if (k == (KEYS_CONTROL | 'n'))
        bring_query(search, session, search->age ? search->age - 1 : 0);
    else if (k == (KEYS_CONTROL | 'f') || k == (KEYS_CONTROL | 'b'))
        pager_act(&search->preview.page, k == (KEYS_CONTROL | 'f') ? ACTION_HALF_DOWN : ACTION_HALF_UP);
    else if (scroll_key(search, k))
        show_selected(search, session);
    else if (line_key(&search->line, k, &changed) && changed) {
        start_anew(search, session);
    }
    return true;
}

static void search_paste(struct view *view, const struct session *session, struct str text,
                         struct effects *effects)
{
    (void)effects;
    line_insert(&search_of(view)->line, text);
    start_anew(search_of(view), session);
}

static void search_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct search_view *search = search_of(view);
    search->rows = rows;
    search->columns = columns;
    list_set_visible(&search->list, pane_rows(search) / RESULT_LINES);
    show_selected(search, session);
}

static void search_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                         const struct renumbering *renumbering)
{
    (void)before;
    struct search_view *search = search_of(view);
    if (selected_hit(search))
        search->wanted = renumber(renumbering, selected_hit(search)->article);
    if (renumbering->from && catalogue_same_numbers(renumbering->from, renumbering->to)) {
        search->wanted_row = search->list.selected; /* what was found stays until the new answer comes */
        reading_renew(&search->preview, session, renumbering);
        start(search, session);
        return;
    }
    search_answer_free(search->answer);
    search->answer = NULL;
    list_set_count(&search->list, 0);
    reading_free(&search->preview);
    start(search, session);
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

static void draw_result(const struct search_view *search, const struct session *session, struct grid *grid,
                        size_t hit, size_t row)
{
    const struct search_hit *found = &search->answer->results.hits[hit];
    const struct catalogue *catalogue = session->catalogue;
    size_t columns = result_columns(search), room = columns > 3 ? columns - 3 : 0;
    struct arena arena = {0};
    struct str title = text_elide(&arena, catalogue_title(catalogue, found->article), grid->charset, room);
    draw_marked(search, grid, INDEX_TITLE, row, 2, room, title, STYLE_TEXT | STYLE_STRONG);
    struct str name = catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, found->article, 0));
    size_t used = grid_put(grid, row + 1, 2, room / 2, name, STYLE_META) + 2;
    if (used < room) {
        struct str snippet = text_elide(&arena, search->answer->snippets[hit], grid->charset, room - used);
        draw_marked(search, grid, INDEX_TEXT, row + 1, 2 + used, room - used, snippet, STYLE_DIM);
    }
    if (hit == search->list.selected) {
        grid_fill(grid, row, 0, 1, STR("▌"), STYLE_KEY);
        grid_fill(grid, row + 1, 0, 1, STR("▌"), STYLE_KEY);
        grid_mark(grid, row, 1, 1, columns - 1, STYLE_SELECTED);
    }
    arena_free(&arena);
}

static void draw_results(const struct search_view *search, const struct session *session, struct grid *grid)
{
    size_t top = pane_top(search), columns = result_columns(search);
    const struct list *list = &search->list;
    if (str_trim(buf_str(&search->line.text)).len && !search->answer) {
        grid_put(grid, top + 1, 2, columns - 2, STR("Searching …"), STYLE_DIM);
        return;
    }
    if (str_trim(buf_str(&search->line.text)).len == 0) {
        grid_put(grid, top + 1, 2, columns - 2,
                 search->titles ? STR("Type a few letters of a title, or an id.")
                                : STR("Type words; all are looked for. Or a /pattern/."),
                 STYLE_DIM);
        return;
    }
    if (list->count == 0 && !search->problem.kind)
        grid_put(grid, top + 1, 2, columns - 2,
                 session->loading ? STR("Nothing yet …") : STR("Nothing found."), STYLE_DIM);
    for (size_t i = list->top; i < list->count && i - list->top < list->visible; i++)
        draw_result(search, session, grid, i, top + (i - list->top) * RESULT_LINES);
}

static void draw_query(const struct search_view *search, struct grid *grid)
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
    struct str sign = status_key(search->titles ? ACTION_GO_TITLE : ACTION_SEARCH);
    if (grid->charset == TEXT_UTF8)
        sign = search->titles ? STR("→") : STR("⌕");
    grid_put(grid, 0, 1, 1, sign, STYLE_KEY);
    line_draw(&search->line, grid, 0, 3, grid->columns > width + 6 ? grid->columns - width - 6 : 1);
    buf_free(&count);
}

/* What is wrong, under its place in the query. */
static void draw_problem(const struct search_view *search, struct grid *grid)
{
    struct str text = buf_str(&search->line.text), sign = grid->charset == TEXT_UTF8 ? STR("▲ ") : STR("^ ");
    size_t at = 0, column = 3;
    uint32_t code_point;
    for (size_t i = 1; i < search->problem.column; i++)
        at += text_decode(str_slice(text, at, text.len), &code_point);
    size_t width = text_width(str_slice(text, 0, at), grid->charset);
    if (search->problem.column && width < grid->columns / 2) /* else the line may be scrolled */
        column += grid_put(grid, 1, 3 + width, 2, sign, STYLE_PROBLEM) + width;
    column +=
        grid_put(grid, 1, column, grid->columns - column, str_from(search->problem.message), STYLE_PROBLEM);
    grid_put(grid, 1, column, 1, STR(" "), STYLE_TEXT);
}

static void search_draw(struct view *view, const struct session *session, struct grid *grid)
{
    static const struct hint hints[] = {{ACTION_OPEN, "open"}, {ACTION_CANCEL, "back to the page"}};
    struct search_view *search = search_of(view);
    size_t top = pane_top(search), rows = pane_rows(search), left = result_columns(search);
    bool split = search->columns >= SPLIT_COLUMNS;
    draw_results(search, session, grid);
    if (split && selected_hit(search) && search->line.text.len)
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
    status_draw(grid, grid->rows - 1, STR("Up Down select · C-f C-b scroll · C-p earlier"), hints,
                sizeof hints / sizeof *hints);
    draw_query(search, grid);
    if (search->problem.kind && search->rows > 2)
        draw_problem(search, grid);
}

static void search_free(struct view *view)
{
    struct search_view *search = search_of(view);
    search_slot_drop(search->slot);
    search_answer_free(search->answer);
    search_scratch_free(search->scratch);
    line_free(&search->line);
    reading_free(&search->preview);
    mem_free(search);
}

struct view *search_view_new(const struct session *session, enum search_view_kind kind)
{
    static const struct view_operations operations = {
        .type = search_type,
        .paste = search_paste,
        .resize = search_resize,
        .renew = search_renew,
        .refresh = search_refresh,
        .draw = search_draw,
        .free = search_free,
    };
    struct search_view *search = mem_calloc(1, sizeof *search);
    search->view.operations = &operations;
    search->titles = kind == SEARCH_VIEW_TITLES;
    search->slot = search_slot_new(search, take_answer);
    search->scratch = search_scratch_new();
    search->preview.target = search->wanted = CATALOGUE_NONE;
    search->preview.link = PAGER_NONE;
    if (kind == SEARCH_VIEW_AGAIN) {
        bring_query(search, session, 1);
        search->wanted_row = session->queries->selected;
    }
    return &search->view;
}
