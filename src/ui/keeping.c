#include "keeping.h"

#include "memory.h"

static void toggle_read(const struct desk *desk, const struct session *session, struct effects *effects)
{
    struct err err;
    const struct reading *reading = &desk->reading;
    bool read = !session_is_read(session, reading->target);
    if (catalogue_is_missing(session->catalogue, reading->target))
        buf_add(&effects->message, STR("There is nothing to read: this question is not in the library."));
    else if (memory_set_read(session->memory, session, reading, read, &err) != 0)
        err_format_first(&err, &effects->message);
    else
        buf_add(&effects->message, read ? STR("Marked as read.") : STR("Marked as unread."));
}

bool keeping_act(const struct desk *desk, const struct session *session, enum action action,
                 struct effects *effects)
{
    if (!session->memory || !session->catalogue || desk->reading.target == CATALOGUE_NONE)
        return false;
    if (action != ACTION_TOGGLE_READ)
        return false;
    toggle_read(desk, session, effects);
    return true;
}
