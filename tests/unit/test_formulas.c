/* Formulas as they are set: on the line, displayed, in ASCII; and what their spans tell of the source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/layout.h"

static void assert_page(const char *source, const struct layout_options *options, const char *expected)
{
    struct arena arena = {0};
    struct layout layout;
    struct buf out = {0};
    layout_build(&arena, markdown_parse(&arena, str_from(source)), options, &layout);
    for (size_t i = 0; i < layout.line_count; i++) {
        struct str line = layout_line_text(&arena, &layout.lines[i]);
        buf_add(&out, text_safe(&arena, line, options->charset, false));
        buf_add_byte(&out, '\n');
    }
    assert_string_equal(buf_cstr(&out), expected);
    buf_free(&out);
    arena_free(&arena);
}

static void assert_set(const char *source, const char *expected)
{
    assert_page(source, &(struct layout_options){.width = 60}, expected);
}

static void assert_ascii(const char *source, const char *expected)
{
    assert_page(source, &(struct layout_options){.width = 60, .charset = TEXT_ASCII}, expected);
}

static void slashes_get_the_brackets_that_bars_gave(void **state)
{
    (void)state;
    assert_set("$\\frac{a+b}{2c}$", "(a + b)/(2c)\n");
    assert_set("$\\frac{ab}{c}d$", "(ab/c)d\n");
    assert_set("$\\frac12 + 2\\frac13$", "½ + 2⅓\n");
    assert_set("$\\frac{dy}{dx}$", "dy/dx\n");
    assert_set("$\\frac{P(B|A)}{P(B)}$", "P(B|A)/P(B)\n");
    assert_set("$\\frac{1}{n(n+1)}$", "1/(n(n + 1))\n");
    assert_set("$\\sin\\frac{x}{2}$", "sin(x/2)\n");
    assert_set("$x^{\\frac12}$", "x^(1/2)\n");
    assert_set("$-\\frac{b}{2a} + (-\\frac12)$", "−b/(2a) + (−½)\n");
    assert_set("$\\sqrt{a+b} + \\sqrt{2}x + \\sqrt[3]{8}$", "√(a + b) + √2 x + ∛8\n");
}

static void a_sign_behind_a_bar_that_opens_is_no_operator(void **state)
{
    (void)state;
    assert_set("$|-a| = |a|-|-b|$", "|−a| = |a| − |−b|\n");
    assert_set("$||-v|| + \\|-v\\|$", "||−v|| + ‖−v‖\n");
}

static void scripts_use_small_characters_where_all_are_there(void **state)
{
    (void)state;
    assert_set("$x^2 + y_1 + a_{ij}^{n+1}$", "x² + y₁ + aᵢⱼⁿ⁺¹\n");
    assert_set("$e^{-\\lambda t} + x_B$", "e^(−λt) + x_B\n");
    assert_set("$\\sigma_X^2$", "σ²_X\n");
    assert_set("$\\sum_{i=1}^n i \\quad \\int_{-L}^{L} f$", "∑ᵢ₌₁ⁿ i  ∫_(−L)^L f\n");
    assert_set("$90^\\circ + A^T + f''$", "90° + Aᵀ + f″\n");
}

static void tables_are_read_on_a_line(void **state)
{
    (void)state;
    assert_set("$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$", "[1 2; 3 4]\n");
    assert_set("$\\begin{pmatrix} x+y & z \\\\ 3 & 4 \\end{pmatrix}$", "(x + y, z; 3, 4)\n");
    assert_set("$\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}$",
               "{x if x > 0; 0 otherwise}\n");
    assert_set("$\\binom{n}{k}$", "C(n, k)\n");
}

static void displays_have_two_dimensions(void **state)
{
    (void)state;
    assert_set("$$x = \\frac{a}{b+1}$$.", "          a\n    x = ─────.\n        b + 1\n");
    assert_set("$$\\left(\\frac a b\\right)^2$$", "    ⎛a⎞²\n    ⎜─⎟\n    ⎝b⎠\n");
    assert_set("$$\\sum_{i=1}^n i$$", "     n\n     ∑  i\n    i=1\n");
}

static void a_high_display_is_set_off_from_its_paragraph(void **state)
{
    (void)state;
    assert_set("so $$x = y$$ and", "so\n    x = y\nand\n");
    assert_set("so $$\\frac a b$$ and $$\\frac c d$$",
               "so\n\n    a\n    ─\n    b\n\nand\n\n    c\n    ─\n    d\n");
}

static void ascii_has_names_and_strokes(void **state)
{
    (void)state;
    assert_ascii("$\\alpha x^2 \\to \\frac{1}{2} \\leq \\sqrt{\\beta}$", "alpha x^2 -> 1/2 <= sqrt(beta)\n");
    assert_ascii("$$\\left(\\frac{a}{b}\\right)$$", "    /a\\\n    |-|\n    \\b/\n");
    assert_ascii("$$\\sqrt{a+b}$$", "      _____\n    \\/a + b\n");
}

static void formulas_break_behind_their_signs(void **state)
{
    (void)state;
    struct layout_options narrow = {.width = 22};
    assert_page("$aaaa + bbbb + cccc = dddd + eeee$", &narrow, "aaaa + bbbb + cccc =\ndddd + eeee\n");
    assert_page("$$aaaa + bbbb + cccc = dddd + eeee$$", &narrow,
                "    aaaa + bbbb + cccc\n        = dddd + eeee\n");
}

/* The spans of a formula carry its source, which is what is copied, and tell where its line begins. */
static void spans_know_the_formula_that_they_belong_to(void **state)
{
    (void)state;
    static const char source[] = "word\n\n$$\\frac{a}{b}$$\n\n$x^2$ and $y$\n";
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 40};
    layout_build(&arena, markdown_parse(&arena, str_from(source)), &options, &layout);
    assert_int_equal(layout.formula_count, 3);
    assert_true(str_eq(layout.formulas[0].source, STR("$$\\frac{a}{b}$$")));
    for (size_t i = 2; i < 5; i++) {
        assert_int_equal(layout.lines[i].count, 1);
        assert_int_equal(layout.lines[i].spans[0].formula, 1);
        assert_int_equal(layout.lines[i].offset, 6);
    }
    const struct layout_line *last = &layout.lines[6];
    assert_int_equal(last->count, 3);
    assert_true(str_eq(layout.formulas[last->spans[0].formula - 1].source, STR("$x^2$")));
    assert_int_equal(last->spans[1].formula, 0);
    assert_int_equal(last->offset, 23);
    arena_free(&arena);
}

