/* The terminal module under a real pty: the child is a program that names the events it gets and shows styles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lectern/term.h"
#include "pty.h"

#define WIDE  "\xe6\xbc\xa2"
#define NEWER "\xf0\x9f\xab\xa8" /* of two cells to us, not yet known to every C library */

static void draw_events(struct term *term, struct grid *grid, struct str events)
{
    size_t rows, columns;
    term_size(term, &rows, &columns);
    grid_resize(grid, rows, columns, term_charset());
    struct buf size = {0};
    buf_printf(&size, "size %zux%zu", rows, columns);
    grid_put(grid, 0, 0, columns, buf_str(&size), STYLE_TITLE);
    buf_free(&size);
    for (size_t row = 1; row < rows && events.len; row++) {
        grid_put(grid, row, 0, columns, events, STYLE_TEXT);
        events = str_slice(events, columns, events.len);
    }
    grid_put(grid, rows - 2, 0, columns, STR(WIDE "|e\xcc\x81|\xe2\x94\x80|" NEWER "|"), STYLE_LINK);
    grid_put(grid, rows - 1, 0, columns, STR("plain "), STYLE_TEXT);
    grid_put(grid, rows - 1, 6, columns, STR("found "), STYLE_MATCH);
    grid_put(grid, rows - 1, 12, columns, STR("chosen"), STYLE_SELECTED);
    grid_set_cursor(grid, rows - 1, 3, false);
    term_draw(term, grid);
}

static void note(struct buf *events, const struct term_event *event)
{
    switch (event->kind) {
    case TERM_NOTHING: buf_add(events, STR("nothing ")); break;
    case TERM_KEY:
        key_format(event->key, events);
        buf_add_byte(events, ' ');
        break;
    case TERM_PASTE:
        buf_printf(events, "paste:%zu:%.*s ", event->paste.len, STR_ARG(str_slice(event->paste, 0, 20)));
        break;
    case TERM_RESIZE: buf_add(events, STR("resize ")); break;
    case TERM_FOCUS: buf_add(events, STR("focus ")); break;
    case TERM_END: break;
    }
}

/* Keys that do something to the program itself. */
static void act(struct term *term, key k)
{
    if (k == (KEYS_CONTROL | 'z'))
        term_suspend(term);
    if (k == 'f')
        term_report_focus(term);
    if (k == '!')
        abort();
    if (k == '@')
        raise(SIGSEGV);
    if (k == '#')
        exit(3);
    if (k == '%')
        for (volatile int forever = 1; forever;)
            continue;
}

static int show_events(void)
{
    setlocale(LC_ALL, "");
    struct err err;
    struct term *term = term_open(true, &err);
    if (!term) {
        fprintf(stderr, "refused: %s\n", err.message);
        return 2;
    }
    struct grid grid = {0};
    struct buf events = {0};
    struct term_event event = {0};
    bool quit = false;
    while (!quit && event.kind != TERM_END) {
        draw_events(term, &grid, buf_str(&events));
        term_wait(term, -1, -1, &event);
        note(&events, &event);
        quit = event.kind == TERM_KEY && event.key == 'q';
        if (event.kind == TERM_KEY)
            act(term, event.key);
    }
    term_close(term);
    grid_free(&grid);
    buf_free(&events);
    return quit ? 0 : 1;
}

static struct pty *start(const char *term)
{
    struct pty *pty = pty_start(&(struct pty_program){.run = show_events, .term = term});
    assert_true(pty_shows(pty, "size 24x80"));
    pty_settle(pty);
    return pty;
}

static void assert_left_as_found(struct pty *pty, const struct termios *before)
{
    struct termios after;
    pty_modes(pty, &after);
    assert_int_equal(after.c_lflag, before->c_lflag);
    assert_int_equal(after.c_iflag, before->c_iflag);
    assert_int_equal(after.c_oflag, before->c_oflag);
    assert_false(pty_on_alternate_screen(pty));
    assert_true(pty_cursor_visible(pty));
    struct str output = pty_output(pty);
    size_t on = str_find(output, STR("\033[?2004h")), off = str_find(output, STR("\033[?2004l"));
    assert_true(on != STR_NOT_FOUND && off != STR_NOT_FOUND && on < off);
}

