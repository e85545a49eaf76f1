#include "chooser.h"

#include "keeping.h"
#include "lectern/map.h"
#include "lectern/mem.h"
#include "lectern/title.h"
#include "line.h"
#include "list.h"
#include "passage.h"
#include "peek.h"
#include "reading.h"
#include "status.h"
#include "study_view.h"

/* From so many columns what the selected row leads to is shown beside the list. */
#define SPLIT_COLUMNS 60

/* Rows that are asked for as one comes near the end of those that are there; and where all are wanted: to go to the last one, to
 * filter them. */
#define FEW_ROWS  250
#define MANY_ROWS 5000

struct chooser {
    struct view view;
    struct chooser_source *source; /* NULL: there are no more rows */
    struct arena arena;
    struct str title, none;
    bool questions;
    struct chooser_row *choices;
    size_t count, capacity;
    size_t *shown; /* numbers of the choices that the filter lets through */
    struct list list;
    struct line filter;
    bool filtering;
    struct reading preview;
    size_t rows, columns;
};

static struct chooser *chooser_of(struct view *view)
{
    return (struct chooser *)view;
}

/* NULL if the filter lets none through. */
static const struct chooser_row *selected_choice(const struct chooser *chooser)
{
    return chooser->list.count ? &chooser->choices[chooser->shown[chooser->list.selected]] : NULL;
}

static size_t list_columns(const struct chooser *chooser)
{
    return chooser->columns < SPLIT_COLUMNS ? chooser->columns : chooser->columns / 2;
}

static size_t pane_rows(const struct chooser *chooser)
{
    return chooser->rows > 4 ? chooser->rows - 4 : 1;
}

static void show_selected(struct chooser *chooser, const struct session *session)
{
    const struct chooser_row *choice = selected_choice(chooser);
    if (!choice || choice->position.target == CATALOGUE_NONE || chooser->columns < SPLIT_COLUMNS)
        return;
    reading_open(&chooser->preview, session, choice->position.target);
    reading_resize(&chooser->preview, session, pane_rows(chooser),
                   chooser->columns - list_columns(chooser) - 1);
    pager_set_top(&chooser->preview.page, 0);
    reading_restore(&chooser->preview, session, &choice->position);
}

