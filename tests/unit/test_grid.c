#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/grid.h"

#define WIDE "\xe6\xbc\xa2" /* a Han character, two cells */

static struct grid new_grid(size_t rows, size_t columns, enum text_charset charset)
{
    struct grid grid = {0};
    grid_resize(&grid, rows, columns, charset);
    return grid;
}

static void assert_row(const struct grid *grid, size_t row, const char *text)
{
    struct buf out = {0};
    grid_row_text(grid, row, &out);
    assert_string_equal(buf_cstr(&out), text);
    buf_free(&out);
}

static void text_is_clipped_to_its_cells(void **state)
{
    (void)state;
    struct grid grid = new_grid(2, 10, TEXT_UTF8);
    assert_int_equal(grid_put(&grid, 0, 2, 3, STR("abcdef"), STYLE_TITLE), 3);
    assert_int_equal(grid_put(&grid, 1, 8, 100, STR("abcdef"), STYLE_TEXT), 2);
    assert_int_equal(grid_put(&grid, 2, 0, 5, STR("out"), STYLE_TEXT), 0);
    assert_int_equal(grid_put(&grid, 0, 10, 5, STR("out"), STYLE_TEXT), 0);
    assert_int_equal(grid_put(&grid, SIZE_MAX, SIZE_MAX, SIZE_MAX, STR("out"), STYLE_TEXT), 0);
    assert_row(&grid, 0, "  abc");
    assert_row(&grid, 1, "        ab");
    assert_int_equal(grid_cell_at(&grid, 0, 2)->style, STYLE_TITLE);
    assert_int_equal(grid_cell_at(&grid, 0, 5)->style, STYLE_TEXT);
    assert_null(grid_cell_at(&grid, 2, 0));
    grid_free(&grid);
}

static void wide_characters_take_two_cells(void **state)
{
    (void)state;
    struct grid grid = new_grid(1, 6, TEXT_UTF8);
    assert_int_equal(grid_put(&grid, 0, 0, 5, STR(WIDE WIDE WIDE), STYLE_TEXT), 4);
    assert_row(&grid, 0, WIDE WIDE);
    assert_int_equal(grid_cell_at(&grid, 0, 0)->width, 2);
    assert_int_equal(grid_cell_at(&grid, 0, 1)->width, 0);
    assert_int_equal(grid_cell_at(&grid, 0, 1)->len, 0);
    grid_free(&grid);
}

static void half_of_a_wide_character_is_never_left(void **state)
{
    (void)state;
    struct grid grid = new_grid(1, 6, TEXT_UTF8);
    grid_put(&grid, 0, 0, 6, STR(WIDE WIDE WIDE), STYLE_TEXT);
    grid_put(&grid, 0, 1, 1, STR("x"), STYLE_TEXT);
    assert_row(&grid, 0, " x" WIDE WIDE);
    grid_put(&grid, 0, 2, 1, STR("y"), STYLE_TEXT);
    assert_row(&grid, 0, " xy " WIDE);
    grid_put(&grid, 0, 3, 2, STR(WIDE), STYLE_TEXT);
    assert_row(&grid, 0, " xy" WIDE);
    size_t width = 0;
    for (size_t column = 0; column < 6; column++)
        width += grid_cell_at(&grid, 0, column)->width;
    assert_int_equal(width, 6);
    grid_free(&grid);
}

static void controls_never_reach_a_cell(void **state)
{
    (void)state;
    struct grid grid = new_grid(1, 40, TEXT_UTF8);
    grid_put(&grid, 0, 0, 40, STR("a\033[31mb\r\n\x7f\xc2\x9b\xff\xe2\x80\xae"), STYLE_TEXT);
    for (size_t i = 0; i < grid.text.len; i++)
        assert_true((unsigned char)grid.text.at[i] >= 0x20 && grid.text.at[i] != 0x7f);
    assert_true(str_find(buf_str(&grid.text), STR("\xc2\x9b")) == STR_NOT_FOUND);
    assert_true(str_find(buf_str(&grid.text), STR("\xe2\x80\xae")) == STR_NOT_FOUND);
    grid_free(&grid);
}

