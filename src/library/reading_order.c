#include "reading_order.h"

#include <stdbool.h>
#include <stdlib.h>

#include "lectern/mem.h"

enum place { PLACE_NUMBER, PLACE_ID, PLACE_PATH };

struct key {
    enum place place;
    uint32_t article;
    uint64_t number;
    uint32_t root;
    struct str text;
};

static struct key key_of(const struct catalogue *catalogue, uint32_t article)
{
    struct key key = {.place = PLACE_ID, .article = article, .text = catalogue_id(catalogue, article)};
    if (str_to_u64(key.text, &key.number)) {
        key.place = PLACE_NUMBER;
    } else if (key.text.len == 0) {
        struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, article, 0));
        key.place = PLACE_PATH;
        key.text = file.path;
        key.root = file.root;
    }
    return key;
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    if (a->root != b->root)
        return a->root < b->root ? -1 : 1;
    int order = str_compare(a->text, b->text);
    return order ? order : (a->article > b->article) - (a->article < b->article);
}

uint32_t *reading_order(const struct catalogue *catalogue, struct arena *arena)
{
    uint32_t count = catalogue_count(catalogue);
    uint32_t *order = arena_array(arena, count, sizeof *order);
    struct key *keys = mem_calloc(count, sizeof *keys);
    for (uint32_t article = 0; article < count; article++)
        keys[article] = key_of(catalogue, article);
    if (count)
        qsort(keys, count, sizeof *keys, compare_keys);
    for (uint32_t i = 0; i < count; i++)
        order[i] = keys[i].article;
    mem_free(keys);
    return order;
}
