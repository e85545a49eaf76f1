/* lectern index, as a shell sees it: what it prints, where, and its exit status. */
#include "shell.h"

static void an_index_is_written_told_of_and_verified(void **state)
{
    shell_expect(*state, "\"$0\" -l library index --status", 1, ".index: absent");
    shell_expect(*state, "\"$0\" -l library index --verify", 1, ".index: absent");
    shell_expect(*state, "\"$0\" -l library index", 0, ".index: written, 1 file, 1 article");
    shell_expect(*state, "\"$0\" index library", 0, ".index: up to date");
    shell_expect(*state, "\"$0\" -l library index --status", 0, ".index: up to date");
    shell_expect(*state, "\"$0\" -l library index --status", 0, "13 bytes\r\nindex ");
    shell_expect(*state, "\"$0\" -l library index --verify", 0, ".index: intact");
    shell_expect(*state, "\"$0\" -l library index --rebuild", 0, ".index: written");
    shell_expect(*state, "touch -t 202001010000 library/one.md; \"$0\" -l library index --status", 1,
                 ".index: stale");
    shell_expect(*state, "\"$0\" -l library index", 0, ".index: updated");
    shell_expect(*state, "\"$0\" -l library index --status", 0, ", 1 of the files\r\n");
    shell_expect(*state, "\"$0\" -l library index --status", 0, ".index: up to date");
}

static void damage_is_found_and_repaired(void **state)
{
    const char *damage =
        "\"$0\" -l library index >index.out || exit 9; set -- cache/lectern/*.index; "
        "printf Q | dd of=\"$1\" bs=1 seek=$(($(wc -c <\"$1\") - 1)) conv=notrunc 2>dd.out; ";
    char command[512];
    snprintf(command, sizeof command, "%s \"$0\" -l library index --verify", damage);
    shell_expect(*state, command, 1, "is damaged in section");
    shell_expect(*state, "\"$0\" -l library index", 0, ".index: written");
    shell_expect(*state,
                 "for f in cache/lectern/*; do echo cut >\"$f\"; done; \"$0\" -l library index --verify", 1,
                 "too short");
    shell_expect(*state, "\"$0\" -l library index; \"$0\" -l library index --verify", 0, "intact");
}

static void progress_is_for_terminals_only(void **state)
{
    shell_expect(*state, "\"$0\" -l library index --rebuild", 0, "1 of 1 files, ");
    shell_expect(*state, "\"$0\" -l library index --rebuild", 0, " MB/s\r ");
    shell_expect(*state,
                 "\"$0\" -l library index --rebuild 2>err | cat >out; test -s err; echo $?; wc -l <out", 0,
                 "1\r\n1\r\n");
}

#define MANY_FILES                                                                                           \
    "for i in $(seq 300); do printf '# Article %d\\n\\nText of number %d.\\n' $i $i >library/$i.md; done; "
#define GOOD                                                                                                 \
    "{ \"$0\" -l library index && \"$0\" -l library index --verify && \"$0\" -l library search -n 1 "        \
    "'number 299'; } "                                                                                       \
    ">out 2>&1 || { cat out; exit 9; }; "

static void what_kills_a_writer_does_no_harm(void **state)
{
    shell_expect(*state,
                 MANY_FILES "for t in 1 2 3 5 8 13 21 34; do "
                            "\"$0\" -l library index --rebuild >out 2>&1 & sleep $(printf 0.%03d $t); "
                            "kill -9 $!; wait $!; " GOOD
                            "done 2>told; \"$0\" -l library index --rebuild; ls cache/lectern",
                 0, "301 articles\r\n");
    shell_expect(*state,
                 "for t in 1 2 3 5 8 13 21; do "
                 "echo more >>library/$t.md; \"$0\" -l library index >out 2>&1 & sleep $(printf 0.%03d $t); "
                 "kill -9 $!; wait $!; " GOOD "done 2>told; \"$0\" -l library search more",
                 0, "7 found");
    shell_expect(*state, "\"$0\" -l library index --rebuild; ls cache/lectern | wc -l", 0, "\n1\r\n");
}

static void two_writers_do_not_disturb_each_other(void **state)
{
    shell_expect(*state,
                 MANY_FILES "for t in 1 2 3 4; do \"$0\" -l library index --rebuild >out1 2>&1 & "
                            "\"$0\" -l library index --rebuild >out2 2>&1 & wait; " GOOD
                            "done; ls cache/lectern | wc -l",
                 0, "1\r\n");
}

static void what_cannot_be_done_ends_with_2(void **state)
{
    shell_expect(*state, "\"$0\" index", 2, "lectern: index: no PATH given");
    shell_expect(*state, "\"$0\" -l library index --nonsense", 2, "index: there is no option --nonsense");
    shell_expect(*state, "\"$0\" -l library index --status --verify", 2, "one option only");
    shell_expect(*state, "\"$0\" -l missing index", 2, "missing");
    shell_expect(*state, "XDG_CACHE_HOME=x HOME=y \"$0\" -l library index", 2, "absolute path");
    shell_expect(*state, "\"$0\" -l library index >/dev/full", 2, "written whole");
    shell_expect(*state, "chmod 777 cache/lectern; \"$0\" -l library index", 2, "may be written by others");
    shell_expect(*state, "chmod 777 cache/lectern; \"$0\" -l library index --status", 2,
                 "may be written by others");
    shell_expect(*state, "chmod 700 cache/lectern; XDG_CACHE_HOME=/dev/null \"$0\" -l library index", 2,
                 "/dev/null/lectern");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_index_is_written_told_of_and_verified, shell_set_up,
                                        shell_tear_down),
        cmocka_unit_test_setup_teardown(damage_is_found_and_repaired, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(progress_is_for_terminals_only, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_kills_a_writer_does_no_harm, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(two_writers_do_not_disturb_each_other, shell_set_up, shell_tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_done_ends_with_2, shell_set_up, shell_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
