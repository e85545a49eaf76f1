/* The programs in the bundled library: those in C compile, those in Python and for the shell run as the text says. */
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "shelf.h"

#define NOT_THERE 127 /* what the child says, as a shell does, when there is no such program */

static _Noreturn void become(const char *const argv[], const int in[2], const int out[2])
{
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    close(in[0]);
    close(in[1]);
    close(out[0]);
    close(out[1]);
    alarm(20);
    execvp(argv[0], (char *const *)argv);
    _exit(NOT_THERE);
}

/* Runs a program with that input, adds what it writes, and returns its exit status. */
static int run(const char *const argv[], struct str input, struct buf *output)
{
    int in[2], out[2], status;
    char bytes[4096];
    ssize_t count;
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        become(argv, in, out);
    /* Shorter than a pipe holds, and written while its other end is open here: this neither blocks nor fails. */
    assert_true(input.len < 4096);
    assert_int_equal(write(in[1], input.at, input.len), input.len);
    close(in[0]);
    close(in[1]);
    close(out[1]);
    while ((count = read(out[0], bytes, sizeof bytes)) > 0)
        buf_add(output, (struct str){bytes, (size_t)count});
    close(out[0]);
    while (waitpid(child, &status, 0) < 0)
        assert_int_equal(errno, EINTR);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct block {
    struct str language, code;
};

/* The next fenced block in `*rest`; false if there is none. */
static bool next_block(struct str *rest, struct block *block)
{
    struct str line;
    while (str_next_line(rest, &line)) {
        size_t ticks = 0;
        while (ticks < line.len && line.at[ticks] == '`')
            ticks++;
        if (ticks < 3)
            continue;
        struct str fence = str_slice(line, 0, ticks);
        *block = (struct block){str_slice(line, ticks, line.len), {rest->at, 0}};
        while (str_next_line(rest, &line) && !str_eq(line, fence))
            block->code.len = (size_t)(line.at + line.len - block->code.at) + 1;
        return true;
    }
    return false;
}

/* What the text says the program prints: a block of plain text is the next one. */
static bool states_output(struct str rest, struct str *output)
{
    struct block next;
    bool stated = next_block(&rest, &next) && str_eq(next.language, STR("text"));
    *output = stated ? next.code : STR("");
    return stated;
}

/* Calls `check` for every block in that language; returns how many there are. */
static size_t each_block(const struct shelf *shelf, const char *language,
                         void (*check)(const struct page *page, struct str code, struct str rest))
{
    size_t blocks = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        struct str rest = shelf->pages[i].article.text;
        struct block block;
        while (next_block(&rest, &block)) {
            if (!str_eq(block.language, str_from(language)))
                continue;
            blocks++;
            check(&shelf->pages[i], block.code, rest);
        }
    }
    return blocks;
}

static void skip_without(const char *program, const char *option)
{
    struct buf output = {0};
    int status = run((const char *[]){program, option, NULL}, STR(""), &output);
    buf_free(&output);
    if (status != NOT_THERE)
        return;
    print_message("skipped: there is no %s here\n", program);
    skip();
}

static void check_c(const struct page *page, struct str code, struct str rest)
{
    (void)rest;
    const char *const argv[] = {"cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                                "-x", "c",        "-",     NULL};
    struct buf output = {0};
    if (run(argv, code, &output) != 0)
        fail_msg("%.*s: this does not compile:\n%.*s", STR_ARG(page->path), STR_ARG(code));
    buf_free(&output);
}

/* A program that states its output prints that, and one that does not prints nothing. */
static void check_run(const struct page *page, const char *const argv[], struct str stated)
{
    struct buf output = {0};
    int status = run(argv, STR(""), &output);
    if (status != 0 || !str_eq(buf_str(&output), stated))
        fail_msg("%.*s: a program ends with %d and prints\n%.*s\nand not\n%.*s", STR_ARG(page->path), status,
                 STR_ARG(buf_str(&output)), STR_ARG(stated));
    buf_free(&output);
}

static void check_python(const struct page *page, struct str code, struct str rest)
{
    struct arena arena = {0};
    struct str stated;
    states_output(rest, &stated);
    const char *program = arena_str(&arena, code).at;
    check_run(page, (const char *[]){"python3", "-I", "-X", "utf8", "-c", program, NULL}, stated);
    arena_free(&arena);
}

/* Commands of the shell that state no output are for the reader to try: only their syntax is looked at. */
static void check_shell(const struct page *page, struct str code, struct str rest)
{
    struct arena arena = {0};
    struct str stated;
    bool runs = states_output(rest, &stated);
    const char *program = arena_str(&arena, code).at;
    check_run(page, (const char *[]){"sh", runs ? "-ec" : "-nc", program, NULL}, stated);
    arena_free(&arena);
}

static void programs_in_c_compile(void **state)
{
    skip_without("cc", "--version");
    assert_true(each_block(*state, "c", check_c) >= 8);
}

static void programs_in_python_print_what_the_text_says(void **state)
{
    skip_without("python3", "--version");
    assert_true(each_block(*state, "python", check_python) >= 8);
}

static void commands_of_the_shell_print_what_the_text_says(void **state)
{
    skip_without("od", "/dev/null");
    skip_without("awk", "BEGIN { exit }");
    assert_true(each_block(*state, "sh", check_shell) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_in_c_compile),
        cmocka_unit_test(programs_in_python_print_what_the_text_says),
        cmocka_unit_test(commands_of_the_shell_print_what_the_text_says),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
