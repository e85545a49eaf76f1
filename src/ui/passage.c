#include "passage.h"

#include "compose.h"
#include "frame.h"
#include "lectern/mem.h"
#include "pager.h"

struct passage {
    struct view view;
    struct arena arena; /* of the title and the copy */
    struct str title;
    bool opens; /* Enter opens a fold, and goes nowhere */
    bool ends;  /* there is nowhere to go */
    const struct node *root;
    struct arena layout_arena;
    struct layout layout;
    struct pager page;
    struct frame frame;
};

static struct passage *passage_of(struct view *view)
{
    return (struct passage *)view;
}

static bool passage_act(struct view *view, const struct session *session, enum action action, key argument,
                        struct effects *effects)
{
    (void)session, (void)argument;
    if (passage_of(view)->ends && (action == ACTION_OPEN || action == ACTION_IN))
        action = ACTION_CANCEL;
    switch (action) {
    case ACTION_OPEN:
    case ACTION_IN: effects->run = ACTION_OPEN; return true;
    case ACTION_CANCEL:
    case ACTION_PREVIEW:
    case ACTION_OUT:
    case ACTION_BACK: effects->close = true; return true;
    default: return pager_act(&passage_of(view)->page, action);
    }
}

static void passage_resize(struct view *view, const struct session *session, size_t rows, size_t columns)
{
    struct passage *passage = passage_of(view);
    size_t width = frame_columns(columns);
    struct layout_options options = {.width = width > 4 ? width - 4 : 1, .charset = session->charset};
    arena_reset(&passage->layout_arena);
    layout_build(&passage->layout_arena, passage->root, &options, &passage->layout);
    passage->frame = frame_place(rows, columns, passage->layout.line_count);
    passage->page.charset = session->charset;
    pager_set_layout(&passage->page, &passage->layout);
    pager_set_height(&passage->page, passage->frame.rows > 2 ? passage->frame.rows - 2 : 1);
}

static void passage_draw(struct view *view, const struct session *session, struct grid *grid)
{
    struct passage *passage = passage_of(view);
    const struct frame *frame = &passage->frame;
    view->below->operations->draw(view->below, session, grid);
    struct str hint = passage->ends    ? STR(" Esc closes ")
                      : passage->opens ? STR(" Enter opens it, Esc closes ")
                                       : STR(" Enter goes there, Esc closes ");
    frame_draw(frame, grid, passage->title, hint);
    pager_draw(&passage->page, grid, frame->row + 1, frame->column + 2, 0);
    grid_set_cursor(grid, frame->row + 1, frame->column + 2, false);
}

static void passage_free(struct view *view)
{
    struct passage *passage = passage_of(view);
    pager_free(&passage->page);
    arena_free(&passage->layout_arena);
    arena_free(&passage->arena);
    mem_free(passage);
}

/* The lines without blank ones between them. */
static void copy_fold(struct arena *arena, struct node *root, const struct node *fold)
{
    struct node *paragraph = compose_node(arena, root, NODE_PARAGRAPH);
    for (const struct node *lines = fold->first; lines; lines = lines->next) {
        compose_copies(arena, paragraph, lines->first);
        compose_node(arena, paragraph, NODE_HARD_BREAK);
    }
}

struct view *passage_new(struct str title, const struct node *block)
{
    static const struct view_operations operations = {
        .act = passage_act,
        .resize = passage_resize,
        .draw = passage_draw,
        .free = passage_free,
    };
    struct passage *passage = mem_calloc(1, sizeof *passage);
    struct node *root = arena_alloc(&passage->arena, sizeof *root);
    passage->view.operations = &operations;
    passage->title = arena_str(&passage->arena, title);
    root->kind = NODE_DOCUMENT;
    passage->opens = block->kind == NODE_FOLD;
    passage->ends = block->kind == NODE_DOCUMENT;
    if (block->kind == NODE_FOLD)
        copy_fold(&passage->arena, root, block);
    else if (block->kind == NODE_ITEM || block->kind == NODE_DOCUMENT)
        compose_copies(&passage->arena, root, block->first);
    else
        compose_copy(&passage->arena, root, block);
    passage->root = root;
    return &passage->view;
}
