/*
 * Where references lead now. Those of the base that could lead elsewhere are opened, and resolved anew like all of the
 * delta: those that led to an article that has gone, those that name one of the delta, and those of a missing target that
 * loses or wins one. A missing target is shown in the words of the first link to it that is still there.
 */
#include <stdlib.h>
#include <string.h>

#include "lectern/mem.h"
#include "overlay_build.h"
#include "roots_walk.h"

/* -- opening -------------------------------------------------------------------------------------------------------- */

static void open_reference(struct overlaying *overlaying, uint32_t reference)
{
    uint64_t *word = &overlaying->opened[reference / 64], bit = (uint64_t)1 << reference % 64;
    if (reference < overlaying->base->references.count && !(*word & bit)) {
        *word |= bit;
        number_list_add(&overlaying->open, reference);
    }
}

static void open_target(struct overlaying *overlaying, uint32_t base_target)
{
    const struct table_lists *rows = &overlaying->base->target_references;
    for (size_t i = 0; i < flat_row_count(rows, base_target); i++)
        open_reference(overlaying, flat_number(rows, base_target, i));
}

/* What links may know as missing by a name. What the base knows by it is worked out anew. */
static uint32_t touch_absent(struct overlaying *overlaying, enum name_kind kind, struct str text)
{
    uint32_t number = overlaying_meaning(overlaying, kind, text), target;
    if (overlaying->meanings[number].absent)
        return number;
    overlaying->meanings[number].absent = true;
    struct name_search search = flat_search(overlaying->base, kind, text);
    while (flat_next_target(&search, &target))
        if (target >= flat_count(overlaying->base))
            open_target(overlaying, target);
    return number;
}

static void touch_missing(struct overlaying *overlaying, uint32_t base_target)
{
    enum name_kind kind = overlaying_known_by(overlaying, base_target);
    if (base_target >= flat_count(overlaying->base) && base_target < flat_targets(overlaying->base))
        touch_absent(overlaying, kind, flat_name(overlaying->base, kind, base_target));
}

/* Everything in the base that has a name of an article of the delta. */
static void open_named(struct overlaying *overlaying, enum name_kind kind, struct str name)
{
    uint32_t found;
    struct name_search search = flat_search(overlaying->base, kind, name);
    while (flat_next_target(&search, &found))
        open_target(overlaying, found);
    search = flat_search_unmet(overlaying->base, kind, name);
    while (flat_next_reference(&search, &found))
        open_reference(overlaying, found);
}

static void open_all(struct overlaying *overlaying)
{
    const struct flat *base = overlaying->base, *delta = overlaying->delta;
    const struct stored_alias *aliases = delta->aliases.at;
    for (size_t i = 0; i < overlaying->articles.count; i++) {
        uint32_t article = overlaying->articles.at[i];
        open_target(overlaying, article);
        for (size_t l = 0; l < flat_row_count(&base->links, article); l++)
            touch_missing(overlaying, flat_reference(base, flat_link(base, article, l).reference).target);
    }
    for (uint32_t i = 0; i < flat_count(delta); i++)
        for (int kind = 0; kind < NAME_KINDS; kind++)
            open_named(overlaying, (enum name_kind)kind, flat_name(delta, (enum name_kind)kind, i));
    for (size_t i = 0; i < delta->aliases.count; i++)
        open_named(overlaying, NAME_URL, flat_text(delta, aliases[i].url));
}

/* -- resolving ------------------------------------------------------------------------------------------------------ */

static struct str reference_name(const struct overlaying *overlaying, enum name_kind kind, uint32_t reference)
{
    uint32_t in_base = (uint32_t)overlaying->base->references.count;
    return reference < in_base ? flat_reference_name(overlaying->base, kind, reference)
                               : flat_reference_name(overlaying->delta, kind, reference - in_base);
}

