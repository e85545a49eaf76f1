#include "saved_view.h"

#include "count.h"
#include "lectern/mem.h"
#include "lectern/title.h"
#include "list.h"
#include "memory.h"
#include "prompt.h"
#include "queries.h"
#include "search_job.h"
#include "search_view.h"
#include "status.h"

/* From so many columns what the selected search finds is shown beside the list. */
#define SPLIT_COLUMNS 60

/* Below the name stands the query. */
#define ROW_LINES 2

struct saved {
    struct str name, query;
    struct search_answer *answer; /* NULL: not yet */
};

struct saved_view {
    struct view view;
    struct arena arena;
    struct saved *searches;
    struct list list;
    struct search_slot *slot;
    size_t counting; /* the search that is under way, if it is below the count */
    size_t rows, columns;
};

static struct saved_view *saved_of(struct view *view)
{
    return (struct saved_view *)view;
}

static size_t pane_rows(const struct saved_view *saved)
{
    return saved->rows > 4 ? saved->rows - 4 : 1;
}

static size_t list_columns(const struct saved_view *saved)
{
    return saved->columns < SPLIT_COLUMNS ? saved->columns : saved->columns / 2;
}

/* One after another, each as the worker is done with the one before. */
static void count_on(struct saved_view *saved, const struct session *session)
{
    if (session->catalogue && saved->counting < saved->list.count && !search_slot_waits(saved->slot))
        search_job_start(session, saved->slot, saved->searches[saved->counting].query, false);
}

static void take_answer(void *view, struct search_answer *answer)
{
    struct saved_view *saved = view;
    if (answer->partial || saved->counting >= saved->list.count) {
        search_answer_free(answer);
        return;
    }
    struct saved *search = &saved->searches[saved->counting++];
    search_answer_free(search->answer);
    search->answer = answer;
}

static void saved_refresh(struct view *view, const struct session *session)
{
    count_on(saved_of(view), session);
}

static void saved_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                        const struct renumbering *renumbering)
{
    (void)before, (void)renumbering;
    struct saved_view *saved = saved_of(view);
    for (size_t i = 0; i < saved->list.count; i++) {
        search_answer_free(saved->searches[i].answer);
        saved->searches[i].answer = NULL;
    }
    saved->counting = 0;
    saved->slot->newest++; /* an answer with numbers of before is not wanted */
    count_on(saved, session);
}

static void open_selected(const struct saved_view *saved, const struct session *session,
                          struct effects *effects)
{
    if (!saved->list.count)
        return;
    queries_add(session->queries, saved->searches[saved->list.selected].query, 0);
    effects->close = true;
    effects->push = search_view_new(session, SEARCH_VIEW_AGAIN);
}

static void drop_selected(struct saved_view *saved, const struct session *session, struct effects *effects)
{
    struct err err;
    size_t at = saved->list.selected;
    if (!saved->list.count)
        return;
    struct str name = saved->searches[at].name;
    if (state_drop_search(memory_state(session->memory), name, &err) != 0) {
        err_format_first(&err, &effects->message);
        return;
    }
    buf_printf(&effects->message, "Taken away: %.*s", STR_ARG(name));
    search_answer_free(saved->searches[at].answer);
    for (size_t i = at; i + 1 < saved->list.count; i++)
        saved->searches[i] = saved->searches[i + 1];
    saved->slot->newest++;
    saved->counting = saved->counting > at ? saved->counting - 1 : saved->counting;
    list_set_count(&saved->list, saved->list.count - 1);
    list_select(&saved->list, at);
    effects->close = saved->list.count == 0;
    count_on(saved, session);
}

static bool saved_act(struct view *view, const struct session *session, enum action action, key argument,
                      struct effects *effects)
{
    (void)argument;
    struct saved_view *saved = saved_of(view);
    switch (action) {
    case ACTION_OPEN:
    case ACTION_IN: open_selected(saved, session, effects); return true;
    case ACTION_BOOKMARK: drop_selected(saved, session, effects); return true;
    case ACTION_OUT:
    case ACTION_BACK:
    case ACTION_SAVED_SEARCHES:
    case ACTION_CANCEL: effects->close = true; return true;
    default: return list_act(&saved->list, action);
    }
}

static void saved_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct saved_view *saved = saved_of(view);
    saved->rows = rows;
    saved->columns = columns;
    list_set_visible(&saved->list, pane_rows(saved) / ROW_LINES);
    count_on(saved, session);
}

static void draw_count(const struct saved *search, struct grid *grid, size_t row, size_t end, size_t *room)
{
    struct buf text = {0};
    if (!search->answer)
        buf_add(&text, STR("…"));
    else if (search->answer->problem.kind)
        buf_add(&text, STR("means nothing"));
    else
        count_add(&text, search->answer->results.total);
    size_t width = text_width(buf_str(&text), grid->charset);
    if (width + 2 < *room) {
        grid_put(grid, row, end - width, width, buf_str(&text), STYLE_META);
        *room -= width + 2;
    }
    buf_free(&text);
}

static void draw_search(const struct saved_view *saved, struct grid *grid, size_t at, size_t row)
{
    const struct saved *search = &saved->searches[at];
    struct arena arena = {0};
    size_t columns = list_columns(saved), room = columns > 3 ? columns - 3 : 0, all = room;
    draw_count(search, grid, row, columns - 1, &room);
    grid_put(grid, row, 2, room, text_elide(&arena, search->name, grid->charset, room),
             STYLE_TEXT | STYLE_STRONG);
    if (!str_eq(search->name, search->query))
        grid_put(grid, row + 1, 2, all, text_elide(&arena, search->query, grid->charset, all), STYLE_DIM);
    if (at == saved->list.selected) {
        grid_fill(grid, row, 0, 1, STR("▌"), STYLE_KEY);
        grid_fill(grid, row + 1, 0, 1, STR("▌"), STYLE_KEY);
        grid_mark(grid, row, 1, 1, columns - 1, STYLE_SELECTED);
        grid_set_cursor(grid, row, 0, false);
    }
    arena_free(&arena);
}

