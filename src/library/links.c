/* Links between articles: by id, else by url, else by exact title, else to a target that this library does not hold. */
#include <string.h>

#include "catalogue_build.h"
#include "lectern/mem.h"

struct linking {
    struct catalogue *catalogue;
    struct names *subjects;
    uint32_t *by_title;
    struct missing_target *missing;
    size_t missing_capacity;
};

static uint32_t look_up(const uint32_t *targets, const struct symbol *symbol)
{
    return symbol ? targets[symbol->number] : CATALOGUE_NONE;
}

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
    struct catalogue *catalogue = linking->catalogue;
    if (catalogue->missing_count >= CATALOGUE_NONE - 1 - catalogue->count)
        mem_exhausted();
    linking->missing = mem_grow(linking->missing, catalogue->missing_count, &linking->missing_capacity,
                                sizeof *linking->missing);
    linking->missing[catalogue->missing_count] = (struct missing_target){
        .id = link->id,
        .url = link->url,
        .title = missing_title(&catalogue->arena, link),
        .subject = link->subject ? names_add(linking->subjects, link->subject) : 0,
    };
    uint32_t target = catalogue->count + catalogue->missing_count++;
    target_register(catalogue->by_id, link->id, target);
    target_register(catalogue->by_url, link->url, target);
    target_register(linking->by_title, link->title, target);
    return target;
}

/* Two links with different ids mean different articles, so a missing target is found by its url or title only where the
 * link has no id, and by its title only where it has no url either. */
static uint32_t resolve(struct linking *linking, const struct record_link *link)
{
    const struct catalogue *catalogue = linking->catalogue;
    uint32_t target = look_up(catalogue->by_id, link->id);
    if (target != CATALOGUE_NONE)
        return target;
    target = look_up(catalogue->by_url, link->url);
    if (target < catalogue->count || (target != CATALOGUE_NONE && !link->id))
        return target;
    target = look_up(linking->by_title, link->title);
    if (target < catalogue->count || (target != CATALOGUE_NONE && !link->id && !link->url))
        return target;
    return add_missing(linking, link);
}

static void resolve_all(struct linking *linking)
{
    struct catalogue *catalogue = linking->catalogue;
    size_t total = 0;
    catalogue->link_starts = arena_array(&catalogue->arena, (size_t)catalogue->count + 1, sizeof(size_t));
    for (uint32_t i = 0; i < catalogue->count; i++) {
        total += catalogue->articles[i]->link_count;
        catalogue->link_starts[i + 1] = total;
    }
    catalogue->links = arena_array(&catalogue->arena, total, sizeof *catalogue->links);
    struct catalogue_link *out = catalogue->links;
    for (uint32_t i = 0; i < catalogue->count; i++) {
        const struct record *record = catalogue->articles[i];
        for (uint32_t l = 0; l < record->link_count; l++) {
            const struct record_link *link = &record->links[l];
            *out++ = (struct catalogue_link){resolve(linking, link), link->number, link->line, link->column};
        }
    }
}

/* Calls for each target of each article once: `ends[target]` moves on, and `items` gets the source if it is given. */
static void visit_sources(const struct catalogue *catalogue, uint32_t *last_source, size_t *ends,
                          uint32_t *items)
{
    for (uint32_t source = 0; source < catalogue->count; source++) {
        for (size_t l = catalogue->link_starts[source]; l < catalogue->link_starts[source + 1]; l++) {
            uint32_t target = catalogue->links[l].target;
            if (last_source[target] == source)
                continue;
            last_source[target] = source;
            if (items)
                items[ends[target]] = source;
            ends[target]++;
        }
    }
}

static void fill_backlinks(struct catalogue *catalogue, struct arena *scratch)
{
    size_t targets = (size_t)catalogue->count + catalogue->missing_count;
    uint32_t *last_source = numbers_none(scratch, targets);
    size_t *ends = arena_array(scratch, targets, sizeof *ends);
    visit_sources(catalogue, last_source, ends, NULL);

    struct rows *rows = &catalogue->backlinks;
    rows->starts = arena_array(&catalogue->arena, targets + 1, sizeof *rows->starts);
    for (size_t i = 0; i < targets; i++) {
        rows->starts[i + 1] = rows->starts[i] + ends[i];
        ends[i] = rows->starts[i];
        last_source[i] = CATALOGUE_NONE;
    }
    rows->items = arena_array(&catalogue->arena, rows->starts[targets], sizeof *rows->items);
    visit_sources(catalogue, last_source, ends, rows->items);
}

void links_resolve(struct catalogue *catalogue, struct names *subjects, uint32_t *by_title,
                   struct arena *scratch)
{
    struct linking linking = {.catalogue = catalogue, .subjects = subjects, .by_title = by_title};
    resolve_all(&linking);
    catalogue->missing = arena_array(&catalogue->arena, catalogue->missing_count, sizeof *catalogue->missing);
    if (linking.missing)
        memcpy(catalogue->missing, linking.missing, catalogue->missing_count * sizeof *catalogue->missing);
    mem_free(linking.missing);
    fill_backlinks(catalogue, scratch);
}