/* The modes of a terminal that no program has touched yet. */
static struct termios fresh_modes(void)
{
    struct termios modes;
    struct pty *pty = pty_start(&(struct pty_program){.argv = (const char *const[]){"/bin/true", NULL}});
    pty_modes(pty, &modes);
    pty_free(pty);
    return modes;
}

static void finish(struct pty *pty)
{
    struct termios before = fresh_modes();
    int status;
    pty_type(pty, "q");
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_left_as_found(pty, &before);
    pty_free(pty);
}

static void keys_come_with_their_names(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    pty_type(pty, "jG?\t\r\x7f\b \x0f");
    pty_type(pty, "\033OA\033[B\033[5~\033[6~\033OH\033[F\033[3~\033[Z");
    pty_type(pty, "\033OP\033[15~\033[24~");
    pty_type(pty, "\033x");
    pty_type(pty, "\033");
    pty_type(pty, "\033[1;5D\xc3\xa9" WIDE);
    assert_string_equal(pty_row(pty, 1),
                        "j G ? Tab Enter Backspace Backspace Space C-o Up Down PgUp PgDn Home End Del S-T");
    assert_string_equal(pty_row(pty, 2), "ab F1 F5 F12 A-x Esc C-Left \xc3\xa9 " WIDE);
    finish(pty);
}

static void unknown_sequences_are_not_typed(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    pty_type(pty, "a\033[99;1;1;1;1;1;77u\033[<35;1;1M\033[?62;4c\033O\x01\033]z");
    pty_type(pty, "b\xff\xc3(c");
    pty_type_bytes(pty, (struct str){"\0d", 2});
    assert_string_equal(pty_row(pty, 1), "a A-] z b ( c d");
    finish(pty);
}

static void assert_sent(struct pty *pty, const char *sequence, bool sent)
{
    assert_int_equal(str_find(pty_output(pty), str_from(sequence)) != STR_NOT_FOUND, sent);
}

static void the_focus_is_told_where_it_is_wanted(void **state)
{
    (void)state;
    struct termios before = fresh_modes();
    int status;
    struct pty *pty = start(NULL);
    assert_sent(pty, "\033[?1004h", false);
    pty_type(pty, "f");
    assert_sent(pty, "\033[?1004h", true);
    pty_type(pty, "\033[Oa\033[Ib");
    assert_string_equal(pty_row(pty, 1), "f a focus b");
    assert_sent(pty, "\033[?1004l", false);
    pty_type(pty, "q");
    assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
    assert_sent(pty, "\033[?1004l", true);
    assert_left_as_found(pty, &before);
    pty_free(pty);
}

static void other_terminals_send_keys_too(void **state)
{
    (void)state;
    struct pty *pty = start("linux");
    pty_type(pty, "\033[[A\033[[E\033[1~\033[4~\033[A\x7f");
    assert_string_equal(pty_row(pty, 1), "F1 F5 Home End Up Backspace");
    pty_free(pty);
    pty = start("vt100");
    pty_type(pty, "\033OA\033[5~\033[H\033[1;2C");
    assert_string_equal(pty_row(pty, 1), "Up PgUp Home S-Right");
    pty_free(pty);
}

static void pasted_text_is_not_typed(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    pty_type(pty, "\033[200~q!\rx\033[201~j");
    assert_true(strncmp(pty_row(pty, 1), "paste:4:q!", 10) == 0);
    assert_true(pty_shows(pty, "x j"));
    finish(pty);
}

static void pasted_text_is_bounded(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    struct buf text = {0};
    buf_add(&text, STR("\033[200~"));
    while (text.len < 200000)
        buf_add(&text, STR("0123456789"));
    buf_add(&text, STR("\033[201~j"));
    pty_type_bytes(pty, buf_str(&text));
    buf_free(&text);
    assert_true(pty_shows(pty, "paste:65536:01234567890123456789 j"));
    finish(pty);
}