/* The titles of what is found best, as many as there is room for. */
static void draw_found(const struct saved_view *saved, const struct session *session, struct grid *grid)
{
    const struct search_answer *answer = saved->searches[saved->list.selected].answer;
    size_t left = list_columns(saved) + 2, room = saved->columns > left + 1 ? saved->columns - left - 1 : 0;
    struct arena arena = {0};
    if (answer && !answer->results.count)
        grid_put(grid, 2, left, room,
                 answer->problem.kind ? str_from(answer->problem.message) : STR("Nothing found."), STYLE_DIM);
    for (size_t i = 0; answer && i < answer->results.count && i < pane_rows(saved); i++) {
        uint32_t target = answer->results.hits[i].article;
        struct str title = catalogue_title(session->catalogue, target);
        if (session_is_read(session, target))
            grid_put(grid, 2 + i, left, 1, STR("✓"), STYLE_META);
        if (room > 2)
            grid_put(grid, 2 + i, left + 2, room - 2, title_fit(&arena, title, grid->charset, room - 2),
                     STYLE_TEXT);
    }
    arena_free(&arena);
}

static void draw_pane(const struct saved_view *saved, const struct session *session, struct grid *grid)
{
    size_t left = list_columns(saved), rows = pane_rows(saved);
    if (saved->list.count && session->catalogue)
        draw_found(saved, session, grid);
    for (size_t i = 0; i < rows; i++)
        grid_put(grid, 2 + i, left, 1, STR("│"), STYLE_RULE);
    grid_put(grid, 1, left, 1, STR("┬"), STYLE_RULE);
    grid_put(grid, 2 + rows, left, 1, STR("┴"), STYLE_RULE);
}

static void saved_draw(struct view *view, const struct session *session, struct grid *grid)
{
    static const struct hint hints[] = {
        {ACTION_OPEN, "search"}, {ACTION_BOOKMARK, "take away"}, {ACTION_CLOSE, "close"}};
    const struct saved_view *saved = saved_of(view);
    const struct list *list = &saved->list;
    grid_put(grid, 0, 1, grid->columns - 1, STR("Saved searches"), STYLE_TITLE);
    grid_fill(grid, 1, 0, grid->columns, STR("─"), STYLE_RULE);
    grid_fill(grid, 2 + pane_rows(saved), 0, grid->columns, STR("─"), STYLE_RULE);
    if (saved->columns >= SPLIT_COLUMNS)
        draw_pane(saved, session, grid);
    for (size_t i = list->top; i < list->count && i - list->top < list->visible; i++)
        draw_search(saved, grid, i, 2 + (i - list->top) * ROW_LINES);
    status_draw(grid, grid->rows - 1, session->keymap, (struct str){0}, hints, sizeof hints / sizeof *hints);
}

static void saved_free(struct view *view)
{
    struct saved_view *saved = saved_of(view);
    for (size_t i = 0; i < saved->list.count; i++)
        search_answer_free(saved->searches[i].answer);
    search_slot_drop(saved->slot);
    arena_free(&saved->arena);
    mem_free(saved);
}

void saved_view_open(const struct session *session, struct effects *effects)
{
    static const struct view_operations operations = {
        .act = saved_act,
        .resize = saved_resize,
        .renew = saved_renew,
        .refresh = saved_refresh,
        .draw = saved_draw,
        .free = saved_free,
    };
    struct arena arena = {0};
    struct state_search *searches;
    size_t count = session->memory ? state_searches(memory_state(session->memory), &arena, &searches) : 0;
    if (!count) {
        buf_printf(&effects->message, "No search is saved: %.*s in the search bar keeps one.",
                   STR_ARG(status_key(session->keymap, ACTION_SAVE_SEARCH)));
        arena_free(&arena);
        return;
    }
    struct saved_view *saved = mem_calloc(1, sizeof *saved);
    saved->view.operations = &operations;
    saved->arena = arena;
    saved->searches = arena_array(&saved->arena, count, sizeof *saved->searches);
    for (size_t i = 0; i < count; i++)
        saved->searches[i] = (struct saved){.name = searches[i].name, .query = searches[i].query};
    list_set_count(&saved->list, count);
    saved->slot = search_slot_new(saved, take_answer);
    effects->push = &saved->view;
}

/* -- keeping one ---------------------------------------------------------------------------------------------------- */

static void take_name(int64_t subject, const struct session *session, struct str name,
                      struct effects *effects)
{
    (void)subject;
    struct err err;
    struct state_search search = {
        .name = str_trim(name), .query = queries_get(session->queries, 1), .when = session->now()};
    if (!search.name.len)
        buf_add(&effects->message, STR("Nothing was saved: it has no name."));
    else if (state_save_search(memory_state(session->memory), &search, &err) != 0)
        err_format_first(&err, &effects->message);
    else
        buf_printf(&effects->message, "Saved as %.*s; %.*s lists the saved searches.%s", STR_ARG(search.name),
                   STR_ARG(status_key(session->keymap, ACTION_SAVED_SEARCHES)),
                   memory_is_kept(session->memory) ? "" : " (This is not saved.)");
}

void saved_view_ask_name(const struct session *session, struct effects *effects)
{
    struct str query = queries_get(session->queries, 1);
    if (!session->memory)
        buf_add(&effects->message, STR("Nothing is kept here."));
    else if (!query.len)
        buf_add(&effects->message, STR("There is no earlier search."));
    else
        effects->push = prompt_new("Save the search as:", query, take_name, 0);
}
