/* A reader that is open follows what happens to the library, without a key. */
#include <poll.h>
#include <time.h>

#include "indexed_folder.h"
#include "lectern/app.h"

/* Milliseconds after which what should be seen counts as lost. */
#define PATIENCE_MS 20000

struct reader {
    struct folder *folder;
    struct library *library;
    struct app *app;
    struct grid grid;
    struct buf screen;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void draw(struct reader *reader)
{
    buf_clear(&reader->screen);
    app_draw(reader->app, &reader->grid);
    for (size_t row = 0; row < reader->grid.rows; row++) {
        grid_row_text(&reader->grid, row, &reader->screen);
        buf_add_byte(&reader->screen, '\n');
    }
}

static struct reader open_reader(struct folder *folder, bool watch)
{
    struct err err;
    const char *root = folder_path(folder, "library");
    mkdir(folder_path(folder, "cache"), 0700);
    struct reader reader = {.folder = folder, .library = library_open(&root, 1, &err)};
    struct app_options options = {.charset = TEXT_UTF8,
                                  .threads = 2,
                                  .index_folder = folder_path(folder, "cache/lectern"),
                                  .watch = watch};
    reader.app = app_new(reader.library, &options, NULL);
    app_resize(reader.app, 40, 120);
    app_settle(reader.app);
    if (watch && app_wants_focus(reader.app)) {
        print_message("skipped: this system does not tell of changes\n");
        skip();
    }
    return reader;
}

static void close_reader(struct reader *reader)
{
    app_free(reader->app);
    library_close(reader->library);
    grid_free(&reader->grid);
    buf_free(&reader->screen);
}

static void type(struct reader *reader, const char *keys)
{
    for (; *keys; keys++)
        app_key(reader->app, (key)*keys);
    app_settle(reader->app);
}

static bool shows(struct reader *reader, const char *text)
{
    draw(reader);
    return str_find(buf_str(&reader->screen), str_from(text)) != STR_NOT_FOUND;
}

/* Waits as the program does: until what has come in leads to a screen that shows the text, or does not any more. */
static void expect(struct reader *reader, const char *text, bool wanted)
{
    int64_t end = now_ms() + PATIENCE_MS;
    while (shows(reader, text) != wanted) {
        struct pollfd wake = {.fd = app_wake_fd(reader->app), .events = POLLIN};
        if (now_ms() > end)
            fail_msg("\"%s\" is %s:\n%s", text, wanted ? "not shown" : "shown", buf_cstr(&reader->screen));
        poll(&wake, 1, 100);
        app_wake(reader->app);
    }
}

static void the_tree_follows(void **state)
{
    struct folder *folder = *state;
    struct reader reader = open_reader(folder, true);
    expect(&reader, "Hepatitis", true);
    folder_article(folder, "library/a/new.md", "A question that is new", "article_subject: Medicine\n");
    expect(&reader, "A question that is new", true);
    folder_article(folder, "library/a/new.md", "Now it is another", "article_subject: Medicine\n");
    expect(&reader, "Now it is another", true);
    assert_false(shows(&reader, "A question that is new"));
    assert_int_equal(unlink(folder_path(folder, "library/a/new.md")), 0);
    expect(&reader, "Now it is another", false);
    close_reader(&reader);
}

static void an_open_search_follows(void **state)
{
    struct folder *folder = *state;
    struct reader reader = open_reader(folder, true);
    type(&reader, "sxylophone");
    expect(&reader, "Nothing found", true);
    folder_article(folder, "library/a/music.md", "The xylophone", "");
    expect(&reader, "The xylophone", true);
    folder_article(folder, "library/a/music.md", "Tuning a xylophone", "");
    expect(&reader, "Tuning a xylophone", true);
    assert_int_equal(
        rename(folder_path(folder, "library/a/music.md"), folder_path(folder, "library/c/music.md")), 0);
    app_settle(reader.app);
    expect(&reader, "Tuning a xylophone", true);
    assert_int_equal(unlink(folder_path(folder, "library/c/music.md")), 0);
    expect(&reader, "Nothing found", true);
    close_reader(&reader);
}

/* What comes in later and is better is selected, unless the reader has chosen something. */
static void the_best_result_is_selected_until_another_is_chosen(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "library/a/instruments.md", "Instruments of wood with a xylophone and others", "");
    struct reader reader = open_reader(folder, true);
    type(&reader, "sxylophone");
    expect(&reader, "▌ Instruments of wood", true);
    folder_article(folder, "library/a/music.md", "Xylophone", "");
    expect(&reader, "▌ Xylophone", true);
    app_key(reader.app, KEYS_DOWN);
    expect(&reader, "▌ Instruments of wood", true);
    folder_article(folder, "library/a/more.md", "Xylophone again", "");
    expect(&reader, "Xylophone again", true);
    expect(&reader, "▌ Instruments of wood", true);
    close_reader(&reader);
}

/* The page that is open shows what its file says by now, at the same place. */
static void the_open_page_follows(void **state)
{
    struct folder *folder = *state;
    struct buf text = {0};
    buf_printf(&text, "---\nid: 50\ntitle: Long\nanswer: |\n");
    for (int i = 0; i < 200; i++)
        buf_printf(&text, "    Line number %d.\n\n", i);
    buf_printf(&text, "---\n");
    folder_write(folder, "library/a/long.md", buf_cstr(&text));
    struct reader reader = open_reader(folder, true);
    type(&reader, "i50");
    app_key(reader.app, KEYS_ENTER);
    for (int i = 0; i < 5; i++)
        app_key(reader.app, KEYS_PAGE_DOWN);
    assert_true(shows(&reader, "Line number 80."));
    assert_false(shows(&reader, "Line number 0."));
    size_t at = str_find(buf_str(&text), STR("Line number 80."));
    memcpy(text.at + at, "Other words 80.", 15);
    folder_write(folder, "library/a/long.md", buf_cstr(&text));
    expect(&reader, "Other words 80.", true);
    assert_false(shows(&reader, "Line number 0."));
    assert_int_equal(unlink(folder_path(folder, "library/a/long.md")), 0);
    expect(&reader, "not in the library any more", true);
    folder_write(folder, "library/b/long.md", buf_cstr(&text));
    expect(&reader, "Line number 1.", true);
    close_reader(&reader);
    buf_free(&text);
}

