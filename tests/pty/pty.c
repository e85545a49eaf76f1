#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "lectern/mem.h"

#define QUIET_MS 60

enum news_kind { NEWS_STARTED, NEWS_STOPPED, NEWS_ENDED };

/* What the shell tells the test. */
struct news {
    enum news_kind kind;
    int status;
    pid_t pid;
};

struct pty {
    int master;   /* -1 after a hang-up */
    int news;     /* from the shell */
    int commands; /* to the shell: any byte continues the program */
    pid_t shell, program;
    bool stopped, ended;
    int status;
    struct buf output, row;
    VTerm *vterm;
    VTermScreen *screen;
    int rows, columns;
    bool alternate, cursor_visible;
    char data[64]; /* the folder of what the program keeps; removed in the end */
};

static long now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void tell(int fd, enum news_kind kind, int status, pid_t pid)
{
    struct news news = {kind, status, pid};
    ssize_t ignored = write(fd, &news, sizeof news);
    (void)ignored;
}

static _Noreturn void run_program(const struct pty_program *program)
{
    signal(SIGTTOU, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    if (!program->argv)
        _exit(program->run()); /* what the test's own process has allocated is no leak of the child */
    execv(program->argv[0], (char *const *)program->argv);
    perror(program->argv[0]);
    _exit(127);
}

/* The least that a shell with job control does. */
static _Noreturn void run_shell(const struct pty_program *program, int news, int commands)
{
    signal(SIGHUP, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
    int ready[2];
    if (pipe(ready) != 0)
        _exit(1);
    pid_t pid = fork();
    if (pid == 0) {
        char byte;
        close(ready[1]);
        close(news);
        close(commands);
        if (read(ready[0], &byte, 1) < 0)
            _exit(1);
        close(ready[0]);
        run_program(program);
    }
    setpgid(pid, pid);
    tcsetpgrp(STDIN_FILENO, pid);
    tell(news, NEWS_STARTED, 0, pid);
    close(ready[0]);
    close(ready[1]);
    for (int status; waitpid(pid, &status, WUNTRACED) == pid;) {
        if (!WIFSTOPPED(status)) {
            tell(news, NEWS_ENDED, status, pid);
            break;
        }
        tcsetpgrp(STDIN_FILENO, getpgrp());
        tell(news, NEWS_STOPPED, status, pid);
        char byte;
        if (read(commands, &byte, 1) != 1)
            break;
        tcsetpgrp(STDIN_FILENO, pid);
        kill(-pid, SIGCONT);
    }
    _exit(0);
}

static void set_environment(const struct pty_program *program, const char *data)
{
    setenv("XDG_DATA_HOME", program->data ? program->data : data, 1);
    setenv("XDG_CONFIG_HOME", program->data ? program->data : data, 1);
    setenv("TERM", program->term ? program->term : "xterm-256color", 1);
    if (program->term && !*program->term)
        unsetenv("TERM");
    setenv("LC_ALL", program->locale ? program->locale : "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    unsetenv("LINES");
    unsetenv("COLUMNS");
    if (program->variable)
        putenv((char *)program->variable);
}

static int set_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *pty = user;
    if (property == VTERM_PROP_ALTSCREEN)
        pty->alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        pty->cursor_visible = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = set_property};

static void open_screen(struct pty *pty)
{
    /* libvterm 0.1.4 crashes on screens smaller than what is drawn on them: those show in the corner of a larger one. */
    pty->vterm = vterm_new(pty->rows < 5 ? 5 : pty->rows, pty->columns < 20 ? 20 : pty->columns);
    vterm_set_utf8(pty->vterm, 1);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
}

/* Takes in what the shell has told, waiting at most so long for the first of it. */
static void take_news(struct pty *pty, int wait_ms)
{
    struct pollfd readable = {.fd = pty->news, .events = POLLIN};
    while (poll(&readable, 1, wait_ms) == 1) {
        struct news news;
        if (read(pty->news, &news, sizeof news) != sizeof news)
            return;
        pty->program = news.pid;
        pty->stopped = news.kind == NEWS_STOPPED;
        pty->ended = news.kind == NEWS_ENDED;
        pty->status = news.status;
        wait_ms = 0;
    }
}

struct pty *pty_start(const struct pty_program *program)
{
    struct pty *pty = mem_calloc(1, sizeof *pty);
    pty->rows = program->rows ? program->rows : 24;
    pty->columns = program->columns ? program->columns : 80;
    open_screen(pty);
    snprintf(pty->data, sizeof pty->data, "/tmp/lectern-kept-XXXXXX");
    if (!mkdtemp(pty->data))
        abort();
    struct winsize size = {.ws_row = (unsigned short)pty->rows, .ws_col = (unsigned short)pty->columns};
    int news[2], commands[2];
    if (pipe(news) != 0 || pipe(commands) != 0)
        abort();
    fflush(NULL);
    pty->shell = forkpty(&pty->master, NULL, NULL, &size);
    if (pty->shell == 0) {
        close(news[0]);
        close(commands[1]);
        set_environment(program, pty->data);
        run_shell(program, news[1], commands[0]);
    }
    close(news[1]);
    close(commands[0]);
    pty->news = news[0];
    pty->commands = commands[1];
    take_news(pty, PTY_PATIENCE_MS);
    return pty;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void pty_free(struct pty *pty)
{
    take_news(pty, 0);
    if (!pty->ended && pty->program > 0)
        kill(pty->program, SIGKILL);
    kill(pty->shell, SIGKILL);
    waitpid(pty->shell, NULL, 0);
    if (pty->master >= 0)
        close(pty->master);
    close(pty->news);
    close(pty->commands);
    nftw(pty->data, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    vterm_free(pty->vterm);
    buf_free(&pty->output);
    buf_free(&pty->row);
    mem_free(pty);
}

/* False if nothing came in that time, or nothing will come any more. */
static bool read_some(struct pty *pty, int wait_ms)
{
    struct pollfd readable = {.fd = pty->master, .events = POLLIN};
    char bytes[4096];
    if (pty->master < 0 || poll(&readable, 1, wait_ms) != 1)
        return false;
    ssize_t count = read(pty->master, bytes, sizeof bytes);
    if (count <= 0)
        return false;
    buf_add(&pty->output, (struct str){bytes, (size_t)count});
    vterm_input_write(pty->vterm, bytes, (size_t)count);
    return true;
}

void pty_settle(struct pty *pty)
{
    long end = now_ms() + PTY_PATIENCE_MS;
    while (now_ms() < end && read_some(pty, QUIET_MS))
        continue;
}

static void send(struct pty *pty, struct str bytes)
{
    while (bytes.len) {
        /* In small pieces, so that neither side's buffer fills while the other waits. */
        ssize_t sent = write(pty->master, bytes.at, bytes.len < 256 ? bytes.len : 256);
        if (sent <= 0)
            return;
        bytes = str_slice(bytes, (size_t)sent, bytes.len);
        while (read_some(pty, 0))
            continue;
    }
}

void pty_send(struct pty *pty, const char *keys)
{
    send(pty, str_from(keys));
}

void pty_type_bytes(struct pty *pty, struct str bytes)
{
    send(pty, bytes);
    pty_settle(pty);
}

void pty_type(struct pty *pty, const char *keys)
{
    pty_type_bytes(pty, str_from(keys));
}

const char *pty_row(struct pty *pty, int row)
{
    buf_clear(&pty->row);
    for (int column = 0; column < pty->columns; column++) {
        VTermScreenCell cell;
        VTermPos place = {.row = row, .col = column};
        if (!vterm_screen_get_cell(pty->screen, place, &cell))
            break;
        char bytes[VTERM_MAX_CHARS_PER_CELL * 6];
        VTermRect rectangle = {row, row + 1, column, column + 1};
        size_t count = vterm_screen_get_text(pty->screen, bytes, sizeof bytes, rectangle);
        if (cell.chars[0] == 0)
            buf_add_byte(&pty->row, ' ');
        else if (cell.chars[0] != (uint32_t)-1)
            buf_add(&pty->row, (struct str){bytes, count});
    }
    while (pty->row.len && pty->row.at[pty->row.len - 1] == ' ')
        pty->row.len--;
    return buf_cstr(&pty->row);
}

bool pty_shows(struct pty *pty, const char *text)
{
    long end = now_ms() + PTY_PATIENCE_MS;
    for (;;) {
        for (int row = 0; row < pty->rows; row++)
            if (strstr(pty_row(pty, row), text))
                return true;
        if (now_ms() >= end)
            return false;
        read_some(pty, QUIET_MS);
    }
}

struct str pty_output(const struct pty *pty)
{
    return buf_str(&pty->output);
}

struct pty_look pty_look_at(struct pty *pty, int row, int column)
{
    VTermScreenCell cell;
    VTermPos place = {.row = row, .col = column};
    vterm_screen_get_cell(pty->screen, place, &cell);
    return (struct pty_look){
        .bold = cell.attrs.bold,
        .underline = cell.attrs.underline != 0,
        .italic = cell.attrs.italic,
        .reverse = cell.attrs.reverse,
        .foreground = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg),
        .background = !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg),
    };
}

void pty_cursor(struct pty *pty, int *row, int *column)
{
    VTermPos place;
    vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &place);
    *row = place.row;
    *column = place.col;
}

bool pty_on_alternate_screen(const struct pty *pty)
{
    return pty->alternate;
}

bool pty_cursor_visible(const struct pty *pty)
{
    return pty->cursor_visible;
}

void pty_modes(const struct pty *pty, struct termios *modes)
{
    memset(modes, 0, sizeof *modes);
    tcgetattr(pty->master, modes);
}

void pty_resize(struct pty *pty, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    pty->rows = rows;
    pty->columns = columns;
    /* vterm_set_size() of libvterm 0.1.4 can leave the cursor above the screen, and crashes then. */
    vterm_free(pty->vterm);
    open_screen(pty);
    vterm_input_write(pty->vterm, pty->output.at, pty->output.len);
    ioctl(pty->master, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *pty, int number)
{
    kill(pty->program, number);
}

bool pty_stopped(struct pty *pty)
{
    long end = now_ms() + PTY_PATIENCE_MS;
    while (!pty->stopped && !pty->ended && now_ms() < end) {
        pty_settle(pty);
        take_news(pty, 0);
    }
    return pty->stopped;
}

void pty_continue(struct pty *pty)
{
    ssize_t ignored = write(pty->commands, "c", 1);
    (void)ignored;
    pty->stopped = false;
}

void pty_hang_up(struct pty *pty)
{
    close(pty->master);
    pty->master = -1;
}

bool pty_ended(struct pty *pty, int wait_ms, int *status)
{
    long end = now_ms() + wait_ms;
    while (!pty->ended && now_ms() < end) {
        if (pty->master >= 0)
            read_some(pty, 10);
        take_news(pty, pty->master >= 0 ? 0 : 10);
    }
    pty_settle(pty);
    *status = pty->status;
    return pty->ended;
}
