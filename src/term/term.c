#include "lectern/term.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "clipboard.h"
#include "input.h"
#include "lectern/mem.h"
#include "run.h"
#include "screen.h"
#include "signals.h"
#include "terminfo.h"

/* Reads that fail though poll() sees input: the terminal is not ours to read any more. */
#define MOST_FAILED_READS 8

static const struct str paste_on = {"\033[?2004h", 8}, paste_off = {"\033[?2004l", 8};
static const struct str focus_on = {"\033[?1004h", 8}, focus_off = {"\033[?1004l", 8};

struct term {
    struct screen *screen;
    bool ansi; /* it can be sent the sequences above: what it does not know it ignores */
    bool reports_focus;
    struct input input;
};

enum text_charset term_charset(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? TEXT_UTF8 : TEXT_ASCII;
}

static void send(const struct term *term, struct str sequence)
{
    if (!term->ansi)
        return;
    while (sequence.len) {
        ssize_t written = write(STDOUT_FILENO, sequence.at, sequence.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        sequence = str_slice(sequence, (size_t)written, sequence.len);
    }
}

static void set_modes(const struct term *term, bool on)
{
    send(term, on ? paste_on : paste_off);
    if (term->reports_focus)
        send(term, on ? focus_on : focus_off);
}

void term_report_focus(struct term *term)
{
    if (!term->reports_focus && signals_foreground())
        send(term, focus_on);
    term->reports_focus = true;
}

/* From the terminal alone; where that does not know, it stays as its entry says. */
static void take_size(struct term *term)
{
    struct winsize size;
    size_t rows, columns;
    screen_size(&rows, &columns);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col) {
        rows = size.ws_row;
        columns = size.ws_col;
    }
    screen_resize(term->screen, rows, columns);
}

static struct term *open_screen(const struct terminfo *info, bool colour, struct err *err)
{
    if (signals_open(err) != 0)
        return NULL;
    struct screen *screen = screen_open(colour, info->italics);
    if (!screen) {
        signals_close();
        err_set(err, ERR_SYSTEM, "the terminal could not be set up");
        return NULL;
    }
    struct term *term = mem_calloc(1, sizeof *term);
    *term = (struct term){.screen = screen, .ansi = info->ansi};
    struct buf restore = {0};
    for (int i = 0; info->ansi && i < 2; i++)
        buf_add(&restore, i ? focus_off : paste_off);
    buf_add(&restore, buf_str(&info->restore));
    signals_set_sequence(buf_str(&restore));
    buf_free(&restore);
    signals_catch(); /* ncurses has taken some of them */
    set_modes(term, true);
    input_open(&term->input);
    take_size(term);
    return term;
}

struct term *term_open(bool colour, struct err *err)
{
    static const char *const names[] = {"input", "output"};
    for (int fd = 0; fd <= 1; fd++)
        if (!isatty(fd)) {
            err_set(err, ERR_KIND, "standard %s is not a terminal, and the reader needs one", names[fd]);
            return NULL;
        }
    struct terminfo info;
    struct term *term = NULL;
    if (terminfo_read(&info, getenv("TERM"), err) == 0)
        term = open_screen(&info, colour, err);
    terminfo_free(&info);
    return term;
}

static void leave(const struct term *term)
{
    set_modes(term, false);
    screen_leave();
}

void term_close(struct term *term)
{
    if (!term)
        return;
    if (signals_foreground())
        leave(term);
    signals_close();
    screen_close(term->screen);
    input_close(&term->input);
    mem_free(term);
}

void term_size(const struct term *term, size_t *rows, size_t *columns)
{
    (void)term;
    screen_size(rows, columns);
}

void term_redraw(struct term *term)
{
    screen_forget(term->screen);
}

void term_draw(struct term *term, const struct grid *grid)
{
    if (signals_foreground())
        screen_draw(term->screen, grid);
}

static void come_back(struct term *term)
{
    set_modes(term, true);
    take_size(term);
}

int term_run(struct term *term, char *const *argv, struct err *err)
{
    leave(term);
    int status = run_program(argv, err);
    come_back(term);
    return status;
}

pid_t term_start(char *const *argv, int input, struct err *err)
{
    return run_beside(argv, input, err);
}

int term_copy(struct term *term, struct str text, struct err *err)
{
    if (!term->ansi)
        return err_set(err, ERR_KIND,
                       "this terminal takes no copies; the option copy-command names a program");
    if (text.len > TERM_COPY_BYTES)
        return err_set(err, ERR_LIMIT,
                       "not copied: %zu bytes, and terminals take no more than %d; the option copy-command "
                       "names a program that does",
                       text.len, TERM_COPY_BYTES);
    struct buf sequence = {0};
    clipboard_sequence(&sequence, text);
    if (signals_foreground())
        send(term, buf_str(&sequence));
    buf_free(&sequence);
    return 0;
}

void term_suspend(struct term *term)
{
    leave(term);
    signals_stop();
    if (signals_foreground())
        come_back(term);
}

/* Stopped by a signal that cannot be caught, and continued: the shell has changed the terminal's modes since. */
static void continued(struct term *term)
{
    if (!signals_foreground())
        signals_stop();
    if (signals_foreground()) {
        screen_leave();
        come_back(term);
    }
}

/* True if the wishes that have come in make an event. */
static bool take_wishes(struct term *term, struct term_event *event)
{
    unsigned wishes = signals_take();
    if (wishes & SIGNALS_END) {
        event->kind = TERM_END;
        return true;
    }
    if (wishes & SIGNALS_STOP)
        term_suspend(term);
    else if (wishes & SIGNALS_CONTINUED)
        continued(term);
    else if (wishes & SIGNALS_RESIZE)
        take_size(term);
    if (wishes)
        event->kind = signals_foreground() ? TERM_RESIZE : TERM_END;
    return wishes != 0;
}

static bool has_ended(const struct pollfd *terminal)
{
    int waiting = 0;
    if (terminal->revents & (POLLHUP | POLLERR | POLLNVAL))
        return true;
    return (terminal->revents & POLLIN) && ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting == 0;
}

static void set_end(struct term_event *event)
{
    signals_set_deadline();
    *event = (struct term_event){.kind = TERM_END};
}

void term_wait(struct term *term, int wake_fd, int timeout_ms, struct term_event *event)
{
    *event = (struct term_event){0};
    for (int failed = 0; failed < MOST_FAILED_READS;) {
        struct pollfd fds[] = {
            {.fd = STDIN_FILENO, .events = POLLIN},
            {.fd = signals_fd(), .events = POLLIN},
            {.fd = wake_fd, .events = POLLIN},
        };
        unsigned long taken = term->input.taken;
        if (take_wishes(term, event) || input_next(&term->input, event))
            return;
        int ready = poll(fds, sizeof fds / sizeof *fds, timeout_ms);
        if (ready == 0 || (ready > 0 && fds[2].revents))
            return;
        if (ready > 0 && has_ended(&fds[0]))
            break;
        bool unread = ready > 0 && fds[0].revents && term->input.taken == taken;
        failed = unread ? failed + 1 : 0;
    }
    set_end(event);
}
