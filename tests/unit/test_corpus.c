/* Every article of a real library as `lectern show` prints it: what is left of the author's markup, why, and whether all
 * words are there. Skipped where there is no library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "corpus_left.h"
#include "lectern/printout.h"
#include "lost_words.h"

struct printed {
    struct library *library; /* of that article alone */
    struct catalogue *catalogue;
    struct arena arena; /* of one article */
    struct article article;
    struct str path;
    struct buf shown; /* its page, at the width that is asked last */
    size_t width;
    /* Sums over all. */
    struct left left;
    size_t articles, lines_too_wide, with_formulas, with_commands, amounts_in_formulas;
    size_t words, words_lost;
    bool has_formula, has_command;
};

static const char *corpus(void)
{
    const char *folder = getenv("LECTERN_CORPUS");
    return folder ? folder : "build/corpus";
}

static void add_line(void *context, const struct layout_line *line)
{
    struct printed *printed = context;
    size_t end = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        end = span->column + span->width;
        printed->has_formula = printed->has_formula || span->formula;
        if (left_note(&printed->left, span, printed->article.text))
            printed->has_command = true;
    }
    printed->lines_too_wide += end > printed->width;
    buf_add(&printed->shown, layout_line_text(&printed->arena, line));
    buf_add_byte(&printed->shown, '\n');
}

static void print(struct printed *printed, size_t width, bool justify)
{
    struct err err;
    struct printout printout = {
        .library = printed->library,
        .catalogue = printed->catalogue,
        .width = width,
        .charset = TEXT_UTF8,
        .justify = justify,
        .context = printed,
        .line = add_line,
    };
    buf_clear(&printed->shown);
    printed->width = width;
    assert_int_equal(printout_run(&printout, &err), 0);
}

/* Words that stand by amounts of money and in no formula. */
static bool is_amount(struct str formula)
{
    static const char *const words[] = {"million", "billion", "thousand", "dollar", "revenue", "price",
                                        "cost",    " and ",   " or ",     " per ",  " to ",    " in "};
    if (formula.len < 2 || formula.at[0] != '$' || formula.at[1] < '0' || formula.at[1] > '9')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(formula, str_from(words[i])) != STR_NOT_FOUND && left_command(formula) == STR_NOT_FOUND)
            return true;
    return false;
}

/* The words that the page must have: title, text and keywords. Of formulas only what is text in them. */
static struct str wanted_words(struct printed *printed)
{
    struct buf wanted = {0};
    const struct article *article = &printed->article;
    buf_printf(&wanted, "%.*s\n", STR_ARG(article->title));
    if (!str_eq(article->question, article->title))
        buf_printf(&wanted, "%.*s\n", STR_ARG(article->question));
    for (size_t i = 0; i < article->keyword_count; i++)
        buf_printf(&wanted, "%.*s\n", STR_ARG(article->keywords[i]));
    add_words_of_markdown(article->text, &wanted);
    struct str words = arena_str(&printed->arena, buf_str(&wanted));
    buf_free(&wanted);
    return words;
}

static void check_words(struct printed *printed, struct str wanted)
{
    size_t looked_for;
    struct words lost = lost_words(wanted, buf_str(&printed->shown), &looked_for);
    forgive_broken_words(&lost, wanted, buf_str(&printed->shown));
    printed->words += looked_for;
    for (size_t i = 0; i < lost.count; i++)
        print_message("%.*s: \"%.*s\" is lost at width %zu\n", STR_ARG(printed->path), STR_ARG(lost.at[i]),
                      printed->width);
    printed->words_lost += lost.count;
    mem_free(lost.at);
}

static void check_formulas(struct printed *printed)
{
    struct math_spans spans = {0};
    math_find(printed->article.text, &spans);
    for (size_t i = 0; i < spans.count; i++) {
        struct str formula = str_slice(printed->article.text, spans.at[i].begin, spans.at[i].end);
        if (!is_amount(formula))
            continue;
        print_message("%.*s takes money for a formula: %.*s\n", STR_ARG(printed->path), STR_ARG(formula));
        printed->amounts_in_formulas++;
    }
    mem_free(spans.at);
}

static void check_article(struct printed *printed, const char *path)
{
    struct err err;
    printed->library = library_open(&path, 1, &err);
    printed->catalogue = library_scan(printed->library, &(struct library_scan){0}, &err);
    assert_int_equal(
        library_read(printed->library, printed->catalogue, 0, &printed->arena, &printed->article, &err), 0);
    printed->has_formula = printed->has_command = false;
    struct str wanted = wanted_words(printed);
    left_begin_article(&printed->left, printed->path);
    for (size_t width = 40; width <= 80; width += 20) {
        print(printed, width, width == 60);
        check_words(printed, wanted);
    }
    check_formulas(printed);
    left_end_article(&printed->left);
    printed->articles++;
    printed->with_formulas += printed->has_formula;
    printed->with_commands += printed->has_formula && printed->has_command;
    catalogue_release(printed->catalogue);
    library_close(printed->library);
    arena_reset(&printed->arena);
}

static void report(const struct printed *printed)
{
    print_message("%zu articles at widths 40, 60 (justified) and 80, %zu lines wider than that\n",
                  printed->articles, printed->lines_too_wide);
    left_report(&printed->left);
    print_message("%zu articles with formulas, %zu of them leave a command of TeX; %zu amounts are taken for "
                  "formulas\n",
                  printed->with_formulas, printed->with_commands, printed->amounts_in_formulas);
    print_message("%zu words looked for, %zu lost\n", printed->words, printed->words_lost);
}

static void check_all(struct printed *printed, const struct catalogue *catalogue)
{
    struct buf path = {0};
    for (uint32_t file = 0; file < catalogue_file_count(catalogue); file++) {
        printed->path = catalogue_file(catalogue, file).path;
        buf_clear(&path);
        buf_printf(&path, "%s/%.*s", corpus(), STR_ARG(printed->path));
        check_article(printed, buf_cstr(&path));
    }
    buf_free(&path);
    arena_free(&printed->arena);
    buf_free(&printed->shown);
}

/* Left may be what the author meant as it is, and what is broken in the source; and of a thousand articles with formulas,
 * commands of TeX in five. */
static void every_article_is_set_whole(void **state)
{
    (void)state;
    const char *root = corpus();
    struct err err;
    struct printed printed = {0};
    struct library *library = library_open(&root, 1, &err);
    if (!library) {
        print_message("skipped: there is no %s\n", root);
        skip();
    }
    struct catalogue *catalogue = library_scan(library, &(struct library_scan){0}, &err);
    assert_non_null(catalogue);
    check_all(&printed, catalogue);
    catalogue_release(catalogue);
    library_close(library);
    report(&printed);
    assert_int_equal(printed.lines_too_wide, 0);
    assert_int_equal(left_unexplained(&printed.left), 0);
    assert_true(printed.with_commands * 1000 <= printed.with_formulas * 5);
    assert_int_equal(printed.amounts_in_formulas, 0);
    assert_int_equal(printed.words_lost, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_article_is_set_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
