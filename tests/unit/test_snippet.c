#include "lectern/text.h"
#include "searched.h"

#define ELLIPSIS "\xe2\x80\xa6"

/* A library without articles, for queries that are only there to mark. */
static struct catalogue *empty;

static int make_empty(void **state)
{
    if (folder_make(state) != 0)
        return -1;
    empty = folder_scan(*state);
    return empty ? 0 : -1;
}

static int drop_empty(void **state)
{
    catalogue_release(empty);
    return folder_remove(state);
}

/* What is marked without an index: the words as they were typed. */
static const struct search_marks *marks_of(struct arena *arena, const char *text)
{
    struct place place = {.catalogue = empty};
    struct search_results results;
    place_search(&place, text, 1, arena, &results);
    return results.marks;
}

static struct str snippet(struct arena *arena, const char *query, struct str text, size_t cells)
{
    return search_snippet(arena, marks_of(arena, query), text, cells, true, NULL);
}

static void assert_snippet(const char *query, const char *text, size_t cells, const char *expected)
{
    struct arena arena = {0};
    struct str result = snippet(&arena, query, str_from(text), cells);
    assert_string_equal(result.at, expected);
    assert_true(text_width(result, TEXT_UTF8) <= cells);
    arena_free(&arena);
}

static void assert_marks(const char *query, struct str text, const char *expected)
{
    struct arena arena = {0};
    struct buf marked = {0};
    size_t least = 0;
    const struct search_marks *marks = marks_of(&arena, query);
    const struct search_mark *places;
    size_t count = search_find_marks(&arena, marks, INDEX_TEXT, text, SIZE_MAX, &places);
    for (size_t i = 0; i < count; i++) {
        assert_true(places[i].start >= least && places[i].end > places[i].start && places[i].end <= text.len);
        buf_add(&marked, str_slice(text, places[i].start, places[i].end));
        buf_add_byte(&marked, '|');
        least = places[i].end;
    }
    assert_string_equal(buf_cstr(&marked), expected);
    buf_free(&marked);
    arena_free(&arena);
}

static void whole_words_and_the_last_prefix_are_marked(void **state)
{
    (void)state;
    assert_marks("liver fail", STR("Liver: delivers livers FAILURE fails afail"), "Liver|FAIL|fail|");
    assert_marks("liver fail ", STR("liver fail failure"), "liver|fail|");
    assert_marks("na", STR("Na\xc3\xafve a\xcc\x81na"), "Na|");
    assert_marks("nai", STR("na\xc3\xafve nai\xcc\x88ve"), "na\xc3\xaf|nai\xcc\x88|"); /* with its mark */
    assert_marks("fi", STR("\xef\xac\x81sh"), "\xef\xac\x81|");                        /* the ligature fi */
    assert_marks("", STR("a b"), "");
    assert_marks("be", STR("bebe bebe"), "be|be|"); /* one a word */
    assert_marks("child", STR("child's"), "child's|");
}

static void the_first_letters_tell_words_apart(void **state)
{
    (void)state;
    assert_marks("a ", STR("A an a, b A"), "A|a|A|");
    assert_marks("a", STR("A an ab b"), "A|a|a|");
    assert_marks("dna rna ", STR("DNA Dna does R rNA run 3D"), "DNA|Dna|rNA|");
    assert_marks("b12 12", STR("B12 b1 12 120 b 1"), "B12|12|12|");
    assert_marks("meniere ", STR("M\xc3\xa9ni\xc3\xa8re Meniere me\xcc\x81niere mani"),
                 "M\xc3\xa9ni\xc3\xa8re|Meniere|me\xcc\x81niere|");
    assert_marks("naive ",
                 STR("n\xc2\xad"
                     "aive na\xc3\xafve none"),
                 "n\xc2\xad"
                 "aive|na\xc3\xafve|");
    assert_marks("o'clock ",
                 STR("O'Clock o\xe2\x80\x99"
                     "clock oclock other"),
                 "O'Clock|o\xe2\x80\x99"
                 "clock|oclock|");
}

static void phrases_are_marked_where_they_stand_whole(void **state)
{
    (void)state;
    assert_marks("\"liver failure\"", STR("Liver and failure; liver-failure. Liver failures"),
                 "liver-failure|");
    assert_marks("\"acute liver failure\" liver ", STR("acute liver disease, acute liver failure"),
                 "liver|acute liver failure|");
    assert_marks("\"the the the\"", STR("the the the the"), "the the the|");
    assert_marks("\"liver fail", STR("liver failing, the liver"), "liver fail|");
    assert_marks("\"liver\"", STR("the liver"), "liver|");
}

static void what_is_excluded_or_looked_for_elsewhere_is_not_marked(void **state)
{
    (void)state;
    assert_marks("liver -failure ", STR("liver failure"), "liver|");
    assert_marks("title:liver answer:failure subject:acute ", STR("acute liver failure"), "failure|");
    assert_marks("id:5 has:code liver", STR("5 code liver"), "liver|");
}

static void formulas_are_set(void **state)
{
    (void)state;
    assert_snippet("rank", "The rank of $A_1$ is \\(\\frac{n}{2}\\), at $5 or $6.", 60,
                   "The rank of A\xe2\x82\x81 is n/2, at $5 or $6.");
    assert_snippet("rank", "rank:\n\n$$\nx^2 +\n y\n$$\n\nthen", 60, "rank: x\xc2\xb2 + y then");
    assert_snippet("frac", "The $x_1$ and \\(\\frac{n}{2}\\)", 60,
                   "The x\xe2\x82\x81 and \\(\\frac{n}{2}\\)");
    assert_snippet("rank", "Here `$a$` is code; rank", 60, "Here $a$ is code; rank");
}

