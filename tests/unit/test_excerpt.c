/* Text that is copied from a page: joined again, formulas as TeX, tables and code as they were written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/layout.h"

struct room {
    struct arena arena;
    struct layout layout;
    struct buf out;
};

static void lay(struct room *room, const char *source, size_t width, bool wraps)
{
    struct layout_options options = {.width = width, .reach = wraps ? 0 : width, .wraps = wraps};
    *room = (struct room){0};
    layout_build(&room->arena, markdown_parse(&room->arena, str_from(source)), &options, &room->layout);
}

static void let_go(struct room *room)
{
    buf_free(&room->out);
    arena_free(&room->arena);
}

static void assert_excerpt(const char *source, size_t width, struct layout_place from, struct layout_place to,
                           const char *expected)
{
    struct room room;
    lay(&room, source, width, true);
    layout_excerpt(&room.layout, from, to, TEXT_UTF8, &room.out);
    assert_string_equal(buf_cstr(&room.out), expected);
    let_go(&room);
}

static void assert_whole(const char *source, size_t width, const char *expected)
{
    assert_excerpt(source, width, (struct layout_place){0}, (struct layout_place){SIZE_MAX, SIZE_MAX},
                   expected);
}

static void broken_lines_are_joined(void **state)
{
    (void)state;
    assert_whole("one two three well-known facts\n\nnext", 11, "one two three well-known facts\n\nnext");
    assert_whole("a soft\xC2\xADware x", 8, "a software x");
    assert_whole("abcdefgh ij", 3, "abcdefgh ij");
    assert_whole("中文中文 中", 4, "中文中文 中");
    assert_whole("one  \ntwo", 20, "one\ntwo");
}

static void what_is_no_text_is_left_out(void **state)
{
    (void)state;
    assert_whole("# Head\n\n> one two\n>\n> three\n", 6, "Head\n\none two\n\nthree");
    assert_whole("```c\nint a;\n\n    b;\n```\n", 40, "int a;\n\n    b;");
    assert_whole("```c\n0123456789 abcdef\n```\n", 16, "0123456789 abcdef");
    assert_whole("- one\n  - two three four\n", 20, "• one\n   ◦ two three four");
}

static void formulas_are_tex(void **state)
{
    (void)state;
    assert_whole("Let $x^2 + \\alpha$ be *so*.", 80, "Let $x^2 + \\alpha$ be so.");
    assert_whole("Let $a + b + c + d + e + f + g + h + i + j$ be so.", 16,
                 "Let $a + b + c + d + e + f + g + h + i + j$ be so.");
    assert_whole("So\n\n$$\\frac{a}{b}$$\n\nand", 40, "So\n\n$$\\frac{a}{b}$$\n\nand");
    assert_excerpt("Let $x^2 + y$ be", 80, (struct layout_place){0, 6}, (struct layout_place){0, 7},
                   "$x^2 + y$");
}

static void blanks_that_widen_lines_are_no_text(void **state)
{
    (void)state;
    struct room room = {0};
    struct layout_options options = {.width = 15, .justify = true};
    layout_build(&room.arena, markdown_parse(&room.arena, STR("a bb cc *dd ee* fff ggg")), &options,
                 &room.layout);
    layout_excerpt(&room.layout, (struct layout_place){0}, (struct layout_place){SIZE_MAX, SIZE_MAX},
                   TEXT_UTF8, &room.out);
    assert_int_equal(room.layout.line_count, 2);
    assert_true(room.layout.lines[0].count > 3);
    assert_string_equal(buf_cstr(&room.out), "a bb cc dd ee fff ggg");
    let_go(&room);
}

static void parts_of_lines_are_cut_between_glyphs(void **state)
{
    (void)state;
    struct layout_place first = {0, 4}, last = {1, 2};
    assert_excerpt("one two three four", 10, first, last, "two thr");
    /* A wide character counts where it begins, a mark with its letter. */
    assert_excerpt("a中e\xCC\x81z", 20, (struct layout_place){0, 1}, (struct layout_place){0, 3},
                   "中e\xCC\x81");
    assert_excerpt("a中e", 20, (struct layout_place){0, 2}, (struct layout_place){0, 3}, "e");
}

static void tables_keep_their_columns(void **state)
{
    (void)state;
    assert_whole("|a|b|\n|---|--:|\n|one|2|\n", 40, "a   │ b\n────┼──\none │ 2");
}

static void assert_block(const char *source, const char *expected)
{
    struct room room;
    lay(&room, source, 40, false);
    assert_int_equal(room.layout.block_count, 1);
    buf_add(&room.out, room.layout.blocks[0].text);
    assert_string_equal(buf_cstr(&room.out), expected);
    let_go(&room);
}

static void blocks_know_what_was_written(void **state)
{
    (void)state;
    assert_block("x\n\n```c\nint a;\n  b\tc\n```\n", "int a;\n  b\tc\n");
    assert_block("x\n\n| a | b |\n|---|--:|\n| one | `2` |\n\ny\n", "| a | b |\n|---|--:|\n| one | `2` |\n");
    assert_block("a | b\n---|---\n1 | 2", "a | b\n---|---\n1 | 2");
    assert_block("> - | a | b |\n>   |---|---|\n>   | 1 | 2 |\n\nz\n", "| a | b |\n|---|---|\n| 1 | 2 |\n");
    assert_block("|  |  |\n|---|---|\n| 1 | 2 |\n", "|  |  |\n|---|---|\n| 1 | 2 |\n");
}

static void what_is_copied_is_clean(void **state)
{
    (void)state;
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"a\tb\nc", "a\tb\nc"},
        {"e\xCC\x81 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC",
         "e\xCC\x81 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC"},
        {"\x1b]0;x\x07", "\xEF\xBF\xBD]0;x\xEF\xBF\xBD"},
        {"a\r\xC2\x9B"
         "1m\xFF",
         "a\xEF\xBF\xBD\xEF\xBF\xBD"
         "1m\xEF\xBF\xBD"},
        {"\xE2\x80\xAE"
         "x\x7F",
         "\xEF\xBF\xBD"
         "x\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        text_clean(&out, str_from(cases[i].text));
        assert_string_equal(buf_cstr(&out), cases[i].clean);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_copied_is_clean),
        cmocka_unit_test(broken_lines_are_joined),
        cmocka_unit_test(what_is_no_text_is_left_out),
        cmocka_unit_test(formulas_are_tex),
        cmocka_unit_test(blanks_that_widen_lines_are_no_text),
        cmocka_unit_test(parts_of_lines_are_cut_between_glyphs),
        cmocka_unit_test(tables_keep_their_columns),
        cmocka_unit_test(blocks_know_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
