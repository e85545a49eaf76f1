#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>

#include "lectern/file.h"
#include "lectern/map.h"

#define GOLDEN "tests/golden/map/"

/* A node for each `layers` figure; links as "0>1 2<3 1=4"; marks of the nodes as r, m or anything else. */
static struct map make_map(struct arena *arena, const char *const *titles, const char *layers,
                           const char *marks, const char *links)
{
    struct map map = {.node_count = strlen(layers)};
    map.nodes = arena_array(arena, map.node_count, sizeof *map.nodes);
    map.edges = arena_array(arena, strlen(links), sizeof *map.edges);
    for (size_t i = 0; i < map.node_count; i++)
        map.nodes[i] = (struct map_node){.title = str_from(titles[i]),
                                         .layer = (uint32_t)(layers[i] - '0'),
                                         .mark = marks[i] == 'r'   ? MAP_READ
                                                 : marks[i] == 'm' ? MAP_MISSING
                                                                   : MAP_UNREAD};
    for (struct str rest = str_from(links), link; rest.len;) {
        str_cut(rest, ' ', &link, &rest);
        map.edges[map.edge_count++] =
            (struct map_edge){(uint32_t)(link.at[0] - 'a'), (uint32_t)(link.at[2] - 'a'),
                              link.at[1] == '>'   ? MAP_TO_B
                              : link.at[1] == '<' ? MAP_TO_A
                                                  : MAP_TO_A | MAP_TO_B};
    }
    map_arrange(&map);
    return map;
}

static const char *const few_titles[] = {
    "What is the Child-Pugh score and how is it used in liver disease prognosis?",
    "What are the limitations of the Child-Pugh and MELD scores?",
    "How is chronic liver failure managed?",
    "What are the latest advancements in pharmacological treatments for liver failure?",
    "How does the MELD score differ from the Child-Pugh score in assessing liver disease?",
    "What is \"hepatic\" \\ <encephalopathy> & how do patients live with it?",
};

static struct map few(struct arena *arena)
{
    return make_map(arena, few_titles, "011122", "rr-mr-", "a>b a=c a>d b>e c<e b>c d>f c>f e>f");
}

static const char *const many_titles[] = {
    "What is the question in the centre?",
    "One",
    "Two and a longer title that does not fit into its column however wide the column of it may be",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
};

static struct map many(struct arena *arena)
{
    return make_map(arena, many_titles, "01111112222222222223", "-r-m----------------",
                    "a>b a<c a=d a>e a>f a>g b>h b>i c>j c<k d=l e>m e>n f<o f>p g>q g>r g>s b>m c>i e=f "
                    "d>s h>t r>t q=l");
}

/* LECTERN_GOLDEN=write writes what should be instead of comparing it. */
static void assert_golden(struct buf *got, const char *name)
{
    struct arena arena = {0};
    const char *path = arena_printf(&arena, GOLDEN "%s", name).at, *mode = getenv("LECTERN_GOLDEN");
    struct str expected = {0};
    struct err err;
    if (mode && strcmp(mode, "write") == 0) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fwrite(got->at, 1, got->len, file);
        fclose(file);
    } else {
        assert_int_equal(file_read(AT_FDCWD, path, 1 << 20, &arena, &expected, NULL, &err), 0);
        assert_string_equal(buf_cstr(got), arena_str(&arena, expected).at);
    }
    buf_free(got);
    arena_free(&arena);
}

static void pictures_look_as_they_were_judged(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct map maps[] = {few(&arena), many(&arena)};
    static const char *const names[] = {"few", "many"};
    static const struct map_room rooms[] = {
        {24, 80, TEXT_UTF8}, {36, 120, TEXT_UTF8}, {60, 200, TEXT_UTF8}, {24, 80, TEXT_ASCII}};
    for (size_t m = 0; m < 2; m++) {
        struct buf out = {0};
        for (size_t r = 0; r < 4; r++) {
            map_write_text(&maps[m], &rooms[r], &out);
            const char *charset = rooms[r].charset == TEXT_ASCII ? "ascii" : "txt";
            assert_golden(&out, arena_printf(&arena, "%s.%zu.%s", names[m], rooms[r].columns, charset).at);
        }
        map_write_svg(&maps[m], &out);
        assert_golden(&out, arena_printf(&arena, "%s.svg", names[m]).at);
        map_write_dot(&maps[m], &out);
        assert_golden(&out, arena_printf(&arena, "%s.dot", names[m]).at);
    }
    arena_free(&arena);
}

