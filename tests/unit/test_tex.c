/* The TeX of formulas as trees, and how little it takes for input that is meant to take long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/tex.h"

static void assert_tree(const char *source, const char *expected)
{
    struct arena arena = {0};
    struct tex_definitions definitions = {0};
    struct buf out = {0};
    tex_dump(tex_parse(&arena, str_from(source), &definitions), &out);
    assert_string_equal(buf_cstr(&out), expected);
    buf_free(&out);
    arena_free(&arena);
}

static void scripts_belong_to_the_atom_before_them(void **state)
{
    (void)state;
    assert_tree("x^2", "(row (scripts x 2))");
    assert_tree("x_i^{n+1}", "(row (scripts x (row n + 1) i))");
    assert_tree("x^10", "(row (scripts x 1) 0)");
    assert_tree("f''(x)", "(row (scripts f (row ″)) ( x ))");
    assert_tree("f'^2", "(row (scripts f (row ′ 2)))");
    assert_tree("{}^{14}C", "(row (scripts (row) (row 14)) C)");
    assert_tree("x^2^3", "(row (scripts x 2) (scripts (row) 3))");
    assert_tree("\\sum\\limits_{i=1}", "(row (scripts ∑ - (row i = 1)))");
}

static void commands_take_groups_or_tokens(void **state)
{
    (void)state;
    assert_tree("\\frac{a}{b+c}", "(row (frac (row a) (row b + c)))");
    assert_tree("\\frac12", "(row (frac 1 2))");
    assert_tree("a \\over b", "(row (frac (row a) (row b)))");
    assert_tree("\\sqrt[3]{x}", "(row (root (row x) (row 3)))");
    assert_tree("\\text{if  $x$ is\\ odd}",
                "(row (row (words if) (space 1) (row x) (space 1) (words is odd)))");
    assert_tree("\\mathbb{R} \\mathcal{L}", "(row (row ℝ) (row ℒ))");
    assert_tree("\\not\\in \\not=", "(row ∉ ≠)");
    assert_tree("\\xrightarrow[b]{a}", "(row (arrow → - (row a) (row b)))");
    assert_tree("\\color{red} x \\textcolor{red}{y}", "(row x (row y))");
    assert_tree("x \\hspace{1em} y \\label{z}", "(row x (space 2) y)");
}

static void brackets_hold_what_they_enclose(void **state)
{
    (void)state;
    assert_tree("\\left( x \\right]", "(row (fenced ( ] (row x)))");
    assert_tree("\\left. x \\middle| y \\right\\}", "(row (fenced  } (row x | y)))");
    assert_tree("\\bigl( x \\bigr)", "(row ( x ))");
}

static void tables_have_rows_and_cells(void **state)
{
    (void)state;
    assert_tree("\\begin{pmatrix} a & b \\\\[2pt] c & d \\\\ \\end{pmatrix}",
                "(row (table ( ) (tr (row a) (row b)) (tr (row c) (row d))))");
    assert_tree("\\begin{align*} x &= 1 \\\\ &+ 2 \\end{align*}",
                "(row (table  (tr (row x) (row (row) = 1)) (tr (row) (row (row) + 2))))");
    assert_tree("a = b \\\\ c = d", "(table  (tr (row a = b)) (tr (row c = d)))");
    assert_tree("\\substack{a \\\\ b}", "(row (table  (tr (row a)) (tr (row b))))");
}

static void numbers_keep_their_marks(void **state)
{
    (void)state;
    assert_tree("1,234.5 10{,}000", "(row 1,234.5 10,000)");
    assert_tree("(1,2)", "(row ( 1 , 2 ))");
}

static void what_is_not_understood_is_kept(void **state)
{
    (void)state;
    assert_tree("\\struct{x}", "(row (? \\struct) (row x))");
    assert_tree("x } y", "(row x (? }) y)");
    assert_tree("a & b", "(row a (? &) b)");
    assert_tree("\\frac{a}", "(row (row (? \\frac) (row a)))");
    assert_tree("x^", "(row (scripts x (? ^)))");
    assert_tree("\\right) \\end{x}", "(row (? \\right) ) (? \\end) (row x))");
    assert_tree("\\left( x", "(row (fenced (  (row x)))");
    assert_tree("\\begin{foo} x \\end{foo}",
                "(row (row (? \\begin{foo}) (table  (tr (row x))) (? \\end{foo})))");
    assert_tree("\\", "(row (? \\))");
    assert_tree("", "(row)");
}

static void definitions_last_and_do_not_recurse(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct tex_definitions definitions = {0};
    struct buf out = {0};
    tex_parse(&arena,
              STR("\\newcommand{\\p}[2][x]{(#1, #2)} \\def\\e{\\e z} \\DeclareMathOperator{\\s}{sgn}"),
              &definitions);
    tex_dump(tex_parse(&arena, STR("\\p{y} \\p[a]{b} \\e \\s"), &definitions), &out);
    assert_string_equal(buf_cstr(&out), "(row ( x , y ) ( a , b ) (? \\e) z (row (words sgn)))");
    buf_free(&out);
    arena_free(&arena);
    assert_tree("\\def\\be{\\begin{pmatrix}}\\def\\ee{\\end{pmatrix}} \\be a \\ee",
                "(row (table ( ) (tr (row a))))");
}

static void chemistry_has_counts_charges_and_arrows(void **state)
{
    (void)state;
    assert_tree("\\ce{H2O}", "(row (row (scripts H - 2) O))");
    assert_tree("\\ce{SO4^2-}", "(row (row S (scripts O (row 2 −) 4)))");
    assert_tree("\\ce{Na+ + e-}",
                "(row (row (scripts Na (row +)) (space 1) + (space 1) (scripts e (row −))))");
    assert_tree("\\ce{A ->[x] B v}", "(row (row A (space 1) (arrow → - (row x)) (space 1) B (space 1) ↓))");
    assert_tree("\\ce{C-C}", "(row (row C – C))");
}

/* What is opened without an end, or asks for what never comes, takes memory and time in proportion to its length. */
static void hostile_formulas_stay_small(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "{",
        "}",
        "^",
        "_",
        "x^",
        "\\frac",
        "\\left(",
        "\\begin{pmatrix}",
        "\\sqrt[",
        "\\text{",
        "\\text{$",
        "\\ce{",
        "\\hat",
        "&",
        "\\\\",
        "\\\\[",
        "\\def\\a{\\a",
        "'",
        "\\over",
        "\\not",
        "\\mathbb{",
        "$",
        "#1",
        "\\end{",
        "\\overbrace",
        "x_x",
        "\\ce{^{2}_",
        "\\right)",
        "\\substack{",
        "\\boxed{",
        "\\newcommand{\\a}{\\a\\a}\\a",
        "((",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct arena arena = {0};
        struct tex_definitions definitions = {0};
        struct buf source = {0}, out = {0};
        while (source.len < 100000)
            buf_add(&source, str_from(pieces[i]));
        tex_dump(tex_parse(&arena, buf_str(&source), &definitions), &out);
        assert_true(out.len < 40 * source.len);
        assert_true(arena.total < 400 * source.len);
        buf_free(&out);
        buf_free(&source);
        arena_free(&arena);
    }
}

