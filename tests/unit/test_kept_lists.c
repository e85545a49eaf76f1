/* What the reader has kept: long lists of it are read as far as they are looked at, and yet whole; and others change it. */
#include "kept_state.h"
#include "lectern/app.h"

#define ARTICLES  300
#define ELSEWHERE 6000

struct reader {
    struct library *library;
    struct state *kept;
    struct app *app;
    struct grid grid;
    struct buf screen;
};

static key key_of(char byte)
{
    return byte == '\r' ? KEYS_ENTER : byte == ' ' ? KEYS_SPACE : (key)byte;
}

static const char *press(struct reader *reader, const char *keys)
{
    for (; *keys; keys++)
        app_key(reader->app, key_of(*keys));
    app_draw(reader->app, &reader->grid);
    buf_clear(&reader->screen);
    for (size_t row = 0; row < reader->grid.rows; row++) {
        grid_row_text(&reader->grid, row, &reader->screen);
        buf_add_byte(&reader->screen, '\n');
    }
    return buf_cstr(&reader->screen);
}

/* Bookmarks and visits of all articles, in their order. */
static void fill(struct state *kept, int first, int count, const char *form)
{
    struct err err;
    for (int i = first; i < first + count; i++) {
        char id[32];
        snprintf(id, sizeof id, form, i);
        int64_t article = article_of(kept, id);
        assert_int_equal(state_add_visit(kept, article, 1000 + i, &err), 0);
        if (i % 6 == 0) { /* each outlives a loss of power, which takes its time */
            struct state_bookmark bookmark = {.article = article, .when = 1000 + i};
            assert_int_equal(state_set_bookmark(kept, &bookmark, &err), 0);
        }
    }
}

static void open_reader(struct folder *folder, struct reader *reader)
{
    struct err err;
    char name[32], id[32];
    const char *root = folder_path(folder, "library");
    for (int i = 0; i < ARTICLES; i++) {
        snprintf(name, sizeof name, "library/%03d.md", i);
        snprintf(id, sizeof id, "id: q%d\n", i);
        folder_article(folder, name, arena_printf(&folder->arena, "Question %03d", i).at, id);
    }
    *reader = (struct reader){.library = library_open(&root, 1, &err), .kept = state_open(NULL, &err)};
    struct app_options options = {.threads = 2, .state = reader->kept};
    reader->app = app_new(reader->library, &options, &err);
    app_resize(reader->app, 20, 70);
    app_settle(reader->app);
}

static void close_reader(struct reader *reader)
{
    app_free(reader->app);
    library_close(reader->library);
    state_close(reader->kept);
    grid_free(&reader->grid);
    buf_free(&reader->screen);
}

static void a_long_list_is_there_to_its_end(void **state)
{
    struct reader reader;
    open_reader(*state, &reader);
    fill(reader.kept, 0, ARTICLES, "q%d");
    assert_non_null(strstr(press(&reader, "V"), "Question 299"));
    assert_non_null(strstr(press(&reader, "G"), "Question 000"));
    assert_non_null(strstr(press(&reader, "qV/question 004"), "Question 004"));
    assert_non_null(strstr(press(&reader, "\r\r"), "About Question 004"));
    close_reader(&reader);
}

/* By rows and pages one comes to the end as well. */
static void it_grows_as_one_goes_on(void **state)
{
    struct reader reader;
    open_reader(*state, &reader);
    fill(reader.kept, 0, ARTICLES, "q%d");
    press(&reader, "V");
    for (int i = 0; i < 40; i++)
        press(&reader, " ");
    assert_non_null(strstr(press(&reader, "j"), "Question 000"));
    close_reader(&reader);
}

static void what_is_of_other_libraries_does_not_hide_it(void **state)
{
    struct reader reader;
    open_reader(*state, &reader);
    fill(reader.kept, 6, 1, "q%d");
    fill(reader.kept, ARTICLES, ELSEWHERE, "elsewhere-%d");
    assert_non_null(strstr(press(&reader, "B"), "Question 006"));
    assert_non_null(strstr(press(&reader, "qV"), "Question 006"));
    assert_non_null(strstr(press(&reader, "GGq"), "TOPICS"));
    close_reader(&reader);
}

