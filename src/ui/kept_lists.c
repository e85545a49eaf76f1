#include "kept_lists.h"

#include <time.h>

#include "chooser.h"
#include "lectern/mem.h"
#include "memory.h"

/* Visits that are looked at for some of this library. */
#define MOST_VISITS 20000

/* One of the lists, as far as it was read. */
struct kept_list {
    struct chooser_source source;
    size_t after;   /* rows of all libraries */
    int64_t before; /* the last visit; 0: none yet */
    size_t idle;    /* rows since the last one of this library */
};

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
static void add(struct kept_list *list, struct chooser *chooser, const struct session *session,
                const struct state_key *of, struct position position, struct str extra)
{
    position.target = memory_target(session->library, session->catalogue, of);
    list->idle++;
    if (position.target == CATALOGUE_NONE)
        return;
    list->idle = 0;
    struct chooser_row row = {
        .label = catalogue_title(session->catalogue, position.target), .extra = extra, .position = position};
    chooser_add(chooser, &row);
}

static bool add_bookmarks(struct chooser_source *source, struct chooser *chooser,
                          const struct session *session, size_t rows)
{
    struct kept_list *list = (struct kept_list *)source;
    struct arena arena = {0};
    struct state_bookmark *bookmarks;
    size_t count =
        state_bookmarks(memory_state(session->memory), STR(""), list->after, rows, &arena, &bookmarks);
    list->after += count;
    for (size_t i = 0; i < count; i++) {
        struct position position = memory_position(CATALOGUE_NONE, &bookmarks[i].place);
        struct str extra =
            bookmarks[i].tags.len ? bookmarks[i].tags : date_of(&arena, bookmarks[i].when, "%Y-%m-%d");
        add(list, chooser, session, &bookmarks[i].key, position, extra);
    }
    arena_free(&arena);
    return count == rows;
}

/* A note stands behind the article's text. */
static bool add_notes(struct chooser_source *source, struct chooser *chooser, const struct session *session,
                      size_t rows)
{
    struct kept_list *list = (struct kept_list *)source;
    struct arena arena = {0};
    struct state_note *notes;
    size_t count = state_notes(memory_state(session->memory), false, list->after, rows, &arena, &notes);
    list->after += count;
    for (size_t i = 0; i < count; i++) {
        struct position position = {.link = SIZE_MAX, .offset = (uint32_t)notes[i].key.bytes};
        add(list, chooser, session, &notes[i].key, position, date_of(&arena, notes[i].when, "%Y-%m-%d"));
    }
    arena_free(&arena);
    return count == rows;
}

static bool add_visits(struct chooser_source *source, struct chooser *chooser, const struct session *session,
                       size_t rows)
{
    struct kept_list *list = (struct kept_list *)source;
    struct arena arena = {0};
    struct state_visit *visits;
    size_t count = state_visits(memory_state(session->memory), list->before, rows, &arena, &visits);
    for (size_t i = 0; i < count; i++)
        add(list, chooser, session, &visits[i].key, (struct position){.link = SIZE_MAX},
            date_of(&arena, visits[i].when, "%Y-%m-%d %H:%M"));
    if (count)
        list->before = visits[count - 1].visit;
    arena_free(&arena);
    return count == rows && list->idle < MOST_VISITS;
}

static void free_list(struct chooser_source *source)
{
    mem_free(source);
}

static void open_list(const struct session *session, struct str title,
                      bool (*add_rows)(struct chooser_source *source, struct chooser *chooser,
                                       const struct session *session, size_t rows),
                      struct str none, struct effects *effects)
{
    struct chooser *chooser = chooser_new(title, true);
    struct kept_list *list = mem_calloc(1, sizeof *list);
    list->source = (struct chooser_source){add_rows, free_list};
    size_t count = chooser_set_source(chooser, session, &list->source);
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
    open_list(session, STR("Bookmarks"), add_bookmarks,
              STR("There are no bookmarks in this library: * sets one."), effects);
}

void kept_list_notes(const struct session *session, struct effects *effects)
{
    open_list(session, STR("Notes"), add_notes, STR("There are no notes in this library: a writes one."),
              effects);
}

void kept_list_history(const struct session *session, struct effects *effects)
{
    open_list(session, STR("Opened"), add_visits, STR("Nothing of this library was opened lately."), effects);
}
