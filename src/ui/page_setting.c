#include "page_setting.h"

#define WIDTH_MIN  30
#define WIDTH_MAX  200
#define WIDTH_STEP 4

static void change_width(struct session *session, size_t seen, bool wider)
{
    size_t width = seen && seen < session->column_width ? seen : session->column_width;
    if (wider && width + WIDTH_STEP <= WIDTH_MAX)
        width += WIDTH_STEP;
    if (!wider && width >= WIDTH_MIN + WIDTH_STEP)
        width -= WIDTH_STEP;
    session->column_width = width;
}

void page_setting_change(struct session *session, size_t seen, enum action action)
{
    switch (action) {
    case ACTION_WRAP: session->wraps = !session->wraps; break;
    case ACTION_JUSTIFY: session->justifies = !session->justifies; break;
    default: change_width(session, seen, action == ACTION_WIDER);
    }
}

void page_setting_tell(const struct session *session, size_t seen, size_t width, enum action action,
                       struct buf *message)
{
    if (action == ACTION_WRAP)
        buf_add(message, session->wraps ? STR("Wide code and tables are broken to fit.")
                                        : STR("Wide code and tables are scrolled sideways, with < and >."));
    else if (action == ACTION_JUSTIFY)
        buf_add(message, session->justifies ? STR("Text has an even right edge.")
                                            : STR("Text has a ragged right edge."));
    else if (action == ACTION_WIDER && width == seen)
        buf_printf(message, "The pane has room for %zu cells; T hides the tree.", seen);
    else
        buf_printf(message, "The column is %zu cells wide.", width);
}
