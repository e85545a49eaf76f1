#include "lectern/graph.h"

#include <string.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "reading_order.h"

#define NOWHERE UINT32_MAX

/* Questions with numbers in the order in which they were met. */
struct met {
    uint32_t target, from, hops; /* from: the number of the one that led there */
    enum graph_direction direction;
};

struct spread {
    const struct catalogue *catalogue;
    /* What is wanted. */
    enum graph_direction follow;
    bool with_missing;
    uint32_t hops, until; /* until: ends when this is met */
    size_t most;
    /* What there is. */
    struct met *met;
    size_t count, capacity;
    uint32_t *slots; /* number + 1, or 0 */
    size_t slot_count, links;
    bool cut;
};

static uint32_t *slot_of(const struct spread *spread, uint32_t target)
{
    size_t mask = spread->slot_count - 1, at = (target * 0x9e3779b1u) & mask;
    while (spread->slots[at] && spread->met[spread->slots[at] - 1].target != target)
        at = (at + 1) & mask;
    return &spread->slots[at];
}

static void double_slots(struct spread *spread)
{
    mem_free(spread->slots);
    spread->slot_count = spread->slot_count ? spread->slot_count * 2 : 64;
    spread->slots = mem_calloc(spread->slot_count, sizeof *spread->slots);
    for (uint32_t i = 0; i < spread->count; i++)
        *slot_of(spread, spread->met[i].target) = i + 1;
}

static uint32_t number_of(const struct spread *spread, uint32_t target)
{
    uint32_t number = *slot_of(spread, target);
    return number ? number - 1 : NOWHERE;
}

static void meet(struct spread *spread, struct met one)
{
    uint32_t *slot = slot_of(spread, one.target);
    if (*slot)
        return;
    if (spread->count >= spread->most) {
        spread->cut = true;
        return;
    }
    *slot = (uint32_t)spread->count + 1;
    spread->met = mem_grow(spread->met, spread->count, &spread->capacity, sizeof *spread->met);
    spread->met[spread->count++] = one;
    if (spread->count * 2 > spread->slot_count)
        double_slots(spread);
}

static void go_on(struct spread *spread, uint32_t number, struct arena *scratch)
{
    struct met here = spread->met[number];
    const struct graph_link *links;
    size_t count = graph_neighbours(spread->catalogue, here.target, scratch, &links);
    spread->links += count;
    for (size_t i = 0; i < count; i++) {
        bool missing = catalogue_is_missing(spread->catalogue, links[i].target);
        if (!(links[i].direction & spread->follow) || (missing && !spread->with_missing))
            continue;
        meet(spread, (struct met){links[i].target, number, here.hops + 1, links[i].direction});
    }
}

