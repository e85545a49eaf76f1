/* What each part of the query language finds. */
#include "searched.h"

static void write_library(struct folder *folder)
{
    folder_write(folder, "1.md",
                 "---\nid: 1\ntitle: Acute liver failure\nquestion: How fast does it go?\ndate: 2024-12-18\n"
                 "author: Ada Lovelace\nsubject: Internal Medicine\nurl: /learn/liver-failure\n"
                 "answer: |\n  The organ fails.\n\n  ```\n  code\n  ```\n---\n");
    folder_write(
        folder, "2.md",
        "---\nid: 2\ntitle: Failing hearts\nquestion: Failing hearts\ndate: 2024-11-02\nauthor: Alan Turing\n"
        "subject: Medicine\nseo:\n  page_keywords: heart failure, liver\n"
        "answer: Acute or not, what is liver need not be failure.\n---\n");
    folder_write(folder, "3.md",
                 "---\nid: 3\ntitle: Vectors\ndate: 2023-12-18\nsubject: Mathematics\n"
                 "answer: |\n  ## Failure of intuition\n\n  A vector has $x$ and $y$.\n\n"
                 "  | a | b |\n  |---|---|\n  | 1 | 2 |\n"
                 "related_article1:\n    id: 1\n    title: Acute liver failure\n---\n");
}

static void words_are_found_in_all_their_forms(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    assert_found(&place, "failing ", "1 2 ");
    assert_found(&place, "failed ", "1 2 ");
    assert_found(&place, "failures ", "1 2 3 ");
    assert_found(&place, "vectors ", "3 ");
    assert_found(&place, "\"failing\" ", "2 ");
    assert_found(&place, "\"failed\" ", "");
    place_close(&place);
}

static void or_not_and_parentheses(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    assert_found(&place, "liver OR vectors ", "1 2 3 ");
    assert_found(&place, "failure -liver ", "3 ");
    assert_found(&place, "-liver ", "3 ");
    assert_found(&place, "-liver -vectors ", "");
    assert_found(&place, "failure (organ OR intuition) ", "1 3 ");
    assert_found(&place, "failure -(organ OR intuition) ", "2 ");
    assert_found(&place, "failure (organ OR -liver) ", "1 3 ");
    assert_found(&place, "vectors OR -vectors ", "1 2 3 ");
    place_close(&place);
}

static void phrases_stand_side_by_side_in_one_field(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    assert_found(&place, "\"liver failure\" ", "1 ");
    assert_found(&place, "\"heart failure\" ", "2 ");
    assert_found(&place, "\"failure liver\" ", "");
    assert_found(&place, "\"failure how\" ", "");
    assert_found(&place, "\"liver need not be failure\" ", "2 ");
    assert_found(&place, "\"acute liver f", "1 ");
    assert_found(&place, "\"the orga", "1 ");
    assert_found(&place, "\"the orxx", "");
    assert_found(&place, "failure -\"liver failure\" ", "2 3 ");
    assert_found(&place, "keyword:\"heart failure\" ", "2 ");
    assert_found(&place, "title:\"heart failure\" ", "");
    place_close(&place);
}

static void words_stand_in_the_field_that_is_named(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    assert_found(&place, "title:liver ", "1 ");
    assert_found(&place, "title:fail", "1 2 ");
    assert_found(&place, "question:fast ", "1 ");
    assert_found(&place, "question:acute ", "");
    assert_found(&place, "question:hearts ", "2 ");
    assert_found(&place, "answer:failure ", "2 3 ");
    assert_found(&place, "answer:heart ", "");
    assert_found(&place, "keyword:liver ", "2 ");
    assert_found(&place, "subject:medicine ", "1 2 ");
    assert_found(&place, "subject:\"internal medicine\" ", "1 ");
    assert_found(&place, "subject:med", "1 2 ");
    assert_found(&place, "subject:medicines ", "");
    assert_found(&place, "author:turing ", "2 ");
    assert_found(&place, "url:liver ", "1 ");
    assert_found(&place, "-subject:medicine ", "3 ");
    place_close(&place);
}

