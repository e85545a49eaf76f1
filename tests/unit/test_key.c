#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/key.h"

static void assert_name(key k, const char *name)
{
    struct buf out = {0};
    key_format(k, &out);
    assert_string_equal(buf_cstr(&out), name);
    buf_free(&out);
}

static void keys_have_names(void **state)
{
    (void)state;
    assert_name('j', "j");
    assert_name(KEYS_CONTROL | 'o', "C-o");
    assert_name(KEYS_TAB, "Tab");
    assert_name(KEYS_SHIFT | KEYS_TAB, "S-Tab");
    assert_name(KEYS_PAGE_DOWN, "PgDn");
    assert_name(KEYS_SPACE, "Space");
    assert_name(KEYS_F1, "F1");
    assert_name(KEYS_F12, "F12");
    assert_name(KEYS_ALT | 'x', "A-x");
    assert_name(0xe9, "\xc3\xa9");
    assert_name(KEYS_CONTROL | KEYS_ALT | KEYS_LEFT, "C-A-Left");
}

static void names_are_read_back(void **state)
{
    (void)state;
    static const key keys[] = {
        'j',
        'G',
        '?',
        '-',
        0xe9,
        0x1f600,
        KEYS_CONTROL | 'o',
        KEYS_CONTROL | KEYS_ALT | 'a',
        KEYS_ALT | '-',
        KEYS_SHIFT | KEYS_TAB,
        KEYS_CONTROL | KEYS_RIGHT,
        KEYS_CONTROL | ']',
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct buf name = {0};
        key parsed = KEYS_NONE;
        key_format(keys[i], &name);
        assert_true(key_parse(buf_str(&name), &parsed));
        assert_int_equal(parsed, keys[i]);
        buf_free(&name);
    }
    for (key code = KEYS_NAMED; code <= KEYS_F12; code++) {
        struct buf name = {0};
        key parsed = KEYS_NONE;
        key_format(code, &name);
        assert_true(name.len > 0);
        assert_true(key_parse(buf_str(&name), &parsed));
        assert_int_equal(parsed, code);
        buf_free(&name);
    }
}

static void what_is_no_key_is_refused(void **state)
{
    (void)state;
    static const struct str names[] = {
        {"", 0},    {"jj", 2},  {"C-", 2},       {"C-i", 3}, {"C-m", 3},   {"C-h", 3},   {"C-[", 3},
        {"S-x", 3}, {"F0", 2},  {"F13", 3},      {"F01", 3}, {"\x1b", 1},  {"\xff", 1},  {" ", 1},
        {"C-O", 3}, {"tab", 3}, {"\xc2\x9b", 2}, {"\0", 1},  {"C-C-a", 5}, {"A-C-a", 5},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        key parsed = 0;
        assert_false(key_parse(names[i], &parsed));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_have_names),
        cmocka_unit_test(names_are_read_back),
        cmocka_unit_test(what_is_no_key_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
