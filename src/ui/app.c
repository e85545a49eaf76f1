#include "lectern/app.h"

#include "clock.h"
#include "command_view.h"
#include "deck.h"
#include "desk.h"
#include "follow.h"
#include "keeping.h"
#include "lectern/mem.h"
#include "lectern/search.h"
#include "links.h"
#include "memory.h"
#include "outline.h"
#include "page_setting.h"
#include "queries.h"
#include "saved_view.h"
#include "search_view.h"
#include "sheet.h"
#include "status.h"
#include "study_load.h"

struct app {
    struct session session;
    struct queries queries;
    struct study_options study_options;
    struct follow *follow;
    struct view *top; /* the stack; the desk lies at the bottom */
    struct desk *desk;
    enum action waiting; /* for its argument */
    struct buf message;
    int64_t edited;  /* an article whose note is being edited, and its text */
    struct buf text; /* or one that is to be copied, and what that is */
    struct buf copied;
    size_t rows, columns;
    bool changed;
    int64_t key_at; /* when the last key was pressed */
};

/* Whoever has not pressed a key for so long was away. */
#define AWAY_MS 10000

static void push(struct app *app, struct view *view)
{
    view->below = app->top;
    app->top = view;
    if (view->operations->resize && app->rows)
        view->operations->resize(view, &app->session, app->rows, app->columns);
}

static void pop(struct app *app)
{
    struct view *view = app->top;
    app->top = view->below;
    view->operations->free(view);
}

static void take_catalogue(struct app *app, struct library_news *news)
{
    struct session *session = &app->session;
    struct renumbering renumbering = {.from = session->catalogue, .to = news->catalogue};
    struct topic_tree *before = session->tree;
    session->catalogue = news->catalogue;
    session->tree = news->tree;
    deck_renew(session->deck, &renumbering);
    memory_renew(session->memory, session, &renumbering);
    for (struct view *view = app->top; view; view = view->below)
        if (view->operations->renew)
            view->operations->renew(view, session, before, &renumbering);
    topics_release(before);
    catalogue_release((struct catalogue *)renumbering.from);
}

static void say(struct app *app, struct str text)
{
    buf_clear(&app->message);
    buf_add(&app->message, text);
    app->changed = true;
}

static void take_news(void *context, struct library_news *news)
{
    struct app *app = context;
    if (news->progress.files_total || news->progress.files_done) {
        app->session.progress = news->progress;
        app->session.loading = true;
    }
    if (news->segments) {
        segments_release(app->session.segments);
        app->session.segments = news->segments;
    }
    if (news->whole || news->over)
        app->session.loading = false;
    if (news->catalogue)
        take_catalogue(app, news);
    if (news->err.kind != ERR_NONE) {
        struct buf text = {0};
        err_format(&news->err, &text);
        say(app, buf_str(&text));
        buf_free(&text);
    }
}

static int start_workers(struct app *app, const struct app_options *options, struct err *err)
{
    struct session *session = &app->session;
    session->mailbox = mailbox_new(err);
    if (!session->mailbox)
        return -1;
    session->search_worker = worker_new(session->mailbox, err);
    if (!session->search_worker)
        return -1;
    if (!options->state)
        return 0;
    session->memory = memory_new(options->state, session->library, session->deck, session->mailbox, err);
    if (options->fresh && session->memory)
        memory_forget_last(session->memory);
    return session->memory ? 0 : -1;
}

struct app *app_new(struct library *library, const struct app_options *options, struct err *err)
{
    struct app *app = mem_calloc(1, sizeof *app);
    app->study_options = options->study ? *options->study : study_usual_options();
    app->session = (struct session){
        .library = library,
        .loading = true,
        .charset = options->charset,
        .column_width = options->column_width ? options->column_width : PAGE_SETTING_WIDTH,
        .justifies = options->justifies,
        .writes = options->writes,
        .queries = &app->queries,
        .search_scratch = search_scratch_new(),
        .deck = deck_new(),
        .study_options = &app->study_options,
        .keymap = options->keymap ? options->keymap : keymap_usual(),
        .now = options->now ? options->now : clock_seconds,
    };
    if (start_workers(app, options, err) != 0) {
        app_free(app);
        return NULL;
    }
    struct view *desk = desk_new();
    app->desk = (struct desk *)desk;
    push(app, desk);
    if (options->notice && options->notice->kind != ERR_NONE)
        app_tell(app, options->notice);
    app->changed = true;
    struct follow_options following = {options->threads, options->index_folder, options->watch};
    app->follow = follow_start(app->session.mailbox, library, &following, take_news, err);
    if (app->follow)
        return app;
    app_free(app);
    return NULL;
}

