#include "study_lists.h"

#include "day.h"
#include "deck.h"
#include "lectern/graph.h"

/* Articles gathered once each. */
struct gathering {
    const struct catalogue *catalogue;
    uint64_t *seen; /* a bit for each number */
    uint32_t *articles;
    size_t count;
};

static struct gathering gather(const struct session *session, size_t most, struct arena *arena)
{
    size_t numbers = session->catalogue ? catalogue_count(session->catalogue) : 0;
    most = most < numbers ? most : numbers;
    return (struct gathering){
        .catalogue = session->catalogue,
        .seen = arena_array(arena, numbers / 64 + 1, sizeof(uint64_t)),
        .articles = arena_array(arena, most + 1, sizeof(uint32_t)),
    };
}

static void add(struct gathering *gathering, uint32_t target)
{
    if (!gathering->catalogue || catalogue_is_missing(gathering->catalogue, target))
        return;
    uint64_t bit = (uint64_t)1 << target % 64;
    if (!(gathering->seen[target / 64] & bit))
        gathering->articles[gathering->count++] = target;
    gathering->seen[target / 64] |= bit;
}

static struct study_list named(const struct gathering *gathering, struct str title, struct arena *arena)
{
    return (struct study_list){arena_str(arena, title), gathering->articles, gathering->count};
}

struct study_list study_list_of(const struct session *session, struct str title, const uint32_t *targets,
                                size_t count, struct arena *arena)
{
    struct gathering gathering = gather(session, count, arena);
    for (size_t i = 0; i < count; i++)
        add(&gathering, targets[i]);
    return named(&gathering, title, arena);
}

/* The topic that comes after this one when all below `top` are gone through; TOPIC_NONE behind the last. */
static uint32_t next_topic(const struct topic_tree *tree, uint32_t topic, uint32_t top)
{
    if (tree->topics[topic].first_child != TOPIC_NONE)
        return tree->topics[topic].first_child;
    while (topic != top && tree->topics[topic].next == TOPIC_NONE)
        topic = tree->topics[topic].parent;
    return topic == top ? TOPIC_NONE : tree->topics[topic].next;
}

struct study_list study_list_topic(const struct session *session, uint32_t topic, struct arena *arena)
{
    const struct topic_tree *tree = session->tree;
    struct gathering gathering = gather(session, SIZE_MAX, arena);
    for (uint32_t i = topic; i != TOPIC_NONE; i = next_topic(tree, i, topic))
        for (uint32_t k = 0; tree->topics[i].kind != TOPIC_PROBLEMS && k < tree->topics[i].article_count; k++)
            add(&gathering, tree->topics[i].articles[k]);
    return named(&gathering, tree->topics[topic].label, arena);
}

struct study_list study_list_set(const struct session *session, uint32_t article, struct arena *arena)
{
    struct graph_set set;
    graph_find_set(session->catalogue, article, arena, &set);
    struct str title = arena_printf(arena, "The study set of %zu", set.count);
    return study_list_of(session, title, set.articles, set.count, arena);
}

struct study_list study_list_due(const struct session *session, struct arena *arena)
{
    struct study_time time = day_of(session->now());
    size_t count;
    const struct study_card *cards = deck_cards(session->deck, &count);
    struct gathering gathering = gather(session, count, arena);
    for (size_t i = 0; i < count; i++)
        if (study_is_due(&cards[i], &time))
            add(&gathering, cards[i].article);
    return named(&gathering, STR("All that is due"), arena);
}
