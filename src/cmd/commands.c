/* The subcommands as a list, and how they are used. */
#include <ctype.h>
#include <stdio.h>

#include "cmd.h"

#define ANY SIZE_MAX

static const struct command commands[] = {
#define COMMAND(name, operands, least, most, summary)                                                        \
    {#name, operands, summary, cmd_##name, least, most, CMD_FIRST_##name},
#define COMMAND_OPTION(id, letter, name, kind, argument, help)
#include "commands.def"
#undef COMMAND
#undef COMMAND_OPTION
};

static const struct option table[CMD_OPTIONS] = {
#define COMMAND(name, operands, least, most, summary)
#define COMMAND_OPTION(id, letter, name, kind, argument, help)                                               \
    [CMD_##id] = {name, argument, NULL, help, OPTION_##kind, letter},
#include "commands.def"
#undef COMMAND
#undef COMMAND_OPTION
};

#define COMMANDS (sizeof commands / sizeof *commands)

const struct command *cmd_command(size_t number)
{
    return number < COMMANDS ? &commands[number] : NULL;
}

const struct option *cmd_options(const struct command *command, size_t *count)
{
    const struct command *next = command + 1;
    *count = (next < commands + COMMANDS ? next->first_option : CMD_OPTIONS) - command->first_option;
    return table + command->first_option;
}

const struct command *cmd_find(struct str name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (str_eq(name, str_from(commands[i].name)))
            return &commands[i];
    return NULL;
}

void cmd_add_usage(const struct command *command, struct buf *out)
{
    size_t count;
    const struct option *options = cmd_options(command, &count);
    buf_printf(out, "lectern %s", command->name);
    for (size_t i = 0; i < count; i++) {
        if (options[i].letter)
            buf_printf(out, " [-%c", options[i].letter);
        else
            buf_printf(out, " [--%s", options[i].name);
        buf_printf(out, "%s%s]", options[i].argument ? " " : "",
                   options[i].argument ? options[i].argument : "");
    }
    buf_printf(out, "%s%s", *command->operands ? " " : "", command->operands);
}

static void add_command_help(const struct command *command, struct buf *out)
{
    size_t count;
    const struct option *options = cmd_options(command, &count);
    buf_add(out, STR("usage: "));
    cmd_add_usage(command, out);
    buf_printf(out, "\n\n%c%s.\n", toupper((unsigned char)command->summary[0]), command->summary + 1);
    if (count) {
        buf_add(out, STR("\nOptions:\n"));
        options_help(options, count, out);
    }
    buf_add(out, STR("\nThe options that lectern --help lists may stand here, too.\n"));
}

static void add_help(struct buf *out)
{
    struct buf name = {0};
    buf_add(
        out,
        STR("usage: lectern [OPTION...] PATH...\n"
            "       lectern [OPTION...] COMMAND [ARGUMENT...]\n"
            "\n"
            "Reads libraries of question-and-answer articles. PATH is a folder or a file; several make one\n"
            "library. In the reader ? shows the keys.\n"
            "\n"
            "Options:\n"));
    options_help(NULL, 0, out);
    buf_add(out, STR("\nCommands, of which lectern COMMAND --help tells more:\n"));
    for (size_t i = 0; i < COMMANDS; i++) {
        buf_clear(&name);
        buf_printf(&name, "%s %s", commands[i].name, commands[i].operands);
        buf_printf(out, "  %-24s %s\n", buf_cstr(&name), commands[i].summary);
    }
    buf_add(
        out,
        STR("\n"
            "Most options are settings, too, as name: value in the configuration file; see --print-config.\n"
            "A first word that names a command is one: write ./help for a folder of that name.\n"
            "Exit status: 0; 1 when the reader was ended from outside, or as the command says; 2 for what\n"
            "could not be done.\n"));
    buf_free(&name);
}

int cmd_print_help(const struct command *command)
{
    struct buf out = {0};
    if (command)
        add_command_help(command, &out);
    else
        add_help(&out);
    bool printed = fputs(buf_cstr(&out), stdout) != EOF && fflush(stdout) == 0;
    buf_free(&out);
    return printed ? 0 : 2;
}

int cmd_help(const struct cmd_call *call, const struct cmd_context *context)
{
    const struct command *command = call->count ? cmd_find(str_from(call->words[0])) : NULL;
    if (call->count && !command)
        return cmd_misused(call, context, "there is no such command");
    return cmd_print_help(command);
}

void cmd_tell(const struct err *err, enum text_charset charset)
{
    struct arena arena = {0};
    struct buf line = {0};
    err_format(err, &line);
    struct str safe = text_safe(&arena, buf_str(&line), charset, false);
    fprintf(stderr, "lectern: %.*s\n", STR_ARG(safe));
    buf_free(&line);
    arena_free(&arena);
}

int cmd_fail(const struct err *err, enum text_charset charset)
{
    cmd_tell(err, charset);
    return 2;
}
