#include "lectern/segments.h"

#include <stdatomic.h>

#include "lectern/mem.h"

struct counted {
    struct segments public;
    atomic_uint references;
    struct catalogue *catalogue; /* that the second segment's numbers lie in, or NULL */
};

static struct counted *counted(struct segments *segments)
{
    return (struct counted *)(void *)segments;
}

struct segments *segments_single(struct index *index)
{
    struct counted *made = mem_calloc(1, sizeof *made);
    made->public = (struct segments){.count = 1, .at = {{.index = index_keep(index)}}};
    atomic_init(&made->references, 1);
    return &made->public;
}

struct segments *segments_pair(struct catalogue *catalogue, struct index *index, struct index *delta)
{
    struct segments *segments = segments_single(index);
    counted(segments)->catalogue = catalogue_keep(catalogue);
    segments->at[0].gone = catalogue_gone(catalogue);
    size_t articles;
    segments->at[1] = (struct segment){.index = index_keep(delta),
                                       .articles = catalogue_delta_numbers(catalogue, &articles)};
    segments->count = 2;
    return segments;
}

struct segments *segments_keep(struct segments *segments)
{
    atomic_fetch_add(&counted(segments)->references, 1);
    return segments;
}

void segments_release(struct segments *segments)
{
    if (!segments || atomic_fetch_sub(&counted(segments)->references, 1) > 1)
        return;
    for (size_t i = 0; i < segments->count; i++)
        index_release(segments->at[i].index);
    catalogue_release(counted(segments)->catalogue);
    mem_free(counted(segments));
}