static void land(struct overlaying *overlaying, uint32_t meaning, uint32_t reference)
{
    overlaying->landed = mem_grow(overlaying->landed, overlaying->landed_count, &overlaying->landed_capacity,
                                  sizeof *overlaying->landed);
    overlaying->landed[overlaying->landed_count] =
        (struct landed){reference, overlaying->meanings[meaning].landed};
    overlaying->meanings[meaning].landed = (uint32_t)overlaying->landed_count++;
}

static void resolve(struct overlaying *overlaying, uint32_t reference)
{
    struct lead lead = {reference, CATALOGUE_NONE, CATALOGUE_NONE};
    enum name_kind known_by = NAME_KINDS;
    for (int kind = 0; kind < NAME_KINDS && lead.article == CATALOGUE_NONE; kind++) {
        struct str name = reference_name(overlaying, (enum name_kind)kind, reference);
        if (name.len == 0)
            continue;
        lead.article = overlaying_article(overlaying, (enum name_kind)kind, name);
        if (known_by == NAME_KINDS)
            known_by = (enum name_kind)kind;
    }
    if (lead.article == CATALOGUE_NONE && known_by != NAME_KINDS) {
        lead.meaning = touch_absent(overlaying, known_by, reference_name(overlaying, known_by, reference));
        land(overlaying, lead.meaning, reference);
    }
    overlaying->leads = mem_grow(overlaying->leads, overlaying->lead_count, &overlaying->lead_capacity,
                                 sizeof *overlaying->leads);
    overlaying->leads[overlaying->lead_count++] = lead;
}

static void resolve_all(struct overlaying *overlaying)
{
    const struct flat *base = overlaying->base;
    size_t done = 0;
    for (uint32_t i = 0; i < overlaying->delta->references.count; i++)
        resolve(overlaying, (uint32_t)base->references.count + i);
    while (done < overlaying->open.count) { /* it grows meanwhile */
        uint32_t reference = overlaying->open.at[done++];
        touch_missing(overlaying, flat_reference(base, reference).target);
        resolve(overlaying, reference);
    }
}

/* -- missing targets ------------------------------------------------------------------------------------------------ */

/* Where a reference is met first, of the articles that there are. */
struct origin {
    bool there;
    uint32_t root;
    struct str path;
    size_t link;
};

static struct origin origin_in(const struct flat *flat, uint32_t source, uint32_t reference)
{
    struct catalogue_file file = flat_file(flat, flat_number(&flat->article_files, source, 0));
    struct origin origin = {true, file.root, file.path, 0};
    while (origin.link < flat_row_count(&flat->links, source) &&
           flat_link(flat, source, origin.link).reference != reference)
        origin.link++;
    return origin;
}

static struct origin origin_of(const struct overlaying *overlaying, uint32_t reference)
{
    const struct flat *base = overlaying->base;
    size_t count;
    if (reference >= base->references.count) {
        uint32_t in_delta = reference - (uint32_t)base->references.count;
        return origin_in(overlaying->delta, flat_number(&overlaying->delta->sources, in_delta, 0), in_delta);
    }
    size_t first = table_list(&base->sources, reference, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t source = (uint32_t)table_number(&base->sources.items, first + i, 0);
        if (source < flat_count(base) && !overlaying_is_gone(overlaying, source))
            return origin_in(base, source, reference);
    }
    return (struct origin){0};
}

static bool comes_first(const struct origin *a, const struct origin *b)
{
    int order = roots_compare(a->root, a->path, b->root, b->path);
    return !b->there || order < 0 || (order == 0 && a->link < b->link);
}

/* Whether an article of the base has gone without another in its place. */
static bool left_nothing(const struct overlaying *overlaying, uint32_t base_target)
{
    size_t place = overlaying_gone_place(overlaying, base_target);
    return place < overlaying->articles.count && overlaying->successors[place] == CATALOGUE_NONE;
}

