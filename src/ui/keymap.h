/*
 * keymap: from keys to actions, and from actions to their keys and help. Made from actions.def.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/key.h"
#include "lectern/str.h"

enum action {
    ACTION_NONE,
#define ACTION(identifier, keys, name, group, help) ACTION_##identifier,
#include "actions.def"
#undef ACTION
    ACTION_COUNT,
};

enum action_group {
    GROUP_MOVING,
    GROUP_LINKS,
    GROUP_FINDING,
    GROUP_READING,
    GROUP_COPYING,
    GROUP_KEEPING,
    GROUP_STUDYING,
    GROUP_PROGRAM,
    GROUP_COUNT
};

struct action_info {
    struct str keys, name, help;
    enum action_group group;
};

/* Of an action other than ACTION_NONE. */
const struct action_info *action_info(enum action action);

/* The heading of a group in the help screen. */
struct str action_group_title(enum action_group group);

/* The action of a key; `*waits` when it takes one more key as its argument. ACTION_NONE if the key means nothing. */
enum action keymap_find(key k, bool *waits);

#endif
