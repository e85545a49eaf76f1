/* Where questions belong: topics are found by what they are called, and made in their place if they are not there. */
#include "lectern/mem.h"
#include "topic_builder.h"
#include "topic_label.h"
#include "topic_month.h"
#include "topic_patch.h"

/* A new topic below `parent`, before the sibling `before`; behind all for TOPIC_NONE. */
static uint32_t insert(struct topic_patch *patch, uint32_t parent, uint32_t before, const struct topic *topic)
{
    uint32_t number = patch->count;
    patch->nodes = mem_grow(patch->nodes, number, &patch->capacity, sizeof *patch->nodes);
    struct topic_node *node = &patch->nodes[patch->count++];
    *node = (struct topic_node){.topic = *topic, .origin = TOPIC_NONE};
    node->topic.parent = parent;
    node->topic.first_child = TOPIC_NONE;
    node->topic.next = before;
    uint32_t *link = &patch->nodes[parent].topic.first_child;
    while (*link != before)
        link = &patch->nodes[*link].topic.next;
    *link = number;
    return number;
}

static const struct topic *topic_at(const struct topic_patch *patch, uint32_t node)
{
    return &patch->nodes[node].topic;
}

/* -- dates ---------------------------------------------------------------------------------------------------------- */

/* The child with that label; else `*before` is the first that is of an earlier time, or of none. */
static uint32_t find_time(const struct topic_patch *patch, uint32_t parent, struct str label,
                          struct topic_month wanted, uint32_t *before)
{
    *before = TOPIC_NONE;
    uint32_t child = parent == TOPIC_NONE ? TOPIC_NONE : topic_at(patch, parent)->first_child;
    for (; child != TOPIC_NONE; child = topic_at(patch, child)->next) {
        struct topic_month month = topic_month_parse(topic_at(patch, child)->label);
        bool earlier = month.year < wanted.year || (month.year == wanted.year && month.month < wanted.month);
        if (str_eq(topic_at(patch, child)->label, label))
            return child;
        if (earlier && *before == TOPIC_NONE)
            *before = child;
    }
    return TOPIC_NONE;
}

static uint32_t time_node(struct topic_patch *patch, uint32_t parent, enum topic_kind kind, struct str label,
                          struct topic_month month)
{
    uint32_t before, node = find_time(patch, parent, label, month, &before);
    if (node != TOPIC_NONE)
        return node;
    struct topic topic = {.kind = kind, .label = arena_str(patch->arena, label), .subject = CATALOGUE_NONE};
    return insert(patch, parent, before, &topic);
}

uint32_t topic_patch_month(struct topic_patch *patch, struct str date)
{
    struct topic_month month = topic_month_parse(date), year = {month.year, 0};
    struct str label = month.year ? arena_printf(&patch->scratch, "%u", month.year) : STR("Undated");
    uint32_t node = time_node(patch, patch->by_date, TOPIC_YEAR, label, year);
    if (month.year == 0 || month.month == 0)
        return node;
    label = arena_printf(&patch->scratch, "%s %u", topic_month_name(month.month), month.year);
    return time_node(patch, node, TOPIC_MONTH, label, month);
}

/* -- folders -------------------------------------------------------------------------------------------------------- */

uint32_t topic_patch_folder(struct topic_patch *patch, uint32_t parent, uint32_t root, struct str name)
{
    uint32_t child = topic_at(patch, parent)->first_child;
    for (; child != TOPIC_NONE; child = topic_at(patch, child)->next) {
        const struct topic *topic = topic_at(patch, child);
        int order = str_compare(topic->label, name);
        if (order == 0 && topic->root == root)
            return child;
        if (order > 0 || (order == 0 && topic->root > root))
            break;
    }
    struct topic topic = {.kind = TOPIC_FOLDER,
                          .label = arena_str(patch->arena, name),
                          .subject = CATALOGUE_NONE,
                          .root = root};
    return insert(patch, parent, child, &topic);
}

static uint32_t folder_node(struct topic_patch *patch, const struct catalogue_file *file)
{
    struct topic_folder_path path = topic_folder_path(file->path);
    struct str name;
    uint32_t node = patch->by_folder;
    while (topic_folder_next(&path, &name))
        node = topic_patch_folder(patch, node, file->root, name);
    return node;
}

/* -- subjects ------------------------------------------------------------------------------------------------------- */

static struct str subject_key(struct topic_patch *patch, uint32_t node)
{
    if (!patch->nodes[node].key.at)
        patch->nodes[node].key = topic_label_key(patch->nodes[node].topic.label, &patch->scratch);
    return patch->nodes[node].key;
}

