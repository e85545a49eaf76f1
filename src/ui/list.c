#include "list.h"

/* Keeps the selection inside the rows and the window around the selection, without needless scrolling. */
static void settle(struct list *list)
{
    if (list->visible == 0)
        list->visible = 1;
    if (list->selected >= list->count)
        list->selected = list->count ? list->count - 1 : 0;
    if (list->selected < list->top)
        list->top = list->selected;
    if (list->selected - list->top >= list->visible)
        list->top = list->selected - list->visible + 1;
    size_t last_top = list->count > list->visible ? list->count - list->visible : 0;
    if (list->top > last_top)
        list->top = last_top;
}

void list_set_count(struct list *list, size_t count)
{
    list->count = count;
    settle(list);
}

void list_set_visible(struct list *list, size_t rows)
{
    list->visible = rows;
    settle(list);
}

void list_select(struct list *list, size_t row)
{
    list->selected = row;
    settle(list);
}

void list_reveal(struct list *list, size_t row)
{
    if (row < list->top || row - list->top >= list->visible)
        list->top = row > list->visible / 2 ? row - list->visible / 2 : 0;
    list_select(list, row);
}

void list_place(struct list *list, size_t row, size_t offset)
{
    list->top = row > offset ? row - offset : 0;
    list_select(list, row);
}

static void move_down(struct list *list, size_t rows)
{
    size_t left = list->count ? list->count - 1 - list->selected : 0;
    list_select(list, list->selected + (rows < left ? rows : left));
}

static void move_up(struct list *list, size_t rows)
{
    list_select(list, rows < list->selected ? list->selected - rows : 0);
}

bool list_act(struct list *list, enum action action)
{
    size_t half = list->visible > 1 ? list->visible / 2 : 1;
    switch (action) {
    case ACTION_DOWN: move_down(list, 1); return true;
    case ACTION_UP: move_up(list, 1); return true;
    case ACTION_HALF_DOWN: move_down(list, half); return true;
    case ACTION_HALF_UP: move_up(list, half); return true;
    case ACTION_PAGE_DOWN: move_down(list, list->visible); return true;
    case ACTION_PAGE_UP: move_up(list, list->visible); return true;
    case ACTION_TOP: list_select(list, 0); return true;
    case ACTION_BOTTOM: list_select(list, list->count); return true;
    default: return false;
    }
}
