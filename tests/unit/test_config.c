/* A configuration file: what it says, what is wrong with it, and that nothing in it can hold the reader up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/bounds.h"
#include "lectern/config.h"

/* What was read, a line each: "section.name=value@line:column", and "! message". */
struct seen {
    struct buf settings, problems;
    size_t problem_count;
};

static int take(void *context, const struct config_setting *setting, struct err *err)
{
    struct seen *seen = context;
    if (str_eq(setting->value, STR("bad")))
        return err_set(err, ERR_USAGE, "bad value");
    if (str_eq(setting->name, STR("unknown")))
        return err_set_at(err, ERR_USAGE, setting->name_place.line, setting->name_place.column, "bad name");
    if (setting->section.len)
        buf_printf(&seen->settings, "%.*s.", STR_ARG(setting->section));
    buf_printf(&seen->settings, "%.*s=%.*s@%zu:%zu\n", STR_ARG(setting->name), STR_ARG(setting->value),
               setting->value_place.line, setting->value_place.column);
    return 0;
}

static void tell(void *context, const struct err *err)
{
    struct seen *seen = context;
    seen->problem_count++;
    buf_printf(&seen->problems, "%zu:%zu %s\n", err->line, err->column, err->message);
    assert_true(str_ends(str_from(err->path), STR("/config")));
}

static int read_config(struct folder *folder, struct seen *seen, struct err *err)
{
    struct config_reader reader = {seen, take, tell};
    return config_read(folder_path(folder, "config"), &reader, err);
}

static void expect(void **state, const char *text, const char *settings, const char *problems)
{
    struct seen seen = {0};
    struct err err;
    folder_write(*state, "config", text);
    assert_int_equal(read_config(*state, &seen, &err), 0);
    assert_string_equal(buf_cstr(&seen.settings), settings);
    assert_string_equal(buf_cstr(&seen.problems), problems);
    buf_free(&seen.settings);
    buf_free(&seen.problems);
}

static void settings_have_names_values_and_places(void **state)
{
    expect(state, "# mine\n\nwidth: 60\nascii: yes # all of it\neditor: \"vi -n\"\n",
           "width=60@3:8\nascii=yes@4:8\neditor=vi -n@5:9\n", "");
    expect(state, "\xef\xbb\xbfwidth: 60\r\nascii: no\r\n", "width=60@1:8\nascii=no@2:8\n", "");
    expect(state, "  width: 60\n  ascii: no\n", "width=60@1:10\nascii=no@2:10\n", "");
    expect(state, "---\nwidth: 60\n", "width=60@2:8\n", "");
    expect(state, "ö: é\nwidth:\n", "ö=é@1:4\nwidth=@2:7\n", "");
    expect(state, "{width: 60, ascii: no}\n", "width=60@1:9\nascii=no@1:20\n", "");
    expect(state, "", "", "");
    expect(state, "# nothing\n", "", "");
}

static void lists_and_sections_are_one_value_after_the_other(void **state)
{
    expect(state, "library:\n  - a\n  - b\nwidth: 9\n", "library=a@2:5\nlibrary=b@3:5\nwidth=9@4:8\n", "");
    expect(state, "library:\n- a\n# or\n\n- b\n", "library=a@2:3\nlibrary=b@5:3\n", "");
    expect(state, "library: [a,\n  b\n]\n", "library=a@1:11\nlibrary=b@2:3\n", "");
    expect(state, "keys:\n  x: up\n  \"#\": down\nwidth: 9\n",
           "keys.x=up@2:6\nkeys.#=down@3:8\nwidth=9@4:8\n", "");
}

static void what_is_wrong_is_told_and_reading_goes_on(void **state)
{
    expect(state, "width: bad\nunknown: 3\nascii: no\n", "ascii=no@3:8\n",
           "1:8 bad value; it is left out\n2:1 bad name; it is left out\n");
    expect(state, "just words\nascii: no\n", "ascii=no@2:8\n",
           "1:1 a setting is written as \"name: value\"; it is left out\n");
    expect(state, "editor: \"vi\nascii: no\n", "ascii=no@2:8\n",
           "2:1 no YAML: found unexpected end of stream while scanning a quoted scalar; it is left out\n");
    expect(state, "a: {b: {c: d}}\nascii: no\n", "ascii=no@2:8\n",
           "1:8 no setting is nested so deep; it is left out\n");
    expect(state, "a: &x b\nb: *x\nascii: no\n", "a=b@1:4\nascii=no@3:8\n",
           "2:4 aliases are not followed; it is left out\n");
    expect(state, "a: b\x01\nb: \xff\nascii: no\n", "ascii=no@3:8\n",
           "1:0 no YAML: control characters are not allowed; it is left out\n"
           "2:0 no YAML: invalid leading UTF-8 octet; it is left out\n");
}

