/* The file of the state, when something is the matter with it. */
#include "kept_state.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "../../src/state/schema.h"

/* A folder that cannot be used: reading goes on, in memory, and one message says what is not saved and where. */
static void assert_not_kept(struct folder *folder, enum err_kind kind, const char *why)
{
    struct err err;
    struct state *lost = state_open(state_place_of(folder), &err);
    assert_int_equal(err.kind, kind);
    assert_non_null(strstr(err.path, "data/lectern"));
    if (!strstr(err.message, why) || !strstr(err.message, "are not saved"))
        fail_msg("\"%s\" does not say \"%s\"", err.message, why);
    assert_false(state_is_kept(lost));
    int64_t a = article_of(lost, "a");
    assert_int_equal(state_set_read(lost, a, true, 1, &err), 0);
    state_close(lost);
}

static void fill(struct folder *folder)
{
    struct err err;
    struct state *kept = state_opened(folder);
    int64_t a = article_of(kept, "a");
    assert_int_equal(state_set_bookmark(kept, &(struct state_bookmark){.article = a}, &err), 0);
    state_close(kept);
}

static void assert_filled(struct folder *folder)
{
    struct state *kept = state_opened(folder);
    assert_true(state_is_bookmarked(kept, article_of(kept, "a")));
    state_close(kept);
}

static void the_folder_follows_the_environment(void **state)
{
    (void)state;
    struct buf out = {0};
    struct err err;
    assert_int_equal(state_folder(&out, "/data", "/home/me", &err), 0);
    assert_string_equal(buf_cstr(&out), "/data/lectern");
    buf_clear(&out);
    assert_int_equal(state_folder(&out, "relative", "/home/me", &err), 0);
    assert_string_equal(buf_cstr(&out), "/home/me/.local/share/lectern");
    assert_int_equal(state_folder(&out, "", NULL, &err), -1);
    buf_free(&out);
}

