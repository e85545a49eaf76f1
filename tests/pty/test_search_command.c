/* lectern search, as a shell sees it: what it prints, where, and its exit status. */
#include "shell.h"

static int set_up(void **state)
{
    if (shell_set_up(state) != 0)
        return -1;
    int failed =
        shell_write(*state, "pugh.md",
                    "---\nid: \"p1\"\ntitle: \"The Child-Pugh score\"\nsubject: Medicine\n"
                    "date: 2024-12-18\n---\nIt grades a liver, with \"points\".\n\nA liver that fails "
                    "has more of them.\n");
    failed |= shell_write(*state, "meld.md",
                          "---\nid: \"m1\"\ntitle: \"Meld\"\n---\nAnother score, of the liver.\n");
    failed |= shell_write(*state, "evil.md",
                          "---\nid: \"e\x1b[2J\"\ntitle: \"Evil \\e[31m red\"\n---\nAn \x1b]0;x\x07 escape, "
                          "\xe2\x80\xae reversed, \xff and \\ \"quoted\".\n");
    return failed;
}

/* The command is run with its output going through a pipe. */
static void expect_piped(const struct shell *shell, const char *arguments, int status, const char *text)
{
    char command[512];
    snprintf(command, sizeof command, "\"$0\" -l library search %s >out; s=$?; cat out; exit $s", arguments);
    shell_expect(shell, command, status, text);
}

static void hits_are_printed_with_their_reasons(void **state)
{
    expect_piped(*state, "child pugh", 0, "  1 The Child-Pugh score\r\n    Medicine (title)\r\n");
    expect_piped(*state, "liver pugh", 0, "    It grades a liver, with \"points\". A liver that fails");
    expect_piped(*state, "points", 0, "\r\n    library/pugh.md\r\n");
    expect_piped(*state, "liver score", 0, "2 found\r\n");
    expect_piped(*state, "-n 1 liver score", 0, "2 found, 1 shown\r\n");
    expect_piped(*state, "-n1 -- -liver", 0, "2 found, 1 shown\r\n");
    expect_piped(*state, "title:meld", 0, "  1 Meld\r\n");
    expect_piped(*state, "date:2024", 0, "\r\n    Medicine\r\n");
}

static void corrections_are_told_on_standard_error(void **state)
{
    static const char *const options[] = {"", "--json ", "--explain "};
    for (size_t i = 0; i < 3; i++) {
        char command[128];
        snprintf(command, sizeof command, "\"$0\" -l library search %sscroe >out 2>err; cat err", options[i]);
        shell_expect(*state, command, 0, "lectern: search: scroe is nowhere; looked for score\r\n");
        shell_expect(*state, "grep -c nowhere out", 1, "0\r\n");
        shell_expect(*state, "grep -c Meld out", 0, "1\r\n");
    }
}

static void what_is_wrong_with_a_query_is_shown_below_it(void **state)
{
    static const char *const options[] = {"", "--json "};
    for (size_t i = 0; i < 2; i++) {
        char command[128];
        snprintf(command, sizeof command, "\"$0\" -l library search %s'score /a(/' 2>&1 >out", options[i]);
        shell_expect(*state, command, 2, "\r\n  score /a(/\r\n           ^\r\n");
        shell_expect(*state, "test -s out", 1, "");
    }
    shell_expect(*state, "\"$0\" -l library search 'na\xc3\xafve \xe8\x82\x9d has:x'", 2,
                 "\r\n  na\xc3\xafve \xe8\x82\x9d has:x\r\n               ^\r\n");
}

/* At the default limits this pattern takes hours for a text like that. */
static void a_pattern_that_hits_a_limit_is_told(void **state)
{
    struct buf text = {0};
    buf_printf(&text, "# Long\n\n");
    for (int i = 0; i < 2000; i++)
        buf_add_byte(&text, 'a');
    buf_printf(&text, "b\n");
    assert_int_equal(shell_write(*state, "long.md", buf_cstr(&text)), 0);
    buf_free(&text);
    shell_expect(*state, "\"$0\" -l library search --json '/(a|aa)+$/' 2>&1 >out", 1,
                 "lectern: search: 1 article was given up");
}

static void the_exit_status_says_whether_something_was_found(void **state)
{
    expect_piped(*state, "zzzzzzz", 1, "nothing found\r\n");
    expect_piped(*state, "--json zzzzzzz", 1, "");
    expect_piped(*state, "\"''\"", 1, "nothing found");
    shell_expect(*state, "\"$0\" -l library search --json zzzzzz | wc -c", 0, "0\r\n");
}

