#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/bounds.h"
#include "lectern/graph.h"

/* An article with the id and title `name`, linking to those in `links`, which are names with spaces between. */
static void add_article(struct folder *folder, const char *name, const char *links)
{
    struct str rest = str_from(links), link;
    struct buf more = {0};
    buf_printf(&more, "id: %s\n", name);
    for (unsigned i = 1; rest.len; i++) {
        str_cut(rest, ' ', &link, &rest);
        buf_printf(&more, "related_article%u: {id: %.*s, title: %.*s}\n", i, STR_ARG(link), STR_ARG(link));
    }
    folder_article(folder, arena_printf(&folder->arena, "%s.md", name).at, name, buf_cstr(&more));
    buf_free(&more);
}

static uint32_t number(const struct catalogue *catalogue, const char *id)
{
    return catalogue_find_id(catalogue, str_from(id));
}

static void add_link(struct buf *out, const struct catalogue *catalogue, const struct graph_link *link)
{
    static const char *const signs[] = {"", ">", "<", "="};
    buf_printf(out, "%s%s%.*s", out->len ? " " : "", signs[link->direction],
               STR_ARG(catalogue_id(catalogue, link->target)));
}

static void assert_text(struct buf *got, const char *wanted)
{
    assert_string_equal(buf_cstr(got), wanted);
    buf_free(got);
}

static void assert_neighbours(const struct catalogue *catalogue, const char *id, const char *wanted)
{
    struct arena arena = {0};
    struct buf got = {0};
    const struct graph_link *links;
    size_t count = graph_neighbours(catalogue, number(catalogue, id), &arena, &links);
    for (size_t i = 0; i < count; i++)
        add_link(&got, catalogue, &links[i]);
    assert_text(&got, wanted);
    arena_free(&arena);
}

static void assert_set(const struct catalogue *catalogue, const char *id, const char *wanted)
{
    struct arena arena = {0};
    struct buf got = {0};
    struct graph_set set;
    graph_find_set(catalogue, number(catalogue, id), &arena, &set);
    assert_false(set.cut);
    for (size_t i = 0; i < set.count; i++)
        buf_printf(&got, "%s%.*s", i ? " " : "", STR_ARG(catalogue_id(catalogue, set.articles[i])));
    assert_text(&got, wanted);
    arena_free(&arena);
}

static void assert_chain(const struct catalogue *catalogue, const char *from, const char *to,
                         const char *wanted)
{
    struct arena arena = {0};
    struct buf got = {0};
    const struct graph_link *steps;
    size_t count =
        graph_find_chain(catalogue, number(catalogue, from), number(catalogue, to), &arena, &steps);
    for (size_t i = 0; i < count; i++)
        add_link(&got, catalogue, &steps[i]);
    assert_text(&got, wanted);
    arena_free(&arena);
}

static void assert_part(const struct catalogue *catalogue, const char *centre, uint32_t hops, size_t most,
                        const char *nodes, const char *edges)
{
    static const char *const signs[] = {"", ">", "<", "="};
    struct arena arena = {0};
    struct buf got = {0};
    struct graph_part part;
    graph_find_part(catalogue, number(catalogue, centre), hops, most, &arena, &part);
    for (size_t i = 0; i < part.node_count; i++)
        buf_printf(&got, "%s%.*s:%u", i ? " " : "", STR_ARG(catalogue_id(catalogue, part.nodes[i].target)),
                   part.nodes[i].hops);
    assert_text(&got, nodes);
    for (size_t i = 0; i < part.edge_count; i++)
        buf_printf(&got, "%s%.*s%s%.*s", i ? " " : "",
                   STR_ARG(catalogue_id(catalogue, part.nodes[part.edges[i].a].target)),
                   signs[part.edges[i].direction],
                   STR_ARG(catalogue_id(catalogue, part.nodes[part.edges[i].b].target)));
    assert_text(&got, edges);
    arena_free(&arena);
}

static void neighbours_are_told_with_their_directions(void **state)
{
    add_article(*state, "1", "3 9 2 3 1");
    add_article(*state, "2", "1");
    add_article(*state, "3", "");
    add_article(*state, "4", "1 9");
    struct catalogue *catalogue = folder_scan(*state);
    assert_neighbours(catalogue, "1", ">3 >9 =2 <4");
    assert_neighbours(catalogue, "3", "<1");
    assert_neighbours(catalogue, "9", "<1 <4");
    catalogue_release(catalogue);
}

