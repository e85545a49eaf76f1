#include "lectern/topics.h"

#include "lectern/mem.h"
#include "reading_order.h"
#include "topic_builder.h"
#include "topic_tree.h"

static void add_all(struct topic_builder *builder)
{
    uint32_t count = catalogue_count(builder->catalogue);
    uint32_t all = topic_builder_add(builder, TOPIC_ALL, 0, STR("All questions"));
    for (uint32_t i = 0; i < count; i++)
        topic_builder_place(builder, all, builder->order[i]);
    builder->topics[all].total = count;
}

/* What was skipped as expected is no problem. */
static void add_problems(struct topic_builder *builder)
{
    uint32_t topic = TOPIC_NONE;
    for (size_t i = 0; i < catalogue_problem_count(builder->catalogue); i++) {
        struct catalogue_problem problem = catalogue_problem(builder->catalogue, i);
        if (problem.skipped && problem.expected)
            continue;
        if (topic == TOPIC_NONE)
            topic = topic_builder_add(builder, TOPIC_PROBLEMS, 0, STR("Files with problems"));
        topic_builder_place(builder, topic, (uint32_t)i);
        builder->topics[topic].total++;
    }
}

struct tree *tree_new(void)
{
    struct tree *tree = mem_calloc(1, sizeof *tree);
    atomic_init(&tree->references, 1);
    return tree;
}

struct topic_tree *topics_build(const struct catalogue *catalogue, bool detailed, unsigned threads,
                                atomic_bool *cancel)
{
    struct tree *tree = tree_new();
    struct arena scratch = {0};
    struct topic_builder builder = {
        .catalogue = catalogue,
        .order = reading_order(catalogue, &scratch),
        .arena = &tree->arena,
        .cancel = cancel,
    };
    uint32_t root = topic_builder_add(&builder, TOPIC_ROOT, TOPIC_NONE, STR("Library"));
    builder.topics[root].total = catalogue_count(catalogue);
    topic_subjects_add(&builder, detailed, threads);
    add_all(&builder);
    topic_dates_add(&builder);
    topic_folders_add(&builder);
    add_problems(&builder);
    arena_free(&scratch);
    if (topic_builder_cancelled(&builder)) {
        topic_builder_free(&builder);
        topics_release(&tree->public);
        return NULL;
    }
    tree->public.count = builder.topic_count;
    tree->public.topics = topic_builder_finish(&builder);
    return &tree->public;
}

struct topic_tree *topics_keep(struct topic_tree *tree)
{
    struct tree *whole = (struct tree *)(void *)tree;
    atomic_fetch_add(&whole->references, 1);
    return tree;
}

void topics_release(struct topic_tree *tree)
{
    struct tree *whole = (struct tree *)(void *)tree;
    if (!tree || atomic_fetch_sub(&whole->references, 1) > 1)
        return;
    if (whole->base)
        topics_release(&whole->base->public);
    arena_free(&whole->arena);
    image_release(whole->image);
    mem_free(whole);
}
