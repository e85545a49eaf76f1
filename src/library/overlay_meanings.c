/* The names whose meaning may be another now: those of the articles that have gone, and of those in the delta. */
#include "lectern/mem.h"
#include "overlay_build.h"

uint32_t overlaying_article(const struct overlaying *overlaying, enum name_kind kind, struct str text)
{
    const struct flat *base = overlaying->base, *delta = overlaying->delta;
    uint32_t target, before = CATALOGUE_NONE, now = CATALOGUE_NONE;
    struct name_search search = flat_search(base, kind, text);
    while (before == CATALOGUE_NONE && flat_next_target(&search, &target))
        if (target < flat_count(base) && !overlaying_is_gone(overlaying, target))
            before = target;
    search = flat_search(delta, kind, text);
    while (now == CATALOGUE_NONE && flat_next_target(&search, &target))
        if (target < flat_count(delta))
            now = target;
    if (now == CATALOGUE_NONE)
        return before;
    bool base_first = before != CATALOGUE_NONE && overlaying_compare(overlaying, before, now) < 0;
    return base_first ? before : overlaying->numbers[now];
}

uint32_t overlaying_meaning(struct overlaying *overlaying, enum name_kind kind, struct str text)
{
    buf_clear(&overlaying->name);
    buf_add_byte(&overlaying->name, (char)('0' + (int)kind));
    buf_add(&overlaying->name, text);
    uint32_t before = overlaying->names.count;
    uint32_t number = numbering_add(&overlaying->names, buf_str(&overlaying->name));
    if (number < before)
        return number;
    overlaying->meanings =
        mem_grow(overlaying->meanings, number, &overlaying->meaning_capacity, sizeof *overlaying->meanings);
    overlaying->meanings[number] = (struct meaning){
        .kind = kind,
        .text = text,
        .article = overlaying_article(overlaying, kind, text),
        .target = CATALOGUE_NONE,
        .landed = CATALOGUE_NONE,
    };
    return number;
}

static void add_names(struct overlaying *overlaying, const struct flat *flat, uint32_t article)
{
    for (int kind = 0; kind < NAME_KINDS; kind++) {
        struct str name = flat_name(flat, (enum name_kind)kind, article);
        if (name.len)
            overlaying_meaning(overlaying, (enum name_kind)kind, name);
    }
}

static void add_aliases(struct overlaying *overlaying, const struct flat *flat)
{
    const struct stored_alias *aliases = flat->aliases.at;
    for (size_t i = 0; i < flat->aliases.count; i++)
        if (flat == overlaying->delta ||
            (aliases[i].article < flat_count(flat) && overlaying_is_gone(overlaying, aliases[i].article)))
            overlaying_meaning(overlaying, NAME_URL, flat_text(flat, aliases[i].url));
}

void overlaying_find_meanings(struct overlaying *overlaying)
{
    numbering_start(&overlaying->names, &overlaying->arena);
    for (uint32_t i = 0; i < flat_count(overlaying->delta); i++)
        add_names(overlaying, overlaying->delta, i);
    for (size_t i = 0; i < overlaying->articles.count; i++)
        add_names(overlaying, overlaying->base, overlaying->articles.at[i]);
    add_aliases(overlaying, overlaying->delta);
    add_aliases(overlaying, overlaying->base);
}

enum name_kind overlaying_known_by(const struct overlaying *overlaying, uint32_t base_target)
{
    if (flat_name(overlaying->base, NAME_ID, base_target).len)
        return NAME_ID;
    return flat_name(overlaying->base, NAME_URL, base_target).len ? NAME_URL : NAME_TITLE;
}