static void headings_are_listed_with_their_formulas_set(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 40};
    layout_build(&arena, markdown_parse(&arena, STR("# Why $x^2 \\geq 0$\n")), &options, &layout);
    assert_true(str_eq(layout.headings[0].text, STR("Why x² ≥ 0")));
    arena_free(&arena);
}

static void what_is_not_understood_stands_out(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 40};
    layout_build(&arena, markdown_parse(&arena, STR("$x + \\foo{y}$")), &options, &layout);
    bool found = false;
    for (uint32_t i = 0; i < layout.lines[0].count; i++) {
        const struct layout_span *span = &layout.lines[0].spans[i];
        bool source = (span->style & STYLE_ROLE_MASK) == STYLE_MATH_SOURCE;
        assert_int_equal(source, str_eq(span->text, STR("\\foo")));
        found = found || source;
    }
    assert_true(found);
    arena_free(&arena);
}

static void definitions_hold_for_the_rest_of_the_page(void **state)
{
    (void)state;
    assert_set("$\\newcommand{\\R}{\\mathbb{R}}$\n\nIn $\\R^n$\n\n|$\\R$|b|\n|---|---|\n|c|d|\n",
               "In ℝⁿ\n\nℝ │ b\n──┼──\nc │ d\n");
}

/* As running text and displayed, at any width. */
static void assert_sound(struct str tex, const struct layout_options *options)
{
    struct arena arena = {0};
    struct layout layout;
    struct node display = {.kind = NODE_MATH_DISPLAY, .text = tex, .source = tex};
    struct node line = {.kind = NODE_MATH, .text = tex, .source = tex, .next = &display};
    struct node paragraph = {.kind = NODE_PARAGRAPH, .first = &line, .last = &display};
    struct node document = {.kind = NODE_DOCUMENT, .first = &paragraph, .last = &paragraph, .text = tex};
    layout_build(&arena, &document, options, &layout);
    for (size_t i = 0; i < layout.line_count; i++)
        for (uint32_t s = 0; s < layout.lines[i].count; s++)
            assert_true(layout.lines[i].spans[s].column + layout.lines[i].spans[s].width <= options->width);
    assert_int_equal(layout.formula_count, 2);
    arena_free(&arena);
}

static void broken_formulas_are_set_all_the_same(void **state)
{
    (void)state;
    static const char *const formulas[] = {
        "",
        "\\",
        "5\\ce{\\middle\\",
        "\\middle\\ 5",
        "\\sqrt{}\\frac{}{}^{}_{}",
        "\\text{}5\\text{} \\mathrm{}x",
        "\\left\\right\\left.\\right.",
        "\\begin{pmatrix}\\end{pmatrix}\\begin{cases}",
        "\\overbrace{}^{}\\xrightarrow{}\\boxed{}\\hat{}\\vec{}\\overline{}",
        "x \\tag{} \\\\ \\tag{\\frac12}",
    };
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        for (size_t width = 1; width <= 41; width += 8) {
            assert_sound(str_from(formulas[i]), &(struct layout_options){.width = width});
            assert_sound(str_from(formulas[i]),
                         &(struct layout_options){.width = width, .charset = TEXT_ASCII});
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slashes_get_the_brackets_that_bars_gave),
        cmocka_unit_test(a_sign_behind_a_bar_that_opens_is_no_operator),
        cmocka_unit_test(scripts_use_small_characters_where_all_are_there),
        cmocka_unit_test(tables_are_read_on_a_line),
        cmocka_unit_test(displays_have_two_dimensions),
        cmocka_unit_test(a_high_display_is_set_off_from_its_paragraph),
        cmocka_unit_test(ascii_has_names_and_strokes),
        cmocka_unit_test(formulas_break_behind_their_signs),
        cmocka_unit_test(spans_know_the_formula_that_they_belong_to),
        cmocka_unit_test(headings_are_listed_with_their_formulas_set),
        cmocka_unit_test(what_is_not_understood_stands_out),
        cmocka_unit_test(definitions_hold_for_the_rest_of_the_page),
        cmocka_unit_test(broken_formulas_are_set_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
