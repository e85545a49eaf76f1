/* Environments, and whatever else has rows and columns. */
#include <string.h>

#include "tex_parser.h"

enum columns_from {
    COLUMNS_CENTRE,
    COLUMNS_LEFT,
    COLUMNS_PAIRS,
    COLUMNS_SPEC,   /* an argument, as of array */
    COLUMNS_NUMBER, /* pairs, behind an argument that says how many */
    COLUMNS_EQUATION,
};

struct environment {
    const char *name;
    const char *left, *right;
    enum columns_from columns;
    uint16_t flags;
};

static const struct environment environments[] = {
    {"matrix", "", "", COLUMNS_CENTRE, 0},
    {"pmatrix", "(", ")", COLUMNS_CENTRE, 0},
    {"bmatrix", "[", "]", COLUMNS_CENTRE, 0},
    {"Bmatrix", "{", "}", COLUMNS_CENTRE, 0},
    {"vmatrix", "|", "|", COLUMNS_CENTRE, 0},
    {"Vmatrix", "‖", "‖", COLUMNS_CENTRE, 0},
    {"smallmatrix", "", "", COLUMNS_CENTRE, 0},
    {"cases", "{", "", COLUMNS_LEFT, 0},
    {"dcases", "{", "", COLUMNS_LEFT, TEX_DISPLAY},
    {"rcases", "", "}", COLUMNS_LEFT, 0},
    {"array", "", "", COLUMNS_SPEC, 0},
    {"tabular", "", "", COLUMNS_SPEC, 0},
    {"subarray", "", "", COLUMNS_SPEC, 0},
    {"aligned", "", "", COLUMNS_PAIRS, TEX_DISPLAY},
    {"align", "", "", COLUMNS_PAIRS, TEX_DISPLAY},
    {"alignedat", "", "", COLUMNS_NUMBER, TEX_DISPLAY},
    {"alignat", "", "", COLUMNS_NUMBER, TEX_DISPLAY},
    {"flalign", "", "", COLUMNS_PAIRS, TEX_DISPLAY},
    {"split", "", "", COLUMNS_PAIRS, TEX_DISPLAY},
    {"eqnarray", "", "", COLUMNS_EQUATION, TEX_DISPLAY},
    {"gather", "", "", COLUMNS_CENTRE, TEX_DISPLAY},
    {"gathered", "", "", COLUMNS_CENTRE, TEX_DISPLAY},
    {"multline", "", "", COLUMNS_LEFT, TEX_DISPLAY},
    {"multlined", "", "", COLUMNS_LEFT, TEX_DISPLAY},
    {"equation", "", "", COLUMNS_LEFT, TEX_DISPLAY},
    {"displaymath", "", "", COLUMNS_LEFT, TEX_DISPLAY},
    {"math", "", "", COLUMNS_LEFT, 0},
};

/* `align*` is `align`. */
static const struct environment *find_environment(struct str name)
{
    if (name.len && name.at[name.len - 1] == '*')
        name.len--;
    for (size_t i = 0; i < sizeof environments / sizeof *environments; i++)
        if (str_eq(name, str_from(environments[i].name)))
            return &environments[i];
    return NULL;
}

/* --- Columns --- */

static void add_column(struct tex_columns *columns, char align)
{
    if (columns->count < TEX_COLUMNS)
        columns->align[columns->count++] = align;
}

/* `l|c|r`, `@{..}`, `p{..}`, `*{3}{c}`. What it does not know it passes over. */
static void read_spec(struct tex_columns *columns, struct str spec)
{
    size_t depth = 0, times = 1;
    for (size_t i = 0; i < spec.len; i++) {
        char c = spec.at[i];
        bool repeated = depth == 1 && times > 1; /* inside the second group of `*{3}{c}` */
        if (c == '{' || c == '}')
            depth += c == '{' ? 1 : depth ? (size_t)-1 : 0;
        else if (c == '*' && spec.len - i > 3 && spec.at[i + 1] == '{' && spec.at[i + 3] == '}')
            times = spec.at[i + 2] > '0' && spec.at[i + 2] <= '9' ? (size_t)(spec.at[i + 2] - '0') : 1,
            i += 3;
        else if (c == '|' && depth == 0)
            columns->ruled[columns->count] = true;
        else if ((c == 'l' || c == 'c' || c == 'r') && (depth == 0 || repeated))
            for (size_t n = repeated ? times : 1; n > 0; n--)
                add_column(columns, c);
        else if ((c == 'p' || c == 'm' || c == 'b') && depth == 0)
            add_column(columns, 'l');
        if (c == '}' && depth == 0)
            times = 1;
    }
}

static const struct tex_columns *columns_of(struct tex_parser *p, const struct environment *e)
{
    struct tex_columns *columns = arena_alloc(p->arena, sizeof *columns);
    struct str option;
    switch (e->columns) {
    case COLUMNS_CENTRE: add_column(columns, 'c'); break;
    case COLUMNS_LEFT: add_column(columns, 'l'); break;
    case COLUMNS_EQUATION: read_spec(columns, STR("rcl")); break;
    case COLUMNS_SPEC:
        tex_raw_option(p, &option);
        read_spec(columns, tex_raw_argument(p));
        break;
    case COLUMNS_NUMBER: tex_raw_argument(p); /* fall through */
    case COLUMNS_PAIRS:
        columns->pairs = true;
        while (columns->count < TEX_COLUMNS)
            add_column(columns, columns->count % 2 ? 'l' : 'r');
    }
    if (columns->count == 0)
        add_column(columns, 'c');
    return columns;
}

/* --- Rows --- */

