/* What is copied, through the program in a pseudo-terminal: the sequence that the terminal gets, the command that is run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "pty.h"

struct place {
    char folder[64], article[96], command[96], out[96];
};

static void write_file(const char *path, const char *text, size_t len)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void set_article(const struct place *place, const char *text)
{
    write_file(place->article, text, strlen(text));
}

static int set_up(void **state)
{
    static struct place place;
    snprintf(place.folder, sizeof place.folder, "/tmp/lectern-copy-test-XXXXXX");
    if (!getenv("LECTERN") || !mkdtemp(place.folder))
        return -1;
    snprintf(place.article, sizeof place.article, "%s/article.md", place.folder);
    snprintf(place.command, sizeof place.command, "%s/command", place.folder);
    snprintf(place.out, sizeof place.out, "%s/out", place.folder);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    const struct place *place = *state;
    unlink(place->article);
    unlink(place->command);
    unlink(place->out);
    return rmdir(place->folder);
}

static struct pty *start(const struct place *place, const char *command, const char *term)
{
    const char *argv[] = {getenv("LECTERN"), "--copy-command", command, place->article, NULL};
    struct pty *pty = pty_start(&(struct pty_program){.argv = argv, .columns = 100, .term = term});
    assert_true(pty_shows(pty, "Head"));
    return pty;
}

static void quit(struct pty *pty)
{
    int status;
    pty_type(pty, "Q");
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_int_equal(status, 0);
    pty_free(pty);
}

static bool was_sent(const struct pty *pty, const char *sequence)
{
    return str_find(pty_output(pty), str_from(sequence)) != STR_NOT_FOUND;
}

static void the_terminal_gets_what_is_copied(void **state)
{
    set_article(*state, "# Head\n\n```\nab\n```\n");
    struct pty *pty = start(*state, "", NULL);
    pty_type(pty, "y");
    assert_true(pty_shows(pty, "Copied the code: 2 characters, through the terminal."));
    assert_true(was_sent(pty, "\033]52;c;YWIK\033\\"));
    quit(pty);
}

static void controls_are_not_copied(void **state)
{
    set_article(*state, "# Head\n\n```\na\033]0;x\007\xC2\x9B\xFFz\n```\n");
    struct pty *pty = start(*state, "", NULL);
    pty_type(pty, "y");
    assert_true(pty_shows(pty, "through the terminal."));
    /* a U+FFFD ]0;x U+FFFD U+FFFD U+FFFD z LF */
    assert_true(was_sent(pty, "\033]52;c;Ye+/vV0wO3jvv73vv73vv716Cg==\033\\"));
    quit(pty);
}

static void a_selection_is_copied_as_text(void **state)
{
    set_article(*state, "# Head\n\nAn area is $\\pi r^2$ of 中文.\n");
    struct pty *pty = start(*state, "", NULL);
    pty_type(pty, "v$y");
    assert_true(pty_shows(pty, "Copied the selection"));
    assert_true(was_sent(pty, "\033]52;c;QW4gYXJlYSBpcyAkXHBpIHJeMiQgb2Yg5Lit5paHLg==\033\\"));
    quit(pty);
}

static void what_a_terminal_does_not_take_is_told(void **state)
{
    char text[90000];
    memset(text, 'x', sizeof text);
    memcpy(text, "# Head\n\n```\n", 12);
    for (size_t i = 100; i < sizeof text; i += 100)
        text[i] = '\n';
    memcpy(text + sizeof text - 5, "\n```\n", 5);
    write_file(((struct place *)*state)->article, text, sizeof text);
    struct pty *pty = start(*state, "", NULL);
    pty_type(pty, "y");
    assert_true(pty_shows(pty, "not copied: 89984 bytes"));
    assert_false(was_sent(pty, "\033]52"));
    quit(pty);
}

static bool holds(const char *path, const char *expected)
{
    char text[256] = "";
    for (int i = 0; i < 100; i++) {
        FILE *file = fopen(path, "r");
        size_t len = file ? fread(text, 1, sizeof text - 1, file) : 0;
        text[len] = '\0';
        if (file)
            fclose(file);
        if (strcmp(text, expected) == 0)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    fprintf(stderr, "%s: %s\n", path, text);
    return false;
}

/* No shell: what looks like its language are words. */
static void a_command_is_given_the_text(void **state)
{
    const struct place *place = *state;
    char command[256];
    static const char script[] =
        "#!/bin/sh\n{ cat; echo \"$# $1\"; test -t 0 || test -t 1 || test -t 2 || echo alone; } >\"$2.new\"\n"
        "mv \"$2.new\" \"$2\"\n";
    set_article(place, "# Head\n\n```\nab\n```\n");
    write_file(place->command, script, sizeof script - 1);
    chmod(place->command, 0700);
    snprintf(command, sizeof command, "%s  $(id);x %s", place->command, place->out);
    struct pty *pty = start(place, command, NULL);
    pty_type(pty, "y");
    assert_true(pty_shows(pty, "Copied the code: 2 characters, with /tmp/lectern-copy-test-"));
    assert_true(holds(place->out, "ab\n2 $(id);x\nalone\n"));
    assert_false(was_sent(pty, "\033]52"));
    quit(pty);
}

static void a_command_that_fails_is_told(void **state)
{
    set_article(*state, "# Head\n\n```\nab\n```\n");
    struct pty *pty = start(*state, "false", NULL);
    pty_type(pty, "y");
    assert_true(pty_shows(pty, "nothing was copied: false has failed"));
    quit(pty);
    pty = start(*state, "no-such-program-here -x", NULL);
    pty_type(pty, "y");
    assert_true(pty_shows(pty, "no-such-program-here"));
    quit(pty);
}

/* Some programs stay until something else is copied. */
static void a_command_is_not_waited_for(void **state)
{
    set_article(*state, "# Head\n\n```\nab\n```\n");
    struct pty *pty = start(*state, "sleep 20", NULL);
    pty_type(pty, "y");
    assert_true(pty_shows(pty, "with sleep."));
    pty_type(pty, "?");
    assert_true(pty_shows(pty, "The keys of lectern"));
    quit(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_terminal_gets_what_is_copied),
        cmocka_unit_test(controls_are_not_copied),
        cmocka_unit_test(a_selection_is_copied_as_text),
        cmocka_unit_test(what_a_terminal_does_not_take_is_told),
        cmocka_unit_test(a_command_is_given_the_text),
        cmocka_unit_test(a_command_that_fails_is_told),
        cmocka_unit_test(a_command_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