static void wide_characters_and_marks_stay_aligned(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    const char *row = pty_row(pty, 22);
    assert_true(strcmp(row, WIDE "|e\xcc\x81|\xe2\x94\x80|" NEWER "|") == 0 ||
                strcmp(row, WIDE "|e\xcc\x81|\xe2\x94\x80|\xef\xbf\xbd |") == 0);
    assert_true(pty_look_at(pty, 22, 0).underline);
    finish(pty);
}

static void styles_use_the_terminals_colours(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    assert_false(pty_look_at(pty, 23, 0).foreground || pty_look_at(pty, 23, 0).background);
    assert_true(pty_look_at(pty, 23, 6).background && pty_look_at(pty, 23, 12).background);
    assert_true(pty_look_at(pty, 0, 0).bold);
    finish(pty);
}

static void without_colours_attributes_tell_styles(void **state)
{
    (void)state;
    static const struct pty_program programs[] = {
        {.run = show_events, .variable = "NO_COLOR=1"},
        {.run = show_events, .term = "vt100"},
    };
    for (size_t i = 0; i < 2; i++) {
        struct pty *pty = pty_start(&programs[i]);
        assert_true(pty_shows(pty, "chosen"));
        pty_settle(pty);
        for (int column = 0; column < 18; column++)
            assert_false(pty_look_at(pty, 23, column).foreground || pty_look_at(pty, 23, column).background);
        assert_true(pty_look_at(pty, 23, 6).reverse && pty_look_at(pty, 23, 12).reverse);
        pty_free(pty);
    }
}

static void the_cursor_stands_where_the_grid_says(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    int row, column;
    pty_cursor(pty, &row, &column);
    assert_int_equal(row, 23);
    assert_int_equal(column, 3);
    assert_false(pty_cursor_visible(pty));
    finish(pty);
}

static void only_differences_are_sent(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    size_t before = pty_output(pty).len;
    pty_type(pty, "j");
    assert_true(pty_output(pty).len - before < 60);
    finish(pty);
}

static void resizes_are_followed(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    static const int sizes[][2] = {{1, 1}, {2, 500}, {200, 500}, {300, 700}, {5, 20}, {1, 80}, {30, 100}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        pty_resize(pty, sizes[i][0], sizes[i][1]);
    assert_true(pty_shows(pty, "size 30x100"));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        pty_resize(pty, sizes[i][0], sizes[i][1]);
        pty_settle(pty);
    }
    assert_true(pty_shows(pty, "size 30x100"));
    assert_true(pty_shows(pty, "chosen"));
    finish(pty);
}

static void sizes_in_the_environment_mean_nothing(void **state)
{
    (void)state;
    struct pty *pty = pty_start(&(struct pty_program){.run = show_events, .variable = "LINES=999999999"});
    assert_true(pty_shows(pty, "size 24x80"));
    finish(pty);
    pty = pty_start(
        &(struct pty_program){.run = show_events, .variable = "COLUMNS=-1", .rows = 60000, .columns = 3});
    assert_true(pty_shows(pty, "siz"));
    pty_free(pty);
}

static void stops_and_continues(void **state)
{
    (void)state;
    struct termios before = fresh_modes();
    struct pty *pty = start(NULL);
    for (int round = 0; round < 2; round++) {
        if (round == 0)
            pty_type(pty, "\x1a");
        else
            pty_signal(pty, SIGTSTP);
        assert_true(pty_stopped(pty));
        assert_left_as_found(pty, &before);
        pty_continue(pty);
        pty_settle(pty);
        assert_true(pty_on_alternate_screen(pty));
        assert_true(pty_shows(pty, "chosen"));
        pty_type(pty, "j");
    }
    assert_true(pty_shows(pty, "C-z"));
    finish(pty);
}

