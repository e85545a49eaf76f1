/* What is seen to have changed in a library since it was read. */
#include "indexed_folder.h"

/* The changes in one line: + for what is to be read, ? for what is skipped, - for what has gone. */
static struct str look(struct folder *folder, const struct library *library,
                       const struct catalogue *catalogue, const char *place)
{
    struct err err;
    struct library_changes changes;
    struct str places = str_from(place);
    struct buf line = {0};
    struct library_look wishes = {.places = &places, .place_count = place != NULL};
    assert_int_equal(library_changes(library, catalogue, &wishes, &changes, &err), 0);
    for (size_t i = 0; i < changes.count; i++) {
        const struct library_change *change = &changes.at[i];
        const char *sign = change->kind == CHANGE_FILE ? "+" : change->kind == CHANGE_GONE ? "-" : "?";
        buf_printf(&line, "%s%s%.*s", i ? " " : "", sign, STR_ARG(change->path));
    }
    struct str all = arena_str(&folder->arena, buf_str(&line));
    buf_free(&line);
    library_changes_free(&changes);
    return all;
}

static void assert_changes(struct folder *folder, const struct indexed *indexed, const char *place,
                           const char *wanted)
{
    assert_string_equal(look(folder, indexed->library, indexed->parts.catalogue, place).at, wanted);
}

static bool unchanged(const struct indexed *indexed)
{
    struct err err;
    struct library_changes changes;
    assert_int_equal(library_changes(indexed->library, indexed->parts.catalogue,
                                     &(struct library_look){.limit = 1}, &changes, &err),
                     0);
    bool none = changes.count == 0;
    library_changes_free(&changes);
    return none;
}

/* The library as it is now, read anew. */
static void read_again(struct folder *folder, struct indexed *indexed)
{
    assert_int_equal(unchanged(indexed), 0);
    indexed_close(indexed);
    *indexed = indexed_open(folder);
    assert_int_equal(unchanged(indexed), 1);
}

static void a_library_left_alone_is_unchanged(void **state)
{
    struct indexed indexed = indexed_open(*state);
    assert_int_equal(unchanged(&indexed), 1);
    assert_int_equal(unchanged(&indexed), 1);
    indexed_close(&indexed);
}

static void every_change_is_seen(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    const char *one = folder_path(folder, "library/a/one.md"), *new = folder_path(folder, "library/a/new.md");

    struct timespec times[2] = {{1600000000, 0}, {1600000000, 1}};
    assert_int_equal(utimensat(AT_FDCWD, one, times, 0), 0);
    read_again(folder, &indexed);
    assert_int_equal(truncate(one, 40), 0);
    indexed_age(folder, "library/a/one.md");
    read_again(folder, &indexed);
    assert_int_equal(rename(one, new), 0);
    read_again(folder, &indexed);
    assert_int_equal(chmod(new, 0640), 0);
    read_again(folder, &indexed);
    folder_article(folder, "library/b/added.md", "Added", "");
    indexed_age(folder, "library/b/added.md");
    read_again(folder, &indexed);
    assert_int_equal(unlink(new), 0);
    read_again(folder, &indexed);
    assert_int_equal(symlink("/nowhere", new), 0);
    read_again(folder, &indexed);
    folder_write(folder, "library/zz/last.md", "Text of the last one.\n");
    indexed_age(folder, "library/zz/last.md");
    read_again(folder, &indexed);
    indexed_close(&indexed);
}

/* The same size and time in another file: an editor that saves by renaming and keeps the time. */
static void a_replaced_file_is_seen(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    folder_article(folder, "library/a/copy.md", "Hepatotis", "id: 2\npage_keywords: liver, virus\n");
    indexed_age(folder, "library/a/copy.md");
    assert_int_equal(
        rename(folder_path(folder, "library/a/copy.md"), folder_path(folder, "library/a/two.md")), 0);
    assert_int_equal(unchanged(&indexed), 0);
    indexed_close(&indexed);
}

static void what_was_written_just_now_is_read_again(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "library/a/fresh.md", "Fresh", "");
    struct indexed indexed = indexed_open(folder);
    assert_int_equal(unchanged(&indexed), 0);
    indexed_close(&indexed);
    /* A time in the future says nothing about when it was written. */
    struct timespec times[2] = {{4000000000, 0}, {4000000000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, folder_path(folder, "library/a/fresh.md"), times, 0), 0);
    indexed = indexed_open(folder);
    assert_int_equal(unchanged(&indexed), 1);
    indexed_close(&indexed);
}

