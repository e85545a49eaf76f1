/* Sessions that begin with an index file, or should. */
#include "indexed_folder.h"

#include "lectern/app.h"

/* Opens the library in the reader, and gives the screen once everything is done. */
static void run_session(struct folder *folder, const char *index_folder, struct buf *screen)
{
    struct err err;
    struct grid grid = {0};
    const char *root = folder_path(folder, "library");
    struct library *library = library_open(&root, 1, &err);
    struct app_options options = {.charset = TEXT_UTF8, .threads = 2, .index_folder = index_folder};
    struct app *app = app_new(library, &options, NULL);
    app_resize(app, 40, 120);
    app_settle(app);
    for (const char *keys = "s"; *keys; keys++)
        app_key(app, (key)*keys);
    for (const char *keys = "hepat"; *keys; keys++)
        app_key(app, (key)*keys);
    app_settle(app);
    app_draw(app, &grid);
    buf_clear(screen);
    for (size_t row = 0; row < grid.rows; row++) {
        grid_row_text(&grid, row, screen);
        buf_add_byte(screen, '\n');
    }
    app_free(app);
    grid_free(&grid);
    library_close(library);
}

static bool shows(const struct buf *screen, const char *text)
{
    return str_find(buf_str(screen), str_from(text)) != STR_NOT_FOUND;
}

/* Another text of the same length, which a look at the library cannot see. */
static void change_secretly(struct folder *folder)
{
    static const char *const names[] = {"library/a/two.md", "library/b/two-again.md"};
    for (int i = 0; i < 2; i++) {
        folder_article(folder, names[i], "Hepatoma!", "id: 2\npage_keywords: liver, virus\n");
        indexed_age(folder, names[i]);
    }
}

static void the_second_session_reads_no_article(void **state)
{
    struct folder *folder = *state;
    struct buf screen = {0};
    const char *index_folder = folder_path(folder, "cache/lectern");
    mkdir(folder_path(folder, "cache"), 0700);
    run_session(folder, index_folder, &screen);
    assert_true(shows(&screen, "Hepatitis"));
    change_secretly(folder);
    run_session(folder, index_folder, &screen);
    assert_true(shows(&screen, "Hepatitis"));
    run_session(folder, NULL, &screen);
    assert_true(shows(&screen, "Hepatoma!"));
    buf_free(&screen);
}

static void a_changed_library_is_read_and_kept(void **state)
{
    struct folder *folder = *state;
    struct buf screen = {0};
    const char *index_folder = folder_path(folder, "cache/lectern");
    mkdir(folder_path(folder, "cache"), 0700);
    run_session(folder, index_folder, &screen);
    folder_article(folder, "library/b/added.md", "Hepatic encephalopathy", "");
    indexed_age(folder, "library/b/added.md");
    run_session(folder, index_folder, &screen);
    assert_true(shows(&screen, "Hepatic encephalopathy"));
    change_secretly(folder);
    run_session(folder, index_folder, &screen);
    assert_true(shows(&screen, "Hepatic encephalopathy") && shows(&screen, "Hepatitis"));
    buf_free(&screen);
}

static void damage_is_repaired_without_a_word(void **state)
{
    struct folder *folder = *state;
    struct buf screen = {0}, again = {0};
    const char *index_folder = folder_path(folder, "cache/lectern");
    struct indexed indexed = indexed_open(folder);
    const char *path = indexed_path(folder, &indexed);
    struct stat about;
    run_session(folder, index_folder, &screen);
    assert_int_equal(stat(path, &about), 0);
    for (off_t at = 8; at < about.st_size; at += about.st_size / 23) {
        FILE *file = fopen(path, "r+b");
        assert_non_null(file);
        fseek(file, (long)at, SEEK_SET);
        fputs("\xff\xee\xdd\xcc", file);
        fclose(file);
        run_session(folder, index_folder, &again);
        assert_true(str_eq(buf_str(&screen), buf_str(&again)));
        struct index_parts parts;
        struct err err;
        assert_int_equal(index_file_open(index_folder, indexed.library, &parts, &err), 0);
        assert_true(index_file_intact(&parts, NULL, &err) || at % 64 > 56);
        index_parts_free(&parts);
    }
    buf_free(&screen);
    buf_free(&again);
    indexed_close(&indexed);
}

static void without_a_place_the_session_works_and_says_so(void **state)
{
    struct folder *folder = *state;
    struct buf screen = {0};
    struct err err;
    struct grid grid = {0};
    const char *root = folder_path(folder, "library");
    struct library *library = library_open(&root, 1, &err);
    struct app_options options = {
        .charset = TEXT_UTF8, .threads = 2, .index_folder = folder_path(folder, "library/a/one.md/lectern")};
    struct app *app = app_new(library, &options, NULL);
    app_resize(app, 40, 200);
    app_settle(app);
    app_draw(app, &grid);
    grid_row_text(&grid, grid.rows - 1, &screen);
    assert_true(shows(&screen, "no index can be kept here"));
    app_free(app);
    grid_free(&grid);
    library_close(library);
    run_session(folder, options.index_folder, &screen);
    assert_true(shows(&screen, "Hepatitis"));
    buf_free(&screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_second_session_reads_no_article, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_changed_library_is_read_and_kept, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(damage_is_repaired_without_a_word, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(without_a_place_the_session_works_and_says_so, indexed_make,
                                        folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
