/* A walk along the links of a real library, on a terminal: the Child-Pugh score and its study set. Skipped where there is no
 * such library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

#include "pty.h"

#define START "What is the Child-Pugh score and how is it used"

static struct pty *open_corpus(void)
{
    static char file[512];
    const char *program = getenv("LECTERN"), *folder = getenv("LECTERN_CORPUS");
    snprintf(file, sizeof file,
             "%s/medicine/what-is-the-childpugh-score-and-how-is-it-used-in-liver-disease-prognosis.md",
             folder ? folder : "build/corpus");
    if (access(file, R_OK) != 0) {
        print_message("skipped: there is no library with the article of the Child-Pugh score\n");
        skip();
    }
    const char *argv[] = {program ? program : "build/lectern", folder ? folder : "build/corpus", NULL};
    return pty_start(&(struct pty_program){.argv = argv, .rows = 36, .columns = 120});
}

static void expect(struct pty *pty, const char *keys, const char *text)
{
    pty_type(pty, keys);
    if (!pty_shows(pty, text)) {
        for (int row = 0; row < 36; row++)
            print_message("|%s\n", pty_row(pty, row));
        fail_msg("after %s, %s is not to be seen", keys, text);
    }
}

static void links_lead_on_and_back(void **state)
{
    (void)state;
    int status;
    struct pty *pty = open_corpus();
    assert_true(pty_shows(pty, " articles"));
    expect(pty, "i135101", START);
    expect(pty, "\rma", "Mark a is set.");
    expect(pty, "1", "What are the limitations of the Child-Pugh");
    expect(pty, "3", "How does the MELD score differ from the Child-Pugh");
    expect(pty, "\177", "What are the limitations of the Child-Pugh and MELD scores?");
    expect(pty, "\177", START);
    expect(pty, "L", "What are the limitations of the Child-Pugh");
    expect(pty, "e", "Study set, ");
    expect(pty, "\033", "RELATED");
    expect(pty, "M", "questions, ");
    expect(pty, " ", "Enter opens, Esc closes");
    expect(pty, "\033", "all linked");
    expect(pty, "\033[B", "to the centre");
    expect(pty, "q", "RELATED");
    expect(pty, "ca", "1 link from the mark to here");
    expect(pty, "q", "RELATED");
    expect(pty, "w", "The trail, ");
    expect(pty, "q", "RELATED");
    pty_type(pty, "Q");
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_int_equal(status, 0);
    pty_free(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(links_lead_on_and_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
