/* What is told of a library while things are done to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <time.h>

#include "folder.h"
#include "lectern/watch.h"

/* Seconds after which what should have been told counts as lost. */
#define PATIENCE 20

struct told {
    struct folder *folder;
    struct library *library;
    struct watch *watch;
    pthread_mutex_t lock;
    pthread_cond_t news;
    struct buf places; /* each with a line end; "*" for everywhere */
    unsigned times;
    bool blind;
};

static void take_changed(void *context, const struct str *places, size_t count)
{
    struct told *told = context;
    pthread_mutex_lock(&told->lock);
    for (size_t i = 0; i < count; i++)
        buf_printf(&told->places, "%.*s\n", STR_ARG(places[i]));
    if (count == 0)
        buf_printf(&told->places, "*\n");
    told->times++;
    pthread_cond_broadcast(&told->news);
    pthread_mutex_unlock(&told->lock);
}

static void take_blind(void *context, const struct err *err)
{
    struct told *told = context;
    (void)err;
    pthread_mutex_lock(&told->lock);
    told->blind = true;
    pthread_cond_broadcast(&told->news);
    pthread_mutex_unlock(&told->lock);
}

static void start(struct told *told, struct folder *folder, const char *const *names, size_t count)
{
    struct err err;
    const char *roots[2];
    for (size_t i = 0; i < count; i++)
        roots[i] = folder_path(folder, names[i]);
    *told = (struct told){.folder = folder, .library = library_open(roots, count, &err)};
    pthread_mutex_init(&told->lock, NULL);
    pthread_cond_init(&told->news, NULL);
    assert_non_null(told->library);
    struct watch_listener listener = {told, take_changed, take_blind};
    told->watch = watch_start(told->library, &listener, &err);
    if (!told->watch) {
        library_close(told->library);
        print_message("skipped: %s\n", err.message);
        skip();
    }
    watch_wait(told->watch);
    pthread_mutex_lock(&told->lock);
    assert_string_equal(buf_cstr(&told->places), "*\n"); /* what was before */
    buf_clear(&told->places);
    pthread_mutex_unlock(&told->lock);
}

static void stop(struct told *told)
{
    watch_stop(told->watch);
    assert_false(told->blind);
    library_close(told->library);
    buf_free(&told->places);
    pthread_mutex_destroy(&told->lock);
    pthread_cond_destroy(&told->news);
}

static bool was_told(const struct told *told, const char *place)
{
    struct str rest = buf_str(&told->places), line;
    while (str_next_line(&rest, &line))
        if (str_eq(line, str_from(place)))
            return true;
    return false;
}

/* Waits until the place was told, and forgets what was. Fails if `other` was told, too. */
static void expect_without(struct told *told, const char *place, const char *other)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE;
    int status = 0;
    pthread_mutex_lock(&told->lock);
    while (!was_told(told, place) && status == 0)
        status = pthread_cond_timedwait(&told->news, &told->lock, &until);
    if (!was_told(told, place))
        fail_msg("%s was not told, but \"%s\"", place, buf_cstr(&told->places));
    assert_false(was_told(told, other));
    buf_clear(&told->places);
    pthread_mutex_unlock(&told->lock);
}

static void expect(struct told *told, const char *place)
{
    expect_without(told, place, "");
}

static void every_change_of_a_file_is_told(void **state)
{
    struct folder *folder = *state;
    struct told told;
    folder_write(folder, "library/a/one.md", "One.\n");
    start(&told, folder, (const char *[]){"library"}, 1);
    folder_write(folder, "library/a/two.md", "Two.\n");
    expect(&told, "a/two.md");
    folder_write(folder, "library/a/one.md", "Another one.\n");
    expect(&told, "a/one.md");
    assert_int_equal(chmod(folder_path(folder, "library/a/one.md"), 0600), 0);
    expect(&told, "a/one.md");
    assert_int_equal(rename(folder_path(folder, "library/a/one.md"), folder_path(folder, "library/b.md")), 0);
    expect(&told, "b.md");
    assert_int_equal(unlink(folder_path(folder, "library/b.md")), 0);
    expect(&told, "b.md");
    stop(&told);
}

