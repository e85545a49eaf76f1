#include "sheet.h"

#include "compose.h"
#include "find.h"
#include "lectern/mem.h"
#include "status.h"

struct sheet {
    struct view view;
    struct str title;
    struct arena arena; /* of the tree */
    const struct node *root;
    struct arena layout_arena;
    struct layout layout;
    struct pager page;
    struct find find;
    size_t left;
};

/* Wider lines are hard to read, also in a table. */
#define SHEET_COLUMNS 100

static struct sheet *sheet_of(struct view *view)
{
    return (struct sheet *)view;
}

static bool sheet_type(struct view *view, const struct session *session, key k, struct effects *effects)
{
    (void)session, (void)effects;
    return find_key(&sheet_of(view)->find, &sheet_of(view)->page, k);
}

static void sheet_paste(struct view *view, const struct session *session, struct str text,
                        struct effects *effects)
{
    (void)session, (void)effects;
    if (sheet_of(view)->find.typing)
        find_paste(&sheet_of(view)->find, &sheet_of(view)->page, text);
}

static bool sheet_act(struct view *view, const struct session *session, enum action action, key argument,
                      struct effects *effects)
{
    (void)session, (void)argument;
    struct sheet *sheet = sheet_of(view);
    switch (action) {
    case ACTION_FIND: find_begin(&sheet->find, &sheet->page); return true;
    case ACTION_NEXT_MATCH:
    case ACTION_PREVIOUS_MATCH: return pager_next_match(&sheet->page, action == ACTION_PREVIOUS_MATCH);
    case ACTION_CANCEL:
        if (sheet->page.match_count)
            pager_clear_marks(&sheet->page);
        else
            effects->close = true;
        return true;
    case ACTION_OUT:
    case ACTION_HELP:
    case ACTION_DETAILS:
    case ACTION_BACK: effects->close = true; return true;
    default: return pager_act(&sheet->page, action);
    }
}

static void sheet_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct sheet *sheet = sheet_of(view);
    size_t width = columns > 4 ? columns - 4 : columns;
    if (width > SHEET_COLUMNS)
        width = SHEET_COLUMNS;
    struct layout_options options = {.width = width, .charset = session->charset};
    arena_reset(&sheet->layout_arena);
    layout_build(&sheet->layout_arena, sheet->root, &options, &sheet->layout);
    sheet->left = (columns - width) / 2;
    sheet->page.charset = session->charset;
    pager_set_layout(&sheet->page, &sheet->layout);
    pager_set_height(&sheet->page, rows > 3 ? rows - 3 : 1);
    find_renew(&sheet->find, &sheet->page);
}

static void sheet_draw(struct view *view, const struct session *session, struct grid *grid)
{
    (void)session;
    static const struct hint hints[] = {
        {ACTION_CLOSE, "close"}, {ACTION_FIND, "find"}, {ACTION_NEXT_HEADING, "next part"}};
    struct sheet *sheet = sheet_of(view);
    grid_put(grid, 0, sheet->left, grid->columns, sheet->title, STYLE_TITLE);
    grid_fill(grid, 1, 0, grid->columns, STR("─"), STYLE_RULE);
    pager_draw(&sheet->page, grid, 2, sheet->left, 0);
    grid_set_cursor(grid, 2, sheet->left, false);
    struct arena arena = {0};
    struct str place = arena_printf(&arena, "%u %%", pager_percent(&sheet->page));
    if (sheet->page.match_count)
        place = arena_printf(&arena, "%zu of %zu", sheet->page.current + 1, sheet->page.match_count);
    status_draw(grid, grid->rows - 1, session->keymap, place, hints, sizeof hints / sizeof *hints);
    arena_free(&arena);
    if (sheet->find.typing)
        find_draw(&sheet->find, grid, grid->rows - 1);
}

static void sheet_free(struct view *view)
{
    struct sheet *sheet = sheet_of(view);
    pager_free(&sheet->page);
    find_free(&sheet->find);
    arena_free(&sheet->layout_arena);
    arena_free(&sheet->arena);
    mem_free(sheet);
}

static struct sheet *sheet_new(struct str title, struct node **root)
{
    static const struct view_operations operations = {
        .type = sheet_type,
        .paste = sheet_paste,
        .act = sheet_act,
        .resize = sheet_resize,
        .draw = sheet_draw,
        .free = sheet_free,
    };
    struct sheet *sheet = mem_calloc(1, sizeof *sheet);
    sheet->view.operations = &operations;
    sheet->title = title;
    *root = arena_alloc(&sheet->arena, sizeof **root);
    (*root)->kind = NODE_DOCUMENT;
    sheet->root = *root;
    return sheet;
}

static struct node *add_table(struct arena *arena, struct node *root, const char *left, const char *right)
{
    struct node *table = compose_node(arena, root, NODE_TABLE);
    compose_row(arena, table, str_from(left), str_from(right));
    return table;
}

/* An action without keys can be called by its name. */
static struct str keys_of(struct arena *arena, const struct keymap *keymap, enum action action)
{
    struct str keys = keymap_keys(keymap, action);
    return keys.len ? arena_str(arena, keys)
                    : arena_printf(arena, ":%.*s", STR_ARG(action_info(action)->name));
}

