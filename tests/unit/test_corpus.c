/* Every article of a real library, parsed and laid out. Skipped where there is
 * none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lectern/layout.h"
#include "lectern/library.h"

static const char *corpus(void)
{
    const char *folder = getenv("LECTERN_CORPUS");
    return folder ? folder : "build/corpus";
}

/* Markup of Markdown that would be seen if it were not understood. */
static const char *const markup[] = {"\\n", "**", "__", "###", "|---", "&nbsp;", "&amp;", "<br"};

#define MARKUP_PAIR 0 /* an escaped break */
#define MARKUP      (sizeof markup / sizeof *markup)

struct tally {
    size_t articles, left[MARKUP], articles_left, lines_too_wide;
    size_t with_formulas, with_commands; /* articles */
    size_t amounts_in_formulas;
};

static bool is_verbatim(style look)
{
    enum style_role role = look & STYLE_ROLE_MASK;
    return (role >= STYLE_CODE && role <= STYLE_CODE_COMMENT) || role == STYLE_MATH_SOURCE;
}

/* The offset of a command of TeX: a backslash and letters. */
static size_t command_at(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        char next = text.at[i + 1];
        if (text.at[i] == '\\' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')))
            return i;
    }
    return STR_NOT_FOUND;
}

/* Whether the page shows TeX: what the setter has not understood, or never saw. Prints what. */
static bool shows_tex(const struct layout *layout, struct str path)
{
    bool shows = false;
    for (size_t i = 0; i < layout->line_count; i++) {
        for (uint32_t s = 0; s < layout->lines[i].count; s++) {
            const struct layout_span *span = &layout->lines[i].spans[s];
            enum style_role role = span->style & STYLE_ROLE_MASK;
            size_t command = command_at(span->text);
            bool code = role >= STYLE_CODE && role <= STYLE_CODE_COMMENT;
            if (role != STYLE_MATH_SOURCE && (code || command == STR_NOT_FOUND))
                continue;
            struct str left =
                role == STYLE_MATH_SOURCE ? span->text : str_slice(span->text, command, command + 20);
            print_message("%.*s leaves %.*s\n", STR_ARG(path), STR_ARG(left));
            shows = true;
        }
    }
    return shows;
}

/* Words that stand by amounts of money and in no formula. */
static bool is_amount(struct str formula)
{
    static const char *const words[] = {"million", "billion", "thousand", "dollar",
                                        "revenue", "price",   "cost"};
    if (formula.len < 2 || formula.at[0] != '$' || formula.at[1] < '0' || formula.at[1] > '9')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(formula, str_from(words[i])) != STR_NOT_FOUND && command_at(formula) == STR_NOT_FOUND)
            return true;
    return false;
}

static void check_formulas(struct tally *tally, const struct layout *layout, struct str path)
{
    bool left = shows_tex(layout, path);
    tally->with_formulas += layout->formula_count > 0;
    tally->with_commands += layout->formula_count > 0 && left;
    for (size_t i = 0; i < layout->formula_count; i++)
        tally->amounts_in_formulas += is_amount(layout->formulas[i].source);
}

/* Returns whether some is left on the line. */
static bool check_line(struct tally *tally, const struct layout_line *line, size_t width, struct str path)
{
    size_t end = 0;
    bool left = false;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        end = span->column + span->width;
        for (size_t kind = 0; kind < MARKUP && !is_verbatim(span->style); kind++) {
            if (str_find(span->text, str_from(markup[kind])) == STR_NOT_FOUND)
                continue;
            tally->left[kind]++;
            left = true;
            print_message("%.*s: %.*s\n", STR_ARG(path), STR_ARG(span->text));
        }
    }
    tally->lines_too_wide += end > width;
    return left;
}

static void check_article(struct tally *tally, struct arena *arena, struct str text, struct str path)
{
    struct layout layout;
    const struct node *root = markdown_parse(arena, text);
    bool left = false;
    for (size_t width = 40; width <= 80; width += 40) {
        struct layout_options options = {.width = width, .charset = TEXT_UTF8};
        layout_build(arena, root, &options, &layout);
        for (size_t i = 0; i < layout.line_count; i++)
            left = check_line(tally, &layout.lines[i], width, path) || left;
        if (width == 80)
            check_formulas(tally, &layout, path);
    }
    tally->articles++;
    tally->articles_left += left;
}

/* Left may be what the author meant as it is, as a row of underscores to be filled in, and tables that are broken; and of
 * a thousand articles with formulas, commands of TeX in five. */
static void hardly_any_markup_is_left_on_any_page(void **state)
{
    (void)state;
    const char *root = corpus();
    struct err err;
    struct library *library = library_open(&root, 1, &err);
    if (!library) {
        print_message("skipped: there is no %s\n", root);
        skip();
    }
    struct catalogue *catalogue = library_scan(library, &(struct library_scan){0}, &err);
    assert_non_null(catalogue);
    struct tally tally = {0};
    struct arena arena = {0};
    for (uint32_t file = 0; file < catalogue_file_count(catalogue); file++) {
        struct article article;
        assert_int_equal(library_read(library, catalogue, file, &arena, &article, &err), 0);
        check_article(&tally, &arena, article.text, catalogue_file(catalogue, file).path);
        arena_reset(&arena);
    }
    arena_free(&arena);
    catalogue_release(catalogue);
    library_close(library);
    print_message("%zu articles laid out\n", tally.articles);
    for (size_t kind = 0; kind < MARKUP; kind++)
        print_message("lines with %s: %zu\n", markup[kind], tally.left[kind]);
    assert_int_equal(tally.left[MARKUP_PAIR], 0);
    assert_true(tally.articles_left <= tally.articles / 1000);
    assert_int_equal(tally.lines_too_wide, 0);
    print_message("%zu articles with formulas, %zu of them leave a command\n", tally.with_formulas,
                  tally.with_commands);
    assert_true(tally.with_commands * 1000 <= tally.with_formulas * 5);
    assert_int_equal(tally.amounts_in_formulas, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hardly_any_markup_is_left_on_any_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