static void objects_of_json_stand_one_a_line(void **state)
{
    expect_piped(*state, "--json pugh", 0,
                 "{\"id\":\"p1\",\"title\":\"The Child-Pugh score\",\"subject\":\"Medicine\","
                 "\"path\":\"library/pugh.md\",\"score\":");
    expect_piped(*state, "--json pugh", 0,
                 ",\"field\":\"title\",\"snippet\":\"It grades a liver, with \\\"points\\\". A liver that "
                 "fails has more of them.\"}\r\n");
    expect_piped(*state, "--json date:2024", 0, ",\"score\":0.0000,\"field\":null,");
    shell_expect(*state, "\"$0\" -l library search --json liver | wc -l", 0, "2\r\n");
}

static void nothing_of_an_article_reaches_the_terminal_as_it_is(void **state)
{
    static const char *const options[] = {"", "--json", "--explain"};
    static const char *const forbidden[] = {"\033[2J", "\033[31m", "\033]", "\a", "\xe2\x80\xae", "\xff"};
    for (size_t i = 0; i < 6; i++) {
        char command[128];
        int status;
        snprintf(command, sizeof command, "\"$0\" -l library search %s evil%s", options[i / 2],
                 i % 2 ? " | cat" : "");
        struct pty *pty = shell_run(*state, command, &status);
        assert_int_equal(status, 0);
        assert_true(str_find(pty_output(pty), STR("reversed")) != STR_NOT_FOUND);
        for (size_t f = 0; f < sizeof forbidden / sizeof *forbidden; f++)
            assert_true(i % 2 == 1 && f == 4
                            ? true
                            : str_find(pty_output(pty), str_from(forbidden[f])) == STR_NOT_FOUND);
        pty_free(pty);
    }
    expect_piped(*state, "--json evil", 0, "\"title\":\"Evil \\u001b[31m red\"");
    expect_piped(*state, "--json evil", 0, "\\u202e reversed, \xef\xbf\xbd and \\\\ \\\"quoted\\\".\"}");
}

static void a_terminal_gets_marks(void **state)
{
    shell_expect(*state, "\"$0\" -l library search meld", 0, "\033[1m");
    shell_expect(*state, "TERM=dumb \"$0\" -l library search meld", 0, "  1 Meld\r\n");
    shell_expect(*state, "TERM=nonsense \"$0\" -l library search meld", 0, "  1 Meld\r\n");
    shell_expect(*state, "\"$0\" -l library search evil | grep -c Evil", 0, "1\r\n");
}

static void the_index_is_written_and_used(void **state)
{
    shell_expect(*state, "\"$0\" -l library search liver", 0, "4 of 4 files");
    shell_expect(*state, "\"$0\" -l library index --status", 0, "up to date");
    shell_expect(*state, "\"$0\" -l library search liver 2>&1 | grep -c files", 1, "0\r\n");
    shell_expect(*state, "echo '# New liver' >library/new.md; \"$0\" -l library search new", 0,
                 "library/new.md");
    shell_expect(*state,
                 "\"$0\" -l library search liver 2>err | cat >out; test -s err; echo $?; grep -c found out",
                 0, "1\r\n1\r\n");
    shell_expect(*state, "chmod 777 cache/lectern; \"$0\" -l library search meld", 0,
                 "may be written by others");
    shell_expect(*state, "XDG_CACHE_HOME=x HOME=y \"$0\" -l library search meld", 0, "  1 ");
}

static void what_cannot_be_done_ends_with_2(void **state)
{
    shell_expect(*state, "\"$0\" search liver", 2, "search: no library given");
    shell_expect(*state, "\"$0\" -l library search", 2, "search: QUERY... is missing");
    shell_expect(*state, "\"$0\" -l library search -n 0 x", 2, "-n needs a number");
    shell_expect(*state, "\"$0\" -l library search -n", 2, "--limit needs N after it");
    shell_expect(*state, "\"$0\" -l library search --jason x", 2, "there is no option --jason, but --json");
    shell_expect(*state, "\"$0\" -l library search --json --explain x", 2, "exclude each other");
    shell_expect(*state, "\"$0\" -l library search 'a has:music'", 2,
                 "has: takes math, code, table, related or note (at character 7 of the query)");
    shell_expect(*state, "\"$0\" -l missing search x", 2, "missing");
    shell_expect(*state, "\"$0\" -l library search liver >/dev/full", 2, "written whole");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hits_are_printed_with_their_reasons, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(corrections_are_told_on_standard_error, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_with_a_query_is_shown_below_it, set_up,
                                        shell_tear_down),
        cmocka_unit_test_setup_teardown(a_pattern_that_hits_a_limit_is_told, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(the_exit_status_says_whether_something_was_found, set_up,
                                        shell_tear_down),
        cmocka_unit_test_setup_teardown(objects_of_json_stand_one_a_line, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(nothing_of_an_article_reaches_the_terminal_as_it_is, set_up,
                                        shell_tear_down),
        cmocka_unit_test_setup_teardown(a_terminal_gets_marks, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(the_index_is_written_and_used, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_done_ends_with_2, set_up, shell_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