static void apply_filter(struct chooser *chooser)
{
    struct buf wanted = {0}, folded = {0};
    size_t kept = 0, row = 0;
    size_t selected = chooser->shown && chooser->list.count ? chooser->shown[chooser->list.selected] : 0;
    text_fold(&wanted, str_trim(buf_str(&chooser->filter.text)));
    chooser->shown = mem_resize(chooser->shown, chooser->count, sizeof *chooser->shown);
    for (size_t i = 0; i < chooser->count; i++) {
        if (!wanted.len) {
            row = i == selected ? kept : row;
            chooser->shown[kept++] = i;
            continue;
        }
        buf_clear(&folded);
        text_fold(&folded, chooser->choices[i].label);
        buf_add_byte(&folded, '\n');
        text_fold(&folded, chooser->choices[i].extra);
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

static void add_rows(struct chooser *chooser, const struct session *session, size_t rows)
{
    if (!chooser->source)
        return;
    if (!chooser->source->add(chooser->source, chooser, session, rows)) {
        chooser->source->free(chooser->source);
        chooser->source = NULL;
    }
    apply_filter(chooser);
}

/* Before the list is moved in. */
static void add_rows_for(struct chooser *chooser, const struct session *session, enum action action)
{
    const struct list *list = &chooser->list;
    if (action == ACTION_BOTTOM || action == ACTION_FIND || action == ACTION_STUDY)
        add_rows(chooser, session, MANY_ROWS);
    else if (!chooser->filter.text.len && list->selected + 3 * list->visible >= list->count)
        add_rows(chooser, session, FEW_ROWS);
}

static bool chooser_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    (void)effects;
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
    show_selected(chooser, session);
    return true;
}

static void chooser_paste(struct view *view, const struct session *session, struct str text,
                          struct effects *effects)
{
    (void)effects;
    struct chooser *chooser = chooser_of(view);
    if (!chooser->filtering)
        return;
    line_insert(&chooser->filter, text);
    apply_filter(chooser);
    show_selected(chooser, session);
}

/* The questions that are shown and lead somewhere. */
static struct walk shown_walk(const struct chooser *chooser)
{
    struct walk walk = {.targets = mem_calloc(chooser->list.count, sizeof *walk.targets)};
    for (size_t i = 0; i < chooser->list.count; i++) {
        uint32_t target = chooser->choices[chooser->shown[i]].position.target;
        if (i == chooser->list.selected)
            walk.at = walk.count;
        if (target != CATALOGUE_NONE)
            walk.targets[walk.count++] = target;
    }
    return walk;
}

/* In a frame, what a row says that leads nowhere. */
static void show_text(const struct chooser_row *choice, struct effects *effects)
{
    struct arena arena = {0};
    effects->push = passage_new(choice->label, markdown_parse(&arena, choice->text));
    arena_free(&arena);
}

static void open_selected(const struct chooser *chooser, struct effects *effects)
{
    const struct chooser_row *choice = selected_choice(chooser);
    if (choice && choice->text.len)
        show_text(choice, effects);
    if (!choice || choice->text.len)
        return;
    effects->open = OPEN_TARGET;
    effects->position = choice->position;
    effects->close = true;
    effects->hop = choice->hop;
    if (chooser->questions && !choice->hop)
        effects->walk = shown_walk(chooser);
}

static void preview_selected(const struct chooser *chooser, const struct session *session,
                             struct effects *effects)
{
    const struct chooser_row *choice = selected_choice(chooser);
    if (choice && choice->text.len)
        show_text(choice, effects);
    else if (choice && choice->position.target != CATALOGUE_NONE)
        effects->push = peek_new(session, choice->position.target);
}

/* The rows that the filter lets through, each article once. */
static void study_shown(const struct chooser *chooser, const struct session *session, struct effects *effects)
{
    struct arena arena = {0};
    struct walk walk = shown_walk(chooser);
    struct study_list list = study_list_of(session, chooser->title, walk.targets, walk.count, &arena);
    study_view_open(session, &list, effects);
    walk_free(&walk);
    arena_free(&arena);
}

/* Marks the selected question itself, not the one on the desk. */
static bool keep_selected(struct chooser *chooser, const struct session *session, enum action action,
                          struct effects *effects)
{
    const struct chooser_row *choice = selected_choice(chooser);
    if (!choice || choice->position.target == CATALOGUE_NONE)
        return true;
    reading_open(&chooser->preview, session, choice->position.target);
    return keeping_act(&chooser->preview, session, action, effects);
}

static bool chooser_act(struct view *view, const struct session *session, enum action action, key argument,
                        struct effects *effects)
{
    (void)argument;
    struct chooser *chooser = chooser_of(view);
    add_rows_for(chooser, session, action);
    switch (action) {
    case ACTION_OPEN:
    case ACTION_IN: open_selected(chooser, effects); return true;
    case ACTION_PREVIEW: preview_selected(chooser, session, effects); return true;
    case ACTION_FIND: chooser->filtering = true; return true;
    case ACTION_TOGGLE_READ:
    case ACTION_BOOKMARK:
    case ACTION_TAGS:
    case ACTION_NOTE: return keep_selected(chooser, session, action, effects);
    case ACTION_STUDY: study_shown(chooser, session, effects); return true;
    case ACTION_OUT:
    case ACTION_BACK:
    case ACTION_CANCEL: effects->close = true; return true;
    default:
        if (!list_act(&chooser->list, action))
            return false;
        show_selected(chooser, session);
        return true;
    }
}

static void chooser_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct chooser *chooser = chooser_of(view);
    chooser->rows = rows;
    chooser->columns = columns;
    list_set_visible(&chooser->list, pane_rows(chooser));
    show_selected(chooser, session);
}

/* Numbers of another catalogue would lead astray; the rows that have gone lead nowhere. */
static void chooser_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                          const struct renumbering *renumbering)
{
    (void)before;
    struct chooser *chooser = chooser_of(view);
    reading_renew(&chooser->preview, session, renumbering);
    for (size_t i = 0; i < chooser->count; i++)
        chooser->choices[i].position.target = renumber(renumbering, chooser->choices[i].position.target);
}

static void chooser_refresh(struct view *view, const struct session *session)
{
    reading_read_again(&chooser_of(view)->preview, session);
}

