/* The links of a real library: its study sets, chains and maps. Skipped where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lectern/graph.h"
#include "lectern/library.h"
#include "lectern/question_map.h"

/* Of its articles every so manieth is looked at. */
#define STEP 16

static int open_corpus(void **state)
{
    const char *root = getenv("LECTERN_CORPUS");
    struct err err;
    if (!root)
        root = "build/corpus";
    struct library *library = library_open(&root, 1, &err);
    *state = library ? library_scan(library, &(struct library_scan){0}, &err) : NULL;
    library_close(library);
    return 0;
}

static int close_corpus(void **state)
{
    catalogue_release(*state);
    return 0;
}

static const struct catalogue *corpus(void **state)
{
    if (!*state) {
        print_message("skipped: there is no library at LECTERN_CORPUS\n");
        skip();
    }
    return *state;
}

static bool holds(const struct graph_set *set, uint32_t article)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->articles[i] == article)
            return true;
    return false;
}

/* Each is in its set, and all of a set have the same one. */
static void articles_share_their_sets(void **state)
{
    const struct catalogue *catalogue = corpus(state);
    struct arena arena = {0};
    for (uint32_t article = 0; article < catalogue_count(catalogue); article += STEP) {
        struct graph_set set, other;
        graph_find_set(catalogue, article, &arena, &set);
        assert_true(holds(&set, article));
        assert_false(set.cut);
        graph_find_set(catalogue, set.articles[set.count - 1], &arena, &other);
        assert_int_equal(set.count, other.count);
        assert_memory_equal(set.articles, other.articles, set.count * sizeof *set.articles);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static bool links_to(const struct catalogue *catalogue, uint32_t from, uint32_t to)
{
    for (size_t i = 0; !catalogue_is_missing(catalogue, from) && i < catalogue_count_links(catalogue, from);
         i++)
        if (catalogue_link_of(catalogue, from, i).target == to)
            return true;
    return false;
}

static void chains_lead_from_one_end_of_a_set_to_the_other(void **state)
{
    const struct catalogue *catalogue = corpus(state);
    struct arena arena = {0};
    for (uint32_t article = 0; article < catalogue_count(catalogue); article += STEP) {
        struct graph_set set;
        const struct graph_link *steps;
        graph_find_set(catalogue, article, &arena, &set);
        uint32_t last = set.articles[set.count - 1];
        size_t count = graph_find_chain(catalogue, set.articles[0], last, &arena, &steps);
        assert_int_not_equal(count, 0);
        assert_int_equal(steps[0].target, set.articles[0]);
        assert_int_equal(steps[count - 1].target, last);
        for (size_t i = 1; i < count; i++) {
            bool on = links_to(catalogue, steps[i - 1].target, steps[i].target);
            bool back = links_to(catalogue, steps[i].target, steps[i - 1].target);
            assert_int_equal(steps[i].direction, (on ? GRAPH_OUT : 0) | (back ? GRAPH_IN : 0));
        }
        arena_reset(&arena);
    }
    arena_free(&arena);
}

/* Arrows between columns, and within all but the last one. */
static size_t arrows_wanted(const struct map *map, bool within_last)
{
    size_t wanted = 0;
    uint32_t last = map_layer_count(map) - 1;
    for (size_t e = 0; e < map->edge_count; e++) {
        uint32_t a = map->nodes[map->edges[e].a].layer, b = map->nodes[map->edges[e].b].layer;
        uint32_t apart = a > b ? a - b : b - a;
        wanted += apart == 1 || (apart == 0 && (within_last || a < last));
    }
    return wanted;
}

static void assert_sound(const struct map *map, const struct map_drawing *drawing)
{
    size_t arrows = 0;
    for (size_t i = 0; i < drawing->rows * drawing->columns; i++)
        arrows += drawing->cells[i].arrow != MAP_NO_ARROW;
    assert_true(arrows == arrows_wanted(map, true) || arrows == arrows_wanted(map, false));
    for (size_t n = 0; n < map->node_count; n++) {
        const struct map_box *box = &drawing->boxes[n];
        assert_true(box->row + box->rows <= drawing->rows && box->column + box->columns <= drawing->columns);
        assert_true(box->line_count > 0);
    }
}

static void maps_show_every_link(void **state)
{
    const struct catalogue *catalogue = corpus(state);
    struct arena arena = {0};
    uint32_t targets = catalogue_count(catalogue) + catalogue_missing(catalogue);
    for (uint32_t target = 0; target < targets; target += STEP) {
        struct question_map_wishes wishes = {.centre = target, .whole = target / STEP % 2};
        struct map_room room = {.rows = 24 + target % 40, .columns = 80 + target % 120};
        struct question_map made;
        struct map_drawing drawing;
        assert_true(question_map_make(catalogue, &wishes, &arena, &made));
        map_draw(&made.map, &room, &arena, &drawing);
        assert_sound(&made.map, &drawing);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_share_their_sets),
        cmocka_unit_test(chains_lead_from_one_end_of_a_set_to_the_other),
        cmocka_unit_test(maps_show_every_link),
    };
    return cmocka_run_group_tests(tests, open_corpus, close_corpus);
}
