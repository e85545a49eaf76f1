/* lectern export, import and state, as a shell sees them. */
#include "shell.h"

#define KEEP                                                                                                 \
    "printf '%s\\n' '{\"kind\":\"bookmark\",\"id\":\"a\",\"title\":\"Tom & "                                 \
    "*Ann*\",\"root\":\"/l\",\"path\":\"a b.md\","                                                           \
    "\"made\":1700000000,\"tags\":\"exam liver\"}' "                                                         \
    "'{\"kind\":\"note\",\"id\":\"a\",\"title\":\"Tom & *Ann*\",\"text\":\"Say \\u001b[31m "                 \
    "*this*.\",\"changed\":1700000000}'"

static void what_is_imported_is_exported(void **state)
{
    shell_expect(*state, KEEP " | \"$0\" import -", 0, "2 new, 0 known already, 0 skipped\r\n");
    shell_expect(*state, KEEP " >lines; \"$0\" import lines", 0, "0 new, 2 known already, 0 skipped\r\n");
    shell_expect(
        *state, "\"$0\" export", 0,
        "{\"kind\":\"lectern\",\"format\":1}\r\n"
        "{\"kind\":\"bookmark\",\"id\":\"a\",\"root\":\"/l\",\"path\":\"a b.md\","
        "\"title\":\"Tom & *Ann*\",\"made\":1700000000,\"tags\":\"exam liver\"}\r\n"
        "{\"kind\":\"note\",\"id\":\"a\",\"root\":\"/l\",\"path\":\"a b.md\",\"title\":\"Tom & *Ann*\","
        "\"changed\":1700000000,\"text\":\"Say \\u001b[31m *this*.\"}\r\n");
    shell_expect(*state,
                 "\"$0\" export one && XDG_DATA_HOME=$PWD/other \"$0\" import one && "
                 "XDG_DATA_HOME=$PWD/other \"$0\" export two && cmp one two && stat -c %a one",
                 0, "600\r\n");
    shell_expect(*state, "\"$0\" export one", 2, "one: export: the file cannot be made: File exists");
    shell_expect(*state, "LC_ALL=C \"$0\" export | LC_ALL=C grep -c '[^ -~]'", 1, "0\r\n");
}

static void a_page_of_markdown_is_to_be_read(void **state)
{
    shell_expect(*state,
                 KEEP " | \"$0\" import - >/dev/null; TZ=UTC \"$0\" export --format markdown | cat -v", 0,
                 "# Kept in Lectern\r\n\r\n## Bookmarks\r\n\r\n"
                 "- [Tom \\& \\*Ann\\*](/l/a%20b.md), 2023-11-14: exam liver\r\n\r\n## Notes\r\n\r\n"
                 "### [Tom \\& \\*Ann\\*](/l/a%20b.md)\r\n\r\n2023-11-14\r\n\r\nSay ^[[31m *this*.\r\n");
    int status;
    struct pty *pty = shell_run(*state, "\"$0\" export --format=markdown", &status);
    assert_int_equal(status, 0);
    assert_int_equal(str_find(pty_output(pty), STR("\033[31m")), STR_NOT_FOUND);
    pty_free(pty);
}

static void what_means_nothing_is_told_and_skipped(void **state)
{
    shell_expect(*state,
                 "(echo '{'; " KEEP "; echo; echo '{\"kind\":\"visit\",\"id\":\"\\u0007\",\"at\":x}') >lines;"
                 "\"$0\" import lines",
                 1,
                 "lectern: lines:1:2: a name in quotes is wanted here\r\n"
                 "lectern: lines:5:36: a value is wanted here\r\n"
                 "2 new, 0 known already, 2 skipped\r\n");
    shell_expect(*state, "yes nothing | head -100 | \"$0\" import -", 1,
                 "lectern: and 80 more such lines\r\n");
    shell_expect(*state, "head -c 20000000 /dev/zero | \"$0\" import -", 1,
                 "standard input:1: the line is longer than 8 MiB\r\n");
    shell_expect(*state,
                 "(" KEEP "; echo '{\"kind\":\"lectern\",\"format\":2}') >lines; XDG_DATA_HOME=$PWD/new;"
                 "\"$0\" import lines; \"$0\" state | grep bookmarks",
                 0, "written by a newer lectern\r\n         0 bookmarks\r\n");
}

static void the_state_tells_how_it_is(void **state)
{
    shell_expect(*state, KEEP " | \"$0\" import - >/dev/null; \"$0\" state", 0,
                 "/data/lectern/state.db: in use\r\n         1 articles known\r\n");
    shell_expect(*state, "\"$0\" state --check", 0, "/data/lectern/state.db: intact\r\n");
    shell_expect(
        *state,
        "dd if=/dev/urandom of=data/lectern/state.db bs=4096 seek=3 count=4 conv=notrunc 2>/dev/null;"
        "\"$0\" state --check",
        1, "it is damaged");
    shell_expect(*state, "echo 'no database, but something else' >data/lectern/state.db; \"$0\" export", 2,
                 "it is damaged");
    shell_expect(*state, "cat data/lectern/state.db", 0, "no database, but something else");
}

static void what_is_asked_wrongly_is_told(void **state)
{
    shell_expect(*state, "\"$0\" export --format xml", 2, "the format is jsonl or markdown");
    shell_expect(*state, "\"$0\" export --all", 2, "export: there is no option --all");
    shell_expect(*state, "\"$0\" export a b", 2, "\"b\" is one word too many; usage: lectern export");
    shell_expect(*state, "\"$0\" export >/dev/full", 2, "not all could be written");
    shell_expect(*state, "\"$0\" import", 2, "import: FILE|- is missing");
    shell_expect(*state, "\"$0\" import none", 2, "none: import: it cannot be opened: No such file");
    shell_expect(*state, "\"$0\" import .", 2, ".: import: it cannot be read: Is a directory");
    shell_expect(*state, "\"$0\" state --verify", 2, "state: there is no option --verify");
    shell_expect(*state, "XDG_DATA_HOME=/dev/null \"$0\" export", 2, "are not saved");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_imported_is_exported, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(a_page_of_markdown_is_to_be_read, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_means_nothing_is_told_and_skipped, shell_set_up,
                                        shell_tear_down),
        cmocka_unit_test_setup_teardown(the_state_tells_how_it_is, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_is_asked_wrongly_is_told, shell_set_up, shell_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
