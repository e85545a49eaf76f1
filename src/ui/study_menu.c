#include "study_menu.h"

#include "day.h"
#include "deck.h"
#include "frame.h"
#include "lectern/mem.h"
#include "list.h"
#include "study_view.h"

struct study_menu {
    struct view view;
    struct arena arena;
    struct study_list lists[STUDY_MENU_LISTS];
    struct str counts[STUDY_MENU_LISTS]; /* what each list has to be studied */
    struct list rows;
    struct frame frame;
};

static struct study_menu *menu_of(struct view *view)
{
    return (struct study_menu *)view;
}

static struct str count_cards(const struct session *session, const struct study_list *list,
                              struct arena *arena)
{
    struct study_time time = day_of(session->now());
    size_t due = 0, fresh = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct study_card card = deck_card(session->deck, list->articles[i]);
        due += study_is_due(&card, &time);
        fresh += study_is_new(&card, &time);
    }
    return arena_printf(arena, "%zu due · %zu new", due, fresh);
}

static bool menu_act(struct view *view, const struct session *session, enum action action, key argument,
                     struct effects *effects)
{
    struct study_menu *menu = menu_of(view);
    switch (action) {
    case ACTION_RELATED_NUMBER:
        if (argument - '1' >= menu->rows.count)
            return true;
        list_select(&menu->rows, argument - '1');
        study_view_open(session, &menu->lists[menu->rows.selected], effects);
        effects->close = true;
        return true;
    case ACTION_OPEN:
    case ACTION_IN:
        study_view_open(session, &menu->lists[menu->rows.selected], effects);
        effects->close = true;
        return true;
    case ACTION_OUT:
    case ACTION_BACK:
    case ACTION_STUDY:
    case ACTION_CANCEL: effects->close = true; return true;
    default: return list_act(&menu->rows, action);
    }
}

static void menu_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    (void)session;
    struct study_menu *menu = menu_of(view);
    menu->frame = frame_place(rows, columns, menu->rows.count);
    list_set_visible(&menu->rows, menu->frame.rows > 2 ? menu->frame.rows - 2 : 1);
}

static void menu_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                       const struct renumbering *renumbering)
{
    (void)before;
    struct study_menu *menu = menu_of(view);
    for (size_t i = 0; i < menu->rows.count; i++) {
        struct study_list *list = &menu->lists[i];
        uint32_t *targets = arena_array(&menu->arena, list->count, sizeof *targets);
        for (size_t k = 0; k < list->count; k++)
            targets[k] = renumber(renumbering, list->articles[k]);
        *list = study_list_of(session, list->title, targets, list->count, &menu->arena);
        menu->counts[i] = count_cards(session, list, &menu->arena);
    }
}

static void draw_row(const struct study_menu *menu, struct grid *grid, size_t i, size_t row)
{
    const struct frame *frame = &menu->frame;
    struct arena arena = {0};
    size_t inside = frame->columns > 6 ? frame->columns - 6 : 0;
    size_t width = text_width(menu->counts[i], grid->charset);
    size_t room = inside > width + 2 ? inside - width - 2 : 0;
    struct str number = arena_printf(&arena, "%zu", i + 1);
    size_t column = frame->column + 2;
    grid_put(grid, row, column, 1, number, STYLE_LINK_NUMBER);
    grid_put(grid, row, column + 2, room, text_elide(&arena, menu->lists[i].title, grid->charset, room),
             STYLE_TEXT);
    if (room)
        grid_put(grid, row, frame->column + frame->columns - 2 - width, width, menu->counts[i], STYLE_COUNT);
    if (i == menu->rows.selected) {
        grid_mark(grid, row, frame->column + 1, 1, frame->columns > 2 ? frame->columns - 2 : 0,
                  STYLE_SELECTED);
        grid_set_cursor(grid, row, column, false);
    }
    arena_free(&arena);
}

static void menu_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct study_menu *menu = menu_of(view);
    const struct list *rows = &menu->rows;
    view->below->operations->draw(view->below, session, grid);
    frame_draw(&menu->frame, grid, STR(" Study "), STR(" Enter begins, Esc closes "));
    for (size_t i = rows->top; i < rows->count && i - rows->top < rows->visible; i++)
        draw_row(menu, grid, i, menu->frame.row + 1 + i - rows->top);
}

static void menu_free(struct view *view)
{
    arena_free(&menu_of(view)->arena);
    mem_free(view);
}

struct study_menu *study_menu_new(void)
{
    static const struct view_operations operations = {
        .act = menu_act,
        .resize = menu_resize,
        .renew = menu_renew,
        .draw = menu_draw,
        .free = menu_free,
    };
    struct study_menu *menu = mem_calloc(1, sizeof *menu);
    menu->view.operations = &operations;
    return menu;
}

struct arena *study_menu_arena(struct study_menu *menu)
{
    return &menu->arena;
}

void study_menu_add(struct study_menu *menu, const struct session *session, struct study_list list)
{
    size_t count = menu->rows.count;
    if (!list.count || count == STUDY_MENU_LISTS)
        return;
    menu->lists[count] = list;
    menu->counts[count] = count_cards(session, &list, &menu->arena);
    list_set_count(&menu->rows, count + 1);
}

struct view *study_menu_view(struct study_menu *menu)
{
    return &menu->view;
}
