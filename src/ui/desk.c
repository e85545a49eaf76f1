#include "desk_panes.h"

#include "lectern/mem.h"
#include "memory.h"

static struct desk *desk_of(struct view *view)
{
    return (struct desk *)view;
}

void desk_note_position(struct desk *desk)
{
    struct position *current = history_current(&desk->history);
    if (current && current->target == desk->reading.target)
        *current = reading_position(&desk->reading);
}

/* Whoever says no more than which article goes where one was in it before. */
static bool is_top(const struct position *position)
{
    return !position->width && !position->offset && !position->line && !position->part;
}

/* Shows an article without remembering it: the selection moves over it. */
void desk_show(struct desk *desk, const struct session *session, struct position position)
{
    struct position kept;
    reading_open(&desk->reading, session, position.target);
    list_select(&desk->related, 0);
    desk_arrange(desk, session);
    bool comes_back = is_top(&position) && memory_place(session->memory, session, &desk->reading, &kept);
    reading_restore(&desk->reading, session, comes_back ? &kept : &position);
    if (comes_back &&
        reading_seen(&desk->reading) >= MEMORY_READ_FROM) /* it was read to the end: one begins anew */
        reading_restore(&desk->reading, session, &position);
    find_renew(&desk->find, &desk->reading.page);
}

/* The place one leaves becomes the history's current entry, also if one has only come upon it in the tree. */
static void remember(struct desk *desk, struct position here)
{
    struct position *current = history_current(&desk->history);
    if (here.target == CATALOGUE_NONE)
        return;
    desk->previous = here;
    if (current && current->target == here.target)
        *current = here;
    else
        history_push(&desk->history, here);
}

/* What is to be marked in an article that stands where the walk is. */
static void mark_found(struct desk *desk, const struct session *session)
{
    const struct walk *walk = &desk->walk;
    if (!walk->marks || walk->at >= walk->count || walk->targets[walk->at] != desk->reading.target)
        return;
    line_set(&desk->find.line, (struct str){0});
    reading_mark(&desk->reading, session, walk->marks);
}

void desk_open(struct desk *desk, const struct session *session, struct position position, struct walk walk)
{
    struct position here = reading_position(&desk->reading);
    bool no_place = is_top(&position);
    if (here.target == position.target && no_place)
        position = here; /* it is open already: one goes on where one was */
    remember(desk, here);
    struct position *current = history_current(&desk->history);
    if (!current || current->target != position.target)
        history_push(&desk->history, position);
    if (walk.targets) {
        walk_free(&desk->walk);
        desk->walk = walk;
    }
    desk->focus = DESK_ARTICLE;
    desk_show(desk, session, position);
    tree_reveal(&desk->tree, session, position.target);
    mark_found(desk, session);
    if (!no_place)
        reading_restore(&desk->reading, session, &position);
    desk_note_position(desk);
}

void desk_jump(struct desk *desk, size_t link)
{
    remember(desk, reading_position(&desk->reading));
    reading_follow(&desk->reading, link);
    history_push(&desk->history, reading_position(&desk->reading));
}

static void go(struct desk *desk, const struct session *session, const struct position *to)
{
    desk->previous = reading_position(&desk->reading);
    desk->focus = DESK_ARTICLE;
    desk_show(desk, session, *to);
    tree_reveal(&desk->tree, session, to->target);
}

bool desk_back(struct desk *desk, const struct session *session)
{
    const struct position *to = history_current(&desk->history);
    desk_note_position(desk);
    if (to && to->target == desk->reading.target) /* else the selection has wandered off what was open */
        to = history_back(&desk->history);
    if (to)
        go(desk, session, to);
    return to != NULL;
}

bool desk_forward(struct desk *desk, const struct session *session)
{
    desk_note_position(desk);
    const struct position *to = history_forward(&desk->history);
    if (to)
        go(desk, session, to);
    return to != NULL;
}

bool desk_go_hop(struct desk *desk, const struct session *session, size_t entry, uint32_t target)
{
    if (entry >= desk->history.count || desk->history.entries[entry].position.target != target)
        return false;
    desk_note_position(desk);
    go(desk, session, history_go(&desk->history, entry));
    return true;
}

void desk_set_focus(struct desk *desk, const struct session *session, enum desk_pane pane)
{
    desk->focus = pane;
    if (pane != DESK_ARTICLE)
        desk->left_hidden = false;
    desk_arrange(desk, session);
}

/* Marks that are kept may have been set by another program meanwhile. */
bool desk_find_mark(const struct desk *desk, const struct session *session, key name,
                    struct position *position)
{
    *position = (struct position){.target = CATALOGUE_NONE};
    if (name == '\'')
        *position = desk->previous;
    else if (name >= DESK_MARKS)
        return false;
    else if (session->memory)
        memory_letter(session->memory, session, name, position);
    else
        *position = desk->marks[name];
    return position->target != CATALOGUE_NONE;
}

static void go_mark(struct desk *desk, const struct session *session, key name, struct effects *effects)
{
    struct position position;
    if (!desk_find_mark(desk, session, name, &position)) {
        buf_add(&effects->message, STR("There is no such mark."));
        return;
    }
    effects->open = OPEN_TARGET;
    effects->position = position;
}

