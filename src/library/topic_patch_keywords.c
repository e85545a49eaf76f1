/* The topics of a subject that are called as a keyword: the same words when folded and in the singular. */
#include "lectern/mem.h"
#include "terms.h"
#include "topic_patch.h"

#define MAX_KEYWORDS 64

void topic_patch_start_names(struct topic_patch *patch)
{
    numbering_start(&patch->words, &patch->scratch);
    numbering_start(&patch->names, &patch->scratch);
    term_words_start(&patch->cache);
}

void topic_patch_free_names(struct topic_patch *patch)
{
    term_words_free(&patch->cache);
    numbering_free(&patch->words);
    numbering_free(&patch->names);
    mem_free(patch->named.at);
}

/* A subject and the words of a name: what is numbered. Empty if it is too long for a name, or has no words. */
static struct str make_name(struct topic_patch *patch, uint32_t subject, struct str text,
                            uint32_t words[TERM_MAX_WORDS + 2])
{
    words[0] = subject;
    uint32_t count = text.len > TERM_MAX_BYTES
                         ? 0
                         : term_words_add(&patch->cache, &patch->words, text, words + 1, TERM_MAX_WORDS + 1);
    bool usable = count > 0 && count <= TERM_MAX_WORDS;
    return usable ? (struct str){(const char *)words, (count + 1) * sizeof *words} : (struct str){0};
}

static void add_name(struct topic_patch *patch, uint32_t node, struct str text)
{
    uint32_t words[TERM_MAX_WORDS + 2];
    struct str name = make_name(patch, patch->nodes[node].topic.subject, text, words);
    if (name.len && numbering_add(&patch->names, name) == patch->named.count)
        number_list_add(&patch->named, node);
}

/* "Deep vein thrombosis (DVT)" goes by either. */
static void add_label(struct topic_patch *patch, uint32_t node)
{
    struct str label = patch->nodes[node].topic.label, name, acronym;
    if (str_ends(label, STR(")")) && str_cut(label, '(', &name, &acronym)) {
        add_name(patch, node, str_trim(name));
        add_name(patch, node, str_slice(acronym, 0, acronym.len - 1));
    }
    add_name(patch, node, label);
}

/* The next topic below `top`, from the top down. */
static uint32_t next_below(const struct topic_patch *patch, uint32_t top, uint32_t node)
{
    const struct topic_node *nodes = patch->nodes;
    if (nodes[node].topic.first_child != TOPIC_NONE)
        return nodes[node].topic.first_child;
    while (node != top && nodes[node].topic.next == TOPIC_NONE)
        node = nodes[node].topic.parent;
    return node == top ? TOPIC_NONE : nodes[node].topic.next;
}

static void prepare(struct topic_patch *patch, uint32_t subject)
{
    uint32_t top = patch->subject_nodes[subject];
    if (patch->prepared[subject])
        return;
    patch->prepared[subject] = true;
    for (uint32_t node = next_below(patch, top, top); node != TOPIC_NONE; node = next_below(patch, top, node))
        if (patch->nodes[node].topic.kind == TOPIC_KEYWORD)
            add_label(patch, node);
}

static bool lies_below(const struct topic_patch *patch, uint32_t node, uint32_t above)
{
    for (node = patch->nodes[node].topic.parent; node != TOPIC_NONE; node = patch->nodes[node].topic.parent)
        if (node == above)
            return true;
    return false;
}

static bool is_above_another(const struct topic_patch *patch, const uint32_t *matches, size_t count,
                             uint32_t node)
{
    for (size_t i = 0; i < count; i++)
        if (lies_below(patch, matches[i], node))
            return true;
    return false;
}

void topic_patch_match(struct topic_patch *patch, uint32_t subject, uint32_t article,
                       void (*found)(struct topic_patch *patch, uint32_t node, uint32_t article))
{
    uint32_t matches[MAX_KEYWORDS], words[TERM_MAX_WORDS + 2];
    size_t count = 0, keywords = catalogue_count_keywords(patch->now, article);
    prepare(patch, subject);
    for (size_t i = 0; i < keywords && i < MAX_KEYWORDS; i++) {
        uint32_t keyword = catalogue_keyword_of(patch->now, article, i);
        struct str name = make_name(patch, subject, catalogue_keyword_name(patch->now, keyword), words);
        uint32_t number = name.len ? numbering_find(&patch->names, name) : NUMBERING_NONE;
        if (number != NUMBERING_NONE)
            matches[count++] = patch->named.at[number];
    }
    for (size_t i = 0; i < count; i++)
        if (!is_above_another(patch, matches, count, matches[i]))
            found(patch, matches[i], article);
    if (count == 0)
        found(patch, topic_patch_other(patch, patch->subject_nodes[subject]), article);
}
