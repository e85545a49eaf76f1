/* The trail written into a file, through a whole session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>

#include "folder.h"
#include "lectern/app.h"
#include "lectern/file.h"

struct reader {
    struct folder *folder;
    struct library *library;
    struct app *app;
    struct grid grid;
};

/* Line feeds are Enter. */
static void press(struct reader *reader, const char *text)
{
    for (; *text; text++) {
        app_key(reader->app, *text == '\n' ? (key)KEYS_ENTER : (key)*text);
        app_settle(reader->app);
    }
}

static void open_reader(struct reader *reader, struct folder *folder)
{
    folder_article(folder, "lib/1.md", "One [a](b) *c*",
                   "id: 1\nsubject: A & B\nrelated_article1: {id: 2}\nrelated_article2: {id: 3}\n"
                   "related_article3: {id: 9, title: Gone, subject: Art}\n");
    folder_article(folder, "lib/a b/2.md", "Two", "id: 2\nsubject: Two\n");
    folder_article(folder, "lib/3.md", "Three", "id: 3\nsubject: Three\n");
    const char *root = folder_path(folder, "lib");
    *reader = (struct reader){.folder = folder, .library = library_open(&root, 1, NULL)};
    struct app_options options = {.threads = 1, .writes = true};
    reader->app = app_new(reader->library, &options, NULL);
    app_resize(reader->app, 24, 160);
    app_settle(reader->app);
    press(reader, "iOne\n1H2H3");
}

static void close_reader(struct reader *reader)
{
    app_free(reader->app);
    library_close(reader->library);
    grid_free(&reader->grid);
}

/* Writes the trail under that name, and compares what is said about it. */
static void write_to(struct reader *reader, const char *name, const char *said)
{
    struct buf line = {0};
    press(reader, "E");
    app_key(reader->app, KEYS_CONTROL | 'u');
    app_paste(reader->app, str_from(folder_path(reader->folder, name)));
    press(reader, "\n");
    app_draw(reader->app, &reader->grid);
    grid_row_text(&reader->grid, 23, &line);
    if (str_find(buf_str(&line), str_from(said)) == STR_NOT_FOUND)
        fail_msg("%s is not said, but: %s", said, buf_cstr(&line));
    buf_free(&line);
}

static struct str written(struct reader *reader, const char *name)
{
    struct str text = {0};
    file_read(AT_FDCWD, folder_path(reader->folder, name), 1 << 16, &reader->folder->arena, &text, NULL,
              NULL);
    return text;
}

static void the_trail_is_written_as_a_reading_list(void **state)
{
    struct reader reader;
    open_reader(&reader, *state);
    write_to(&reader, "trail.md", "Written: ");
    struct str text = written(&reader, "trail.md");
    assert_true(str_starts(text, STR("# A trail through lib\n\n")));
    assert_int_not_equal(str_find(text, STR("- [One \\[a\\](b) \\*c\\*](")), STR_NOT_FOUND);
    assert_int_not_equal(str_find(text, STR("/lib/1.md), A \\& B\n  - [Two](")), STR_NOT_FOUND);
    assert_int_not_equal(str_find(text, STR("/lib/a%20b/2.md), Two\n  - [Three](")), STR_NOT_FOUND);
    assert_int_not_equal(str_find(text, STR("\n- Gone, Art (not in the library)\n")), STR_NOT_FOUND);
    close_reader(&reader);
}

static void nothing_is_overwritten_or_put_into_the_library(void **state)
{
    struct reader reader;
    open_reader(&reader, *state);
    folder_write(*state, "mine.md", "Mine.\n");
    folder_write(*state, "mine-2.md", "Mine, too.\n");
    write_to(&reader, "mine.md", "mine.md is there already");
    assert_true(str_eq(written(&reader, "mine.md"), STR("Mine.\n")));
    press(&reader, "\n"); /* another name is offered */
    assert_true(str_starts(written(&reader, "mine-3.md"), STR("# A trail")));
    assert_true(str_eq(written(&reader, "mine-2.md"), STR("Mine, too.\n")));
    write_to(&reader, "lib/trail.md", "nothing is written inside of a library");
    write_to(&reader, "lib/a b/trail.md", "nothing is written inside of a library");
    assert_int_equal(written(&reader, "lib/trail.md").len, 0);
    write_to(&reader, "trail\xe2\x80\xae.md", "that is no name that can be shown");
    write_to(&reader, "none/trail.md", "No such file or directory");
    close_reader(&reader);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_trail_is_written_as_a_reading_list),
        TEST(nothing_is_overwritten_or_put_into_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
