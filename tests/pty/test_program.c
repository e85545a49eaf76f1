/* The program itself under a pty: what it refuses, and that it always gives the terminal back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lectern/text.h"
#include "pty.h"

/* What the articles below try on the terminal: each must not arrive. */
static const struct str attacks[] = {
    {"\033]0;", 4}, {"\033P", 2},    {"\033c", 2},        {"\033[6n", 4}, {"\033_", 2},
    {"\007", 1},    {"\xc2\x9b", 2}, {"\xe2\x80\xae", 3}, {"\033]8;", 4}, {"\x7f", 1},
    {"\033[?9", 4}, {"\xff", 1},     {"\xe2\x80\xa8", 3}, {"\033]52", 4}, {"\033[2;5r", 6},
};

struct place {
    char folder[64]; /* of this test run */
    const char *program;
};

static void write_file(const char *folder, const char *name, struct str bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    fclose(file);
}

static void add_attacks(struct buf *text)
{
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        buf_add(text, attacks[i]);
        buf_add(text, STR("owned "));
    }
}

/* An article that tries everything in its text, and one whose YAML escapes do, in the title, the subject and keywords. */
static void write_hostile_library(const char *folder)
{
    struct buf text = {0};
    buf_add(&text, STR("# Alpha "));
    add_attacks(&text);
    buf_add(&text, STR("\n\nText "));
    add_attacks(&text);
    buf_add(&text, STR("\n\n&#27;[31m&#x9b;31m [link](http://x/\033[2J) `\033c` <b>\033P</b>\n\n\tcode "
                       "\033]0;owned\007\n"));
    write_file(folder, "alpha\033]0;owned\007.md", buf_str(&text));
    write_file(folder, "new\nline\xff.md", STR("# Line\n\nText.\n"));
    write_file(folder, "beta.md",
               STR("---\nid: \"7\\e]0;owned\"\ntitle: \"Beta \\e]0;owned\\a \\x9b31m\\u202e \\x7f\"\n"
                   "subject: \"Subject \\eP\\ec\"\ndate: \"\\e[6n\"\nseo:\n  page_keywords: \"a\\ec, b\\a\"\n"
                   "answer: \"Answer \\e]52;c;b3duZWQ=\\a\\r\\n\\b\\e[?9h\"\n"
                   "related_article1:\n  id: \"9\"\n  title: \"Gone \\e]8;;http://x\\a\"\n---\n\n&nbsp;\n"));
    write_file(folder, "broken.md", STR("---\ntitle: [\"\033]0;owned\007\n---\nBody\n"));
    buf_free(&text);
}

