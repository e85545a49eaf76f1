#include "indexed_folder.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "parts_text.h"

static const char *corpus(void)
{
    const char *folder = getenv("LECTERN_CORPUS");
    return folder ? folder : "build/corpus";
}

static void assert_same(const struct index_parts *a, const struct index_parts *b)
{
    struct buf x = parts_text(a), y = parts_text(b);
    assert_int_equal(x.len, y.len);
    assert_memory_equal(x.at, y.at, x.len);
    buf_free(&x);
    buf_free(&y);
}

static void assert_refused(const struct indexed *indexed, enum err_kind kind)
{
    struct index_parts parts;
    struct err err;
    assert_int_equal(index_file_open(indexed->index_folder, indexed->library, &parts, &err), -1);
    assert_int_equal(err.kind, kind);
}

static void a_file_gives_what_was_written(void **state)
{
    struct indexed indexed = indexed_open(*state);
    struct index_parts parts;
    struct err err;
    assert_refused(&indexed, ERR_NOT_FOUND);
    indexed_write(&indexed);
    assert_int_equal(index_file_open(indexed.index_folder, indexed.library, &parts, &err), 0);
    assert_true(index_file_intact(&parts, NULL, &err));
    assert_same(&indexed.parts, &parts);
    assert_int_equal(catalogue_missing(parts.catalogue), 1);
    assert_true(catalogue_problem_count(parts.catalogue) >= 4);
    struct index_parts shared = index_parts_share(&parts);
    index_parts_free(&parts);
    assert_same(&indexed.parts, &shared);
    index_parts_free(&shared);
    indexed_close(&indexed);
}

static void a_real_library_comes_back_whole(void **state)
{
    struct folder *folder = *state;
    const char *root = corpus(), *cache = folder_path(folder, "cache/lectern");
    struct index_parts read, opened;
    struct err err;
    if (access(root, R_OK) != 0) {
        print_message("skipped: there is no %s\n", root);
        skip();
    }
    struct library *library = library_open(&root, 1, &err);
    assert_non_null(library);
    assert_int_equal(index_parts_read(library, &(struct library_scan){0}, NULL, &read, &err), 0);
    mkdir(folder_path(folder, "cache"), 0700);
    assert_int_equal(index_file_write(cache, library, &read, NULL, &err), 0);
    assert_int_equal(index_file_open(cache, library, &opened, &err), 0);
    assert_true(index_file_intact(&opened, NULL, &err));
    assert_same(&read, &opened);
    index_parts_free(&read);
    index_parts_free(&opened);
    library_close(library);
}

static void an_empty_library_has_an_index_too(void **state)
{
    struct folder *folder = *state;
    assert_int_equal(mkdir(folder_path(folder, "library"), 0700), 0);
    struct indexed indexed = indexed_open(folder);
    struct index_parts parts;
    struct err err;
    indexed_write(&indexed);
    assert_int_equal(index_file_open(indexed.index_folder, indexed.library, &parts, &err), 0);
    assert_same(&indexed.parts, &parts);
    index_parts_free(&parts);
    indexed_close(&indexed);
}

static void an_open_index_outlives_its_replacement(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    struct index_parts parts;
    struct err err;
    indexed_write(&indexed);
    assert_int_equal(index_file_open(indexed.index_folder, indexed.library, &parts, &err), 0);
    folder_article(folder, "library/a/three.md", "Something new", "");
    struct indexed later = indexed_open(folder);
    indexed_write(&later);
    assert_true(index_file_intact(&parts, NULL, &err));
    assert_same(&indexed.parts, &parts);
    index_parts_free(&parts);
    assert_int_equal(index_file_open(later.index_folder, later.library, &parts, &err), 0);
    assert_same(&later.parts, &parts);
    index_parts_free(&parts);
    indexed_close(&later);
    indexed_close(&indexed);
}