static struct str mark_of(const struct session *session, uint32_t target)
{
    if (target == CATALOGUE_NONE || catalogue_is_missing(session->catalogue, target))
        return map_mark_glyph(MAP_MISSING);
    return map_mark_glyph(session_is_read(session, target) ? MAP_READ : MAP_UNREAD);
}

/* At the right, in at most half of the room. Returns what is left for the label. */
static size_t draw_extra(const struct chooser_row *choice, struct grid *grid, size_t row, size_t column,
                         size_t room)
{
    struct arena arena = {0};
    struct str extra = text_elide(&arena, choice->extra, grid->charset, room / 2);
    size_t taken = text_width(extra, grid->charset);
    grid_put(grid, row, column + room - taken, taken, extra, STYLE_META);
    arena_free(&arena);
    return room > taken + 2 ? room - taken - 2 : 0;
}

static void draw_choice(const struct chooser *chooser, const struct session *session, struct grid *grid,
                        size_t row, const struct chooser_row *choice)
{
    struct arena arena = {0};
    size_t columns = list_columns(chooser), column = 2;
    if (chooser->questions) {
        grid_put(grid, row, column, 1, mark_of(session, choice->position.target), STYLE_META);
        column += 2;
    }
    column += 2 * choice->indent;
    if (choice->sign.len)
        column += grid_put(grid, row, column, columns, choice->sign, STYLE_KEY) + 1;
    size_t room = columns > column + 1 ? columns - column - 1 : 0;
    if (choice->extra.len)
        room = draw_extra(choice, grid, row, column, room);
    struct str label = chooser->questions ? title_fit(&arena, choice->label, grid->charset, room)
                                          : text_elide(&arena, choice->label, grid->charset, room);
    grid_put(grid, row, column, room, label, STYLE_TEXT);
    arena_free(&arena);
}

static void draw_list(const struct chooser *chooser, const struct session *session, struct grid *grid)
{
    const struct list *list = &chooser->list;
    for (size_t i = list->top; i < list->count && i - list->top < list->visible; i++) {
        size_t row = 2 + i - list->top;
        draw_choice(chooser, session, grid, row, &chooser->choices[chooser->shown[i]]);
        if (i != list->selected)
            continue;
        grid_put(grid, row, 0, 1, STR("▌"), STYLE_KEY);
        grid_mark(grid, row, 0, 1, list_columns(chooser), STYLE_SELECTED);
        grid_set_cursor(grid, row, 0, false);
    }
}

/* Where there is no row: why. */
static void draw_none(const struct chooser *chooser, struct grid *grid)
{
    struct arena arena = {0};
    struct layout layout;
    bool filtered = chooser->count > 0;
    size_t columns = filtered ? list_columns(chooser) : chooser->columns;
    struct layout_options options = {.width = columns > 4 ? columns - 3 : 1, .charset = grid->charset};
    layout_build_text(&arena, filtered ? STR("nothing matches") : chooser->none, STYLE_DIM, &options,
                      &layout);
    for (size_t i = 0; i < layout.line_count && i < pane_rows(chooser); i++)
        grid_put(grid, 2 + i, 2, columns, layout_line_text(&arena, &layout.lines[i]), STYLE_DIM);
    grid_set_cursor(grid, 2, 2, false);
    arena_free(&arena);
}

static void draw_text(struct str text, struct grid *grid, size_t column, size_t rows)
{
    struct arena arena = {0};
    struct layout layout;
    struct pager page = {.charset = grid->charset};
    size_t width = grid->columns > column + 3 ? grid->columns - column - 3 : 1;
    struct layout_options options = {.width = width, .charset = grid->charset};
    layout_build(&arena, markdown_parse(&arena, text), &options, &layout);
    pager_set_layout(&page, &layout);
    pager_set_height(&page, rows);
    pager_draw(&page, grid, 2, column + 2, 0);
    pager_free(&page);
    arena_free(&arena);
}

static void draw_preview(struct chooser *chooser, const struct session *session, struct grid *grid)
{
    size_t left = list_columns(chooser), rows = pane_rows(chooser);
    const struct chooser_row *choice = selected_choice(chooser);
    if (choice && choice->position.target != CATALOGUE_NONE)
        reading_draw(&chooser->preview, session, grid, 2, left + 1, false);
    else if (choice)
        draw_text(choice->text, grid, left + 1, rows);
    for (size_t i = 0; i < rows; i++)
        grid_put(grid, 2 + i, left, 1, STR("│"), STYLE_RULE);
    grid_put(grid, 1, left, 1, STR("┬"), STYLE_RULE);
    grid_put(grid, 2 + rows, left, 1, STR("┴"), STYLE_RULE);
}

