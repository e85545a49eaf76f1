#include "keymap.h"

#include "lectern/arena.h"
#include "lectern/mem.h"

static const struct action_info actions[ACTION_COUNT] = {
#define ACTION(identifier, keys, name, group, help)                                                          \
    [ACTION_##identifier] = {                                                                                \
        {keys, sizeof(keys) - 1}, {name, sizeof(name) - 1}, {help, sizeof(help) - 1}, GROUP_##group},
#include "actions.def"
#undef ACTION
};

/* A name with more mistakes is taken for no other. */
#define MOST_MISTAKES 3

/* Where the explanation of a key begins, in a configuration file. */
#define HELP_COLUMN 34

struct keymap {
    struct str keys[ACTION_COUNT]; /* as in actions.def */
    struct loss {
        key key; /* that was given away last; 0: none */
        size_t line, column;
    } lost[ACTION_COUNT];
    struct arena arena;
    key *given;
    size_t given_count, given_capacity;
};

const struct action_info *action_info(enum action action)
{
    return &actions[action];
}

static bool name_waits(struct str name)
{
    return name.len > 2 && str_ends(name, STR(".."));
}

bool action_waits(enum action action)
{
    return name_waits(actions[action].keys);
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

/* The name of a key in a list of them: without the mark of one that waits. */
static struct str without_dots(struct str name)
{
    return name_waits(name) ? str_slice(name, 0, name.len - 2) : name;
}

/* Whether one of the alternatives in `keys` is `k`. */
static bool names_key(struct str keys, key k)
{
    struct str name;
    key named;
    while (keys.len) {
        str_cut(keys, ' ', &name, &keys);
        if (key_parse(without_dots(name), &named) && named == k)
            return true;
    }
    return false;
}

static const struct keymap usual = {.keys = {
#define ACTION(identifier, keys, name, group, help) [ACTION_##identifier] = {keys, sizeof(keys) - 1},
#include "actions.def"
#undef ACTION
                                    }};

const struct keymap *keymap_usual(void)
{
    return &usual;
}

struct keymap *keymap_new(void)
{
    struct keymap *keymap = mem_calloc(1, sizeof *keymap);
    *keymap = usual;
    return keymap;
}

void keymap_free(struct keymap *keymap)
{
    if (!keymap)
        return;
    arena_free(&keymap->arena);
    mem_free(keymap->given);
    mem_free(keymap);
}

enum action keymap_find(const struct keymap *keymap, key k, bool *waits)
{
    enum action action = ACTION_NONE + 1;
    while (action < ACTION_COUNT && !names_key(keymap->keys[action], k))
        action++;
    if (action == ACTION_COUNT)
        action = ACTION_NONE;
    *waits = action_waits(action);
    return action;
}

struct str keymap_keys(const struct keymap *keymap, enum action action)
{
    return keymap->keys[action];
}

struct str keymap_first(const struct keymap *keymap, enum action action)
{
    struct str first, rest;
    str_cut(keymap->keys[action], ' ', &first, &rest);
    return without_dots(first);
}

/* --- Keys that the reader gives --- */

static int refuse_action(struct str name, struct err *err)
{
    const struct action_info *like = NULL;
    size_t best = MOST_MISTAKES + 1;
    for (enum action action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
        size_t distance = str_distance(name, actions[action].name);
        if (distance < best && distance < name.len) {
            best = distance;
            like = &actions[action];
        }
    }
    name = str_slice(name, 0, 60);
    if (like)
        return err_set(err, ERR_USAGE, "there is no action %.*s, but %.*s", STR_ARG(name),
                       STR_ARG(like->name));
    return err_set(err, ERR_USAGE, "there is no action %.*s; ? lists them", STR_ARG(name));
}

/* `*action` is ACTION_NONE for "none". */
static int find_action(struct str name, enum action *action, struct err *err)
{
    *action = ACTION_NONE;
    if (str_eq(name, STR("none")))
        return 0;
    for (*action = ACTION_NONE + 1; *action < ACTION_COUNT; ++*action)
        if (str_eq(name, actions[*action].name))
            return 0;
    return refuse_action(name, err);
}

static int find_key(const struct keymap *keymap, struct str name, key *k, struct err *err)
{
    struct str shown = str_slice(name, 0, 60);
    if (!key_parse(name, k))
        return err_set(err, ERR_NOT_FOUND, "there is no key \"%.*s\"; keys are j, C-o, A-x, PgDn, F1",
                       STR_ARG(shown));
    for (size_t i = 0; i < keymap->given_count; i++)
        if (keymap->given[i] == *k)
            return err_set(err, ERR_USAGE, "the key %.*s stands here a second time", STR_ARG(shown));
    return 0;
}

static void take_away(struct keymap *keymap, enum action action, key k)
{
    struct str rest = keymap->keys[action], name;
    struct buf left = {0};
    key named;
    while (rest.len) {
        str_cut(rest, ' ', &name, &rest);
        if (!key_parse(without_dots(name), &named) || named != k)
            buf_printf(&left, "%s%.*s", left.len ? " " : "", STR_ARG(name));
    }
    keymap->keys[action] = arena_str(&keymap->arena, buf_str(&left));
    buf_free(&left);
}

static void add(struct keymap *keymap, enum action action, key k)
{
    struct buf keys = {0};
    struct str others = keymap->keys[action];
    buf_printf(&keys, "%.*s%s", STR_ARG(others), others.len ? " " : "");
    key_format(k, &keys);
    if (action_waits(action))
        buf_add(&keys, STR(".."));
    keymap->keys[action] = arena_str(&keymap->arena, buf_str(&keys));
    buf_free(&keys);
}

/* Moves a key from one action to another, of which one may be none. */
static void move(struct keymap *keymap, enum action from, enum action to, struct loss loss)
{
    if (from != ACTION_NONE)
        take_away(keymap, from, loss.key);
    if (to != ACTION_NONE)
        add(keymap, to, loss.key);
    keymap->lost[from] = to == ACTION_NONE ? (struct loss){0} : loss;
}

int keymap_bind(struct keymap *keymap, struct str key_name, struct str action_name, size_t line,
                size_t column, struct err *err)
{
    key k;
    enum action action;
    bool waits;
    if (find_key(keymap, key_name, &k, err) != 0 || find_action(action_name, &action, err) != 0)
        return -1;
    enum action before = keymap_find(keymap, k, &waits);
    if (before != action && k == KEYS_ESCAPE)
        return err_set(err, ERR_USAGE, "Esc always cancels");
    if (before != action && action == ACTION_RELATED_NUMBER)
        return err_set(err, ERR_USAGE, "related takes no keys but the digits");
    if (before != action)
        move(keymap, before, action, (struct loss){k, line, column});
    keymap->given =
        mem_grow(keymap->given, keymap->given_count, &keymap->given_capacity, sizeof *keymap->given);
    keymap->given[keymap->given_count++] = k;
    return 0;
}

bool keymap_next_lost(const struct keymap *keymap, size_t *at, struct err *err)
{
    for (++*at; *at < ACTION_COUNT; ++*at) {
        const struct loss *loss = &keymap->lost[*at];
        struct str name = actions[*at].name;
        struct buf lost = {0};
        if (!loss->key || keymap->keys[*at].len)
            continue;
        key_format(loss->key, &lost);
        err_set_at(err, ERR_USAGE, loss->line, loss->column,
                   "%s was the last key of %.*s, which has none now", buf_cstr(&lost), STR_ARG(name));
        buf_free(&lost);
        return true;
    }
    return false;
}

struct printed {
    struct buf *out;
    enum action action;
    bool explained;
};

/* What is usual stands in a comment; the first key of an action is explained. */
static void print_key(struct printed *printed, struct str name, struct str action_name, bool usually)
{
    struct buf *out = printed->out;
    size_t begin = out->len;
    buf_printf(out, "  %s\"", usually ? "# " : "");
    for (size_t i = 0; i < name.len; i++)
        buf_printf(out, "%s%c", name.at[i] == '"' || name.at[i] == '\\' ? "\\" : "", name.at[i]);
    buf_printf(out, "\": %.*s", STR_ARG(action_name));
    if (!printed->explained) {
        size_t used = out->len - begin;
        buf_printf(out, "%*s # %.*s", used < HELP_COLUMN ? (int)(HELP_COLUMN - used) : 0, "",
                   STR_ARG(actions[printed->action].help));
    }
    printed->explained = true;
    buf_add_byte(out, '\n');
}

/* The keys of an action as they are, and those that it usually has but nothing has now. */
static void print_keys(const struct keymap *keymap, enum action action, struct buf *out)
{
    struct printed printed = {out, action, false};
    struct str name, rest = keymap->keys[action];
    key k;
    bool waits;
    while (rest.len) {
        str_cut(rest, ' ', &name, &rest);
        if (key_parse(without_dots(name), &k))
            print_key(&printed, without_dots(name), actions[action].name, names_key(actions[action].keys, k));
    }
    for (rest = actions[action].keys; rest.len;) {
        str_cut(rest, ' ', &name, &rest);
        if (key_parse(without_dots(name), &k) && keymap_find(keymap, k, &waits) == ACTION_NONE)
            print_key(&printed, without_dots(name), STR("none"), false);
    }
}

void keymap_print(const struct keymap *keymap, struct buf *out)
{
    buf_printf(out, "\n# What each key does; none takes its meaning away.\n%skeys:\n",
               keymap->given_count ? "" : "# ");
    for (enum action action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        print_keys(keymap, action, out);
}
