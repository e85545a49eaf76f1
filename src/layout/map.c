#include <stdlib.h>

#include "lectern/mem.h"
#include "map_inside.h"

/* Down and up again so often: after that hardly any picture gets better. */
#define SWEEPS 12

struct place_key {
    double mean; /* of the places of those that it is linked with */
    uint32_t place, node;
};

static int compare_keys(const void *left, const void *right)
{
    const struct place_key *a = left, *b = right;
    if (a->mean < b->mean || a->mean > b->mean)
        return a->mean < b->mean ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

uint32_t map_layer_count(const struct map *map)
{
    uint32_t count = 0;
    for (size_t i = 0; i < map->node_count; i++)
        if (map->nodes[i].layer >= count)
            count = map->nodes[i].layer + 1;
    return count;
}

void map_layers_of(const struct map *map, struct arena *arena, struct map_layers *layers)
{
    layers->count = map_layer_count(map);
    layers->starts = arena_array(arena, (size_t)layers->count + 1, sizeof *layers->starts);
    layers->nodes = arena_array(arena, map->node_count, sizeof *layers->nodes);
    for (size_t i = 0; i < map->node_count; i++)
        layers->starts[map->nodes[i].layer + 1]++;
    for (uint32_t layer = 0; layer < layers->count; layer++)
        layers->starts[layer + 1] += layers->starts[layer];
    for (uint32_t i = 0; i < map->node_count; i++)
        layers->nodes[layers->starts[map->nodes[i].layer] + map->nodes[i].place] = i;
}

size_t map_layer_size(const struct map_layers *layers, uint32_t layer)
{
    return layers->starts[layer + 1] - layers->starts[layer];
}

/* Brings a layer into the order of the mean places of what its nodes are linked with in the layer beside it. */
static void settle_layer(struct map *map, struct map_layers *layers, uint32_t layer, uint32_t beside,
                         struct place_key *keys, uint32_t *degrees)
{
    uint32_t first = layers->starts[layer], end = layers->starts[layer + 1];
    for (uint32_t i = first; i < end; i++) {
        keys[layers->nodes[i]].mean = 0;
        degrees[layers->nodes[i]] = 0;
    }
    for (size_t e = 0; e < map->edge_count; e++) {
        uint32_t a = map->edges[e].a, b = map->edges[e].b;
        if (map->nodes[a].layer != layer) {
            a = map->edges[e].b;
            b = map->edges[e].a;
        }
        if (map->nodes[a].layer != layer || map->nodes[b].layer != beside)
            continue;
        keys[a].mean += map->nodes[b].place;
        degrees[a]++;
    }
    struct place_key *sorted = mem_calloc(end - first, sizeof *sorted);
    for (uint32_t i = first; i < end; i++) {
        uint32_t node = layers->nodes[i], place = map->nodes[node].place;
        double mean = degrees[node] ? keys[node].mean / degrees[node] : place;
        sorted[i - first] = (struct place_key){mean, place, node};
    }
    qsort(sorted, end - first, sizeof *sorted, compare_keys);
    for (uint32_t i = first; i < end; i++) {
        layers->nodes[i] = sorted[i - first].node;
        map->nodes[layers->nodes[i]].place = i - first;
    }
    mem_free(sorted);
}

struct line {
    uint32_t left, right; /* places */
};

static int compare_lines(const void *one, const void *other)
{
    const struct line *a = one, *b = other;
    if (a->left != b->left)
        return a->left < b->left ? -1 : 1;
    return (a->right > b->right) - (a->right < b->right);
}

/* Pairs of lines of which one begins higher and ends lower, counted in a binary indexed tree of the ends so far (Barth, Mutzel and
 * Jünger 2004). */
static uint64_t count_inversions(struct line *lines, size_t count, uint32_t *sums, uint32_t places)
{
    uint64_t inversions = 0;
    qsort(lines, count, sizeof *lines, compare_lines);
    for (uint32_t i = 0; i <= places; i++)
        sums[i] = 0;
    for (size_t i = 0; i < count; i++) {
        inversions += i;
        for (uint32_t at = lines[i].right + 1; at > 0; at &= at - 1)
            inversions -= sums[at];
        for (uint32_t at = lines[i].right + 1; at <= places; at += at & -at)
            sums[at]++;
    }
    return inversions;
}

static uint64_t count_crossings(const struct map *map, const struct map_layers *layers)
{
    uint64_t crossings = 0;
    struct line *lines = mem_calloc(map->edge_count, sizeof *lines);
    uint32_t *sums = mem_calloc(map->node_count + 1, sizeof *sums);
    for (uint32_t layer = 0; layer + 1 < layers->count; layer++) {
        size_t count = 0;
        for (size_t e = 0; e < map->edge_count; e++) {
            const struct map_node *a = &map->nodes[map->edges[e].a], *b = &map->nodes[map->edges[e].b];
            if (a->layer == layer && b->layer == layer + 1)
                lines[count++] = (struct line){a->place, b->place};
            else if (b->layer == layer && a->layer == layer + 1)
                lines[count++] = (struct line){b->place, a->place};
        }
        crossings += count_inversions(lines, count, sums, (uint32_t)map_layer_size(layers, layer + 1));
    }
    mem_free(lines);
    mem_free(sums);
    return crossings;
}

static void sweep(struct map *map, struct map_layers *layers, bool upwards, struct place_key *keys,
                  uint32_t *degrees)
{
    for (uint32_t i = 1; i < layers->count; i++) {
        uint32_t layer = upwards ? layers->count - 1 - i : i;
        settle_layer(map, layers, layer, upwards ? layer + 1 : layer - 1, keys, degrees);
    }
}

void map_arrange(struct map *map)
{
    struct arena arena = {0};
    struct map_layers layers;
    struct place_key *keys = arena_array(&arena, map->node_count, sizeof *keys);
    uint32_t *degrees = arena_array(&arena, map->node_count, sizeof *degrees);
    uint32_t *best = arena_array(&arena, map->node_count, sizeof *best);
    uint32_t *filled = arena_array(&arena, map->node_count, sizeof *filled);
    uint64_t fewest = UINT64_MAX;
    for (size_t i = 0; i < map->node_count; i++)
        map->nodes[i].place = filled[map->nodes[i].layer]++;
    map_layers_of(map, &arena, &layers);
    for (int i = 0; i < SWEEPS && fewest > 0; i++) {
        sweep(map, &layers, i % 2 == 0, keys, degrees);
        uint64_t crossings = count_crossings(map, &layers);
        if (crossings >= fewest)
            continue;
        fewest = crossings;
        for (size_t n = 0; n < map->node_count; n++)
            best[n] = map->nodes[n].place;
    }
    for (size_t n = 0; n < map->node_count; n++)
        map->nodes[n].place = best[n];
    arena_free(&arena);
}
