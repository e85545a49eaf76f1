/* Other programs. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"
#include "signals.h"

extern char **environ;

static int start(char *const *argv, const posix_spawn_file_actions_t *files, pid_t *child)
{
    posix_spawnattr_t attributes;
    sigset_t usual;
    int failed = posix_spawnattr_init(&attributes);
    if (failed)
        return failed;
    signals_usual(&usual);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setpgroup(&attributes, 0); /* beside: keys that send signals are not for it */
    posix_spawnattr_setflags(&attributes,
                             (short)(POSIX_SPAWN_SETSIGDEF | (files ? POSIX_SPAWN_SETPGROUP : 0)));
    failed = posix_spawnp(child, argv[0], files, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

int run_program(char *const *argv, struct err *err)
{
    pid_t child;
    int status = 0;
    signals_lend();
    int failed = start(argv, NULL, &child);
    while (!failed && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            failed = errno;
    signals_catch();
    if (failed)
        return err_set_errno(err, failed, argv[0]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

pid_t run_beside(char *const *argv, int input, struct err *err)
{
    pid_t child;
    posix_spawn_file_actions_t files;
    int failed = posix_spawn_file_actions_init(&files);
    if (failed)
        return err_set_errno(err, failed, argv[0]);
    failed = posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    for (int fd = STDOUT_FILENO; !failed && fd <= STDERR_FILENO; fd++)
        failed = posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_WRONLY, 0);
    if (!failed)
        failed = start(argv, &files, &child);
    posix_spawn_file_actions_destroy(&files);
    return failed ? err_set_errno(err, failed, argv[0]) : child;
}
