#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/check.h"
#include "lectern/cmd.h"
#include "lectern/options.h"

/* A library in which everything that is reported occurs. */
static void write_library(struct folder *folder)
{
    folder_article(folder, "lib/a.md", "A", "id: 1\nrelated_article1: {id: 9, title: Gone}\n");
    folder_article(folder, "lib/b/c.md", "C", "id: 2\n");
    folder_article(folder, "lib/b.md", "A", "id: 1\nrelated_article1: {id: 9, title: Gone}\n");
    folder_article(folder, "lib/d.md", "D", "id: 2\nrelated_article1: {title: None}\n");
    folder_write(folder, "lib/.hidden", "x");
    folder_write(folder, "lib/tab\there\n", "A page\n\nof text.\n");
    if (symlink("a.md", folder_path(folder, "lib/link")) != 0)
        abort();
}

static void add_line(void *context, const struct check_entry *entry)
{
    static const char *const verdicts[] = {"ok", "warning", "skipped"};
    struct buf *out = context;
    const char *name = strstr(entry->path.at, "lib/");
    buf_printf(out, "%s %s%s|%u:%u|%.*s\n", verdicts[entry->verdict], name ? name : "?",
               entry->kind != CHECK_NO_PROBLEM ? "!" : "", (unsigned)entry->line, (unsigned)entry->column,
               STR_ARG(entry->message));
}

static void every_entry_is_reported_in_the_order_of_the_walk(void **state)
{
    struct folder *folder = *state;
    struct library *library;
    struct buf out = {0};
    write_library(folder);
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"lib"}, 1, &(struct library_scan){0}, &library);
    assert_int_equal(check_run(library, catalogue, add_line, &out), 5);
    static const char *const beginnings[] = {
        "skipped lib/.hidden|0:0|",
        "warning lib/a.md!|4:24|related article 1 is not in this library: \"Gone\" (id 9)",
        "ok lib/b/c.md|0:0|",
        "warning lib/b.md!|0:0|id 1 stands in ",
        "warning lib/d.md!|3:5|id 2 is already used by b/c.md with another text",
        "warning lib/d.md!|4:27|related article 1 is not in this library: \"None\"",
        "skipped lib/link!|0:0|",
    };
    struct str rest = buf_str(&out), line;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        assert_true(str_next_line(&rest, &line));
        if (!str_starts(line, str_from(beginnings[i])))
            fail_msg("%.*s\ninstead of %s", STR_ARG(line), beginnings[i]);
    }
    assert_true(str_starts(rest, STR("ok lib/tab\there\n|")));
    buf_free(&out);
    library_close(library);
    catalogue_release(catalogue);
}

/* A standard stream sent to a file for a while. */
struct capture {
    FILE *stream, *file;
    int saved;
};

static struct capture capture_start(FILE *stream)
{
    fflush(stream);
    struct capture capture = {stream, tmpfile(), dup(fileno(stream))};
    assert_non_null(capture.file);
    assert_true(dup2(fileno(capture.file), fileno(stream)) >= 0);
    return capture;
}

static void capture_end(struct capture *capture, struct buf *out)
{
    char bytes[4096];
    size_t len;
    fflush(capture->stream);
    dup2(capture->saved, fileno(capture->stream));
    close(capture->saved);
    rewind(capture->file);
    while ((len = fread(bytes, 1, sizeof bytes, capture->file)) > 0)
        buf_add(out, (struct str){bytes, len});
    fclose(capture->file);
}

/* Runs the command; what it prints on both streams comes in `*out`. */
static int run(struct folder *folder, int argc, char **argv, struct str *out)
{
    struct cmd_context context = {.charset = TEXT_UTF8};
    struct buf printed = {0};
    struct err err;
    struct options options = {0};
    const struct command *command = cmd_find(STR("check"));
    assert_non_null(command);
    struct cmd_call *call = cmd_call_new(command, &options, argc, argv, &err);
    struct capture output = capture_start(stdout);
    struct capture errors = capture_start(stderr);
    int status = call ? cmd_run(call, &context) : cmd_fail(&err, TEXT_UTF8);
    capture_end(&errors, &printed);
    capture_end(&output, &printed);
    *out = arena_str(&folder->arena, buf_str(&printed));
    buf_free(&printed);
    cmd_call_free(call);
    options_free(&options);
    return status;
}

static void porcelain_has_one_escaped_line_for_each_entry(void **state)
{
    struct folder *folder = *state;
    struct str out, line;
    write_library(folder);
    char *arguments[] = {"check", "--porcelain", folder_path(folder, "lib")};
    assert_int_equal(run(folder, 3, arguments, &out), 1);
    assert_true(str_find(out, STR("lib/tab\\there\\n\t\n")) != STR_NOT_FOUND);
    assert_true(str_find(out, STR("lib/d.md\t3:5: id 2 is already used by b/c.md with another text"
                                  " (+1 more)\n")) != STR_NOT_FOUND);
    static const char *const verdicts[] = {"skipped\t", "warning\t", "ok\t", "warning\t",
                                           "warning\t", "skipped\t", "ok\t"};
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        assert_true(str_next_line(&out, &line));
        assert_true(str_starts(line, str_from(verdicts[i])));
    }
    assert_int_equal(out.len, 0);
}