/* What somebody else has kept just now is not taken for missing, and replaced. */
static void what_others_have_kept_is_seen_before_it_is_changed(void **state)
{
    struct reader reader;
    struct err err;
    struct arena arena = {0};
    open_reader(*state, &reader);
    press(&reader, "iQuestion 000\r");
    struct state *other = state_open_again(reader.kept, &err);
    int64_t article = state_find(other, &(struct state_key){.id = STR("q0")});
    struct state_bookmark bookmark = {.article = article, .when = 1, .tags = STR("exam liver")};
    assert_int_equal(state_set_bookmark(other, &bookmark, &err), 0);
    press(&reader, "#\r");
    assert_true(str_eq(state_tags_of(other, article, &arena), STR("exam liver")));
    press(&reader, "*");
    assert_false(state_is_bookmarked(other, article));
    assert_int_equal(state_set_bookmark(other, &bookmark, &err), 0);
    assert_non_null(strstr(press(&reader, "*"), "is taken away"));
    assert_int_equal(state_set_read(other, article, true, 1, &err), 0);
    assert_non_null(strstr(press(&reader, "x"), "Marked as unread"));
    arena_free(&arena);
    state_close(other);
    close_reader(&reader);
}

/* A note on an article that has gone from this library is there to be read; one of another library is not. */
static void a_note_outlives_its_article(void **state)
{
    struct reader reader;
    struct err err;
    open_reader(*state, &reader);
    struct state_key gone = {.id = STR("gone"),
                             .root = library_real_root(reader.library, 0),
                             .path = STR("gone.md"),
                             .title = STR("Bygone")};
    assert_int_equal(
        state_set_note(reader.kept, state_meet(reader.kept, &gone, &err), STR("# Was *here*\n"), 1, &err), 0);
    assert_int_equal(
        state_set_note(reader.kept, article_of(reader.kept, "elsewhere"), STR("Not here."), 2, &err), 0);
    const char *list = press(&reader, "A");
    assert_non_null(strstr(list, "Bygone"));
    assert_non_null(strstr(list, "Was here")); /* beside the list */
    assert_null(strstr(list, "Not here"));
    assert_non_null(strstr(press(&reader, "\r"), "Esc closes"));
    assert_non_null(strstr(press(&reader, "\r"), "filter"));
    assert_non_null(strstr(press(&reader, "q"), "TOPICS"));
    close_reader(&reader);
}

static void an_empty_list_is_closed_like_any_other(void **state)
{
    static const char *const lists[][2] = {
        {"B", "There are no bookmarks"},
        {"A", "There are no notes"},
        {"R", "links here"},
        {"e", "No links join"},
        {"X", "holds all that the study"},
        {"mac"
         "a",
         "Question 000"},
    };
    struct reader reader;
    open_reader(*state, &reader);
    press(&reader, "iQuestion 000\r");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        assert_non_null(strstr(press(&reader, lists[i][0]), lists[i][1]));
        assert_non_null(strstr(press(&reader, "q"), "TOPICS"));
    }
    close_reader(&reader);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

static void one_row_for_an_article_that_is_opened_again_and_again(void **state)
{
    struct reader reader;
    struct err err;
    open_reader(*state, &reader);
    fill(reader.kept, 0, 2, "q%d");
    for (int i = 0; i < 3; i++)
        assert_int_equal(state_add_visit(reader.kept, article_of(reader.kept, "q1"), 2000 + i, &err), 0);
    const char *list = press(&reader, "V");
    assert_int_equal(count_of(list, "· Question 001"), 1);
    assert_int_equal(count_of(list, "· Question 000"), 1);
    close_reader(&reader);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_long_list_is_there_to_its_end),
        TEST(it_grows_as_one_goes_on),
        TEST(what_is_of_other_libraries_does_not_hide_it),
        TEST(what_others_have_kept_is_seen_before_it_is_changed),
        TEST(a_note_outlives_its_article),
        TEST(an_empty_list_is_closed_like_any_other),
        TEST(one_row_for_an_article_that_is_opened_again_and_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
