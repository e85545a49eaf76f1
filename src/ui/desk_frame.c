#include "desk.h"

/* The width from which two wide panes fit side by side. */
#define WIDE_PANES 100

/* Rows from which rules, the search bar, and the related questions have room. */
#define RULES_ROWS   14
#define BAR_ROWS     8
#define RELATED_ROWS 16
#define ROOMY_ROWS   24

static size_t left_columns(const struct desk *desk)
{
    if (desk->columns < DESK_TWO_PANES)
        return desk->focus == DESK_ARTICLE ? 0 : desk->columns;
    if (desk->left_hidden && desk->focus == DESK_ARTICLE)
        return 0;
    if (desk->columns < WIDE_PANES)
        return desk->focus == DESK_ARTICLE ? desk->columns * 3 / 10 : desk->columns / 2;
    size_t third = desk->columns / 3;
    return third < 60 ? third : 60;
}

/* Of the related questions and of the similar ones. */
static size_t headings(const struct desk *desk)
{
    return (size_t)(desk->reading.related_count > 0) + (desk_similar_rows(desk) > 0);
}

/* Related questions take what they need, at most a third of the height. */
static size_t related_rows(const struct desk *desk, size_t rows)
{
    size_t needed = desk->reading.related_count + desk_similar_rows(desk) + headings(desk);
    if (desk->columns < DESK_TWO_PANES)
        return desk->focus == DESK_RELATED ? rows : 0;
    if (rows < RELATED_ROWS || needed == 0)
        return 0;
    return needed < rows / 3 ? needed : rows / 3;
}

static struct desk_frame make_frame(const struct desk *desk)
{
    struct desk_frame frame = {.bar = desk->rows >= BAR_ROWS, .rules = desk->rows >= RULES_ROWS};
    frame.top = (size_t)frame.bar + frame.rules;
    size_t below = 1 + (size_t)frame.rules;
    frame.rows = desk->rows > frame.top + below ? desk->rows - frame.top - below : 1;
    frame.left_columns = left_columns(desk);
    frame.article_column = frame.left_columns ? frame.left_columns + 1 : 0;
    frame.article_columns = desk->columns > frame.article_column ? desk->columns - frame.article_column : 0;
    if (frame.left_columns) {
        frame.related_rows = related_rows(desk, frame.rows);
        frame.tree_rows = frame.rows - frame.related_rows;
        frame.related_top = frame.top + frame.tree_rows;
        if (frame.related_rows && frame.rows >= ROOMY_ROWS)
            frame.tree_rows--; /* a blank line sets them apart */
    }
    return frame;
}

void desk_arrange(struct desk *desk, const struct session *session)
{
    if (desk->rows == 0)
        return;
    size_t related = desk->reading.related_count + desk_similar_rows(desk);
    if (desk->focus == DESK_RELATED && !related)
        desk->focus = DESK_ARTICLE;
    desk->frame = make_frame(desk);
    if (desk->focus == DESK_RELATED && !desk->frame.related_rows) {
        desk->frame.related_rows = desk->frame.tree_rows / 2;
        desk->frame.tree_rows -= desk->frame.related_rows;
        desk->frame.related_top = desk->frame.top + desk->frame.tree_rows;
    }
    size_t heading = desk->frame.tree_rows > 4 ? 1 : 0;
    if (desk->frame.tree_rows) /* hidden, the tree keeps its scroll */
        list_set_visible(&desk->tree.list, desk->frame.tree_rows - heading);
    list_set_count(&desk->related, related);
    size_t rows = desk->frame.related_rows, above = headings(desk);
    list_set_visible(&desk->related, rows > above ? rows - above : 1);
    if (desk->frame.article_columns)
        reading_resize(&desk->reading, session, desk->frame.rows, desk->frame.article_columns);
}
