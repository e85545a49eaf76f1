#include "links.h"

#include "chooser.h"
#include "clock.h"
#include "lectern/graph.h"
#include "lectern/mem.h"
#include "map_view.h"
#include "trail.h"
#include "write_view.h"

static struct position top_of(uint32_t target)
{
    return (struct position){.target = target, .link = PAGER_NONE};
}

static void add_question(struct chooser *chooser, const struct session *session, uint32_t target,
                         struct str sign)
{
    struct chooser_row row = {
        .label = catalogue_title(session->catalogue, target), .sign = sign, .position = top_of(target)};
    chooser_add(chooser, &row);
}

static void list_backlinks(const struct session *session, uint32_t target, struct arena *arena,
                           struct effects *effects)
{
    size_t count;
    const uint32_t *from = catalogue_backlinks(session->catalogue, target, arena, &count);
    struct chooser *chooser = chooser_new(arena_printf(arena, "Linked from %zu", count), true);
    chooser_set_none(chooser, STR("No question of this library links here."));
    for (size_t i = 0; i < count; i++)
        add_question(chooser, session, from[i], (struct str){0});
    effects->push = chooser_view(chooser);
}

static void list_set(const struct session *session, uint32_t target, struct arena *arena,
                     struct effects *effects)
{
    struct graph_set set;
    size_t read = 0, current = 0;
    graph_find_set(session->catalogue, target, arena, &set);
    if (set.count == 1 && set.articles[0] == target)
        set.count = 0;
    for (size_t i = 0; i < set.count; i++) {
        read += session_is_read(session, set.articles[i]);
        if (set.articles[i] == target)
            current = i;
    }
    struct str title =
        arena_printf(arena, "Study set, %zu of %s%zu read", read, set.cut ? "the nearest " : "", set.count);
    struct chooser *chooser = chooser_new(set.count ? title : STR("Study set"), true);
    chooser_set_none(chooser, STR("No links join this question with others."));
    for (size_t i = 0; i < set.count; i++)
        add_question(chooser, session, set.articles[i], (struct str){0});
    chooser_select(chooser, current);
    effects->push = chooser_view(chooser);
}

/* What the study set links to in vain, nearest first. */
static void list_missing(const struct session *session, uint32_t target, struct arena *arena,
                         struct effects *effects)
{
    struct graph_part part;
    size_t count = 0;
    graph_find_part(session->catalogue, target, UINT32_MAX, SIZE_MAX, arena, &part);
    for (size_t i = 0; i < part.node_count; i++)
        count += catalogue_is_missing(session->catalogue, part.nodes[i].target);
    struct str title = arena_printf(arena, "Not in the library, but linked from the study set: %zu", count);
    struct chooser *chooser = chooser_new(title, true);
    chooser_set_none(chooser, STR("This library holds all that the study set links to."));
    for (size_t i = 0; i < part.node_count; i++)
        if (catalogue_is_missing(session->catalogue, part.nodes[i].target))
            add_question(chooser, session, part.nodes[i].target, (struct str){0});
    effects->push = chooser_view(chooser);
}

/* What says much the same, but is not linked. */
static void list_similar(const struct desk *desk, const struct session *session, struct effects *effects)
{
    const struct similar *similar = &desk->similar;
    if (!session->segments) {
        buf_add(&effects->message, STR("The library is still being read."));
        return;
    }
    size_t count = similar->article == desk->reading.target ? similar->count : 0;
    struct chooser *chooser = chooser_new(STR("Similar, but not linked with this question"), true);
    chooser_set_none(chooser, STR("Nothing is similar that is not linked with this question."));
    for (size_t i = 0; i < count; i++)
        add_question(chooser, session, similar->found[i], (struct str){0});
    effects->push = chooser_view(chooser);
}

/* The sign says which way the link between a question and the one above it leads. */
static struct str sign_of(enum graph_direction direction)
{
    static const char *const signs[] = {"", "▾", "▴", "◆"};
    return str_from(signs[direction & GRAPH_BOTH]);
}