/* What is selected stays where it is on the screen, whatever comes in above it. */
static void the_selection_stays(void **state)
{
    struct folder *folder = *state;
    for (int i = 0; i < 60; i++)
        folder_article(folder, arena_printf(&folder->arena, "library/m/%02d.md", i).at,
                       arena_printf(&folder->arena, "Question %02d", i).at,
                       arena_printf(&folder->arena, "id: %d\nsubject: Many\n", 1000 + i * 2).at);
    struct reader reader = open_reader(folder, true);
    type(&reader, "i1080");
    app_key(reader.app, KEYS_ENTER);
    app_key(reader.app, 'h');
    draw(&reader);
    size_t before = str_find(buf_str(&reader.screen), STR("▌"));
    assert_true(before != STR_NOT_FOUND);
    assert_true(str_starts(str_slice(buf_str(&reader.screen), before, SIZE_MAX), STR("▌  · Question 40")));
    for (int i = 0; i < 5; i++)
        folder_article(folder, arena_printf(&folder->arena, "library/m/n%02d.md", i).at, "Before it",
                       arena_printf(&folder->arena, "id: %d\nsubject: Many\n", 1079 - i * 2).at);
    expect(&reader, "Before it", true);
    app_settle(reader.app);
    draw(&reader);
    size_t row = 0, row_before = 0;
    struct str rest = buf_str(&reader.screen), line;
    for (; str_next_line(&rest, &line); row++)
        if (str_find(line, STR("▌")) != STR_NOT_FOUND) {
            assert_true(str_find(line, STR("Question 40")) != STR_NOT_FOUND);
            row_before = row;
        }
    assert_true(row_before > 0);
    close_reader(&reader);
}

static void changes_are_kept_for_the_next_session(void **state)
{
    struct folder *folder = *state;
    struct reader reader = open_reader(folder, true);
    folder_article(folder, "library/a/new.md", "A question that is new", "article_subject: Medicine\n");
    expect(&reader, "A question that is new", true);
    app_settle(reader.app);
    assert_true(index_file_delta_bytes(folder_path(folder, "cache/lectern"), reader.library) > 0);
    close_reader(&reader);
    reader = open_reader(folder, true);
    assert_true(shows(&reader, "A question that is new"));
    close_reader(&reader);
}

/* What was done to the library meanwhile is found by itself. */
static void what_changed_between_two_sessions_is_found(void **state)
{
    struct folder *folder = *state;
    for (int watch = 0; watch < 2; watch++) {
        struct reader reader = open_reader(folder, watch);
        close_reader(&reader);
        const char *title = watch ? "A question between" : "Another one between";
        folder_article(folder, "library/a/between.md", title, "article_subject: Medicine\n");
        if (watch)
            assert_int_equal(unlink(folder_path(folder, "library/a/more.md")), 0);
        else
            folder_article(folder, "library/a/more.md", "One more", "article_subject: Medicine\n");
        reader = open_reader(folder, watch);
        expect(&reader, title, true);
        expect(&reader, "One more", !watch);
        close_reader(&reader);
    }
}

static void two_readers_follow_side_by_side(void **state)
{
    struct folder *folder = *state;
    struct reader one = open_reader(folder, true), two = open_reader(folder, true);
    for (int i = 0; i < 5; i++) {
        const char *title = arena_printf(&folder->arena, "Question number %d", i).at;
        folder_article(folder, "library/a/new.md", title, "article_subject: Medicine\n");
        expect(&one, title, true);
        expect(&two, title, true);
    }
    app_settle(one.app);
    app_settle(two.app);
    close_reader(&one);
    close_reader(&two);
    struct reader three = open_reader(folder, false);
    assert_true(shows(&three, "Question number 4"));
    close_reader(&three);
}

/* Too much for a delta: the index is made anew, while what is known is read. */
static void very_many_changes_make_the_index_anew(void **state)
{
    struct folder *folder = *state;
    struct reader reader = open_reader(folder, true);
    for (int i = 0; i < 2300; i++)
        folder_article(folder, arena_printf(&folder->arena, "library/m/%04d.md", i).at,
                       arena_printf(&folder->arena, "Question %04d", i).at, "subject: Many\n");
    expect(&reader, "2,3", true);
    app_settle(reader.app);
    assert_true(shows(&reader, "2,305 articles"));
    struct index_parts parts;
    struct err err;
    assert_int_equal(index_file_open(folder_path(folder, "cache/lectern"), reader.library, &parts, &err), 0);
    assert_int_equal(catalogue_article_count(parts.catalogue), 2305);
    assert_true(catalogue_files_changed(parts.catalogue) <= 2000);
    index_parts_free(&parts);
    close_reader(&reader);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, indexed_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_tree_follows),
        TEST(the_best_result_is_selected_until_another_is_chosen),
        TEST(an_open_search_follows),
        TEST(the_open_page_follows),
        TEST(the_selection_stays),
        TEST(changes_are_kept_for_the_next_session),
        TEST(what_changed_between_two_sessions_is_found),
        TEST(two_readers_follow_side_by_side),
        TEST(very_many_changes_make_the_index_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
