#include "lectern/cmd.h"

#include <stdio.h>

#include "cmd.h"
#include "lectern/options.h"

static const struct {
    const char *name;
    cmd_function *function;
    const char *summary;
} commands[] = {
    {"check", cmd_check, "list what is wrong with the articles of PATH... [--porcelain]"},
    {"export", cmd_export, "write what is your own as JSON lines or Markdown [--format F] [FILE]"},
    {"import", cmd_import, "take in what export wrote, from FILE or - for standard input"},
    {"index", cmd_index, "bring the index of the library up to date [--status|--rebuild|--verify]"},
    {"map", cmd_map, "draw what links lead to from PATH or ID [--format text|dot|svg] [--set]"},
    {"related", cmd_related, "list what is linked with the article PATH, or the one with that ID [--json]"},
    {"search", cmd_search, "print what a query finds in the library of -l [-n N] [--json|--explain]"},
    {"show", cmd_show, "print the article PATH, or the one with that ID [-w N] [--plain] [--source]"},
    {"state", cmd_state, "say where your own is kept, and how much [--check]"},
    {"help", cmd_help, "print this"},
};

#define COMMANDS (sizeof commands / sizeof *commands)

cmd_function *cmd_find(struct str name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (str_eq(name, str_from(commands[i].name)))
            return commands[i].function;
    return NULL;
}

int cmd_print_help(void)
{
    struct buf out = {0};
    buf_printf(
        &out,
        "usage: lectern [OPTION...] PATH...\n"
        "       lectern [OPTION...] COMMAND [ARGUMENT...]\n"
        "\n"
        "Reads libraries of question-and-answer articles. PATH is a folder or a file; several make one\n"
        "library. In the reader ? shows the keys.\n"
        "\n"
        "Options:\n");
    options_help(&out);
    buf_printf(&out, "\nCommands:\n");
    for (size_t i = 0; i < COMMANDS; i++)
        buf_printf(&out, "  %-20s %s\n", commands[i].name, commands[i].summary);
    buf_printf(
        &out,
        "\n"
        "Most options are settings, too, as name: value in the configuration file; see --print-config.\n"
        "A first word that names a command is one: write ./help for a folder of that name.\n"
        "Exit status: 0; 1 when the reader was ended from outside, or as the command says; 2 for what\n"
        "could not be done.\n");
    bool printed = fputs(buf_cstr(&out), stdout) != EOF && fflush(stdout) == 0;
    buf_free(&out);
    return printed ? 0 : 2;
}

int cmd_help(int argc, char **argv, const struct cmd_context *context)
{
    (void)argc;
    (void)argv;
    (void)context;
    return cmd_print_help();
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
