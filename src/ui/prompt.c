#include "prompt.h"

#include "lectern/mem.h"
#include "line.h"

struct prompt {
    struct view view;
    struct line line;
    const char *label;
    prompt_take *take;
    int64_t subject;
};

static struct prompt *prompt_of(struct view *view)
{
    return (struct prompt *)view;
}

static bool prompt_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    struct prompt *prompt = prompt_of(view);
    bool changed;
    if (k == KEYS_ENTER)
        prompt->take(prompt->subject, session, buf_str(&prompt->line.text), effects);
    if (k == KEYS_ENTER || k == KEYS_ESCAPE)
        effects->close = true;
    else
        line_key(&prompt->line, k, &changed);
    return true;
}

static void prompt_paste(struct view *view, const struct session *session, struct str text,
                         struct effects *effects)
{
    (void)session, (void)effects;
    line_insert(&prompt_of(view)->line, text);
}

static void prompt_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct prompt *prompt = prompt_of(view);
    struct str label = str_from(prompt->label);
    size_t row = grid->rows - 1;
    view->below->operations->draw(view->below, session, grid);
    grid_fill(grid, row, 0, grid->columns, STR(" "), STYLE_TEXT);
    size_t column = 2 + grid_put(grid, row, 1, grid->columns - 2, label, STYLE_KEY);
    if (column + 2 < grid->columns)
        line_draw(&prompt->line, grid, row, column, grid->columns - column - 1);
}

static void prompt_free(struct view *view)
{
    line_free(&prompt_of(view)->line);
    mem_free(view);
}

struct view *prompt_new(const char *label, struct str text, prompt_take *take, int64_t subject)
{
    static const struct view_operations operations = {
        .type = prompt_type, .paste = prompt_paste, .draw = prompt_draw, .free = prompt_free};
    struct prompt *prompt = mem_calloc(1, sizeof *prompt);
    prompt->view.operations = &operations;
    prompt->label = label;
    prompt->take = take;
    prompt->subject = subject;
    line_set(&prompt->line, text);
    return &prompt->view;
}
