/* The bundled library: what its files promise, and the figures in its worked examples. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lectern/article.h"
#include "lectern/bounds.h"
#include "lectern/file.h"

#define MAX_PAGES  200
#define SHARED_ID  "1032" /* stands under two subjects */
#define MISSING_ID "1999" /* is linked to, and not there */

struct page {
    struct str path;
    struct article article;
};

struct shelf {
    struct arena arena;
    int root;
    struct page pages[MAX_PAGES];
    size_t count;
};

static bool add_page(void *context, const struct file_entry *entry)
{
    struct shelf *shelf = context;
    struct err err;
    struct str bytes;
    if (entry->kind != FILE_ENTRY_REGULAR)
        fail_msg("%.*s is skipped: %.*s", STR_ARG(entry->path), STR_ARG(entry->reason));
    assert_true(shelf->count < MAX_PAGES);
    struct page *page = &shelf->pages[shelf->count++];
    page->path = arena_str(&shelf->arena, entry->path);
    if (file_read(shelf->root, entry->path.at, BOUND_FILE_BYTES, &shelf->arena, &bytes, NULL, &err) != 0)
        fail_msg("%s", err.message);
    article_parse(&shelf->arena, bytes, page->path, &page->article);
    return true;
}

static int open_shelf(void **state)
{
    static struct shelf shelf;
    struct err err;
    shelf = (struct shelf){.root = open("articles", O_RDONLY | O_DIRECTORY)};
    *state = &shelf;
    return shelf.root < 0 ? -1 : file_walk(shelf.root, add_page, &shelf, &err);
}

static int close_shelf(void **state)
{
    struct shelf *shelf = *state;
    arena_free(&shelf->arena);
    return close(shelf->root);
}

static bool contains(struct str text, const char *words)
{
    return str_find(text, str_from(words)) != STR_NOT_FOUND;
}

static bool is_question(const struct page *page)
{
    return page->article.kind == ARTICLE_QUESTION;
}

static const struct page *page_by_id(const struct shelf *shelf, struct str id)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (is_question(&shelf->pages[i]) && str_eq(shelf->pages[i].article.id, id))
            return &shelf->pages[i];
    return NULL;
}

static struct str text_of(const struct shelf *shelf, const char *id)
{
    const struct page *page = page_by_id(shelf, str_from(id));
    if (!page)
        fail_msg("there is no article %s", id);
    return page->article.text;
}

static void no_file_has_a_problem(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        if (page->article.problem_count)
            fail_msg("%.*s: %.*s", STR_ARG(page->path), STR_ARG(page->article.problems[0].message));
    }
    assert_true(shelf->count >= 40);
}

static void the_tour_begins_with_its_welcome(void **state)
{
    const struct shelf *shelf = *state;
    assert_true(str_eq(shelf->pages[0].path, STR("a-guided-tour/01-welcome.md")));
}

static void each_name_tells_the_kind(void **state)
{
    const struct shelf *shelf = *state;
    size_t plain = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        bool text = str_ends(page->path, STR(".txt"));
        plain += text;
        if (page->article.kind != (text ? ARTICLE_PLAIN : ARTICLE_QUESTION))
            fail_msg("%.*s is read as kind %d", STR_ARG(page->path), (int)page->article.kind);
        assert_true(page->article.title.len > 0);
        assert_true(page->article.text.len > 1000);
    }
    assert_true(plain >= 3);
}

static void check_fields(const struct page *page)
{
    const struct article *article = &page->article;
    struct arena arena = {0};
    struct str folder, name;
    assert_true(str_cut(page->path, '/', &folder, &name));
    struct str url = arena_printf(&arena, "/learn/%.*s/questions/", STR_ARG(folder));
    struct str date = article_date(&arena, article->date, article->date_format);
    if (!str_eq(article->title, article->question) || !str_eq(article->file_name, name) ||
        !str_starts(article->url, url) || article->url.len == url.len ||
        !str_eq(article->author, STR("The Lectern developers")) || article->description.len == 0 ||
        article->subject.len == 0)
        fail_msg("%.*s: a field is not as it should be", STR_ARG(page->path));
    if (!str_starts(article->date, STR("2026-")) || !str_ends(date, STR(", 2026")))
        fail_msg("%.*s: the date shows as %.*s", STR_ARG(page->path), STR_ARG(date));
    if (article->keyword_count < 5 || article->keyword_count > 10)
        fail_msg("%.*s has %zu keywords", STR_ARG(page->path), article->keyword_count);
    if (article->related_count < 2 || article->related_count > 5)
        fail_msg("%.*s has %zu related questions", STR_ARG(page->path), article->related_count);
    arena_free(&arena);
}

