/* lectern show, as a shell and a terminal see it. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "pty.h"

#define ARTICLE                                                                                              \
    "d=$(mktemp -d) && export XDG_CACHE_HOME=\"$d/cache\" && mkdir -p \"$d/cache\" \"$d/lib\" && cd "        \
    "\"$d/lib\" && printf -- '---\\nid: 7\\ntitle: T\\nanswer: \"**bold** "                                  \
    "word\"\\n---\\n' >a.md; "

/* Runs a command in which $0 is the program; it must end with the status. The caller frees the terminal. */
static struct pty *run(const char *command, int expected)
{
    char whole[1024], program[PATH_MAX];
    const char *lectern = getenv("LECTERN");
    int status = 0;
    assert_non_null(realpath(lectern ? lectern : "build/lectern", program));
    snprintf(whole, sizeof whole, "%s %s; s=$?; rm -r \"$d\"; exit $s", ARTICLE, command);
    const char *argv[] = {"/bin/sh", "-c", whole, program, NULL};
    struct pty *pty = pty_start(&(struct pty_program){.argv = argv});
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
        fail_msg("%s: status %d, %.*s", command, WEXITSTATUS(status), STR_ARG(pty_output(pty)));
    return pty;
}

static void a_terminal_gets_attributes(void **state)
{
    (void)state;
    struct pty *pty = run("\"$0\" show a.md", 0);
    assert_true(pty_shows(pty, "bold word"));
    assert_string_equal(pty_row(pty, 3), "bold word");
    assert_true(pty_look_at(pty, 3, 0).bold);
    assert_false(pty_look_at(pty, 3, 5).bold);
    pty_free(pty);
}

static void plain_output_and_pipes_get_none(void **state)
{
    static const char *const commands[] = {"\"$0\" show --plain a.md", "\"$0\" show a.md | cat"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pty *pty = run(commands[i], 0);
        assert_true(str_find(pty_output(pty), STR("\r\nbold word\r\n")) != STR_NOT_FOUND);
        assert_true(str_find_byte(pty_output(pty), '\033') == STR_NOT_FOUND);
        pty_free(pty);
    }
}

/* Where the locale is not UTF-8, signs are made of what it has. */
static void a_plain_locale_gets_plain_signs(void **state)
{
    (void)state;
    struct pty *pty = run("printf '# S\\n\\n- [x] é “$x^2 \\\\le \\\\frac{a}{b}$”\\n- • $\\\\sqrt{y}$\\n\\n"
                          "|a|b|\\n|-|-|\\n|1|2|\\n' >s.md; LC_ALL=C \"$0\" show --plain s.md",
                          0);
    static const char *const lines[] = {" [x] e \"x^2 <= a/b\"", "* * sqrt(y)", "a | b", "--+--", "1 | 2"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!pty_shows(pty, lines[i]))
            fail_msg("no %s in %.*s", lines[i], STR_ARG(pty_output(pty)));
    for (size_t i = 0; i < pty_output(pty).len; i++)
        assert_true((unsigned char)pty_output(pty).at[i] < 0x80);
    pty_free(pty);
}

static void an_article_is_named_by_path_or_id(void **state)
{
    (void)state;
    struct pty *pty = run("\"$0\" -l . show --source 7", 0);
    assert_true(str_find(pty_output(pty), STR("**bold** word")) != STR_NOT_FOUND);
    pty_free(pty);
    pty = run("\"$0\" -l . show a.md", 0);
    pty_free(pty);
    pty = run("echo '# B' >b.md; \"$0\" show .", 2);
    assert_true(str_find(pty_output(pty), STR("holds 2 articles")) != STR_NOT_FOUND);
    pty_free(pty);
    pty_free(run("\"$0\" show nowhere.md", 2));
    pty_free(run("\"$0\" show -w 19 a.md", 2));
    pty_free(run("\"$0\" show", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_gets_attributes),
        cmocka_unit_test(plain_output_and_pipes_get_none),
        cmocka_unit_test(a_plain_locale_gets_plain_signs),
        cmocka_unit_test(an_article_is_named_by_path_or_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
