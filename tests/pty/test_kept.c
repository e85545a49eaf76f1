/* What is the reader's own, through the program in a pseudo-terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pty.h"

#define ARTICLES 30

struct place {
    char folder[64], library[80], data[80], editor[128];
    const char *program;
};

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    return remove(path);
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    static struct place place;
    char name[32], text[4096];
    place.program = getenv("LECTERN");
    snprintf(place.folder, sizeof place.folder, "/tmp/lectern-kept-test-XXXXXX");
    if (!place.program || !mkdtemp(place.folder))
        return -1;
    snprintf(place.library, sizeof place.library, "%s/library", place.folder);
    snprintf(place.data, sizeof place.data, "%s/data", place.folder);
    mkdir(place.library, 0700);
    mkdir(place.data, 0700);
    for (int i = 0; i < ARTICLES; i++) {
        int len = snprintf(text, sizeof text, "---\nid: a%d\ntitle: Question number %02d\nanswer: |\n", i, i);
        for (int line = 0; line < 40; line++)
            len += snprintf(text + len, sizeof text - (size_t)len, "  Line %d of %d.\n\n", line, i);
        snprintf(text + len, sizeof text - (size_t)len, "---\n");
        snprintf(name, sizeof name, "a%02d.md", i);
        write_file(place.library, name, text);
    }
    snprintf(place.editor, sizeof place.editor, "VISUAL=%s/editor", place.folder);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    return nftw(place->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static struct pty *start(const struct place *place)
{
    const char *argv[] = {place->program, place->library, NULL};
    struct pty *pty = pty_start(
        &(struct pty_program){.argv = argv, .data = place->data, .variable = place->editor, .columns = 110});
    assert_true(pty_shows(pty, "TOPICS"));
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

static void set_editor(const struct place *place, const char *script)
{
    char path[128];
    write_file(place->folder, "editor", script);
    snprintf(path, sizeof path, "%s/editor", place->folder);
    assert_int_equal(chmod(path, 0700), 0);
}

/* The first line of the text that is in sight. */
static const char *first_line(struct pty *pty)
{
    for (int row = 0; row < 24; row++) {
        const char *line = strstr(pty_row(pty, row), "Line ");
        if (line)
            return line;
    }
    return "";
}

static void the_library_is_as_it_was_left(void **state)
{
    struct pty *pty = start(*state);
    pty_type(pty, "iQuestion number 01");
    pty_type(pty, "\r");
    assert_true(pty_shows(pty, "Line 1 of 1."));
    pty_type(pty, " ");
    char row[256];
    snprintf(row, sizeof row, "%s", first_line(pty));
    quit(pty);
    pty = start(*state);
    assert_true(pty_shows(pty, "of 1."));
    assert_string_equal(first_line(pty), row);
    quit(pty);
}

static void a_note_is_written_in_the_readers_editor(void **state)
{
    set_editor(*state, "#!/bin/sh\ntest -t 0 && stty -a | grep -q ' icanon' && test \"$#\" = 1 && "
                       "printf 'See *this* \\033[31m\\377 and\\n\\n- more\\n' >>\"$1\"\n");
    struct pty *pty = start(*state);
    pty_type(pty, "a");
    assert_true(pty_shows(pty, "The note is saved."));
    pty_type(pty, "A");
    assert_true(pty_shows(pty, "Your note"));
    assert_true(pty_shows(pty, "See this"));
    pty_type(pty, "q");
    set_editor(*state, "#!/bin/sh\necho more >>\"$1\"; exit 3\n");
    pty_type(pty, "a");
    assert_true(pty_shows(pty, "has failed: the note is as it was"));
    set_editor(*state, "#!/bin/sh\n");
    pty_type(pty, "a");
    assert_true(pty_shows(pty, "The note is as it was."));
    set_editor(*state, "#!/bin/sh\n: >\"$1\"\n");
    pty_type(pty, "a");
    assert_true(pty_shows(pty, "The note is taken away."));
    assert_int_equal(str_find(pty_output(pty), STR("\033[31m\377")), STR_NOT_FOUND);
    quit(pty);
}

