/*
 * lectern completion: what makes a shell complete the words of a command line, from the tables of options and commands.
 *
 * What an option's argument is, is told by what it is called: "a|b" is one of these words, PATH and FILE are files, COMMAND is
 * a program; of others nothing is known.
 */
#include <string.h>

#include "cmd.h"

/* Options of the program, or of a command. */
struct options_list {
    const struct option *(*at)(const struct command *command, size_t number);
    const struct command *command;
};

static const struct option *general_at(const struct command *command, size_t number)
{
    (void)command;
    return options_at(number);
}

static const struct option *own_at(const struct command *command, size_t number)
{
    size_t count;
    const struct option *options = cmd_options(command, &count);
    return number < count ? &options[number] : NULL;
}

enum takes { TAKES_NOTHING, TAKES_FILES, TAKES_PROGRAM, TAKES_WORDS, TAKES_ANYTHING };

static enum takes kind_of(const char *argument)
{
    if (!argument)
        return TAKES_NOTHING;
    if (strstr(argument, "PATH") || strstr(argument, "FILE"))
        return TAKES_FILES;
    if (strchr(argument, '|'))
        return TAKES_WORDS;
    return strcmp(argument, "COMMAND") == 0 ? TAKES_PROGRAM : TAKES_ANYTHING;
}

/* "a|b" as "a b". */
static void add_words(struct buf *out, const char *argument)
{
    for (; *argument; argument++)
        buf_add_byte(out, *argument == '|' ? ' ' : *argument);
}

static void add_command_names(struct buf *out)
{
    const struct command *command;
    for (size_t i = 0; (command = cmd_command(i)); i++)
        buf_printf(out, "%s%s", i ? " " : "", command->name);
}

/* Between single quotation marks; `escaped` are characters that get a backslash. */
static void add_quoted(struct buf *out, const char *text, const char *escaped, const char *quote)
{
    for (; *text; text++) {
        if (*text == '\'')
            buf_add(out, str_from(quote));
        else if (strchr(escaped, *text))
            buf_printf(out, "\\%c", *text);
        else
            buf_add_byte(out, *text);
    }
}

/* --- bash --- */

static void add_bash_flags(struct buf *out, struct options_list list)
{
    const struct option *option;
    for (size_t i = 0; (option = list.at(list.command, i)); i++) {
        if (option->letter)
            buf_printf(out, " -%c", option->letter);
        buf_printf(out, " --%s", option->name);
        if (option->kind == OPTION_SWITCH)
            buf_printf(out, " --no-%s", option->name);
    }
}

/* What stands in the place of an argument. */
static void add_bash_reply(struct buf *out, const char *argument)
{
    switch (kind_of(argument)) {
    case TAKES_NOTHING:
    case TAKES_ANYTHING: break;
    case TAKES_FILES: buf_add(out, STR("COMPREPLY=($(compgen -f -- \"$word\")); ")); break;
    case TAKES_PROGRAM: buf_add(out, STR("COMPREPLY=($(compgen -c -- \"$word\")); ")); break;
    case TAKES_WORDS:
        buf_add(out, STR("COMPREPLY=($(compgen -W '"));
        add_words(out, argument);
        buf_add(out, STR("' -- \"$word\")); "));
    }
}

/* A case for the command and the word before, of every option that takes an argument. */
static void add_bash_arguments(struct buf *out, struct options_list list)
{
    const struct option *option;
    const char *command = list.command ? list.command->name : "*";
    for (size_t i = 0; (option = list.at(list.command, i)); i++) {
        if (!option->argument)
            continue;
        buf_printf(out, "    %s:--%s", command, option->name);
        if (option->letter)
            buf_printf(out, "|%s:-%c", command, option->letter);
        buf_add(out, STR(") "));
        add_bash_reply(out, option->argument);
        buf_add(out, STR("return ;;\n"));
    }
}

/* The options of the program whose arguments are no command. */
static void add_bash_skipped(struct buf *out)
{
    const struct option *option;
    bool first = true;
    for (size_t i = 0; (option = options_at(i)); i++) {
        if (!option->argument)
            continue;
        buf_printf(out, "%s--%s", first ? "" : "|", option->name);
        if (option->letter)
            buf_printf(out, "|-%c", option->letter);
        first = false;
    }
}

