/* What follows links: sets, chains, surroundings, and the picture of them. */
#include "bench.h"
#include "dice.h"
#include "lectern/graph.h"
#include "lectern/map.h"
#include "opened.h"
#include "parts.h"

enum { ARTICLES = 2000, PICTURES = 200, NODES = 100, LINKS = 5, PICTURE_MS = 20 };

static void measure_graph(const struct opened *opened)
{
    const struct catalogue *catalogue = opened->parts.catalogue;
    struct bench_samples sets = {0}, chains = {0}, parts = {0};
    struct arena arena = {0};
    uint32_t count = catalogue_count(catalogue);
    for (uint32_t i = 0; count && i < ARTICLES; i++) {
        uint32_t article = (uint32_t)((uint64_t)i * count / ARTICLES);
        struct graph_set set;
        struct graph_part part;
        const struct graph_link *steps;
        double start = bench_now();
        graph_find_set(catalogue, article, &arena, &set);
        samples_add(&sets, bench_now() - start);
        start = bench_now();
        graph_find_part(catalogue, article, 2, NODES, &arena, &part);
        samples_add(&parts, bench_now() - start);
        start = bench_now();
        if (set.count)
            graph_find_chain(catalogue, article, set.articles[set.count - 1], &arena, &steps);
        samples_add(&chains, bench_now() - start);
        arena_reset(&arena);
    }
    bench_row_times("the study set of an article", &sets, BELOW(PICTURE_MS));
    bench_row_times("what is two links away", &parts, BELOW(PICTURE_MS));
    bench_row_times("the chain between two of a set", &chains, BELOW(PICTURE_MS));
    samples_free(&sets);
    samples_free(&chains);
    samples_free(&parts);
    arena_free(&arena);
}

/* A set of so many questions, ten of them one link away. */
static struct map make_map(struct dice *dice, struct arena *arena)
{
    struct map map = {.node_count = NODES};
    map.nodes = arena_array(arena, NODES, sizeof *map.nodes);
    map.edges = arena_array(arena, (size_t)NODES * LINKS, sizeof *map.edges);
    for (uint32_t i = 0; i < NODES; i++) {
        map.nodes[i] =
            (struct map_node){.title = STR("What is asked here, and in how many words is it asked?"),
                              .layer = i == 0    ? 0
                                       : i <= 10 ? 1
                                                 : 2};
        for (int link = 0; i > 0 && link < LINKS; link++) {
            uint32_t other = i <= 10 && link == 0 ? 0 : 1 + (uint32_t)dice_below(dice, NODES - 1);
            if (other < i)
                map.edges[map.edge_count++] = (struct map_edge){other, i, MAP_TO_B};
        }
    }
    return map;
}

static void measure_pictures(void)
{
    struct bench_samples samples = {0};
    struct arena arena = {0};
    struct dice dice = dice_for(1, 0);
    for (int i = 0; i < PICTURES; i++) {
        struct map map = make_map(&dice, &arena);
        struct map_room room = {.rows = i % 2 ? 24 : 60, .columns = i % 2 ? 80 : 200};
        struct map_drawing drawing;
        double start = bench_now();
        map_arrange(&map);
        map_draw(&map, &room, &arena, &drawing);
        samples_add(&samples, bench_now() - start);
        arena_reset(&arena);
    }
    bench_row_times("a map of 100 questions", &samples, BELOW(PICTURE_MS));
    samples_free(&samples);
    arena_free(&arena);
}

void link_rows(const struct bench_setup *setup, const char *folder)
{
    (void)setup;
    struct opened opened;
    opened_open(&opened, folder);
    measure_graph(&opened);
    opened_free(&opened);
    measure_pictures();
}