static void folder_and_file_are_private(void **state)
{
    struct stat about;
    mode_t before = umask(0);
    fill(*state);
    umask(before);
    assert_int_equal(stat(state_place_of(*state), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    assert_int_equal(stat(state_file_of(*state), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void what_is_not_ones_own_is_refused(void **state)
{
    struct folder *folder = *state;
    fill(folder);
    assert_int_equal(chmod(state_place_of(folder), 0777), 0);
    assert_not_kept(folder, ERR_ACCESS, "may be written by others");
    assert_int_equal(chmod(state_place_of(folder), 0700), 0);
    assert_int_equal(chmod(state_file_of(folder), 0666), 0);
    assert_not_kept(folder, ERR_ACCESS, "may be written by others");
    assert_int_equal(rename(state_file_of(folder), folder_path(folder, "elsewhere")), 0);
    assert_int_equal(chmod(folder_path(folder, "elsewhere"), 0600), 0);
    assert_int_equal(symlink(folder_path(folder, "elsewhere"), state_file_of(folder)), 0);
    assert_not_kept(folder, ERR_ACCESS, "no regular file");
    assert_int_equal(unlink(state_file_of(folder)), 0);
    assert_int_equal(mkfifo(state_file_of(folder), 0600), 0);
    assert_not_kept(folder, ERR_ACCESS, "no regular file");
    assert_int_equal(unlink(state_file_of(folder)), 0);
    assert_int_equal(rename(state_place_of(folder), folder_path(folder, "away")), 0);
    assert_int_equal(symlink(folder_path(folder, "away"), state_place_of(folder)), 0);
    assert_not_kept(folder, ERR_ACCESS, "symbolic link");
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
    folder_write(*state, "data", "a file is in the way");
    assert_not_kept(*state, ERR_NOT_FOUND, "Not a directory");
}

/* Who is root may write anywhere: a child that is not tries it. */
static void as_somebody(struct folder *folder, void (*attempt)(struct folder *folder))
{
    if (geteuid() != 0) {
        attempt(folder);
        return;
    }
    const uid_t nobody = 65534;
    const char *paths[] = {".", "data", "data/lectern", "data/lectern/state.db"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(chown(folder_path(folder, paths[i]), nobody, nobody), 0);
    int status;
    pid_t child = fork();
    if (child == 0) {
        if (setgid(nobody) != 0 || setuid(nobody) != 0)
            _exit(3);
        attempt(folder); /* a failure does not come back here */
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void read_only_folder(struct folder *folder)
{
    struct err err;
    struct state *lost = state_open(state_place_of(folder), &err);
    bool told = err.kind != ERR_NONE && strstr(err.message, "are not saved") && !state_is_kept(lost);
    struct state_amounts amounts = state_amounts(lost);
    struct state *again = state_open_again(lost, &err);
    bool readable = amounts.articles == 1 && again && state_amounts(again).articles == 1;
    state_close(again);
    state_close(lost);
    if (!told || !readable)
        _exit(told ? 5 : 4);
}

static void a_read_only_folder_is_told(void **state)
{
    struct folder *folder = *state;
    fill(folder);
    assert_int_equal(chmod(state_place_of(folder), 0500), 0);
    as_somebody(folder, read_only_folder);
    assert_int_equal(chmod(state_place_of(folder), 0700), 0);
}

static void a_read_only_file_is_told(void **state)
{
    struct folder *folder = *state;
    fill(folder);
    assert_int_equal(chmod(state_file_of(folder), 0400), 0);
    as_somebody(folder, read_only_folder);
}

static struct str bytes_of(struct folder *folder)
{
    struct str bytes;
    struct err err;
    assert_int_equal(file_read(AT_FDCWD, state_file_of(folder), 1 << 20, &folder->arena, &bytes, NULL, &err),
                     0);
    return bytes;
}

static void a_damaged_file_is_left_alone(void **state)
{
    struct folder *folder = *state;
    fill(folder);
    int fd = open(state_file_of(folder), O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, "this is no database", 19, 0), 19);
    close(fd);
    struct str before = bytes_of(folder);
    assert_not_kept(folder, ERR_FORMAT, "it is damaged");
    assert_true(str_eq(bytes_of(folder), before));
}

static void damage_within_is_found_on_demand(void **state)
{
    struct folder *folder = *state;
    struct err err;
    fill(folder);
    struct state *kept = state_opened(folder);
    assert_int_equal(state_verify(kept, &err), 0);
    state_close(kept);
    struct str before = bytes_of(folder);
    struct buf noise = {0};
    for (int i = 0; i < 4096; i++)
        buf_add_byte(&noise, (char)(i * 7));
    int fd = open(state_file_of(folder), O_WRONLY);
    assert_int_equal(pwrite(fd, noise.at, noise.len, (off_t)(before.len - 2 * 4096)), 4096);
    close(fd);
    buf_free(&noise);
    kept = state_opened(folder);
    assert_int_equal(state_verify(kept, &err), -1);
    assert_int_equal(err.kind, ERR_FORMAT);
    assert_non_null(strstr(err.path, "state.db"));
    state_close(kept);
}

static struct sql *raw(struct folder *folder)
{
    struct err err;
    struct sql *sql = sql_open(state_file_of(folder), "not saved", &err);
    assert_non_null(sql);
    return sql;
}

static void a_newer_database_is_left_alone(void **state)
{
    struct folder *folder = *state;
    struct err err;
    fill(folder);
    struct sql *sql = raw(folder);
    assert_int_equal(sql_script(sql, "PRAGMA user_version = 1000", &err), 0);
    sql_close(sql);
    struct str before = bytes_of(folder);
    assert_not_kept(folder, ERR_FORMAT, "newer lectern");
    assert_true(str_eq(bytes_of(folder), before));
}

static void a_database_of_something_else_is_left_alone(void **state)
{
    struct folder *folder = *state;
    struct err err;
    folder_write(folder, "data/lectern/state.db", "");
    assert_int_equal(chmod(state_file_of(folder), 0600), 0);
    struct sql *sql = raw(folder);
    assert_int_equal(sql_script(sql, "CREATE TABLE recipe (name TEXT)", &err), 0);
    sql_close(sql);
    assert_not_kept(folder, ERR_FORMAT, "something else");
}

static size_t count_backups(struct folder *folder, char *last, size_t size)
{
    size_t count = 0;
    DIR *listing = opendir(state_place_of(folder));
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing));)
        if (strncmp(entry->d_name, "state-", 6) == 0) {
            snprintf(last, size, "%s", entry->d_name);
            count++;
        }
    closedir(listing);
    return count;
}

/* The present tables, and a step after them. */
static struct schema one_step_more(const char *steps[16], const char *step)
{
    assert_true(schema_current.count < 16);
    for (int64_t i = 0; i < schema_current.count; i++)
        steps[i] = schema_current.steps[i];
    steps[schema_current.count] = step;
    return (struct schema){steps, schema_current.count + 1};
}

/* What the first version has kept is there in the present one, and as it was in the copy. */
static void what_the_first_version_kept_is_there(void **state)
{
    struct folder *folder = *state;
    struct err err;
    char name[256];
    const struct schema first = {schema_current.steps, 1};
    folder_write(folder, "data/lectern/state.db", "");
    assert_int_equal(chmod(state_file_of(folder), 0600), 0);
    struct sql *sql = raw(folder);
    assert_int_equal(schema_apply(sql, &first, state_place_of(folder), "not saved", &err), 0);
    assert_int_equal(
        sql_script(
            sql,
            "INSERT INTO article (id, root, path, content, bytes, title) VALUES ('a', '', '', 0, 0, 'A');"
            "INSERT INTO bookmark (article, made) VALUES (1, 9); INSERT INTO visit (article, at) VALUES (1, "
            "7);"
            "INSERT INTO reading (article, line, width) VALUES (1, 5, 80)",
            &err),
        0);
    sql_close(sql);
    assert_filled(folder);
    assert_int_equal(count_backups(folder, name, sizeof name), 1);
    sql = raw(folder);
    assert_int_equal(sql_only_number(sql_statement(sql, "SELECT placed FROM reading"), -1), 7);
    assert_int_equal(sql_only_number(sql_statement(sql, "PRAGMA user_version"), -1), schema_current.count);
    sql_close(sql);
}

static void an_older_database_is_copied_and_brought_up_to_date(void **state)
{
    struct folder *folder = *state;
    struct err err;
    char name[256];
    fill(folder);
    assert_int_equal(count_backups(folder, name, sizeof name), 0);
    const char *steps[16];
    const struct schema newer =
        one_step_more(steps, "CREATE TABLE more (what TEXT); INSERT INTO more VALUES ('x')");
    struct sql *sql = raw(folder);
    for (int i = 0; i < 2; i++)
        assert_int_equal(schema_apply(sql, &newer, state_place_of(folder), "not saved", &err), 0);
    assert_int_equal(sql_only_number(sql_statement(sql, "SELECT count(*) FROM more"), -1), 1);
    sql_close(sql);
    assert_int_equal(count_backups(folder, name, sizeof name), 1);
    struct stat about;
    char *backup = folder_path(folder, arena_printf(&folder->arena, "data/lectern/%s", name).at);
    assert_int_equal(stat(backup, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(rename(backup, state_file_of(folder)), 0);
    assert_filled(folder);
}

static void a_step_that_fails_changes_nothing(void **state)
{
    struct folder *folder = *state;
    struct err err;
    fill(folder);
    const char *steps[16];
    const struct schema broken = one_step_more(steps, "CREATE TABLE more (what TEXT); DROP TABLE nothing");
    struct sql *sql = raw(folder);
    assert_int_equal(schema_apply(sql, &broken, state_place_of(folder), "not saved", &err), -1);
    sql_close(sql);
    assert_filled(folder);
}

static void two_have_it_open_at_once(void **state)
{
    struct err err;
    struct arena arena = {0};
    struct state_bookmark *found;
    struct state *one = state_opened(*state), *two = state_opened(*state);
    int64_t a = article_of(one, "a");
    assert_true(state_changed_elsewhere(two));
    assert_false(state_changed_elsewhere(two));
    assert_int_equal(article_of(two, "a"), a);
    assert_int_equal(state_set_bookmark(one, &(struct state_bookmark){.article = a}, &err), 0);
    assert_int_equal(state_set_bookmark(two, &(struct state_bookmark){.article = article_of(two, "b")}, &err),
                     0);
    assert_int_equal(state_bookmarks(one, STR(""), 0, 9, &arena, &found), 2);
    assert_int_equal(state_bookmarks(two, STR(""), 0, 9, &arena, &found), 2);
    assert_true(state_changed_elsewhere(one));
    state_close(one);
    assert_true(state_is_bookmarked(two, a));
    arena_free(&arena);
    state_close(two);
}

/* Makes many marks until it is killed, and says after each that it is saved. */
static void write_until_killed(struct folder *folder, const int pipe_ends[2])
{
    struct err err;
    close(pipe_ends[0]);
    struct state *kept = state_open(state_place_of(folder), &err);
    for (uint32_t i = 1; state_is_kept(kept); i++) {
        char id[32];
        snprintf(id, sizeof id, "%d-%u", (int)getpid(), i);
        struct state_key key = {.id = str_from(id)};
        int64_t article = state_meet(kept, &key, &err);
        if (!article || state_set_read(kept, article, true, 1, &err) != 0 ||
            state_set_note(kept, article, STR("note"), 1, &err) != 0)
            break;
        if (write(pipe_ends[1], &i, sizeof i) != sizeof i)
            break;
    }
    _exit(1);
}

static void nothing_that_was_saved_is_lost_to_a_kill(void **state)
{
    struct folder *folder = *state;
    struct arena arena = {0};
    for (int round = 0; round < 10; round++) {
        pid_t children[3];
        int pipes[3][2];
        uint32_t saved[3] = {0}, number;
        for (int i = 0; i < 3; i++) {
            assert_int_equal(pipe(pipes[i]), 0);
            children[i] = fork();
            if (children[i] == 0)
                write_until_killed(folder, pipes[i]);
            close(pipes[i][1]);
        }
        for (int i = 0; i < 3; i++) {
            for (int n = 0; n < 5 + 7 * round; n++)
                assert_int_equal(read(pipes[i][0], &number, sizeof number), sizeof number);
            assert_int_equal(kill(children[i], SIGKILL), 0);
            while (read(pipes[i][0], &number, sizeof number) == sizeof number)
                saved[i] = number;
            int status;
            waitpid(children[i], &status, 0);
            assert_true(WIFSIGNALED(status));
            close(pipes[i][0]);
        }
        struct state *kept = state_opened(folder);
        for (int i = 0; i < 3; i++)
            for (uint32_t n = 1; n <= saved[i]; n++) {
                char id[32];
                snprintf(id, sizeof id, "%d-%u", (int)children[i], n);
                int64_t article = state_find(kept, &(struct state_key){.id = str_from(id)});
                struct state_reading reading;
                assert_true(article && state_reading(kept, article, &reading) && reading.read);
                assert_true(state_note(kept, article, &arena).len == 4);
            }
        struct err err;
        assert_int_equal(state_verify(kept, &err), 0);
        state_close(kept);
    }
    arena_free(&arena);
}

static void many_make_it_at_once(void **state)
{
    struct folder *folder = *state;
    pid_t children[24];
    for (int i = 0; i < 24; i++) {
        children[i] = fork();
        if (children[i] != 0)
            continue;
        struct err err;
        struct state *kept = state_open(state_place_of(folder), &err);
        _exit(state_is_kept(kept) && state_meet(kept, &(struct state_key){.id = STR("a")}, &err) == 1 ? 0
                                                                                                      : 1);
    }
    for (int i = 0; i < 24; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
}

static void who_waits_too_long_for_another_is_told(void **state)
{
    struct folder *folder = *state;
    struct err err;
    fill(folder);
    struct state *kept = state_opened(folder);
    int64_t a = article_of(kept, "a");
    struct sql *other = raw(folder);
    assert_int_equal(sql_begin(other, false, &err), 0);
    assert_int_equal(state_set_read(kept, a, true, 1, &err), -1);
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_non_null(strstr(err.message, "another program"));
    struct state_reading reading;
    assert_false(state_reading(kept, a, &reading));
    assert_int_equal(sql_end(other, 0, &err), 0);
    assert_int_equal(state_set_read(kept, a, true, 1, &err), 0);
    sql_close(other);
    state_close(kept);
}

/* Who has it for himself alone, as a repair has. */
static void who_finds_it_locked_is_told(void **state)
{
    struct folder *folder = *state;
    struct err err;
    fill(folder);
    struct sql *other = raw(folder);
    assert_int_equal(
        sql_script(other, "PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE",
                   &err),
        0);
    assert_not_kept(folder, ERR_LIMIT, "another program keeps it locked");
    assert_int_equal(sql_script(other, "COMMIT", &err), 0);
    sql_close(other);
    assert_filled(folder);
}

static void it_is_written_ahead_and_refers_to_what_is_there(void **state)
{
    struct err err;
    fill(*state);
    struct sql *sql = raw(*state);
    struct sql_statement *s = sql_statement(sql, "PRAGMA journal_mode");
    assert_true(sql_row(s));
    assert_true(str_eq(sql_text(s, 0), STR("wal")));
    assert_int_equal(sql_finish(s, &err), 0);
    assert_int_equal(sql_only_number(sql_statement(sql, "PRAGMA foreign_keys"), 0), 1);
    assert_int_equal(sql_only_number(sql_statement(sql, "PRAGMA trusted_schema"), 1), 0);
    assert_int_equal(sql_script(sql, "INSERT INTO bookmark (article, made) VALUES (999, 1)", &err), -1);
    sql_close(sql);
}

static int open_on_a_full_disk(struct folder *folder)
{
    struct err err;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignore, NULL);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_FSIZE, &none);
    struct state *lost = state_open(state_place_of(folder), &err);
    bool told = err.kind != ERR_NONE && strstr(err.message, "are not saved") && strstr(err.path, "state.db");
    bool goes_on = !state_is_kept(lost) && state_set_read(lost, article_of(lost, "a"), true, 1, &err) == 0;
    state_close(lost);
    return told && goes_on ? 0 : 1;
}

static void a_disk_that_is_full_from_the_beginning_is_told(void **state)
{
    int status;
    assert_int_equal(mkdir(folder_path(*state, "data"), 0700), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(open_on_a_full_disk(*state));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    fill(*state);
    assert_filled(*state);
}

/* In a child: limits are not taken back. */
static int write_to_a_full_disk(struct folder *folder)
{
    struct err err;
    struct arena arena = {0};
    struct state *kept = state_open(state_place_of(folder), &err);
    int64_t a = state_find(kept, &(struct state_key){.id = STR("a")});
    struct buf note = {0};
    for (int i = 0; i < 1 << 20; i++)
        buf_add_byte(&note, 'x');
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignore, NULL);
    struct rlimit small = {300 << 10, 300 << 10};
    setrlimit(RLIMIT_FSIZE, &small);
    bool told = state_set_note(kept, a, buf_str(&note), 1, &err) == -1 && err.kind != ERR_NONE &&
                strstr(err.message, "not saved") && strstr(err.path, "state.db");
    bool nothing_written = state_note(kept, a, &arena).len == 0;
    bool goes_on = state_set_note(kept, a, STR("short"), 1, &err) == 0;
    state_close(kept);
    return told && nothing_written && goes_on ? 0 : 1;
}

static void a_full_disk_is_told(void **state)
{
    struct folder *folder = *state;
    struct arena arena = {0};
    fill(folder);
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(write_to_a_full_disk(folder));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    struct state *kept = state_opened(folder);
    struct str note = state_note(kept, article_of(kept, "a"), &arena);
    assert_true(str_eq(note, STR("short")));
    arena_free(&arena);
    state_close(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_folder_follows_the_environment),
        cmocka_unit_test_setup_teardown(folder_and_file_are_private, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_is_not_ones_own_is_refused, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_made_is_told, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_read_only_folder_is_told, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_read_only_file_is_told, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_left_alone, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(damage_within_is_found_on_demand, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_newer_database_is_left_alone, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_database_of_something_else_is_left_alone, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(what_the_first_version_kept_is_there, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(an_older_database_is_copied_and_brought_up_to_date, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_step_that_fails_changes_nothing, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(two_have_it_open_at_once, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(nothing_that_was_saved_is_lost_to_a_kill, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(many_make_it_at_once, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(who_waits_too_long_for_another_is_told, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(who_finds_it_locked_is_told, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(it_is_written_ahead_and_refers_to_what_is_there, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_disk_that_is_full_from_the_beginning_is_told, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
