/*
 * What links say of their targets, and which targets these are: an article by id, else by url, else by exact title, else a
 * target that this library does not hold.
 *
 * A missing target is what links know by one id; by one url, if they give no id; by one title, if they give neither. So
 * nothing depends on which link comes first but the words in which a missing target is shown.
 */
#include <string.h>

#include "catalogue_build.h"
#include "lectern/mem.h"

struct resolving {
    struct draft *draft;
    struct names *subjects;
    struct hash_key key;
    uint32_t *slots; /* references: number, or CATALOGUE_NONE; open addressing */
    size_t mask, reference_capacity, missing_capacity;
};

/* -- gathering ------------------------------------------------------------------------------------------------------ */

static uint32_t number_of(const struct symbol *symbol)
{
    return symbol ? symbol->number : CATALOGUE_NONE;
}

static bool says(const struct reference *reference, const struct record_link *link)
{
    return reference->id == link->id && reference->url == link->url && reference->title == link->title &&
           reference->subject == link->subject;
}

static uint32_t *slot_of(const struct resolving *resolving, const struct record_link *link)
{
    const uint32_t parts[] = {number_of(link->id), number_of(link->url), number_of(link->title),
                              number_of(link->subject)};
    uint64_t hash = hash_text(resolving->key, (struct str){(const char *)parts, sizeof parts});
    size_t at = (size_t)hash & resolving->mask;
    while (resolving->slots[at] != CATALOGUE_NONE &&
           !says(&resolving->draft->references[resolving->slots[at]], link))
        at = (at + 1) & resolving->mask;
    return &resolving->slots[at];
}

static uint32_t add_reference(struct resolving *resolving, const struct record_link *link)
{
    struct draft *draft = resolving->draft;
    uint32_t *slot = slot_of(resolving, link);
    if (*slot == CATALOGUE_NONE) {
        draft->references = mem_grow(draft->references, draft->reference_count,
                                     &resolving->reference_capacity, sizeof *draft->references);
        *slot = draft->reference_count++;
        draft->references[*slot] =
            (struct reference){link->id, link->url, link->title, link->subject, CATALOGUE_NONE};
    }
    return *slot;
}

static void gather(struct resolving *resolving, struct arena *scratch)
{
    struct draft *draft = resolving->draft;
    size_t total = 0, slots = 16;
    draft->link_starts = arena_array(&draft->arena, (size_t)draft->count + 1, sizeof(size_t));
    for (uint32_t i = 0; i < draft->count; i++) {
        total += draft->articles[i]->link_count;
        draft->link_starts[i + 1] = total;
    }
    if (total >= CATALOGUE_NONE)
        mem_exhausted();
    while (slots / 2 < total)
        slots *= 2;
    resolving->slots = numbers_none(scratch, slots);
    resolving->mask = slots - 1;
    draft->links = arena_array(&draft->arena, total, sizeof *draft->links);
    struct draft_link *out = draft->links;
    for (uint32_t i = 0; i < draft->count; i++) {
        const struct record *record = draft->articles[i];
        for (uint32_t l = 0; l < record->link_count; l++) {
            const struct record_link *link = &record->links[l];
            *out++ =
                (struct draft_link){add_reference(resolving, link), link->number, link->line, link->column};
        }
    }
}

/* -- resolving ------------------------------------------------------------------------------------------------------ */

static struct str shown_title(struct arena *arena, const struct reference *reference)
{
    if (reference->title)
        return symbol_str(reference->title);
    if (reference->url)
        return symbol_str(reference->url);
    return arena_printf(arena, "Article %.*s", STR_ARG(symbol_str(reference->id)));
}

/* A new target, of which is known what this reference says. */
static uint32_t add_missing(struct resolving *resolving, const struct reference *reference)
{
    struct draft *draft = resolving->draft;
    if (draft->missing_count >= CATALOGUE_NONE - 1 - draft->count)
        mem_exhausted();
    draft->missing =
        mem_grow(draft->missing, draft->missing_count, &resolving->missing_capacity, sizeof *draft->missing);
    draft->missing[draft->missing_count] = (struct missing_target){
        .id = reference->id,
        .url = reference->url,
        .title = reference->title,
        .shown_title = shown_title(&draft->arena, reference),
        .subject = reference->subject ? names_add(resolving->subjects, reference->subject) : 0,
    };
    return draft->count + draft->missing_count++;
}

