/*
 * Whole reading sessions: scripts of keys and the screens they lead to, below tests/session.
 *
 *     library PATH       opens it (paths are relative to the project's top folder), read to the end
 *     charset utf-8|ascii
 *     kept               what is the reader's own is kept from here on to the end of the script
 *     fresh              libraries are opened at their first article from here on
 *     size COLUMNSxROWS
 *     keys j Enter C-d   presses keys, named as in lectern/key.h
 *     text WORDS         types characters
 *     hours NUMBER       so many go by
 *     copied             the lines that follow, each behind a |, are what was copied last
 *     marked             the same of what is marked in the page, line by line
 *     found              the same of the matches in it
 *     screen             the rows that follow, each behind a |, are what is to be seen
 *
 * LECTERN_GOLDEN=write puts the screens as they are now into the scripts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <glob.h>

#include "lectern/app.h"
#include "lectern/arena.h"
#include "lectern/mem.h"

/* Noon of a first of January, until a script says that time goes by. */
static int64_t now_is;
#define FIRST_NOON 1767268800

static int64_t tell_time(void)
{
    return now_is;
}

struct player {
    const char *path;
    size_t line_number;
    struct library *library;
    struct app *app;
    struct app_options options;
    size_t rows, columns;
    struct grid grid;
    struct buf copied;
    bool write;
    struct buf written;
    bool failed;
};

static void close_app(struct player *player)
{
    app_free(player->app);
    library_close(player->library);
    player->app = NULL;
    player->library = NULL;
}

static void open_app(struct player *player, struct str path)
{
    struct arena arena = {0};
    struct err err;
    const char *root = arena_str(&arena, path).at;
    close_app(player);
    player->library = library_open(&root, 1, &err);
    if (!player->library)
        fail_msg("%s:%zu: %s", player->path, player->line_number, err.message);
    player->options.threads = 2;
    player->options.now = tell_time;
    player->app = app_new(player->library, &player->options, NULL);
    app_resize(player->app, player->rows, player->columns);
    app_settle(player->app);
    arena_free(&arena);
}

static void press_keys(struct player *player, struct str names)
{
    struct str name;
    while (names.len) {
        key k;
        str_cut(names, ' ', &name, &names);
        if (!key_parse(name, &k))
            fail_msg("%s:%zu: no key has the name %.*s", player->path, player->line_number, STR_ARG(name));
        if (app_key(player->app, k) == APP_COPY) {
            buf_clear(&player->copied);
            buf_add(&player->copied, app_text(player->app));
            app_copied(player->app, "by the test");
        }
        app_settle(player->app);
    }
}

static void type_text(struct player *player, struct str text)
{
    uint32_t code;
    for (size_t used; (used = text_decode(text, &code)) > 0; text = str_slice(text, used, text.len))
        app_key(player->app, code == ' ' ? (key)KEYS_SPACE : code);
    app_settle(player->app);
}

static void set_size(struct player *player, struct str size)
{
    struct str columns, rows;
    uint64_t wide = 0, high = 0;
    str_cut(size, 'x', &columns, &rows);
    if (!str_to_u64(columns, &wide) || !str_to_u64(rows, &high))
        fail_msg("%s:%zu: sizes are written 80x24", player->path, player->line_number);
    player->rows = high;
    player->columns = wide;
    if (player->app)
        app_resize(player->app, high, wide);
}

static void pass_hours(const struct player *player, struct str number)
{
    uint64_t hours = 0;
    if (!str_to_u64(number, &hours))
        fail_msg("%s:%zu: hours are written as a number", player->path, player->line_number);
    now_is += (int64_t)hours * 3600;
}

static void take_screen(struct player *player, struct buf *screen)
{
    app_draw(player->app, &player->grid);
    for (size_t row = 0; row < player->grid.rows; row++) {
        buf_add_byte(screen, '|');
        grid_row_text(&player->grid, row, screen);
        buf_add_byte(screen, '\n');
    }
}

static void take_copied(const struct player *player, struct buf *rows)
{
    struct str line;
    for (struct str rest = buf_str(&player->copied); str_next_line(&rest, &line);)
        buf_printf(rows, "|%.*s\n", STR_ARG(line));
}

/* What the reader has chosen; a row of a list that has not the keys is marked otherwise. */
static bool is_marked(style look)
{
    return (look & (STYLE_SELECTED | STYLE_UNFOCUSED)) == STYLE_SELECTED;
}

static bool is_found(style look)
{
    return look & STYLE_MATCH;
}

