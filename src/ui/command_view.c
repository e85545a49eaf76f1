#include "command_view.h"

#include "lectern/mem.h"
#include "line.h"
#include "list.h"

#define COMMAND_ROWS 8
#define NAME_CELLS   18
#define KEYS_CELLS   16

struct command_view {
    struct view view;
    struct line line;
    enum action fitting[ACTION_COUNT];
    struct list list; /* of the fitting ones */
};

static struct command_view *command_of(struct view *view)
{
    return (struct command_view *)view;
}

/* An action that takes one more key as its argument cannot be named alone; neither can a number. */
static bool can_be_named(enum action action)
{
    return !action_waits(action) && action != ACTION_RELATED_NUMBER && action != ACTION_COMMAND &&
           action != ACTION_CANCEL;
}

/* Names that begin with what is typed come before names and helps that only contain it. */
static void fit(struct command_view *command)
{
    struct str typed = str_trim(buf_str(&command->line.text));
    size_t count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (enum action action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
            const struct action_info *info = action_info(action);
            bool begins = str_starts(info->name, typed);
            bool contains =
                str_find(info->name, typed) != STR_NOT_FOUND || str_find(info->help, typed) != STR_NOT_FOUND;
            if (can_be_named(action) && (pass == 0 ? begins : !begins && contains))
                command->fitting[count++] = action;
        }
    list_set_count(&command->list, count);
    list_select(&command->list, 0);
}

static bool command_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    (void)session;
    struct command_view *command = command_of(view);
    bool changed = false;
    if (k == KEYS_ESCAPE || (k == KEYS_BACKSPACE && !command->line.text.len))
        effects->close = true;
    else if (k == KEYS_UP || k == KEYS_DOWN)
        list_act(&command->list, k == KEYS_UP ? ACTION_UP : ACTION_DOWN);
    else if (k == KEYS_TAB && command->list.count)
        line_set(&command->line, action_info(command->fitting[command->list.selected])->name);
    else if (k == KEYS_ENTER && command->list.count) {
        effects->close = true;
        effects->run = command->fitting[command->list.selected];
    } else if (k == KEYS_ENTER) {
        effects->close = true;
        buf_printf(&effects->message, "There is no action of that name: %.*s",
                   STR_ARG(buf_str(&command->line.text)));
    } else if (line_key(&command->line, k, &changed) && changed)
        fit(command);
    return true;
}

static void command_paste(struct view *view, const struct session *session, struct str text,
                          struct effects *effects)
{
    (void)session, (void)effects;
    line_insert(&command_of(view)->line, text);
    fit(command_of(view));
}

static void draw_row(const struct command_view *command, const struct keymap *keymap, struct grid *grid,
                     size_t row, size_t at)
{
    enum action action = command->fitting[at];
    const struct action_info *info = action_info(action);
    grid_fill(grid, row, 0, grid->columns, STR(" "), STYLE_TEXT);
    grid_put(grid, row, 1, NAME_CELLS, info->name, STYLE_TEXT | STYLE_STRONG);
    grid_put(grid, row, 1 + NAME_CELLS, KEYS_CELLS - 1, keymap_keys(keymap, action), STYLE_KEY);
    grid_put(grid, row, 1 + NAME_CELLS + KEYS_CELLS, grid->columns, info->help, STYLE_DIM);
    if (at == command->list.selected)
        grid_mark(grid, row, 0, 1, grid->columns, STYLE_SELECTED);
}

static void command_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct command_view *command = command_of(view);
    view->below->operations->draw(view->below, session, grid);
    size_t most = grid->rows > 4 ? grid->rows - 4 : 1;
    size_t rows = most < COMMAND_ROWS ? most : COMMAND_ROWS;
    list_set_visible(&command->list, rows);
    if (command->list.count < rows)
        rows = command->list.count;
    size_t first = grid->rows - 1 - rows;
    grid_fill(grid, first - 1, 0, grid->columns, STR("─"), STYLE_RULE);
    for (size_t i = 0; i < rows; i++)
        draw_row(command, session->keymap, grid, first + i, command->list.top + i);
    grid_fill(grid, grid->rows - 1, 0, grid->columns, STR(" "), STYLE_TEXT);
    grid_put(grid, grid->rows - 1, 1, 1, STR(":"), STYLE_KEY);
    line_draw(&command->line, grid, grid->rows - 1, 2, grid->columns - 3);
}

static void command_free(struct view *view)
{
    line_free(&command_of(view)->line);
    mem_free(view);
}

struct view *command_view_new(void)
{
    static const struct view_operations operations = {
        .type = command_type,
        .paste = command_paste,
        .draw = command_draw,
        .free = command_free,
    };
    struct command_view *command = mem_calloc(1, sizeof *command);
    command->view.operations = &operations;
    fit(command);
    return &command->view;
}
