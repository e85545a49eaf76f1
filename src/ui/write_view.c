#include "write_view.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "lectern/file.h"
#include "lectern/mem.h"
#include "line.h"

#define MOST_NUMBERS 100

struct write_view {
    struct view view;
    const char *what;
    struct line name;
    struct buf text;
    struct buf remark; /* why it was not written, until the next key */
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

static bool is_there(const char *name)
{
    struct stat about;
    return lstat(name, &about) == 0;
}

/* The name with a number before its ending, under which nothing is yet: trail-2.md. */
static struct str free_name(struct arena *arena, struct str name)
{
    struct str last = str_last_part(name), free = name;
    size_t dot = last.len;
    while (dot > 0 && last.at[dot - 1] != '.')
        dot--;
    size_t end = dot > 1 ? name.len - last.len + dot - 1 : name.len;
    struct str ending = str_slice(name, end, name.len);
    for (int number = 2; number < MOST_NUMBERS && is_there(free.at); number++)
        free = arena_printf(arena, "%.*s-%d%.*s", (int)end, name.at, number, STR_ARG(ending));
    return free;
}

/* Or says what stands in the way, with another name in the line if that helps. */
static void try_to_write(struct write_view *write_view, const struct session *session, struct str name,
                         struct arena *arena, struct err *err)
{
    struct buf *remark = &write_view->remark;
    buf_clear(remark);
    if (!str_eq(text_safe(arena, name, TEXT_UTF8, false), name)) {
        buf_add(remark, STR("that is no name that can be shown"));
    } else if (is_in_library(session, name)) {
        buf_add(remark, STR("nothing is written inside of a library"));
    } else if (is_there(name.at)) {
        buf_printf(remark, "%.*s is there already", STR_ARG(str_last_part(name)));
        line_set(&write_view->name, free_name(arena, name));
    } else {
        file_write_new(name.at, buf_str(&write_view->text), err);
        buf_add(remark, str_from(err->kind == ERR_NONE ? "" : err->message));
    }
}

static void write_text(struct write_view *write_view, const struct session *session, struct effects *effects)
{
    struct arena arena = {0};
    struct err err = {0};
    struct str name = arena_str(&arena, str_trim(buf_str(&write_view->name.text)));
    if (!name.len) {
        buf_add(&effects->message, STR("Nothing was written."));
    } else if (!session->writes) {
        buf_add(&effects->message, STR("Nothing may be written here."));
    } else {
        try_to_write(write_view, session, name, &arena, &err);
        if (!write_view->remark.len)
            buf_printf(&effects->message, "Written: %.*s", STR_ARG(name));
    }
    effects->close = !write_view->remark.len;
    arena_free(&arena);
}

static bool write_view_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    struct write_view *write_view = write_view_of(view);
    bool changed;
    if (k == KEYS_ENTER) {
        write_text(write_view, session, effects);
        return true;
    }
    buf_clear(&write_view->remark);
    if (k == KEYS_ESCAPE)
        effects->close = true;
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
    size_t end = grid->columns - 1, remark = text_width(buf_str(&write_view->remark), grid->charset);
    if (remark > end / 2)
        remark = end / 2;
    if (remark) {
        end -= remark;
        grid_put(grid, row, end, remark, buf_str(&write_view->remark), STYLE_PROBLEM);
        end -= 2;
    }
    if (column < end)
        line_draw(&write_view->name, grid, row, column, end - column);
}

static void write_view_free(struct view *view)
{
    struct write_view *write_view = write_view_of(view);
    line_free(&write_view->name);
    buf_free(&write_view->text);
    buf_free(&write_view->remark);
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
