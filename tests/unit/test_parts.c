/* Very long texts are read in parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/ui/parts.h"
#include "folder.h"
#include "lectern/app.h"
#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "lectern/text.h"

/* Whatever the text: the parts are it, in order, each inside the bounds and cut between characters. */
static size_t check_parts(struct str text)
{
    struct arena arena = {0};
    struct parts parts;
    const char *at = text.at;
    parts_split(&arena, text, &parts);
    size_t count = parts.count;
    for (size_t i = 0; i < count; i++) {
        struct str part = parts.texts[i];
        size_t lines = 0;
        assert_true(part.len == 0 || part.at == at);
        assert_true(part.len <= BOUND_PART_BYTES);
        assert_true(text_invalid_at(part) == STR_NOT_FOUND);
        for (size_t j = 0; j < part.len; j++)
            lines += part.at[j] == '\n';
        assert_true(lines <= BOUND_PART_LINES);
        at += part.len;
    }
    assert_true(text.len == 0 || at == text.at + text.len);
    arena_free(&arena);
    return count;
}

static struct buf repeated(const char *piece, size_t times)
{
    struct buf text = {0};
    for (size_t i = 0; i < times; i++)
        buf_add(&text, str_from(piece));
    return text;
}

static void an_article_is_one_part(void **state)
{
    (void)state;
    assert_int_equal(check_parts(STR("")), 1);
    assert_int_equal(check_parts(STR("one\n\ntwo\n")), 1);
    struct buf text = repeated("a line of an article\n", 9999);
    assert_int_equal(check_parts(buf_str(&text)), 1);
    buf_free(&text);
}

static void long_texts_are_cut_inside_the_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        size_t times, parts;
    } cases[] = {{"- a\n", 35000, 4}, {"x", 1200000, 3}, {"\u00e9", 600000, 3}, {"\n", 10001, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text = repeated(cases[i].piece, cases[i].times);
        assert_int_equal(check_parts(buf_str(&text)), cases[i].parts);
        buf_free(&text);
    }
}

static void parts_end_at_a_blank_line_if_one_is_near(void **state)
{
    (void)state;
    struct buf text = repeated("a paragraph\nof three lines\nand its end\n\n", 5000);
    struct arena arena = {0};
    struct parts parts;
    parts_split(&arena, buf_str(&text), &parts);
    assert_int_equal(parts.count, 2);
    assert_true(str_ends(parts.texts[0], STR("and its end\n\n")));
    arena_free(&arena);
    buf_free(&text);
}

static bool shows(struct app *app, const char *wanted)
{
    struct grid grid = {0};
    struct buf text = {0};
    app_draw(app, &grid);
    for (size_t row = 0; row < grid.rows; row++)
        grid_row_text(&grid, row, &text);
    bool found = str_find(buf_str(&text), str_from(wanted)) != STR_NOT_FOUND;
    buf_free(&text);
    grid_free(&grid);
    return found;
}

static void a_reader_walks_from_part_to_part(void **state)
{
    struct folder *folder = *state;
    struct buf text = {0};
    for (int i = 0; i < 25000; i++)
        buf_printf(&text, "- item %d of many\n", i);
    folder_write(folder, "long.md", buf_cstr(&text));
    const char *root = folder->path;
    struct library *library = library_open(&root, 1, NULL);
    struct app *app = app_new(library, &(struct app_options){.threads = 1}, NULL);
    app_resize(app, 30, 90);
    app_settle(app);
    assert_true(shows(app, "part 1 of 3"));
    app_key(app, 'G');
    assert_true(shows(app, "part 3 of 3"));
    assert_true(shows(app, "item 24999 of many"));
    app_key(app, 'g');
    assert_true(shows(app, "item 0 of many"));
    app_key(app, 'm');
    app_key(app, 'a');
    app_key(app, 'G');
    for (int i = 0; i < 400 && !shows(app, "part 2 of 3"); i++)
        app_key(app, 'b');
    assert_true(shows(app, "item 19999 of many"));
    app_key(app, '\'');
    app_key(app, 'a');
    assert_true(shows(app, "part 1 of 3"));
    app_free(app);
    library_close(library);
    buf_free(&text);
}

/* Citations know the references of their own part; a mark brings back the part with its folds as they were. */
static void plain_pages_are_read_in_parts(void **state)
{
    struct folder *folder = *state;
    struct buf text = {0};
    buf_add(&text, STR("A long page\n\nSkip to content\nMenu\n\n"));
    for (int i = 0; i < 9000; i++)
        buf_printf(&text, "Line %d says that crows were seen again and again 1.\n\n", i);
    buf_add(&text, STR("References\n\n1. Crow C. Crows. 2001.\n"));
    folder_write(folder, "long.txt", buf_cstr(&text));
    const char *root = folder->path;
    struct library *library = library_open(&root, 1, NULL);
    struct app *app = app_new(library, &(struct app_options){.threads = 1}, NULL);
    app_resize(app, 30, 90);
    app_settle(app);
    assert_true(shows(app, "2 lines of page furniture"));
    app_key(app, 'l');
    app_key(app, KEYS_TAB);
    app_key(app, KEYS_ENTER);
    assert_true(shows(app, "Skip to content"));
    app_key(app, 'm');
    app_key(app, 'a');
    app_key(app, 'G');
    assert_true(shows(app, "part 2 of 2"));
    assert_true(shows(app, "and 3977 more"));
    app_key(app, '\'');
    app_key(app, 'a');
    assert_true(shows(app, "part 1 of 2"));
    assert_true(shows(app, "Skip to content"));
    app_free(app);
    library_close(library);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_is_one_part),
        cmocka_unit_test(long_texts_are_cut_inside_the_bounds),
        cmocka_unit_test(parts_end_at_a_blank_line_if_one_is_near),
        cmocka_unit_test_setup_teardown(a_reader_walks_from_part_to_part, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(plain_pages_are_read_in_parts, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
