#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <curses.h>

#include "colour.h"
#include "lectern/mem.h"

/* As the grid: a terminal that claims to be larger is used up to here. */
#define MOST_ROWS    200
#define MOST_COLUMNS 500

struct screen {
    SCREEN *curses;
    enum colour_depth depth;
    bool italics;
    bool cursor_visible;
    struct grid shown; /* what is on the screen; no rows if that is not known */
};

struct screen *screen_open(bool colour, bool italics)
{
    /* LINES and COLUMNS may say anything. So may the terminal, but ncurses allocates what that says. */
    struct winsize size = {0};
    use_env(FALSE);
    use_tioctl(ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row <= 4 * MOST_ROWS &&
               size.ws_col <= 4 * MOST_COLUMNS);
    SCREEN *curses = newterm(NULL, stdout, stdin);
    if (!curses)
        return NULL;
    raw();
    noecho();
    nonl();
    set_escdelay(SCREEN_ESCAPE_MS);
    typeahead(-1);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    define_key(NULL, KEY_MOUSE); /* else a report of the mouse would leave its numbers behind as keys */
    leaveok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    struct screen *screen = mem_calloc(1, sizeof *screen);
    *screen = (struct screen){.curses = curses, .italics = italics, .cursor_visible = true};
    if (colour && colour_wanted() && has_colors() && start_color() == OK && use_default_colors() == OK)
        screen->depth = colour_depth(COLORS);
    return screen;
}

void screen_close(struct screen *screen)
{
    delscreen(screen->curses);
    grid_free(&screen->shown);
    mem_free(screen);
}

void screen_leave(void)
{
    endwin();
}

void screen_forget(struct screen *screen)
{
    grid_free(&screen->shown);
    erase();
    clearok(curscr, TRUE);
}

void screen_resize(struct screen *screen, size_t rows, size_t columns)
{
    resizeterm((int)(rows < MOST_ROWS ? rows : MOST_ROWS),
               (int)(columns < MOST_COLUMNS ? columns : MOST_COLUMNS));
    screen_forget(screen);
}

void screen_size(size_t *rows, size_t *columns)
{
    *rows = (size_t)getmaxy(stdscr);
    *columns = (size_t)getmaxx(stdscr);
}

static attr_t attributes(const struct screen *screen, unsigned look)
{
    attr_t italic = screen->italics ? A_ITALIC : A_UNDERLINE;
    return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_DIM ? A_DIM : 0) |
           (look & LOOK_ITALIC ? italic : 0) | (look & LOOK_UNDERLINE ? A_UNDERLINE : 0) |
           (look & LOOK_REVERSE ? A_REVERSE : 0);
}

/* A base character and the marks that a cell of ncurses has room for. */
static void to_wide(struct str text, int width, wchar_t wide[CCHARW_MAX + 1])
{
    uint32_t code;
    size_t count = 0, step;
    while (count < CCHARW_MAX && (step = text_decode(text, &code)) != 0) {
        wide[count++] = (wchar_t)code;
        text = str_slice(text, step, text.len);
    }
    if (count == 0)
        wide[count++] = L' ';
    /* Where the C library disagrees about the width, the line would be torn: a glyph whose width is sure stands in. */
    if (wcwidth(wide[0]) != width) {
        wide[0] = L'\xfffd';
        count = 1;
    }
    wide[count] = L'\0';
}

static void show_cell(struct screen *screen, const struct grid *grid, size_t row, size_t column)
{
    const struct grid_cell *cell = grid_cell_at(grid, row, column);
    struct look look = colour_look(screen->depth, cell->style);
    attr_t attrs = attributes(screen, look.attributes);
    int pair = 0;
    if (screen->depth != COLOUR_NONE)
        pair = alloc_pair(look.foreground, look.background);
    wchar_t wide[CCHARW_MAX + 1];
    to_wide(grid_cell_text(grid, cell), cell->width, wide);
    cchar_t complex;
    int y = (int)row, x = (int)column;
    if (cell->width == 2 && wcwidth(wide[0]) == 1) {
        setcchar(&complex, L" ", attrs, (short)(pair > 0 ? pair : 0), NULL);
        mvadd_wch(y, x + 1, &complex);
    }
    setcchar(&complex, wide, attrs, (short)(pair > 0 ? pair : 0), NULL);
    mvadd_wch(y, x, &complex);
}

static bool same_cell(const struct grid *a, const struct grid *b, size_t i)
{
    const struct grid_cell *left = &a->cells[i], *right = &b->cells[i];
    return left->style == right->style && left->width == right->width &&
           str_eq(grid_cell_text(a, left), grid_cell_text(b, right));
}