static void list_chain(const struct desk *desk, const struct session *session, key mark, struct arena *arena,
                       struct effects *effects)
{
    struct position from;
    const struct graph_link *steps;
    if (!desk_find_mark(desk, session, mark, &from)) {
        buf_add(&effects->message, STR("There is no such mark: m sets one, and then a letter."));
        return;
    }
    size_t count = graph_find_chain(session->catalogue, from.target, desk->reading.target, arena, &steps);
    struct str title =
        count ? arena_printf(arena, "%zu %s from the mark to here", count - 1, count == 2 ? "link" : "links")
              : STR("From the mark to here");
    struct chooser *chooser = chooser_new(title, true);
    chooser_set_none(chooser, STR("No links lead from the marked question to this one."));
    for (size_t i = 0; i < count; i++)
        add_question(chooser, session, steps[i].target, i ? sign_of(steps[i].direction) : STR(" "));
    chooser_select(chooser, count ? count - 1 : 0);
    effects->push = chooser_view(chooser);
}

/* -- the next one --------------------------------------------------------------------------------------------------- */

/* Opens the first question of a list that was not read, beginning behind the current one. */
static bool open_unread(const struct session *session, const uint32_t *articles, size_t count,
                        uint32_t current, struct effects *effects)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        if (articles[i] == current)
            at = i + 1;
    for (size_t i = 0; i < count; i++) {
        size_t next = (at + i) % count;
        if (articles[next] == current || session_is_read(session, articles[next]))
            continue;
        effects->open = OPEN_TARGET;
        effects->position = top_of(articles[next]);
        effects->walk = (struct walk){.count = count, .at = next};
        effects->walk.targets = mem_calloc(count, sizeof *effects->walk.targets);
        for (size_t n = 0; n < count; n++)
            effects->walk.targets[n] = articles[n];
        return true;
    }
    return false;
}

static void open_next_unread(const struct session *session, uint32_t target, struct arena *arena,
                             struct effects *effects)
{
    struct graph_set set;
    graph_find_set(session->catalogue, target, arena, &set);
    if (open_unread(session, set.articles, set.count, target, effects))
        return;
    uint32_t number = session->tree ? tree_topic_of(session->tree, target) : TOPIC_NONE;
    if (number != TOPIC_NONE) {
        const struct topic *topic = &session->tree->topics[number];
        if (open_unread(session, topic->articles, topic->article_count, target, effects))
            return;
    }
    buf_add(&effects->message, STR("Nothing else of this study set and topic is unread."));
}

/* Any article but the current one. */
static void open_random(const struct session *session, uint32_t current, struct effects *effects)
{
    uint32_t count = catalogue_count(session->catalogue);
    uint64_t chance = ((uint64_t)clock_ms() + current) * 0x9e3779b97f4a7c15u;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t target = (uint32_t)(((chance >> 32) + i) % count);
        if (target == current || catalogue_is_missing(session->catalogue, target))
            continue;
        effects->open = OPEN_TARGET;
        effects->position = top_of(target);
        return;
    }
    buf_add(&effects->message, STR("There is no other question."));
}

static void list_trail(const struct desk *desk, const struct session *session, struct effects *effects)
{
    effects->push = trail_list(&desk->history, session);
    if (!effects->push)
        buf_add(&effects->message, STR("There is no trail yet."));
}

static void write_trail(const struct desk *desk, const struct session *session, struct effects *effects)
{
    struct buf text = {0};
    trail_write(&desk->history, session, &text);
    effects->push = write_view_new("the trail", STR("trail.md"), &text);
}

bool links_act(const struct desk *desk, const struct session *session, enum action action, key argument,
               struct effects *effects)
{
    struct arena arena = {0};
    uint32_t target = desk->reading.target;
    bool known = true;
    if (!session->catalogue || target == CATALOGUE_NONE)
        return false;
    switch (action) {
    case ACTION_BACKLINKS: list_backlinks(session, target, &arena, effects); break;
    case ACTION_STUDY_SET: list_set(session, target, &arena, effects); break;
    case ACTION_MISSING: list_missing(session, target, &arena, effects); break;
    case ACTION_SIMILAR: list_similar(desk, session, effects); break;
    case ACTION_CHAIN: list_chain(desk, session, argument, &arena, effects); break;
    case ACTION_MAP: effects->push = map_view_new(session, target); break;
    case ACTION_NEXT_UNREAD: open_next_unread(session, target, &arena, effects); break;
    case ACTION_TRAIL: list_trail(desk, session, effects); break;
    case ACTION_WRITE_TRAIL: write_trail(desk, session, effects); break;
    case ACTION_RANDOM: open_random(session, target, effects); break;
    default: known = false; break;
    }
    arena_free(&arena);
    return known;
}
