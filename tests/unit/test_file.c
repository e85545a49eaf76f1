#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "lectern/bounds.h"
#include "lectern/file.h"

#define LIMIT ((size_t)1 << 20)

/* A folder of its own for each test, and a secret beside it. */
struct place {
    char top[64];
    int top_fd, root; /* `root` is the folder "library" in `top` */
    struct arena arena;
    struct buf met; /* what a walk met: path, and for skipped entries the reason in brackets */
    size_t stop_after, visits;
};

static void write_file(int folder, const char *name, const char *content)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), strlen(content));
    close(fd);
}

static void make_folder(int folder, const char *name)
{
    assert_int_equal(mkdirat(folder, name, 0700), 0);
}

static int set_up(void **state)
{
    static struct place place;
    place = (struct place){.stop_after = SIZE_MAX};
    const char *parent = getenv("TMPDIR");
    if (!parent || strlen(parent) > 40)
        parent = "/tmp";
    snprintf(place.top, sizeof place.top, "%s/lectern-XXXXXX", parent);
    if (!mkdtemp(place.top))
        return -1;
    place.top_fd = open(place.top, O_RDONLY | O_DIRECTORY);
    write_file(place.top_fd, "secret", "outside");
    make_folder(place.top_fd, "library");
    place.root = openat(place.top_fd, "library", O_RDONLY | O_DIRECTORY);
    *state = &place;
    return place.root < 0 ? -1 : 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    struct place *place = *state;
    close(place->root);
    close(place->top_fd);
    arena_free(&place->arena);
    buf_free(&place->met);
    return nftw(place->top, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void assert_text(struct str got, const char *wanted)
{
    assert_int_equal(got.len, strlen(wanted));
    assert_memory_equal(got.at, wanted, got.len);
}

static void assert_refused(struct place *place, const char *path, enum err_kind kind, const char *message)
{
    struct err err;
    struct str text = STR("x");
    assert_int_equal(file_read(place->root, path, LIMIT, &place->arena, &text, NULL, &err), -1);
    assert_int_equal(err.kind, kind);
    assert_string_equal(err.path, path);
    if (!strstr(err.message, message))
        fail_msg("\"%s\" does not say \"%s\"", err.message, message);
    assert_int_equal(text.len, 0);
}

static void make_socket(struct place *place, const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s/library/%s", place->top, name);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

static void files_are_read_whole_with_their_stamp(void **state)
{
    struct place *place = *state;
    struct file_stamp stamp;
    struct stat status;
    struct str text;
    struct err err;
    make_folder(place->root, "a");
    make_folder(place->root, "a/b");
    write_file(place->root, "a/b/page.md", "the text\n");
    assert_int_equal(file_read(place->root, "a/b/page.md", LIMIT, &place->arena, &text, &stamp, &err), 0);
    assert_text(text, "the text\n");
    assert_int_equal(text.at[text.len], '\0');
    assert_int_equal(fstatat(place->root, "a/b/page.md", &status, 0), 0);
    assert_int_equal(stamp.size, 9);
    assert_int_equal(stamp.inode, status.st_ino);
    assert_int_equal(stamp.device, status.st_dev);
    assert_true(stamp.mtime_ns / 1000000000 == status.st_mtim.tv_sec);
    assert_int_equal(file_read(place->root, "./a//b/page.md", LIMIT, &place->arena, &text, NULL, NULL), 0);
    write_file(place->root, "empty", "");
    assert_int_equal(file_read(place->root, "empty", LIMIT, &place->arena, &text, NULL, NULL), 0);
    assert_int_equal(text.len, 0);
}

static void the_limit_is_inclusive(void **state)
{
    struct place *place = *state;
    struct str text;
    struct err err;
    write_file(place->root, "nine", "123456789");
    assert_int_equal(file_read(place->root, "nine", 9, &place->arena, &text, NULL, &err), 0);
    assert_int_equal(file_read(place->root, "nine", 8, &place->arena, &text, NULL, &err), -1);
    assert_int_equal(err.kind, ERR_TOO_BIG);
}

static void paths_that_lead_out_are_refused(void **state)
{
    struct place *place = *state;
    make_folder(place->root, "a");
    assert_refused(place, "../secret", ERR_ACCESS, "leads out");
    assert_refused(place, "a/../../secret", ERR_ACCESS, "leads out");
    assert_refused(place, "a/..", ERR_ACCESS, "leads out");
    assert_refused(place, "/etc/passwd", ERR_ACCESS, "leads out");
    assert_refused(place, "", ERR_ACCESS, "leads out");
    write_file(place->root, "..not-up", "fine");
    struct str text;
    assert_int_equal(file_read(place->root, "..not-up", LIMIT, &place->arena, &text, NULL, NULL), 0);
}

static void links_are_not_followed_in_any_part(void **state)
{
    struct place *place = *state;
    assert_int_equal(symlinkat("../secret", place->root, "out"), 0);
    assert_int_equal(symlinkat("..", place->root, "up"), 0);
    assert_int_equal(symlinkat("loop", place->root, "loop"), 0);
    make_folder(place->root, "a");
    write_file(place->root, "a/page", "text");
    assert_int_equal(symlinkat("a", place->root, "inside"), 0);
    assert_refused(place, "out", ERR_KIND, "symbolic link");
    assert_refused(place, "up/secret", ERR_KIND, "symbolic link");
    assert_refused(place, "up/", ERR_KIND, "symbolic link");
    assert_refused(place, "inside/page", ERR_KIND, "symbolic link");
    assert_refused(place, "loop", ERR_KIND, "symbolic link");
}

static void what_the_reader_names_may_be_a_link(void **state)
{
    struct place *place = *state;
    struct str text;
    char path[128];
    assert_int_equal(symlinkat("../secret", place->root, "out"), 0);
    snprintf(path, sizeof path, "%s/library/out", place->top);
    assert_int_equal(file_read(AT_FDCWD, path, LIMIT, &place->arena, &text, NULL, NULL), 0);
    assert_text(text, "outside");
}

static void special_files_are_refused_at_once(void **state)
{
    struct place *place = *state;
    struct str text;
    struct err err;
    assert_int_equal(mkfifoat(place->root, "fifo", 0600), 0);
    make_socket(place, "socket");
    make_folder(place->root, "folder");
    assert_refused(place, "fifo", ERR_KIND, "a FIFO");
    assert_refused(place, "socket", ERR_KIND, "a socket");
    assert_refused(place, "folder", ERR_KIND, "a folder");
    assert_refused(place, "folder/", ERR_KIND, "a folder");
    assert_int_equal(file_read(AT_FDCWD, "/dev/zero", LIMIT, &place->arena, &text, NULL, &err), -1);
    assert_int_equal(err.kind, ERR_KIND);
    assert_string_equal(err.message, "a device; not read");
}

static void missing_and_unreadable_files_are_told_apart(void **state)
{
    struct place *place = *state;
    write_file(place->root, "page", "text");
    assert_refused(place, "missing", ERR_NOT_FOUND, "No such file");
    assert_refused(place, "page/below", ERR_NOT_FOUND, "Not a directory");
    if (geteuid() == 0) {
        print_message("permissions are not tested: root may read everything\n");
        return;
    }
    assert_int_equal(fchmodat(place->root, "page", 0, 0), 0);
    assert_refused(place, "page", ERR_ACCESS, "Permission denied");
}

static void a_file_longer_than_it_said_has_changed(void **state)
{
    struct place *place = *state;
    struct str text;
    struct err err;
    struct stat status;
    if (stat("/proc/self/stat", &status) != 0 || status.st_size != 0) {
        print_message("no /proc here\n");
        skip();
    }
    assert_int_equal(file_read(AT_FDCWD, "/proc/self/stat", LIMIT, &place->arena, &text, NULL, &err), 1);
    assert_int_equal(err.kind, ERR_CHANGED);
    assert_int_equal(text.len, 0);
    assert_int_equal(text.at[0], '\0');
}

struct writer {
    int fd;
    atomic_bool done;
};

static void *keep_changing(void *argument)
{
    struct writer *writer = argument;
    off_t size = 0;
    while (!atomic_load(&writer->done)) {
        size = (size + 4093) % 500000;
        if (ftruncate(writer->fd, size) != 0)
            break;
    }
    return NULL;
}

static void a_file_that_grows_and_shrinks_is_told(void **state)
{
    struct place *place = *state;
    struct writer writer = {0};
    struct str text;
    struct err err;
    pthread_t thread;
    write_file(place->root, "page", "");
    writer.fd = openat(place->root, "page", O_RDWR);
    assert_int_equal(pthread_create(&thread, NULL, keep_changing, &writer), 0);
    bool told = false;
    for (int i = 0; i < 100000 && !told; i++) {
        struct file_stamp stamp;
        int result = file_read(place->root, "page", LIMIT, &place->arena, &text, &stamp, &err);
        assert_true(result >= 0);
        assert_true(text.len <= stamp.size);
        if (result == 0)
            assert_int_equal(text.len, stamp.size);
        told = result == 1 && err.kind == ERR_CHANGED;
        arena_reset(&place->arena);
    }
    atomic_store(&writer.done, true);
    pthread_join(thread, NULL);
    close(writer.fd);
    assert_true(told);
}

static bool note(void *context, const struct file_entry *entry)
{
    struct place *place = context;
    buf_printf(&place->met, "%s", entry->path.at);
    assert_int_equal(strlen(entry->path.at), entry->path.len);
    if (entry->kind == FILE_ENTRY_SKIPPED)
        buf_printf(&place->met, " [%.*s]", STR_ARG(entry->reason));
    buf_add_byte(&place->met, '\n');
    return ++place->visits < place->stop_after;
}

static void assert_walk(struct place *place, const char *wanted)
{
    struct err err;
    assert_int_equal(file_walk(place->root, note, place, &err), 0);
    assert_string_equal(buf_cstr(&place->met), wanted);
}

static void a_walk_accounts_for_every_entry(void **state)
{
    struct place *place = *state;
    make_folder(place->root, "b");
    make_folder(place->root, "b/empty");
    make_folder(place->root, ".git");
    write_file(place->root, ".git/config", "");
    write_file(place->root, ".hidden", "");
    write_file(place->root, "b/2", "");
    write_file(place->root, "b/10", "");
    write_file(place->root, "b.md", "");
    write_file(place->root, "a", "");
    write_file(place->root, "Z", "");
    write_file(place->root, "two\nlines", "");
    write_file(place->root, "bad\xFF", "");
    assert_int_equal(mkfifoat(place->root, "fifo", 0600), 0);
    make_socket(place, "socket");
    assert_int_equal(symlinkat(".", place->root, "loop"), 0);
    assert_int_equal(symlinkat("../../secret", place->root, "b/out"), 0);
    assert_int_equal(symlinkat("nowhere", place->root, "dangling"), 0);
    assert_walk(place, ".git [a hidden folder]\n"
                       ".hidden [a hidden file]\n"
                       "Z\n"
                       "a\n"
                       "b/10\n"
                       "b/2\n"
                       "b/out [a symbolic link, which is not followed]\n"
                       "b.md\n"
                       "bad\xFF\n"
                       "dangling [a symbolic link, which is not followed]\n"
                       "fifo [a FIFO]\n"
                       "loop [a symbolic link, which is not followed]\n"
                       "socket [a socket]\n"
                       "two\nlines\n");
}

static void a_walk_can_be_repeated_and_ended(void **state)
{
    struct place *place = *state;
    make_folder(place->root, "a");
    write_file(place->root, "a/1", "");
    write_file(place->root, "a/2", "");
    write_file(place->root, "b", "");
    assert_walk(place, "a/1\na/2\nb\n");
    buf_clear(&place->met);
    assert_walk(place, "a/1\na/2\nb\n");
    buf_clear(&place->met);
    place->visits = 0;
    place->stop_after = 1;
    assert_walk(place, "a/1\n");
}

static void a_folder_that_cannot_be_read_is_reported(void **state)
{
    struct place *place = *state;
    if (geteuid() == 0) {
        print_message("permissions are not tested: root may read everything\n");
        skip();
    }
    make_folder(place->root, "closed");
    write_file(place->root, "open", "");
    assert_int_equal(fchmodat(place->root, "closed", 0, 0), 0);
    assert_walk(place, "closed [a folder that cannot be read, or not to its end: Permission denied]\nopen\n");
    assert_int_equal(fchmodat(place->root, "closed", 0700, 0), 0);
}

static void folders_are_entered_to_the_bound(void **state)
{
    struct place *place = *state;
    int fd = dup(place->root);
    for (int level = 1; level <= BOUND_FOLDER_DEPTH + 1; level++) {
        make_folder(fd, "d");
        int next = openat(fd, "d", O_RDONLY | O_DIRECTORY);
        close(fd);
        fd = next;
        if (level >= BOUND_FOLDER_DEPTH)
            write_file(fd, "page", "deep");
    }
    close(fd);
    struct buf wanted = {0};
    for (int level = 1; level <= BOUND_FOLDER_DEPTH; level++)
        buf_printf(&wanted, "d/");
    struct str folder = buf_str(&wanted);
    struct str first = arena_printf(&place->arena, "%.*spage", STR_ARG(folder));
    struct str second = arena_printf(&place->arena, "%.*sd [a folder nested too deeply]\n%.*s\n",
                                     STR_ARG(folder), STR_ARG(first));
    buf_free(&wanted);
    assert_walk(place, second.at);
    struct str text;
    assert_int_equal(file_read(place->root, first.at, LIMIT, &place->arena, &text, NULL, NULL), 0);
    assert_text(text, "deep");
}

static void a_root_that_is_no_folder_is_an_error(void **state)
{
    struct place *place = *state;
    struct err err;
    int fd = openat(place->top_fd, "secret", O_RDONLY);
    assert_int_equal(file_walk(fd, note, place, &err), -1);
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    assert_int_equal(place->visits, 0);
    close(fd);
}

static int descriptors_in_use(void)
{
    int count = 0;
    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static void no_descriptor_is_left_open(void **state)
{
    struct place *place = *state;
    int before = descriptors_in_use();
    make_folder(place->root, "a");
    write_file(place->root, "a/page", "text");
    assert_int_equal(symlinkat("a", place->root, "link"), 0);
    struct str text;
    file_read(place->root, "a/page", LIMIT, &place->arena, &text, NULL, NULL);
    file_read(place->root, "a/page/x", LIMIT, &place->arena, &text, NULL, NULL);
    file_read(place->root, "link/page", LIMIT, &place->arena, &text, NULL, NULL);
    file_read(place->root, "a", LIMIT, &place->arena, &text, NULL, NULL);
    place->stop_after = 1;
    file_walk(place->root, note, place, NULL);
    assert_int_equal(descriptors_in_use(), before);
}

int main(void)
{
#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(files_are_read_whole_with_their_stamp),
        IN_A_PLACE(the_limit_is_inclusive),
        IN_A_PLACE(paths_that_lead_out_are_refused),
        IN_A_PLACE(links_are_not_followed_in_any_part),
        IN_A_PLACE(what_the_reader_names_may_be_a_link),
        IN_A_PLACE(special_files_are_refused_at_once),
        IN_A_PLACE(missing_and_unreadable_files_are_told_apart),
        IN_A_PLACE(a_file_longer_than_it_said_has_changed),
        IN_A_PLACE(a_file_that_grows_and_shrinks_is_told),
        IN_A_PLACE(a_walk_accounts_for_every_entry),
        IN_A_PLACE(a_walk_can_be_repeated_and_ended),
        IN_A_PLACE(a_folder_that_cannot_be_read_is_reported),
        IN_A_PLACE(folders_are_entered_to_the_bound),
        IN_A_PLACE(a_root_that_is_no_folder_is_an_error),
        IN_A_PLACE(no_descriptor_is_left_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
