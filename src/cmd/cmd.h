/* cmd: the functions of the subcommands, for their table. */
#ifndef LECTERN_CMD_CMD_H
#define LECTERN_CMD_CMD_H

#include "lectern/cmd.h"

int cmd_help(int argc, char **argv, const struct cmd_context *context);

#endif
