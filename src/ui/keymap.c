#include "keymap.h"

static const struct action_info actions[ACTION_COUNT] = {
#define ACTION(identifier, keys, name, group, help)                                                          \
    [ACTION_##identifier] = {                                                                                \
        {keys, sizeof(keys) - 1}, {name, sizeof(name) - 1}, {help, sizeof(help) - 1}, GROUP_##group},
#include "actions.def"
#undef ACTION
};

const struct action_info *action_info(enum action action)
{
    return &actions[action];
}

struct str action_group_title(enum action_group group)
{
    static const char *const titles[GROUP_COUNT] = {
        [GROUP_MOVING] = "Moving",     [GROUP_LINKS] = "Links",     [GROUP_FINDING] = "Finding",
        [GROUP_READING] = "Reading",   [GROUP_COPYING] = "Copying", [GROUP_KEEPING] = "Keeping",
        [GROUP_STUDYING] = "Studying", [GROUP_PROGRAM] = "Program",
    };
    return str_from(titles[group]);
}

/* Whether one of the alternatives in `keys` is `k`. */
static bool names_key(struct str keys, key k, bool *waits)
{
    struct str name;
    while (keys.len) {
        str_cut(keys, ' ', &name, &keys);
        *waits = name.len > 2 && str_ends(name, STR(".."));
        key named;
        if (key_parse(*waits ? str_slice(name, 0, name.len - 2) : name, &named) && named == k)
            return true;
    }
    *waits = false;
    return false;
}

enum action keymap_find(key k, bool *waits)
{
    for (enum action action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        if (names_key(actions[action].keys, k, waits))
            return action;
    *waits = false;
    return ACTION_NONE;
}