/* As `bg` and `kill` of a shell do it: the terminal is the shell's meanwhile. */
static void in_the_background_the_terminal_is_left_alone(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    int status;
    pty_type(pty, "\x1a");
    assert_true(pty_stopped(pty));
    size_t before = pty_output(pty).len;
    pty_signal(pty, SIGCONT);
    pty_settle(pty);
    pty_signal(pty, SIGTERM);
    pty_signal(pty, SIGCONT);
    pty_settle(pty);
    pty_settle(pty);
    assert_int_equal(pty_output(pty).len, before);
    pty_continue(pty);
    assert_true(pty_ended(pty, 2000, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    assert_int_equal(pty_output(pty).len, before);
    pty_free(pty);
}

static void comes_back_after_a_stop_it_could_not_see(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    pty_signal(pty, SIGSTOP);
    assert_true(pty_stopped(pty));
    pty_continue(pty);
    assert_true(pty_shows(pty, "resize"));
    pty_type(pty, "j");
    assert_true(pty_shows(pty, "resize j"));
    finish(pty);
}

static void signals_that_end_restore_the_terminal(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP};
    struct termios before = fresh_modes();
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct pty *pty = start(NULL);
        int status;
        pty_signal(pty, numbers[i]);
        assert_true(pty_ended(pty, 2000, &status));
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
        assert_left_as_found(pty, &before);
        pty_free(pty);
    }
}

static void crashes_restore_the_terminal(void **state)
{
    (void)state;
    struct termios before = fresh_modes();
    static const struct {
        const char *key;
        int number; /* 0: it exits */
    } crashes[] = {{"!", SIGABRT}, {"@", SIGSEGV}, {"#", 0}};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        struct pty *pty = start(NULL);
        int status;
        pty_type(pty, crashes[i].key);
        assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
        assert_int_equal(WIFSIGNALED(status) ? WTERMSIG(status) : 0, crashes[i].number);
        assert_left_as_found(pty, &before);
        pty_free(pty);
    }
}

static void a_program_that_hangs_ends_all_the_same(void **state)
{
    (void)state;
    struct termios before = fresh_modes();
    struct pty *pty = start(NULL);
    int status;
    pty_type(pty, "%");
    pty_signal(pty, SIGTERM);
    assert_true(pty_ended(pty, 2000, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    assert_left_as_found(pty, &before);
    pty_free(pty);
}

static void a_terminal_that_goes_away_ends_it(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    int status;
    pty_hang_up(pty);
    assert_true(pty_ended(pty, 2000, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    pty_free(pty);
}

static void unusable_terminals_are_refused_unharmed(void **state)
{
    (void)state;
    char very_long[5000];
    memset(very_long, 'x', sizeof very_long - 1);
    very_long[sizeof very_long - 1] = '\0';
    const char *const terms[] = {"",   "no-such-terminal", "dumb",    "../../etc/passwd",
                                 "/x", very_long,          "x\033[2J"};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        struct pty *pty = pty_start(&(struct pty_program){.run = show_events, .term = terms[i]});
        int status;
        assert_true(pty_ended(pty, PTY_PATIENCE_MS, &status));
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
        assert_true(str_starts(pty_output(pty), STR("refused: ")));
        assert_int_equal(str_find_byte(pty_output(pty), '\n'), pty_output(pty).len - 1);
        pty_free(pty);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_come_with_their_names),
        cmocka_unit_test(unknown_sequences_are_not_typed),
        cmocka_unit_test(the_focus_is_told_where_it_is_wanted),
        cmocka_unit_test(other_terminals_send_keys_too),
        cmocka_unit_test(pasted_text_is_not_typed),
        cmocka_unit_test(pasted_text_is_bounded),
        cmocka_unit_test(wide_characters_and_marks_stay_aligned),
        cmocka_unit_test(styles_use_the_terminals_colours),
        cmocka_unit_test(without_colours_attributes_tell_styles),
        cmocka_unit_test(the_cursor_stands_where_the_grid_says),
        cmocka_unit_test(only_differences_are_sent),
        cmocka_unit_test(resizes_are_followed),
        cmocka_unit_test(sizes_in_the_environment_mean_nothing),
        cmocka_unit_test(stops_and_continues),
        cmocka_unit_test(in_the_background_the_terminal_is_left_alone),
        cmocka_unit_test(comes_back_after_a_stop_it_could_not_see),
        cmocka_unit_test(signals_that_end_restore_the_terminal),
        cmocka_unit_test(crashes_restore_the_terminal),
        cmocka_unit_test(a_program_that_hangs_ends_all_the_same),
        cmocka_unit_test(a_terminal_that_goes_away_ends_it),
        cmocka_unit_test(unusable_terminals_are_refused_unharmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
