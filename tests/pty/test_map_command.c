/* lectern map, as a shell sees it. */
#include "lectern/state.h"
#include "shell.h"

static int set_up(void **state)
{
    if (shell_set_up(state) != 0)
        return -1;
    int failed = shell_write(*state, "a.md",
                             "---\nid: a1\ntitle: The centre\nrelated_article1: {id: b1}\n"
                             "related_article2: {id: x9, title: \"Gone \\e[31m\"}\n---\nText.\n");
    failed |=
        shell_write(*state, "b.md", "---\nid: b1\ntitle: Next\nrelated_article1: {id: c1}\n---\nText.\n");
    failed |=
        shell_write(*state, "c.md", "---\nid: c1\ntitle: Further\nrelated_article1: {id: d1}\n---\nText.\n");
    failed |= shell_write(*state, "d.md", "---\nid: d1\ntitle: Far\n---\nText.\n");
    return failed;
}

static void the_questions_around_one_are_drawn(void **state)
{
    shell_expect(*state, "\"$0\" --ascii -l library map a1 | cat", 0, "| . The centre");
    shell_expect(*state, "\"$0\" --ascii -l library map a1 | cat", 0, "->| . Next");
    shell_expect(*state, "\"$0\" --ascii -l library map a1 | grep -c '[.] Far '", 1, "0\r\n");
    shell_expect(*state, "\"$0\" --ascii -l library map --set a1 | cat", 0, "->| . Far");
    shell_expect(*state, "\"$0\" --ascii -w 40 -l library map library/d.md | cat", 0, "-<| . Further");
}

static void files_for_other_programs_are_written(void **state)
{
    shell_expect(*state, "\"$0\" -l library map --format svg a1 >out; head -c 50 out; tail -c 7 out", 0,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=");
    shell_expect(*state, "\"$0\" -l library map --format svg a1 | grep -c $(printf '\\033')", 1, "0\r\n");
    shell_expect(*state, "\"$0\" -l library map --format dot a1 | cat", 0, "  n0 -> n1;\r\n");
}

static void read_article(struct state *kept, const struct state_key *article)
{
    struct err err;
    int64_t number = state_meet(kept, article, &err);
    assert_int_not_equal(number, 0);
    assert_int_equal(state_set_read(kept, number, true, 1, &err), 0);
}

/* Known by its id, or without one by its place. */
static void what_was_read_is_marked(void **state)
{
    const struct shell *shell = *state;
    char folder[PATH_MAX], root[PATH_MAX];
    struct err err;
    shell_expect(shell, "\"$0\" -l library map a1 >out; grep -c '\xe2\x9c\x93 ' out; test -e data", 1,
                 "1\r\n");
    snprintf(folder, sizeof folder, "%s/data", shell->folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(folder, sizeof folder, "%s/data/lectern", shell->folder);
    snprintf(root, sizeof root, "%s/library", shell->folder);
    struct state *kept = state_open(folder, &err);
    assert_true(state_is_kept(kept));
    read_article(kept, &(struct state_key){.id = STR("b1")});
    read_article(kept, &(struct state_key){.root = str_from(root), .path = STR("one.md"), .content = 7});
    state_close(kept);
    shell_expect(shell, "\"$0\" -l library map a1 | cat", 0, "\xe2\x9c\x93 Next");
    shell_expect(shell, "\"$0\" -l library map one.md | cat", 0, "\xe2\x9c\x93 One");
    shell_expect(shell, "\"$0\" -l library map --format svg a1 | grep -c 'class=\"read\"'", 0, "1\r\n");
}

static void what_cannot_be_drawn_ends_with_2(void **state)
{
    shell_expect(*state, "\"$0\" -l library map none", 2, "has the id or path none");
    shell_expect(*state, "\"$0\" -l library map", 2, "PATH|ID is missing");
    shell_expect(*state, "\"$0\" -l library map --format png a1", 2, "--format takes text, dot or svg");
    shell_expect(*state, "\"$0\" -l library map a1 --format", 2, "--format needs text|dot|svg after it");
    shell_expect(*state, "\"$0\" -l library map --wide a1", 2, "there is no option --wide");
    shell_expect(*state, "\"$0\" map a1", 2, "no library given");
    shell_expect(*state, "\"$0\" -l library map a1 >/dev/full", 2, "written whole");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_questions_around_one_are_drawn, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(files_for_other_programs_are_written, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_was_read_is_marked, set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_drawn_ends_with_2, set_up, shell_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