/* The number of an article of that name that has gone, else of what was missing under it, else a new one. */
static uint32_t number_absent(struct overlaying *overlaying, const struct meaning *meaning)
{
    const struct flat *base = overlaying->base;
    uint32_t target, base_count = flat_count(base), number = CATALOGUE_NONE;
    struct name_search search = flat_search(base, meaning->kind, meaning->text);
    while (number == CATALOGUE_NONE && flat_next_target(&search, &target)) {
        if (target >= base_count)
            number = overlaying->count + (target - base_count);
        else if (left_nothing(overlaying, target) && overlaying_known_by(overlaying, target) == meaning->kind)
            number = target;
    }
    if (number == CATALOGUE_NONE)
        number = overlaying->count + (flat_targets(base) - base_count) + overlaying->new_missing++;
    return number;
}

static struct str reference_subject(const struct overlaying *overlaying, uint32_t reference)
{
    uint32_t in_base = (uint32_t)overlaying->base->references.count;
    bool base = reference < in_base;
    const struct flat *flat = base ? overlaying->base : overlaying->delta;
    return flat_text(flat, flat_reference(flat, base ? reference : reference - in_base).subject);
}

static void describe(struct overlaying *overlaying, const struct meaning *meaning, uint32_t reference)
{
    struct str id = reference_name(overlaying, NAME_ID, reference);
    struct str url = reference_name(overlaying, NAME_URL, reference);
    struct str title = reference_name(overlaying, NAME_TITLE, reference);
    if (title.len == 0)
        title = url.len ? url : arena_printf(&overlaying->arena, "Article %.*s", STR_ARG(id));
    overlaying->absent = mem_grow(overlaying->absent, overlaying->absent_count, &overlaying->absent_capacity,
                                  sizeof *overlaying->absent);
    overlaying->absent[overlaying->absent_count++] = (struct stored_absent){
        .title = image_text_add(&overlaying->texts, title),
        .id = image_text_add(&overlaying->texts, id),
        .url = image_text_add(&overlaying->texts, url),
        .target = meaning->target,
        .subject = overlaying_subject(overlaying, reference_subject(overlaying, reference)),
    };
}

static void settle(struct overlaying *overlaying, struct meaning *meaning)
{
    struct origin first = {0};
    uint32_t reference = CATALOGUE_NONE;
    for (uint32_t i = meaning->landed; i != CATALOGUE_NONE; i = overlaying->landed[i].next) {
        struct origin origin = origin_of(overlaying, overlaying->landed[i].reference);
        if (!origin.there || !comes_first(&origin, &first))
            continue;
        first = origin;
        reference = overlaying->landed[i].reference;
    }
    if (reference == CATALOGUE_NONE)
        return;
    meaning->target = number_absent(overlaying, meaning);
    describe(overlaying, meaning, reference);
}

/* -- what is written ------------------------------------------------------------------------------------------------ */

struct pair {
    uint32_t target, reference; /* CATALOGUE_NONE: the target had one before */
};

static int compare_pairs(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->target != b->target)
        return a->target < b->target ? -1 : 1;
    return (a->reference > b->reference) - (a->reference < b->reference);
}

static uint32_t target_of(const struct overlaying *overlaying, const struct lead *lead)
{
    if (lead->meaning == CATALOGUE_NONE)
        return lead->article;
    return overlaying->meanings[lead->meaning].target;
}

/* Targets of the base and of both, as in overlay_from_base() and back. */
static uint32_t from_base(const struct overlaying *overlaying, uint32_t target)
{
    uint32_t base_count = flat_count(overlaying->base);
    return target < base_count ? target : overlaying->count + (target - base_count);
}

static uint32_t to_base(const struct overlaying *overlaying, uint32_t target)
{
    uint32_t base_count = flat_count(overlaying->base);
    if (target < overlaying->count)
        return target < base_count ? target : CATALOGUE_NONE;
    return base_count + (target - overlaying->count);
}

/* References of the base that still lead to a target because they were not looked at. */
static void add_unopened(const struct overlaying *overlaying, uint32_t target, struct number_list *list)
{
    const struct table_lists *rows = &overlaying->base->target_references;
    uint32_t base_target = to_base(overlaying, target);
    for (size_t i = 0; i < flat_row_count(rows, base_target); i++) {
        uint32_t reference = flat_number(rows, base_target, i);
        if (reference < overlaying->base->references.count &&
            !(overlaying->opened[reference / 64] >> reference % 64 & 1))
            number_list_add(list, reference);
    }
}

