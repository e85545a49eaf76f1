#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lectern/cmd.h"
#include "lectern/mem.h"
#include "lectern/options.h"
#include "lectern/term.h"

#define VERSION "0.1"

/* A file opened in the place of a missing standard stream would be written to as if it were one. */
static int open_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", O_RDWR) != fd)
            return -1;
    return 0;
}

static void end_without_memory(void)
{
    static const char message[] = "lectern: out of memory\n";
    term_restore();
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(2);
}

static int print_version(void)
{
    return puts("lectern " VERSION) != EOF && fflush(stdout) == 0 ? 0 : 2;
}

static int read_library(const struct cmd_context *context)
{
    struct err err;
    if (context->library_count == 0) {
        err_set(&err, ERR_USAGE, "name the library to read: lectern PATH... (lectern --help says more)");
        return cmd_fail(&err, context->charset);
    }
    return cmd_read(context);
}

static int run_with(struct options *options, const struct cmd_call *call)
{
    struct err err;
    struct cmd_context context;
    int status;
    if (cmd_settings(options, &context, &err) != 0)
        status = cmd_fail(&err, context.charset);
    else if (options->print_config)
        status = cmd_print_settings(options, &context);
    else
        status = call ? cmd_run(call, &context) : read_library(&context);
    cmd_settings_free(&context);
    return status;
}

/* Up to the name of a subcommand, which `*at` then is the number of; else all, and the words are paths. */
static int parse(struct options *options, const struct command **command, int argc, char **argv, int *at,
                 struct err *err)
{
    int status;
    bool first = true;
    while ((status = options_parse(options, NULL, argc, argv, at, err)) == 0 && *at < argc) {
        if (first && !options->ended)
            *command = cmd_find(str_from(argv[*at]));
        if (*command)
            break;
        first = false;
        options_add_library(options, argv[(*at)++]);
    }
    return status;
}

static int run(int argc, char **argv, struct options *options)
{
    struct err err;
    const struct command *command = NULL;
    struct cmd_call *call = NULL;
    int at = 1, status = parse(options, &command, argc, argv, &at, &err);
    if (status == 0 && command) {
        call = cmd_call_new(command, options, argc - at, argv + at, &err);
        status = call ? 0 : -1;
    }
    if (options->help)
        status = cmd_print_help(command);
    else if (status != 0)
        status = cmd_fail(&err, options->ascii ? TEXT_ASCII : term_charset());
    else
        status = options->version ? print_version() : run_with(options, call);
    cmd_call_free(call);
    return status;
}

int main(int argc, char **argv)
{
    if (open_standard_streams() != 0)
        return 2;
    setlocale(LC_ALL, "");
    sigaction(SIGXFSZ, &(struct sigaction){.sa_handler = SIG_IGN},
              NULL); /* a full disk is an error, no end */
    mem_set_exhausted_handler(end_without_memory);
    struct options options = {0};
    int status = run(argc, argv, &options);
    options_free(&options);
    return status;
}
