/* The configuration file of the program itself: where it is looked for, what goes before it, and what is said about it. */
#include "shell.h"

static void write_config(const struct shell *shell, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/lectern", shell->folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/lectern/config", shell->folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) != EOF);
    assert_int_equal(fclose(file), 0);
}

#define LECTERN "XDG_CONFIG_HOME=\"$PWD\" \"$0\" "

/* Whether a line of what the program prints ends as it should. */
static void expect_line(const struct shell *shell, const char *command, const char *line)
{
    char whole[160];
    snprintf(whole, sizeof whole, "\n%s\r\n", line);
    shell_expect(shell, command, 0, whole);
}

static void flags_go_before_the_file(void **state)
{
    write_config(*state, "width: 33\nascii: yes\nstudy-new: 7\n");
    expect_line(*state, LECTERN "--print-config", "width: 33");
    expect_line(*state, LECTERN "--print-config", "ascii: yes");
    expect_line(*state, LECTERN "-w 44 --print-config", "width: 44");
    expect_line(*state, LECTERN "--no-ascii --print-config", "# ascii: no");
    expect_line(*state, LECTERN "--no-config --print-config", "# width: 80");
    expect_line(*state, "echo width: 55 >mine; " LECTERN "--config mine --print-config", "width: 55");
    expect_line(
        *state,
        "HOME=\"$PWD/home\" XDG_CONFIG_HOME=config; export HOME XDG_CONFIG_HOME; mkdir -p home/.config; "
        "cp -r lectern home/.config; \"$0\" --print-config",
        "width: 33");
}

static void what_is_printed_is_a_file_again(void **state)
{
    write_config(*state, "width: 33\nlibrary: [/a b, \"/\\\"\"]\neditor: 'vi: -n'\ncolour: off\n");
    shell_expect(*state,
                 LECTERN
                 "--print-config >first; \"$0\" --config first --print-config | cmp - first && echo same",
                 0, "same");
}

static void what_is_wrong_is_told_and_the_rest_holds(void **state)
{
    write_config(*state, "width: 900\nstudy-retention: 2\nfrehs: yes\nascii: yes\n");
    static const char *const said[] = {
        "config:1:8: the width is a number from 20 to 500, not \"900\"; it is left out",
        "config:2:18: the study retention is a number from 0.7 to 0.99, not \"2\"; it is left out",
        "config:3:1: there is no option frehs, but fresh; it is left out",
        "\nascii: yes\r\n",
        "\n# width: 80\r\n",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        shell_expect(*state, LECTERN "--print-config", 0, said[i]);
}

static void what_is_no_file_is_never_waited_for(void **state)
{
    shell_expect(*state, "rm -rf lectern; mkdir lectern; mkfifo lectern/config; " LECTERN "--print-config", 0,
                 "config: a FIFO; not read");
    shell_expect(*state, "mkfifo fifo; \"$0\" --config fifo --print-config", 2, "fifo: a FIFO; not read");
    shell_expect(*state, "\"$0\" --config nowhere --print-config", 2, "nowhere: cannot be opened");
    shell_expect(*state, "\"$0\" --config /dev/zero --print-config", 2, "not read");
    shell_expect(*state,
                 "rm -rf lectern; mkdir lectern; head -c 9000000 /dev/zero >lectern/config; " LECTERN
                 "--print-config",
                 0, "more than the limit");
    shell_expect(*state,
                 "head -c 30000 /dev/urandom >lectern/config; " LECTERN
                 "--print-config >/dev/null; echo ended",
                 0, "ended");
    shell_expect(
        *state,
        "rm -rf lectern; printf 'a: \\033]0;owned\\007\\n' >mine; \"$0\" --config mine --print-config", 0,
        "mine:1: no YAML");
}

static struct pty *start(const struct shell *shell, const char *flag, const char *library)
{
    const char *argv[] = {shell->program, flag, library, NULL};
    if (!flag)
        argv[1] = library;
    struct pty *pty = pty_start(&(struct pty_program){.argv = argv, .data = shell->folder});
    assert_true(pty_shows(pty, "One"));
    pty_settle(pty);
    return pty;
}

static void the_reader_opens_the_library_of_the_file(void **state)
{
    const struct shell *shell = *state;
    struct buf text = {0};
    buf_printf(&text, "library: %s/library\nascii: yes\nwidht: 9\n", shell->folder);
    write_config(shell, buf_cstr(&text));
    struct pty *pty = start(shell, "--fresh", NULL);
    assert_true(pty_shows(pty, "there is no option widht, but width; it is left out"));
    assert_true(pty_shows(pty, "-----"));
    pty_free(pty);
    pty = start(shell, "--no-ascii", NULL);
    assert_true(pty_shows(pty, "─────"));
    pty_free(pty);
    buf_free(&text);
}

static void keys_of_the_file_are_the_reader_s(void **state)
{
    const struct shell *shell = *state;
    write_config(shell, "keys:\n  Z: help\n  C-g: quit\n  t: none\n  s: bottom\n");
    char library[128];
    int status;
    snprintf(library, sizeof library, "%s/library", shell->folder);
    struct pty *pty = start(shell, NULL, library);
    assert_true(pty_shows(pty, "s was the last key of search, which has none now"));
    pty_type(pty, "t");
    assert_true(pty_shows(pty, "That key does nothing here"));
    pty_type(pty, "Z");
    assert_true(pty_shows(pty, "The keys of lectern"));
    pty_type(pty, "q:search\r");
    assert_true(pty_shows(pty, "Up Down select"));
    pty_type(pty, "\007"); /* C-g: while something is typed */
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_int_equal(status, 0);
    pty_free(pty);
}

static void the_keys_are_printed_as_they_are(void **state)
{
    write_config(*state, "keys: {x: copy, \"'\": none, '\"': help}\n");
    expect_line(*state, LECTERN "--print-config",
                "  # \"j\": down                      # one line or row down");
    shell_expect(*state, LECTERN "--print-config", 0, "\n  \"x\": copy");
    shell_expect(*state, LECTERN "--print-config", 0, "\n  \"'\": none");
    shell_expect(*state, LECTERN "--print-config", 0,
                 "config:1:8: x was the last key of read, which has none now");
    shell_expect(*state,
                 "\"$0\" --no-config --print-config | sed 's/^# keys/keys/; s/^  # \"/  \"/' >all; "
                 "\"$0\" --config all --print-config | sed 's/^  \"/  # \"/; s/^keys/# keys/' >again; "
                 "\"$0\" --no-config --print-config | cmp - again && echo same",
                 0, "same");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_go_before_the_file),
        cmocka_unit_test(what_is_printed_is_a_file_again),
        cmocka_unit_test(what_is_wrong_is_told_and_the_rest_holds),
        cmocka_unit_test(what_is_no_file_is_never_waited_for),
        cmocka_unit_test(the_reader_opens_the_library_of_the_file),
        cmocka_unit_test(keys_of_the_file_are_the_reader_s),
        cmocka_unit_test(the_keys_are_printed_as_they_are),
    };
    return cmocka_run_group_tests(tests, shell_set_up, shell_tear_down);
}