static void set_mark(struct desk *desk, const struct session *session, key name, struct effects *effects)
{
    struct err err;
    if (name >= DESK_MARKS || name <= ' ')
        return;
    desk->marks[name] = reading_position(&desk->reading);
    if (session->memory && memory_set_letter(session->memory, session, &desk->reading, name, &err) != 0)
        err_format_first(&err, &effects->message);
    else
        buf_printf(&effects->message, "Mark %c is set.", (char)name);
}

/* Where there is one pane at a time, to the other one. */
static void toggle_tree(struct desk *desk, const struct session *session)
{
    bool narrow = desk->columns < DESK_TWO_PANES;
    desk->left_hidden = !narrow && desk->frame.left_columns > 0;
    desk_set_focus(desk, session, narrow && desk->focus == DESK_ARTICLE ? DESK_TREE : DESK_ARTICLE);
}

/* What every pane understands. */
static bool act_common(struct desk *desk, const struct session *session, enum action action, key argument,
                       struct effects *effects)
{
    switch (action) {
    case ACTION_RELATED_NUMBER: desk_open_related(desk, argument, effects); return true;
    case ACTION_BACK: effects->open = OPEN_BACK; return true;
    case ACTION_FORWARD: effects->open = OPEN_FORWARD; return true;
    case ACTION_NEXT_ARTICLE: desk_walk_by(desk, session, false, effects); return true;
    case ACTION_PREVIOUS_ARTICLE: desk_walk_by(desk, session, true, effects); return true;
    case ACTION_MARK: set_mark(desk, session, argument, effects); return true;
    case ACTION_GO_MARK: go_mark(desk, session, argument, effects); return true;
    case ACTION_SOURCE:
        reading_toggle_source(&desk->reading, session);
        desk_arrange(desk, session);
        find_renew(&desk->find, &desk->reading.page);
        return true;
    case ACTION_RELATED:
        if (desk->reading.related_count + desk_similar_rows(desk))
            desk_set_focus(desk, session, DESK_RELATED);
        else
            buf_add(&effects->message, STR("This article names no related questions."));
        return true;
    case ACTION_COPY:
    case ACTION_COPY_CHOICE:
        copy_begin(&desk->reading, session, action == ACTION_COPY_CHOICE, effects);
        return true;
    case ACTION_SELECT:
        desk_set_focus(desk, session, DESK_ARTICLE);
        select_begin(&desk->reading);
        return true;
    case ACTION_STUDY: desk_study(desk, session, effects); return true;
    case ACTION_TOGGLE_TREE: toggle_tree(desk, session); return true;
    default: return false;
    }
}

static bool desk_act(struct view *view, const struct session *session, enum action action, key argument,
                     struct effects *effects)
{
    struct desk *desk = desk_of(view);
    desk->touched = true;
    bool known = act_common(desk, session, action, argument, effects);
    if (!known && desk->focus == DESK_TREE)
        known = desk_act_tree(desk, session, action, effects);
    else if (!known && desk->focus == DESK_RELATED)
        known = desk_act_related(desk, session, action, effects);
    else if (!known)
        known = desk_act_article(desk, session, action, effects);
    desk_note_position(desk);
    return known;
}

static void filter_key(struct desk *desk, const struct session *session, key k)
{
    bool changed;
    bool nothing_left = k == KEYS_BACKSPACE && desk->tree.filter.text.len == 0;
    if (k == KEYS_ESCAPE || nothing_left) {
        desk_cancel_filter(desk, session);
        return;
    }
    if (k == KEYS_ENTER)
        desk->filtering = false;
    else if (k == KEYS_DOWN || k == KEYS_UP)
        list_act(&desk->tree.list, k == KEYS_DOWN ? ACTION_DOWN : ACTION_UP);
    else if (line_key(&desk->tree.filter, k, &changed) && changed)
        tree_filter(&desk->tree, session);
    if (k == KEYS_ENTER || k == KEYS_DOWN || k == KEYS_UP)
        tree_hold(&desk->tree);
    desk_preview_row(desk, session);
}

/* A find that is given up leads back, also if the page has got another width meanwhile. Folds that were opened for what
 * was typed before are closed again. */
static bool find_type(struct desk *desk, const struct session *session, key k)
{
    if (!desk->find.typing)
        return false;
    if (k != KEYS_ENTER && desk->reading.open_folds != desk->before_find.open_folds) {
        reading_set_folds(&desk->reading, session, desk->before_find.open_folds);
        find_renew(&desk->find, &desk->reading.page);
    }
    find_key(&desk->find, &desk->reading.page, k);
    if (!desk->find.typing && !desk->find.line.text.len)
        reading_restore(&desk->reading, session, &desk->before_find);
    else
        desk_show_match(desk, session);
    return true;
}