uint32_t topic_patch_subject(struct topic_patch *patch, uint32_t subject)
{
    uint32_t *node = &patch->subject_nodes[subject];
    if (*node != TOPIC_NONE)
        return *node;
    struct str name = catalogue_subject_name(patch->now, subject);
    struct str key = topic_label_key(name, &patch->scratch);
    uint32_t before = topic_at(patch, 0)->first_child;
    while (before != TOPIC_NONE && topic_at(patch, before)->kind == TOPIC_SUBJECT &&
           topic_at(patch, before)->subject != 0 &&
           (subject == 0 || str_compare(subject_key(patch, before), key) < 0))
        before = topic_at(patch, before)->next;
    struct topic topic = {.kind = TOPIC_SUBJECT, .label = arena_str(patch->arena, name), .subject = subject};
    *node = insert(patch, 0, before, &topic);
    return *node;
}

uint32_t topic_patch_other(struct topic_patch *patch, uint32_t subject_node)
{
    uint32_t child = topic_at(patch, subject_node)->first_child;
    for (; child != TOPIC_NONE; child = topic_at(patch, child)->next)
        if (topic_at(patch, child)->kind == TOPIC_OTHER)
            return child;
    struct topic topic = {.kind = TOPIC_OTHER,
                          .label = STR("Other questions"),
                          .subject = topic_at(patch, subject_node)->subject};
    return insert(patch, subject_node, TOPIC_NONE, &topic);
}

uint32_t topic_patch_problems(struct topic_patch *patch)
{
    struct topic topic = {
        .kind = TOPIC_PROBLEMS, .label = STR("Files with problems"), .subject = CATALOGUE_NONE};
    if (patch->problems == TOPIC_NONE)
        patch->problems = insert(patch, 0, TOPIC_NONE, &topic);
    return patch->problems;
}

/* -- articles ------------------------------------------------------------------------------------------------------- */

void topic_patch_add(struct topic_patch *patch, uint32_t node, uint32_t article)
{
    struct number_list *added = &patch->nodes[node].added;
    if (added->count == 0 || added->at[added->count - 1] != article)
        number_list_add(added, article);
}

static void place_in_subject(struct topic_patch *patch, uint32_t subject, uint32_t article)
{
    uint32_t node = topic_patch_subject(patch, subject);
    if (topic_at(patch, node)->first_child == TOPIC_NONE)
        topic_patch_add(patch, node, article);
    else
        topic_patch_match(patch, subject, article, topic_patch_add);
}

void topic_patch_place(struct topic_patch *patch, uint32_t article, unsigned axes)
{
    const struct catalogue *now = patch->now;
    if (axes & AXIS_ALL && patch->all != TOPIC_NONE)
        topic_patch_add(patch, patch->all, article);
    if (axes & AXIS_DATE && patch->by_date != TOPIC_NONE)
        topic_patch_add(patch, topic_patch_month(patch, catalogue_date(now, article)), article);
    for (size_t i = 0;
         axes & AXIS_FOLDER && patch->by_folder != TOPIC_NONE && i < catalogue_count_files(now, article);
         i++) {
        struct catalogue_file file = catalogue_file(now, catalogue_file_of(now, article, i));
        topic_patch_add(patch, folder_node(patch, &file), article);
    }
    for (size_t i = 0; axes & AXIS_SUBJECT && i < catalogue_count_subjects(now, article); i++) {
        uint32_t subject = catalogue_subject_of(now, article, i);
        if (subject < catalogue_subject_count(now))
            place_in_subject(patch, subject, article);
    }
}

void topic_patch_concern(struct topic_patch *patch, uint32_t article, unsigned axes)
{
    const struct catalogue *base = patch->base;
    if (axes & AXIS_ALL && patch->all != TOPIC_NONE)
        patch->nodes[patch->all].concerned = true;
    if (axes & AXIS_DATE && patch->by_date != TOPIC_NONE) {
        uint32_t node = topic_patch_month(patch, catalogue_date(base, article));
        patch->nodes[node].concerned = true;
    }
    for (size_t i = 0;
         axes & AXIS_FOLDER && patch->by_folder != TOPIC_NONE && i < catalogue_count_files(base, article);
         i++) {
        struct catalogue_file file = catalogue_file(base, catalogue_file_of(base, article, i));
        uint32_t node = folder_node(patch, &file);
        patch->nodes[node].concerned = true;
    }
    for (size_t i = 0; axes & AXIS_SUBJECT && i < catalogue_count_subjects(base, article); i++) {
        uint32_t subject = catalogue_subject_of(base, article, i);
        if (subject < catalogue_subject_count(base))
            patch->subject_loses[subject] = true;
    }
}
