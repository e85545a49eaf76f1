/* Another program on the same terminal. */
#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>

#include "run.h"
#include "signals.h"

extern char **environ;

static int start(char *const *argv, pid_t *child)
{
    posix_spawnattr_t attributes;
    sigset_t usual;
    int failed = posix_spawnattr_init(&attributes);
    if (failed)
        return failed;
    signals_usual(&usual);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    failed = posix_spawnp(child, argv[0], NULL, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

int run_program(char *const *argv, struct err *err)
{
    pid_t child;
    int status = 0;
    signals_lend();
    int failed = start(argv, &child);
    while (!failed && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            failed = errno;
    signals_catch();
    if (failed)
        return err_set_errno(err, failed, argv[0]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