static void dates_features_and_ids_are_conditions(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    assert_found(&place, "date:2024-12 ", "1 ");
    assert_found(&place, "date:2024 ", "1 2 ");
    assert_found(&place, "after:2024-11-02 ", "1 2 ");
    assert_found(&place, "before:2024-11-02 ", "3 ");
    assert_found(&place, "date:2022 ", "");
    assert_found(&place, "failure date:2024 ", "1 2 ");
    assert_found(&place, "has:code ", "1 ");
    assert_found(&place, "has:related ", "3 ");
    assert_found(&place, "failure -has:related ", "1 2 ");
    assert_found(&place, "id:2 ", "2 ");
    assert_found(&place, "id:2 OR id:3 ", "2 3 ");
    assert_found(&place, "id:2 vectors ", "");
    assert_found(&place, "id:9 ", "");
    place_close(&place);
}

static void without_an_index_conditions_count_as_far_as_is_known(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    segments_release(place.segments);
    place.segments = NULL;
    assert_found(&place, "title:liver OR vectors ", "1 3 ");
    assert_found(&place, "-liver ", "3 ");
    assert_found(&place, "keyword:failure ", "2 ");
    assert_found(&place, "subject:medicine -url:liver ", "2 ");
    assert_found(&place, "date:2024-12 ", "1 ");
    assert_found(&place, "id:2 ", "2 ");
    assert_found(&place, "has:related ", "3 ");
    assert_found(&place, "answer:failure ", "");
    place_close(&place);
}

/* A reader who has read the article with the id 1 and the one with 3, on which there is a note. */
static bool reader_says(const void *context, const struct query_node *node, uint32_t article)
{
    struct str id = catalogue_id(context, article);
    bool third = str_eq(id, STR("3"));
    if (node->kind == QUERY_NOTE)
        return third && str_eq(node->text, STR("ask anna"));
    if (node->mark == QUERY_READ || node->mark == QUERY_UNREAD)
        return (third || str_eq(id, STR("1"))) == (node->mark == QUERY_READ);
    return third && node->mark == QUERY_NOTED;
}

static void assert_found_by(const struct place *place, bool known, const char *text, const char *expected)
{
    struct arena arena = {0};
    struct query query;
    struct search_results results;
    struct buf ids = {0};
    struct search_reader reader = {reader_says, place->catalogue};
    assert_int_equal(query_parse(&arena, str_from(text), false, &query, NULL), 0);
    assert_true(search_run_watched(place->catalogue, place->segments, &query, 10, NULL,
                                   known ? &reader : NULL, NULL, place->scratch, &arena, &results));
    for (uint32_t article = 0; article < catalogue_count(place->catalogue); article++)
        for (size_t i = 0; i < results.count; i++)
            if (results.hits[i].article == article)
                buf_printf(&ids, "%.*s ", STR_ARG(catalogue_id(place->catalogue, article)));
    assert_string_equal(buf_cstr(&ids), expected);
    buf_free(&ids);
    arena_free(&arena);
}

static void what_the_reader_has_done_is_asked(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    for (int titles_only = 0; titles_only < 2; titles_only++) {
        assert_found_by(&place, true, "is:read", "1 3 ");
        assert_found_by(&place, true, "is:unread", "2 ");
        assert_found_by(&place, true, "vectors is:read", "3 ");
        assert_found_by(&place, true, "-is:read OR has:note", "2 3 ");
        assert_found_by(&place, true, "note:\"Ask Anna\"", "3 ");
        assert_found_by(&place, true, "is:bookmarked", "");
        assert_found_by(&place, false, "is:read", "");
        assert_found_by(&place, false, "is:unread", "1 2 3 ");
        assert_found_by(&place, false, "note:x", "");
        segments_release(place.segments);
        place.segments = NULL;
    }
    place_close(&place);
}