static void every_question_has_all_its_fields(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++)
        if (is_question(&shelf->pages[i]))
            check_fields(&shelf->pages[i]);
}

static void an_id_stands_once_but_for_the_article_under_two_subjects(void **state)
{
    const struct shelf *shelf = *state;
    size_t twice = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct article *article = &shelf->pages[i].article;
        uint64_t number;
        if (!is_question(&shelf->pages[i]))
            continue;
        assert_true(str_to_u64(article->id, &number) && number > 1000);
        const struct article *first = &page_by_id(shelf, article->id)->article;
        if (first == article)
            continue;
        twice++;
        assert_true(str_eq(article->id, STR(SHARED_ID)));
        assert_true(str_eq(article->title, first->title) && str_eq(article->text, first->text));
        assert_false(str_eq(article->subject, first->subject) || str_eq(article->url, first->url));
    }
    assert_int_equal(twice, 1);
}

/* Whether the link's id, title, subject and url are those of one article. */
static bool link_resolves(const struct shelf *shelf, const struct article_link *link)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct article *article = &shelf->pages[i].article;
        if (str_eq(article->id, link->id) && str_eq(article->title, link->title) &&
            str_eq(article->subject, link->subject) && str_eq(article->url, link->url))
            return true;
    }
    return false;
}

static void links_lead_somewhere_but_for_one(void **state)
{
    const struct shelf *shelf = *state;
    size_t missing = 0;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        for (size_t j = 0; j < page->article.related_count; j++) {
            const struct article_link *link = &page->article.related[j];
            if (str_eq(link->id, page->article.id))
                fail_msg("%.*s links to itself", STR_ARG(page->path));
            if (link_resolves(shelf, link))
                continue;
            missing++;
            if (!str_eq(link->id, STR(MISSING_ID)))
                fail_msg("%.*s links to nothing: %.*s", STR_ARG(page->path), STR_ARG(link->title));
        }
    }
    assert_int_equal(missing, 1);
}

static void liver_articles_say_that_they_are_no_advice(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct page *page = &shelf->pages[i];
        if (!str_starts(page->path, STR("liver-health/")))
            continue;
        if (!str_ends(str_trim(page->article.text), STR("no medical advice.*")))
            fail_msg("%.*s does not end with the line", STR_ARG(page->path));
    }
}

/* A worked example must contain what the format makes of the figure computed here. */
static void expect_figure(struct str text, const char *format, double figure)
{
    char words[200];
    snprintf(words, sizeof words, format, figure);
    if (!contains(text, words))
        fail_msg("the text should have: %s", words);
}

static void the_meld_example_adds_up(void **state)
{
    struct str text = text_of(*state, "1016");
    double bilirubin = 3.78 * log(2.5), inr = 11.2 * log(1.5), creatinine = 9.57 * log(1.8);
    double meld = bilirubin + inr + creatinine + 6.43;
    expect_figure(text, "| $3.78 \\ln 2.5$ | %.2f |", bilirubin);
    expect_figure(text, "| $11.2 \\ln 1.5$ | %.2f |", inr);
    expect_figure(text, "| $9.57 \\ln 1.8$ | %.2f |", creatinine);
    expect_figure(text, "| sum | %.2f |", meld);
    expect_figure(text, "The score is %.0f.", meld);
    double with_sodium = meld + 1.32 * (137 - 130) - 0.033 * meld * (137 - 130);
    expect_figure(text, "With a sodium of 130 our example rises from 20 to %.0f.", with_sodium);
    expect_figure(text, "3.78 \\ln 2 \\approx %.1f$", 3.78 * log(2));
}

