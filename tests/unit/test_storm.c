/* Storms of keys, pastes and sizes: whatever comes, the session goes on and fills its grid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "folder.h"
#include "lectern/app.h"

#define LIBRARY        "tests/session/library"
#define PLAIN_LIBRARY  "tests/session/plain"
#define LINKED_LIBRARY "tests/session/linked"

struct storm {
    uint64_t state;
    struct library *library;
    struct app *app;
    struct grid grid;
};

/* xorshift64*, Vigna 2016: the same storm each time. */
static uint32_t draw_number(struct storm *storm, uint32_t below)
{
    storm->state ^= storm->state >> 12;
    storm->state ^= storm->state << 25;
    storm->state ^= storm->state >> 27;
    return (uint32_t)((storm->state * 0x2545f4914f6cdd1du) >> 33) % below;
}

static void open_storm(struct storm *storm, uint64_t seed, enum text_charset charset, const char *root)
{
    struct app_options options = {.charset = charset, .threads = 2};
    *storm = (struct storm){.state = seed};
    storm->library = library_open(&root, 1, NULL);
    assert_non_null(storm->library);
    storm->app = app_new(storm->library, &options, NULL);
    app_resize(storm->app, 24, 80);
}

static void close_storm(struct storm *storm)
{
    app_free(storm->app);
    library_close(storm->library);
    grid_free(&storm->grid);
}

static key random_key(struct storm *storm)
{
    static const key named[] = {KEYS_UP,        KEYS_DOWN,    KEYS_LEFT,  KEYS_RIGHT,
                                KEYS_PAGE_DOWN, KEYS_PAGE_UP, KEYS_TAB,   KEYS_ESCAPE,
                                KEYS_BACKSPACE, KEYS_ENTER,   KEYS_SPACE, KEYS_SHIFT | KEYS_TAB};
    uint32_t kind = draw_number(storm, 10);
    if (kind < 5)
        return ' ' + 1 + draw_number(storm, 94);
    if (kind < 8)
        return named[draw_number(storm, sizeof named / sizeof *named)];
    if (kind < 9)
        return KEYS_CONTROL | ('a' + draw_number(storm, 26));
    return 0x80 + draw_number(storm, 0x10ff00);
}

/* What is in a cell may be shown, and a wide character has the cell behind it for itself. */
static void check_cell(const struct grid *grid, size_t row, size_t column)
{
    const struct grid_cell *cell = grid_cell_at(grid, row, column);
    struct str text = grid_cell_text(grid, cell);
    uint32_t code;
    for (size_t used; (used = text_decode(text, &code)) > 0; text = str_slice(text, used, text.len))
        assert_true(code >= ' ' && code != 0x7f && !(code >= 0x80 && code <= 0x9f));
    if (cell->width == 2) {
        assert_true(column + 1 < grid->columns);
        assert_int_equal(grid_cell_at(grid, row, column + 1)->width, 0);
    }
}

static void check_screen(struct storm *storm)
{
    app_draw(storm->app, &storm->grid);
    assert_false(app_changed(storm->app));
    for (size_t row = 0; row < storm->grid.rows; row++)
        for (size_t column = 0; column < storm->grid.columns; column++)
            check_cell(&storm->grid, row, column);
}

static void blow(enum text_charset charset, uint64_t seed, int keys, const char *root)
{
    static const struct {
        size_t rows, columns;
    } sizes[] = {{24, 80}, {36, 120}, {60, 200}, {12, 40}, {1, 1}, {200, 500}, {5, 20}, {24, 61}, {8, 59}};
    struct storm storm;
    open_storm(&storm, seed, charset, root);
    for (int i = 0; i < keys; i++) {
        uint32_t what = draw_number(&storm, 100);
        size_t size = draw_number(&storm, sizeof sizes / sizeof *sizes);
        if (what < 3)
            app_resize(storm.app, sizes[size].rows, sizes[size].columns);
        else if (what < 5)
            app_paste(storm.app, STR("liver\n\x1b[31m \xff needle"));
        else if (what < 8)
            app_settle(storm.app);
        else
            app_key(storm.app,
                    random_key(&storm)); /* also after it asked to quit: that is the caller's to heed */
        if (what % 4 == 0)
            check_screen(&storm);
    }
    close_storm(&storm);
}

static void storms_of_keys_leave_a_screen(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++)
        blow(TEXT_UTF8, seed, 1500, LIBRARY);
}