void app_free(struct app *app)
{
    if (!app)
        return;
    follow_stop(app->follow);
    worker_free(app->session.search_worker);
    memory_stop(app->session.memory);
    search_scratch_free(app->session.search_scratch);
    while (app->top) /* before the last letters, which would have them ask the workers again */
        pop(app);
    while (app->session.mailbox && mailbox_take(app->session.mailbox, app)) {
    }
    follow_free(app->follow);
    memory_free(app->session.memory);
    mailbox_free(app->session.mailbox);
    segments_release(app->session.segments);
    topics_release(app->session.tree);
    catalogue_release(app->session.catalogue);
    queries_free(&app->queries);
    deck_free(app->session.deck);
    buf_free(&app->message);
    buf_free(&app->text);
    buf_free(&app->copied);
    mem_free(app);
}

void app_resize(struct app *app, size_t rows, size_t columns)
{
    app->rows = rows;
    app->columns = columns;
    app->changed = true;
    for (struct view *view = app->top; view; view = view->below)
        if (view->operations->resize)
            view->operations->resize(view, &app->session, rows, columns);
}

static void resize_again(struct app *app)
{
    app_resize(app, app->rows, app->columns);
}

static uint32_t current_article(const struct app *app)
{
    uint32_t target = app->desk->reading.target;
    return app->session.catalogue && !catalogue_is_missing(app->session.catalogue, target) ? target
                                                                                           : CATALOGUE_NONE;
}

static void open_details(struct app *app)
{
    uint32_t article = current_article(app);
    if (article == CATALOGUE_NONE)
        say(app, STR("There is no file behind this page."));
    else
        push(app, sheet_new_details(&app->session, article));
}

static void open_outline(struct app *app)
{
    struct view *outline = outline_new(&app->desk->reading);
    if (outline)
        push(app, outline);
    else
        say(app, STR("This page has no headings."));
}

static void change_setting(struct app *app, enum action action)
{
    size_t seen = app->desk->reading.width;
    page_setting_change(&app->session, seen, action);
    resize_again(app);
    buf_clear(&app->message);
    page_setting_tell(&app->session, seen, app->desk->reading.width, action, &app->message);
}

/* What is the app's own to do, whatever view is on top. */
static bool act_globally(struct app *app, enum action action, key argument, struct effects *effects)
{
    switch (action) {
    case ACTION_SEARCH: push(app, search_view_new(&app->session, SEARCH_VIEW_WORDS)); return true;
    case ACTION_LAST_SEARCH:
        if (app->queries.count)
            push(app, search_view_new(&app->session, SEARCH_VIEW_AGAIN));
        else
            say(app, STR("There is no earlier search."));
        return true;
    case ACTION_SAVE_SEARCH: saved_view_ask_name(&app->session, effects); return true;
    case ACTION_SAVED_SEARCHES: saved_view_open(&app->session, effects); return true;
    case ACTION_GO_TITLE: push(app, search_view_new(&app->session, SEARCH_VIEW_TITLES)); return true;
    case ACTION_COMMAND: push(app, command_view_new()); return true;
    case ACTION_HELP: push(app, sheet_new_help(app->session.keymap)); return true;
    case ACTION_DETAILS: open_details(app); return true;
    case ACTION_OUTLINE: open_outline(app); return true;
    case ACTION_NARROWER:
    case ACTION_WIDER:
    case ACTION_WRAP:
    case ACTION_JUSTIFY: change_setting(app, action); return true;
    case ACTION_STUDY_LOAD: push(app, study_load_new()); return true;
    case ACTION_REDRAW: effects->redraw = true; return true;
    case ACTION_SUSPEND: effects->suspend = true; return true;
    case ACTION_QUIT: effects->quit = true; return true;
    case ACTION_CLOSE: effects->close = true; return true;
    default:
        return links_act(app->desk, &app->session, action, argument, effects) ||
               keeping_act(&app->desk->reading, &app->session, action, effects);
    }
}

/* What is opened is seen: no view stays above the desk. */
static void show_desk(struct app *app)
{
    while (app->top != &app->desk->view)
        pop(app);
}

static void apply_open(struct app *app, struct effects *effects)
{
    const struct session *session = &app->session;
    if (effects->open == OPEN_TARGET && effects->position.target != CATALOGUE_NONE) {
        if (!effects->hop || !desk_go_hop(app->desk, session, effects->hop - 1, effects->position.target))
            desk_open(app->desk, session, effects->position, effects->walk);
        show_desk(app);
        effects->close = false;
    } else {
        walk_free(&effects->walk);
    }
    if (effects->open == OPEN_BACK && !desk_back(app->desk, session))
        say(app, STR("There is nothing to go back to."));
    if (effects->open == OPEN_FORWARD && !desk_forward(app->desk, session))
        say(app, STR("There is nothing to go forward to."));
}