static void the_example_of_bayes_theorem_adds_up(void **state)
{
    struct str text = text_of(*state, SHARED_ID);
    double found = 0.90 * 0.01, alarms = 0.05 * 0.99, likely = found / (found + alarms);
    expect_figure(text, "| Disease | %.0f | 10 | 100 |", 10000 * found);
    expect_figure(text, "| No disease | %.0f | 9,405 | 9,900 |", 10000 * alarms);
    expect_figure(text, "Of the %.0f people", 10000 * (found + alarms));
    expect_figure(text, "{0.0585} \\approx %.3f$$", likely);
    expect_figure(text, "The answer is %.0f %%", 100 * likely);
    double odds = 18.0 * 18 / 99;
    expect_figure(text, "a probability of %.3f.", odds / (1 + odds));
}

static double bm25(double found_in, double times, double relative_length)
{
    double idf = log(1 + (1000 - found_in + 0.5) / (found_in + 0.5));
    return idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * relative_length));
}

static void the_figures_of_other_examples_are_right(void **state)
{
    struct str text = text_of(*state, "1044");
    expect_figure(text, "| 10 of 1,000 | 3 | mean | %.2f |", bm25(10, 3, 1));
    expect_figure(text, "| 10 of 1,000 | 3 | twice the mean | %.2f |", bm25(10, 3, 2));
    expect_figure(text, "| 500 of 1,000 | 3 | mean | %.2f |", bm25(500, 3, 1));
    expect_figure(text, "a word in 10 of them weighs %.2f", bm25(10, 1, 1));
    text = text_of(*state, "1012");
    expect_figure(text, "\\approx %.2f.$$", 50 * 40 / (200 * sqrt(40)));
    text = text_of(*state, "1015");
    expect_figure(text, "$2 + 2 + 1 + 2 + 1 = %.0f$ points: class B", 2 + 2 + 1 + 2 + 1);
}

static void the_examples_of_mathematics_are_right(void **state)
{
    const double pi = acos(-1);
    struct str text = text_of(*state, "1033");
    expect_figure(text, "$T = 2\\pi/\\omega \\approx %.3f$ s", 2 * pi / sqrt(20 / 0.2));
    expect_figure(text, "One metre gives $%.3f$ s.", 2 * pi * sqrt(1 / 9.80665));
    text = text_of(*state, "1034");
    expect_figure(text, "this is $%.3f \\times 10^8$ metres", 1e-8 / sqrt(1.2566e-6 * 8.8542e-12));
    text = text_of(*state, "1035");
    expect_figure(text, "the determinant is $%.0f$", 3 * 2 - 1 * 1);
    expect_figure(text, "$x = \\frac{10}{5} = %.0f$", (9 * 2 - 1 * 8) / 5.0);
    expect_figure(text, "$y = \\frac{15}{5} = %.0f$", (3 * 8 - 9 * 1) / 5.0);
    text = text_of(*state, "1036");
    expect_figure(text, "$\\sigma = %.3f$", sqrt(35.0 / 12));
    expect_figure(text, "only ten times, %.2f.", 10 * sqrt(35.0 / 12));
    expect_figure(text, "0.95^{20} \\approx %.2f$", pow(0.95, 20));
}

static void intervals_of_repetition_grow_as_the_rule_says(void **state)
{
    struct buf row = {0};
    buf_add(&row, STR("| Days until the next | 1 | 6 |"));
    double days = 6;
    for (int i = 0; i < 4; i++) {
        days = ceil(days * 2.5);
        buf_printf(&row, " %.0f |", days);
    }
    assert_true(str_find(text_of(*state, "1046"), buf_str(&row)) != STR_NOT_FOUND);
    buf_free(&row);
}

