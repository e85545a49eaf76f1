#include "trail.h"

#include "chooser.h"
#include "lectern/branches.h"
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

/* All hops, in order. */
struct hops {
    struct branch *at;
    size_t count;
};

static struct hops hops_of(const struct history *history, struct arena *arena)
{
    size_t count = history->count;
    size_t *parents = arena_array(arena, count, sizeof *parents);
    size_t *last = arena_array(arena, count, sizeof *last);
    for (size_t i = 0; i < count; i++) {
        parents[i] = history->entries[i].parent;
        last[i] = history->entries[i].next;
    }
    struct hops hops = {.at = branches_order(parents, last, count, arena)};
    for (size_t i = 0; i < count; i++)
        if (!is_same_article(history, hops.at[i].entry))
            hops.at[hops.count++] = hops.at[i];
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
        const struct branch *hop = &hops.at[i];
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
