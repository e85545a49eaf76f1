#include "chooser.h"

#include "lectern/mem.h"
#include "line.h"
#include "list.h"
#include "status.h"
#include "study_view.h"

struct choice {
    struct str label;
    size_t indent;
    struct position position;
};

struct chooser {
    struct view view;
    struct arena arena;
    struct str title;
    struct choice *choices;
    size_t count, capacity;
    size_t *shown; /* numbers of the choices that the filter lets through */
    struct list list;
    struct line filter;
    bool filtering;
    size_t rows;
};

static struct chooser *chooser_of(struct view *view)
{
    return (struct chooser *)view;
}

static void apply_filter(struct chooser *chooser)
{
    struct buf wanted = {0}, folded = {0};
    size_t kept = 0, row = 0;
    size_t selected = chooser->shown && chooser->list.count ? chooser->shown[chooser->list.selected] : 0;
    text_fold(&wanted, str_trim(buf_str(&chooser->filter.text)));
    chooser->shown = mem_resize(chooser->shown, chooser->count, sizeof *chooser->shown);
    for (size_t i = 0; i < chooser->count; i++) {
        buf_clear(&folded);
        text_fold(&folded, chooser->choices[i].label);
        if (str_find(buf_str(&folded), buf_str(&wanted)) == STR_NOT_FOUND)
            continue;
        if (i <= selected)
            row = kept;
        chooser->shown[kept++] = i;
    }
    list_set_count(&chooser->list, kept);
    list_select(&chooser->list, row);
    buf_free(&wanted);
    buf_free(&folded);
}

static bool chooser_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    (void)session, (void)effects;
    struct chooser *chooser = chooser_of(view);
    bool changed;
    if (!chooser->filtering)
        return false;
    if (k == KEYS_ENTER)
        chooser->filtering = false;
    if (k == KEYS_ESCAPE || (k == KEYS_BACKSPACE && !chooser->filter.text.len)) {
        chooser->filtering = false;
        line_set(&chooser->filter, (struct str){0});
        apply_filter(chooser);
    } else if (line_key(&chooser->filter, k, &changed) && changed) {
        apply_filter(chooser);
    }
    return true;
}

static void chooser_paste(struct view *view, const struct session *session, struct str text,
                          struct effects *effects)
{
    (void)session, (void)effects;
    struct chooser *chooser = chooser_of(view);
    if (!chooser->filtering)
        return;
    line_insert(&chooser->filter, text);
    apply_filter(chooser);
}

/* The rows that the filter lets through, each article once. */
static void study_shown(const struct chooser *chooser, const struct session *session, struct effects *effects)
{
    struct arena arena = {0};
    uint32_t *targets = arena_array(&arena, chooser->list.count, sizeof *targets);
    for (size_t i = 0; i < chooser->list.count; i++)
        targets[i] = chooser->choices[chooser->shown[i]].position.target;
    struct study_list list = study_list_of(session, chooser->title, targets, chooser->list.count, &arena);
    study_view_open(session, &list, effects);
    arena_free(&arena);
}

static bool chooser_act(struct view *view, const struct session *session, enum action action, key argument,
                        struct effects *effects)
{
    (void)session, (void)argument;
    struct chooser *chooser = chooser_of(view);
    switch (action) {
    case ACTION_OPEN:
    case ACTION_IN:
        if (!chooser->list.count)
            return true;
        effects->open = OPEN_TARGET;
        effects->position = chooser->choices[chooser->shown[chooser->list.selected]].position;
        effects->close = true;
        return true;
    case ACTION_FIND: chooser->filtering = true; return true;
    case ACTION_STUDY: study_shown(chooser, session, effects); return true;
    case ACTION_OUT:
    case ACTION_BACK:
    case ACTION_CANCEL: effects->close = true; return true;
    default: return list_act(&chooser->list, action);
    }
}

static void chooser_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    (void)session, (void)columns;
    struct chooser *chooser = chooser_of(view);
    chooser->rows = rows;
    list_set_visible(&chooser->list, rows > 3 ? rows - 3 : 1);
}