/* Results of what was typed just now count before one of them is selected or opened. A catalogue that comes in with them
 * starts the search anew. */
static void settle_search(struct app *app)
{
    for (int i = 0; i < 2; i++) {
        worker_wait(app->session.search_worker);
        app_wake(app);
    }
}

/* What others have graded meanwhile counts before anything is studied. */
static void settle_cards(struct app *app)
{
    memory_wait(app->session.memory);
    app_wake(app);
}

/* Similar questions are waited for where they are to be seen at once: mostly they are there, else they take a frame. */
static void settle_similar(struct app *app)
{
    if (!app->session.segments)
        return;
    desk_suggest(app->desk, &app->session);
    settle_search(app);
}

static void act(struct app *app, enum action action, key argument, struct effects *effects)
{
    const struct view_operations *operations = app->top->operations;
    bool waiting_for_library = !app->session.catalogue && app->top == &app->desk->view;
    if (action == ACTION_RELATED || action == ACTION_SIMILAR)
        settle_similar(app);
    if (action == ACTION_STUDY || action == ACTION_STUDY_LOAD)
        settle_cards(app);
    if (!waiting_for_library && operations->act &&
        operations->act(app->top, &app->session, action, argument, effects))
        return;
    if (!act_globally(app, action, argument, effects) && !waiting_for_library)
        buf_add(&effects->message, STR("That key does nothing here; ? lists the keys."));
}

static enum app_request apply(struct app *app, struct effects *effects);

/* Closes the view and does what it asked for in the view below. */
static enum app_request run_below(struct app *app, enum action action)
{
    struct effects effects = {0};
    pop(app);
    act(app, action, KEYS_NONE, &effects);
    return apply(app, &effects);
}

static enum app_request begin_edit(struct app *app, struct effects *effects)
{
    buf_free(&app->text);
    app->edited = effects->edit;
    app->text = effects->text;
    return APP_EDIT;
}

static enum app_request begin_copy(struct app *app, struct effects *effects)
{
    buf_free(&app->text);
    buf_free(&app->copied);
    app->text = effects->copy;
    app->copied = effects->copied;
    return APP_COPY;
}

static enum app_request apply(struct app *app, struct effects *effects)
{
    if (effects->run != ACTION_NONE)
        return run_below(app, effects->run);
    apply_open(app, effects);
    if (effects->message.len)
        say(app, buf_str(&effects->message));
    buf_free(&effects->message);
    if (effects->close && app->top->below)
        pop(app);
    else if (effects->close)
        effects->quit = true;
    if (effects->push)
        push(app, effects->push);
    if (effects->quit)
        return APP_QUIT;
    if (effects->suspend)
        return APP_SUSPEND;
    if (effects->edit)
        return begin_edit(app, effects);
    if (effects->copied.len)
        return begin_copy(app, effects);
    return effects->redraw ? APP_REDRAW : APP_CONTINUE;
}

static bool selects(key k)
{
    return k == KEYS_ENTER || k == KEYS_UP || k == KEYS_DOWN || k == KEYS_PAGE_UP || k == KEYS_PAGE_DOWN ||
           k == (KEYS_CONTROL | 's');
}

/* What means the same also while something is typed, by a key that types nothing. */
static bool is_urgent(key k, enum action action)
{
    return k & KEYS_CONTROL && (action == ACTION_QUIT || action == ACTION_SUSPEND || action == ACTION_REDRAW);
}

static void press(struct app *app, key k, struct effects *effects)
{
    const struct view_operations *operations = app->top->operations;
    if (app->waiting != ACTION_NONE) {
        enum action waited = app->waiting;
        app->waiting = ACTION_NONE;
        if (k != KEYS_ESCAPE)
            act(app, waited, k, effects);
        return;
    }
    if (selects(k) && app->top != &app->desk->view)
        settle_search(app);
    if (k == (KEYS_CONTROL | 's'))
        settle_cards(app);
    bool waits;
    enum action action = keymap_find(app->session.keymap, k, &waits);
    if (is_urgent(k, action)) {
        act_globally(app, action, k, effects);
        return;
    }
    if (operations->type && operations->type(app->top, &app->session, k, effects))
        return;
    if (waits)
        app->waiting = action;
    else if (action != ACTION_NONE)
        act(app, action, k, effects);
    else
        buf_add(&effects->message, STR("That key does nothing here; ? lists the keys."));
}

