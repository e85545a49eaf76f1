#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

extern char **environ;

double child_timed(const char *const *arguments, const char *output, int *status)
{
    posix_spawn_file_actions_t quiet;
    pid_t pid;
    int waited = -1;
    *status = -1;
    if (posix_spawn_file_actions_init(&quiet) != 0)
        return 0;
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, output ? output : "/dev/null",
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    double start = bench_now();
    if (posix_spawnp(&pid, arguments[0], &quiet, NULL, (char *const *)arguments, environ) == 0) {
        while (waitpid(pid, &waited, 0) < 0 && errno == EINTR)
            ;
        *status = WIFEXITED(waited) ? WEXITSTATUS(waited) : -1;
    }
    posix_spawn_file_actions_destroy(&quiet);
    return bench_now() - start;
}
