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
};

static bool is_verbatim(style look)
{
    enum style_role role = look & STYLE_ROLE_MASK;
    return (role >= STYLE_CODE && role <= STYLE_CODE_COMMENT) || role == STYLE_MATH;
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
    }
    tally->articles++;
    tally->articles_left += left;
}

/* Left may be what the author meant as it is, as a row of underscores to be
 * filled in, and tables that are broken. */
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
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hardly_any_markup_is_left_on_any_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
