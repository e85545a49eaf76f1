#include "lectern/question_similar.h"

#include "lectern/graph.h"

static bool is_linked(const struct graph_link *links, size_t count, uint32_t target)
{
    for (size_t i = 0; i < count; i++)
        if (links[i].target == target)
            return true;
    return false;
}

bool question_find_similar(const struct catalogue *catalogue, struct segments *segments, uint32_t article,
                           size_t most, const atomic_bool *cancel, struct search_scratch *scratch,
                           struct arena *arena, struct search_results *results)
{
    const struct graph_link *links;
    size_t linked = graph_neighbours(catalogue, article, arena, &links), kept = 0;
    if (!search_similar(catalogue, segments, article, most + linked, cancel, scratch, arena, results))
        return false;
    for (size_t i = 0; i < results->count && kept < most; i++)
        if (!is_linked(links, linked, results->hits[i].article))
            results->hits[kept++] = results->hits[i];
    results->count = kept;
    return true;
}
