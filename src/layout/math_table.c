/* Matrices, cases, and lines that are aligned. */
#include "lectern/mem.h"
#include "math.h"

struct cell {
    struct math_box *box;
    const struct tex *node;
};

struct grid_row {
    struct cell *cells;
    size_t count;
    uint32_t above, below;
    bool ruled;
};

struct table {
    const struct math *m;
    const struct tex *node;
    struct grid_row *rows;
    size_t row_count;
    uint32_t *widths; /* of each column */
    bool *others;     /* whether it holds anything but numbers, which are aligned */
    size_t column_count;
    bool apart; /* rows have a blank one between them */
    uint32_t width;
    uint32_t rules[TEX_COLUMNS + 1]; /* where lines between columns stand */
    size_t rule_count;
    int64_t *lines; /* the rows that are lines between rows */
    size_t line_count;
};

/* A cell with nothing higher than short fractions stays on its row. */
static bool is_simple(const struct tex *cell)
{
    bool fraction = false;
    for (const struct tex *node = cell->first; node; node = node->next) {
        if (node->kind == TEX_FRACTION) {
            bool units = node->left.len == 0 && tex_only(node->part[0])->kind == TEX_SYMBOL &&
                         tex_only(node->part[1])->kind == TEX_SYMBOL;
            if (!units)
                return false;
            fraction = true;
        } else if (node->kind != TEX_SYMBOL && node->kind != TEX_SPACE) {
            return false;
        }
    }
    return fraction;
}

static struct math_box *box_cell(const struct math *m, const struct tex *cell, enum math_size size)
{
    if (size == MATH_SCRIPT || (size == MATH_TEXT && is_simple(cell))) {
        struct math_line line = math_flat(m, cell, size == MATH_SCRIPT);
        return math_box_line(m, &line);
    }
    struct math_items items = {0};
    math_items_of(m, cell, size, &items);
    struct math_box *box = math_box_items(m, &items, 0, items.count), *set_off = math_box_new(m);
    uint32_t gap = items.count ? items.at[0].gap : 0; /* before a relation */
    mem_free(items.at);
    math_box_put(set_off, box, gap, 0);
    return set_off;
}

/* `12`, `−3`; nothing is one, too. */
static bool is_number(const struct tex *cell)
{
    const struct tex *node = cell->first;
    if (node && node->next && node->kind == TEX_SYMBOL && str_eq(node->text, STR("−")))
        node = node->next;
    return !node || (!node->next && math_begins_number(node));
}

static void box_rows(struct table *t, enum math_size size)
{
    size_t r = 0;
    for (const struct tex *row = t->node->first; row; row = row->next, r++) {
        struct grid_row *to = &t->rows[r];
        to->ruled = (row->flags & TEX_RULED) != 0;
        for (const struct tex *cell = row->first; cell; cell = cell->next)
            to->count++;
        to->cells = arena_array(t->m->arena, to->count, sizeof *to->cells);
        size_t c = 0;
        for (const struct tex *cell = row->first; cell; cell = cell->next, c++) {
            struct math_box *box = box_cell(t->m, cell, size);
            to->cells[c] = (struct cell){box, cell};
            to->above = box->above > to->above ? box->above : to->above;
            to->below = box->below > to->below ? box->below : to->below;
            if (box->width > t->widths[c])
                t->widths[c] = box->width;
            t->others[c] = t->others[c] || !is_number(cell);
        }
    }
}

static void count(struct table *t)
{
    for (const struct tex *row = t->node->first; row; row = row->next) {
        size_t columns = 0;
        for (const struct tex *cell = row->first; cell; cell = cell->next)
            columns++;
        t->column_count = columns > t->column_count ? columns : t->column_count;
        t->row_count++;
    }
    t->rows = arena_array(t->m->arena, t->row_count, sizeof *t->rows);
    t->widths = arena_array(t->m->arena, t->column_count, sizeof *t->widths);
    t->others = arena_array(t->m->arena, t->column_count, sizeof *t->others);
}

static char align_of(const struct table *t, size_t column)
{
    const struct tex_columns *columns = t->node->columns;
    if (column < columns->count)
        return columns->align[column];
    return columns->pairs ? (column % 2 ? 'l' : 'r') : columns->align[columns->count - 1];
}

static bool is_ruled(const struct table *t, size_t column)
{
    return column <= TEX_COLUMNS && t->node->columns->ruled[column];
}

/* Cells of a line before a column: the first has a blank behind it. */
static uint32_t rule_before(const struct table *t, size_t column)
{
    if (!is_ruled(t, column))
        return 0;
    return column == 0 ? 2 : 1;
}

/* Cells between a column and the one before it. */
static uint32_t gap_before(const struct table *t, size_t column)
{
    if (column == 0)
        return 0;
    if (!t->node->columns->pairs)
        return 2;
    return column % 2 ? 0 : 3;
}

/* Where one of two neighbours is high, a blank row is between them. */
static uint32_t rows_between(const struct table *t, const struct grid_row *above,
                             const struct grid_row *below)
{
    return t->apart || above->above + above->below + below->above + below->below > 0;
}

