#include "terminfo.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "colour.h"
#include "lectern/mem.h"
#include "lectern/term.h"

/* Last, because it defines macros with common names. */
#include <curses.h>
#include <term.h>

/* Far longer than any real name, and short enough for every buffer of ncurses. */
#define MOST_NAME 100

static const char *capability(const char *name)
{
    const char *value = tigetstr(name);
    return value && value != (const char *)-1 && *value ? value : NULL;
}

/* Appends a capability without its padding, "$<5/>". */
static void add_capability(struct buf *sequence, const char *name)
{
    struct str value = str_from(capability(name)), padding;
    while (value.len) {
        size_t at = str_find(value, STR("$<"));
        buf_add(sequence, str_slice(value, 0, at));
        if (at == STR_NOT_FOUND)
            return;
        str_cut(str_slice(value, at, value.len), '>', &padding, &value);
    }
}

int terminfo_read(struct terminfo *info, const char *type, struct err *err)
{
    static const char *const ends[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
    *info = (struct terminfo){0};
    if (!type || !*type)
        return err_set(err, ERR_KIND, "the environment variable TERM does not say what the terminal is");
    int found;
    if (strchr(type, '/') || strlen(type) > MOST_NAME || setupterm(type, STDOUT_FILENO, &found) != OK)
        return err_set(err, ERR_KIND, "the terminal type \"%.60s\" (TERM) is not known", type);
    const char *address = capability("cup");
    bool usable = address && capability("clear");
    if (usable) {
        info->ansi = strncmp(address, "\033[", 2) == 0;
        info->italics = capability("sitm") != NULL;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            add_capability(&info->restore, ends[i]);
    }
    del_curterm(cur_term);
    if (!usable)
        return err_set(err, ERR_KIND, "the terminal type \"%.60s\" (TERM) cannot show a full screen", type);
    return 0;
}

void terminfo_free(struct terminfo *info)
{
    buf_free(&info->restore);
}

/* --- The pen --- */

struct term_pen {
    enum colour_depth depth;
    style now;
};

static void send(const char *name)
{
    const char *value = capability(name);
    if (value)
        putp(value);
}

static void send_colour(const char *name, int colour)
{
    const char *value = capability(name);
    if (value && colour != COLOUR_DEFAULT)
        putp(tiparm(value, colour));
}

struct term_pen *term_pen_new(bool colour)
{
    struct terminfo info;
    struct err err;
    const char *type = getenv("TERM");
    int found;
    if (!isatty(STDOUT_FILENO) || terminfo_read(&info, type, &err) != 0)
        return NULL;
    terminfo_free(&info);
    if (setupterm(type, STDOUT_FILENO, &found) != OK)
        return NULL;
    struct term_pen *pen = mem_calloc(1, sizeof *pen);
    pen->depth = colour && colour_wanted() ? colour_depth(tigetnum("colors")) : COLOUR_NONE;
    return pen;
}

void term_pen_set(struct term_pen *pen, style wanted)
{
    static const struct {
        enum look_attribute attribute;
        const char *capability;
    } attributes[] = {
        {LOOK_BOLD, "bold"},      {LOOK_DIM, "dim"},     {LOOK_ITALIC, "sitm"},
        {LOOK_UNDERLINE, "smul"}, {LOOK_REVERSE, "rev"},
    };
    if (!pen || pen->now == wanted)
        return;
    struct look look = colour_look(pen->depth, wanted);
    send("sgr0");
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (look.attributes & attributes[i].attribute)
            send(attributes[i].capability);
    send_colour("setaf", look.foreground);
    send_colour("setab", look.background);
    pen->now = wanted;
}

void term_pen_free(struct term_pen *pen)
{
    if (!pen)
        return;
    term_pen_set(pen, STYLE_TEXT);
    del_curterm(cur_term);
    mem_free(pen);
}

size_t term_pen_columns(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