/* Three links from each of three questions to three others that are not shared, given in a bad order. */
static void a_tree_is_drawn_without_a_crossing(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct map map = make_map(&arena, many_titles, "0111222222222", "-------------",
                              "a>b a>c a>d b>e c>f d>g b>h c>i d>j b>k c>l d>m");
    for (size_t e = 0; e < map.edge_count; e++)
        for (size_t f = 0; f < map.edge_count; f++) {
            const struct map_node *from = map.nodes, *a = &from[map.edges[e].a], *b = &from[map.edges[f].a];
            if (a->layer == 1 && b->layer == 1 && a->place < b->place)
                assert_true(from[map.edges[e].b].place < from[map.edges[f].b].place);
        }
    struct map_drawing drawing;
    map_draw(&map, &(struct map_room){24, 80, TEXT_UTF8}, &arena, &drawing);
    for (size_t i = 0; i < drawing.rows * drawing.columns; i++)
        assert_int_not_equal(drawing.cells[i].arms, MAP_UP | MAP_DOWN | MAP_LEFT | MAP_RIGHT);
    arena_free(&arena);
}

/* -- any picture ---------------------------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static bool is_linked(const struct map *map, uint32_t a, uint32_t b)
{
    for (size_t e = 0; e < map->edge_count; e++)
        if ((map->edges[e].a == a && map->edges[e].b == b) || (map->edges[e].a == b && map->edges[e].b == a))
            return true;
    return false;
}

static struct map random_map(struct arena *arena, uint32_t seed, size_t most)
{
    struct map map = {.node_count = 1 + next_random(&seed) % most};
    uint32_t layer = 0;
    map.nodes = arena_array(arena, map.node_count, sizeof *map.nodes);
    map.edges = arena_array(arena, map.node_count * 6, sizeof *map.edges);
    for (size_t i = 0; i < map.node_count; i++) {
        if (i == 1 || (i > 1 && next_random(&seed) % (map.node_count / 3 + 2) == 0))
            layer++;
        map.nodes[i] = (struct map_node){.title = str_from(many_titles[next_random(&seed) % 20]),
                                         .layer = layer,
                                         .mark = (enum map_mark)(next_random(&seed) % 3)};
    }
    for (size_t tries = map.node_count * 6; tries > 0; tries--) {
        uint32_t a = next_random(&seed) % (uint32_t)map.node_count;
        uint32_t b = next_random(&seed) % (uint32_t)map.node_count;
        if (a < b && map.nodes[b].layer - map.nodes[a].layer <= 1 && !is_linked(&map, a, b))
            map.edges[map.edge_count++] = (struct map_edge){a, b, 1 + next_random(&seed) % 3};
    }
    map_arrange(&map);
    return map;
}

static void assert_places(const struct map *map)
{
    for (size_t a = 0; a < map->node_count; a++)
        for (size_t b = 0; b < a; b++)
            assert_true(map->nodes[a].layer != map->nodes[b].layer ||
                        map->nodes[a].place != map->nodes[b].place);
}

static void assert_apart(const struct map_drawing *drawing, const struct map_box *a, const struct map_box *b)
{
    assert_true(a->row + a->rows <= drawing->rows && a->column + a->columns <= drawing->columns);
    assert_true(a->row + a->rows <= b->row || b->row + b->rows <= a->row ||
                a->column + a->columns <= b->column || b->column + b->columns <= a->column);
}

/* No line runs through a title: inside of a box is none but its frame. */
static void assert_clear(const struct map_drawing *drawing, uint32_t node)
{
    const struct map_box *box = &drawing->boxes[node];
    for (size_t i = 0; i < box->line_count; i++) {
        size_t width = text_width(box->lines[i], TEXT_UTF8);
        for (size_t column = box->mark_column; column < box->text_column + width; column++) {
            const struct map_cell *cell = map_cell_at(drawing, box->text_row + i, column);
            assert_non_null(cell);
            assert_int_equal(cell->arms, 0);
            assert_int_equal(cell->arrow, MAP_NO_ARROW);
        }
    }
}

static size_t count_arrows(const struct map_drawing *drawing)
{
    size_t arrows = 0;
    for (size_t i = 0; i < drawing->rows * drawing->columns; i++)
        arrows += drawing->cells[i].arrow != MAP_NO_ARROW;
    return arrows;
}

/* Those within the last layer may be left out. */
static void assert_arrows(const struct map *map, const struct map_drawing *drawing)
{
    size_t inner = 0, last = map_layer_count(map) - 1, arrows = count_arrows(drawing);
    for (size_t e = 0; e < map->edge_count; e++)
        inner += map->nodes[map->edges[e].a].layer == last && map->nodes[map->edges[e].b].layer == last;
    assert_true(arrows == map->edge_count || arrows == map->edge_count - inner);
}

