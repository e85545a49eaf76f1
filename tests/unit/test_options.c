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
    return options_parse(options, NULL, argc, argv, &at, err) == 0 ? at : -1;
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

static void switches_can_be_switched_both_ways(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    const char *const arguments[] = {"lectern", "--ascii", "--no-ascii", "--no-colour", "--fresh", NULL};
    assert_int_equal(parse(&options, arguments, &err), 5);
    assert_false(options.ascii);
    assert_true(options.no_colour && options.fresh);
    options_free(&options);
    const char *const value[] = {"lectern", "--no-width", NULL};
    assert_int_equal(parse(&options, value, &err), -1);
    const char *const act[] = {"lectern", "--no-help", NULL};
    assert_int_equal(parse(&options, act, &err), -1);
}

static int set(struct options *options, const char *name, const char *value, struct err *err)
{
    return options_set(options, str_from(name), str_from(value), err);
}

static void a_file_sets_what_the_command_line_does_not(void **state)
{
    (void)state;
    struct options options;
    struct err err;
    const char *const arguments[] = {"lectern", "-w", "40", "--no-ascii", "-l", "mine", NULL};
    assert_int_equal(parse(&options, arguments, &err), 6);
    assert_int_equal(set(&options, "width", "60", &err), 0);
    assert_int_equal(set(&options, "ascii", "yes", &err), 0);
    assert_int_equal(set(&options, "library", "/books", &err), 0);
    assert_int_equal(set(&options, "colour", "no", &err), 0);
    assert_int_equal(set(&options, "editor", "vi -n", &err), 0);
    assert_int_equal(options.width, 40);
    assert_false(options.ascii);
    assert_int_equal(options.library_count, 1);
    assert_true(options.no_colour);
    assert_string_equal(options.editor, "vi -n");
    options_free(&options);
}

static void what_is_no_setting_is_said(void **state)
{
    (void)state;
    struct options options = {0};
    struct err err;
    assert_int_equal(set(&options, "widht", "60", &err), -1);
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_string_equal(err.message, "there is no option widht, but width");
    assert_int_equal(set(&options, "help", "yes", &err), -1);
    assert_int_equal(set(&options, "", "yes", &err), -1);
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_int_equal(set(&options, "width", "600", &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_int_equal(set(&options, "colour", "maybe", &err), -1);
    assert_int_equal(options.width, 0);
    assert_int_equal(set(&options, "width", "60", &err), 0);
    assert_int_equal(set(&options, "width", "70", &err), -1);
    assert_int_equal(options.width, 60);
    assert_int_equal(set(&options, "library", "/a", &err), 0);
    assert_int_equal(set(&options, "library", "/b", &err), 0);
    assert_int_equal(options.library_count, 2);
    options_free(&options);
}

static void settings_are_printed_as_they_are(void **state)
{
    (void)state;
    struct options options = {0};
    struct buf out = {0};
    struct err err;
    set(&options, "width", "60", &err);
    set(&options, "library", "/a b", &err);
    set(&options, "library", "/\xc3\xa9", &err);
    set(&options, "editor", "a \"b\" \\c\n", &err);
    options_print(&options, &out);
    static const char *const parts[] = {
        "\nwidth: 60\n",
        "\nlibrary:\n  - /a b\n  - \"/\xc3\xa9\"\n",
        "\neditor: \"a \\\"b\\\" \\\\c\\x0a\"\n",
        "\n# colour: yes\n",
        "\n# copy-command: \"\"\n",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(str_find(buf_str(&out), str_from(parts[i])) != STR_NOT_FOUND);
    assert_true(str_find(buf_str(&out), STR("help:")) == STR_NOT_FOUND);
    buf_free(&out);
    options_free(&options);
}

static void every_option_is_in_the_help(void **state)
{
    (void)state;
    struct buf out = {0};
    options_help(NULL, 0, &out);
    static const struct str parts[] = {
        {"-l, --library PATH", 18}, {"-w, --width N", 13}, {"--[no-]ascii", 12},
        {"--[no-]colour", 13},      {"-h, --help", 10},    {"-V, --version", 13},
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
        cmocka_unit_test(switches_can_be_switched_both_ways),
        cmocka_unit_test(a_file_sets_what_the_command_line_does_not),
        cmocka_unit_test(what_is_no_setting_is_said),
        cmocka_unit_test(settings_are_printed_as_they_are),
        cmocka_unit_test(every_option_is_in_the_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