static void no_control_character_of_a_name_is_printed(void **state)
{
    struct folder *folder = *state;
    struct str out;
    folder_write(folder, "lib/a\033[31m\302\205\233\177 \303\251", "A page\n\nof text.\n");
    char *arguments[] = {"check", "--porcelain", folder_path(folder, "lib")};
    assert_int_equal(run(folder, 3, arguments, &out), 0);
    assert_true(str_ends(out, STR("lib/a\\x1B[31m\\xC2\\x85\\x9B\\x7F \303\251\t\n")));
}

static void problems_come_with_their_places_and_a_sum(void **state)
{
    struct folder *folder = *state;
    struct str out;
    write_library(folder);
    char *arguments[] = {"check", folder_path(folder, "lib")};
    assert_int_equal(run(folder, 2, arguments, &out), 1);
    assert_true(str_find(out, STR("lib/d.md:3:5: id 2 is already")) != STR_NOT_FOUND);
    assert_true(str_find(out, STR("lib/a.md:4:24: related article 1")) != STR_NOT_FOUND);
    assert_true(str_find(out, STR(".hidden")) == STR_NOT_FOUND);
    assert_true(
        str_ends(out, STR("\n5 files read, 2 skipped; 5 problems: 2 links to questions not in the library, "
                          "1 question filed twice, 1 id used twice, 1 entry not read\n")));
}

/* Of a folder that is what a library has; of a file that was named somebody expects to read it. */
static void a_named_file_with_nothing_to_read_is_told(void **state)
{
    struct folder *folder = *state;
    struct str out;
    folder_article(folder, "lib/a.md", "A", "");
    folder_write(folder, "lib/empty.md", " \n");
    FILE *binary = fopen(folder_path(folder, "lib/picture"), "wb");
    assert_non_null(binary);
    fwrite("\211PNG\0", 1, 5, binary);
    fclose(binary);
    char *whole[] = {"check", folder_path(folder, "lib")};
    assert_int_equal(run(folder, 2, whole, &out), 1);
    assert_true(str_find(out, STR("picture")) == STR_NOT_FOUND);
    assert_true(str_find(out, STR("lib/empty.md: the file is empty")) != STR_NOT_FOUND);
    assert_true(str_ends(out, STR("\n2 files read, 1 skipped; 1 problem: 1 fault in a file\n")));
    char *named[] = {"check", folder_path(folder, "lib/picture")};
    assert_int_equal(run(folder, 2, named, &out), 1);
    assert_true(str_find(out, STR("lib/picture: not text: ")) != STR_NOT_FOUND);
    assert_true(str_ends(out, STR("\n0 files read, 1 skipped; 1 problem: 1 entry not read\n")));
    char *again[] = {"check", folder_path(folder, "lib/a.md"), folder_path(folder, "lib/a.md")};
    assert_int_equal(run(folder, 3, again, &out), 0);
    assert_true(str_find(out, STR("lib/a.md: already read as ")) != STR_NOT_FOUND);
    assert_true(str_ends(out, STR("\n1 file read, 1 skipped; no problems\n")));
}

static void the_exit_status_tells_good_from_bad(void **state)
{
    struct folder *folder = *state;
    struct str out;
    folder_article(folder, "lib/a.md", "A", "");
    char *good[] = {"check", folder_path(folder, "lib")};
    assert_int_equal(run(folder, 2, good, &out), 0);
    assert_true(str_eq(out, STR("1 file read, 0 skipped; no problems\n")));
    char *nowhere[] = {"check", folder_path(folder, "no\033where")};
    assert_int_equal(run(folder, 2, nowhere, &out), 2);
    assert_true(str_starts(out, STR("lectern: ")));
    assert_true(str_find_byte(out, 033) == STR_NOT_FOUND);
    assert_true(str_find(out, STR("where: cannot be opened: ")) != STR_NOT_FOUND);
    char *unknown[] = {"check", "--nonsense"};
    assert_int_equal(run(folder, 2, unknown, &out), 2);
    assert_int_equal(run(folder, 1, unknown, &out), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_entry_is_reported_in_the_order_of_the_walk),
        TEST(porcelain_has_one_escaped_line_for_each_entry),
        TEST(no_control_character_of_a_name_is_printed),
        TEST(problems_come_with_their_places_and_a_sum),
        TEST(a_named_file_with_nothing_to_read_is_told),
        TEST(the_exit_status_tells_good_from_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
