/* Topic trees as flat sections: see lectern-index(5). */
#include <string.h>

#include "lectern/mem.h"
#include "topic_tree.h"

struct stored_topic {
    uint64_t label, articles; /* a text; where in the section of articles its own ones begin */
    uint32_t kind, parent, first_child, next;
    uint32_t belongs; /* its subject; of a folder its root */
    uint32_t article_count, total;
    uint32_t origin; /* in a delta: the base's topic that has label and articles, + 1; else 0 */
};

_Static_assert(sizeof(struct stored_topic) == 48, "as lectern-index(5) says");

struct image *topics_flatten(const struct topic_tree *tree)
{
    const struct tree *whole = (const struct tree *)(const void *)tree;
    struct image *image = image_new();
    struct stored_topic *topics = mem_calloc(tree->count, sizeof *topics);
    struct buf texts = {0}, articles = {0};
    for (uint32_t i = 0; i < tree->count; i++) {
        const struct topic *topic = &tree->topics[i];
        uint32_t origin = whole->origins ? whole->origins[i] : TOPIC_NONE;
        topics[i] = (struct stored_topic){
            .kind = (uint32_t)topic->kind,
            .parent = topic->parent,
            .first_child = topic->first_child,
            .next = topic->next,
            .belongs = topic->kind == TOPIC_FOLDER ? topic->root : topic->subject,
            .total = topic->total,
            .origin = origin + 1,
        };
        if (origin != TOPIC_NONE)
            continue;
        topics[i].label = image_text_add(&texts, topic->label);
        topics[i].articles = articles.len / sizeof(uint32_t);
        topics[i].article_count = topic->article_count;
        buf_add(&articles,
                (struct str){(const char *)topic->articles, topic->article_count * sizeof(uint32_t)});
    }
    image_take(image, "topics", topics, tree->count * sizeof *topics);
    image_take_buf(image, "topictxt", &texts);
    image_take_buf(image, "topicart", &articles);
    return image;
}

/* Topics are numbered so that children and later siblings come after; a sibling has the same parent. Then every way
 * through the tree ends. */
static bool is_place(const struct stored_topic *topics, size_t count, uint32_t parent, uint32_t after,
                     uint32_t number)
{
    return number == TOPIC_NONE || (number > after && number < count && topics[number].parent == parent);
}

static bool is_sound(const struct stored_topic *topics, size_t count, uint32_t i, size_t articles)
{
    const struct stored_topic *topic = &topics[i];
    bool root = i == 0;
    return topic->kind <= TOPIC_PROBLEMS && (root ? topic->parent == TOPIC_NONE : topic->parent < i) &&
           (!root || topic->next == TOPIC_NONE) && is_place(topics, count, topic->parent, i, topic->next) &&
           is_place(topics, count, i, i, topic->first_child) && topic->articles <= articles &&
           topic->article_count <= articles - topic->articles;
}

static struct topic_tree *open_tree(struct image *image, const struct topic_tree *base)
{
    struct image_array stored, texts, articles;
    if (!image_find(image, "topics", sizeof(struct stored_topic), &stored) ||
        !image_find(image, "topictxt", 1, &texts) ||
        !image_find(image, "topicart", sizeof(uint32_t), &articles) || stored.count == 0 ||
        stored.count >= TOPIC_NONE)
        return NULL;
    const struct stored_topic *from = stored.at;
    struct tree *tree = tree_new();
    struct topic *topics = arena_array(&tree->arena, stored.count, sizeof *topics);
    tree->image = image_keep(image);
    tree->public = (struct topic_tree){topics, (uint32_t)stored.count};
    for (uint32_t i = 0; i < stored.count; i++) {
        if (!is_sound(from, stored.count, i, articles.count)) {
            topics_release(&tree->public);
            return NULL;
        }
        bool folder = from[i].kind == TOPIC_FOLDER, shared = base && from[i].origin - 1 < base->count;
        topics[i] = (struct topic){
            .kind = (enum topic_kind)from[i].kind,
            .label = image_text(&texts, from[i].label),
            .parent = from[i].parent,
            .first_child = from[i].first_child,
            .next = from[i].next,
            .subject = folder ? CATALOGUE_NONE : from[i].belongs,
            .root = folder ? from[i].belongs : 0,
            .articles = (const uint32_t *)articles.at + from[i].articles,
            .article_count = from[i].article_count,
            .total = from[i].total,
        };
        if (shared) {
            const struct topic *origin = &base->topics[from[i].origin - 1];
            topics[i].label = origin->label;
            topics[i].articles = origin->articles;
            topics[i].article_count = origin->article_count;
        }
    }
    return &tree->public;
}

struct topic_tree *topics_open(struct image *image)
{
    return open_tree(image, NULL);
}

struct topic_tree *topics_open_delta(struct topic_tree *base, struct image *delta)
{
    struct topic_tree *opened = open_tree(delta, base);
    if (!opened)
        return NULL;
    struct tree *tree = (struct tree *)(void *)opened;
    tree->base = (struct tree *)(void *)topics_keep(base);
    return opened;
}
