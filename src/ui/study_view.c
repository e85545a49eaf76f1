#include "study_view_inside.h"

#include "day.h"
#include "deck.h"
#include "lectern/mem.h"

static struct study_view *study_of(struct view *view)
{
    return (struct study_view *)view;
}

static struct study_time time_of(const struct session *session)
{
    return day_of(session->now());
}

/* Shows the question of the current card, or, when there is none, the summary. */
static void show_current(struct study_view *view, const struct session *session)
{
    size_t count, place = study_current(view->study);
    const struct study_card *cards = study_cards(view->study, &count);
    view->phase = place == SIZE_MAX ? STUDY_ENDS : STUDY_ASKS;
    if (place != SIZE_MAX) {
        reading_open(&view->reading, session, cards[place].article);
        reading_resize(&view->reading, session, study_view_page_rows(view), view->columns);
        pager_set_top(&view->reading.page, 0);
    }
    study_view_make_page(view, session);
}

static void say_unsaved(const struct err *err, struct effects *effects)
{
    buf_clear(&effects->message);
    err_format_first(err, &effects->message);
}

/* Writes down what was done to the card at that place; `review` NULL: it was buried. */
static void keep(struct study_view *view, const struct session *session, size_t place,
                 const struct cards_review *review, struct effects *effects)
{
    size_t count;
    struct err err = {0};
    struct kept kept = {.place = place};
    const struct study_card *card = &study_cards(view->study, &count)[place];
    if (deck_keep(session->deck, session, &view->reading, card, review, &kept.number, &err) != 0)
        say_unsaved(&err, effects);
    view->kept = mem_grow(view->kept, view->kept_count, &view->kept_capacity, sizeof *view->kept);
    view->kept[view->kept_count++] = kept;
}

static void grade(struct study_view *view, const struct session *session, key k, struct effects *effects)
{
    struct study_time time = time_of(session);
    size_t count, place = study_current(view->study);
    const struct study_card *card = &study_cards(view->study, &count)[place];
    if (view->phase == STUDY_ASKS) {
        buf_add(&effects->message, STR("Think of the answer; Space shows it."));
        return;
    }
    struct cards_review review = {time.now, (enum fsrs_grade)(k - '0'), study_days_since(card, &time)};
    study_grade(view->study, review.grade, &time);
    keep(view, session, place, &review, effects);
    show_current(view, session);
}

static void bury(struct study_view *view, const struct session *session, struct effects *effects)
{
    struct study_time time = time_of(session);
    size_t place = study_current(view->study);
    study_bury(view->study, &time);
    buf_add(&effects->message, STR("It is not asked before tomorrow; u takes that back."));
    keep(view, session, place, NULL, effects);
    show_current(view, session);
}

/* What was done to cards whose articles have gone since is passed over. */
static struct kept last_of(struct study_view *view, size_t place)
{
    while (view->kept_count && view->kept[view->kept_count - 1].place != place)
        view->kept_count--;
    return view->kept_count ? view->kept[--view->kept_count] : (struct kept){.place = place};
}

static void undo(struct study_view *view, const struct session *session, struct effects *effects)
{
    if (!study_undo(view->study)) {
        buf_add(&effects->message, STR("There is no grade to take back."));
        return;
    }
    size_t count, place = study_current(view->study);
    const struct study_card *before = &study_cards(view->study, &count)[place];
    struct kept kept = last_of(view, place);
    struct err err = {0};
    show_current(view, session);
    buf_add(&effects->message, STR("That is taken back."));
    if (deck_undo(session->deck, session, &view->reading, before, kept.number, &err) != 0)
        say_unsaved(&err, effects);
}

/* Ends with the summary if anything was done. */
static void end(struct study_view *view, const struct session *session, struct effects *effects)
{
    struct study_time time = time_of(session);
    struct study_summary summary = study_summary(view->study, &time);
    if (view->phase == STUDY_ENDS || (!summary.cards && !summary.buried)) {
        effects->close = true;
        return;
    }
    view->phase = STUDY_ENDS;
    study_view_make_page(view, session);
}

static void go_on_reading(struct study_view *view, const struct session *session, struct effects *effects)
{
    if (!reading_act(&view->reading, session, ACTION_PAGE_DOWN))
        buf_add(&effects->message, STR("That is all of it; 1 to 4 grade how well it was known."));
}