struct table {
    struct tex_parser *p;
    struct tex *node;
    struct tex_row rows, cells;
    size_t column;
    bool ruled;
    bool paired; /* some row has two cells */
};

/* Lines that nothing aligns begin below each other. */
static const struct tex_columns single_column = {.count = 1, .align = "l"};

/* Whether a sign at the beginning of the next cell stands as between two things, as a relation in the second column of a
 * pair does. */
static bool is_set_off(const struct table *t)
{
    const struct tex *node = t->node;
    bool goes_on = (node->flags & TEX_DISPLAY) && !node->columns->pairs && t->rows.last;
    return (node->columns->pairs && t->column % 2) || goes_on;
}

static void end_row(struct table *t)
{
    struct tex *row = t->cells.node;
    row->kind = TEX_TABLE_ROW;
    row->flags = t->ruled ? TEX_RULED : 0;
    tex_row_add(&t->rows, row);
    t->cells = tex_row_begin(t->p);
    t->column = 0;
    t->ruled = false;
}

static void take_rules(struct table *t)
{
    while (true) {
        if (tex_take_command(t->p, "hline") || tex_take_command(t->p, "midrule") ||
            tex_take_command(t->p, "toprule") || tex_take_command(t->p, "bottomrule")) {
            t->ruled = true;
        } else if (tex_take_command(t->p, "cline")) {
            t->ruled = true;
            tex_raw_argument(t->p);
        } else {
            return;
        }
    }
}

static bool take_row_end(struct table *t)
{
    struct str option;
    if (!tex_take_command(t->p, "\\") && !tex_take_command(t->p, "cr"))
        return false;
    if (tex_peek(t->p) == '*')
        tex_skip(t->p, 1);
    if (tex_peek(t->p) == '[')
        tex_raw_option(t->p, &option); /* how far the next row is moved down */
    return true;
}

static bool is_empty_row(const struct table *t)
{
    return t->column == 0 && (!t->cells.node->first || !t->cells.node->first->first);
}

/* From the end of a first cell, or before it, to what closes the table. */
static void take_rows(struct table *t, struct tex *cell)
{
    for (;;) {
        if (!cell) {
            if (t->column == 0)
                take_rules(t);
            t->p->set_off = is_set_off(t);
            cell = tex_parse_row(t->p);
        }
        tex_row_add(&t->cells, cell);
        cell = NULL;
        if (tex_take(t->p, '&')) {
            t->column++;
            t->paired = true;
        } else if (take_row_end(t)) {
            end_row(t);
        } else {
            break;
        }
    }
    bool empty = is_empty_row(t);
    if (empty)
        t->cells.node->first = NULL;
    if (!empty || t->ruled)
        end_row(t);
    if (t->node->columns->pairs && !t->paired)
        t->node->columns = &single_column;
}

static struct table begin_table(struct tex_parser *p, const struct environment *e)
{
    struct table t = {.p = p, .cells = tex_row_begin(p)};
    t.node = tex_node(p, TEX_TABLE, TEX_INNER);
    t.node->left = str_from(e->left);
    t.node->right = str_from(e->right);
    t.node->flags = e->flags;
    t.node->columns = columns_of(p, e);
    t.rows.node = t.node;
    return t;
}

/* --- Environments --- */

static const struct environment lines = {"", "", "", COLUMNS_PAIRS, TEX_DISPLAY};
static const struct environment unknown = {"", "", "", COLUMNS_LEFT, 0};

/* The rows of an environment that nobody knows, between its marks. */
static struct tex *unknown_environment(struct tex_parser *p, struct str name)
{
    struct tex_row row = tex_row_begin(p);
    struct table t = begin_table(p, &unknown);
    take_rows(&t, NULL);
    tex_leave(p);
    tex_row_add(&row, tex_unknown(p, arena_printf(p->arena, "\\begin{%.*s}", STR_ARG(name))));
    tex_row_add(&row, t.node);
    if (tex_take_command(p, "end")) {
        name = tex_raw_argument(p);
        tex_row_add(&row, tex_unknown(p, arena_printf(p->arena, "\\end{%.*s}", STR_ARG(name))));
    }
    return tex_row_end(&row);
}

struct tex *tex_environment(struct tex_parser *p, struct str command)
{
    tex_skip_spaces(p);
    if (tex_peek(p) != '{')
        return tex_unknown(p, command);
    if (!tex_enter(p, TEX_OPEN_TABLE))
        return tex_unknown(p, command);
    struct str name = str_trim(tex_raw_argument(p)), option;
    const struct environment *e = find_environment(name);
    if (!e)
        return unknown_environment(p, name);
    if (e->columns == COLUMNS_PAIRS)
        tex_raw_option(p, &option); /* where it stands beside others */
    struct table t = begin_table(p, e);
    take_rows(&t, NULL);
    tex_leave(p);
    if (tex_take_command(p, "end"))
        tex_raw_argument(p);
    return t.node;
}

struct tex *tex_lines(struct tex_parser *p, struct tex *first)
{
    struct table t = begin_table(p, &lines);
    take_rows(&t, first);
    return t.node;
}

struct tex *tex_substack(struct tex_parser *p)
{
    static const struct environment stack = {"", "", "", COLUMNS_CENTRE, 0};
    tex_skip_spaces(p);
    if (tex_peek(p) != '{' || !tex_enter(p, TEX_OPEN_GROUP))
        return NULL;
    tex_skip(p, 1);
    p->open[p->depth - 1] = TEX_OPEN_TABLE;
    struct table t = begin_table(p, &stack);
    take_rows(&t, NULL);
    tex_leave(p);
    tex_take(p, '}');
    return t.node;
}