/* Not every terminal tells when its window gets the focus. */
static void note_key(struct app *app)
{
    int64_t now = clock_ms();
    if (now - app->key_at > AWAY_MS)
        app_focus(app);
    app->key_at = now;
}

/* What is read is saved before it is shown. */
static void remember(struct app *app)
{
    struct err err;
    if (app->desk->focus != DESK_ARTICLE)
        return;
    if (memory_follow(app->session.memory, &app->session, &app->desk->reading, &err) != 0 &&
        err.kind != ERR_NONE)
        app_tell(app, &err);
    memory_keep_trail(app->session.memory, &app->session, &app->desk->history);
}

enum app_request app_key(struct app *app, key k)
{
    struct effects effects = {0};
    note_key(app);
    memory_look_elsewhere(app->session.memory, &app->session);
    buf_clear(&app->message);
    press(app, k, &effects);
    app->changed = true;
    enum app_request request = apply(app, &effects);
    remember(app);
    if (app->top == &app->desk->view)
        desk_suggest(app->desk, &app->session);
    return request;
}

struct str app_text(const struct app *app)
{
    return buf_str(&app->text);
}

void app_copied(struct app *app, const char *way)
{
    buf_clear(&app->message);
    buf_printf(&app->message, "Copied %.*s, %s.", STR_ARG(buf_str(&app->copied)), way);
    app->changed = true;
}

bool app_take_text(struct app *app, struct str text, const char *place)
{
    struct err err;
    const struct session *session = &app->session;
    bool changed = !str_eq(text, buf_str(&app->text));
    bool saved = !changed || memory_set_note(session->memory, session, app->edited, text, &err) == 0;
    if (!saved) {
        err_set_path(&err, str_from(place));
        app_tell(app, &err);
    } else {
        say(app, !changed             ? STR("The note is as it was.")
                 : str_trim(text).len ? STR("The note is saved.")
                                      : STR("The note is taken away."));
    }
    reading_read_again(&app->desk->reading, session);
    if (app->top->operations->refresh)
        app->top->operations->refresh(app->top, session);
    return saved;
}

/* What is wrong before where: it is the end that is cut off. */
void app_tell(struct app *app, const struct err *err)
{
    buf_clear(&app->message);
    err_format_first(err, &app->message);
    app->changed = true;
}

void app_paste(struct app *app, struct str text)
{
    struct effects effects = {0};
    if (app->top->operations->paste)
        app->top->operations->paste(app->top, &app->session, text, &effects);
    app->changed = true;
    apply(app, &effects);
}

int app_wake_fd(const struct app *app)
{
    return mailbox_fd(app->session.mailbox);
}

/* False if there were none. */
static bool take_letters(struct app *app)
{
    if (!mailbox_take(app->session.mailbox, app))
        return false;
    app->changed = true;
    if (app->top->operations->refresh)
        app->top->operations->refresh(app->top, &app->session);
    return true;
}

void app_wake(struct app *app)
{
    take_letters(app);
}

void app_focus(struct app *app)
{
    follow_look(app->follow);
}

bool app_wants_focus(const struct app *app)
{
    return follow_must_look(app->follow);
}

void app_settle(struct app *app)
{
    do {
        follow_wait(app->follow);
        worker_wait(app->session.search_worker);
        memory_wait(app->session.memory);
    } while (take_letters(app));
}

bool app_changed(const struct app *app)
{
    return app->changed;
}

static void draw_last_line(const struct app *app, struct grid *grid)
{
    struct buf text = {0};
    if (app->waiting != ACTION_NONE) {
        struct str name = keymap_first(app->session.keymap, app->waiting),
                   help = action_info(app->waiting)->help;
        buf_printf(&text, "%.*s …   %.*s", STR_ARG(name), STR_ARG(help));
    } else {
        buf_add(&text, buf_str(&app->message));
    }
    if (text.len)
        status_say(grid, buf_str(&text), STYLE_INPUT);
    buf_free(&text);
}

void app_draw(struct app *app, struct grid *grid)
{
    app->changed = false;
    grid_resize(grid, app->rows, app->columns, app->session.charset);
    if (app->columns < 20 || app->rows < 5) {
        grid_put(grid, 0, 0, grid->columns, STR("lectern: too small"), STYLE_TEXT);
        return;
    }
    app->top->operations->draw(app->top, &app->session, grid);
    draw_last_line(app, grid);
}