static void remember(struct screen *screen, const struct grid *grid)
{
    struct grid *shown = &screen->shown;
    if (shown->rows != grid->rows || shown->columns != grid->columns)
        grid_resize(shown, grid->rows, grid->columns, grid->charset);
    memcpy(shown->cells, grid->cells, grid->rows * grid->columns * sizeof *grid->cells);
    buf_clear(&shown->text);
    buf_add(&shown->text, buf_str(&grid->text));
}

void screen_draw(struct screen *screen, const struct grid *grid)
{
    bool known = screen->shown.rows == grid->rows && screen->shown.columns == grid->columns;
    size_t rows, columns;
    screen_size(&rows, &columns);
    if (!known)
        erase();
    for (size_t row = 0; row < grid->rows && row < rows; row++)
        for (size_t column = 0; column < grid->columns && column < columns; column++) {
            size_t i = row * grid->columns + column;
            if (grid->cells[i].width && !(known && same_cell(&screen->shown, grid, i)))
                show_cell(screen, grid, row, column);
        }
    remember(screen, grid);
    if (grid->cursor_visible != screen->cursor_visible)
        curs_set(grid->cursor_visible ? 1 : 0);
    screen->cursor_visible = grid->cursor_visible;
    move((int)grid->cursor_row, (int)grid->cursor_column);
    refresh();
}

static key from_code(int code)
{
    switch (code) {
    case KEY_UP: return KEYS_UP;
    case KEY_DOWN: return KEYS_DOWN;
    case KEY_LEFT: return KEYS_LEFT;
    case KEY_RIGHT: return KEYS_RIGHT;
    case KEY_SR: return KEYS_UP | KEYS_SHIFT;
    case KEY_SF: return KEYS_DOWN | KEYS_SHIFT;
    case KEY_SLEFT: return KEYS_LEFT | KEYS_SHIFT;
    case KEY_SRIGHT: return KEYS_RIGHT | KEYS_SHIFT;
    case KEY_HOME:
    case KEY_FIND:
    case KEY_A1: return KEYS_HOME;
    case KEY_END:
    case KEY_SELECT:
    case KEY_C1: return KEYS_END;
    case KEY_PPAGE:
    case KEY_A3: return KEYS_PAGE_UP;
    case KEY_NPAGE:
    case KEY_C3: return KEYS_PAGE_DOWN;
    case KEY_IC: return KEYS_INSERT;
    case KEY_DC: return KEYS_DELETE;
    case KEY_BACKSPACE: return KEYS_BACKSPACE;
    case KEY_ENTER: return KEYS_ENTER;
    case KEY_BTAB: return KEYS_TAB | KEYS_SHIFT;
    case KEY_SHOME: return KEYS_HOME | KEYS_SHIFT;
    case KEY_SEND: return KEYS_END | KEYS_SHIFT;
    default: break;
    }
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return KEYS_F1 + (key)(code - KEY_F(1));
    return KEYS_NONE;
}

key screen_modifiers(unsigned number)
{
    unsigned bits = number ? number - 1 : 0;
    return (bits & 1 ? KEYS_SHIFT : 0) | (bits & 2 ? KEYS_ALT : 0) | (bits & 4 ? KEYS_CONTROL : 0);
}

/* ncurses names the keys of extended terminfo entries "kUP5", "kHOM3": a key with xterm's modifiers. */
static key from_extended(int code)
{
    static const struct {
        const char *name;
        key key;
    } keys[] = {
        {"kUP", KEYS_UP},     {"kDN", KEYS_DOWN},   {"kLFT", KEYS_LEFT},    {"kRIT", KEYS_RIGHT},
        {"kHOM", KEYS_HOME},  {"kEND", KEYS_END},   {"kPRV", KEYS_PAGE_UP}, {"kNXT", KEYS_PAGE_DOWN},
        {"kDC", KEYS_DELETE}, {"kIC", KEYS_INSERT},
    };
    const char *name = keyname(code);
    for (size_t i = 0; name && i < sizeof keys / sizeof *keys; i++) {
        size_t len = strlen(keys[i].name);
        if (strncmp(name, keys[i].name, len) != 0)
            continue;
        if (name[len] == '\0')
            return keys[i].key | KEYS_SHIFT;
        if (name[len] >= '2' && name[len] <= '8' && name[len + 1] == '\0')
            return keys[i].key | screen_modifiers((unsigned)(name[len] - '0'));
    }
    return KEYS_NONE;
}

int screen_read(key *named)
{
    int code = wgetch(stdscr);
    if (code == ERR)
        return SCREEN_NOTHING;
    if (code <= 0xff)
        return code;
    *named = from_code(code);
    if (*named == KEYS_NONE)
        *named = from_extended(code);
    return SCREEN_NAMED;
}