static void a_check_can_be_cancelled(void **state)
{
    struct indexed indexed = indexed_open(*state);
    atomic_bool cancel = true;
    struct err err;
    struct library_changes changes;
    struct library_look wishes = {.cancel = &cancel};
    assert_int_equal(library_changes(indexed.library, indexed.parts.catalogue, &wishes, &changes, &err), -1);
    assert_int_equal(err.kind, ERR_NONE);
    indexed_close(&indexed);
}

static void several_roots_are_looked_at(void **state)
{
    struct folder *folder = *state;
    struct library *library;
    const char *names[] = {"library/a", "library/b", "library/a/one.md"};
    struct catalogue *catalogue =
        folder_scan_with(folder, names, 3, &(struct library_scan){.threads = 2}, &library);
    assert_non_null(catalogue);
    assert_string_equal(look(folder, library, catalogue, NULL).at, "");
    indexed_age(folder, "library/b/clash.md");
    assert_string_equal(look(folder, library, catalogue, NULL).at, "");
    folder_article(folder, "library/b/clash.md", "Another", "id: 7\n");
    assert_string_equal(look(folder, library, catalogue, NULL).at, "+clash.md");
    /* What was read in the second place is not skipped any more. */
    assert_int_equal(unlink(folder_path(folder, "library/a/one.md")), 0);
    folder_write(folder, "library/a/one.md", "Something else.\n");
    indexed_age(folder, "library/a/one.md");
    assert_string_equal(look(folder, library, catalogue, NULL).at, "+one.md +clash.md");
    catalogue_release(catalogue);
    library_close(library);
}

static void changes_are_named_in_the_order_of_the_walk(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    folder_article(folder, "library/a.md", "Beside a folder", "");
    folder_article(folder, "library/a/a/new.md", "In a new folder", "");
    folder_write(folder, "library/a/.swap", "");
    assert_int_equal(rename(folder_path(folder, "library/b/clash.md"), folder_path(folder, "library/b/z.md")),
                     0);
    assert_int_equal(unlink(folder_path(folder, "library/c/.hidden")), 0);
    folder_write(folder, "library/c/broken.md", "Mended.\n");
    assert_changes(folder, &indexed, NULL,
                   "?a/.swap +a/a/new.md +a.md -b/clash.md +b/z.md -c/.hidden +c/broken.md");
    assert_changes(folder, &indexed, "a", "?a/.swap +a/a/new.md");
    assert_changes(folder, &indexed, "a.md", "+a.md");
    assert_changes(folder, &indexed, "a/a/new.md", "+a/a/new.md");
    assert_changes(folder, &indexed, "b/clash.md", "-b/clash.md");
    assert_changes(folder, &indexed, "c/.hidden", "-c/.hidden");
    assert_changes(folder, &indexed, "a/one.md", "");
    assert_changes(folder, &indexed, "nowhere/at/all.md", "");
    assert_changes(folder, &indexed, ".git/config", "");
    assert_changes(folder, &indexed, "../elsewhere", "");
    indexed_close(&indexed);
}

static void places_may_come_in_any_order_and_lie_in_each_other(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    folder_article(folder, "library/a/x.md", "New", "");
    folder_article(folder, "library/b/y.md", "New", "");
    const struct str places[] = {STR("b"), STR("a/x.md"), STR("c"), STR("a"), STR("b/y.md"), STR("a/x.md")};
    struct library_look wishes = {.places = places, .place_count = 6};
    struct library_changes changes;
    struct err err;
    assert_int_equal(library_changes(indexed.library, indexed.parts.catalogue, &wishes, &changes, &err), 0);
    assert_int_equal(changes.count, 2);
    assert_string_equal(changes.at[0].path.at, "a/x.md");
    assert_string_equal(changes.at[1].path.at, "b/y.md");
    library_changes_free(&changes);
    indexed_close(&indexed);
}

static void a_folder_that_goes_takes_all_with_it(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    assert_int_equal(rename(folder_path(folder, "library/b"), folder_path(folder, "away")), 0);
    assert_changes(folder, &indexed, "b", "-b/binary.png -b/clash.md -b/two-again.md");
    assert_int_equal(symlink("../away", folder_path(folder, "library/b")), 0);
    assert_changes(folder, &indexed, "b", "?b -b/binary.png -b/clash.md -b/two-again.md");
    assert_changes(folder, &indexed, "b/clash.md", "-b/clash.md");
    indexed_close(&indexed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_library_left_alone_is_unchanged, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(every_change_is_seen, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_replaced_file_is_seen, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_was_written_just_now_is_read_again, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_check_can_be_cancelled, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(changes_are_named_in_the_order_of_the_walk, indexed_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(places_may_come_in_any_order_and_lie_in_each_other, indexed_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_folder_that_goes_takes_all_with_it, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(several_roots_are_looked_at, indexed_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