static void take_cells(struct player *player, bool (*is_meant)(style look), struct buf *rows)
{
    app_draw(player->app, &player->grid);
    for (size_t row = 0; row < player->grid.rows; row++) {
        struct buf marked = {0};
        for (size_t column = 0; column < player->grid.columns; column++) {
            const struct grid_cell *cell = grid_cell_at(&player->grid, row, column);
            if (!is_meant(cell->style) || !cell->width)
                continue;
            buf_add(&marked, cell->len ? grid_cell_text(&player->grid, cell) : STR(" "));
        }
        if (marked.len)
            buf_printf(rows, "|%.*s\n", STR_ARG(buf_str(&marked)));
        buf_free(&marked);
    }
}

static void take_rows(struct player *player, struct str kind, struct buf *rows)
{
    if (str_eq(kind, STR("copied")))
        take_copied(player, rows);
    else if (str_eq(kind, STR("marked")))
        take_cells(player, is_marked, rows);
    else if (str_eq(kind, STR("found")))
        take_cells(player, is_found, rows);
    else
        take_screen(player, rows);
}

/* Takes the expected rows off `*rest` and compares them with what there is. */
static void compare_rows(struct player *player, struct str kind, struct str *rest)
{
    struct buf screen = {0};
    size_t first = player->line_number + 1;
    const char *expected = rest->at;
    struct str line;
    take_rows(player, kind, &screen);
    while (rest->len && rest->at[0] == '|' && str_next_line(rest, &line))
        player->line_number++;
    struct str wanted = {expected, rest->len ? (size_t)(rest->at - expected) : str_from(expected).len};
    buf_add(&player->written, buf_str(&screen));
    if (!player->write && !str_eq(wanted, buf_str(&screen))) {
        fprintf(stderr, "%s:%zu: expected\n%.*sbut there is\n%.*s", player->path, first, STR_ARG(wanted),
                STR_ARG(buf_str(&screen)));
        player->failed = true;
    }
    buf_free(&screen);
}

static void run_line(struct player *player, struct str line, struct str *rest)
{
    struct str word, argument;
    str_cut(line, ' ', &word, &argument);
    if (line.len == 0 || line.at[0] == '#')
        return;
    if (str_eq(word, STR("library")))
        open_app(player, argument);
    else if (str_eq(word, STR("charset")))
        player->options.charset = str_eq(argument, STR("ascii")) ? TEXT_ASCII : TEXT_UTF8;
    else if (str_eq(word, STR("kept")))
        player->options.state = state_open(NULL, &(struct err){0});
    else if (str_eq(word, STR("fresh")))
        player->options.fresh = true;
    else if (str_eq(word, STR("size")))
        set_size(player, argument);
    else if (str_eq(word, STR("keys")))
        press_keys(player, argument);
    else if (str_eq(word, STR("text")))
        type_text(player, argument);
    else if (str_eq(word, STR("hours")))
        pass_hours(player, argument);
    else if (str_eq(word, STR("screen")) || str_eq(word, STR("copied")) || str_eq(word, STR("marked")) ||
             str_eq(word, STR("found")))
        compare_rows(player, word, rest);
    else
        fail_msg("%s:%zu: unknown word %.*s", player->path, player->line_number, STR_ARG(word));
}

static void write_script(const struct player *player)
{
    FILE *file = fopen(player->path, "w");
    assert_non_null(file);
    fwrite(player->written.at, 1, player->written.len, file);
    assert_int_equal(fclose(file), 0);
}

static void play(const char *path)
{
    struct player player = {.path = path,
                            .rows = 24,
                            .columns = 80,
                            .write = str_eq(str_from(getenv("LECTERN_GOLDEN")), STR("write"))};
    struct arena arena = {0};
    now_is = FIRST_NOON;
    struct str script, line;
    struct err err;
    if (file_read(AT_FDCWD, path, 1 << 20, &arena, &script, NULL, &err) != 0)
        fail_msg("%s: %s", path, err.message);
    for (struct str rest = script; str_next_line(&rest, &line);) {
        player.line_number++;
        buf_printf(&player.written, "%.*s\n", STR_ARG(line));
        run_line(&player, line, &rest);
    }
    close_app(&player);
    state_close(player.options.state);
    if (player.write)
        write_script(&player);
    buf_free(&player.written);
    buf_free(&player.copied);
    grid_free(&player.grid);
    arena_free(&arena);
    if (player.failed)
        fail_msg("%s: screens differ", path);
}

static void sessions_lead_to_their_screens(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob("tests/session/*.session", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        play(found.gl_pathv[i]);
    globfree(&found);
}

int main(void)
{
    setenv("TZ", "UTC0", 1);
    const struct CMUnitTest tests[] = {cmocka_unit_test(sessions_lead_to_their_screens)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