static void marks_stay_in_the_cell_of_their_base(void **state)
{
    (void)state;
    struct grid grid = new_grid(1, 4, TEXT_UTF8);
    assert_int_equal(grid_put(&grid, 0, 0, 4, STR("e\xcc\x81x"), STYLE_TEXT), 2);
    assert_true(str_eq(grid_cell_text(&grid, grid_cell_at(&grid, 0, 0)), STR("e\xcc\x81")));
    assert_true(str_eq(grid_cell_text(&grid, grid_cell_at(&grid, 0, 1)), STR("x")));
    grid_free(&grid);
}

static void ascii_grids_hold_ascii_only(void **state)
{
    (void)state;
    struct grid grid = new_grid(1, 20, TEXT_ASCII);
    size_t used = grid_put(&grid, 0, 0, 20, STR("\xe2\x80\xa6" WIDE "\xe2\x94\x80"), STYLE_TEXT);
    assert_true(used > 0);
    for (size_t i = 0; i < grid.text.len; i++)
        assert_true(grid.text.at[i] >= 0x20 && grid.text.at[i] < 0x7f);
    for (size_t column = 0; column < used; column++) {
        assert_int_equal(grid_cell_at(&grid, 0, column)->width, 1);
        assert_int_equal(grid_cell_at(&grid, 0, column)->len, 1);
    }
    grid_free(&grid);
}

static void marking_adds_flags_and_keeps_roles(void **state)
{
    (void)state;
    struct grid grid = new_grid(3, 5, TEXT_UTF8);
    grid_put(&grid, 1, 0, 5, STR("abcde"), STYLE_LINK);
    grid_mark(&grid, 1, 1, SIZE_MAX, 2, STYLE_SELECTED | STYLE_TITLE);
    assert_int_equal(grid_cell_at(&grid, 1, 0)->style, STYLE_LINK);
    assert_int_equal(grid_cell_at(&grid, 1, 1)->style, STYLE_LINK | STYLE_SELECTED);
    assert_int_equal(grid_cell_at(&grid, 2, 2)->style, STYLE_TEXT | STYLE_SELECTED);
    assert_int_equal(grid_cell_at(&grid, 2, 3)->style, STYLE_TEXT);
    assert_int_equal(grid_cell_at(&grid, 0, 1)->style, STYLE_TEXT);
    grid_free(&grid);
}

static void filling_repeats_one_glyph(void **state)
{
    (void)state;
    struct grid grid = new_grid(2, 7, TEXT_UTF8);
    grid_fill(&grid, 0, 1, 3, STR("\xe2\x94\x80"), STYLE_RULE);
    assert_row(&grid, 0, " \xe2\x94\x80\xe2\x94\x80\xe2\x94\x80");
    grid_fill(&grid, 1, 0, 100, STR(WIDE), STYLE_RULE);
    assert_row(&grid, 1, WIDE WIDE WIDE);
    grid_free(&grid);
}

static void sizes_and_cursor_are_clamped(void **state)
{
    (void)state;
    struct grid grid = new_grid(0, 100000, TEXT_UTF8);
    assert_int_equal(grid.rows, 1);
    assert_int_equal(grid.columns, 500);
    grid_set_cursor(&grid, 7, 700, true);
    assert_int_equal(grid.cursor_row, 0);
    assert_int_equal(grid.cursor_column, 499);
    grid_put(&grid, 0, 0, 5, STR("gone"), STYLE_TEXT);
    grid_resize(&grid, 4, 4, TEXT_UTF8);
    assert_row(&grid, 0, "");
    assert_false(grid.cursor_visible);
    grid_free(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_clipped_to_its_cells),
        cmocka_unit_test(wide_characters_take_two_cells),
        cmocka_unit_test(half_of_a_wide_character_is_never_left),
        cmocka_unit_test(controls_never_reach_a_cell),
        cmocka_unit_test(marks_stay_in_the_cell_of_their_base),
        cmocka_unit_test(ascii_grids_hold_ascii_only),
        cmocka_unit_test(marking_adds_flags_and_keeps_roles),
        cmocka_unit_test(filling_repeats_one_glyph),
        cmocka_unit_test(sizes_and_cursor_are_clamped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
