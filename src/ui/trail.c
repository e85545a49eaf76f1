#include "trail.h"

#include "chooser.h"
#include "lectern/markdown_write.h"
#include "lectern/title.h"

/* Places of one article in a row are one hop. */
static bool is_same_article(const struct history *history, size_t entry)
{
    size_t parent = history->entries[entry].parent;
    return parent != HISTORY_NONE &&
           history->entries[entry].position.target == history->entries[parent].position.target;
}

static size_t begin_of_hop(const struct history *history, size_t entry)
{
    while (is_same_article(history, entry))
        entry = history->entries[entry].parent;
    return entry;
}

struct str trail_line(struct arena *arena, const struct history *history, const struct session *session,
                      size_t hops, size_t cells)
{
    struct str trail = {0};
    size_t *path = arena_array(arena, hops, sizeof *path), count = 0;
    for (size_t entry = history->at; entry != HISTORY_NONE && count < hops;
         entry = history->entries[entry].parent) {
        entry = begin_of_hop(history, entry);
        path[count++] = entry;
    }
    for (size_t i = count; i > 0; i--) {
        uint32_t target = history->entries[path[i - 1]].position.target;
        size_t share = cells / count;
        struct str title = title_fit(arena, catalogue_title(session->catalogue, target), session->charset,
                                     share > 3 ? share - 3 : share);
        trail = arena_printf(arena, "%.*s%s%.*s", STR_ARG(trail), i < count ? " › " : "", STR_ARG(title));
    }
    return trail;
}

/* -- in order ------------------------------------------------------------------------------------------------------- */

struct hop {
    size_t entry, indent;
    bool branches; /* off what stands above it */
};

/* All hops: below each the ways that were left for others, indented, and then the one gone last. */
struct hops {
    struct hop *at;
    size_t count;
};

/* Puts those gone to from an entry on the stack: that gone last lowest, so that it is taken last. */
static size_t stack_children(const struct history *history, const size_t *first, const size_t *sibling,
                             struct hop from, struct hop *stack, size_t height)
{
    size_t last = history->entries[from.entry].next;
    if (last != HISTORY_NONE)
        stack[height++] = (struct hop){last, from.indent, false};
    for (size_t child = first[from.entry]; child != HISTORY_NONE; child = sibling[child])
        if (child != last)
            stack[height++] = (struct hop){child, from.indent + 1, true};
    return height;
}

/* Children by number: the one with the highest comes first, and is therefore taken last of its siblings. */
static void link_children(const struct history *history, size_t *first, size_t *sibling)
{
    for (size_t i = 0; i < history->count; i++)
        first[i] = sibling[i] = HISTORY_NONE;
    for (size_t i = 0; i < history->count; i++) {
        size_t parent = history->entries[i].parent;
        if (parent == HISTORY_NONE)
            continue;
        sibling[i] = first[parent];
        first[parent] = i;
    }
}

static struct hops hops_of(const struct history *history, struct arena *arena)
{
    size_t count = history->count;
    size_t *first = arena_array(arena, count, sizeof *first);
    size_t *sibling = arena_array(arena, count, sizeof *sibling);
    struct hop *stack = arena_array(arena, count, sizeof *stack);
    struct hops hops = {.at = arena_array(arena, count, sizeof *hops.at)};
    link_children(history, first, sibling);
    for (size_t root = 0; root < count; root++) {
        if (history->entries[root].parent != HISTORY_NONE)
            continue;
        size_t height = 0;
        stack[height++] = (struct hop){.entry = root};
        while (height) {
            struct hop hop = stack[--height];
            if (!is_same_article(history, hop.entry))
                hops.at[hops.count++] = hop;
            height = stack_children(history, first, sibling, hop, stack, height);
        }
    }
    return hops;
}

struct view *trail_list(const struct history *history, const struct session *session)
{
    if (!history->count)
        return NULL;
    struct arena arena = {0};
    struct hops hops = hops_of(history, &arena);
    size_t here = begin_of_hop(history, history->at), current = 0;
    struct chooser *chooser = chooser_new(
        arena_printf(&arena, "The trail, %zu %s", hops.count, hops.count == 1 ? "question" : "questions"),
        true);
    for (size_t i = 0; i < hops.count; i++) {
        const struct hop *hop = &hops.at[i];
        struct position position = history->entries[hop->entry].position;
        struct chooser_row row = {.label = catalogue_title(session->catalogue, position.target),
                                  .sign = hop->branches ? STR("└") : (struct str){0},
                                  .indent = hop->indent,
                                  .position = position,
                                  .hop = hop->entry + 1};
        chooser_add(chooser, &row);
        if (hop->entry == here)
            current = i;
    }
    chooser_select(chooser, current);
    arena_free(&arena);
    return chooser_view(chooser);
}

/* -- as Markdown ---------------------------------------------------------------------------------------------------- */

static void add_hop(struct buf *out, const struct session *session, uint32_t target, size_t indent)
{
    const struct catalogue *catalogue = session->catalogue;
    struct arena arena = {0};
    bool missing = catalogue_is_missing(catalogue, target);
    buf_printf(out, "%*s- %s", (int)(2 * indent), "", missing ? "" : "[");
    markdown_add_text(out, catalogue_title(catalogue, target));
    if (!missing) {
        struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, target, 0));
        buf_add(out, STR("]("));
        markdown_add_address(out, library_path(session->library, file.root, file.path, &arena));
        buf_add_byte(out, ')');
    }
    if (catalogue_count_subjects(catalogue, target)) {
        buf_add(out, STR(", "));
        markdown_add_text(out, catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, target, 0)));
    }
    buf_add(out, missing ? STR(" (not in the library)\n") : STR("\n"));
    arena_free(&arena);
}

void trail_write(const struct history *history, const struct session *session, struct buf *out)
{
    struct arena arena = {0};
    struct hops hops = hops_of(history, &arena);
    buf_add(out, STR("# A trail through "));
    markdown_add_text(out, library_name(session->library));
    buf_add(out, STR("\n\n"));
    for (size_t i = 0; i < hops.count; i++)
        add_hop(out, session, history->entries[hops.at[i].entry].position.target, hops.at[i].indent);
    arena_free(&arena);
}