static bool desk_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    struct desk *desk = desk_of(view);
    bool copies = copy_key(&desk->reading, session, k, effects);
    if (copies)
        return true;
    if (desk->hints.on)
        desk_follow(desk, session, hints_key(&desk->hints, &desk->reading, k), effects);
    else if (desk->filtering)
        filter_key(desk, session, k);
    else if (desk->reading.selection.on)
        select_key(&desk->reading, session, k, effects);
    else if (!find_type(desk, session, k))
        return false;
    desk_note_position(desk);
    return true;
}

static void desk_paste(struct view *view, const struct session *session, struct str text,
                       struct effects *effects)
{
    (void)effects;
    struct desk *desk = desk_of(view);
    if (desk->filtering) {
        line_insert(&desk->tree.filter, text);
        tree_filter(&desk->tree, session);
    } else if (desk->find.typing) {
        find_paste(&desk->find, &desk->reading.page, text);
        desk_show_match(desk, session);
    }
}

static void desk_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct desk *desk = desk_of(view);
    desk->rows = rows;
    desk->columns = columns;
    desk_arrange(desk, session);
    find_renew(&desk->find, &desk->reading.page);
}

/* A list of thousands is not worth looking up again: it is made anew from the tree. */
#define WALK_RENEWED 1000

static void renew_walk(struct walk *walk, const struct renumbering *renumbering)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < walk->count && walk->count <= WALK_RENEWED; i++) {
        uint32_t target = renumber(renumbering, walk->targets[i]);
        if (target == CATALOGUE_NONE)
            continue;
        if (i <= walk->at)
            at = kept;
        walk->targets[kept++] = target;
    }
    walk->count = kept;
    walk->at = at;
}

static void renew_positions(struct desk *desk, const struct renumbering *renumbering)
{
    history_renew(&desk->history, renumbering);
    for (size_t i = 0; i < DESK_MARKS; i++)
        if (desk->marks[i].target != CATALOGUE_NONE)
            desk->marks[i].target = renumber(renumbering, desk->marks[i].target);
    if (desk->previous.target != CATALOGUE_NONE)
        desk->previous.target = renumber(renumbering, desk->previous.target);
    if (desk->before_filter.target != CATALOGUE_NONE)
        desk->before_filter.target = renumber(renumbering, desk->before_filter.target);
    renew_walk(&desk->walk, renumbering);
}

/* What was read last; else the first article is there to be read at once; the keys are the tree's where there is more than one. */
static void open_first(struct desk *desk, const struct session *session)
{
    bool alone = desk->columns < DESK_TWO_PANES || catalogue_article_count(session->catalogue) == 1;
    struct position position = {.link = PAGER_NONE};
    bool comes_back = memory_last(session->memory, session, &position);
    desk->resumed = comes_back;
    if (comes_back)
        memory_trail(session->memory, session, position.target, &desk->history);
    desk_open(desk, session, position, (struct walk){0});
    desk->focus = alone || comes_back ? DESK_ARTICLE : DESK_TREE;
}

static void desk_renew(struct view *view, const struct session *session, const struct topic_tree *before,
                       const struct renumbering *renumbering)
{
    struct desk *desk = desk_of(view);
    renew_positions(desk, renumbering);
    similar_forget(&desk->similar);
    reading_renew(&desk->reading, session, renumbering);
    desk->row_before_filter = tree_renew_row(desk->row_before_filter, session, before, renumbering);
    tree_renew(&desk->tree, session, before, renumbering);
    if (desk->reading.target == CATALOGUE_NONE && catalogue_article_count(session->catalogue))
        open_first(desk, session);
    if (!desk->touched && desk->resumed)
        tree_reveal(&desk->tree, session, desk->reading.target);
    else if (!desk->touched)
        tree_show_first(&desk->tree, session, desk->reading.target);
    desk_arrange(desk, session);
    find_renew(&desk->find, &desk->reading.page);
}

static void desk_refresh(struct view *view, const struct session *session)
{
    desk_suggest(desk_of(view), session);
}

static void desk_free(struct view *view)
{
    struct desk *desk = desk_of(view);
    tree_free(&desk->tree);
    reading_free(&desk->reading);
    find_free(&desk->find);
    history_free(&desk->history);
    walk_free(&desk->walk);
    similar_free(&desk->similar);
    mem_free(desk);
}

struct view *desk_new(void)
{
    static const struct view_operations operations = {
        .type = desk_type,
        .paste = desk_paste,
        .act = desk_act,
        .resize = desk_resize,
        .renew = desk_renew,
        .refresh = desk_refresh,
        .draw = desk_draw,
        .free = desk_free,
    };
    struct desk *desk = mem_calloc(1, sizeof *desk);
    desk->view.operations = &operations;
    desk->focus = DESK_TREE;
    desk->reading.target = CATALOGUE_NONE;
    desk->reading.link = PAGER_NONE;
    similar_forget(&desk->similar);
    desk->previous.target = desk->before_filter.target = CATALOGUE_NONE;
    desk->row_before_filter = (struct tree_row){.topic = TOPIC_NONE, .item = CATALOGUE_NONE};
    tree_hold_row(&desk->tree, desk->row_before_filter);
    for (size_t i = 0; i < DESK_MARKS; i++)
        desk->marks[i].target = CATALOGUE_NONE;
    return &desk->view;
}
