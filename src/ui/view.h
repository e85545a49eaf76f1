/*
 * view: one screen of the stack: the desk with tree and article, the search, a list, a page of text.
 *
 * A view is heap data that begins with a `struct view`. It never calls upward: what it wants of the app it says in the
 * effects. Every operation but `draw` and `free` may be NULL.
 */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include "lectern/grid.h"
#include "session.h"

struct view_operations {
    /* A key before the keymap sees it. True if the view has used it: it is being typed into. */
    bool (*type)(struct view *view, const struct session *session, key k, struct effects *effects);
    /* Text that was pasted; without this it is ignored. */
    void (*paste)(struct view *view, const struct session *session, struct str text, struct effects *effects);
    /* An action, with the key that stands for its argument. False if it means nothing here. */
    bool (*act)(struct view *view, const struct session *session, enum action action, key argument,
                struct effects *effects);
    void (*resize)(struct view *view, const struct session *session, size_t rows, size_t columns);
    /* The catalogue and the topics were replaced. `before` is the old tree, or NULL. */
    void (*renew)(struct view *view, const struct session *session, const struct topic_tree *before,
                  const struct renumbering *renumbering);
    /* The index has come in, or results that the view itself has asked for. */
    void (*refresh)(struct view *view, const struct session *session);
    void (*draw)(struct view *view, const struct session *session, struct grid *grid);
    void (*free)(struct view *view);
};

struct view {
    const struct view_operations *operations;
    struct view *below;
};

#endif
