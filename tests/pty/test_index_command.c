/* lectern index, as a shell sees it: what it prints, where, and its exit status. */
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty.h"

struct place {
    char folder[64]; /* with the library in `library` and the index below `cache` */
    const char *program;
};

static int set_up(void **state)
{
    static struct place place;
    place = (struct place){.folder = "/tmp/lectern-index-XXXXXX", .program = getenv("LECTERN")};
    if (!place.program)
        place.program = "build/lectern";
    *state = &place;
    char path[128];
    if (!mkdtemp(place.folder))
        return -1;
    snprintf(path, sizeof path, "%s/library", place.folder);
    if (mkdir(path, 0700) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/library/one.md", place.folder);
    FILE *file = fopen(path, "wb");
    struct timespec times[2] = {{1600000000, 0}, {1600000000, 0}};
    if (!file || fputs("# One\n\nText.\n", file) == EOF || fclose(file) != 0)
        return -1;
    return utimensat(AT_FDCWD, path, times, 0);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    struct place *place = *state;
    return nftw(place->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* Runs a command in which $0 is the program and the working folder is the test's own; it must end with the status, and
 * what it writes to its terminal must contain the text. */
static void expect(const struct place *place, const char *command, int expected, const char *text)
{
    char whole[1024], program[PATH_MAX];
    int status = 0;
    assert_non_null(realpath(place->program, program));
    snprintf(whole, sizeof whole, "cd %s; export XDG_CACHE_HOME=\"$PWD/cache\"; mkdir -p cache; %s",
             place->folder, command);
    const char *argv[] = {"/bin/sh", "-c", whole, program, NULL};
    struct pty *pty = pty_start(&(struct pty_program){.argv = argv});
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) != expected || str_find(pty_output(pty), str_from(text)) == STR_NOT_FOUND)
        fail_msg("%s: status %d, %.*s", command, WEXITSTATUS(status), STR_ARG(pty_output(pty)));
    pty_free(pty);
}

static void an_index_is_written_told_of_and_verified(void **state)
{
    expect(*state, "\"$0\" -l library index --status", 1, ".index: absent");
    expect(*state, "\"$0\" -l library index --verify", 1, ".index: absent");
    expect(*state, "\"$0\" -l library index", 0, ".index: written, 1 file, 1 article");
    expect(*state, "\"$0\" index library", 0, ".index: up to date");
    expect(*state, "\"$0\" -l library index --status", 0, ".index: up to date");
    expect(*state, "\"$0\" -l library index --verify", 0, ".index: intact");
    expect(*state, "\"$0\" -l library index --rebuild", 0, ".index: written");
    expect(*state, "touch library/one.md; \"$0\" -l library index --status", 1, ".index: stale");
    expect(*state, "\"$0\" -l library index", 0, ".index: written");
}

static void damage_is_found_and_repaired(void **state)
{
    const char *damage =
        "\"$0\" -l library index >index.out || exit 9; set -- cache/lectern/*.index; "
        "printf Q | dd of=\"$1\" bs=1 seek=$(($(wc -c <\"$1\") - 1)) conv=notrunc 2>dd.out; ";
    char command[512];
    snprintf(command, sizeof command, "%s \"$0\" -l library index --verify", damage);
    expect(*state, command, 1, "is damaged in section");
    expect(*state, "\"$0\" -l library index", 0, ".index: written");
    expect(*state, "for f in cache/lectern/*; do echo cut >\"$f\"; done; \"$0\" -l library index --verify", 1,
           "too short");
    expect(*state, "\"$0\" -l library index; \"$0\" -l library index --verify", 0, "intact");
}

static void progress_is_for_terminals_only(void **state)
{
    expect(*state, "\"$0\" -l library index --rebuild", 0, "1 of 1 files, ");
    expect(*state, "\"$0\" -l library index --rebuild", 0, " MB/s\r ");
    expect(*state, "\"$0\" -l library index --rebuild 2>err | cat >out; test -s err; echo $?; wc -l <out", 0,
           "1\r\n1\r\n");
}

static void what_cannot_be_done_ends_with_2(void **state)
{
    expect(*state, "\"$0\" index", 2, "lectern: index: no PATH given");
    expect(*state, "\"$0\" -l library index --nonsense", 2, "unknown option --nonsense");
    expect(*state, "\"$0\" -l library index --status --verify", 2, "one option only");
    expect(*state, "\"$0\" -l missing index", 2, "missing");
    expect(*state, "XDG_CACHE_HOME=x HOME=y \"$0\" -l library index", 2, "absolute path");
    expect(*state, "\"$0\" -l library index >/dev/full", 2, "written whole");
    expect(*state, "chmod 777 cache/lectern; \"$0\" -l library index", 2, "may be written by others");
    expect(*state, "chmod 777 cache/lectern; \"$0\" -l library index --status", 2,
           "may be written by others");
    expect(*state, "chmod 700 cache/lectern; XDG_CACHE_HOME=/dev/null \"$0\" -l library index", 2,
           "/dev/null/lectern");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_index_is_written_told_of_and_verified, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_found_and_repaired, set_up, tear_down),
        cmocka_unit_test_setup_teardown(progress_is_for_terminals_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_done_ends_with_2, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