/* What is marked of a text after a search, each followed by a bar. */
static void assert_marked(const struct place *place, const char *query, const char *text,
                          const char *expected)
{
    struct arena arena = {0}, copies = {0};
    struct search_results results;
    struct buf marked = {0};
    const struct search_mark *places;
    place_search(place, query, 9, &arena, &results);
    const struct search_marks *marks = search_marks_copy(&copies, results.marks);
    arena_free(&arena);
    size_t count = search_find_marks(&copies, marks, INDEX_TEXT, str_from(text), 99, &places);
    for (size_t i = 0; i < count; i++) {
        buf_add(&marked, str_slice(str_from(text), places[i].start, places[i].end));
        buf_add_byte(&marked, '|');
    }
    assert_string_equal(buf_cstr(&marked), expected);
    buf_free(&marked);
    arena_free(&copies);
}

static void the_forms_that_were_found_are_marked(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    assert_marked(&place, "fail ", "It fails, failing, a failure, unfailing.", "fails|failing|");
    assert_marked(&place, "\"fails\" ", "It fails, failing.", "fails|");
    assert_marked(&place, "orgam ", "An organ, an orgam.", "organ|");
    assert_marked(&place, "/f\\w+ls/ organ", "It fails, an organ, failing.", "fails|organ|");
    assert_marked(&place, "/or.an of/ organ", "An organ of organs.", "organ of|organ|");
    assert_marked(&place, "organ -/x/", "An organ x.", "organ|");
    assert_marked(&place, "intuitoo", "Intuition and intuitive.", "Intuitio|");
    place_close(&place);
}

static void assert_corrected(const struct place *place, const char *query, const char *expected)
{
    struct arena arena = {0};
    struct search_results results;
    struct buf text = {0};
    place_search(place, query, 9, &arena, &results);
    for (size_t i = 0; i < results.correction_count; i++) {
        buf_printf(&text, "%.*s:", STR_ARG(results.corrections[i].word->text));
        for (size_t j = 0; j < results.corrections[i].count; j++)
            buf_printf(&text, " %.*s", STR_ARG(results.corrections[i].texts[j]));
        buf_add_byte(&text, ';');
    }
    assert_string_equal(buf_cstr(&text), expected);
    buf_free(&text);
    arena_free(&arena);
}

static void words_that_stand_nowhere_are_corrected(void **state)
{
    write_library(*state);
    struct place place = place_open(*state);
    assert_found(&place, "livre ", "1 2 ");
    assert_corrected(&place, "livre ", "livre: liver;");
    assert_corrected(&place, "livre orgam ", "livre: liver;orgam: organ;");
    assert_corrected(&place, "liver ", "");
    assert_corrected(&place, "failed ", "");
    assert_corrected(&place, "vctrs ", ""); /* two mistakes in five letters */
    assert_corrected(&place, "intuiton ", "intuiton: intuition;");
    assert_corrected(&place, "intuitoin ", "intuitoin: intuition;");
    assert_corrected(&place, "intuoti", "intuoti: intuiti;");
    assert_corrected(&place, "-livre failure ", "");
    assert_corrected(&place, "author:turnig ", "");
    assert_corrected(&place, "title:organ ", "");
    assert_corrected(&place, "title:orgam ", "orgam: organ;");
    assert_found(&place, "title:orgam ", "");
    assert_found(&place, "\"livre failure\" ", "1 ");
    place_close(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEARCH_TEST(words_are_found_in_all_their_forms),
        SEARCH_TEST(or_not_and_parentheses),
        SEARCH_TEST(phrases_stand_side_by_side_in_one_field),
        SEARCH_TEST(words_stand_in_the_field_that_is_named),
        SEARCH_TEST(dates_features_and_ids_are_conditions),
        SEARCH_TEST(what_the_reader_has_done_is_asked),
        SEARCH_TEST(without_an_index_conditions_count_as_far_as_is_known),
        SEARCH_TEST(the_forms_that_were_found_are_marked),
        SEARCH_TEST(words_that_stand_nowhere_are_corrected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
