#include "clip.h"
#include "cmd.h"
#include "edit.h"
#include "lectern/app.h"
#include "lectern/library.h"
#include "lectern/state.h"
#include "lectern/term.h"

/* Events taken in before the screen is drawn, if they are there already: a storm of keys is not drawn one by one. */
#define MOST_EVENTS_A_FRAME 32

/* How often a program that copies is looked at. */
#define CLIP_LOOK_MS 100

struct reader {
    struct term *term;
    struct app *app;
    struct grid grid;
    enum text_charset charset;
    struct clip clip;
    const char *editor;
    bool draw; /* even if the app sees no change */
};

static void take_size(struct reader *reader)
{
    size_t rows, columns;
    term_size(reader->term, &rows, &columns);
    app_resize(reader->app, rows, columns);
    grid_resize(&reader->grid, rows, columns, reader->charset);
    reader->draw = true;
}

static void let_edit(struct reader *reader)
{
    struct edit edit;
    struct arena arena = {0};
    struct str edited;
    struct err err;
    if (edit_text(&edit, reader->term, reader->editor, app_text(reader->app), &arena, &edited, &err) != 0)
        app_tell(reader->app, &err);
    else
        edit.keep = !app_take_text(reader->app, edited, buf_cstr(&edit.file));
    edit_end(&edit);
    arena_free(&arena);
    take_size(reader);
    app_focus(reader->app);
}

static void copy(struct reader *reader)
{
    struct err err;
    struct buf way = {0};
    if (clip_copy(&reader->clip, reader->term, app_text(reader->app), &way, &err) == 0)
        app_copied(reader->app, buf_cstr(&way));
    else
        app_tell(reader->app, &err);
    buf_free(&way);
}

/* False if the reader wants to quit. */
static bool take_key(struct reader *reader, key k)
{
    switch (app_key(reader->app, k)) {
    case APP_CONTINUE: break;
    case APP_QUIT: return false;
    case APP_SUSPEND:
        term_suspend(reader->term);
        take_size(reader);
        app_focus(reader->app);
        break;
    case APP_COPY: copy(reader); break;
    case APP_EDIT: let_edit(reader); break;
    case APP_REDRAW:
        term_redraw(reader->term);
        reader->draw = true;
        break;
    }
    return true;
}

static void draw(struct reader *reader)
{
    if (!reader->draw && !app_changed(reader->app))
        return;
    app_draw(reader->app, &reader->grid);
    term_draw(reader->term, &reader->grid);
    reader->draw = false;
}

/* Returns the exit status. */
static int run(struct reader *reader)
{
    struct term_event event;
    take_size(reader);
    for (;;) {
        draw(reader);
        int timeout = reader->clip.waits ? CLIP_LOOK_MS : -1;
        for (int i = 0; i < MOST_EVENTS_A_FRAME; i++, timeout = 0) {
            term_wait(reader->term, app_wake_fd(reader->app), timeout, &event);
            if (event.kind == TERM_END)
                return 1;
            if (event.kind == TERM_KEY && !take_key(reader, event.key))
                return 0;
            if (event.kind == TERM_PASTE)
                app_paste(reader->app, event.paste);
            if (event.kind == TERM_RESIZE)
                take_size(reader);
            if (event.kind == TERM_RESIZE || event.kind == TERM_FOCUS)
                app_focus(reader->app);
            if (event.kind == TERM_NOTHING)
                break;
        }
        struct err err;
        if (clip_failed(&reader->clip, &err))
            app_tell(reader->app, &err);
        app_wake(reader->app);
        if (app_wants_focus(reader->app))
            term_report_focus(reader->term);
    }
}

/* Returns the exit status. */
static int read_library(const struct cmd_context *context, struct library *library, struct state *state,
                        const struct err *notice)
{
    struct err err = {0};
    struct reader reader = {
        .charset = context->charset, .clip.command = context->copy_command, .editor = context->editor};
    struct buf index_folder = {0};
    bool indexed = cmd_index_folder(&index_folder, NULL) == 0;
    struct app_options options = {
        .charset = context->charset,
        .column_width = context->width,
        .justifies = context->justify,
        .index_folder = indexed ? buf_cstr(&index_folder) : NULL,
        .watch = true,
        .writes = true,
        .study = &context->study,
        .keymap = context->keymap,
        .state = state,
        .fresh = context->fresh,
        .notice = notice,
    };
    int status = 2;
    reader.app = app_new(library, &options, &err); /* reads while the terminal is prepared */
    if (reader.app)
        reader.term = term_open(context->colour, &err);
    if (reader.term)
        status = run(&reader);
    term_close(reader.term); /* first, so that the terminal is given back even while workers are waited for */
    app_free(reader.app);
    grid_free(&reader.grid);
    buf_free(&index_folder);
    if (err.kind != ERR_NONE)
        cmd_tell(&err, context->charset);
    return status;
}

int cmd_read(const struct cmd_context *context)
{
    struct err err = {0}, notice;
    struct library *library = library_open(context->libraries, context->library_count, &err);
    if (!library)
        return cmd_fail(&err, context->charset);
    struct state *state = cmd_open_state(&notice);
    const struct err *first = notice.kind != ERR_NONE ? &notice : &context->notice;
    int status = read_library(context, library, state, first);
    if (notice.kind != ERR_NONE)
        cmd_tell(&notice, context->charset);
    state_close(state);
    library_close(library);
    return status;
}
