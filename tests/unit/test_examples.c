/* The figures of the bundled library: its worked examples are computed anew. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "shelf.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_meld_example_adds_up),
        cmocka_unit_test(the_example_of_bayes_theorem_adds_up),
        cmocka_unit_test(the_figures_of_other_examples_are_right),
        cmocka_unit_test(the_examples_of_mathematics_are_right),
        cmocka_unit_test(intervals_of_repetition_grow_as_the_rule_says),
        cmocka_unit_test(protein_of_the_day_adds_up),
        cmocka_unit_test(distances_of_words_are_right),
    };
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
