/*
 * keymap: from keys to actions, and from actions to their keys and help. Made from actions.def.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/key.h"
#include "lectern/keymap.h"
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
    struct str keys, name, help; /* the usual keys */
    enum action_group group;
};

/* Of an action other than ACTION_NONE. */
const struct action_info *action_info(enum action action);

/* Whether it takes one more key as its argument. */
bool action_waits(enum action action);

/* The heading of a group in the help screen. */
struct str action_group_title(enum action_group group);

const struct keymap *keymap_usual(void);

/* The action of a key; `*waits` when it takes one more key as its argument. ACTION_NONE if the key means nothing. */
enum action keymap_find(const struct keymap *keymap, key k, bool *waits);

/* The keys of an action, with spaces between them, and the first of them; empty if it has none. */
struct str keymap_keys(const struct keymap *keymap, enum action action);
struct str keymap_first(const struct keymap *keymap, enum action action);

#endif