static bool study_type(struct view *v, const struct session *session, key k, struct effects *effects)
{
    struct study_view *view = study_of(v);
    if (k == 'u')
        undo(view, session, effects);
    else if (view->phase == STUDY_ENDS)
        return false;
    else if (k == '-')
        bury(view, session, effects);
    else if (k >= '1' && k < '1' + FSRS_GRADES)
        grade(view, session, k, effects);
    else if (k == KEYS_SPACE && view->phase == STUDY_ASKS)
        view->phase = STUDY_ANSWERS;
    else if (k == KEYS_SPACE)
        go_on_reading(view, session, effects);
    else
        return false;
    return true;
}

/* What would lead away from the session waits until it has ended. */
static bool study_act(struct view *v, const struct session *session, enum action action, key argument,
                      struct effects *effects)
{
    (void)argument;
    struct study_view *view = study_of(v);
    switch (action) {
    case ACTION_CLOSE:
    case ACTION_CANCEL:
    case ACTION_OUT:
    case ACTION_BACK: end(view, session, effects); return true;
    case ACTION_STUDY_LOAD:
        if (view->phase == STUDY_ENDS)
            return false;
        break;
    case ACTION_HELP:
    case ACTION_COMMAND:
    case ACTION_WRAP:
    case ACTION_JUSTIFY:
    case ACTION_WIDER:
    case ACTION_NARROWER:
    case ACTION_REDRAW:
    case ACTION_SUSPEND:
    case ACTION_QUIT: return false;
    default: break;
    }
    bool known = view->phase == STUDY_ANSWERS ? reading_act(&view->reading, session, action)
                                              : pager_act(&view->page, action);
    if (!known)
        buf_add(&effects->message, STR("That key does nothing while studying; q ends it."));
    return true;
}

static void study_resize(struct view *v, const struct session *session, size_t rows, size_t columns)
{
    struct study_view *view = study_of(v);
    view->rows = rows;
    view->columns = columns;
    reading_resize(&view->reading, session, study_view_page_rows(view), columns);
    study_view_make_page(view, session);
}

/* Articles that have gone are asked no more. */
static void study_renew(struct view *v, const struct session *session, const struct topic_tree *before,
                        const struct renumbering *renumbering)
{
    (void)before;
    struct study_view *view = study_of(v);
    struct study_time time = time_of(session);
    size_t count, current = study_current(view->study);
    struct study_card *cards = study_cards(view->study, &count);
    for (size_t i = 0; i < count; i++)
        cards[i].article = renumber(renumbering, cards[i].article);
    study_drop(view->study, CATALOGUE_NONE, &time);
    reading_renew(&view->reading, session, renumbering);
    if (study_current(view->study) != current)
        show_current(view, session);
    else
        study_view_make_page(view, session);
}

static void study_view_free(struct view *v)
{
    struct study_view *view = study_of(v);
    study_free(view->study);
    reading_free(&view->reading);
    pager_free(&view->page);
    mem_free(view->kept);
    arena_free(&view->page_arena);
    arena_free(&view->arena);
    mem_free(view);
}

static struct study_view *view_new(const struct session *session, struct str title, struct study *study)
{
    static const struct view_operations operations = {
        .type = study_type,
        .act = study_act,
        .resize = study_resize,
        .renew = study_renew,
        .draw = study_view_draw,
        .free = study_view_free,
    };
    struct study_view *view = mem_calloc(1, sizeof *view);
    view->view.operations = &operations;
    view->title = arena_str(&view->arena, title);
    view->study = study;
    view->reading.target = CATALOGUE_NONE;
    view->reading.link = PAGER_NONE;
    show_current(view, session);
    return view;
}

static void say_nothing_is_due(const struct study *study, const struct study_time *time,
                               struct effects *effects)
{
    struct arena arena = {0};
    int64_t next = study_summary(study, time).next_due;
    buf_add(&effects->message, STR("Nothing here is due, and nothing is new"));
    if (next)
        buf_printf(&effects->message, "; the next is due %.*s", STR_ARG(day_due(&arena, next, time)));
    buf_add(&effects->message, STR("."));
    arena_free(&arena);
}

void study_view_open(const struct session *session, const struct study_list *list, struct effects *effects)
{
    struct study_time time = time_of(session);
    struct study_card *cards = mem_calloc(list->count, sizeof *cards);
    for (size_t i = 0; i < list->count; i++)
        cards[i] = deck_card(session->deck, list->articles[i]);
    struct study *study = study_new(session->study_options, cards, list->count, &time);
    mem_free(cards);
    if (study_current(study) == SIZE_MAX) {
        say_nothing_is_due(study, &time, effects);
        study_free(study);
        return;
    }
    effects->push = &view_new(session, list->title, study)->view;
}