static void draw_filter(const struct chooser *chooser, struct grid *grid)
{
    grid_put(grid, grid->rows - 1, 1, 1, STR("/"), STYLE_KEY);
    if (chooser->filtering)
        line_draw(&chooser->filter, grid, grid->rows - 1, 2, grid->columns / 2);
    else
        grid_put(grid, grid->rows - 1, 2, grid->columns / 2, buf_str(&chooser->filter.text), STYLE_INPUT);
}

static void chooser_draw(struct view *view, const struct session *session, struct grid *grid)
{
    static const struct hint hints[] = {
        {ACTION_OPEN, "open"}, {ACTION_FIND, "filter"}, {ACTION_PREVIEW, "look"}, {ACTION_CLOSE, "close"}};
    enum { HINTS = sizeof hints / sizeof *hints };
    struct chooser *chooser = chooser_of(view);
    grid_put(grid, 0, 1, grid->columns - 1, chooser->title, STYLE_TITLE);
    grid_fill(grid, 1, 0, grid->columns, STR("─"), STYLE_RULE);
    grid_fill(grid, 2 + pane_rows(chooser), 0, grid->columns, STR("─"), STYLE_RULE);
    if (chooser->columns >= SPLIT_COLUMNS && chooser->count)
        draw_preview(chooser, session, grid);
    if (chooser->list.count)
        draw_list(chooser, session, grid);
    else
        draw_none(chooser, grid);
    size_t first = chooser->count ? 0 : HINTS - 1; /* an empty list can only be closed */
    status_draw(grid, grid->rows - 1, session->keymap, (struct str){0}, hints + first, HINTS - first);
    if (chooser->filtering || chooser->filter.text.len)
        draw_filter(chooser, grid);
}

static void chooser_free(struct view *view)
{
    struct chooser *chooser = chooser_of(view);
    if (chooser->source)
        chooser->source->free(chooser->source);
    arena_free(&chooser->arena);
    mem_free(chooser->choices);
    mem_free(chooser->shown);
    line_free(&chooser->filter);
    reading_free(&chooser->preview);
    mem_free(chooser);
}

struct chooser *chooser_new(struct str title, bool questions)
{
    static const struct view_operations operations = {
        .type = chooser_type,
        .paste = chooser_paste,
        .act = chooser_act,
        .resize = chooser_resize,
        .renew = chooser_renew,
        .refresh = chooser_refresh,
        .draw = chooser_draw,
        .free = chooser_free,
    };
    struct chooser *chooser = mem_calloc(1, sizeof *chooser);
    chooser->view.operations = &operations;
    chooser->title = arena_str(&chooser->arena, title);
    chooser->questions = questions;
    chooser->preview.target = CATALOGUE_NONE;
    chooser->preview.link = PAGER_NONE;
    return chooser;
}

void chooser_add(struct chooser *chooser, const struct chooser_row *row)
{
    chooser->choices =
        mem_grow(chooser->choices, chooser->count, &chooser->capacity, sizeof *chooser->choices);
    struct chooser_row *choice = &chooser->choices[chooser->count++];
    *choice = *row;
    choice->label = arena_str(&chooser->arena, row->label);
    choice->sign = arena_str(&chooser->arena, row->sign);
    choice->extra = arena_str(&chooser->arena, row->extra);
    choice->text = arena_str(&chooser->arena, row->text);
}

void chooser_set_none(struct chooser *chooser, struct str text)
{
    chooser->none = arena_str(&chooser->arena, text);
}

void chooser_select(struct chooser *chooser, size_t row)
{
    apply_filter(chooser);
    list_select(&chooser->list, row);
}

size_t chooser_set_source(struct chooser *chooser, const struct session *session,
                          struct chooser_source *source)
{
    chooser->source = source;
    for (size_t rows = FEW_ROWS; chooser->source && !chooser->count; rows = MANY_ROWS)
        add_rows(chooser, session, rows);
    return chooser->count;
}

struct view *chooser_view(struct chooser *chooser)
{
    if (!chooser->shown)
        apply_filter(chooser);
    return &chooser->view;
}