/* Adds the last column of a table, whose cells end with ` g |`, up to the row that gives the sum. */
static void protein_of_the_day_adds_up(void **state)
{
    struct str rest = text_of(*state, "1018"), line;
    uint64_t sum = 0, grams = 0;
    while (str_next_line(&rest, &line)) {
        if (!str_starts(line, STR("| ")) || !str_ends(line, STR(" g |")))
            continue;
        struct str cell = str_slice(line, 0, line.len - 4);
        while (str_find_byte(cell, '|') != STR_NOT_FOUND)
            cell = str_slice(cell, str_find_byte(cell, '|') + 1, cell.len);
        assert_true(str_to_u64(str_trim(cell), &grams));
        if (str_starts(line, STR("| Together")))
            break;
        sum += grams;
    }
    assert_true(str_starts(line, STR("| Together")));
    assert_int_equal(sum, grams);
}

static size_t distance(const char *a, const char *b)
{
    if (!*a || !*b)
        return strlen(a) + strlen(b);
    size_t both = distance(a + 1, b + 1) + (*a != *b);
    size_t less = distance(a + 1, b) + 1, more = distance(a, b + 1) + 1;
    size_t least = less < more ? less : more;
    return both < least ? both : least;
}

static void distances_of_words_are_right(void **state)
{
    struct str text = text_of(*state, "1049");
    expect_figure(text, "From *cirosis* to *cirrhosis* it is %.0f.",
                  (double)distance("cirosis", "cirrhosis"));
    expect_figure(text, "| **e** | 4 | 3 | 2 | 2 | 2 | %.0f |", (double)distance("bile", "belie"));
    expect_figure(text, "*Hepatic* and *hepatitis* are %.0f apart", (double)distance("hepatic", "hepatitis"));
    expect_figure(text, "*liver* and *river* only %.0f.", (double)distance("liver", "river"));
}

/* The names of all keys with a space around each, from the list of actions: `.. j Down k Up ..`. */
static void read_keys(struct arena *arena, struct buf *keys)
{
    struct err err;
    struct str rest, line, list, after;
    if (file_read(AT_FDCWD, "src/ui/actions.def", BOUND_FILE_BYTES, arena, &rest, NULL, &err) != 0)
        fail_msg("%s", err.message);
    buf_add_byte(keys, ' ');
    while (str_next_line(&rest, &line)) {
        size_t quote = str_find_byte(line, '"');
        if (!str_starts(line, STR("ACTION(")) || quote == STR_NOT_FOUND)
            continue;
        assert_true(str_cut(str_slice(line, quote + 1, line.len), '"', &list, &after));
        for (size_t i = 0; i < list.len; i++) {
            bool waits = str_starts(str_slice(list, i, list.len), STR(".."));
            if (waits || str_starts(str_slice(list, i, list.len), STR("\\\\")))
                i++;
            if (!waits)
                buf_add_byte(keys, list.at[i]);
        }
        buf_add_byte(keys, ' ');
    }
}

/* `Ctrl-O` is called C-o in the list, and `Shift-Tab` S-Tab. */
static struct str name_of_key(struct arena *arena, struct str shown)
{
    if (str_starts(shown, STR("Ctrl-")) && shown.len == 6)
        return arena_printf(arena, "C-%c", shown.at[5] | 0x20);
    return str_eq(shown, STR("Shift-Tab")) ? STR("S-Tab") : shown;
}

static bool looks_like_key(struct str span)
{
    static const char *const names[] = {"Space", "Enter", "Backspace", "Tab",  "Esc",
                                        "Up",    "Down",  "Left",      "Right"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(span, str_from(names[i])))
            return true;
    return span.len == 1 || str_starts(span, STR("Ctrl-")) || str_starts(span, STR("Shift-"));
}

static void check_keys(struct arena *arena, const struct page *page, struct str keys)
{
    struct str rest = page->article.text, line, before, span;
    while (str_next_line(&rest, &line)) {
        if (str_starts(line, STR("```")))
            while (str_next_line(&rest, &line) && !str_starts(line, STR("```")))
                ;
        while (str_cut(line, '`', &before, &line) && str_cut(line, '`', &span, &line)) {
            struct str name = name_of_key(arena, span);
            struct str word = arena_printf(arena, " %.*s ", STR_ARG(name));
            if (looks_like_key(span) && str_find(keys, word) == STR_NOT_FOUND)
                fail_msg("%.*s: %.*s is no key", STR_ARG(page->path), STR_ARG(span));
        }
    }
}

