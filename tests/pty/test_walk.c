/* Whole sessions in a real library, on a terminal: along the links of the Child-Pugh score, through its study set, and on from
 * where they were left. Skipped where there is no such library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pty.h"

#define START "What is the Child-Pugh score and how is it used"

/* What is the reader's own is kept in the folder `data`; NULL: in a new one. */
static struct pty *open_corpus(const char *data, const char *variable)
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
    return pty_start(
        &(struct pty_program){.argv = argv, .rows = 36, .columns = 120, .data = data, .variable = variable});
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

static void quit(struct pty *pty)
{
    int status;
    pty_type(pty, "Q");
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_int_equal(status, 0);
    pty_free(pty);
}

static void links_lead_on_and_back(void **state)
{
    (void)state;
    struct pty *pty = open_corpus(NULL, NULL);
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
    quit(pty);
}

/* -- a whole session, and the next one ------------------------------------------------------------------------------ */

struct desk_place {
    char folder[64], data[80], editor[80], variable[96];
};

static int make_place(void **state)
{
    static struct desk_place place;
    snprintf(place.folder, sizeof place.folder, "/tmp/lectern-walk-test-XXXXXX");
    if (!mkdtemp(place.folder))
        return -1;
    snprintf(place.data, sizeof place.data, "%s/data", place.folder);
    snprintf(place.editor, sizeof place.editor, "%s/editor", place.folder);
    snprintf(place.variable, sizeof place.variable, "VISUAL=%s", place.editor);
    FILE *file = fopen(place.editor, "w");
    *state = &place;
    return file && fputs("#!/bin/sh\necho 'Ask about albumin.' >>\"$1\"\n", file) >= 0 && fclose(file) == 0 &&
                   chmod(place.editor, 0700) == 0 && mkdir(place.data, 0700) == 0
               ? 0
               : -1;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static int remove_place(void **state)
{
    struct desk_place *place = *state;
    return nftw(place->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void walk_about(struct pty *pty)
{
    expect(pty, "i135101", START);
    expect(pty, "\rma", "Mark a is set.");
    expect(pty, "1", "What are the limitations of the Child-Pugh");
    expect(pty, "3", "How does the MELD score differ from the Child-Pugh");
    expect(pty, "\177", "What are the limitations of the Child-Pugh and MELD scores?");
    expect(pty, "L", "How does the MELD score differ from the Child-Pugh");
    expect(pty, "M", " questions, ");
    expect(pty, "q", "RELATED");
    expect(pty, "ca", "from the mark to here");
    expect(pty, "q", "RELATED");
}

static void study_five(struct pty *pty)
{
    expect(pty, "D", "The study set of");
    expect(pty, "1", "Space the answer");
    for (int i = 0; i < 5; i++) {
        expect(pty, " ", "3 good");
        expect(pty, "3", "Space the answer");
    }
    expect(pty, "q", "5 cards in");
    expect(pty, "W", "5 studied");
    expect(pty, "q", "5 cards in");
    expect(pty, "q", "RELATED");
}

/* The rows of the article's pane below its heading, as far as they tell one place from another. */
static void copy_screen(struct pty *pty, struct buf *out)
{
    buf_clear(out);
    for (int row = 2; row < 34; row++) {
        const char *text = strstr(pty_row(pty, row), "│");
        buf_printf(out, "%s\n", text ? text : "");
    }
}

static void a_session_goes_on_where_it_was_left(void **state)
{
    struct desk_place *place = *state;
    struct buf before = {0}, after = {0};
    struct pty *pty = open_corpus(place->data, place->variable);
    assert_true(pty_shows(pty, " articles"));
    walk_about(pty);
    expect(pty, "*", "Bookmarked;");
    expect(pty, "a", "The note is saved.");
    study_five(pty);
    pty_type(pty, "jjjjj");
    copy_screen(pty, &before);
    quit(pty);

    pty = open_corpus(place->data, place->variable);
    assert_true(pty_shows(pty, " articles"));
    pty_type(pty, "l");
    copy_screen(pty, &after);
    assert_string_equal(buf_cstr(&after), buf_cstr(&before));
    expect(pty, "G", "Ask about albumin.");
    expect(pty, "B", "How does the MELD score differ from the Child-Pugh");
    expect(pty, "q", "RELATED");
    expect(pty, "W", "5 studied");
    expect(pty, "q", "RELATED");
    expect(pty, "w", "The trail, ");
    expect(pty, "q", "RELATED");
    expect(pty, "ca", "from the mark to here");
    expect(pty, "q", "RELATED");
    quit(pty);
    buf_free(&before);
    buf_free(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_lead_on_and_back),
        cmocka_unit_test_setup_teardown(a_session_goes_on_where_it_was_left, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
