#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/options.h"

#define MOST 8

/* Parses up to the first word; returns its number, or -1. */
static int parse(struct options *options, const char *const *arguments, struct err *err)
{
    char *argv[MOST + 1];
    int argc = 0, at = 1;
    for (; argc < MOST && arguments[argc]; argc++)
        argv[argc] = (char *)arguments[argc];
    argv[argc] = NULL;
    *options = (struct options){0};
    return options_parse(options, argc, argv, &at, err) == 0 ? at : -1;
}

static void options_come_before_words(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    const char *const arguments[] = {"lectern", "-l", "one", "--width=40", "--ascii", "word", "-h", NULL};
    assert_int_equal(parse(&options, arguments, &err), 5);
    assert_int_equal(options.library_count, 1);
    assert_string_equal(options.libraries[0], "one");
    assert_int_equal(options.width, 40);
    assert_true(options.ascii);
    assert_false(options.help);
    options_free(&options);
}

static void libraries_add_up_in_every_spelling(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    const char *const arguments[] = {"lectern", "-lone",         "-l", "-two", "--library",
                                     "",        "--library=a=b", NULL};
    assert_int_equal(parse(&options, arguments, &err), 7);
    static const char *const expected[] = {"one", "-two", "", "a=b"};
    assert_int_equal(options.library_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(options.libraries[i], expected[i]);
    options_free(&options);
}

static void settings_of_studying_are_kept_as_given(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    const char *const arguments[] = {
        "lectern", "--study-new=7", "--study-retention", "0.8", "--study-parameters", "1, 2", "--study-fuzz",
        NULL};
    assert_int_equal(parse(&options, arguments, &err), 7);
    assert_string_equal(options.study.cards, "7");
    assert_string_equal(options.study.retention, "0.8");
    assert_string_equal(options.study.parameters, "1, 2");
    assert_true(options.study.fuzz);
    options_free(&options);
}

static void short_options_may_be_joined(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    const char *const arguments[] = {"lectern", "-Vhw", "33", NULL};
    assert_int_equal(parse(&options, arguments, &err), 3);
    assert_true(options.version && options.help);
    assert_int_equal(options.width, 33);
    options_free(&options);
}

static void words_that_look_like_options_follow_two_dashes(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    const char *const dashes[] = {"lectern", "--", "-h", NULL};
    assert_int_equal(parse(&options, dashes, &err), 2);
    assert_true(options.ended);
    assert_false(options.help);
    const char *const dash[] = {"lectern", "-", "-h", NULL};
    assert_int_equal(parse(&options, dash, &err), 1);
    options_free(&options);
}

static void what_is_no_option_is_said(void **state)
{
    (void)state;
    static const char *const arguments[][4] = {
        {"lectern", "--unknown"},
        {"lectern", "-z"},
        {"lectern", "-hz"},
        {"lectern", "-l"},
        {"lectern", "--width"},
        {"lectern", "-w", "19"},
        {"lectern", "-w", "501"},
        {"lectern", "-w", "x"},
        {"lectern", "--help=1"},
        {"lectern", "--lib", "x"},
        {"lectern", "--width=", "40"},
        {"lectern", "--=x"},
    };
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        struct options options;
        struct err err = {0};
        assert_int_equal(parse(&options, arguments[i], &err), -1);
        assert_int_equal(err.kind, ERR_USAGE);
        options_free(&options);
    }
}

static void every_option_is_in_the_help(void **state)
{
    (void)state;
    struct buf out = {0};
    options_help(&out);
    static const struct str parts[] = {
        {"-l, --library PATH", 18}, {"-w, --width N", 13}, {"--ascii", 7},
        {"--no-colour", 11},        {"-h, --help", 10},    {"-V, --version", 13},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(str_find(buf_str(&out), parts[i]) != STR_NOT_FOUND);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_come_before_words),
        cmocka_unit_test(libraries_add_up_in_every_spelling),
        cmocka_unit_test(settings_of_studying_are_kept_as_given),
        cmocka_unit_test(short_options_may_be_joined),
        cmocka_unit_test(words_that_look_like_options_follow_two_dashes),
        cmocka_unit_test(what_is_no_option_is_said),
        cmocka_unit_test(every_option_is_in_the_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
