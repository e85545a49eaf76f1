#include "kept_lists.h"

#include <time.h>

#include "chooser.h"
#include "memory.h"

/* The latest ones; more than anyone looks through. */
#define MOST_ROWS 5000

static struct str date_of(struct arena *arena, int64_t when, const char *format)
{
    char text[64] = "";
    struct tm local;
    time_t seconds = (time_t)when;
    if (localtime_r(&seconds, &local))
        strftime(text, sizeof text, format, &local);
    return arena_str(arena, str_from(text));
}

/* What is not of this library leads nowhere, and is left out. */
static void add(struct chooser *chooser, const struct session *session, const struct state_key *of,
                struct position position, struct str extra, size_t *count)
{
    position.target = memory_target(session->library, session->catalogue, of);
    if (position.target == CATALOGUE_NONE)
        return;
    struct chooser_row row = {
        .label = catalogue_title(session->catalogue, position.target), .extra = extra, .position = position};
    chooser_add(chooser, &row);
    (*count)++;
}

static void show(struct chooser *chooser, size_t count, struct str none, struct effects *effects)
{
    struct view *view = chooser_view(chooser);
    if (count) {
        effects->push = view;
        return;
    }
    buf_add(&effects->message, none);
    view->operations->free(view);
}

void kept_list_bookmarks(const struct session *session, struct effects *effects)
{
    struct arena arena = {0};
    struct state_bookmark *bookmarks;
    struct chooser *chooser = chooser_new(STR("Bookmarks"), true);
    size_t shown = 0;
    size_t count = state_bookmarks(memory_state(session->memory), STR(""), 0, MOST_ROWS, &arena, &bookmarks);
    for (size_t i = 0; i < count; i++) {
        struct position position = memory_position(CATALOGUE_NONE, &bookmarks[i].place);
        struct str extra =
            bookmarks[i].tags.len ? bookmarks[i].tags : date_of(&arena, bookmarks[i].when, "%Y-%m-%d");
        add(chooser, session, &bookmarks[i].key, position, extra, &shown);
    }
    show(chooser, shown, STR("There are no bookmarks in this library: * sets one."), effects);
    arena_free(&arena);
}

/* A note stands behind the article's text. */
void kept_list_notes(const struct session *session, struct effects *effects)
{
    struct arena arena = {0};
    struct state_note *notes;
    struct chooser *chooser = chooser_new(STR("Notes"), true);
    size_t shown = 0, count = state_notes(memory_state(session->memory), 0, MOST_ROWS, &arena, &notes);
    for (size_t i = 0; i < count; i++) {
        struct position position = {.link = SIZE_MAX, .offset = (uint32_t)notes[i].key.bytes};
        add(chooser, session, &notes[i].key, position, date_of(&arena, notes[i].when, "%Y-%m-%d"), &shown);
    }
    show(chooser, shown, STR("There are no notes in this library: a writes one."), effects);
    arena_free(&arena);
}

void kept_list_history(const struct session *session, struct effects *effects)
{
    struct arena arena = {0};
    struct state_visit *visits;
    struct chooser *chooser = chooser_new(STR("Opened"), true);
    size_t shown = 0, count = state_visits(memory_state(session->memory), 0, MOST_ROWS, &arena, &visits);
    for (size_t i = 0; i < count; i++)
        add(chooser, session, &visits[i].key, (struct position){.link = SIZE_MAX},
            date_of(&arena, visits[i].when, "%Y-%m-%d %H:%M"), &shown);
    show(chooser, shown, STR("Nothing of this library was opened yet."), effects);
    arena_free(&arena);
}
