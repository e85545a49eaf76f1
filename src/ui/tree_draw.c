#include "count.h"
#include "lectern/title.h"
#include "memory.h"
#include "tree.h"

/* A pane narrower than this has no cells to spare for indentation. */
#define NARROW_COLUMNS 34

/* What stands in a row of the tree. */
struct tree_face {
    struct str sign, label;
    style look;
    uint64_t count; /* 0: none is shown */
    uint32_t read;  /* of them; CATALOGUE_NONE: that is not known */
};

static struct tree_face problem_face(const struct session *session, uint32_t problem)
{
    struct catalogue_problem found = catalogue_problem(session->catalogue, problem);
    return (struct tree_face){.sign = STR("! "), .label = found.path, .look = STYLE_PROBLEM};
}

static struct tree_face topic_face(const struct session *session, uint32_t number, bool open)
{
    const struct topic *topic = &session->tree->topics[number];
    uint32_t read = CATALOGUE_NONE;
    if (topic->kind != TOPIC_PROBLEMS)
        memory_read_below(session->memory, session->tree, number, &read);
    return (struct tree_face){
        .sign = open ? STR("▾ ") : STR("▸ "),
        .label = topic->label,
        .look = topic->kind == TOPIC_SUBJECT ? STYLE_SUBJECT : STYLE_TEXT,
        .count = topic->total,
        .read = read,
    };
}

static struct tree_face face_of(const struct tree *tree, const struct session *session,
                                const struct tree_row *row)
{
    if (row->topic != TOPIC_NONE) {
        const struct topic *topic = &session->tree->topics[row->topic];
        if (row->item == CATALOGUE_NONE)
            return topic_face(session, row->topic, tree_is_open(tree, row->topic));
        if (topic->kind == TOPIC_PROBLEMS)
            return problem_face(session, row->item);
    }
    return (struct tree_face){
        .sign = session_is_read(session, row->item) ? STR("✓ ") : STR("· "),
        .label = catalogue_title(session->catalogue, row->item),
        .look = STYLE_TEXT,
    };
}

/* Among filtered rows nothing else tells the topics of one name apart. */
static struct str label_with_subject(const struct session *session, const struct topic *topic,
                                     struct arena *arena)
{
    if (topic->subject == CATALOGUE_NONE || topic->kind == TOPIC_SUBJECT)
        return topic->label;
    return arena_printf(arena, "%.*s · %.*s", STR_ARG(topic->label),
                        STR_ARG(catalogue_subject_name(session->catalogue, topic->subject)));
}

static void draw_row(const struct tree *tree, const struct session *session, const struct tree_row *row,
                     struct grid *grid, size_t at, size_t column, size_t columns)
{
    struct tree_face face = face_of(tree, session, row);
    struct buf count = {0};
    if (face.count && face.read != CATALOGUE_NONE) {
        count_add(&count, face.read);
        buf_add_byte(&count, '/');
    }
    if (face.count)
        count_add(&count, face.count);
    size_t indent = 1 + (size_t)row->depth * (columns < NARROW_COLUMNS ? 1 : 2);
    if (indent > columns / 2)
        indent = columns / 2;
    size_t taken = indent + 2 + (count.len ? count.len + 1 : 0) + 1;
    size_t room = columns > taken ? columns - taken : 0;
    struct arena arena = {0};
    if (tree->filtered_by.len && row->item == CATALOGUE_NONE)
        face.label = label_with_subject(session, &session->tree->topics[row->topic], &arena);
    grid_put(grid, at, column + indent, 2, face.sign, face.look == STYLE_TEXT ? STYLE_DIM : face.look);
    grid_put(grid, at, column + indent + 2, room, title_fit(&arena, face.label, grid->charset, room),
             face.look);
    if (count.len + 1 < columns)
        grid_put(grid, at, column + columns - 1 - count.len, count.len, buf_str(&count), STYLE_COUNT);
    arena_free(&arena);
    buf_free(&count);
}

void tree_draw(const struct tree *tree, const struct session *session, struct grid *grid, size_t row,
               size_t column, size_t rows, size_t columns, bool focused)
{
    for (size_t i = tree->list.top; i < tree->list.count && i - tree->list.top < rows; i++) {
        size_t at = row + i - tree->list.top;
        draw_row(tree, session, &tree->rows[i], grid, at, column, columns);
        if (i != tree->list.selected)
            continue;
        grid_put(grid, at, column, 1, STR("▌"), STYLE_KEY);
        grid_mark(grid, at, column, 1, columns, focused ? STYLE_SELECTED : STYLE_SELECTED | STYLE_UNFOCUSED);
        if (focused)
            grid_set_cursor(grid, at, column, false);
    }
    if (!tree->list.count && tree->filter.text.len)
        grid_put(grid, row, column + 1, columns - 1, STR("nothing matches"), STYLE_DIM);
}
