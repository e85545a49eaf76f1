/* A catalogue that is brought up to date says what one says that is made anew. */
#include "updating.h"

/* All names of articles and links. */
static const char *const *all_names(struct folder *folder, size_t *count)
{
    static const struct {
        const char *const *names;
        size_t count;
    } kinds[] = {{changing_ids, CHANGING_COUNT(changing_ids)},
                 {changing_titles, CHANGING_COUNT(changing_titles)},
                 {changing_urls, CHANGING_COUNT(changing_urls)}};
    const char **names = arena_array(&folder->arena, 100, sizeof *names);
    *count = 0;
    for (int kind = 0; kind < 3; kind++)
        for (size_t i = 0; i < kinds[kind].count; i++)
            names[(*count)++] = kinds[kind].names[i];
    return names;
}

static void assert_as_anew(struct folder *folder, struct library *library, const struct catalogue *catalogue)
{
    struct catalogue *anew = read_all(library);
    struct library_changes changes;
    struct err err;
    size_t count;
    assert_int_equal(library_changes(library, catalogue, &(struct library_look){0}, &changes, &err), 0);
    assert_int_equal(changes.count, 0);
    library_changes_free(&changes);
    const char *const *names = all_names(folder, &count);
    struct buf got = catalogue_text(catalogue, names, count), wanted = catalogue_text(anew, names, count);
    assert_string_equal(buf_cstr(&got), buf_cstr(&wanted));
    buf_free(&got);
    buf_free(&wanted);
    catalogue_release(anew);
}

static void change_at_random(struct folder *folder, uint64_t seed)
{
    struct changing changing = changing_start(folder, seed, 20);
    struct library *library = open_library(folder);
    struct catalogue *catalogue = read_all(library);
    for (int step = 0; step < 100; step++) {
        for (unsigned i = 1 + roll(&changing, 4); i > 0; i--)
            change_once(&changing);
        update(library, &catalogue);
        assert_as_anew(folder, library, catalogue);
        if (roll(&changing, 25) == 0) {
            catalogue_release(catalogue);
            catalogue = read_all(library);
        }
    }
    catalogue_release(catalogue);
    library_close(library);
}

static void any_changes_end_as_if_all_was_read(void **state)
{
    for (uint64_t seed = 1; seed <= 6; seed++)
        change_at_random(*state, seed);
}

/* -- one thing at a time -------------------------------------------------------------------------------------------- */

static void write_old(struct changing *changing, const char *name, const char *title, const char *more)
{
    const char *path = arena_printf(&changing->folder->arena, "library/%s", name).at;
    unlink(folder_path(changing->folder, path));
    folder_article(changing->folder, path, title, more);
    age(changing, path);
}

static void remove_file(struct changing *changing, const char *name)
{
    const char *path = arena_printf(&changing->folder->arena, "library/%s", name).at;
    assert_int_equal(unlink(folder_path(changing->folder, path)), 0);
}

static void rename_file(struct changing *changing, const char *from, const char *to)
{
    struct folder *folder = changing->folder;
    const char *old = arena_printf(&folder->arena, "library/%s", from).at;
    const char *new = arena_printf(&folder->arena, "library/%s", to).at;
    assert_int_equal(rename(folder_path(folder, old), folder_path(folder, new)), 0);
}

static struct changing start_small(struct folder *folder)
{
    struct changing changing = changing_start(folder, 1, 0);
    write_old(&changing, "a.md", "Liver failure", "id: 1\nrelated_article1: {id: 2, title: An old name}\n");
    write_old(&changing, "b.md", "Hepatitis", "id: 2\n");
    write_old(&changing, "c.md", "Cirrhosis", "related_article1: {title: Hepatitis}\n");
    write_old(&changing, "d.md", "Latin", "related_article1: {id: 9, title: Greek}\n");
    return changing;
}

static uint32_t link_target(const struct catalogue *catalogue, uint32_t article)
{
    return catalogue_link_of(catalogue, article, 0).target;
}

static void assert_title(const struct catalogue *catalogue, uint32_t target, const char *title)
{
    assert_true(str_eq(catalogue_title(catalogue, target), str_from(title)));
}

