#include "study_load.h"

#include "day.h"
#include "deck.h"
#include "lectern/mem.h"
#include "memory.h"
#include "status.h"
#include "study_view.h"

#define MOST_DAYS  28
#define MOST_WEEKS 12

/* Rows above and below the charts: the title and a line, a line and the status. */
#define ROWS_ABOVE  2
#define ROWS_AROUND 4

/* Charts stand side by side from so many columns on; else both of them if there are so many rows. */
#define WIDE           72
#define LEAST_FOR_BOTH 7

struct bar {
    struct str label, text;
    size_t value;
};

struct chart {
    struct str title;
    struct bar bars[MOST_DAYS];
    size_t count, whole; /* what the longest bar stands for */
};

/* Where a chart stands, with its title in the first row. */
struct place {
    size_t row, column, rows, columns;
};

static void make_days(struct chart *chart, const struct session *session, const struct study_time *time,
                      struct arena *arena)
{
    size_t counts[MOST_DAYS];
    deck_forecast(session->deck, time, counts, MOST_DAYS);
    *chart = (struct chart){.title = STR("DUE ON THE COMING DAYS"), .count = MOST_DAYS, .whole = 1};
    for (int i = 0; i < MOST_DAYS; i++) {
        chart->whole = counts[i] > chart->whole ? counts[i] : chart->whole;
        chart->bars[i] = (struct bar){.label = i ? day_date(arena, time, i) : STR("today"),
                                      .text = arena_printf(arena, "%zu", counts[i]),
                                      .value = counts[i]};
    }
}

static struct str week_name(struct arena *arena, size_t weeks_ago)
{
    if (!weeks_ago)
        return STR("last 7 days");
    return weeks_ago == 1 ? STR("1 week ago") : arena_printf(arena, "%zu weeks ago", weeks_ago);
}

static size_t percent_of(const struct cards_recall *recall)
{
    return (recall->known * 100 + recall->asked / 2) / recall->asked;
}

/* The latest week comes first. */
static void make_weeks(struct chart *chart, const struct session *session, const struct study_time *time,
                       struct arena *arena)
{
    struct cards_recall weeks[MOST_WEEKS] = {0};
    if (session->memory)
        cards_recall(memory_state(session->memory), time->day_begins + STUDY_DAY, 7 * STUDY_DAY, weeks,
                     MOST_WEEKS);
    *chart = (struct chart){.title = STR("KNOWN WHEN ASKED AGAIN"), .count = MOST_WEEKS, .whole = 100};
    for (size_t i = 0; i < MOST_WEEKS; i++) {
        struct bar *bar = &chart->bars[i];
        bar->label = week_name(arena, i);
        bar->text = STR("-");
        if (!weeks[i].asked)
            continue;
        bar->value = percent_of(&weeks[i]);
        bar->text = arena_printf(arena, "%zu %% of %zu", bar->value, weeks[i].asked);
    }
}

/* A cell for each unless the largest needs more than there are; something is never nothing. */
static size_t bar_cells(const struct bar *bar, size_t whole, size_t room)
{
    if (whole <= room)
        return bar->value;
    size_t cells = (bar->value * room + whole / 2) / whole;
    return bar->value && room && !cells ? 1 : cells;
}

static void draw_chart(const struct chart *chart, const struct place *place, struct grid *grid)
{
    const size_t gap = 1;
    size_t label = 0, text = 0, rows = place->rows ? place->rows - 1 : 0;
    size_t count = chart->count < rows ? chart->count : rows;
    for (size_t i = 0; i < count; i++) {
        size_t width = text_width(chart->bars[i].label, grid->charset);
        label = width > label ? width : label;
        text = chart->bars[i].text.len > text ? chart->bars[i].text.len : text;
    }
    size_t around = label + gap + gap + text;
    size_t room = place->columns > around ? place->columns - around : 0;
    if (place->rows)
        grid_put(grid, place->row, place->column, place->columns, chart->title, STYLE_SECTION);
    for (size_t i = 0; i < count; i++) {
        const struct bar *bar = &chart->bars[i];
        size_t row = place->row + 1 + i, column = place->column + label + gap;
        size_t cells = bar_cells(bar, chart->whole, room);
        grid_put(grid, row, place->column, place->columns, bar->label, i ? STYLE_TEXT : STYLE_TITLE);
        grid_fill(grid, row, column, cells, STR("█"), STYLE_PROGRESS);
        column += cells ? cells + gap : 0;
        grid_put(grid, row, column, text, bar->text, bar->value ? STYLE_COUNT : STYLE_DIM);
    }
}