static int set_up(void **state)
{
    static struct place place = {.folder = "/tmp/lectern-session-XXXXXX"};
    place.program = getenv("LECTERN");
    if (!place.program)
        place.program = "build/lectern";
    if (!mkdtemp(place.folder) || access(place.program, X_OK) != 0)
        return -1;
    write_hostile_library(place.folder);
    *state = &place;
    return 0;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int tear_down(void **state)
{
    struct place *place = *state;
    return nftw(place->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* Starts `sh -c COMMAND` where $0 is the program and $1 the library. */
static struct pty *start_command(const struct place *place, const char *command, const char *term)
{
    const char *argv[] = {"/bin/sh", "-c", command, place->program, place->folder, NULL};
    return pty_start(&(struct pty_program){.argv = argv, .term = term});
}

static struct pty *start(const struct place *place)
{
    struct pty *pty = start_command(place, "exec \"$0\" \"$1\"", NULL);
    assert_true(pty_shows(pty, "Alpha"));
    pty_settle(pty);
    return pty;
}

static void assert_status(struct pty *pty, int wait_ms, int expected)
{
    int status = 0;
    assert_true(pty_ended(pty, wait_ms, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), expected);
}

/* One line that says what is wrong, in plain text, and nothing else. */
static void assert_refused(struct pty *pty, const char *message)
{
    assert_status(pty, PTY_PATIENCE_MS, 2);
    struct str output = pty_output(pty);
    assert_true(str_starts(output, STR("lectern: ")));
    assert_true(str_find(output, str_from(message)) != STR_NOT_FOUND);
    assert_int_equal(str_find_byte(output, '\n'), output.len - 1);
    assert_true(str_find_byte(output, '\033') == STR_NOT_FOUND);
    pty_free(pty);
}

static void assert_left_as_found(struct pty *pty)
{
    struct termios modes;
    pty_modes(pty, &modes);
    assert_true((modes.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
    assert_true((modes.c_iflag & ICRNL) && (modes.c_oflag & OPOST));
    assert_false(pty_on_alternate_screen(pty));
    assert_true(pty_cursor_visible(pty));
}

static void what_is_no_terminal_is_refused(void **state)
{
    assert_refused(start_command(*state, "exec \"$0\" \"$1\" </dev/null", NULL),
                   "standard input is not a terminal");
    assert_refused(start_command(*state, "exec \"$0\" \"$1\" >/dev/null", NULL),
                   "standard output is not a terminal");
    assert_refused(start_command(*state, "exec \"$0\" \"$1\" <&-", NULL), "standard input is not a terminal");
    assert_refused(start_command(*state, "exec \"$0\" \"$1\" >&-", NULL),
                   "standard output is not a terminal");
}

static void unknown_terminal_types_are_refused(void **state)
{
    assert_refused(start_command(*state, "exec \"$0\" \"$1\"", "no-such-type"), "\"no-such-type\"");
    assert_refused(start_command(*state, "exec \"$0\" \"$1\"", ""), "TERM");
    assert_refused(start_command(*state, "exec \"$0\" \"$1\"", "../../../x\033[2J"), "is not known");
    assert_refused(start_command(*state, "exec \"$0\" \"$1\"", "dumb"), "\"dumb\"");
}

static void missing_libraries_are_refused(void **state)
{
    assert_refused(start_command(*state, "exec \"$0\" \"$1/missing\"", NULL), "/missing");
    assert_refused(start_command(*state, "exec \"$0\" \"$1\" \"$1/missing\"", NULL), "/missing");
    assert_refused(start_command(*state, "exec \"$0\" \"$(printf '/x\\033[2J\\nx')\"", NULL), "/x");
    assert_refused(start_command(*state, "exec \"$0\"", NULL), "name the library");
    assert_refused(start_command(*state, "exec \"$0\" ''", NULL), "");
}

static void unreadable_libraries_are_refused(void **state)
{
    if (geteuid() == 0) {
        print_message("root may read every folder\n");
        skip();
    }
    assert_refused(start_command(*state, "mkdir -m 0 \"$1/shut\"; exec \"$0\" \"$1/shut\"", NULL), "shut");
}

static void wrong_options_are_refused(void **state)
{
    assert_refused(start_command(*state, "exec \"$0\" --nonsense", NULL), "--nonsense");
    assert_refused(start_command(*state, "exec \"$0\" -x", NULL), "-x");
    assert_refused(start_command(*state, "exec \"$0\" --library", NULL), "--library");
    assert_refused(start_command(*state, "exec \"$0\" -w 7 .", NULL), "--width");
    assert_refused(start_command(*state, "exec \"$0\" --width=9999999999999999999999 .", NULL), "--width");
    assert_refused(start_command(*state, "exec \"$0\" --ascii=yes .", NULL), "--ascii");
    assert_refused(start_command(*state, "exec \"$0\" \"$(printf -- '--\\033[2J')\"", NULL), "no option");
}

static void help_and_version_are_printed(void **state)
{
    struct pty *pty = start_command(*state, "exec \"$0\" -l . --help", NULL);
    assert_status(pty, PTY_PATIENCE_MS, 0);
    assert_true(str_find(pty_output(pty), STR("--library PATH")) != STR_NOT_FOUND);
    assert_true(str_find(pty_output(pty), STR("check")) != STR_NOT_FOUND);
    pty_free(pty);
    pty = start_command(*state, "exec \"$0\" --version", NULL);
    assert_status(pty, PTY_PATIENCE_MS, 0);
    assert_true(str_starts(pty_output(pty), STR("lectern ")));
    pty_free(pty);
    pty = start_command(*state, "exec \"$0\" --help >/dev/full", NULL);
    assert_status(pty, PTY_PATIENCE_MS, 2);
    pty_free(pty);
}

static void quitting_leaves_the_terminal_as_found(void **state)
{
    struct pty *pty = start(*state);
    assert_true(pty_on_alternate_screen(pty));
    pty_type(pty, "Q");
    assert_status(pty, PTY_PATIENCE_MS, 0);
    assert_left_as_found(pty);
    pty_free(pty);
}

static void nothing_of_an_article_commands_the_terminal(void **state)
{
    static const char *const keys[] = {"\r",   "j\r",    "j\r",  "j\r",       "I",    "\033", "?",
                                       "\033", "sowned", "\r",   "/o",        "\r",   "n",    "\033",
                                       "G",    "\t\r",   "\177", "\\",        "q",    "l",    "G",
                                       "\r",   "\033[B", "h",    "s\x1b[B\r", "\033", "1"};
    struct pty *pty = start(*state);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        pty_type(pty, keys[i]);
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
        if (str_find(pty_output(pty), attacks[i]) != STR_NOT_FOUND)
            fail_msg("attack %zu reached the terminal", i);
    assert_true(str_find(pty_output(pty), STR("owned")) != STR_NOT_FOUND);
    assert_true(text_invalid_at(pty_output(pty)) == STR_NOT_FOUND);
    pty_free(pty);
}

static void storms_of_sizes_and_keys_are_survived(void **state)
{
    struct pty *pty = start(*state);
    for (int i = 0; i < 60; i++) {
        pty_resize(pty, 1 + i * 37 % 60, 1 + i * 53 % 180);
        pty_type(pty, "j\tk/a\033s b\033");
    }
    for (int i = 0; i < 200; i++)
        pty_resize(pty, 1 + i % 50, 1 + i * 7 % 200);
    pty_resize(pty, 30, 100);
    pty_settle(pty);
    pty_type(pty, "\033");
    pty_type(pty, "\033");
    pty_type(pty, "Q");
    assert_status(pty, PTY_PATIENCE_MS, 0);
    assert_left_as_found(pty);
    pty_free(pty);
}

static void stops_and_comes_back(void **state)
{
    struct pty *pty = start(*state);
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            pty_type(pty, "\x1a");
        else
            pty_signal(pty, SIGTSTP);
        assert_true(pty_stopped(pty));
        assert_left_as_found(pty);
        pty_continue(pty);
        pty_settle(pty);
        assert_true(pty_on_alternate_screen(pty));
        assert_true(pty_shows(pty, "Alpha"));
    }
    pty_type(pty, "Q");
    assert_status(pty, PTY_PATIENCE_MS, 0);
    assert_left_as_found(pty);
    pty_free(pty);
}

static void signals_end_it_in_order(void **state)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct pty *pty = start(*state);
        pty_signal(pty, numbers[i]);
        assert_status(pty, 2000, 1);
        assert_left_as_found(pty);
        pty_free(pty);
    }
}

static void a_crash_gives_the_terminal_back(void **state)
{
    struct pty *pty = start(*state);
    int status;
    pty_signal(pty, SIGSEGV);
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) != 0);
    assert_left_as_found(pty);
    pty_free(pty);
}