/* Each definition doubles the one before it: 2^60 letters, if nothing stopped them. */
static void definitions_that_multiply_are_stopped(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct tex_definitions definitions = {0};
    struct buf source = {0}, out = {0};
    buf_add(&source, STR("\\def\\a{x}"));
    for (int c = 'b'; c <= 'z'; c++)
        buf_printf(&source, "\\def\\%c{\\%c\\%c}", c, c - 1, c - 1);
    buf_add(&source, STR("\\z"));
    tex_dump(tex_parse(&arena, buf_str(&source), &definitions), &out);
    assert_true(out.len < 1 << 20);
    buf_free(&out);
    buf_free(&source);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_belong_to_the_atom_before_them),
        cmocka_unit_test(commands_take_groups_or_tokens),
        cmocka_unit_test(brackets_hold_what_they_enclose),
        cmocka_unit_test(tables_have_rows_and_cells),
        cmocka_unit_test(numbers_keep_their_marks),
        cmocka_unit_test(what_is_not_understood_is_kept),
        cmocka_unit_test(definitions_last_and_do_not_recurse),
        cmocka_unit_test(chemistry_has_counts_charges_and_arrows),
        cmocka_unit_test(hostile_formulas_stay_small),
        cmocka_unit_test(definitions_that_multiply_are_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