static void only_what_has_changed_is_read(void **state)
{
    struct changing changing = start_small(*state);
    struct library *library = open_library(*state);
    struct catalogue *catalogue = read_all(library);
    assert_int_equal(update(library, &catalogue), 0);
    write_old(&changing, "b.md", "Hepatitis B", "id: 2\n");
    assert_int_equal(update(library, &catalogue), 1);
    remove_file(&changing, "a.md");
    assert_int_equal(update(library, &catalogue),
                     1); /* what was read before is read again: the delta is small */
    rename_file(&changing, "c.md", "e.md");
    assert_int_equal(update(library, &catalogue), 2);
    rename_file(&changing, "e.md", "c.md");
    assert_int_equal(update(library, &catalogue), 1);
    assert_int_equal(catalogue_files_there(catalogue), 3);
    assert_int_equal(catalogue_files_changed(catalogue), 2);
    catalogue_release(catalogue);
    library_close(library);
}

static void articles_keep_their_numbers(void **state)
{
    struct changing changing = start_small(*state);
    struct library *library = open_library(*state);
    struct catalogue *catalogue = read_all(library);
    write_old(&changing, "0.md", "Comes first", "");
    write_old(&changing, "b.md", "Hepatitis, once more", "id: 2\n");
    write_old(&changing, "c.md", "Another title", "");
    rename_file(&changing, "d.md", "x.md");
    rename_file(&changing, "a.md", "y.md");
    write_old(&changing, "y.md", "Liver", "id: 1\n");
    update(library, &catalogue);
    assert_int_equal(catalogue_count(catalogue), 5);
    assert_title(catalogue, 0, "Liver"); /* the same id */
    assert_title(catalogue, 1, "Hepatitis, once more");
    assert_title(catalogue, 2, "Another title"); /* the same place */
    assert_title(catalogue, 3, "Latin");         /* the same file */
    assert_title(catalogue, 4, "Comes first");
    write_old(&changing, "00.md", "Comes before it", "");
    rename_file(&changing, "0.md", "a.md");
    remove_file(&changing, "c.md");
    update(library, &catalogue);
    assert_int_equal(catalogue_count(catalogue), 6);
    assert_int_equal(catalogue_article_count(catalogue), 5);
    assert_title(catalogue, 4, "Comes first");
    assert_title(catalogue, 5, "Comes before it");
    assert_true(catalogue_is_missing(catalogue, 2));
    assert_as_anew(*state, library, catalogue);
    catalogue_release(catalogue);
    library_close(library);
}

static void links_break_and_mend(void **state)
{
    struct changing changing = start_small(*state);
    struct library *library = open_library(*state);
    struct catalogue *catalogue = read_all(library);
    assert_int_equal(link_target(catalogue, 0), 1);
    assert_int_equal(link_target(catalogue, 2), 1);
    assert_int_equal(link_target(catalogue, 3), 4);
    remove_file(&changing, "b.md");
    update(library, &catalogue);
    assert_int_equal(link_target(catalogue, 0), 1); /* as long as it is linked to */
    assert_true(catalogue_is_missing(catalogue, 1));
    assert_title(catalogue, 1, "An old name");
    assert_title(catalogue, link_target(catalogue, 2), "Hepatitis");
    assert_true(catalogue_is_missing(catalogue, link_target(catalogue, 2)));
    write_old(&changing, "b/again.md", "Hepatitis", "id: 2\n");
    write_old(&changing, "e.md", "Greek", "id: 9\n");
    update(library, &catalogue);
    assert_int_equal(link_target(catalogue, 0), 1);
    assert_int_equal(link_target(catalogue, 2), 1);
    assert_int_equal(link_target(catalogue, 3), 4);
    assert_false(catalogue_is_missing(catalogue, 4));
    assert_as_anew(*state, library, catalogue);
    catalogue_release(catalogue);
    library_close(library);
}

