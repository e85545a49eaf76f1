#include "map_view_inside.h"

#include "lectern/mem.h"
#include "peek.h"
#include "reading.h"

/* Rows and columns that stay in sight around the selected question. */
#define AROUND 2

static struct map_view *map_view_of(struct view *view)
{
    return (struct map_view *)view;
}

static uint32_t centre_of(const struct map_view *map_view)
{
    return map_view->centres[map_view->centre_count - 1];
}

static uint32_t selected_target(const struct map_view *map_view)
{
    return map_view->made.map.node_count ? map_view->made.targets[map_view->selected] : CATALOGUE_NONE;
}

static void scroll(size_t *first, size_t room, size_t from, size_t to, size_t size)
{
    from = from > AROUND ? from - AROUND : 0;
    to = to + AROUND < size ? to + AROUND : size;
    if (to > *first + room)
        *first = to - room;
    if (from < *first)
        *first = from;
    if (*first + room > size)
        *first = size > room ? size - room : 0;
}

static void show_selected(struct map_view *map_view)
{
    if (!map_view->made.map.node_count)
        return;
    const struct map_drawing *drawing = &map_view->drawing;
    const struct map_box *box = &drawing->boxes[map_view->selected];
    scroll(&map_view->top, map_view_picture_rows(map_view), box->row, box->row + box->rows, drawing->rows);
    scroll(&map_view->left, map_view->columns, box->column, box->column + box->columns, drawing->columns);
}

static bool is_read(void *session, uint32_t article)
{
    return session_is_read(session, article);
}

/* Makes the picture anew; the question with that number is selected again if it is in it, else the centre. */
static void make(struct map_view *map_view, const struct session *session, uint32_t selected)
{
    struct question_map_wishes wishes = {.centre = centre_of(map_view),
                                         .whole = map_view->whole,
                                         .is_read = is_read,
                                         .context = (void *)session};
    struct map_room room = {.rows = map_view_picture_rows(map_view),
                            .columns = map_view->columns ? map_view->columns : 1,
                            .charset = session->charset};
    arena_reset(&map_view->arena);
    map_view->selected = 0;
    map_view->top = map_view->left = 0;
    if (!question_map_make(session->catalogue, &wishes, &map_view->arena, &map_view->made))
        return;
    map_draw(&map_view->made.map, &room, &map_view->arena, &map_view->drawing);
    for (uint32_t i = 0; i < map_view->made.map.node_count; i++)
        if (map_view->made.targets[i] == selected)
            map_view->selected = i;
    show_selected(map_view);
}

static void set_centre(struct map_view *map_view, const struct session *session, uint32_t centre)
{
    map_view->centres = mem_grow(map_view->centres, map_view->centre_count, &map_view->centre_capacity,
                                 sizeof *map_view->centres);
    map_view->centres[map_view->centre_count++] = centre;
    make(map_view, session, centre);
}

/* The centre is opened, any other question becomes it. */
static void open_selected(struct map_view *map_view, const struct session *session, struct effects *effects)
{
    uint32_t target = selected_target(map_view);
    if (map_view->selected) {
        set_centre(map_view, session, target);
    } else {
        effects->open = OPEN_TARGET;
        effects->position = (struct position){.target = target, .link = PAGER_NONE};
    }
}

static void go_back(struct map_view *map_view, const struct session *session, struct effects *effects)
{
    if (map_view->centre_count == 1) {
        effects->close = true;
        return;
    }
    uint32_t from = centre_of(map_view);
    map_view->centre_count--;
    make(map_view, session, from);
}

/* To the end of a layer. */
static void move_far(struct map_view *map_view, enum map_arm direction)
{
    const struct map *map = &map_view->made.map;
    uint32_t layer = map->nodes[map_view->selected].layer;
    for (;;) {
        uint32_t next = map_neighbour(map, &map_view->drawing, map_view->selected, direction);
        if (next == map_view->selected || map->nodes[next].layer != layer)
            break;
        map_view->selected = next;
    }
    show_selected(map_view);
}

static void move(struct map_view *map_view, enum map_arm direction)
{
    map_view->selected =
        map_neighbour(&map_view->made.map, &map_view->drawing, map_view->selected, direction);
    show_selected(map_view);
}

static bool act_moving(struct map_view *map_view, enum action action)
{
    switch (action) {
    case ACTION_UP: move(map_view, MAP_UP); return true;
    case ACTION_DOWN: move(map_view, MAP_DOWN); return true;
    case ACTION_OUT: move(map_view, MAP_LEFT); return true;
    case ACTION_IN: move(map_view, MAP_RIGHT); return true;
    case ACTION_TOP:
    case ACTION_PAGE_UP: move_far(map_view, MAP_UP); return true;
    case ACTION_BOTTOM:
    case ACTION_PAGE_DOWN: move_far(map_view, MAP_DOWN); return true;
    default: return false;
    }
}

static bool map_view_act(struct view *view, const struct session *session, enum action action, key argument,
                         struct effects *effects)
{
    struct map_view *map_view = map_view_of(view);
    if (action == ACTION_CANCEL || action == ACTION_MAP) {
        effects->close = true;
        return true;
    }
    if (!map_view->made.map.node_count)
        return false;
    if (action == ACTION_PREVIEW || (action == ACTION_PAGE_DOWN && argument == KEYS_SPACE)) {
        effects->push = peek_new(session, selected_target(map_view));
        return true;
    }
    switch (action) {
    case ACTION_OPEN: open_selected(map_view, session, effects); return true;
    case ACTION_BACK: go_back(map_view, session, effects); return true;
    case ACTION_STUDY_SET:
        map_view->whole = !map_view->whole;
        make(map_view, session, selected_target(map_view));
        return true;
    default: return act_moving(map_view, action);
    }
}

static void map_view_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct map_view *map_view = map_view_of(view);
    map_view->rows = rows;
    map_view->columns = columns;
    make(map_view, session, selected_target(map_view));
}

/* Centres that have gone are left out; without any there is no picture. */
static void map_view_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                           const struct renumbering *renumbering)
{
    (void)before;
    struct map_view *map_view = map_view_of(view);
    uint32_t selected = selected_target(map_view);
    size_t kept = 0;
    for (size_t i = 0; i < map_view->centre_count; i++) {
        uint32_t centre = renumber(renumbering, map_view->centres[i]);
        if (centre != CATALOGUE_NONE)
            map_view->centres[kept++] = centre;
    }
    if (!kept)
        map_view->centres[kept++] = CATALOGUE_NONE;
    map_view->centre_count = kept;
    make(map_view, session, selected == CATALOGUE_NONE ? selected : renumber(renumbering, selected));
}

/* It may be known by now what was read. */
static void map_view_refresh(struct view *view, const struct session *session)
{
    struct map_view *map_view = map_view_of(view);
    size_t top = map_view->top, left = map_view->left;
    make(map_view, session, selected_target(map_view));
    map_view->top = top;
    map_view->left = left;
    show_selected(map_view);
}

static void map_view_free(struct view *view)
{
    struct map_view *map_view = map_view_of(view);
    mem_free(map_view->centres);
    arena_free(&map_view->arena);
    mem_free(map_view);
}

struct view *map_view_new(const struct session *session, uint32_t centre)
{
    static const struct view_operations operations = {
        .act = map_view_act,
        .resize = map_view_resize,
        .renew = map_view_renew,
        .refresh = map_view_refresh,
        .draw = map_view_draw,
        .free = map_view_free,
    };
    struct map_view *map_view = mem_calloc(1, sizeof *map_view);
    map_view->view.operations = &operations;
    set_centre(map_view, session, centre);
    return &map_view->view;
}
