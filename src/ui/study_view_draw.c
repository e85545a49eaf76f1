#include "study_view_inside.h"

#include "compose.h"
#include "day.h"
#include "memory.h"
#include "status.h"

static const char *const grade_names[FSRS_GRADES] = {"again", "hard", "good", "easy"};

size_t study_view_page_rows(const struct study_view *view)
{
    return view->rows > STUDY_ROWS_AROUND ? view->rows - STUDY_ROWS_AROUND : 1;
}

/* As wide as the answer is. */
static size_t page_width(const struct study_view *view, const struct session *session)
{
    if (view->reading.width)
        return view->reading.width;
    size_t width = view->columns > 4 ? view->columns - 4 : 1;
    return width < session->column_width ? width : session->column_width;
}

static void compose_question(struct arena *arena, struct node *root, const struct reading *reading)
{
    struct str question = reading->article.question;
    if (!question.len || str_eq(question, reading->title))
        return;
    struct node *paragraph = compose_node(arena, root, NODE_PARAGRAPH);
    compose_text(arena, compose_node(arena, paragraph, NODE_EMPHASIS), question);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void compose_grades(struct arena *arena, struct node *root, const struct study_summary *summary)
{
    struct node *table = compose_node(arena, root, NODE_TABLE);
    compose_row(arena, table, STR("grade"), STR("times"));
    for (size_t i = 0; i < FSRS_GRADES; i++)
        compose_row(arena, table, str_from(grade_names[i]), arena_printf(arena, "%zu", summary->grades[i]));
}

static void compose_rest(struct arena *arena, struct node *root, const struct study_view *view,
                         const struct study_summary *summary, const struct study_time *time)
{
    struct study_left left = study_left(view->study);
    size_t rest = left.due + left.fresh + left.again;
    if (summary->buried)
        compose_paragraph(arena, root, arena_printf(arena, "Put off until tomorrow: %zu.", summary->buried));
    if (rest)
        compose_paragraph(arena, root, arena_printf(arena, "Left, to be asked today: %zu.", rest));
    if (summary->next_due)
        compose_paragraph(arena, root,
                          arena_printf(arena, "After today, the next is due %.*s.",
                                       STR_ARG(day_due(arena, summary->next_due, time))));
}

static void compose_summary(struct arena *arena, struct node *root, const struct study_view *view,
                            const struct session *session)
{
    struct study_time time = day_of(session->now());
    struct study_summary summary = study_summary(view->study, &time);
    size_t minutes = (size_t)(summary.seconds + 30) / 60;
    struct str time_taken =
        minutes ? arena_printf(arena, "%zu minute%s", minutes, plural(minutes)) : STR("less than a minute");
    compose_heading(arena, root, 1, STR("Done for now"));
    compose_paragraph(arena, root,
                      arena_printf(arena, "%zu card%s in %.*s.", summary.cards, plural(summary.cards),
                                   STR_ARG(time_taken)));
    compose_grades(arena, root, &summary);
    compose_rest(arena, root, view, &summary, &time);
    if (!memory_is_kept(session->memory))
        compose_paragraph(arena, root, STR("None of this is saved."));
}

/* Of the question's title, which stands where it is above the answer; then come a line about it and a blank one. */
static size_t title_rows(const struct study_view *view)
{
    return view->phase == STUDY_ENDS ? 0 : view->reading.heading.line_count + 2;
}

void study_view_make_page(struct study_view *view, const struct session *session)
{
    if (!view->columns)
        return;
    struct arena *arena = &view->page_arena;
    struct layout_options options = {
        .width = page_width(view, session), .charset = session->charset, .justify = session->justifies};
    arena_reset(arena);
    struct node *root = arena_alloc(arena, sizeof *root);
    root->kind = NODE_DOCUMENT;
    if (view->phase == STUDY_ENDS)
        compose_summary(arena, root, view, session);
    else
        compose_question(arena, root, &view->reading);
    layout_build(arena, root, &options, &view->page_layout);
    view->page.charset = session->charset;
    pager_set_layout(&view->page, &view->page_layout);
    size_t above = title_rows(view), rows = study_view_page_rows(view);
    pager_set_height(&view->page, rows > above ? rows - above : 1);
    pager_set_top(&view->page, 0);
}

static void draw_heading(const struct study_view *view, struct grid *grid)
{
    struct study_left left = study_left(view->study);
    struct arena arena = {0};
    struct str counts = arena_printf(&arena, "%zu due · %zu new", left.due, left.fresh);
    if (left.again)
        counts = arena_printf(&arena, "%.*s · %zu again", STR_ARG(counts), left.again);
    size_t width = text_width(counts, grid->charset);
    size_t room = grid->columns > width + 4 ? grid->columns - width - 4 : 0;
    struct str title = arena_printf(&arena, "Study · %.*s", STR_ARG(view->title));
    grid_put(grid, 0, 1, room, text_elide(&arena, title, grid->charset, room), STYLE_SECTION);
    if (width + 2 < grid->columns)
        grid_put(grid, 0, grid->columns - 1 - width, width, counts, STYLE_META);
    grid_fill(grid, 1, 0, grid->columns, STR("─"), STYLE_RULE);
    grid_fill(grid, grid->rows - 2, 0, grid->columns, STR("─"), STYLE_RULE);
    arena_free(&arena);
}

/* A key and what it does. */
struct key_hint {
    struct str key, text;
};
#define MOST_HINTS (FSRS_GRADES + 3)

static size_t hint_width(const struct key_hint *hint, enum text_charset charset)
{
    const size_t gap = 3;
    return text_width(hint->key, charset) + 1 + text_width(hint->text, charset) + gap;
}

/* Those that do not fit are left out from the end. */
static void draw_hints(const struct key_hint *hints, size_t count, struct grid *grid)
{
    size_t column = 1, row = grid->rows - 1;
    for (size_t i = 0; i < count && column + hint_width(&hints[i], grid->charset) <= grid->columns + 2; i++) {
        size_t end = column + hint_width(&hints[i], grid->charset);
        column += grid_put(grid, row, column, grid->columns, hints[i].key, STYLE_KEY) + 1;
        grid_put(grid, row, column, grid->columns, hints[i].text, STYLE_STATUS);
        column = end;
    }
}

/* The grades with what they lead to; where there is little room, only that. */
static size_t grade_hints(const struct study_view *view, const struct session *session, struct arena *arena,
                          struct key_hint *hints)
{
    struct study_time time = day_of(session->now());
    struct study_choice choices[FSRS_GRADES];
    size_t width = 0;
    study_choices(view->study, &time, choices);
    for (size_t i = 0; i < FSRS_GRADES; i++) {
        struct str interval = day_interval(arena, choices[i].days);
        hints[i].key = arena_printf(arena, "%zu", i + 1);
        hints[i].text = arena_printf(arena, "%s %.*s", grade_names[i], STR_ARG(interval));
        width += hint_width(&hints[i], session->charset);
    }
    for (size_t i = 0; width > view->columns + 2 && i < FSRS_GRADES; i++)
        hints[i].text = day_interval(arena, choices[i].days);
    return FSRS_GRADES;
}

static void draw_status(const struct study_view *view, const struct session *session, struct grid *grid)
{
    struct key_hint hints[MOST_HINTS];
    struct arena arena = {0};
    size_t count = 0;
    if (view->phase == STUDY_ASKS)
        hints[count++] = (struct key_hint){STR("Space"), STR("the answer")};
    if (view->phase == STUDY_ANSWERS)
        count = grade_hints(view, session, &arena, hints);
    hints[count++] = (struct key_hint){STR("u"), STR("undo")};
    if (view->phase == STUDY_ENDS)
        hints[count++] =
            (struct key_hint){status_key(session->keymap, ACTION_STUDY_LOAD), STR("the coming days")};
    else
        hints[count++] = (struct key_hint){STR("-"), STR("not today")};
    hints[count++] = (struct key_hint){STR("q"), view->phase == STUDY_ENDS ? STR("close") : STR("end")};
    draw_hints(hints, count, grid);
    arena_free(&arena);
}

static void draw_page(const struct study_view *view, const struct session *session, struct grid *grid)
{
    const struct layout *title = &view->reading.heading;
    size_t width = page_width(view, session), left = (view->columns - width) / 2;
    size_t rows = study_view_page_rows(view), above = title_rows(view);
    struct arena arena = {0};
    for (size_t i = 0; above && i < title->line_count && i < rows; i++)
        grid_put(grid, STUDY_ROWS_ABOVE + i, left, width, layout_line_text(&arena, &title->lines[i]),
                 STYLE_TITLE);
    if (above && above <= rows)
        grid_put(grid, STUDY_ROWS_ABOVE + above - 2, left, width,
                 text_elide(&arena, view->reading.meta, grid->charset, width), STYLE_META);
    if (above < rows)
        pager_draw(&view->page, grid, STUDY_ROWS_ABOVE + above, left, 0);
    grid_set_cursor(grid, STUDY_ROWS_ABOVE, left, false);
    arena_free(&arena);
}

void study_view_draw(struct view *v, const struct session *session, struct grid *grid)
{
    const struct study_view *view = (const struct study_view *)v;
    draw_heading(view, grid);
    if (view->phase == STUDY_ANSWERS)
        reading_draw(&view->reading, session, grid, STUDY_ROWS_ABOVE, 0, true);
    else
        draw_page(view, session, grid);
    draw_status(view, session, grid);
}
