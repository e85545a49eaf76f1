#include "write_view.h"

#include <limits.h>
#include <stdlib.h>

#include "lectern/file.h"
#include "lectern/mem.h"
#include "line.h"

struct write_view {
    struct view view;
    const char *what;
    struct line name;
    struct buf text;
};

static struct write_view *write_view_of(struct view *view)
{
    return (struct write_view *)view;
}

/* The folder that a file of that name would stand in. */
static struct str folder_of(struct str name)
{
    size_t end = name.len - str_last_part(name).len;
    return end ? str_slice(name, 0, end) : STR("./");
}

static bool is_in_library(const struct session *session, struct str name)
{
    char folder[PATH_MAX], root[PATH_MAX];
    struct arena arena = {0};
    bool known = realpath(arena_str(&arena, folder_of(name)).at, folder) != NULL, inside = false;
    for (size_t i = 0; known && !inside && i < library_root_count(session->library); i++) {
        if (!realpath(library_root(session->library, i), root))
            continue;
        struct str rest = str_from(folder), start = str_from(root);
        inside = str_starts(rest, start) &&
                 (rest.len == start.len || str_ends(start, STR("/")) || rest.at[start.len] == '/');
    }
    arena_free(&arena);
    return inside;
}

static void write_text(struct write_view *write_view, const struct session *session, struct effects *effects)
{
    struct str name = str_trim(buf_str(&write_view->name.text));
    struct arena arena = {0};
    struct err err;
    effects->close = true;
    if (!name.len)
        buf_add(&effects->message, STR("Nothing was written."));
    else if (!session->writes)
        buf_add(&effects->message, STR("Nothing may be written here."));
    else if (!str_eq(text_safe(&arena, name, TEXT_UTF8, false), name))
        buf_add(&effects->message, STR("Nothing was written: that is no name that can be shown."));
    else if (is_in_library(session, name))
        buf_add(&effects->message, STR("Nothing is written inside of a library; name another folder."));
    else if (file_write_new(arena_str(&arena, name).at, buf_str(&write_view->text), &err) == 0)
        buf_printf(&effects->message, "Written: %.*s", STR_ARG(name));
    else
        buf_printf(&effects->message, "%.*s: %s", STR_ARG(name), err.message);
    arena_free(&arena);
}

static bool write_view_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    struct write_view *write_view = write_view_of(view);
    bool changed;
    if (k == KEYS_ESCAPE)
        effects->close = true;
    else if (k == KEYS_ENTER)
        write_text(write_view, session, effects);
    else
        line_key(&write_view->name, k, &changed);
    return true;
}

static void write_view_paste(struct view *view, const struct session *session, struct str text,
                             struct effects *effects)
{
    (void)session, (void)effects;
    line_insert(&write_view_of(view)->name, text);
}

static void write_view_draw(struct view *view, const struct session *session, struct grid *grid)
{
    const struct write_view *write_view = write_view_of(view);
    size_t row = grid->rows - 1, column = 1;
    view->below->operations->draw(view->below, session, grid);
    grid_fill(grid, row, 0, grid->columns, STR(" "), STYLE_TEXT);
    column += grid_put(grid, row, column, grid->columns / 2, STR("Write "), STYLE_KEY);
    column += grid_put(grid, row, column, grid->columns / 3, str_from(write_view->what), STYLE_KEY);
    column += grid_put(grid, row, column, 5, STR(" to: "), STYLE_KEY);
    if (column + 1 < grid->columns)
        line_draw(&write_view->name, grid, row, column, grid->columns - column - 1);
}

static void write_view_free(struct view *view)
{
    struct write_view *write_view = write_view_of(view);
    line_free(&write_view->name);
    buf_free(&write_view->text);
    mem_free(write_view);
}

struct view *write_view_new(const char *what, struct str name, struct buf *text)
{
    static const struct view_operations operations = {
        .type = write_view_type,
        .paste = write_view_paste,
        .draw = write_view_draw,
        .free = write_view_free,
    };
    struct write_view *write_view = mem_calloc(1, sizeof *write_view);
    write_view->view.operations = &operations;
    write_view->what = what;
    write_view->text = *text;
    *text = (struct buf){0};
    line_set(&write_view->name, name);
    return &write_view->view;
}
