#include "desk_panes.h"

#include "study_menu.h"
#include "study_view.h"

static void add_walk(struct study_menu *menu, const struct desk *desk, const struct session *session)
{
    const struct walk *walk = &desk->walk;
    if (walk->count)
        study_menu_add(
            menu, session,
            study_list_of(session,
                          walk->marks ? STR("The results of the search") : STR("The list that you came from"),
                          walk->targets, walk->count, study_menu_arena(menu)));
}

static struct study_menu *make_menu(const struct desk *desk, const struct session *session)
{
    struct study_menu *menu = study_menu_new();
    struct arena *arena = study_menu_arena(menu);
    uint32_t target = desk->reading.target, topic = tree_topic_of(session->tree, target);
    struct study_list set = study_list_set(session, target, arena);
    if (set.count > 1)
        study_menu_add(menu, session, set);
    if (topic != TOPIC_NONE) {
        struct study_list list = study_list_topic(session, topic, arena);
        list.title = arena_printf(arena, "The topic %.*s", STR_ARG(list.title));
        study_menu_add(menu, session, list);
    }
    add_walk(menu, desk, session);
    study_menu_add(menu, session, study_list_of(session, STR("This article alone"), &target, 1, arena));
    study_menu_add(menu, session, study_list_due(session, arena));
    return menu;
}

void desk_study(struct desk *desk, const struct session *session, struct effects *effects)
{
    const struct tree_row *row = desk->focus == DESK_TREE ? tree_selected(&desk->tree) : NULL;
    if (desk->reading.target == CATALOGUE_NONE) {
        buf_add(&effects->message, STR("There is nothing to study here."));
        return;
    }
    if (!row || row->item != CATALOGUE_NONE) {
        effects->push = study_menu_view(make_menu(desk, session));
        return;
    }
    struct arena arena = {0};
    struct study_list list = study_list_topic(session, row->topic, &arena);
    study_view_open(session, &list, effects);
    arena_free(&arena);
}
