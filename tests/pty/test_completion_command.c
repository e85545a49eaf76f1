/* The completions of shells: that of bash is run here, those of others are read by their shells where they are installed. */
#include "shell.h"

#define COMPLETE(words, count)                                                                               \
    "\"$0\" completion bash >bash; bash --norc -c 'complete() { :; }; . ./bash; COMP_WORDS=(" words          \
    "); COMP_CWORD=$((" #count " - 1)); _lectern; echo \"<${COMPREPLY[*]}>\"'"

static void bash_completes_commands_options_and_their_arguments(void **state)
{
    shell_expect(*state, COMPLETE("lectern sea", 2), 0, "<search>");
    shell_expect(*state, COMPLETE("lectern -l library rel", 4), 0, "<related>");
    shell_expect(*state, COMPLETE("lectern -l lib", 3), 0, "<library>");
    shell_expect(*state, COMPLETE("lectern map --format \"\"", 4), 0, "<text dot svg>");
    shell_expect(*state, COMPLETE("lectern export --format m", 4), 0, "<markdown>");
    shell_expect(*state, COMPLETE("lectern search --e", 3), 0, "<--explain --editor>");
    shell_expect(*state, COMPLETE("lectern show libr", 3), 0, "<library>");
    shell_expect(*state, COMPLETE("lectern completion \"\"", 3), 0, "<bash zsh fish>");
    shell_expect(*state, COMPLETE("lectern help st", 3), 0, "<state>");
    shell_expect(*state, COMPLETE("lectern search -n \"\"", 4), 0, "<>");
}

static void every_shell_can_read_its_script(void **state)
{
    static const char *const shells[] = {"bash", "zsh", "fish"};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        char command[256];
        snprintf(command, sizeof command,
                 "\"$0\" completion %s >script && if command -v %s >/dev/null; then %s -n script; fi && wc "
                 "-l <script",
                 shells[i], shells[i], shells[i]);
        shell_expect(*state, command, 0, "");
    }
    shell_expect(*state, "\"$0\" completion csh", 2,
                 "completion: there is nothing for that shell; usage: lectern");
    shell_expect(*state, "\"$0\" completion bash >/dev/full", 2, "");
}

/* The program's own options may stand behind a command, and those of a command behind its words. */
static void options_stand_anywhere(void **state)
{
    shell_expect(*state, "\"$0\" show -l library library/one.md --plain -w 40", 0, "Text.");
    shell_expect(*state, "\"$0\" search -l library -n 1 text", 0, "1 found");
    shell_expect(*state, "\"$0\" search -l library -- -text", 1, "");
    shell_expect(*state, "\"$0\" search --help", 0,
                 "usage: lectern search [-n N] [--json] [--explain] QUERY...");
    shell_expect(*state, "\"$0\" help map", 0, "--format text|dot|svg");
    shell_expect(*state, "\"$0\" help nothing", 2, "help: there is no such command");
    shell_expect(*state, "\"$0\" search -text -l library", 2, "a query that begins with - stands behind --");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bash_completes_commands_options_and_their_arguments, shell_set_up,
                                        shell_tear_down),
        cmocka_unit_test_setup_teardown(every_shell_can_read_its_script, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(options_stand_anywhere, shell_set_up, shell_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
