#include "queries.h"

#include <string.h>

/* Takes a query out of the middle; its memory goes to the end. */
static void take_out(struct queries *queries, size_t at)
{
    struct buf text = queries->texts[at];
    memmove(&queries->texts[at], &queries->texts[at + 1], (queries->count - at - 1) * sizeof text);
    queries->texts[--queries->count] = text;
}

void queries_add(struct queries *queries, struct str text, size_t selected)
{
    queries->selected = selected;
    for (size_t i = 0; i < queries->count; i++)
        if (str_eq(buf_str(&queries->texts[i]), text)) {
            take_out(queries, i);
            queries->count++;
            return;
        }
    if (queries->count == QUERIES_KEPT)
        take_out(queries, 0);
    struct buf *newest = &queries->texts[queries->count++];
    buf_clear(newest);
    buf_add(newest, text);
}

void queries_free(struct queries *queries)
{
    for (size_t i = 0; i < QUERIES_KEPT; i++)
        buf_free(&queries->texts[i]);
}

struct str queries_get(const struct queries *queries, size_t age)
{
    return age && age <= queries->count ? buf_str(&queries->texts[queries->count - age]) : (struct str){0};
}
