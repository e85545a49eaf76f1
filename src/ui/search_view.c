#include "search_view_inside.h"

#include "desk.h"
#include "lectern/mem.h"
#include "queries.h"
#include "saved_view.h"
#include "study_view.h"

static struct search_view *search_of(struct view *view)
{
    return (struct search_view *)view;
}

/* Shows the selected result at its hit, and has the snippets of what is visible made. */
static void show_selected(struct search_view *search, const struct session *session)
{
    const struct search_hit *hit = search_view_selected_hit(search);
    search->scrolled = false;
    if (!hit)
        return;
    for (size_t i = 0; i < search->list.visible; i++)
        search_answer_extract(search->answer, session->catalogue, search->scratch, session->segments,
                              search->list.top + i);
    if (search->columns < SEARCH_SPLIT_COLUMNS)
        return;
    reading_open(&search->preview, session, hit->article);
    reading_resize(&search->preview, session, search_view_pane_rows(search),
                   search->columns - search_view_result_columns(search) - 1);
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

/* What the reader has turned to, and is to stay selected. The best result, if it was only that, is none. */
static uint32_t chosen(const struct search_view *search)
{
    const struct search_hit *hit = search_view_selected_hit(search);
    return hit && (search->list.selected || search->scrolled) ? hit->article : CATALOGUE_NONE;
}

static void take_answer(void *view, struct search_answer *answer)
{
    struct search_view *search = view;
    if (is_wrong(search, answer) && search->answer) {
        search_answer_free(answer);
        return;
    }
    size_t row = search->wanted_row;
    if (search->answer && search->answer->number == answer->number && chosen(search) != CATALOGUE_NONE)
        search->wanted = chosen(search);
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
    if (search_view_selected_hit(search))
        search->wanted = chosen(search);
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
    if (!search->titles)
        walk.marks = search_marks_copy(&walk.arena, results->marks);
    return walk;
}

static void note_query(const struct search_view *search, const struct session *session)
{
    if (!search->titles && search->line.text.len)
        queries_add(session->queries, buf_str(&search->line.text), search->list.selected);
}

static void open_selected(struct search_view *search, const struct session *session, struct effects *effects)
{
    const struct search_hit *hit = search_view_selected_hit(search);
    if (!hit)
        return;
    effects->open = OPEN_TARGET;
    effects->position = search->scrolled ? reading_position(&search->preview)
                                         : (struct position){.target = hit->article, .link = PAGER_NONE};
    effects->walk = answer_walk(search);
    effects->close = true;
    note_query(search, session);
}

/* The saved searches take the place of this one. */
static void save_or_list(const struct search_view *search, const struct session *session, key k,
                         struct effects *effects)
{
    note_query(search, session);
    if (k == (KEYS_CONTROL | 'r')) {
        saved_view_open(session, effects);
        effects->close = effects->push != NULL;
    } else if (!search->titles && str_trim(buf_str(&search->line.text)).len) {
        saved_view_ask_name(session, effects);
    } else {
        buf_add(&effects->message, STR("Type what to look for; then it can be saved."));
    }
}

/* The results as they are, to be asked. */
static void study_results(const struct search_view *search, const struct session *session,
                          struct effects *effects)
{
    struct arena arena = {0};
    size_t count = search->answer ? search->answer->results.count : 0;
    uint32_t *targets = arena_array(&arena, count, sizeof *targets);
    for (size_t i = 0; i < count; i++)
        targets[i] = search->answer->results.hits[i].article;
    struct study_list list = study_list_of(session, buf_str(&search->line.text), targets, count, &arena);
    if (count)
        study_view_open(session, &list, effects);
    arena_free(&arena);
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
        note_query(search, session);
    } else if (k == (KEYS_CONTROL | 't') || k == (KEYS_CONTROL | 'r'))
        save_or_list(search, session, k, effects);
    else if (k == KEYS_ENTER)
        open_selected(search, session, effects);
    else if (k == (KEYS_CONTROL | 'p') || (k == KEYS_UP && !search->line.text.len))
        bring_query(search, session, search->age + 1);
    else if (k == (KEYS_CONTROL | 'n'))
        bring_query(search, session, search->age ? search->age - 1 : 0);
    else if (k == (KEYS_CONTROL | 'f') || k == (KEYS_CONTROL | 'b'))
        search->scrolled =
            pager_act(&search->preview.page, k == (KEYS_CONTROL | 'f') ? ACTION_HALF_DOWN : ACTION_HALF_UP);
    else if (k == (KEYS_CONTROL | 's'))
        study_results(search, session, effects);
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
    list_set_visible(&search->list, search_view_pane_rows(search) / SEARCH_RESULT_LINES);
    show_selected(search, session);
}

static void search_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                         const struct renumbering *renumbering)
{
    (void)before;
    struct search_view *search = search_of(view);
    if (search_view_selected_hit(search))
        search->wanted = renumber(renumbering, chosen(search));
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
        .draw = search_view_draw,
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
