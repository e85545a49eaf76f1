/* lectern related, as a shell sees it: what it prints and its exit status. */
#include "shell.h"

static int set_up(void **state)
{
    if (shell_set_up(state) != 0)
        return -1;
    int failed =
        shell_write(*state, "pugh.md",
                    "---\nid: \"p1\"\ntitle: \"The Child-Pugh score\"\nsubject: Medicine\n"
                    "related_article1: {id: m1}\n"
                    "related_article2: {id: x9, title: \"Gone \\e[31m\", subject: Art}\n---\nText.\n");
    failed |= shell_write(*state, "meld.md",
                          "---\nid: \"m1\"\ntitle: \"Meld\"\nrelated_article1: {id: p1}\n---\nText.\n");
    failed |= shell_write(*state, "far.md",
                          "---\nid: \"f1\"\ntitle: \"Far\"\nrelated_article1: {id: m1}\n---\nText.\n");
    return failed;
}

static void what_is_linked_is_listed_by_kind(void **state)
{
    shell_expect(*state, "\"$0\" -l library related p1 >out; s=$?; cat out; exit $s", 0,
                 "out      Meld\r\n         m1, Library, library/meld.md\r\n"
                 "in       Meld\r\n         m1, Library, library/meld.md\r\n"
                 "missing  Gone \\x1B[31m\r\n         x9, Art\r\n"
                 "set      Far\r\n         f1, Library, library/far.md\r\n"
                 "set      Meld\r\n         m1, Library, library/meld.md\r\n");
}

/* What a link joins is left out. */
static void what_is_similar_comes_last(void **state)
{
    shell_write(*state, "spleen.md", "---\nid: s1\ntitle: Spleen\n---\nIt filters blood.\n");
    shell_write(*state, "blood.md", "---\nid: b1\ntitle: Blood\n---\nThe spleen filters it.\n");
    shell_write(*state, "filters.md",
                "---\nid: s2\ntitle: Filters\nrelated_article1: {id: s1}\n---\nThe spleen filters.\n");
    shell_expect(*state, "\"$0\" -l library related s1 | tail -2", 0,
                 "similar  Blood\r\n         b1, Library, library/blood.md\r\n");
    shell_expect(*state, "\"$0\" -l library related --json b1 | cut -c1-28", 0,
                 "{\"kind\":\"similar\",\"id\":\"s1\",\r\n");
}

static void objects_of_json_stand_one_a_line(void **state)
{
    shell_expect(*state, "\"$0\" -l library related --json p1", 0,
                 "{\"kind\":\"out\",\"id\":\"m1\",\"title\":\"Meld\",\"subject\":\"Library\","
                 "\"path\":\"library/meld.md\"}\r\n");
    shell_expect(*state, "\"$0\" -l library related --json p1", 0,
                 "{\"kind\":\"missing\",\"id\":\"x9\",\"title\":\"Gone \\u001b[31m\",\"subject\":\"Art\","
                 "\"path\":null}\r\n");
}

static void an_article_is_named_by_id_or_path(void **state)
{
    shell_expect(*state, "\"$0\" -l library related meld.md | grep -c ^in", 0, "2\r\n");
    shell_expect(*state, "\"$0\" -l library related library/meld.md | grep -c ^in", 0, "2\r\n");
    shell_expect(*state, "cd library; \"$0\" -l . related ./meld.md | grep -c ^in", 0, "2\r\n");
    shell_expect(*state, "\"$0\" -l library related x9 | cat", 0, "in       The Child-Pugh score");
}

static void the_exit_status_says_whether_there_is_something(void **state)
{
    shell_expect(*state, "mkdir alone; cp library/one.md alone; \"$0\" -l alone related one.md", 1, "");
    shell_expect(*state, "\"$0\" -l library related none", 2, "has the id or path none");
    shell_expect(*state, "\"$0\" -l library related", 2, "PATH|ID is missing");
    shell_expect(*state, "\"$0\" -l library related --xml p1", 2, "there is no option --xml");
    shell_expect(*state, "\"$0\" related p1", 2, "no library given");
    shell_expect(*state, "\"$0\" -l library related p1 >/dev/full", 2, "written whole");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_linked_is_listed_by_kind, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_is_similar_comes_last, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(objects_of_json_stand_one_a_line, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(an_article_is_named_by_id_or_path, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(the_exit_status_says_whether_there_is_something, set_up,
                                        shell_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
