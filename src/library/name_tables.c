#include "name_tables.h"

#include <stdlib.h>

#include "catalogue_image.h"
#include "lectern/mem.h"

struct entry {
    uint32_t hash, target, owner;
};

struct name_table {
    struct entry *entries;
    size_t count, capacity;
};

static void add(struct name_table *table, const struct symbol *name, uint32_t target, uint32_t owner)
{
    if (!name)
        return;
    table->entries = mem_grow(table->entries, table->count, &table->capacity, sizeof *table->entries);
    table->entries[table->count++] = (struct entry){(uint32_t)(name->hash >> 32), target, owner};
}

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (a->target != b->target)
        return a->target < b->target ? -1 : 1;
    return (a->owner > b->owner) - (a->owner < b->owner);
}

static void finish(struct name_table *table, struct image *image, const char *section)
{
    struct stored_name *names = mem_calloc(table->count, sizeof *names);
    if (table->count)
        qsort(table->entries, table->count, sizeof *table->entries, compare);
    for (size_t i = 0; i < table->count; i++)
        names[i] = (struct stored_name){table->entries[i].hash, table->entries[i].owner};
    table_add(image, section, &layout_names, names, table->count);
    mem_free(names);
    mem_free(table->entries);
}

/* The names that were looked for and led elsewhere, or nowhere: an article that comes in with one of them would be the target
 * instead. */
static void add_unmet(struct name_table *table, const struct draft *draft, uint32_t number)
{
    const struct reference *reference = &draft->references[number];
    const struct directory *directories[] = {&draft->by_id, &draft->by_url, &draft->by_title};
    const struct symbol *const names[] = {reference->id, reference->url, reference->title};
    for (int i = 0; i < 3; i++) {
        bool leads_there = names[i] && directory_find(directories[i], names[i]) == reference->target;
        if (!leads_there)
            add(table, names[i], number, number);
        else if (reference->target < draft->count)
            break; /* weaker names were not looked for */
    }
}

void name_tables_write(struct image *image, const struct draft *draft)
{
    struct name_table ids = {0}, urls = {0}, titles = {0}, unmet = {0};
    uint32_t targets = draft->count + draft->missing_count;
    for (uint32_t i = 0; i < draft->count; i++) {
        add(&ids, draft->articles[i]->id, i, i);
        add(&urls, draft->articles[i]->url, i, i);
        add(&titles, draft->articles[i]->title, i, i);
    }
    for (uint32_t i = draft->count; i < targets; i++) {
        const struct missing_target *missing = &draft->missing[i - draft->count];
        if (missing->id)
            add(&ids, missing->id, i, i);
        else if (missing->url)
            add(&urls, missing->url, i, i);
        else
            add(&titles, missing->title, i, i);
    }
    for (size_t i = 0; i < draft->alias_count; i++)
        add(&urls, draft->aliases[i].url, draft->aliases[i].article, targets + (uint32_t)i);
    for (uint32_t i = 0; i < draft->reference_count; i++)
        add_unmet(&unmet, draft, i);
    finish(&ids, image, "ids");
    finish(&urls, image, "urls");
    finish(&titles, image, "titles");
    finish(&unmet, image, "unmet");
}