struct view *sheet_new_help(const struct keymap *keymap)
{
    struct node *root;
    struct sheet *sheet = sheet_new(STR("The keys of lectern"), &root);
    for (enum action_group group = 0; group < GROUP_COUNT; group++) {
        compose_heading(&sheet->arena, root, 2, action_group_title(group));
        struct node *table = add_table(&sheet->arena, root, "key", "what it does");
        for (enum action action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
            const struct action_info *info = action_info(action);
            if (info->group == group)
                compose_row(&sheet->arena, table, keys_of(&sheet->arena, keymap, action), info->help);
        }
    }
    compose_heading(&sheet->arena, root, 2, STR("While typing a search"));
    compose_paragraph(&sheet->arena, root,
                      STR("Up and Down select a result, Enter opens it, Esc goes back to the page. C-f and "
                          "C-b scroll the page "
                          "beside the results, C-p and C-n bring back earlier queries. C-t keeps the query "
                          "under a name, C-r lists "
                          "those that were kept. C-s studies the results."));
    compose_heading(&sheet->arena, root, 2, STR("While studying"));
    compose_paragraph(
        &sheet->arena, root,
        STR("Space shows the answer, and scrolls it. 1 to 4 grade how well it was known: again, "
            "hard, good, easy. u takes "
            "the last grade back, - puts a question off until tomorrow, q ends. W behind the summary draws "
            "the coming days."));
    compose_heading(&sheet->arena, root, 2, STR("In the map"));
    compose_paragraph(
        &sheet->arena, root,
        STR("The arrows move, within a column and to the question nearest by in the next one. "
            "Enter brings a question to the centre, and opens the one that is there; Space looks "
            "at it. e draws all that links lead to, Backspace goes back to the centre before. A "
            "question is linked with those whose lines meet its own with an arrow, which points to "
            "where the link leads; other lines only cross."));
    return &sheet->view;
}

static void add_count(struct arena *arena, struct node *table, const char *name, size_t count)
{
    compose_row(arena, table, str_from(name), arena_printf(arena, "%zu", count));
}

static void add_places(struct arena *arena, struct node *table, const struct session *session,
                       uint32_t number)
{
    const struct catalogue *catalogue = session->catalogue;
    for (size_t i = 0; i < catalogue_count_files(catalogue, number); i++) {
        struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, number, i));
        compose_row(arena, table, i ? STR("also in") : STR("file"),
                    library_path(session->library, file.root, file.path, arena));
    }
    for (size_t i = 0; i < catalogue_count_subjects(catalogue, number); i++) {
        struct str name = catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, number, i));
        compose_row(arena, table, i ? STR("and subject") : STR("subject"), arena_str(arena, name));
    }
    add_count(arena, table, "related questions", catalogue_count_links(catalogue, number));
    size_t linked_from;
    catalogue_backlinks(catalogue, number, arena, &linked_from);
    add_count(arena, table, "linked from", linked_from);
}

/* What a page without front matter says of itself. */
static void add_facts(struct arena *arena, struct node *table, const struct article *article)
{
    if (article->field_count)
        return;
    if (article->author.len)
        compose_row(arena, table, STR("author"), article->author);
    if (article->date.len)
        compose_row(arena, table, STR("date"), article_date(arena, article->date, article->date_format));
}

static void add_fields(struct arena *arena, struct node *root, const struct article *article)
{
    if (!article->field_count)
        return;
    compose_heading(arena, root, 2, STR("The front matter"));
    struct node *table = add_table(arena, root, "field", "value");
    for (size_t i = 0; i < article->field_count; i++) {
        bool answer = str_eq(article->fields[i].name, STR("answer")); /* in full it is the article itself */
        compose_row(arena, table, article->fields[i].name,
                    answer ? STR("(the text of this article; \\ shows it as it is written)")
                           : article->fields[i].value);
    }
}

static void add_problem_rows(struct arena *arena, struct node *root, const struct article *article)
{
    if (!article->problem_count)
        return;
    compose_heading(arena, root, 2, STR("Problems"));
    struct node *table = add_table(arena, root, "place", "what is wrong");
    for (size_t i = 0; i < article->problem_count; i++) {
        const struct article_problem *problem = &article->problems[i];
        struct str place = STR("the file");
        if (problem->line)
            place = arena_printf(arena, "%u:%u", problem->line, problem->column);
        compose_row(arena, table, place, problem->message);
    }
}

struct view *sheet_new_details(const struct session *session, uint32_t number)
{
    struct node *root;
    struct sheet *sheet = sheet_new((struct str){0}, &root);
    struct arena *arena = &sheet->arena;
    struct article article = {0};
    struct err err = {0};
    uint32_t file = catalogue_file_of(session->catalogue, number, 0);
    sheet->title = arena_str(arena, catalogue_title(session->catalogue, number));
    compose_heading(arena, root, 2, STR("Where it stands"));
    struct node *places = add_table(arena, root, "what", "where");
    add_places(arena, places, session, number);
    if (library_read(session->library, session->catalogue, file, arena, &article, &err) != 0)
        compose_paragraph(arena, root, arena_str(arena, str_from(err.message)));
    add_facts(arena, places, &article);
    add_problem_rows(arena, root, &article);
    add_fields(arena, root, &article);
    return &sheet->view;
}