static void write_targets(struct overlaying *overlaying)
{
    size_t count = 0;
    struct pair *pairs = mem_calloc(2 * overlaying->lead_count, sizeof *pairs);
    for (size_t i = 0; i < overlaying->lead_count; i++) {
        const struct lead *lead = &overlaying->leads[i];
        uint32_t before = flat_reference(overlaying->base, lead->reference).target;
        uint32_t target = target_of(overlaying, lead);
        if (before < flat_targets(overlaying->base))
            pairs[count++] = (struct pair){from_base(overlaying, before), CATALOGUE_NONE};
        if (target != CATALOGUE_NONE)
            pairs[count++] = (struct pair){target, lead->reference};
    }
    if (count)
        qsort(pairs, count, sizeof *pairs, compare_pairs);
    struct number_list targets = {0}, starts = {0}, references = {0};
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || pairs[i - 1].target != pairs[i].target) {
            number_list_add(&targets, pairs[i].target);
            number_list_add(&starts, (uint32_t)references.count);
            add_unopened(overlaying, pairs[i].target, &references);
        }
        if (pairs[i].reference != CATALOGUE_NONE)
            number_list_add(&references, pairs[i].reference);
    }
    number_list_add(&starts, (uint32_t)references.count);
    overlaying_write(overlaying, OVERLAY_TARGETS, targets.at, targets.count, sizeof(uint32_t));
    overlaying_write(overlaying, OVERLAY_REFERENCES, starts.at, starts.count, sizeof(uint32_t));
    overlaying_write(overlaying, OVERLAY_REFERENCE, references.at, references.count, sizeof(uint32_t));
    mem_free(pairs);
    mem_free(targets.at);
    mem_free(starts.at);
    mem_free(references.at);
}

static int compare_led(const void *left, const void *right)
{
    const struct stored_led *a = left, *b = right;
    return (a->reference > b->reference) - (a->reference < b->reference);
}

static void write_leads(struct overlaying *overlaying)
{
    uint32_t in_base = (uint32_t)overlaying->base->references.count;
    size_t in_delta = overlaying->delta->references.count, opened = 0;
    struct stored_led *led = mem_calloc(overlaying->open.count, sizeof *led);
    uint32_t *delta_led = mem_calloc(in_delta, sizeof *delta_led);
    for (size_t i = 0; i < overlaying->lead_count; i++) {
        uint32_t reference = overlaying->leads[i].reference;
        uint32_t target = target_of(overlaying, &overlaying->leads[i]);
        if (reference < in_base)
            led[opened++] = (struct stored_led){reference, target};
        else
            delta_led[reference - in_base] = target;
    }
    if (opened)
        qsort(led, opened, sizeof *led, compare_led);
    overlaying_write(overlaying, OVERLAY_LED, led, opened, sizeof *led);
    overlaying_write(overlaying, OVERLAY_DELTA_LED, delta_led, in_delta, sizeof *delta_led);
    mem_free(led);
    mem_free(delta_led);
}

static int compare_absent(const void *left, const void *right)
{
    const struct stored_absent *a = left, *b = right;
    return (a->target > b->target) - (a->target < b->target);
}

void overlaying_lead(struct overlaying *overlaying)
{
    overlaying->opened =
        arena_array(&overlaying->arena, overlaying->base->references.count / 64 + 1, sizeof(uint64_t));
    open_all(overlaying);
    resolve_all(overlaying);
    for (uint32_t i = 0; i < overlaying->names.count; i++)
        settle(overlaying, &overlaying->meanings[i]);
    if (overlaying->absent_count)
        qsort(overlaying->absent, overlaying->absent_count, sizeof *overlaying->absent, compare_absent);
    overlaying_write(overlaying, OVERLAY_ABSENT, overlaying->absent, overlaying->absent_count,
                     sizeof *overlaying->absent);
    write_targets(overlaying);
    write_leads(overlaying);
}
