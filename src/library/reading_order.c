#include "reading_order.h"

#include <stdlib.h>

#include "lectern/mem.h"

struct reading_key reading_key_of(const struct catalogue *catalogue, uint32_t article)
{
    struct reading_key key = {
        .place = READING_ID, .article = article, .text = catalogue_id(catalogue, article)};
    if (str_to_u64(key.text, &key.number)) {
        key.place = READING_NUMBER;
    } else if (key.text.len == 0) {
        struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, article, 0));
        key.place = READING_PATH;
        key.text = file.path;
        key.root = file.root;
    }
    return key;
}

int reading_compare(const struct reading_key *a, const struct reading_key *b)
{
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    if (a->root != b->root)
        return a->root < b->root ? -1 : 1;
    return str_compare(a->text, b->text);
}

static int compare_keys(const void *left, const void *right)
{
    const struct reading_key *a = left, *b = right;
    int order = reading_compare(a, b);
    return order ? order : (a->article > b->article) - (a->article < b->article);
}

void reading_sort(const struct catalogue *catalogue, uint32_t *articles, size_t count)
{
    struct reading_key *keys = mem_calloc(count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = reading_key_of(catalogue, articles[i]);
    if (count)
        qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++)
        articles[i] = keys[i].article;
    mem_free(keys);
}

uint32_t *reading_order(const struct catalogue *catalogue, struct arena *arena)
{
    uint32_t count = catalogue_count(catalogue);
    uint32_t *order = arena_array(arena, count, sizeof *order);
    for (uint32_t article = 0; article < count; article++)
        order[article] = article;
    reading_sort(catalogue, order, count);
    return order;
}