/* The command's own options, and its operands if they are no files. */
static void add_bash_command(struct buf *out, const struct command *command)
{
    buf_printf(out, "    %s) flags='", command->name);
    add_bash_flags(out, (struct options_list){own_at, command});
    buf_add_byte(out, '\'');
    if (command->run == cmd_help)
        buf_add(out, STR(" operands=$commands"));
    if (kind_of(command->operands) == TAKES_WORDS) {
        buf_add(out, STR(" operands='"));
        add_words(out, command->operands);
        buf_add_byte(out, '\'');
    }
    buf_add(out, STR(" ;;\n"));
}

static void add_bash(struct buf *out)
{
    const struct command *command;
    const struct options_list general = {general_at, NULL};
    buf_add(out, STR("_lectern()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} command= flags= operands= i\n"
                     "    local commands='"));
    add_command_names(out);
    buf_add(out, STR("'\n    local general='"));
    add_bash_flags(out, general);
    buf_add(out, STR("'\n    COMPREPLY=()\n    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                     "        case ${COMP_WORDS[i]} in\n        "));
    add_bash_skipped(out);
    buf_add(out,
            STR(") ((i++)) ;;\n        -*) ;;\n        *) command=${COMP_WORDS[i]}; break ;;\n        esac\n"
                "    done\n    case $command:${COMP_WORDS[COMP_CWORD - 1]} in\n"));
    for (size_t i = 0; (command = cmd_command(i)); i++)
        add_bash_arguments(out, (struct options_list){own_at, command});
    add_bash_arguments(out, general);
    buf_add(out, STR("    esac\n    case $command in\n    '') operands=$commands ;;\n"));
    for (size_t i = 0; (command = cmd_command(i)); i++)
        add_bash_command(out, command);
    buf_add(out, STR("    esac\n    if [[ $word == -* ]]; then\n"
                     "        COMPREPLY=($(compgen -W \"$flags $general\" -- \"$word\"))\n"
                     "    else\n        COMPREPLY=($(compgen -W \"$operands\" -- \"$word\"))\n"
                     "        [[ -n $operands && -n $command ]] || COMPREPLY+=($(compgen -f -- \"$word\"))\n"
                     "    fi\n}\ncomplete -o filenames -F _lectern lectern\n"));
}

/* --- zsh --- */

static void add_zsh_action(struct buf *out, const char *argument)
{
    static const char *const actions[] = {
        [TAKES_FILES] = "_files", [TAKES_PROGRAM] = "_command_names", [TAKES_ANYTHING] = " "};
    enum takes takes = kind_of(argument);
    if (takes == TAKES_WORDS) {
        buf_add_byte(out, '(');
        add_words(out, argument);
        buf_add_byte(out, ')');
    } else {
        buf_add(out, str_from(actions[takes]));
    }
}

static void add_zsh_option(struct buf *out, const struct option *option, const char *no)
{
    const char *many = option->kind == OPTION_LIST ? "*" : "";
    for (int letter = option->letter && !*no; letter >= 0; letter--) {
        if (letter)
            buf_printf(out, "        '%s-%c[", many, option->letter);
        else
            buf_printf(out, "        '%s--%s%s[", many, no, option->name);
        add_quoted(out, *no ? "not so: " : "", "", "");
        add_quoted(out, option->help, "[]:", "'\\''");
        buf_add_byte(out, ']');
        if (option->argument) {
            buf_add(out, STR(":argument:"));
            add_zsh_action(out, option->argument);
        }
        buf_add(out, STR("'\n"));
    }
}

static void add_zsh_options(struct buf *out, struct options_list list)
{
    const struct option *option;
    for (size_t i = 0; (option = list.at(list.command, i)); i++) {
        add_zsh_option(out, option, "");
        if (option->kind == OPTION_SWITCH)
            add_zsh_option(out, option, "no-");
    }
}

static void add_zsh(struct buf *out)
{
    const struct command *command;
    buf_add(out, STR("#compdef lectern\n\n_lectern_commands()\n{\n    local -a commands=(\n"));
    for (size_t i = 0; (command = cmd_command(i)); i++) {
        buf_printf(out, "        '%s:", command->name);
        add_quoted(out, command->summary, ":", "'\\''");
        buf_add(out, STR("'\n"));
    }
    buf_add(out, STR("    )\n    _describe command commands\n}\n\n_lectern()\n{\n"
                     "    local curcontext=$curcontext state line\n    local -a options=(\n"));
    add_zsh_options(out, (struct options_list){general_at, NULL});
    buf_add(
        out,
        STR("    ) own=()\n    _arguments -C -S $options '1: :->first' '*:: :->rest' && return\n"
            "    case $state in\n"
            "    first) _alternative 'commands:command:_lectern_commands' 'files:path:_files'; return ;;\n"
            "    esac\n    case $line[1] in\n"));
    for (size_t i = 0; (command = cmd_command(i)); i++) {
        buf_printf(out, "    %s) own=(\n", command->name);
        add_zsh_options(out, (struct options_list){own_at, command});
        buf_add(out, STR("        '*:operand:"));
        if (command->run == cmd_help)
            buf_add(out, STR("_lectern_commands"));
        else
            add_zsh_action(out, command->operands);
        buf_add(out, STR("') ;;\n"));
    }
    buf_add(out, STR("    *) own=('*:path:_files') ;;\n    esac\n    _arguments -S $options $own\n}\n\n"
                     "if [ \"$funcstack[1]\" = _lectern ]; then\n    _lectern \"$@\"\nelse\n    compdef "
                     "_lectern lectern\nfi\n"));
}

/* --- fish --- */

static void add_fish_option(struct buf *out, const struct option *option, const struct command *command,
                            bool off)
{
    buf_add(out, STR("complete -c lectern"));
    if (command)
        buf_printf(out, " -n '__fish_seen_subcommand_from %s'", command->name);
    if (option->letter && !off)
        buf_printf(out, " -s %c", option->letter);
    buf_printf(out, " -l %s%s", off ? "no-" : "", option->name);
    switch (kind_of(option->argument)) {
    case TAKES_NOTHING: break;
    case TAKES_FILES: buf_add(out, STR(" -rF")); break;
    case TAKES_PROGRAM: buf_add(out, STR(" -xa '(__fish_complete_command)'")); break;
    case TAKES_ANYTHING: buf_add(out, STR(" -x")); break;
    case TAKES_WORDS:
        buf_add(out, STR(" -xa '"));
        add_words(out, option->argument);
        buf_add_byte(out, '\'');
        break;
    }
    buf_printf(out, " -d '%s", off ? "not so: " : "");
    add_quoted(out, option->help, "\\", "\\'");
    buf_add(out, STR("'\n"));
}

static void add_fish_options(struct buf *out, struct options_list list)
{
    const struct option *option;
    for (size_t i = 0; (option = list.at(list.command, i)); i++) {
        add_fish_option(out, option, list.command, false);
        if (option->kind == OPTION_SWITCH)
            add_fish_option(out, option, list.command, true);
    }
}

static void add_fish(struct buf *out)
{
    const struct command *command;
    add_fish_options(out, (struct options_list){general_at, NULL});
    for (size_t i = 0; (command = cmd_command(i)); i++) {
        buf_printf(out, "complete -c lectern -n __fish_use_subcommand -a %s -d '", command->name);
        add_quoted(out, command->summary, "\\", "\\'");
        buf_add(out, STR("'\n"));
        add_fish_options(out, (struct options_list){own_at, command});
        bool words = kind_of(command->operands) == TAKES_WORDS, help = command->run == cmd_help;
        if (!words && !help)
            continue;
        buf_printf(out, "complete -c lectern -n '__fish_seen_subcommand_from %s' -xa '", command->name);
        if (words)
            add_words(out, command->operands);
        else
            add_command_names(out);
        buf_add(out, STR("'\n"));
    }
}

int cmd_completion(const struct cmd_call *call, const struct cmd_context *context)
{
    static const struct {
        const char *name;
        void (*add)(struct buf *out);
    } shells[] = {{"bash", add_bash}, {"zsh", add_zsh}, {"fish", add_fish}};
    struct buf out = {0};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(call->words[0], shells[i].name) == 0)
            shells[i].add(&out);
    if (!out.len)
        return cmd_misused(call, context, "there is nothing for that shell");
    bool printed = fputs(buf_cstr(&out), stdout) != EOF && fflush(stdout) == 0;
    buf_free(&out);
    return printed ? 0 : 2;
}
