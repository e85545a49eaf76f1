#include "kept_lists.h"

#include "chooser.h"
#include "day.h"
#include "lectern/mem.h"
#include "memory.h"

/* Visits that are looked at for some of this library. */
#define MOST_VISITS 20000

/* One of the lists, as far as it was read. */
struct kept_list {
    struct chooser_source source;
    size_t after;   /* rows of all libraries */
    int64_t before; /* the last visit; 0: none yet */
    int64_t last;   /* its article: one that is opened again and again, as at every start, is one row */
    size_t idle;    /* rows since the last one of this library */
};

/* What is not of this library leads nowhere, and is left out. False if it was. */
static bool add(struct kept_list *list, struct chooser *chooser, const struct session *session,
                const struct state_key *of, struct position position, struct str extra)
{
    position.target = memory_target(session->library, session->catalogue, of);
    list->idle++;
    if (position.target == CATALOGUE_NONE)
        return false;
    list->idle = 0;
    struct chooser_row row = {
        .label = catalogue_title(session->catalogue, position.target), .extra = extra, .position = position};
    chooser_add(chooser, &row);
    return true;
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
        struct str day = day_past(&arena, bookmarks[i].when, session->now(), false);
        struct str extra = bookmarks[i].tags.len ? bookmarks[i].tags : day;
        add(list, chooser, session, &bookmarks[i].key, position, extra);
    }
    arena_free(&arena);
    return count == rows;
}

/* The first line that says something. */
static struct str beginning(struct str text)
{
    struct str line = {0};
    while (str_next_line(&text, &line) && !str_trim(line).len)
        continue;
    line = str_trim(line);
    while (line.len && (line.at[0] == '#' || line.at[0] == ' '))
        line = str_slice(line, 1, line.len);
    return line;
}

/* What was written on an article that has gone from the library can still be read. */
static void add_gone(struct chooser *chooser, const struct state_note *note, struct str extra)
{
    struct chooser_row row = {
        .label = note->key.title,
        .extra = extra,
        .position = {.target = CATALOGUE_NONE, .link = SIZE_MAX},
        .text = note->text,
    };
    chooser_add(chooser, &row);
}

/* A note stands behind the article's text. */
static bool add_notes(struct chooser_source *source, struct chooser *chooser, const struct session *session,
                      size_t rows)
{
    struct kept_list *list = (struct kept_list *)source;
    struct arena arena = {0};
    struct state_note *notes;
    size_t count = state_notes(memory_state(session->memory), true, list->after, rows, &arena, &notes);
    list->after += count;
    for (size_t i = 0; i < count; i++) {
        struct position position = {.link = SIZE_MAX, .offset = (uint32_t)notes[i].key.bytes};
        struct str day = day_past(&arena, notes[i].when, session->now(), false);
        struct str extra =
            arena_printf(&arena, "%.*s · %.*s", STR_ARG(day), STR_ARG(beginning(notes[i].text)));
        if (!add(list, chooser, session, &notes[i].key, position, extra) &&
            memory_was_here(session->library, &notes[i].key))
            add_gone(chooser, &notes[i], extra);
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
    for (size_t i = 0; i < count; i++) {
        struct str time = day_past(&arena, visits[i].when, session->now(), true);
        if (visits[i].article != list->last)
            add(list, chooser, session, &visits[i].key, (struct position){.link = SIZE_MAX}, time);
        list->last = visits[i].article;
    }
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
    chooser_set_none(chooser, none);
    chooser_set_source(chooser, session, &list->source);
    effects->push = chooser_view(chooser);
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
