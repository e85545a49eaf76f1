/* The programs in the bundled library are run, and do what the text says. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
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

/* What calls the program of an article, where it only defines something: it ends with 0 if that is right. */
static const struct driver {
    const char *id, *language, *code;
} drivers[] = {
    {"1041", "c", ""},
    {"1043", "c",
     "int main(void) { unsigned a[] = {1, 3, 5, 9}, b[] = {2, 3, 9}, both[3];"
     " return common(a, 4, b, 3, both) != 2 || both[0] != 3 || both[1] != 9; }"},
    {"1044", "c",
     "int main(void) { return fabs(bm25(10, 1000, 3, 1, 1) - 7.16) > 0.005 ||"
     " fabs(bm25(10, 1000, 3, 2, 1) - 5.90) > 0.005; }"},
    {"1045", "c",
     "int main(void) { return !ends_in_abb(\"abb\") || !ends_in_abb(\"babaabb\") || ends_in_abb(\"abba\") ||"
     " ends_in_abb(\"\") || ends_in_abb(\"cabb\"); }"},
    {"1047", "c", "int main(void) { struct termios before; return keys_at_once(&before) != -1; }"},
    {"1049", "c",
     "int main(void) { size_t row[10]; return distance(\"cirosis\", 7, \"cirrhosis\", 9, row) != 2 ||"
     " distance(\"bile\", 4, \"belie\", 5, row) != 2 || distance(\"\", 0, \"abc\", 3, row) != 3; }"},
    {"1052", "c",
     "int main(void) { uint8_t d[] = {0xc8, 6, 0xff, 0xff, 0xff, 0xff, 0x7f}; uint32_t n = 0;"
     " return read_number(d, 2, &n) != 2 || n != 840 || read_number(d, 1, &n) || read_number(d + 2, 5, &n); "
     "}"},
    {"1053", "c",
     "int main(void) { const unsigned char *e = (const unsigned char "
     "*)\"\\xc3\\xa9\\xc0\\xaf\\xed\\xa0\\x80\";"
     " return utf8_length(e, 2) != 2 || utf8_length(e, 1) || utf8_length(e + 2, 2) || utf8_length(e + 4, 3); "
     "}"},
    {"1044", "python",
     "found_in, total, mean = {'liver': 10, 'sodium': 2}, 100, 3\n"
     "bm25 = lambda n, N, f, length, mean: n * f + length\n"
     "assert score(['liver', 'sodium'], ['liver', 'liver', 'sodium']) == 28\n"},
    {"1049", "javascript",
     "const distance = (a, b) => Math.abs(a.length - b.length);\n"
     "if (nearest('bile', ['river', 'gall', 'ox']) !== 'gall') process.exit(1);\n"},
};

/* The code with what calls it; an article whose code does nothing by itself must have that. */
static struct str driven(struct arena *arena, const struct page *page, const char *language, struct str code,
                         bool needed)
{
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (str_eq(page->article.id, str_from(drivers[i].id)) && strcmp(language, drivers[i].language) == 0)
            return arena_printf(arena, "%.*s\n%s", STR_ARG(code), drivers[i].code);
    if (needed)
        fail_msg("%.*s: nothing calls its program in %s", STR_ARG(page->path), language);
    return arena_str(arena, code);
}