static void run(struct spread *spread, uint32_t start)
{
    struct arena scratch = {0};
    if (spread->most > BOUND_GRAPH_ARTICLES)
        spread->most = BOUND_GRAPH_ARTICLES;
    double_slots(spread);
    meet(spread, (struct met){start, NOWHERE, 0, GRAPH_BOTH});
    for (uint32_t i = 0; i < spread->count; i++) {
        bool leads_on = i == 0 || !catalogue_is_missing(spread->catalogue, spread->met[i].target);
        if (spread->met[i].target == spread->until || spread->met[i].hops >= spread->hops)
            break;
        if (spread->links >= BOUND_GRAPH_LINKS) {
            spread->cut = true;
            break;
        }
        if (leads_on)
            go_on(spread, i, &scratch);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
}

static void spread_free(struct spread *spread)
{
    mem_free(spread->met);
    mem_free(spread->slots);
}

static bool is_known(const struct catalogue *catalogue, uint32_t target)
{
    return target < (uint64_t)catalogue_count(catalogue) + catalogue_missing(catalogue);
}

/* Numbers are small: the table of those met serves to find each again. */
size_t graph_neighbours(const struct catalogue *catalogue, uint32_t target, struct arena *arena,
                        const struct graph_link **neighbours)
{
    struct spread known = {.most = SIZE_MAX};
    size_t sources = 0, count = 0;
    size_t out = catalogue_is_missing(catalogue, target) ? 0 : catalogue_count_links(catalogue, target);
    const uint32_t *from = catalogue_backlinks(catalogue, target, arena, &sources);
    struct graph_link *links = arena_array(arena, out + sources, sizeof *links);
    double_slots(&known);
    meet(&known, (struct met){.target = target});
    for (size_t i = 0; i < out; i++)
        meet(&known, (struct met){.target = catalogue_link_of(catalogue, target, i).target});
    for (; count + 1 < known.count; count++)
        links[count] = (struct graph_link){known.met[count + 1].target, GRAPH_OUT};
    for (size_t i = 0; i < sources; i++) {
        uint32_t number = number_of(&known, from[i]);
        if (number == NOWHERE)
            links[count++] = (struct graph_link){from[i], GRAPH_IN};
        else if (number > 0)
            links[number - 1].direction = GRAPH_BOTH;
    }
    spread_free(&known);
    *neighbours = links;
    return count;
}

void graph_find_set(const struct catalogue *catalogue, uint32_t target, struct arena *arena,
                    struct graph_set *set)
{
    struct spread spread = {
        .catalogue = catalogue, .follow = GRAPH_BOTH, .hops = UINT32_MAX, .until = NOWHERE, .most = SIZE_MAX};
    *set = (struct graph_set){0};
    if (!is_known(catalogue, target))
        return;
    run(&spread, target);
    uint32_t *articles = arena_array(arena, spread.count, sizeof *articles);
    for (size_t i = 0; i < spread.count; i++)
        if (!catalogue_is_missing(catalogue, spread.met[i].target))
            articles[set->count++] = spread.met[i].target;
    reading_sort(catalogue, articles, set->count);
    set->articles = articles;
    set->cut = spread.cut;
    spread_free(&spread);
}

static size_t find_way(const struct catalogue *catalogue, uint32_t from, uint32_t to,
                       enum graph_direction follow, struct arena *arena, const struct graph_link **steps)
{
    struct spread spread = {.catalogue = catalogue,
                            .follow = follow,
                            .with_missing = true,
                            .hops = UINT32_MAX,
                            .until = to,
                            .most = SIZE_MAX};
    run(&spread, from);
    uint32_t end = number_of(&spread, to);
    size_t count = end == NOWHERE ? 0 : spread.met[end].hops + 1;
    struct graph_link *way = arena_array(arena, count, sizeof *way);
    for (size_t i = count; i > 0; end = spread.met[end].from)
        way[--i] = (struct graph_link){spread.met[end].target, spread.met[end].direction};
    spread_free(&spread);
    *steps = way;
    return count;
}

size_t graph_find_chain(const struct catalogue *catalogue, uint32_t from, uint32_t to, struct arena *arena,
                        const struct graph_link **steps)
{
    *steps = NULL;
    if (!is_known(catalogue, from) || !is_known(catalogue, to))
        return 0;
    size_t count = find_way(catalogue, from, to, GRAPH_OUT, arena, steps);
    return count ? count : find_way(catalogue, from, to, GRAPH_BOTH, arena, steps);
}

static void add_edges(struct graph_part *part, const struct spread *spread, struct arena *arena)
{
    struct arena scratch = {0};
    struct graph_edge *edges = NULL;
    size_t capacity = 0;
    size_t looked_at = 0;
    for (uint32_t a = 0; a < spread->count && looked_at < BOUND_GRAPH_LINKS; a++) {
        const struct graph_link *links;
        size_t count = graph_neighbours(spread->catalogue, spread->met[a].target, &scratch, &links);
        looked_at += count;
        for (size_t i = 0; i < count; i++) {
            uint32_t b = number_of(spread, links[i].target);
            if (b == NOWHERE || b < a)
                continue;
            edges = mem_grow(edges, part->edge_count, &capacity, sizeof *edges);
            edges[part->edge_count++] = (struct graph_edge){a, b, links[i].direction};
        }
        arena_reset(&scratch);
    }
    part->edges = arena_array(arena, part->edge_count, sizeof *edges);
    if (edges)
        memcpy(part->edges, edges, part->edge_count * sizeof *edges);
    mem_free(edges);
    arena_free(&scratch);
}

void graph_find_part(const struct catalogue *catalogue, uint32_t centre, uint32_t hops, size_t most,
                     struct arena *arena, struct graph_part *part)
{
    struct spread spread = {.catalogue = catalogue,
                            .follow = GRAPH_BOTH,
                            .with_missing = true,
                            .hops = hops,
                            .until = NOWHERE,
                            .most = most};
    *part = (struct graph_part){0};
    if (!is_known(catalogue, centre))
        return;
    run(&spread, centre);
    part->nodes = arena_array(arena, spread.count, sizeof *part->nodes);
    for (size_t i = 0; i < spread.count; i++)
        part->nodes[part->node_count++] = (struct graph_node){spread.met[i].target, spread.met[i].hops};
    part->cut = spread.cut;
    add_edges(part, &spread, arena);
    spread_free(&spread);
}
