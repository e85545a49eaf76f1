/* lectern state: where what is the reader's own is kept, and how much there is of it. */
#include <string.h>

#include "cmd.h"

static void tell(const struct state *state, const char *condition, enum text_charset charset)
{
    cmd_write(stdout, state_file(state), charset);
    fputs(": ", stdout);
    cmd_write(stdout, str_from(condition), charset);
    putchar('\n');
}

static void tell_amounts(struct state *state)
{
    static const char *const names[] = {"articles known", "read",           "opened",  "bookmarks",
                                        "notes",          "saved searches", "studied", "grades"};
    struct state_amounts amounts = state_amounts(state);
    const int64_t numbers[] = {amounts.articles, amounts.read,     amounts.visits, amounts.bookmarks,
                               amounts.notes,    amounts.searches, amounts.cards,  amounts.reviews};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        printf("%10lld %s\n", (long long)numbers[i], names[i]);
}

static int run(bool check, const struct cmd_context *context)
{
    struct err err;
    struct state *state = cmd_open_kept_state(&err);
    if (!state)
        return cmd_fail(&err, context->charset);
    int status = check && state_verify(state, &err) != 0 ? 1 : 0;
    tell(state, status ? err.message : check ? "intact" : "in use", context->charset);
    if (!check)
        tell_amounts(state);
    state_close(state);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    err_set(&err, ERR_SYSTEM, "state: not all could be written");
    return cmd_fail(&err, context->charset);
}

int cmd_state(const struct cmd_call *call, const struct cmd_context *context)
{
    return run(cmd_given(call, CMD_STATE_CHECK), context);
}
