#include "lectern/question_similar.h"

#include "lectern/graph.h"

static bool is_linked(const struct graph_link *links, size_t count, uint32_t target)
{
    for (size_t i = 0; i < count; i++)
        if (links[i].target == target)
            return true;
    return false;
}

size_t question_find_similar(const struct catalogue *catalogue, struct segments *segments, uint32_t article,
                             size_t most, struct arena *arena, const uint32_t **articles)
{
    const struct graph_link *links;
    struct search_results results = {0};
    struct search_scratch *scratch = search_scratch_new();
    size_t linked = graph_neighbours(catalogue, article, arena, &links), found = 0;
    uint32_t *similar = arena_array(arena, most, sizeof *similar);
    search_similar(catalogue, segments, article, most + linked, NULL, scratch, arena, &results);
    search_scratch_free(scratch);
    for (size_t i = 0; i < results.count && found < most; i++)
        if (!is_linked(links, linked, results.hits[i].article))
            similar[found++] = results.hits[i].article;
    *articles = similar;
    return found;
}
