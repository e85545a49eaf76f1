/*
 * desk_panes: what the actions mean in each pane of the desk.
 */
#ifndef UI_DESK_PANES_H
#define UI_DESK_PANES_H

#include "desk.h"

/* False if the action means nothing in that pane. */
bool desk_act_tree(struct desk *desk, const struct session *session, enum action action,
                   struct effects *effects);
bool desk_act_related(struct desk *desk, const struct session *session, enum action action,
                      struct effects *effects);
bool desk_act_article(struct desk *desk, const struct session *session, enum action action,
                      struct effects *effects);

/* Follows a link of the page, or opens and closes its fold. */
void desk_follow(struct desk *desk, const struct session *session, size_t link, struct effects *effects);

/* Scrolls to the current match; opens the fold that hides it. */
void desk_show_match(struct desk *desk, const struct session *session);

/* Opens the related question with that number. */
void desk_open_related(struct desk *desk, key digit, struct effects *effects);

/* The next or previous article of the list one came from. */
void desk_walk_by(struct desk *desk, const struct session *session, bool backwards, struct effects *effects);

/* Shows the article of the selected row beside the tree, without remembering it as a place one was at. */
void desk_preview_row(struct desk *desk, const struct session *session);

/* Studies the selected topic, or asks what around the article is to be studied. */
void desk_study(struct desk *desk, const struct session *session, struct effects *effects);

/* All rows again, the same one selected. */
void desk_cancel_filter(struct desk *desk, const struct session *session);

#endif