static void keys_of_the_terminal_are_the_editors(void **state)
{
    set_editor(
        *state,
        "#!/bin/sh\ntrap 'echo caught >>\"$1\"; exit 0' INT\necho editing\nwhile :; do sleep 0.1; done\n");
    struct pty *pty = start(*state);
    pty_type(pty, "a");
    assert_true(pty_shows(pty, "editing"));
    pty_type(pty, "\003");
    assert_true(pty_shows(pty, "The note is saved."));
    quit(pty);
}

static void two_readers_see_each_others_bookmarks(void **state)
{
    struct pty *one = start(*state), *two = start(*state);
    pty_type(one, "i");
    pty_type(one, "Question number 17");
    pty_type(one, "\r*");
    assert_true(pty_shows(one, "Bookmarked"));
    pty_type(two, "B");
    assert_true(pty_shows(two, "Question number 17"));
    pty_type(two, "q");
    pty_type(two, "i");
    pty_type(two, "Question number 18");
    pty_type(two, "\r*");
    assert_true(pty_shows(two, "Bookmarked"));
    pty_type(one, "B");
    assert_true(pty_shows(one, "Question number 18"));
    quit(two);
    quit(one);
}

static void two_readers_see_each_others_grades(void **state)
{
    struct pty *one = start(*state), *two = start(*state);
    pty_type(one, "sid:a7\023 1");
    assert_true(pty_shows(one, "1 again"));
    pty_type(two, "j");
    assert_true(pty_shows(two, "1 due"));
    quit(two);
    quit(one);
}

static void a_state_that_cannot_be_used_is_told(void **state)
{
    const struct place *place = *state;
    const char *argv[] = {place->program, place->library, NULL};
    char data[128];
    int status;
    snprintf(data, sizeof data, "%s/library/a00.md", place->folder);
    struct pty *pty = pty_start(&(struct pty_program){.argv = argv, .data = data, .columns = 110});
    assert_true(pty_shows(pty, "places, marks, bookmarks, notes and grades are not saved: Not a directory"));
    assert_true(pty_shows(pty, "TOPICS"));
    pty_type(pty, "l*");
    assert_true(pty_shows(pty, "This is not saved"));
    pty_type(pty, "Q");
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    pty_free(pty);
}

/* Bytes of the database, or of all of it from the beginning, are written over. */
static void spoil(const char *path, long offset, const char *bytes, size_t count)
{
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, offset, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
}

static size_t read_file(const char *path, char *bytes, size_t size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t count = fread(bytes, 1, size, file);
    fclose(file);
    return count;
}

/* Reading goes on, the status line says what is not saved and where, and not a byte of it changes. */
static void expect_left_alone(const struct place *place, const char *path, const char *why)
{
    static char before[1 << 20], after[1 << 20];
    const char *argv[] = {place->program, place->library, NULL};
    size_t count = read_file(path, before, sizeof before);
    struct pty *pty = pty_start(&(struct pty_program){.argv = argv, .data = place->data, .columns = 160});
    assert_true(pty_shows(pty, "places, marks, bookmarks, notes and grades are not saved: "));
    assert_true(pty_shows(pty, why));
    assert_true(pty_shows(pty, "/lectern/state.db)"));
    assert_true(pty_shows(pty, "TOPICS"));
    pty_type(pty, "iQuestion number 03");
    pty_type(pty, "\r*");
    assert_true(pty_shows(pty, "This is not saved"));
    quit(pty);
    assert_int_equal(read_file(path, after, sizeof after), count);
    assert_memory_equal(before, after, count);
}

static void what_cannot_be_used_is_told_and_left_alone(void **state)
{
    const struct place *place = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/lectern/state.db", place->data);
    struct pty *pty = start(place);
    pty_type(pty, "l*");
    assert_true(pty_shows(pty, "Bookmarked"));
    quit(pty);
    spoil(path, 60, "\0\0\1\0", 4); /* the version of its tables */
    expect_left_alone(place, path, "it was written by a newer lectern");
    spoil(path, 60, "\0\0\0\0", 4);
    expect_left_alone(place, path, "it is a database of something else");
    spoil(path, 0, "no database at all", 18);
    expect_left_alone(place, path, "it is damaged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_library_is_as_it_was_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_note_is_written_in_the_readers_editor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_of_the_terminal_are_the_editors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_readers_see_each_others_bookmarks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_readers_see_each_others_grades, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_used_is_told_and_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_state_that_cannot_be_used_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
