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
    double sodium = 137 - 130, albumin = 3.5 - 2.9;
    double meld3 = 4.56 * log(2.5) + 0.82 * sodium - 0.24 * sodium * log(2.5) + 9.09 * log(1.5) +
                   11.14 * log(1.8) + 1.85 * albumin - 1.83 * albumin * log(1.8) + 6;
    expect_figure(text, "our example has %.0f points as a man", meld3);
    expect_figure(text, "and %.0f as a woman.", meld3 + 1.33);
}

/* Child-Pugh: the points that a finding gets are those of the columns of the table. */
static unsigned points_between(double finding, double low, double high)
{
    return finding < low ? 1 : finding <= high ? 2 : 3;
}

static void the_child_pugh_example_and_classes_are_right(void **state)
{
    struct str text = text_of(*state, "1015");
    unsigned bilirubin = points_between(2.5, 2, 3), albumin = points_between(-3.0, -3.5, -2.8),
             inr = points_between(1.5, 1.7, 2.3), ascites = 2, encephalopathy = 1;
    char words[100];
    snprintf(words, sizeof words, "$%u + %u + %u + %u + %u = %u$ points: class B", bilirubin, albumin, inr,
             ascites, encephalopathy, bilirubin + albumin + inr + ascites + encephalopathy);
    assert_true(contains(text, words));
    expect_figure(text, "The smallest possible sum is %.0f,", 5 * 1);
    expect_figure(text, "the largest %.0f.", 5 * 3);
    static const char *const rows[] = {
        "| Bilirubin, mg/dL (\xc2\xb5mol/L) | below 2 (34) | 2 to 3 (34 to 51) | above 3 (51) |",
        "| Albumin, g/dL | above 3.5 | 2.8 to 3.5 | below 2.8 |",
        "| INR | below 1.7 | 1.7 to 2.3 | above 2.3 |",
        "| 5 to 6 | A |",
        "| 7 to 9 | B |",
        "| 10 to 15 | C |",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!contains(text, rows[i]))
            fail_msg("the table should have: %s", rows[i]);
    assert_int_equal(lround(2 * 17.1), 34); /* a mg/dL of bilirubin is 17.1 micromoles a litre */
    assert_int_equal(lround(3 * 17.1), 51);
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
    expect_figure(text, "its determinant, which is %.0f;", 3 * 2 - 1 * 1);
    expect_figure(text, "\\frac{5 + \\sqrt{5}}{2} \\approx %.2f$", (5 + sqrt(5)) / 2);
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

static void the_examples_of_liver_health_are_right(void **state)
{
    struct str text = text_of(*state, "1027");
    double found = 0.60 * 20, alarms = 0.15 * 980;
    expect_figure(text, "| Cancer | %.0f | 8 |", found);
    expect_figure(text, "| No cancer | %.0f | 833 |", alarms);
    expect_figure(text, "12 are true, or %.1f %%", 100 * found / (found + alarms));
    text = text_of(*state, "1028");
    expect_figure(text, "or 1 in %.0f. It is fourteen times", 0.06 / (0.84 / 10000));
    expect_figure(text, "for some %.0f,000 tests", 10000 / 0.84 / 1000);
    text = text_of(*state, "1030");
    expect_figure(text, "| 1 %% | %.0f %% |", 100 * pow(0.99, 5));
    expect_figure(text, "| 3.4 %% | %.0f %% |", 100 * pow(0.966, 5));
    expect_figure(text, "| 20 %% | %.0f %% |", 100 * pow(0.8, 5));
    text = text_of(*state, "1061");
    expect_figure(text, "the difference is %.1f.", 2.9 - 1.1);
    expect_figure(text, "For seven litres that makes %.0f g.", 7 * 8);
    text = text_of(*state, "1064");
    expect_figure(text, "21 of 205, or %.0f %% |", 100 * 21.0 / 205);
    expect_figure(text, "51 of 88, or %.0f %% |", 100 * 51.0 / 88);
    expect_figure(text_of(*state, "1065"), "$15 / 1.5 = %.0f$", (600.0 / 40) / (195.0 / 130));
}

static void the_sum_of_the_inverse_squares_creeps(void **state)
{
    struct str text = text_of(*state, "1037");
    const double pi = acos(-1);
    double sum = 0;
    for (int n = 1; n <= 1000; n++) {
        sum += 1.0 / n / n;
        if (n == 10)
            expect_figure(text, "| 10 | %.4f |", sum);
        if (n == 100)
            expect_figure(text, "| 100 | %.4f |", sum);
    }
    expect_figure(text, "| 1000 | %.4f |", sum);
    expect_figure(text, "| $\\pi^2/6$ | %.4f |", pi * pi / 6);
    expect_figure(text, "\\approx %.3f.$$", 6 / (pi * pi));
}

static void roots_are_approached_as_the_rule_says(void **state)
{
    struct str text = text_of(*state, "1074");
    double square = 1, cube = 1;
    for (int i = 0; i < 3; i++) {
        square = (square + 2 / square) / 2;
        cube = (2 * cube + 2 / (cube * cube)) / 3;
        expect_figure(text, i < 2 ? ",\\ %.4f" : ",\\ %.4f, \\ldots", cube);
    }
    assert_true(fabs(square - 577.0 / 408) < 1e-12 && fabs(297.0 / 210 - 99.0 / 70) < 1e-12);
    double guess = (6 + 40.0 / 6) / 2;
    expect_figure(text, "\\frac{40}{6}) = %.2f$", guess);
    expect_figure(text, "the next step, %.4f,", (guess + 40 / guess) / 2);
    expect_figure(text, "That is %.6f,", 1 + 24.0 / 60 + 51.0 / 3600 + 10.0 / 216000);
}

static double choices(int n, int k)
{
    return k == 0 ? 1 : choices(n - 1, k - 1) * n / k;
}

static void choices_are_counted_right(void **state)
{
    struct str text = text_of(*state, "1038");
    double exactly = 0, fewer = 0;
    for (int k = 0; k <= 7; k++) {
        exactly = choices(10, k) * pow(0.7, k) * pow(0.3, 10 - k);
        fewer += k <= 5 ? exactly : 0;
    }
    assert_true(contains(text, "13{,}983{,}816"));
    assert_int_equal((long)(choices(49, 6) + 0.5), 13983816);
    expect_figure(text, "P(7) = %.0f \\cdot", choices(10, 7));
    expect_figure(text, "\\approx %.3f.$$", exactly);
    expect_figure(text, "P(k) \\approx %.3f.$$", fewer);
}

static void patients_move_as_the_matrix_says(void **state)
{
    struct str text = text_of(*state, "1040");
    double well = 1000, ill = 0;
    for (int year = 1; year <= 10; year++) {
        double before = well;
        well = 0.92 * well + 0.05 * ill;
        ill = 0.06 * before + 0.75 * ill;
        char row[100];
        snprintf(row, sizeof row, "| %d | %.0f | %.0f | %.0f |", year, well, ill, 1000 - well - ill);
        if ((year <= 2 || year % 5 == 0) && !contains(text, row))
            fail_msg("the text should have: %s", row);
    }
    expect_figure(text, "60 \\cdot 0.75 = %.1f$", 920 * 0.06 + 60 * 0.75);
    double determinant = 0.08 * 0.25 - 0.06 * 0.05, treated = 0.05 * 0.25 - 0.03 * 0.05;
    expect_figure(text, "= %.3f,$$", determinant);
    expect_figure(text, "{0.017} = %.1f$ years compensated", 0.25 / determinant);
    expect_figure(text, "{0.017} = %.1f$ decompensated", 0.06 / determinant);
    expect_figure(text, "promises %.1f and", 0.25 / treated);
    expect_figure(text, "and %.1f years", 0.03 / treated);
}

static void the_square_wave_is_reached(void **state)
{
    struct str text = text_of(*state, "1071");
    double sum = 0;
    for (int n = 0; n < 50; n++) {
        sum += (n % 2 ? -1.0 : 1.0) * 4 / acos(-1) / (2 * n + 1);
        if (n == 4)
            expect_figure(text, "Five waves give %.4f there", sum);
    }
    expect_figure(text, "fifty give %.4f.", sum);
}

static void the_figures_of_chemistry_are_right(void **state)
{
    struct str text = text_of(*state, "1073");
    expect_figure(text, "= 6.1 + 1.30 = %.2f.$$", 6.1 + log10(24 / 1.2));
    expect_figure(text, "\\frac{23}{1.2} = %.2f$", 6.1 + log10(23 / 1.2));
    expect_figure(text, "falls to 12 the pH would be %.2f;", 6.1 + log10(12 / 1.2));
    expect_figure(text, "it is back at %.2f.", 6.1 + log10(12 / (0.03 * 25)));
    expect_figure(text, "10^{-7.4} = %.1f \\times 10^{-8}$", 1e8 * pow(10, -7.4));
    expect_figure(text, "\\approx %.1f\\ \\%%.$$", 100 / (1 + pow(10, 9.2 - 7.4)));
    expect_figure(text, "falls from %.2f %%", 100 / (1 + pow(10, 9.2 - 7)));
    expect_figure(text, "to %.4f %%, a hundredth", 100 / (1 + pow(10, 9.2 - 5)));
    text = text_of(*state, "1039");
    expect_figure(text, "\\approx \\frac{%.3f}{k}$$", log(2));
    expect_figure(text, "$1.2 / 0.15 = %.0f$ hours", 1.2 / 0.15);
    expect_figure(text, "is left, or %.0f %%.", 100 * pow(2, -5));
}

static void memory_fades_as_the_curve_says(void **state)
{
    static const double days[] = {0, 5, 10, 20, 50, 100};
    struct buf row = {0};
    buf_add(&row, STR("| Known with |"));
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        buf_printf(&row, " %.0f %% |", 100 / sqrt(1 + 19.0 / 81 * days[i] / 10));
    struct str text = text_of(*state, "1054");
    assert_true(str_find(text, buf_str(&row)) != STR_NOT_FOUND);
    buf_free(&row);
    double exponent = 0.1542, factor = pow(0.9, -1 / exponent) - 1;
    expect_figure(text, "makes $f = %.3f$", factor);
    expect_figure(text, "after 100 days %.0f %% are known", 100 * pow(1 + factor * 10, -exponent));
    assert_true(fabs(pow(0.9, -2) - 1 - 19.0 / 81) < 1e-12);
}

/* The hole that the greedy way leaves, and the sum of the way that looks ahead: lines of six. */
static void penalties_of_lines_add_up(void **state)
{
    static const int room[2][2] = {{6 - 6, 6 - 2}, {6 - 3, 6 - 5}};
    char row[100];
    snprintf(row, sizeof row, "| Sum of squares | %d | Sum of squares | %d |",
             room[0][0] * room[0][0] + room[0][1] * room[0][1],
             room[1][0] * room[1][0] + room[1][1] * room[1][1]);
    assert_true(contains(text_of(*state, "1051"), row));
}

/* The two products of quarter turns, row by row as the text writes them. */
static void turns_are_multiplied_right(void **state)
{
    static const int a[3][3] = {{1, 0, 0}, {0, 0, -1}, {0, 1, 0}},
                     b[3][3] = {{0, -1, 0}, {1, 0, 0}, {0, 0, 1}};
    struct buf products[2] = {{0}, {0}};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            int ab = 0, ba = 0;
            for (size_t k = 0; k < 3; k++) {
                ab += a[i][k] * b[k][j];
                ba += b[i][k] * a[k][j];
            }
            const char *after = j < 2 ? " & " : i < 2 ? " \\\\ " : " \\end{bmatrix}";
            buf_printf(&products[0], "%d%s", ab, after);
            buf_printf(&products[1], "%d%s", ba, after);
        }
    struct str text = text_of(*state, "1072");
    for (size_t i = 0; i < 2; i++) {
        assert_true(str_find(text, buf_str(&products[i])) != STR_NOT_FOUND);
        buf_free(&products[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_meld_example_adds_up),
        cmocka_unit_test(the_child_pugh_example_and_classes_are_right),
        cmocka_unit_test(the_example_of_bayes_theorem_adds_up),
        cmocka_unit_test(the_figures_of_other_examples_are_right),
        cmocka_unit_test(the_examples_of_mathematics_are_right),
        cmocka_unit_test(intervals_of_repetition_grow_as_the_rule_says),
        cmocka_unit_test(protein_of_the_day_adds_up),
        cmocka_unit_test(distances_of_words_are_right),
        cmocka_unit_test(the_examples_of_liver_health_are_right),
        cmocka_unit_test(the_sum_of_the_inverse_squares_creeps),
        cmocka_unit_test(roots_are_approached_as_the_rule_says),
        cmocka_unit_test(choices_are_counted_right),
        cmocka_unit_test(patients_move_as_the_matrix_says),
        cmocka_unit_test(the_square_wave_is_reached),
        cmocka_unit_test(the_figures_of_chemistry_are_right),
        cmocka_unit_test(memory_fades_as_the_curve_says),
        cmocka_unit_test(penalties_of_lines_add_up),
        cmocka_unit_test(turns_are_multiplied_right),
    };
    return cmocka_run_group_tests(tests, open_shelf, close_shelf);
}