static void only_so_many_problems_are_told(void **state)
{
    struct buf text = {0};
    struct seen seen = {0};
    struct err err;
    for (unsigned i = 0; i < 2 * BOUND_CONFIG_PROBLEMS; i++)
        buf_add(&text, STR("width: bad\n"));
    buf_add(&text, STR("ascii: no\n"));
    folder_write(*state, "config", buf_cstr(&text));
    assert_int_equal(read_config(*state, &seen, &err), 0);
    assert_int_equal(seen.problem_count, BOUND_CONFIG_PROBLEMS);
    assert_true(str_ends(buf_str(&seen.problems), STR("and so is the rest\n")));
    assert_int_equal(seen.settings.len, 0);
    buf_free(&seen.settings);
    buf_free(&seen.problems);
    buf_free(&text);
}

/* libyaml alone would need seconds for the brackets. */
static void a_file_made_to_hold_up_does_not(void **state)
{
    static const char *const pieces[] = {"[",   "[\n ", "{",   "- ",    "? ",      "a: ", "\"",
                                         "&a ", "!",    "x\n", "*a\n ", "{a: b, ", "'"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf text = {0};
        struct seen seen = {0};
        struct err err;
        while (text.len + 16 < BOUND_CONFIG_BYTES)
            buf_add(&text, str_from(pieces[i]));
        folder_write(*state, "config", buf_cstr(&text));
        assert_int_equal(read_config(*state, &seen, &err), 0);
        assert_true(seen.problem_count <= BOUND_CONFIG_PROBLEMS);
        buf_free(&seen.settings);
        buf_free(&seen.problems);
        buf_free(&text);
    }
}

static void expect_unread(struct folder *folder, enum err_kind kind)
{
    struct seen seen = {0};
    struct err err = {0};
    assert_int_equal(read_config(folder, &seen, &err), -1);
    assert_int_equal(err.kind, kind);
    assert_true(str_ends(str_from(err.path), STR("/config")));
    assert_int_equal(seen.settings.len + seen.problems.len, 0);
}

static void what_is_no_file_of_text_is_not_read(void **state)
{
    struct folder *folder = *state;
    char *path = folder_path(folder, "config");
    unlink(path);
    expect_unread(folder, ERR_NOT_FOUND);
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_unread(folder, ERR_KIND);
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    expect_unread(folder, ERR_KIND);
    rmdir(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fwrite("ascii: no\n\0", 1, 11, file);
    fclose(file);
    expect_unread(folder, ERR_FORMAT);
    assert_int_equal(truncate(path, BOUND_CONFIG_BYTES + 1), 0);
    expect_unread(folder, ERR_TOO_BIG);
}

static void the_usual_place_is_told_by_the_environment(void **state)
{
    (void)state;
    struct buf path = {0};
    assert_int_equal(config_path(&path, "/etc/me", "/home/me"), 0);
    assert_string_equal(buf_cstr(&path), "/etc/me/lectern/config");
    buf_clear(&path);
    assert_int_equal(config_path(&path, "me", "/home/me"), 0);
    assert_string_equal(buf_cstr(&path), "/home/me/.config/lectern/config");
    assert_int_equal(config_path(&path, "", "me"), -1);
    assert_int_equal(config_path(&path, NULL, NULL), -1);
    buf_free(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(settings_have_names_values_and_places, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(lists_and_sections_are_one_value_after_the_other, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_told_and_reading_goes_on, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(only_so_many_problems_are_told, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_file_made_to_hold_up_does_not, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_is_no_file_of_text_is_not_read, folder_make, folder_remove),
        cmocka_unit_test(the_usual_place_is_told_by_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