/* 1 - 2 - 10 is a set whichever way the links point; that two articles miss the same question does not join them. */
static void a_set_is_what_links_join_in_reading_order(void **state)
{
    add_article(*state, "10", "2");
    add_article(*state, "1", "2");
    add_article(*state, "2", "99");
    add_article(*state, "5", "99");
    add_article(*state, "6", "");
    struct catalogue *catalogue = folder_scan(*state);
    assert_set(catalogue, "10", "1 2 10");
    assert_set(catalogue, "1", "1 2 10");
    assert_set(catalogue, "5", "5");
    assert_set(catalogue, "6", "6");
    assert_set(catalogue, "99", "1 2 5 10");
    catalogue_release(catalogue);
}

static void a_chain_is_shortest_and_leads_on_if_it_can(void **state)
{
    add_article(*state, "1", "2 3");
    add_article(*state, "2", "4");
    add_article(*state, "3", "2 99");
    add_article(*state, "4", "5");
    add_article(*state, "5", "1");
    add_article(*state, "6", "4");
    add_article(*state, "7", "");
    struct catalogue *catalogue = folder_scan(*state);
    assert_chain(catalogue, "1", "4", "=1 >2 >4");
    assert_chain(catalogue, "1", "5", "=1 >2 >4 >5"); /* 5 links here, but that would be against the arrow */
    assert_chain(catalogue, "1", "6", "=1 >2 >4 <6");
    assert_chain(catalogue, "1", "99", "=1 >3 >99");
    assert_chain(catalogue, "99", "1", "=99 <3 <1");
    assert_chain(catalogue, "1", "1", "=1");
    assert_chain(catalogue, "1", "7", "");
    assert_chain(catalogue, "1", "none", "");
    catalogue_release(catalogue);
}

static void a_part_has_what_is_so_many_hops_away(void **state)
{
    add_article(*state, "1", "2 99");
    add_article(*state, "2", "1 3");
    add_article(*state, "3", "4 2");
    add_article(*state, "4", "5");
    add_article(*state, "5", "99");
    struct catalogue *catalogue = folder_scan(*state);
    assert_part(catalogue, "1", 0, 100, "1:0", "");
    assert_part(catalogue, "1", 1, 100, "1:0 2:1 99:1", "1=2 1>99");
    assert_part(catalogue, "1", 2, 100, "1:0 2:1 99:1 3:2", "1=2 1>99 2=3");
    assert_part(catalogue, "1", UINT32_MAX, 100, "1:0 2:1 99:1 3:2 4:3 5:4", "1=2 1>99 2=3 99<5 3>4 4>5");
    assert_part(catalogue, "99", 1, 100, "99:0 1:1 5:1", "99<1 99<5");
    assert_part(catalogue, "1", 2, 2, "1:0 2:1", "1=2");
    catalogue_release(catalogue);
}

static void what_is_not_there_has_nothing_around_it(void **state)
{
    add_article(*state, "1", "");
    struct catalogue *catalogue = folder_scan(*state);
    struct arena arena = {0};
    struct graph_set set;
    struct graph_part part;
    graph_find_set(catalogue, CATALOGUE_NONE, &arena, &set);
    assert_int_equal(set.count, 0);
    graph_find_part(catalogue, 7, 2, 100, &arena, &part);
    assert_int_equal(part.node_count, 0);
    arena_free(&arena);
    catalogue_release(catalogue);
}

/* Everything links to the next one, and to one that everything links to. */
static void a_web_is_cut_at_the_bounds(void **state)
{
    struct folder *folder = *state;
    uint32_t count = BOUND_GRAPH_ARTICLES + 10;
    for (uint32_t i = 0; i < count; i++) {
        const char *name = arena_printf(&folder->arena, "%u", i).at;
        add_article(folder, name, arena_printf(&folder->arena, "0 %u", (i + 1) % count).at);
    }
    struct catalogue *catalogue = folder_scan(folder);
    struct arena arena = {0};
    struct graph_set set;
    struct graph_part part;
    graph_find_set(catalogue, number(catalogue, "5"), &arena, &set);
    assert_true(set.cut);
    assert_int_equal(set.count, BOUND_GRAPH_ARTICLES);
    graph_find_part(catalogue, number(catalogue, "5"), 2, 50, &arena, &part);
    assert_true(part.cut);
    assert_int_equal(part.node_count, 50);
    arena_free(&arena);
    catalogue_release(catalogue);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(neighbours_are_told_with_their_directions),  TEST(a_set_is_what_links_join_in_reading_order),
        TEST(a_chain_is_shortest_and_leads_on_if_it_can), TEST(a_part_has_what_is_so_many_hops_away),
        TEST(what_is_not_there_has_nothing_around_it),    TEST(a_web_is_cut_at_the_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