static void a_snippet_does_not_begin_inside_a_formula(void **state)
{
    (void)state;
    assert_snippet("rank", "Many words stand here before $a + b = c$ rank of it and many words behind it", 24,
                   ELLIPSIS "a + b = c rank of it" ELLIPSIS);
}

static void formulas_stay_as_written_where_they_are_not_asked_for(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str shown = search_snippet(&arena, NULL, STR("costs $HOME/$PATH"), 60, false, NULL);
    assert_string_equal(shown.at, "costs $HOME/$PATH");
    arena_free(&arena);
}

static void marks_in_the_whole_text_are_counted(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t found = 9;
    search_snippet(&arena, marks_of(&arena, "liver fail"), STR("Liver failure. The liver failed."), 10, true,
                   &found);
    assert_int_equal(found, 4);
    search_snippet(&arena, NULL, STR("Liver"), 10, true, &found);
    assert_int_equal(found, 0);
    arena_free(&arena);
}

static void the_densest_place_is_shown(void **state)
{
    (void)state;
    assert_snippet("liver failure ",
                   "The liver is large. It lies on the right. Nothing else is said of it here. "
                   "Acute liver failure is rare. There is much to add to this.",
                   40, ELLIPSIS "here. Acute liver failure is rare." ELLIPSIS);
    assert_snippet("failure", "Failure comes first here and then comes a lot of text", 20,
                   "Failure comes first" ELLIPSIS);
}

static void without_a_hit_the_beginning_is_shown(void **state)
{
    (void)state;
    assert_snippet("zebra", "One two three four", 40, "One two three four");
    assert_snippet("zebra", "One two three four", 12, "One two" ELLIPSIS);
    assert_snippet("", "One\n\n  two\tthree", 40, "One two three");
    assert_snippet("a", "", 40, "");
}

static void markup_is_left_out(void **state)
{
    (void)state;
    assert_snippet("x", "## A **bold** heading\n\n1. First `code`\n2. Second\n- item\n> said\n", 80,
                   "A bold heading First code Second item said");
    assert_snippet("x", "| a | b |\n|---|:-:|\n| 1 | 2 |\n", 80, "a b 1 2");
    assert_snippet("x", "```python\nprint(1)\n```\nAfter", 80, "print(1) After");
    assert_snippet("x", "See [the page](http://a.b/c) and [0, 1] or ![a picture](p.png).", 80,
                   "See the page and [0, 1] or a picture.");
    assert_snippet("x", "3.5 grams, - 2 and 2024. Then", 80, "3.5 grams, - 2 and 2024. Then");
}

static void any_width_and_any_bytes_give_valid_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\xe8\x82\x9d\xe7\xa1\xac\xe5\x8c\x96\xe8\x82\x9d\xe7\xa1\xac\xe5\x8c\x96",
        "e\xcc\x81\xcc\x82\xcc\x83 liver e\xcc\x81\xcc\x82\xcc\x83 liver",
        "[[[[[](](](]]]]((((****||||```` liver [a](b",
        "\xf0\x9f\x98\x80\xf0\x9f\x98\x80 liver \xf0\x9f\x98\x80\xf0\x9f\x98\x80",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (size_t cells = 0; cells < 30; cells++) {
            struct arena arena = {0};
            struct str result = snippet(&arena, "liver \xe5\x8c\x96", str_from(texts[i]), cells);
            assert_true(text_invalid_at(result) == STR_NOT_FOUND);
            assert_true(text_width(result, TEXT_UTF8) <= cells);
            arena_free(&arena);
        }
}

static void long_texts_do_not_hold_it_up(void **state)
{
    (void)state;
    size_t len = (size_t)4 << 20;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    static const char *const fills[] = {"a", "a ", "[", "*", "\n# ", "](", "a\xcc\x81"};
    for (size_t f = 0; f < sizeof fills / sizeof fills[0]; f++) {
        for (size_t i = 0; i < len; i++)
            bytes[i] = fills[f][i % strlen(fills[f])];
        struct arena arena = {0};
        struct str result = snippet(&arena, "a", (struct str){bytes, len}, 60);
        assert_true(text_width(result, TEXT_UTF8) <= 60);
        arena_free(&arena);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_words_and_the_last_prefix_are_marked),
        cmocka_unit_test(the_first_letters_tell_words_apart),
        cmocka_unit_test(phrases_are_marked_where_they_stand_whole),
        cmocka_unit_test(what_is_excluded_or_looked_for_elsewhere_is_not_marked),
        cmocka_unit_test(formulas_are_set),
        cmocka_unit_test(a_snippet_does_not_begin_inside_a_formula),
        cmocka_unit_test(formulas_stay_as_written_where_they_are_not_asked_for),
        cmocka_unit_test(marks_in_the_whole_text_are_counted),
        cmocka_unit_test(the_densest_place_is_shown),
        cmocka_unit_test(without_a_hit_the_beginning_is_shown),
        cmocka_unit_test(markup_is_left_out),
        cmocka_unit_test(any_width_and_any_bytes_give_valid_text),
        cmocka_unit_test(long_texts_do_not_hold_it_up),
    };
    return cmocka_run_group_tests(tests, make_empty, drop_empty);
}