static void every_link_has_an_arrow_and_every_title_its_room(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (uint32_t seed = 0; seed < 300; seed++) {
        struct map map = random_map(&arena, seed, seed % 2 ? 12 : 40);
        struct map_drawing drawing;
        struct map_room room = {.rows = 1 + seed % 70, .columns = 1 + seed * 7 % 220};
        map_draw(&map, &room, &arena, &drawing);
        assert_places(&map);
        for (uint32_t a = 0; a < map.node_count; a++) {
            assert_clear(&drawing, a);
            for (uint32_t b = 0; b < map.node_count; b++)
                if (a != b)
                    assert_apart(&drawing, &drawing.boxes[a], &drawing.boxes[b]);
        }
        assert_arrows(&map, &drawing);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

/* The line of each question is in a row of its own, so that none lies on another. */
static void lines_of_two_questions_only_cross(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (uint32_t seed = 0; seed < 100; seed++) {
        struct map map = random_map(&arena, seed, 30);
        struct map_drawing drawing;
        map_draw(&map, &(struct map_room){40, 100, TEXT_UTF8}, &arena, &drawing);
        for (size_t row = 0; row < drawing.rows; row++)
            for (size_t column = 0; column < drawing.columns; column++) {
                const struct map_cell *cell = map_cell_at(&drawing, row, column);
                if (cell->other != MAP_NONE)
                    assert_true((cell->arms & (MAP_UP | MAP_DOWN)) && (cell->arms & (MAP_LEFT | MAP_RIGHT)));
            }
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static void every_question_is_reached_with_the_arrow_keys(void **state)
{
    (void)state;
    static const enum map_arm keys[] = {MAP_UP, MAP_DOWN, MAP_LEFT, MAP_RIGHT};
    static const size_t columns[] = {80, 140};
    struct arena arena = {0};
    for (uint32_t seed = 0; seed < 100; seed++) {
        struct map map = random_map(&arena, seed, 40);
        struct map_drawing drawing;
        map_draw(&map, &(struct map_room){24, columns[seed % 2], TEXT_UTF8}, &arena, &drawing);
        uint32_t *queue = arena_array(&arena, map.node_count, sizeof *queue);
        bool *reached = arena_array(&arena, map.node_count, sizeof *reached);
        size_t count = 1;
        reached[0] = true;
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < 4; k++) {
                uint32_t next = map_neighbour(&map, &drawing, queue[i], keys[k]);
                if (!reached[next])
                    queue[count++] = next;
                reached[next] = true;
            }
        assert_int_equal(count, map.node_count);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static void a_question_alone_is_a_picture_too(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct map map = make_map(&arena, many_titles, "0", "-", "");
    struct buf out = {0};
    map_write_text(&map, &(struct map_room){24, 80, TEXT_UTF8}, &out);
    assert_true(str_starts(buf_str(&out), STR("┌")));
    buf_clear(&out);
    map_write_svg(&map, &out);
    assert_true(str_ends(buf_str(&out), STR("</svg>\n")));
    buf_free(&out);
    arena_free(&arena);
}

/* What a title must not do to a terminal, to a page, or to a graph. */
static void titles_do_no_harm(void **state)
{
    (void)state;
    static const char *const titles[] = {"\x1b[31m<script>&\"\\n\xff\xe2\x80\xae", "a\nb\"];"};
    struct arena arena = {0};
    struct map map = make_map(&arena, titles, "01", "--", "a>b");
    struct buf out = {0};
    map_write_text(&map, &(struct map_room){24, 80, TEXT_UTF8}, &out);
    map_write_svg(&map, &out);
    map_write_dot(&map, &out);
    assert_int_equal(str_find_byte(buf_str(&out), '\x1b'), STR_NOT_FOUND);
    assert_int_equal(str_find(buf_str(&out), STR("\xe2\x80\xae")), STR_NOT_FOUND);
    assert_int_equal(text_invalid_at(buf_str(&out)), STR_NOT_FOUND);
    assert_int_equal(str_find(buf_str(&out), STR("title><script")), STR_NOT_FOUND);
    assert_int_not_equal(str_find(buf_str(&out), STR("&lt;script&gt;&amp;&quot;")), STR_NOT_FOUND);
    assert_int_not_equal(str_find(buf_str(&out), STR("b\\\"];")), STR_NOT_FOUND);
    buf_free(&out);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_look_as_they_were_judged),
        cmocka_unit_test(a_tree_is_drawn_without_a_crossing),
        cmocka_unit_test(every_link_has_an_arrow_and_every_title_its_room),
        cmocka_unit_test(lines_of_two_questions_only_cross),
        cmocka_unit_test(every_question_is_reached_with_the_arrow_keys),
        cmocka_unit_test(a_question_alone_is_a_picture_too),
        cmocka_unit_test(titles_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
