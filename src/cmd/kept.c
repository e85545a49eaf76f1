/* What is the reader's own, for the subcommands and the reader. */
#include <stdlib.h>

#include "cmd.h"

struct state *cmd_open_state(struct err *err)
{
    struct buf folder = {0};
    struct err none;
    bool named = state_folder(&folder, getenv("XDG_DATA_HOME"), getenv("HOME"), err) == 0;
    struct state *state = state_open(named ? buf_cstr(&folder) : NULL, named ? err : &none);
    buf_free(&folder);
    return state;
}

struct state *cmd_open_kept_state(struct err *err)
{
    struct state *state = cmd_open_state(err);
    if (state_is_kept(state))
        return state;
    state_close(state);
    return NULL;
}