static void a_closed_terminal_ends_it(void **state)
{
    struct pty *pty = start(*state);
    pty_hang_up(pty);
    assert_status(pty, 2000, 1);
    pty_free(pty);
}

static void an_empty_environment_is_enough(void **state)
{
    struct pty *pty = start_command(
        *state, "exec env -i TERM=xterm HOME= LANG= LINES=-5 COLUMNS=x \"$0\" \"$1\" 2>&-", NULL);
    assert_true(pty_shows(pty, "Alpha"));
    for (size_t i = 0; i < pty_output(pty).len; i++)
        assert_true((unsigned char)pty_output(pty).at[i] < 0x80);
    pty_type(pty, "Q");
    assert_status(pty, PTY_PATIENCE_MS, 0);
    pty_free(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_terminal_is_refused),
        cmocka_unit_test(unknown_terminal_types_are_refused),
        cmocka_unit_test(missing_libraries_are_refused),
        cmocka_unit_test(unreadable_libraries_are_refused),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(help_and_version_are_printed),
        cmocka_unit_test(quitting_leaves_the_terminal_as_found),
        cmocka_unit_test(nothing_of_an_article_commands_the_terminal),
        cmocka_unit_test(storms_of_sizes_and_keys_are_survived),
        cmocka_unit_test(stops_and_comes_back),
        cmocka_unit_test(signals_end_it_in_order),
        cmocka_unit_test(a_crash_gives_the_terminal_back),
        cmocka_unit_test(a_closed_terminal_ends_it),
        cmocka_unit_test(an_empty_environment_is_enough),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
