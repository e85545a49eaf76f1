/* A subcommand with its arguments. */
#include "cmd.h"
#include "lectern/mem.h"

/* Of a query even words that begin with - may be meant, behind the first; all other commands may have options there. */
static bool takes_dashes(const struct command *command)
{
    return command->run == cmd_search;
}

static int take_arguments(struct cmd_call *call, struct options *options, int argc, char **argv,
                          struct err *err)
{
    size_t count;
    const struct option *table = cmd_options(call->command, &count);
    const struct options_own own = {table, count, call->values + call->command->first_option};
    int at = 1, status;
    while ((status = options_parse(options, &own, argc, argv, &at, err)) == 0 && at < argc) {
        call->words[call->count++] = argv[at++];
        options->ended = options->ended || takes_dashes(call->command);
    }
    return status;
}

static int check_count(const struct cmd_call *call, struct err *err)
{
    const struct command *command = call->command;
    bool few = call->count<command->least, many = call->count> command->most;
    struct buf usage = {0};
    cmd_add_usage(command, &usage);
    if (few)
        err_set(err, ERR_USAGE, "%s is missing; usage: %s", command->operands, buf_cstr(&usage));
    else if (many)
        err_set(err, ERR_USAGE, "\"%.60s\" is one word too many; usage: %s", call->words[command->most],
                buf_cstr(&usage));
    buf_free(&usage);
    return few || many ? -1 : 0;
}

struct cmd_call *cmd_call_new(const struct command *command, struct options *options, int argc, char **argv,
                              struct err *err)
{
    struct err why;
    struct cmd_call *call = mem_calloc(1, sizeof *call);
    call->command = command;
    call->words = mem_calloc((size_t)argc, sizeof *call->words);
    int status = take_arguments(call, options, argc, argv, &why);
    if (status == 0 && !options->help && !options->version && !options->print_config)
        status = check_count(call, &why);
    if (status == 0)
        return call;
    err_set(err, why.kind, "%s: %s%s", command->name, why.message,
            takes_dashes(command) && argc > 1 && argv[1][0] == '-'
                ? " (a query that begins with - stands behind --)"
                : "");
    cmd_call_free(call);
    return NULL;
}

void cmd_call_free(struct cmd_call *call)
{
    if (call)
        mem_free(call->words);
    mem_free(call);
}

int cmd_run(const struct cmd_call *call, const struct cmd_context *context)
{
    return call->command->run(call, context);
}

int cmd_misused(const struct cmd_call *call, const struct cmd_context *context, const char *what)
{
    struct err err;
    struct buf usage = {0};
    cmd_add_usage(call->command, &usage);
    err_set(&err, ERR_USAGE, "%s: %s; usage: %s", call->command->name, what, buf_cstr(&usage));
    buf_free(&usage);
    return cmd_fail(&err, context->charset);
}
