#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lectern/term.h"

#define DEADLINE_SECONDS 1

static const int caught[] = {SIGHUP,  SIGINT, SIGQUIT, SIGTERM, SIGWINCH, SIGTSTP, SIGCONT,
                             SIGSEGV, SIGBUS, SIGABRT, SIGFPE,  SIGILL,   SIGALRM, SIGPIPE};

#define CAUGHT (sizeof caught / sizeof *caught)

/* Handlers take no argument, so what they need has to be here. */
static struct {
    volatile sig_atomic_t end, resize, stop, continued;
    volatile sig_atomic_t modes_saved; /* and not restored yet */
    int wake[2];
    struct termios input_modes, output_modes;
    char sequence[SIGNALS_SEQUENCE_MOST];
    size_t sequence_len;
    struct sigaction before[CAUGHT];
    char stack[1 << 16]; /* a handler runs here when the main thread's own stack has overflowed */
} state = {.wake = {-1, -1}};

static void write_sequence(void)
{
    struct pollfd writable = {.fd = STDOUT_FILENO, .events = POLLOUT};
    const char *at = state.sequence;
    size_t left = state.sequence_len;
    /* A terminal that takes nothing must not keep a dying program. */
    while (left && poll(&writable, 1, 200) == 1 && (writable.revents & POLLOUT)) {
        ssize_t sent = write(STDOUT_FILENO, at, left);
        if (sent <= 0)
            return;
        at += sent;
        left -= (size_t)sent;
    }
}

bool signals_foreground(void)
{
    pid_t group = tcgetpgrp(STDIN_FILENO);
    return group == -1 || group == getpgrp();
}

void term_restore(void)
{
    int saved_errno = errno;
    if (state.modes_saved && signals_foreground()) {
        state.modes_saved = 0;
        write_sequence();
        tcsetattr(STDIN_FILENO, TCSANOW, &state.input_modes);
        tcsetattr(STDOUT_FILENO, TCSANOW, &state.output_modes);
    }
    errno = saved_errno;
}

static void wake(void)
{
    /* A full pipe wakes as well. */
    ssize_t ignored = write(state.wake[1], "", 1);
    (void)ignored;
}

static void handle(int number)
{
    int saved_errno = errno;
    switch (number) {
    case SIGWINCH: state.resize = 1; break;
    case SIGTSTP: state.stop = 1; break;
    case SIGCONT: state.continued = 1; break;
    default:
        state.end = 1;
        alarm(DEADLINE_SECONDS);
        break;
    }
    wake();
    errno = saved_errno;
}

/* The terminal takes nothing any more, and the program cannot end as it should: it ends here. */
static void give_up(int number)
{
    (void)number;
    term_restore();
    _exit(1);
}

/* The default action comes after this: the handler is taken off before it runs (SA_RESETHAND). */
static void crash(int number)
{
    term_restore();
    raise(number);
}

static bool is_crash(int number)
{
    return number == SIGSEGV || number == SIGBUS || number == SIGABRT || number == SIGFPE || number == SIGILL;
}

void signals_catch(void)
{
    for (size_t i = 0; i < CAUGHT; i++) {
        struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
        sigfillset(&action.sa_mask);
        if (is_crash(caught[i])) {
            action.sa_handler = crash;
            action.sa_flags = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK);
            sigemptyset(&action.sa_mask);
        } else if (caught[i] == SIGALRM) {
            action.sa_handler = give_up;
        } else if (caught[i] == SIGPIPE) {
            action.sa_handler = SIG_IGN;
        }
        sigaction(caught[i], &action, NULL);
    }
}

static int open_pipe(struct err *err)
{
    if (pipe(state.wake) != 0)
        return err_set_errno(err, errno, "opening a pipe");
    for (int i = 0; i < 2; i++) {
        fcntl(state.wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(state.wake[i], F_SETFL, O_NONBLOCK);
    }
    return 0;
}

int signals_open(struct err *err)
{
    if (tcgetattr(STDIN_FILENO, &state.input_modes) != 0 ||
        tcgetattr(STDOUT_FILENO, &state.output_modes) != 0)
        return err_set_errno(err, errno, "reading the terminal's modes");
    if (open_pipe(err) != 0)
        return -1;
    state.sequence_len = 0;
    state.modes_saved = 1;
    atexit(term_restore);
    stack_t stack = {.ss_sp = state.stack, .ss_size = sizeof state.stack};
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(caught[i], NULL, &state.before[i]);
    signals_catch();
    return 0;
}

void signals_set_sequence(struct str sequence)
{
    if (sequence.len > sizeof state.sequence)
        return;
    memcpy(state.sequence, sequence.at, sequence.len);
    state.sequence_len = sequence.len;
}

int signals_fd(void)
{
    return state.wake[0];
}

static unsigned take(volatile sig_atomic_t *flag, unsigned wish)
{
    if (!*flag)
        return 0;
    *flag = 0;
    return wish;
}

unsigned signals_take(void)
{
    char bytes[64];
    while (read(state.wake[0], bytes, sizeof bytes) > 0)
        continue;
    return take(&state.end, SIGNALS_END) | take(&state.resize, SIGNALS_RESIZE) |
           take(&state.stop, SIGNALS_STOP) | take(&state.continued, SIGNALS_CONTINUED);
}

void signals_stop(void)
{
    struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
    sigaction(SIGTSTP, &standard, &ours);
    /* Continued in the background it may not touch the terminal. Where nobody could continue it, it is not stopped. */
    do {
        state.continued = 0;
        kill(0, SIGTSTP);
    } while (state.continued && !state.end && !signals_foreground());
    sigaction(SIGTSTP, &ours, NULL);
    state.stop = 0;
    state.continued = 0;
}

void signals_lend(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL};
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGQUIT, &ignore, NULL);
    sigaction(SIGTSTP, &standard, NULL);
}

void signals_usual(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < CAUGHT; i++)
        sigaddset(set, caught[i]);
    sigaddset(set, SIGXFSZ);
}

void signals_set_deadline(void)
{
    alarm(DEADLINE_SECONDS);
}

void signals_close(void)
{
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(caught[i], &state.before[i], NULL);
    state.modes_saved = 0;
    for (int i = 0; i < 2; i++) {
        close(state.wake[i]);
        state.wake[i] = -1;
    }
}