static void what_comes_back_leaves_no_delta(void **state)
{
    struct changing changing = start_small(*state);
    struct library *library = open_library(*state);
    struct catalogue *catalogue = read_all(library);
    rename_file(&changing, "b.md", "z.md");
    update(library, &catalogue);
    assert_non_null(catalogue_delta_image(catalogue));
    rename_file(&changing, "z.md", "b.md");
    update(library, &catalogue);
    assert_null(catalogue_delta_image(catalogue));
    catalogue_release(catalogue);
    library_close(library);
}

static void a_copy_joins_the_article(void **state)
{
    struct changing changing = start_small(*state);
    struct library *library = open_library(*state);
    struct catalogue *catalogue = read_all(library);
    write_old(&changing, "0/copy.md", "Hepatitis", "id: 2\n");
    update(library, &catalogue);
    assert_int_equal(catalogue_article_count(catalogue), 4);
    assert_int_equal(catalogue_count_files(catalogue, 1), 2);
    write_old(&changing, "d.md", "Latin", "");
    update(library, &catalogue);
    assert_int_equal(catalogue_count_files(catalogue, 1), 2);
    remove_file(&changing, "0/copy.md");
    update(library, &catalogue);
    assert_int_equal(catalogue_count_files(catalogue, 1), 1);
    assert_as_anew(*state, library, catalogue);
    catalogue_release(catalogue);
    library_close(library);
}

static void a_delta_belongs_to_one_base(void **state)
{
    struct changing changing = start_small(*state);
    struct library *library = open_library(*state);
    struct catalogue *base = read_all(library), *other = read_all(library);
    struct catalogue *catalogue = catalogue_keep(base);
    write_old(&changing, "e.md", "Greek", "");
    update(library, &catalogue);
    struct image *delta = catalogue_delta_image(catalogue);
    assert_null(catalogue_open_delta(other, delta));
    struct catalogue *again = catalogue_open_delta(base, delta);
    assert_as_anew(*state, library, again);
    size_t articles;
    assert_int_equal(catalogue_delta_numbers(again, &articles)[0], 4);
    assert_int_equal(articles, 1);
    assert_int_equal(catalogue_gone(again)[0], 0);
    catalogue_release(again);
    catalogue_release(catalogue);
    catalogue_release(base);
    catalogue_release(other);
    library_close(library);
}

static void several_roots_are_one_library(void **state)
{
    struct folder *folder = *state;
    struct changing changing = start_small(folder);
    struct err err;
    write_old(&changing, "x/a.md", "Proof theory", "");
    const char *roots[] = {folder_path(folder, "library/x"), folder_path(folder, "library"),
                           folder_path(folder, "library/d.md")};
    struct library *library = library_open(roots, 3, &err);
    struct catalogue *catalogue = read_all(library);
    assert_as_anew(folder, library, catalogue);
    rename_file(&changing, "x/a.md", "y.md");
    update(library, &catalogue);
    assert_as_anew(folder, library, catalogue);
    write_old(&changing, "x/b.md", "Latin", "id: 40\n");
    write_old(&changing, "d.md", "Greek", "");
    update(library, &catalogue);
    assert_as_anew(folder, library, catalogue);
    catalogue_release(catalogue);
    library_close(library);
}

static void an_update_can_be_cancelled(void **state)
{
    struct changing changing = start_small(*state);
    struct library *library = open_library(*state);
    struct catalogue *catalogue = read_all(library);
    struct library_changes changes;
    struct err err;
    atomic_bool cancel = true;
    write_old(&changing, "e.md", "Greek", "");
    assert_int_equal(library_changes(library, catalogue, &(struct library_look){0}, &changes, &err), 0);
    assert_null(
        library_update(library, catalogue, &changes, &(struct library_scan){.cancel = &cancel}, &err));
    assert_int_equal(err.kind, ERR_NONE);
    library_changes_free(&changes);
    catalogue_release(catalogue);
    library_close(library);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(any_changes_end_as_if_all_was_read), TEST(only_what_has_changed_is_read),
        TEST(articles_keep_their_numbers),        TEST(links_break_and_mend),
        TEST(what_comes_back_leaves_no_delta),    TEST(a_copy_joins_the_article),
        TEST(a_delta_belongs_to_one_base),        TEST(several_roots_are_one_library),
        TEST(an_update_can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