/* Side by side, or else below each other, the days with two of three rows. */
static void place_charts(const struct grid *grid, struct place *days, struct place *weeks)
{
    size_t rows = grid->rows > ROWS_AROUND ? grid->rows - ROWS_AROUND : 0;
    size_t columns = grid->columns > 2 ? grid->columns - 2 : 0;
    *days = *weeks = (struct place){ROWS_ABOVE, 1, rows, columns};
    if (grid->columns >= WIDE) {
        const size_t gap = 4;
        days->columns = (columns - gap) / 2;
        weeks->column = days->column + days->columns + gap;
        weeks->columns = columns - days->columns - gap;
    } else {
        days->rows = rows < LEAST_FOR_BOTH ? rows : rows * 2 / 3;
        weeks->row = ROWS_ABOVE + days->rows + 1;
        weeks->rows = rows < LEAST_FOR_BOTH ? 0 : rows - days->rows - 1;
    }
}

static void draw_heading(const struct session *session, const struct study_time *time, struct grid *grid)
{
    struct arena arena = {0};
    struct str counts = arena_printf(&arena, "%zu due · %zu studied", deck_count_due(session->deck, time),
                                     deck_count_studied(session->deck));
    size_t width = text_width(counts, grid->charset);
    grid_put(grid, 0, 1, grid->columns, STR("Studying"), STYLE_TITLE);
    if (width + 12 < grid->columns)
        grid_put(grid, 0, grid->columns - 1 - width, width, counts, STYLE_META);
    grid_fill(grid, 1, 0, grid->columns, STR("─"), STYLE_RULE);
    grid_fill(grid, grid->rows - 2, 0, grid->columns, STR("─"), STYLE_RULE);
    arena_free(&arena);
}

static void load_draw(struct view *view, const struct session *session, struct grid *grid)
{
    (void)view;
    static const struct hint hints[] = {{ACTION_CLOSE, "close"}, {ACTION_STUDY, "study what is due"}};
    struct study_time time = day_of(session->now());
    struct arena arena = {0};
    struct chart chart;
    struct place days, weeks;
    place_charts(grid, &days, &weeks);
    draw_heading(session, &time, grid);
    make_days(&chart, session, &time, &arena);
    draw_chart(&chart, &days, grid);
    make_weeks(&chart, session, &time, &arena);
    draw_chart(&chart, &weeks, grid);
    status_draw(grid, grid->rows - 1, session->keymap, STR(""), hints, sizeof hints / sizeof *hints);
    grid_set_cursor(grid, ROWS_ABOVE, 1, false);
    arena_free(&arena);
}

static void study_due(const struct session *session, struct effects *effects)
{
    struct arena arena = {0};
    struct study_list due = study_list_due(session, &arena);
    study_view_open(session, &due, effects);
    arena_free(&arena);
}

static bool load_act(struct view *view, const struct session *session, enum action action, key argument,
                     struct effects *effects)
{
    (void)view, (void)argument;
    switch (action) {
    case ACTION_STUDY: study_due(session, effects); return true;
    case ACTION_STUDY_LOAD:
    case ACTION_CANCEL:
    case ACTION_OUT:
    case ACTION_BACK: effects->close = true; return true;
    default: return false;
    }
}

static void load_free(struct view *view)
{
    mem_free(view);
}

struct view *study_load_new(void)
{
    static const struct view_operations operations = {
        .act = load_act,
        .draw = load_draw,
        .free = load_free,
    };
    struct view *view = mem_calloc(1, sizeof *view);
    view->operations = &operations;
    return view;
}