static void the_tour_names_only_keys_that_there_are(void **state)
{
    const struct shelf *shelf = *state;
    struct arena arena = {0};
    struct buf keys = {0};
    read_keys(&arena, &keys);
    for (size_t i = 0; i < shelf->count; i++)
        if (str_starts(shelf->pages[i].path, STR("a-guided-tour/")))
            check_keys(&arena, &shelf->pages[i], buf_str(&keys));
    buf_free(&keys);
    arena_free(&arena);
}

/* A pair that was left would show as two characters in the page. */
static void no_escaped_break_is_left(void **state)
{
    const struct shelf *shelf = *state;
    for (size_t i = 0; i < shelf->count; i++)
        if (contains(shelf->pages[i].article.text, "\\n\\n"))
            fail_msg("%.*s has an escaped line break", STR_ARG(shelf->pages[i].path));
}

/* Whether a C compiler accepts the code; -1 when there is none. The program is given without a shell. */
static int compiles(struct str code)
{
    int ends[2];
    int status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        execlp("cc", "cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c", "-",
               (char *)NULL);
        _exit(127);
    }
    /* Shorter than a pipe holds, and written while its other end is open here: this neither blocks nor fails. */
    assert_true(code.len < 4096);
    assert_int_equal(write(ends[1], code.at, code.len), code.len);
    close(ends[0]);
    close(ends[1]);
    while (waitpid(child, &status, 0) < 0)
        assert_int_equal(errno, EINTR);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool compiler_is_there(void)
{
    return compiles(STR("int nothing;\n")) == 1;
}

/* The next fenced block of that language in `*rest`; false if there is none. */
static bool next_block(struct str *rest, const char *fence, struct str *code)
{
    struct str line;
    while (str_next_line(rest, &line)) {
        if (!str_eq(line, str_from(fence)))
            continue;
        *code = (struct str){rest->at, 0};
        while (str_next_line(rest, &line) && !str_eq(line, STR("```")))
            code->len = (size_t)(line.at + line.len - code->at) + 1;
        return true;
    }
    return false;
}

static void code_in_c_compiles(void **state)
{
    const struct shelf *shelf = *state;
    size_t blocks = 0;
    if (!compiler_is_there()) {
        print_message("skipped: there is no C compiler here\n");
        skip();
    }
    for (size_t i = 0; i < shelf->count; i++) {
        struct str rest = shelf->pages[i].article.text, code;
        while (next_block(&rest, "```c", &code)) {
            blocks++;
            if (compiles(code) != 1)
                fail_msg("%.*s: this does not compile:\n%.*s", STR_ARG(shelf->pages[i].path), STR_ARG(code));
        }
    }
    assert_true(blocks >= 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_file_has_a_problem),
        cmocka_unit_test(the_tour_begins_with_its_welcome),
        cmocka_unit_test(each_name_tells_the_kind),
        cmocka_unit_test(every_question_has_all_its_fields),
        cmocka_unit_test(an_id_stands_once_but_for_the_article_under_two_subjects),
        cmocka_unit_test(links_lead_somewhere_but_for_one),
        cmocka_unit_test(liver_articles_say_that_they_are_no_advice),
        cmocka_unit_test(the_meld_example_adds_up),
        cmocka_unit_test(the_example_of_bayes_theorem_adds_up),
        cmocka_unit_test(the_figures_of_other_examples_are_right),
        cmocka_unit_test(the_examples_of_mathematics_are_right),
        cmocka_unit_test(intervals_of_repetition_grow_as_the_rule_says),
        cmocka_unit_test(protein_of_the_day_adds_up),
        cmocka_unit_test(distances_of_words_are_right),
        cmocka_unit_test(the_tour_names_only_keys_that_there_are),
        cmocka_unit_test(no_escaped_break_is_left),
        cmocka_unit_test(code_in_c_compiles),
    };
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
