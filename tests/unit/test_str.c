#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"

static void finds_first_occurrence(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("abcabd"), STR("abd")), 3);
    assert_true(str_find(STR("ab"), STR("abc")) == STR_NOT_FOUND);
    assert_true(str_find((struct str){0}, STR("a")) == STR_NOT_FOUND);
    assert_int_equal(str_find(STR("aaab"), STR("ab")), 2);
}

static void finds_at_any_place_of_a_long_text(void **state)
{
    (void)state;
    char text[300];
    for (size_t len = 1; len < 70; len += 17)
        for (size_t at = 0; at + len <= sizeof text; at++) {
            memset(text, 'a', sizeof text);
            memset(text + at, 'b', len);
            assert_int_equal(str_find((struct str){text, sizeof text}, (struct str){text + at, len}), at);
            assert_true(str_find((struct str){text, at + len - 1}, (struct str){text + at, len}) ==
                        STR_NOT_FOUND);
        }
}

static void lines_lose_their_ends(void **state)
{
    (void)state;
    struct str rest = STR("one\r\n\nthree"), line;
    assert_true(str_next_line(&rest, &line));
    assert_true(str_eq(line, STR("one")));
    assert_true(str_next_line(&rest, &line));
    assert_int_equal(line.len, 0);
    assert_true(str_next_line(&rest, &line));
    assert_true(str_eq(line, STR("three")));
    assert_false(str_next_line(&rest, &line));
}

static void first_bytes_are_in_the_order_of_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a", "ab", "abcdefgh", "abcdefgi", "b", "\xc3\xa9"};
    for (size_t i = 1; i < sizeof texts / sizeof *texts; i++)
        assert_true(str_first_bytes(str_from(texts[i - 1])) < str_first_bytes(str_from(texts[i])));
    assert_true(str_first_bytes(STR("abcdefgh")) == str_first_bytes(STR("abcdefghi")));
}

static void paths_have_a_last_part(void **state)
{
    (void)state;
    assert_true(str_eq(str_last_part(STR("/a/b.md")), STR("b.md")));
    assert_true(str_eq(str_last_part(STR("b.md")), STR("b.md")));
    assert_true(str_eq(str_last_part(STR("a/")), STR("")));
    assert_true(str_eq(str_last_part((struct str){0}), STR("")));
}

static void numbers_are_checked(void **state)
{
    (void)state;
    uint64_t value = 0;
    assert_true(str_to_u64(STR("18446744073709551615"), &value));
    assert_true(value == UINT64_MAX);
    assert_false(str_to_u64(STR("18446744073709551616"), &value));
    assert_false(str_to_u64(STR("1 "), &value));
    assert_false(str_to_u64(STR(""), &value));
}

static void trims_and_compares(void **state)
{
    (void)state;
    assert_true(str_eq(str_trim(STR(" \t a b\n")), STR("a b")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_eq_ignore_case(STR("Liver"), STR("lIVER")));
    assert_true(str_ends(STR("file.md"), STR(".md")));
}

static void arena_keeps_what_it_was_given(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str words[1000];
    for (int i = 0; i < 1000; i++)
        words[i] = arena_printf(&arena, "word %d", i);
    char *large = arena_alloc(&arena, (size_t)3 << 20);
    assert_int_equal(large[((size_t)3 << 20) - 1], 0);
    assert_true(str_eq(words[999], STR("word 999")));
    assert_true(str_eq(words[0], STR("word 0")));
    assert_int_equal((uintptr_t)arena_alloc(&arena, 1) % 16, 0);
    arena_reset(&arena);
    assert_non_null(arena.head);
    arena_free(&arena);
    assert_null(arena.head);
}

static void errors_name_their_place(void **state)
{
    (void)state;
    struct err err;
    struct buf out = {0};
    assert_int_equal(err_set_at(&err, ERR_FORMAT, 3, 7, "unknown %s", "thing"), -1);
    err_set_path(&err, STR("a/b.md"));
    err_format(&err, &out);
    assert_true(str_eq(buf_str(&out), STR("a/b.md:3:7: unknown thing")));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_first_occurrence),
        cmocka_unit_test(finds_at_any_place_of_a_long_text),
        cmocka_unit_test(lines_lose_their_ends),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(trims_and_compares),
        cmocka_unit_test(arena_keeps_what_it_was_given),
        cmocka_unit_test(errors_name_their_place),
        cmocka_unit_test(paths_have_a_last_part),
        cmocka_unit_test(first_bytes_are_in_the_order_of_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
