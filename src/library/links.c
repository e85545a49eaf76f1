/* Links between articles: by id, else by url, else by exact title, else to a target that this library does not hold. */
#include <string.h>

#include "catalogue_build.h"
#include "lectern/mem.h"

struct linking {
    struct draft *draft;
    struct names *subjects;
    struct missing_target *missing;
    size_t missing_capacity;
};

static struct str missing_title(struct arena *arena, const struct record_link *link)
{
    if (link->title)
        return symbol_str(link->title);
    if (link->url)
        return symbol_str(link->url);
    return arena_printf(arena, "Article %.*s", STR_ARG(symbol_str(link->id)));
}

/* A new target, of which is known what this link says. */
static uint32_t add_missing(struct linking *linking, const struct record_link *link)
{
    struct draft *draft = linking->draft;
    if (draft->missing_count >= CATALOGUE_NONE - 1 - draft->count)
        mem_exhausted();
    linking->missing = mem_grow(linking->missing, draft->missing_count, &linking->missing_capacity,
                                sizeof *linking->missing);
    linking->missing[draft->missing_count] = (struct missing_target){
        .id = link->id,
        .url = link->url,
        .title = missing_title(&draft->arena, link),
        .subject = link->subject ? names_add(linking->subjects, link->subject) : 0,
    };
    uint32_t target = draft->count + draft->missing_count++;
    directory_add(&draft->by_id, link->id, target);
    directory_add(&draft->by_url, link->url, target);
    directory_add(&draft->by_title, link->title, target);
    return target;
}

/* Two links with different ids mean different articles, so a missing target is found by its url or title only where the
 * link has no id, and by its title only where it has no url either. */
static uint32_t resolve(struct linking *linking, const struct record_link *link)
{
    const struct draft *draft = linking->draft;
    uint32_t target = directory_find(&draft->by_id, link->id);
    if (target != CATALOGUE_NONE)
        return target;
    target = directory_find(&draft->by_url, link->url);
    if (target < draft->count || (target != CATALOGUE_NONE && !link->id))
        return target;
    target = directory_find(&draft->by_title, link->title);
    if (target < draft->count || (target != CATALOGUE_NONE && !link->id && !link->url))
        return target;
    return add_missing(linking, link);
}

static void resolve_all(struct linking *linking)
{
    struct draft *draft = linking->draft;
    size_t total = 0;
    draft->link_starts = arena_array(&draft->arena, (size_t)draft->count + 1, sizeof(size_t));
    for (uint32_t i = 0; i < draft->count; i++) {
        total += draft->articles[i]->link_count;
        draft->link_starts[i + 1] = total;
    }
    draft->links = arena_array(&draft->arena, total, sizeof *draft->links);
    struct catalogue_link *out = draft->links;
    for (uint32_t i = 0; i < draft->count; i++) {
        const struct record *record = draft->articles[i];
        for (uint32_t l = 0; l < record->link_count; l++) {
            const struct record_link *link = &record->links[l];
            *out++ = (struct catalogue_link){resolve(linking, link), link->number, link->line, link->column};
        }
    }
}

/* Calls for each target of each article once: `ends[target]` moves on, and `items` gets the source if it is given. */
static void visit_sources(const struct draft *draft, uint32_t *last_source, size_t *ends, uint32_t *items)
{
    for (uint32_t source = 0; source < draft->count; source++) {
        for (size_t l = draft->link_starts[source]; l < draft->link_starts[source + 1]; l++) {
            uint32_t target = draft->links[l].target;
            if (last_source[target] == source)
                continue;
            last_source[target] = source;
            if (items)
                items[ends[target]] = source;
            ends[target]++;
        }
    }
}

static void fill_backlinks(struct draft *draft, struct arena *scratch)
{
    size_t targets = (size_t)draft->count + draft->missing_count;
    uint32_t *last_source = numbers_none(scratch, targets);
    size_t *ends = arena_array(scratch, targets, sizeof *ends);
    visit_sources(draft, last_source, ends, NULL);

    struct rows *rows = &draft->backlinks;
    rows->starts = arena_array(&draft->arena, targets + 1, sizeof *rows->starts);
    for (size_t i = 0; i < targets; i++) {
        rows->starts[i + 1] = rows->starts[i] + ends[i];
        ends[i] = rows->starts[i];
        last_source[i] = CATALOGUE_NONE;
    }
    rows->items = arena_array(&draft->arena, rows->starts[targets], sizeof *rows->items);
    visit_sources(draft, last_source, ends, rows->items);
}

void links_resolve(struct draft *draft, struct names *subjects, struct arena *scratch)
{
    struct linking linking = {.draft = draft, .subjects = subjects};
    resolve_all(&linking);
    draft->missing = arena_array(&draft->arena, draft->missing_count, sizeof *draft->missing);
    if (linking.missing)
        memcpy(draft->missing, linking.missing, draft->missing_count * sizeof *draft->missing);
    mem_free(linking.missing);
    fill_backlinks(draft, scratch);
}
