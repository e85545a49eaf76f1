#include "keeping.h"

#include "kept_lists.h"
#include "memory.h"
#include "prompt.h"

/* What was done, or why it was not. */
static void say(const struct session *session, int status, const struct err *err, const char *done,
                struct effects *effects)
{
    if (status != 0)
        err_format_first(err, &effects->message);
    else
        buf_printf(&effects->message, "%s%s", done,
                   memory_is_kept(session->memory) ? "" : " (This is not saved.)");
}

static void toggle_read(const struct reading *reading, const struct session *session, struct effects *effects)
{
    struct err err;
    bool read = !memory_is_read(session->memory, session, reading);
    if (catalogue_is_missing(session->catalogue, reading->target)) {
        buf_add(&effects->message, STR("There is nothing to read: this question is not in the library."));
        return;
    }
    int status = memory_set_read(session->memory, session, reading, read, &err);
    say(session, status, &err, read ? "Marked as read." : "Marked as unread.", effects);
}

static void toggle_bookmark(const struct reading *reading, const struct session *session,
                            struct effects *effects)
{
    struct err err;
    bool set = !memory_is_bookmarked(session->memory, session, reading);
    int status = memory_set_bookmark(session->memory, session, reading, set, &err);
    say(session, status, &err, set ? "Bookmarked; # gives it tags." : "The bookmark is taken away.", effects);
}

static void take_tags(int64_t article, const struct session *session, struct str text,
                      struct effects *effects)
{
    struct err err;
    int status = state_set_tags(memory_state(session->memory), article, text, &err);
    say(session, status, &err, "The tags are set.", effects);
}

/* Only bookmarks have tags: one is set if there is none. */
static void ask_tags(const struct reading *reading, const struct session *session, struct effects *effects)
{
    struct err err;
    struct arena arena = {0};
    struct memory *memory = session->memory;
    int64_t article = memory_article(memory, session, reading, &err);
    int status = article ? 0 : -1;
    if (status == 0 && !memory_is_bookmarked(memory, session, reading))
        status = memory_set_bookmark(memory, session, reading, true, &err);
    if (status == 0)
        effects->push =
            prompt_new("Tags:", memory_tags(memory, session, reading, &arena), take_tags, article);
    else
        err_format_first(&err, &effects->message);
    arena_free(&arena);
}

static void edit_note(const struct reading *reading, const struct session *session, struct effects *effects)
{
    struct err err;
    struct arena arena = {0};
    effects->edit = memory_article(session->memory, session, reading, &err);
    if (effects->edit)
        buf_add(&effects->text, memory_note(session->memory, session, reading, &arena));
    else
        err_format_first(&err, &effects->message);
    arena_free(&arena);
}

bool keeping_act(const struct reading *reading, const struct session *session, enum action action,
                 struct effects *effects)
{
    if (!session->memory || !session->catalogue || reading->target == CATALOGUE_NONE)
        return false;
    switch (action) {
    case ACTION_TOGGLE_READ: toggle_read(reading, session, effects); return true;
    case ACTION_BOOKMARK: toggle_bookmark(reading, session, effects); return true;
    case ACTION_TAGS: ask_tags(reading, session, effects); return true;
    case ACTION_BOOKMARKS: kept_list_bookmarks(session, effects); return true;
    case ACTION_NOTE: edit_note(reading, session, effects); return true;
    case ACTION_NOTES: kept_list_notes(session, effects); return true;
    case ACTION_HISTORY: kept_list_history(session, effects); return true;
    default: return false;
    }
}