static void new_folders_are_watched(void **state)
{
    struct folder *folder = *state;
    struct told told;
    mkdir(folder_path(folder, "library"), 0700);
    start(&told, folder, (const char *[]){"library"}, 1);
    folder_write(folder, "library/x/y/z/one.md", "One.\n");
    expect(&told, "x");
    folder_write(folder, "library/x/y/z/two.md", "Two.\n");
    expect(&told, "x/y/z/two.md");
    stop(&told);
}

static void a_folder_that_is_renamed_is_watched_where_it_is(void **state)
{
    struct folder *folder = *state;
    struct told told;
    folder_write(folder, "library/a/b/one.md", "One.\n");
    start(&told, folder, (const char *[]){"library"}, 1);
    assert_int_equal(rename(folder_path(folder, "library/a"), folder_path(folder, "library/c")), 0);
    expect(&told, "c");
    folder_write(folder, "library/c/b/one.md", "Two.\n");
    expect(&told, "c/b/one.md");
    assert_int_equal(rename(folder_path(folder, "library/c"), folder_path(folder, "away")), 0);
    expect(&told, "c");
    folder_write(folder, "away/b/one.md", "Three.\n");
    folder_write(folder, "library/last.md", "Last.\n");
    expect_without(&told, "last.md", "c/b/one.md");
    stop(&told);
}

static void a_storm_is_told_a_few_times(void **state)
{
    struct folder *folder = *state;
    struct told told;
    folder_write(folder, "library/first.md", "First.\n");
    start(&told, folder, (const char *[]){"library"}, 1);
    for (unsigned i = 0; i < 3000; i++)
        folder_write(folder, arena_printf(&folder->arena, "library/%u.md", i).at, "One.\n");
    expect(&told, "2999.md");
    assert_true(told.times < 300);
    stop(&told);
}

static void hidden_things_are_not_told(void **state)
{
    struct folder *folder = *state;
    struct told told;
    folder_write(folder, "library/.git/config", "x");
    start(&told, folder, (const char *[]){"library"}, 1);
    folder_write(folder, "library/.git/config", "y");
    folder_write(folder, "library/.one.md.swp", "y");
    folder_write(folder, "library/one.md", "One.\n");
    expect_without(&told, "one.md", ".one.md.swp");
    stop(&told);
}

static void roots_that_are_files_are_watched(void **state)
{
    struct folder *folder = *state;
    struct told told;
    folder_write(folder, "one.md", "One.\n");
    folder_write(folder, "library/two.md", "Two.\n");
    start(&told, folder, (const char *[]){"one.md", "library"}, 2);
    folder_write(folder, "new.md", "One.\n");
    assert_int_equal(rename(folder_path(folder, "new.md"), folder_path(folder, "one.md")), 0);
    expect(&told, "*");
    folder_write(folder, "library/two.md", "Three.\n");
    expect(&told, "two.md");
    stop(&told);
}

/* They have one folder, which the system watches once. */
static void roots_that_lie_in_one_folder_are_all_watched(void **state)
{
    struct folder *folder = *state;
    struct told told;
    folder_write(folder, "library/one.md", "One.\n");
    folder_write(folder, "library/two.md", "Two.\n");
    start(&told, folder, (const char *[]){"library/one.md", "library/two.md"}, 2);
    folder_write(folder, "library/one.md", "Another one.\n");
    expect(&told, "*");
    stop(&told);
    start(&told, folder, (const char *[]){"library", "library/two.md"}, 2);
    folder_write(folder, "library/one.md", "One.\n");
    expect(&told, "one.md");
    stop(&told);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_change_of_a_file_is_told),
        TEST(new_folders_are_watched),
        TEST(a_folder_that_is_renamed_is_watched_where_it_is),
        TEST(a_storm_is_told_a_few_times),
        TEST(hidden_things_are_not_told),
        TEST(roots_that_are_files_are_watched),
        TEST(roots_that_lie_in_one_folder_are_all_watched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