static void check_c(const struct page *page, struct str code, struct str rest)
{
    (void)rest;
    static const char compile[] = "folder=$(mktemp -d) && trap 'rm -r \"$folder\"' EXIT && "
                                  "cc -std=c11 -Wall -Wextra -Werror -x c - -o \"$folder/program\" -lm && "
                                  "\"$folder/program\" </dev/null >/dev/null";
    struct arena arena = {0};
    struct buf output = {0};
    struct str whole = driven(&arena, page, "c", code, true);
    if (run((const char *[]){"sh", "-c", compile, NULL}, whole, &output) != 0)
        fail_msg("%.*s: this does not compile, or is wrong:\n%.*s", STR_ARG(page->path), STR_ARG(whole));
    buf_free(&output);
    arena_free(&arena);
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
    const char *program = driven(&arena, page, "python", code, false).at;
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

static void check_javascript(const struct page *page, struct str code, struct str rest)
{
    (void)rest;
    struct arena arena = {0};
    const char *program = driven(&arena, page, "javascript", code, true).at;
    check_run(page, (const char *[]){"node", "-e", program, NULL}, STR(""));
    arena_free(&arena);
}

/* The cards that are due, the longest overdue first. */
static void check_sql(const struct page *page, struct str code, struct str rest)
{
    (void)rest;
    static const char rows[] = "CREATE TABLE cards(question TEXT, due TEXT);"
                               "INSERT INTO cards VALUES('late', date('now', '-1 day')),"
                               "('not yet', date('now', '+1 day')), ('first', date('now', '-9 days'));";
    struct arena arena = {0};
    const char *program = arena_printf(&arena, "%s\n%.*s", rows, STR_ARG(code)).at;
    check_run(page, (const char *[]){"sqlite3", ":memory:", program, NULL}, STR("first\nlate\n"));
    arena_free(&arena);
}

/* Six rows of 36 cells, each with a colour of its own. */
static void check_bash(const struct page *page, struct str code, struct str rest)
{
    (void)rest;
    struct arena arena = {0};
    struct buf output = {0}, cells = {0};
    for (int i = 0; i < 216; i++)
        buf_printf(&cells, "\033[48;5;%dm  \033[0m%s", 16 + i, i % 36 == 35 ? "\n" : "");
    const char *program = arena_str(&arena, code).at;
    int status = run((const char *[]){"bash", "-c", program, NULL}, STR(""), &output);
    if (status != 0 || !str_eq(buf_str(&output), buf_str(&cells)))
        fail_msg("%.*s: the cube of colours is another", STR_ARG(page->path));
    buf_free(&output);
    buf_free(&cells);
    arena_free(&arena);
}

/* An article that an article shows. */
static void check_article(const struct page *page, struct str code, struct str rest)
{
    (void)rest;
    struct arena arena = {0};
    struct article article;
    article_parse(&arena, code, STR("example.md"), &article);
    if (article.kind != ARTICLE_QUESTION || article.problem_count > 0 || article.related_count == 0 ||
        article.keyword_count != 3 || !contains(article.text, "$$ d = "))
        fail_msg("%.*s: the article that it shows is not read whole", STR_ARG(page->path));
    arena_free(&arena);
}

static void programs_in_c_do_what_the_text_says(void **state)
{
    skip_without("cc", "--version");
    assert_int_equal(each_block(*state, "c", check_c), 8);
}

static void programs_in_javascript_run(void **state)
{
    skip_without("node", "--version");
    assert_int_equal(each_block(*state, "javascript", check_javascript), 1);
}

static void questions_to_tables_are_answered(void **state)
{
    skip_without("sqlite3", "--version");
    assert_int_equal(each_block(*state, "sql", check_sql), 1);
}

static void the_cube_of_colours_is_whole(void **state)
{
    skip_without("bash", "--version");
    assert_int_equal(each_block(*state, "bash", check_bash), 1);
}

static void articles_that_are_shown_can_be_read(void **state)
{
    assert_int_equal(each_block(*state, "markdown", check_article), 1);
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
        cmocka_unit_test(programs_in_c_do_what_the_text_says),
        cmocka_unit_test(programs_in_javascript_run),
        cmocka_unit_test(questions_to_tables_are_answered),
        cmocka_unit_test(the_cube_of_colours_is_whole),
        cmocka_unit_test(articles_that_are_shown_can_be_read),
        cmocka_unit_test(programs_in_python_print_what_the_text_says),
        cmocka_unit_test(commands_of_the_shell_print_what_the_text_says),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