static uint32_t find_article(const struct draft *draft, const struct reference *reference)
{
    uint32_t target = directory_find(&draft->by_id, reference->id);
    if (target >= draft->count)
        target = directory_find(&draft->by_url, reference->url);
    if (target >= draft->count)
        target = directory_find(&draft->by_title, reference->title);
    return target < draft->count ? target : CATALOGUE_NONE;
}

static uint32_t find_missing(struct resolving *resolving, const struct reference *reference)
{
    struct draft *draft = resolving->draft;
    const struct symbol *name = reference->id    ? reference->id
                                : reference->url ? reference->url
                                                 : reference->title;
    struct directory *known_by = reference->id    ? &draft->by_id
                                 : reference->url ? &draft->by_url
                                                  : &draft->by_title;
    uint32_t target = directory_find(known_by, name);
    if (target == CATALOGUE_NONE) {
        target = add_missing(resolving, reference);
        directory_add(known_by, name, target);
    }
    return target;
}

static void resolve(struct resolving *resolving)
{
    struct draft *draft = resolving->draft;
    for (uint32_t i = 0; i < draft->reference_count; i++) {
        struct reference *reference = &draft->references[i];
        reference->target = find_article(draft, reference);
        if (reference->target == CATALOGUE_NONE)
            reference->target = find_missing(resolving, reference);
    }
}

/* -- the way back --------------------------------------------------------------------------------------------------- */

/* Calls for each reference of each article once: `ends[reference]` moves on, and `items` gets the article if given. */
static void visit_sources(const struct draft *draft, uint32_t *last_source, size_t *ends, uint32_t *items)
{
    for (uint32_t source = 0; source < draft->count; source++) {
        for (size_t l = draft->link_starts[source]; l < draft->link_starts[source + 1]; l++) {
            uint32_t reference = draft->links[l].reference;
            if (last_source[reference] == source)
                continue;
            last_source[reference] = source;
            if (items)
                items[ends[reference]] = source;
            ends[reference]++;
        }
    }
}

static void fill_sources(struct draft *draft, struct arena *scratch)
{
    size_t count = draft->reference_count;
    uint32_t *last_source = numbers_none(scratch, count);
    size_t *ends = arena_array(scratch, count, sizeof *ends);
    visit_sources(draft, last_source, ends, NULL);

    struct rows *rows = &draft->sources;
    rows->starts = arena_array(&draft->arena, count + 1, sizeof *rows->starts);
    for (size_t i = 0; i < count; i++) {
        rows->starts[i + 1] = rows->starts[i] + ends[i];
        ends[i] = rows->starts[i];
        last_source[i] = CATALOGUE_NONE;
    }
    rows->items = arena_array(&draft->arena, rows->starts[count], sizeof *rows->items);
    visit_sources(draft, last_source, ends, rows->items);
}

static void fill_target_references(struct draft *draft)
{
    size_t targets = (size_t)draft->count + draft->missing_count;
    struct rows *rows = &draft->target_references;
    /* Counted two places ahead, so that filling leaves every start where it belongs. */
    rows->starts = arena_array(&draft->arena, targets + 2, sizeof *rows->starts);
    rows->items = arena_array(&draft->arena, draft->reference_count, sizeof *rows->items);
    for (uint32_t i = 0; i < draft->reference_count; i++)
        rows->starts[draft->references[i].target + 2]++;
    for (size_t i = 2; i < targets + 2; i++)
        rows->starts[i] += rows->starts[i - 1];
    for (uint32_t i = 0; i < draft->reference_count; i++)
        rows->items[rows->starts[draft->references[i].target + 1]++] = i;
}

void references_resolve(struct draft *draft, struct names *subjects, struct arena *scratch)
{
    struct resolving resolving = {.draft = draft, .subjects = subjects, .key = hash_key_new()};
    gather(&resolving, scratch);
    resolve(&resolving);
    fill_sources(draft, scratch);
    fill_target_references(draft);
}