static uint32_t put_cell(const struct table *t, struct math_box *box, const struct cell *cell, size_t column,
                         uint32_t x, int64_t y)
{
    uint32_t room = t->widths[column] - cell->box->width;
    char align = align_of(t, column);
    if (align == 'c' && !t->others[column])
        align = 'r';
    math_box_put(box, cell->box, x + (align == 'r' ? room : align == 'c' ? room / 2 : 0), y);
    return x + t->widths[column];
}

static void put_row(const struct table *t, struct math_box *box, const struct grid_row *row, int64_t y)
{
    uint32_t x = 0;
    for (size_t c = 0; c < row->count; c++) {
        x += gap_before(t, c) + rule_before(t, c);
        x = put_cell(t, box, &row->cells[c], c, x, y);
    }
}

/* Finds where the lines between columns stand, and how wide it all is. */
static void place_rules(struct table *t)
{
    uint32_t x = 0;
    for (size_t c = 0; c <= t->column_count && c <= TEX_COLUMNS; c++) {
        bool last = c == t->column_count;
        uint32_t gap = last ? 1 : gap_before(t, c);
        if (is_ruled(t, c)) {
            t->rules[t->rule_count++] = x + (c ? (gap + 1) / 2 : 0);
            x += last ? 2 : rule_before(t, c);
        }
        x += last ? 0 : gap + t->widths[c];
    }
    for (size_t c = TEX_COLUMNS + 1; c < t->column_count; c++)
        x += gap_before(t, c) + t->widths[c];
    t->width = x;
}

static void put_column_rules(const struct table *t, struct math_box *box, int64_t rows)
{
    const char *glyph = math_is_ascii(t->m) ? "|" : "│";
    size_t line = 0;
    for (int64_t y = 0; y < rows; y++) {
        if (line < t->line_count && t->lines[line] == y) {
            line++;
            continue;
        }
        for (size_t i = 0; i < t->rule_count; i++)
            math_box_put(box, math_box_text(t->m, str_from(glyph), STYLE_MATH), t->rules[i], y);
    }
}

/* Where a line between rows meets one between columns. */
static const char *crossing(const struct table *t, uint32_t x, bool first, bool last)
{
    static const char *const glyphs[3][3] = {{"┌", "┬", "┐"}, {"├", "┼", "┤"}, {"└", "┴", "┘"}};
    size_t column = x == 0 ? 0 : x + 1 == t->width ? 2 : 1;
    if (math_is_ascii(t->m))
        return "+";
    return glyphs[first ? 0 : last ? 2 : 1][column];
}

static void put_lines(const struct table *t, struct math_box *box, int64_t rows)
{
    struct buf text = {0};
    for (size_t i = 0; i < t->line_count; i++) {
        int64_t y = t->lines[i];
        size_t rule = 0;
        buf_clear(&text);
        for (uint32_t x = 0; x < t->width; x++) {
            bool crosses = rule < t->rule_count && t->rules[rule] == x;
            rule += crosses;
            const char *plain = math_is_ascii(t->m) ? "-" : "─";
            buf_add(&text, str_from(crosses ? crossing(t, x, y == 0, y + 1 == rows) : plain));
        }
        math_box_put(box, math_box_text(t->m, arena_str(t->m->arena, buf_str(&text)), STYLE_MATH), 0, y);
    }
    buf_free(&text);
}

/* All rows, the first on row 0. Returns how many there are. */
static int64_t put_rows(struct table *t, struct math_box *box)
{
    int64_t y = 0;
    t->lines = arena_array(t->m->arena, t->row_count, sizeof *t->lines);
    for (size_t r = 0; r < t->row_count; r++) {
        const struct grid_row *row = &t->rows[r];
        if (r && !row->ruled)
            y += rows_between(t, &t->rows[r - 1], row);
        if (row->ruled)
            t->lines[t->line_count++] = y++;
        if (row->count == 0)
            continue;
        put_row(t, box, row, y + row->above);
        y += row->above + 1 + row->below;
    }
    return y ? y : 1;
}

static void close_off(const struct table *t, struct math_box *box, struct str bracket, uint32_t above,
                      uint32_t below)
{
    if (bracket.len)
        math_box_put(box, math_box_bracket(t->m, bracket, above, below), box->width, 0);
}

/* Two rows behind a brace leave the one between them to its point. */
static bool leaves_point(const struct table *t)
{
    bool brace = str_eq(t->node->left, STR("{")) || str_eq(t->node->right, STR("}"));
    return brace && t->row_count == 2;
}

struct math_box *math_box_table(const struct math *m, const struct tex *node, enum math_size size)
{
    struct table t = {.m = m, .node = node};
    count(&t);
    box_rows(&t, size == MATH_SCRIPT ? size : node->flags & TEX_DISPLAY ? MATH_DISPLAY : MATH_TEXT);
    struct math_box *grid = math_box_new(m), *box = math_box_new(m);
    t.apart = leaves_point(&t);
    place_rules(&t);
    int64_t rows = put_rows(&t, grid), middle = (rows - 1) / 2;
    put_column_rules(&t, grid, rows);
    put_lines(&t, grid, rows);
    uint32_t above = (uint32_t)middle, below = (uint32_t)(rows - 1 - middle);
    close_off(&t, box, node->left, above, below);
    math_box_put(box, grid, box->width + (node->left.len ? 1 : 0), -middle);
    box->width += node->right.len ? 1 : 0;
    close_off(&t, box, node->right, above, below);
    return box;
}
