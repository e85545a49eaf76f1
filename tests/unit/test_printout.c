/* What `lectern show` prints: the whole page, within its width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/printout.h"
#include "lost_words.h"

struct lines {
    struct arena arena;
    struct buf text;
    size_t widest;
};

static void add_line(void *context, const struct layout_line *line)
{
    struct lines *lines = context;
    const struct layout_span *last = line->count ? &line->spans[line->count - 1] : NULL;
    size_t end = last ? last->column + last->width : 0;
    lines->widest = end > lines->widest ? end : lines->widest;
    buf_add(&lines->text, layout_line_text(&lines->arena, line));
    buf_add_byte(&lines->text, '\n');
}

static void free_lines(struct lines *lines)
{
    buf_free(&lines->text);
    arena_free(&lines->arena);
}

/* Prints the article of a file that has that text; returns what printout_run() does. */
static int print(struct folder *folder, const char *text, size_t width, bool source, struct lines *lines)
{
    struct library *library;
    struct err err;
    folder_write(folder, "a.md", text);
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"a.md"}, 1, &(struct library_scan){0}, &library);
    assert_non_null(catalogue);
    *lines = (struct lines){0};
    struct printout printout = {.library = library,
                                .catalogue = catalogue,
                                .width = width,
                                .source = source,
                                .context = lines,
                                .line = add_line};
    int status = printout_run(&printout, &err);
    catalogue_release(catalogue);
    library_close(library);
    return status;
}

static void the_page_goes_from_title_to_keywords(void **state)
{
    struct lines lines;
    const char *text = "---\ntitle: Why is the sky blue?\nsubject: Physics\nrelated_article1: {title: Is the "
                       "sea blue?}\nseo: {page_keywords: 'sky, light'}\nanswer: \"**Because** of "
                       "scattering.\"\n---\n";
    assert_int_equal(print(*state, text, 40, false, &lines), 0);
    assert_string_equal(buf_cstr(&lines.text), "Why is the sky blue?\n"
                                               "Physics · 1 min\n"
                                               "\n"
                                               "Because of scattering.\n"
                                               "\n"
                                               "Related questions\n"
                                               "\n"
                                               " 1. Is the sea blue? ⊘\n"
                                               "\n"
                                               "Keywords\n"
                                               "\n"
                                               "sky, light\n");
    free_lines(&lines);
}

static void links_and_formulas_are_resolved_to_the_end(void **state)
{
    struct lines lines;
    const char *text = "---\ntitle: A\nseo: {page_keywords: 'sum, $x^2$-axis'}\n"
                       "answer: \"[One](http://a.org) and [two](b), http://c.org.\"\n---\n";
    assert_int_equal(print(*state, text, 40, false, &lines), 0);
    assert_string_equal(buf_cstr(&lines.text), "A\n"
                                               "Unsorted · 1 min\n"
                                               "\n"
                                               "One[1] and two[2], http://c.org.\n"
                                               "\n"
                                               "Addresses\n"
                                               "\n"
                                               " 1. http://a.org\n"
                                               " 2. b\n"
                                               "\n"
                                               "Keywords\n"
                                               "\n"
                                               "sum, x²-axis\n");
    free_lines(&lines);
}

static void wide_code_and_tables_are_broken(void **state)
{
    struct lines lines;
    const char *text = "# Head\n\n```c\nint answer = 1 + 2 + 3 + 4 + 5 + 6 + 7;\n```\n\n"
                       "| first column | second column |\n|---|---|\n| some words here | others there |\n";
    assert_int_equal(print(*state, text, 24, false, &lines), 0);
    assert_true(lines.widest <= 24);
    assert_keeps_words(STR("Head int answer some words here others there first column second column"),
                       buf_str(&lines.text));
    assert_true(str_find(buf_str(&lines.text), STR("|---")) == STR_NOT_FOUND);
    free_lines(&lines);
}

static void the_source_is_printed_as_it_is_written(void **state)
{
    struct lines lines;
    const char *text = "# Head\n\nSome **bold** and `code`, [a link](http://x.org).\n";
    assert_int_equal(print(*state, text, 80, true, &lines), 0);
    assert_string_equal(buf_cstr(&lines.text), text);
    free_lines(&lines);
}

static void a_file_that_is_gone_is_an_error(void **state)
{
    struct folder *folder = *state;
    struct library *library;
    struct err err = {0};
    struct lines lines = {0};
    folder_write(folder, "a.md", "# Head\n\nText.\n");
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"a.md"}, 1, &(struct library_scan){0}, &library);
    assert_int_equal(unlink(folder_path(folder, "a.md")), 0);
    struct printout printout = {
        .library = library, .catalogue = catalogue, .width = 80, .context = &lines, .line = add_line};
    assert_int_equal(printout_run(&printout, &err), -1);
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_int_equal(lines.text.len, 0);
    catalogue_release(catalogue);
    library_close(library);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_page_goes_from_title_to_keywords), TEST(links_and_formulas_are_resolved_to_the_end),
        TEST(wide_code_and_tables_are_broken),      TEST(the_source_is_printed_as_it_is_written),
        TEST(a_file_that_is_gone_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