static void storms_in_ascii_leave_a_screen(void **state)
{
    (void)state;
    blow(TEXT_ASCII, 77, 1500, LIBRARY);
}

static void storms_on_plain_pages_leave_a_screen(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++)
        blow(TEXT_UTF8, seed, 2000, PLAIN_LIBRARY);
}

/* The map, and what is opened from it. */
static void storms_on_the_map_leave_a_screen(void **state)
{
    (void)state;
    struct storm storm;
    open_storm(&storm, 5, TEXT_UTF8, LINKED_LIBRARY);
    app_settle(storm.app);
    for (int i = 0; i < 600; i++) {
        static const key keys[] = {'M', 'h', 'j', 'k', 'l', 'e', KEYS_ENTER, KEYS_SPACE, KEYS_BACKSPACE,
                                   'G', 'w'};
        app_key(storm.app, keys[draw_number(&storm, sizeof keys / sizeof *keys)]);
        if (i % 10 == 0)
            app_resize(storm.app, 1 + draw_number(&storm, 70), 1 + draw_number(&storm, 250));
        check_screen(&storm);
    }
    close_storm(&storm);
}

static void a_session_may_end_at_any_moment(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 60; i++) {
        struct storm storm;
        open_storm(&storm, i + 1, TEXT_UTF8, LIBRARY);
        for (uint32_t j = draw_number(&storm, 20); j > 0; j--)
            app_key(storm.app, random_key(&storm));
        if (i % 2)
            app_wake(storm.app);
        close_storm(&storm);
    }
}

/* Enough files for catalogues that come one after the other, linked to some that are read late, and to some that are not there. */
static void write_library(struct folder *folder)
{
    for (int i = 0; i < 400; i++) {
        char name[64], text[700];
        snprintf(name, sizeof name, "shelf-%d/question-%03d.md", i % 7, i);
        snprintf(text, sizeof text,
                 "---\nid: %d\ntitle: What is the matter with number %d?\nsubject: Shelf %d\n"
                 "keywords: liver, number %d, matter\nanswer: The needle of number %d.\\n\\nAnd more.\n"
                 "related_article1:\n  id: %d\n  title: What is the matter with number %d?\n"
                 "related_article2:\n  id: %d\n  title: Missing %d\n"
                 "related_article3:\n  title: Known by its title only\n---\n",
                 i, i, i % 7, i % 11, i, (i * 37 + 399) % 400, (i * 37 + 399) % 400, 5000 + i, i);
        folder_write(folder, name, text);
    }
}

/* Keys, and news of the library taken in at random moments, while catalogues replace one another. */
static void a_session_goes_on_while_its_library_is_read(void **state)
{
    struct folder *folder = *state;
    write_library(folder);
    for (uint64_t seed = 1; seed <= 25; seed++) {
        struct storm storm;
        open_storm(&storm, seed, TEXT_UTF8, folder->path);
        for (int i = 0; i < 150; i++) {
            static const char *const scripts[] = {"1",     "2",    "3", "K", "sliver", "i39", "/o",
                                                  "ma'a",  "R",    "t", "]", "HL",     "f",   "M",
                                                  "Mjlke", "Mljl", "e", "X", "w",      "ca"};
            uint32_t what = draw_number(&storm, 10);
            if (what < 3)
                app_wake(storm.app);
            else if (what < 6)
                for (const char *at = scripts[draw_number(&storm, sizeof scripts / sizeof *scripts)]; *at;
                     at++)
                    app_key(storm.app, (key)*at);
            else
                app_key(storm.app, random_key(&storm));
            if (what == 9) {
                check_screen(&storm);
                nanosleep(&(struct timespec){.tv_nsec = 300000}, NULL);
            }
        }
        if (seed % 2) {
            app_settle(storm.app);
            check_screen(&storm);
        }
        close_storm(&storm);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(storms_of_keys_leave_a_screen),
        cmocka_unit_test(storms_in_ascii_leave_a_screen),
        cmocka_unit_test(storms_on_plain_pages_leave_a_screen),
        cmocka_unit_test(storms_on_the_map_leave_a_screen),
        cmocka_unit_test(a_session_may_end_at_any_moment),
        cmocka_unit_test_setup_teardown(a_session_goes_on_while_its_library_is_read, folder_make,
                                        folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