static void each_library_has_its_own_file(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    struct err err;
    struct buf names[3] = {{0}};
    const char *roots[] = {folder_path(folder, "library"), folder_path(folder, "library/a"),
                           folder_path(folder, "library/a/../../library")};
    for (int i = 0; i < 3; i++) {
        struct library *library = library_open(&roots[i], 1, &err);
        assert_int_equal(index_file_name(library, &names[i], &err), 0);
        library_close(library);
    }
    assert_false(str_eq(buf_str(&names[0]), buf_str(&names[1])));
    assert_true(str_eq(buf_str(&names[0]), buf_str(&names[2])));
    /* A file under the name of another library is not taken for it. */
    indexed_write(&indexed);
    const char *path = indexed_path(folder, &indexed);
    assert_int_equal(
        rename(path, arena_printf(&folder->arena, "%s/%s", indexed.index_folder, buf_cstr(&names[1])).at), 0);
    struct library *other = library_open(&roots[1], 1, &err);
    struct index_parts parts;
    assert_int_equal(index_file_open(indexed.index_folder, other, &parts, &err), -1);
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    library_close(other);
    for (int i = 0; i < 3; i++)
        buf_free(&names[i]);
    indexed_close(&indexed);
}

static void the_folder_follows_the_environment(void **state)
{
    (void)state;
    static const struct {
        const char *cache_home, *home, *folder;
    } cases[] = {
        {"/c", "/h", "/c/lectern"},
        {NULL, "/h", "/h/.cache/lectern"},
        {"", "/h", "/h/.cache/lectern"},
        {"c", "/h", "/h/.cache/lectern"},
        {"../c", NULL, NULL},
        {NULL, NULL, NULL},
        {NULL, "h", NULL},
        {"", "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf folder = {0};
        struct err err;
        int status = index_file_folder(&folder, cases[i].cache_home, cases[i].home, &err);
        assert_int_equal(status, cases[i].folder ? 0 : -1);
        if (cases[i].folder)
            assert_string_equal(buf_cstr(&folder), cases[i].folder);
        buf_free(&folder);
    }
}

static void folder_and_file_are_private(void **state)
{
    struct indexed indexed = indexed_open(*state);
    struct stat about;
    mode_t mask = umask(0);
    indexed_write(&indexed);
    umask(mask);
    assert_int_equal(stat(indexed.index_folder, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0700);
    assert_int_equal(stat(indexed_path(*state, &indexed), &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    indexed_close(&indexed);
}

static void assert_not_written(const struct indexed *indexed, enum err_kind kind)
{
    struct err err;
    assert_int_equal(index_file_write(indexed->index_folder, indexed->library, &indexed->parts, NULL, &err),
                     -1);
    assert_int_equal(err.kind, kind);
}

static void a_folder_of_others_is_refused(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    indexed_write(&indexed);
    for (mode_t mode = 0702; mode <= 0720; mode += 016) {
        assert_int_equal(chmod(indexed.index_folder, mode), 0);
        assert_refused(&indexed, ERR_ACCESS);
        assert_not_written(&indexed, ERR_ACCESS);
    }
    assert_int_equal(chmod(indexed.index_folder, 0700), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(indexed.index_folder, 12345, (gid_t)-1), 0);
        assert_refused(&indexed, ERR_ACCESS);
        assert_not_written(&indexed, ERR_ACCESS);
        assert_int_equal(chown(indexed.index_folder, 0, (gid_t)-1), 0);
    }
    const char *moved = folder_path(folder, "moved");
    assert_int_equal(rename(indexed.index_folder, moved), 0);
    assert_int_equal(symlink(moved, indexed.index_folder), 0);
    assert_refused(&indexed, ERR_ACCESS);
    assert_not_written(&indexed, ERR_ACCESS);
    indexed_close(&indexed);
}

static void a_file_that_is_a_link_or_of_others_is_refused(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    indexed_write(&indexed);
    const char *path = indexed_path(folder, &indexed), *moved = folder_path(folder, "moved");
    assert_int_equal(chmod(path, 0602), 0);
    assert_refused(&indexed, ERR_ACCESS);
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(rename(path, moved), 0);
    assert_int_equal(symlink(moved, path), 0);
    assert_refused(&indexed, ERR_ACCESS);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused(&indexed, ERR_ACCESS);
    indexed_write(&indexed); /* takes the name, whatever it stood for */
    struct index_parts parts;
    struct err err;
    assert_int_equal(index_file_open(indexed.index_folder, indexed.library, &parts, &err), 0);
    index_parts_free(&parts);
    indexed_close(&indexed);
}

static void a_place_that_cannot_be_made_is_an_error(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    indexed.index_folder = folder_path(folder, "library/a/one.md/cache/lectern");
    assert_refused(&indexed, ERR_NOT_FOUND);
    assert_not_written(&indexed, ERR_NOT_FOUND);
    indexed_close(&indexed);
}

static void a_full_disk_leaves_the_old_index(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    indexed_write(&indexed);
    struct rlimit before, small = {1000, 0};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
    sigaction(SIGXFSZ, &ignore, &old);
    setrlimit(RLIMIT_FSIZE, &small);
    struct err err;
    int status = index_file_write(indexed.index_folder, indexed.library, &indexed.parts, NULL, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    sigaction(SIGXFSZ, &old, NULL);
    assert_int_equal(status, -1);
    assert_int_not_equal(err.kind, ERR_NONE);
    struct index_parts parts;
    assert_int_equal(index_file_open(indexed.index_folder, indexed.library, &parts, &err), 0);
    assert_true(index_file_intact(&parts, NULL, &err));
    index_parts_free(&parts);
    const char *left = arena_printf(&folder->arena, "%s.new", indexed_path(folder, &indexed)).at;
    assert_int_not_equal(access(left, F_OK), 0);
    indexed_close(&indexed);
}

static void what_a_killed_writer_has_left_is_used_again(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    struct index_parts parts;
    struct err err;
    indexed_write(&indexed);
    const char *path = indexed_path(folder, &indexed);
    const char *left = arena_printf(&folder->arena, "%s.new", path).at;
    FILE *file = fopen(left, "wb");
    assert_non_null(file);
    fputs("half an index", file);
    fclose(file);
    indexed_write(&indexed);
    assert_int_not_equal(access(left, F_OK), 0);
    assert_int_equal(index_file_open(indexed.index_folder, indexed.library, &parts, &err), 0);
    assert_same(&indexed.parts, &parts);
    index_parts_free(&parts);
    indexed_close(&indexed);
}

/* A child that holds the lock of a writer until it is told to end. */
static pid_t start_writer(const char *path, int *go)
{
    int ready[2], end[2];
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(end), 0);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int fd = open(path, O_RDWR | O_CREAT, 0600);
        close(end[1]);
        if (fcntl(fd, F_SETLK, &lock) != 0 || write(ready[1], "", 1) != 1)
            _exit(1);
        _exit(read(end[0], &byte, 1) != 0);
    }
    char byte;
    close(end[0]);
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    *go = end[1];
    return child;
}

static void another_writer_is_not_disturbed(void **state)
{
    struct folder *folder = *state;
    struct indexed indexed = indexed_open(folder);
    indexed_write(&indexed);
    int go, status;
    const char *name = arena_printf(&folder->arena, "%s.new", indexed_path(folder, &indexed)).at;
    pid_t child = start_writer(name, &go);
    assert_not_written(&indexed, ERR_NONE);
    assert_int_equal(access(name, F_OK), 0);
    close(go);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    indexed_write(&indexed);
    indexed_close(&indexed);
}

static void a_cancelled_write_leaves_nothing(void **state)
{
    struct indexed indexed = indexed_open(*state);
    atomic_bool cancel = true;
    struct err err;
    assert_int_equal(index_file_write(indexed.index_folder, indexed.library, &indexed.parts, &cancel, &err),
                     -1);
    assert_int_equal(err.kind, ERR_NONE);
    assert_int_equal(rmdir(indexed.index_folder), 0);
    indexed_close(&indexed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_gives_what_was_written, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_real_library_comes_back_whole, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(an_empty_library_has_an_index_too, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(an_open_index_outlives_its_replacement, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(each_library_has_its_own_file, indexed_make, folder_remove),
        cmocka_unit_test(the_folder_follows_the_environment),
        cmocka_unit_test_setup_teardown(folder_and_file_are_private, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_folder_of_others_is_refused, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_file_that_is_a_link_or_of_others_is_refused, indexed_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_place_that_cannot_be_made_is_an_error, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_index, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_a_killed_writer_has_left_is_used_again, indexed_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(another_writer_is_not_disturbed, indexed_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_cancelled_write_leaves_nothing, indexed_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
