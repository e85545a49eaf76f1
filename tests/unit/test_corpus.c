/* Every article of a real library, parsed and laid out. Skipped where there is none. */
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

struct tally {
    size_t articles, pairs_in_text, lines_too_wide;
};

static bool is_verbatim(style look)
{
    enum style_role role = look & STYLE_ROLE_MASK;
    return (role >= STYLE_CODE && role <= STYLE_CODE_COMMENT) || role == STYLE_MATH;
}

static void check_line(struct tally *tally, const struct layout_line *line, size_t width, struct str path)
{
    size_t end = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        const struct layout_span *span = &line->spans[i];
        end = span->column + span->width;
        if (is_verbatim(span->style) || str_find(span->text, STR("\\n")) == STR_NOT_FOUND)
            continue;
        tally->pairs_in_text++;
        print_message("%.*s: %.*s\n", STR_ARG(path), STR_ARG(span->text));
    }
    tally->lines_too_wide += end > width;
}

static void check_article(struct tally *tally, struct arena *arena, struct str text, struct str path)
{
    struct layout layout;
    const struct node *root = markdown_parse(arena, text);
    for (size_t width = 40; width <= 80; width += 40) {
        struct layout_options options = {.width = width, .charset = TEXT_UTF8};
        layout_build(arena, root, &options, &layout);
        for (size_t i = 0; i < layout.line_count; i++)
            check_line(tally, &layout.lines[i], width, path);
    }
    tally->articles++;
}

static void no_escaped_break_is_left_on_any_page(void **state)
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
    assert_int_equal(tally.pairs_in_text, 0);
    assert_int_equal(tally.lines_too_wide, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_escaped_break_is_left_on_any_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
