/*
 * shell: subcommands as a shell runs them on a terminal, for tests.
 */
#ifndef LECTERN_TESTS_SHELL_H
#define LECTERN_TESTS_SHELL_H

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

struct shell {
    char folder[64]; /* with the library in `library` and the index below `cache` */
    const char *program;
};

/* Writes a file of the library, which looks old. */
static inline int shell_write(const struct shell *shell, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/library/%s", shell->folder, name);
    FILE *file = fopen(path, "wb");
    struct timespec times[2] = {{1600000000, 0}, {1600000000, 0}};
    if (!file || fputs(text, file) == EOF || fclose(file) != 0)
        return -1;
    return utimensat(AT_FDCWD, path, times, 0);
}

static inline int shell_set_up(void **state)
{
    static struct shell shell;
    shell = (struct shell){.folder = "/tmp/lectern-shell-XXXXXX", .program = getenv("LECTERN")};
    if (!shell.program)
        shell.program = "build/lectern";
    *state = &shell;
    char path[128];
    if (!mkdtemp(shell.folder))
        return -1;
    snprintf(path, sizeof path, "%s/library", shell.folder);
    if (mkdir(path, 0700) != 0)
        return -1;
    return shell_write(&shell, "one.md", "# One\n\nText.\n");
}

static inline int shell_remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline int shell_tear_down(void **state)
{
    struct shell *shell = *state;
    return nftw(shell->folder, shell_remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* Runs a command in which $0 is the program and the working folder is the test's own, on a terminal, until it ends with
 * `*status`. The caller frees the terminal. */
static inline struct pty *shell_run(const struct shell *shell, const char *command, int *status)
{
    char whole[1024], program[PATH_MAX];
    assert_non_null(realpath(shell->program, program));
    snprintf(whole, sizeof whole,
             "cd %s; export XDG_CACHE_HOME=\"$PWD/cache\" XDG_DATA_HOME=\"$PWD/data\"; mkdir -p cache; %s",
             shell->folder, command);
    const char *argv[] = {"/bin/sh", "-c", whole, program, NULL};
    struct pty *pty = pty_start(&(struct pty_program){.argv = argv});
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, status));
    assert_true(WIFEXITED(*status));
    *status = WEXITSTATUS(*status);
    return pty;
}

/* The same; it must end with the status, and what it writes must contain the text. */
static inline void shell_expect(const struct shell *shell, const char *command, int expected,
                                const char *text)
{
    int status;
    struct pty *pty = shell_run(shell, command, &status);
    if (status != expected || str_find(pty_output(pty), str_from(text)) == STR_NOT_FOUND)
        fail_msg("%s: status %d, %.*s", command, status, STR_ARG(pty_output(pty)));
    pty_free(pty);
}

#endif