/* Numbers of another catalogue would lead astray; the rows that have gone lead nowhere. */
static void chooser_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                          const struct renumbering *renumbering)
{
    (void)session, (void)before;
    struct chooser *chooser = chooser_of(view);
    for (size_t i = 0; i < chooser->count; i++)
        chooser->choices[i].position.target = renumber(renumbering, chooser->choices[i].position.target);
}

static void chooser_draw(struct view *view, const struct session *session, struct grid *grid)
{
    (void)session;
    static const struct hint hints[] = {
        {ACTION_OPEN, "open"}, {ACTION_FIND, "filter"}, {ACTION_CLOSE, "close"}};
    struct chooser *chooser = chooser_of(view);
    const struct list *list = &chooser->list;
    grid_put(grid, 0, 1, grid->columns - 1, chooser->title, STYLE_TITLE);
    grid_fill(grid, 1, 0, grid->columns, STR("─"), STYLE_RULE);
    for (size_t i = list->top; i < list->count && i - list->top < list->visible; i++) {
        const struct choice *choice = &chooser->choices[chooser->shown[i]];
        size_t row = 2 + i - list->top, column = 2 + 2 * choice->indent;
        size_t room = grid->columns > column + 1 ? grid->columns - column - 1 : 0;
        struct arena arena = {0};
        grid_put(grid, row, column, room, text_elide(&arena, choice->label, grid->charset, room), STYLE_TEXT);
        arena_free(&arena);
        if (i != list->selected)
            continue;
        grid_put(grid, row, 0, 1, STR("▌"), STYLE_KEY);
        grid_mark(grid, row, 0, 1, grid->columns, STYLE_SELECTED);
        grid_set_cursor(grid, row, 0, false);
    }
    if (!list->count)
        grid_put(grid, 2, 2, grid->columns, STR("nothing matches"), STYLE_DIM);
    status_draw(grid, grid->rows - 1, (struct str){0}, hints, sizeof hints / sizeof *hints);
    if (!chooser->filtering && !chooser->filter.text.len)
        return;
    grid_put(grid, grid->rows - 1, 1, 1, STR("/"), STYLE_KEY);
    if (chooser->filtering)
        line_draw(&chooser->filter, grid, grid->rows - 1, 2, grid->columns / 2);
    else
        grid_put(grid, grid->rows - 1, 2, grid->columns / 2, buf_str(&chooser->filter.text), STYLE_INPUT);
}

static void chooser_free(struct view *view)
{
    struct chooser *chooser = chooser_of(view);
    arena_free(&chooser->arena);
    mem_free(chooser->choices);
    mem_free(chooser->shown);
    line_free(&chooser->filter);
    mem_free(chooser);
}

struct chooser *chooser_new(struct str title)
{
    static const struct view_operations operations = {
        .type = chooser_type,
        .paste = chooser_paste,
        .act = chooser_act,
        .resize = chooser_resize,
        .renew = chooser_renew,
        .draw = chooser_draw,
        .free = chooser_free,
    };
    struct chooser *chooser = mem_calloc(1, sizeof *chooser);
    chooser->view.operations = &operations;
    chooser->title = arena_str(&chooser->arena, title);
    return chooser;
}

void chooser_add(struct chooser *chooser, struct str label, size_t indent, struct position position)
{
    chooser->choices =
        mem_grow(chooser->choices, chooser->count, &chooser->capacity, sizeof *chooser->choices);
    chooser->choices[chooser->count++] =
        (struct choice){.label = arena_str(&chooser->arena, label), .indent = indent, .position = position};
}

void chooser_select(struct chooser *chooser, size_t row)
{
    apply_filter(chooser);
    list_select(&chooser->list, row);
}

struct view *chooser_view(struct chooser *chooser)
{
    if (!chooser->shown)
        apply_filter(chooser);
    return &chooser->view;
}
