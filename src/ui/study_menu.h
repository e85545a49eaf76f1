/*
 * study_menu: a choice of what to study, with how much of each is due and new.
 */
#ifndef UI_STUDY_MENU_H
#define UI_STUDY_MENU_H

#include "study_lists.h"
#include "view.h"

#define STUDY_MENU_LISTS 8

struct study_menu;

/* Add the lists, each made in the menu's arena; empty ones, and more than fit, are left out. Then push its view. */
struct study_menu *study_menu_new(void);
struct arena *study_menu_arena(struct study_menu *menu);
void study_menu_add(struct study_menu *menu, const struct session *session, struct study_list list);
struct view *study_menu_view(struct study_menu *menu);

#endif
