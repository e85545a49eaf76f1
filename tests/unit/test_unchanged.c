/* Whether a library is seen to have changed since it was read. */
#include "indexed_folder.h"

static int unchanged(const struct indexed *indexed)
{
    struct err err;
    return library_unchanged(indexed->library, indexed->parts.catalogue, NULL, &err);
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
    assert_int_equal(library_unchanged(indexed.library, indexed.parts.catalogue, &cancel, &err), -1);
    assert_int_equal(err.kind, ERR_NONE);
    indexed_close(&indexed);
}

static void several_roots_are_looked_at(void **state)
{
    struct folder *folder = *state;
    struct library *library;
    struct err err;
    const char *names[] = {"library/a", "library/b", "library/a/one.md"};
    struct catalogue *catalogue =
        folder_scan_with(folder, names, 3, &(struct library_scan){.threads = 2}, &library);
    assert_non_null(catalogue);
    assert_int_equal(library_unchanged(library, catalogue, NULL, &err), 1);
    indexed_age(folder, "library/b/clash.md");
    assert_int_equal(library_unchanged(library, catalogue, NULL, &err), 1);
    folder_article(folder, "library/b/clash.md", "Another", "id: 7\n");
    assert_int_equal(library_unchanged(library, catalogue, NULL, &err), 0);
    catalogue_release(catalogue);
    library_close(library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_library_left_alone_is_unchanged, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(every_change_is_seen, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_replaced_file_is_seen, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_was_written_just_now_is_read_again, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_check_can_be_cancelled, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(several_roots_are_looked_at, indexed_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
