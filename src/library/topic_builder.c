#include "topic_builder.h"

#include <string.h>

#include "lectern/mem.h"

bool topic_builder_cancelled(const struct topic_builder *builder)
{
    return builder->cancel && atomic_load_explicit(builder->cancel, memory_order_relaxed);
}

uint32_t topic_builder_add(struct topic_builder *builder, enum topic_kind kind, uint32_t parent,
                           struct str label)
{
    size_t capacity = builder->topic_capacity;
    builder->topics = mem_grow(builder->topics, builder->topic_count, &capacity, sizeof *builder->topics);
    if (capacity != builder->topic_capacity)
        builder->last_child = mem_resize(builder->last_child, capacity, sizeof *builder->last_child);
    builder->topic_capacity = capacity;
    uint32_t number = builder->topic_count++;
    builder->last_child[number] = TOPIC_NONE;
    builder->topics[number] = (struct topic){
        .kind = kind,
        .label = label,
        .parent = parent,
        .first_child = TOPIC_NONE,
        .next = TOPIC_NONE,
        .subject = parent == TOPIC_NONE ? CATALOGUE_NONE : builder->topics[parent].subject,
    };
    if (parent != TOPIC_NONE) {
        uint32_t last = builder->last_child[parent];
        if (last == TOPIC_NONE)
            builder->topics[parent].first_child = number;
        else
            builder->topics[last].next = number;
        builder->last_child[parent] = number;
    }
    return number;
}

void topic_builder_place(struct topic_builder *builder, uint32_t topic, uint32_t article)
{
    builder->placings = mem_grow(builder->placings, builder->placing_count, &builder->placing_capacity,
                                 sizeof *builder->placings);
    builder->placings[builder->placing_count++] = (struct topic_placing){topic, article};
    builder->topics[topic].article_count++;
}

struct topic *topic_builder_finish(struct topic_builder *builder)
{
    uint32_t *articles = arena_array(builder->arena, builder->placing_count, sizeof *articles);
    size_t *ends = mem_calloc(builder->topic_count, sizeof *ends);
    size_t used = 0;
    for (uint32_t i = 0; i < builder->topic_count; i++) {
        builder->topics[i].articles = articles + used;
        ends[i] = used;
        used += builder->topics[i].article_count;
    }
    for (size_t i = 0; i < builder->placing_count; i++)
        articles[ends[builder->placings[i].topic]++] = builder->placings[i].article;
    mem_free(ends);
    struct topic *topics = arena_array(builder->arena, builder->topic_count, sizeof *topics);
    memcpy(topics, builder->topics, builder->topic_count * sizeof *topics);
    topic_builder_free(builder);
    return topics;
}

void topic_builder_free(struct topic_builder *builder)
{
    mem_free(builder->topics);
    mem_free(builder->last_child);
    mem_free(builder->placings);
}
