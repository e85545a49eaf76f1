#include "searched.h"

static void write_livers(struct folder *folder)
{
    write_article(folder, "40", "What is liver failure?", "hepatology", "The organ fails.");
    write_article(folder, "10", "Child-Pugh score", "liver failure, prognosis", "A score.");
    write_article(folder, "30", "Bilirubin", "blood", "### Liver failure\\n\\nIt rises.");
    write_article(folder, "20", "Albumin", "blood", "It sinks in liver failure, which is a failure.");
    write_article(folder, "50", "Kidneys", "renal failure", "No word of that other organ.");
}

static void titles_stand_before_keywords_before_headings_before_text(void **state)
{
    write_livers(*state);
    struct place place = place_open(*state);
    assert_hits(&place, "liver failure", "40 10 30 20 ");
    assert_hits(&place, "failure liver ", "40 10 30 20 ");
    struct arena arena = {0};
    struct search_results results;
    place_search(&place, "liver failure", 9, &arena, &results);
    static const enum index_field fields[] = {INDEX_TITLE, INDEX_KEYWORDS, INDEX_HEADINGS, INDEX_TEXT};
    for (int i = 0; i < 4; i++)
        assert_int_equal(results.hits[i].field, fields[i]);
    arena_free(&arena);
    place_close(&place);
}

static void all_words_are_required_and_the_last_is_a_prefix(void **state)
{
    write_livers(*state);
    struct place place = place_open(*state);
    assert_hits(&place, "liver bil", "30 ");
    assert_hits(&place, "bil liver", "");
    assert_hits(&place, "bil ", "");
    assert_hits(&place, "bilirubin ", "30 ");
    assert_hits(&place, "CHILD pugh S", "10 ");
    assert_hits(&place, "liver liver", "40 10 30 20 ");
    assert_hits(&place, "", "");
    assert_hits(&place, " ?!", "");
    assert_hits(&place, "zebra", "");
    place_close(&place);
}

static void without_an_index_titles_and_keywords_are_searched(void **state)
{
    write_livers(*state);
    struct place place = place_open(*state);
    segments_release(place.segments);
    place.segments = NULL;
    assert_hits(&place, "liver fail", "40 10 ");
    assert_hits(&place, "child liver ", "10 ");
    assert_hits(&place, "fail ", "");
    assert_hits(&place, "", "");
    place_close(&place);
}

static void the_title_that_holds_the_query_best_comes_first(void **state)
{
    struct folder *folder = *state;
    write_article(folder, "1", "Failure of the other and the liver today", "a", "b");
    write_article(folder, "2", "Today the liver failure of some other", "a", "b");
    write_article(folder, "3", "Liver failure of the other and today", "a", "b");
    write_article(folder, "4", "Liver failure", "a", "b");
    write_article(folder, "5", "Kidney of the other and today", "a", "b");
    struct place place = place_open(folder);
    assert_hits(&place, "liver failure", "4 3 2 1 ");
    place_close(&place);
}

static void a_rare_word_weighs_more_than_a_common_one(void **state)
{
    struct folder *folder = *state;
    write_article(folder, "1", "What is it", "a", "Zebra.");
    write_article(folder, "2", "Zebra", "a", "What is it.");
    write_article(folder, "3", "What is that", "a", "No.");
    write_article(folder, "4", "What is this", "a", "No.");
    struct place place = place_open(folder);
    assert_hits(&place, "what zebra ", "2 1 ");
    place_close(&place);
}

static void ties_go_by_id_and_a_limit_keeps_the_best(void **state)
{
    struct folder *folder = *state;
    char id[16];
    for (unsigned i = 0; i < 300; i++) {
        snprintf(id, sizeof id, "%03u", i * 7 % 300);
        write_article(folder, id, "Same title", "same", i == 42 ? "Same same same." : "Same.");
    }
    struct place place = place_open(folder);
    for (size_t limit = 0; limit < 400; limit += 37) {
        struct arena arena = {0};
        struct search_results results;
        place_search(&place, "same", limit, &arena, &results);
        assert_int_equal(results.total, 300);
        assert_int_equal(results.count, limit < 300 ? limit : 300);
        for (size_t i = 0; i < results.count; i++) {
            uint32_t article = results.hits[i].article;
            snprintf(id, sizeof id, "%03u", (unsigned)(i == 0 ? 294 : i <= 294 ? i - 1 : i));
            assert_true(str_eq(catalogue_id(place.catalogue, article), str_from(id)));
        }
        arena_free(&arena);
    }
    place_close(&place);
}

static void an_article_in_two_files_is_one_hit(void **state)
{
    struct folder *folder = *state;
    folder_article(folder, "a/one.md", "Zebra", "id: 7\nsubject: Art\n");
    folder_article(folder, "b/one.md", "Zebra", "id: 7\nsubject: Biology\n");
    struct place place = place_open(folder);
    assert_int_equal(catalogue_file_count(place.catalogue), 2);
    assert_hits(&place, "zebra", "7 ");
    place_close(&place);
}

static void a_set_flag_cancels(void **state)
{
    write_livers(*state);
    struct place place = place_open(*state);
    atomic_bool cancel = true;
    struct arena arena = {0};
    struct search_results results;
    struct query query;
    assert_int_equal(query_parse(&arena, STR("liver"), true, &query, NULL), 0);
    assert_false(
        search_run(place.catalogue, place.segments, &query, 9, &cancel, place.scratch, &arena, &results));
    assert_false(search_run(place.catalogue, NULL, &query, 9, &cancel, place.scratch, &arena, &results));
    assert_false(search_titles(place.catalogue, STR("liver"), 9, &cancel, &arena, &results));
    cancel = false;
    assert_true(
        search_run(place.catalogue, place.segments, &query, 9, &cancel, place.scratch, &arena, &results));
    assert_int_equal(results.count, 4);
    arena_free(&arena);
    place_close(&place);
}

static void hostile_queries_end(void **state)
{
    write_livers(*state);
    struct place place = place_open(*state);
    struct buf query = {0};
    for (unsigned i = 0; i < QUERY_WORDS / 2; i++)
        buf_printf(&query, "liver\xff%c ", (char)(i % 6 + 'a'));
    assert_hits(&place, buf_cstr(&query), "");
    buf_clear(&query);
    for (unsigned i = 0; i < 500; i++)
        buf_add_byte(&query, 'l');
    assert_hits(&place, buf_cstr(&query), "");
    buf_free(&query);
    place_close(&place);
}

static void long_words_are_found(void **state)
{
    struct folder *folder = *state;
    char word[101] = {0};
    memset(word, 'x', 100);
    write_article(folder, "1", "Title", "a", word);
    struct place place = place_open(folder);
    assert_hits(&place, word, "1 ");
    word[80] = '\0';
    assert_hits(&place, word, "1 ");
    place_close(&place);
}

static void an_empty_library_has_no_hits(void **state)
{
    struct place place = place_open(*state);
    assert_hits(&place, "liver", "");
    segments_release(place.segments);
    place.segments = NULL;
    assert_hits(&place, "liver", "");
    place_close(&place);
}

/* What is marked of a text when the query is typed and ended with a blank. */
static void assert_marked(const struct place *place, const char *query, const char *text,
                          const char *expected)
{
    struct arena arena = {0};
    struct search_results results;
    struct buf marked = {0};
    const struct search_mark *marks;
    place_search(place, query, 1, &arena, &results);
    size_t count = search_find_marks(&arena, results.marks, INDEX_TEXT, str_from(text), SIZE_MAX, &marks);
    for (size_t i = 0; i < count; i++) {
        buf_add(&marked, str_slice(str_from(text), marks[i].start, marks[i].end));
        buf_add_byte(&marked, '|');
    }
    assert_string_equal(buf_cstr(&marked), expected);
    buf_free(&marked);
    arena_free(&arena);
}

/* Short words that stand in most articles are marked only where nothing rarer is looked for. */
static void words_that_say_nothing_are_not_marked(void **state)
{
    char name[32];
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "%d.md", i);
        folder_article(*state, name, i == 3 ? "What is a matrix?" : "What is a thing?", "");
    }
    struct place place = place_open(*state);
    const char *text = "What is a matrix, and what is a thing?";
    assert_marked(&place, "what is a matrix ", text, "matrix|");
    assert_marked(&place, "what is a thing ", text, "What|is|a|what|is|a|thing|");
    assert_marked(&place, "what is a ", text, "What|is|a|what|is|a|");
    assert_marked(&place, "matrix \"is a\"", text, "is a|matrix|is a|");
    assert_marked(&place, "matrix is", text, "is|matrix|is|"); /* it is still being typed */
    place_close(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEARCH_TEST(titles_stand_before_keywords_before_headings_before_text),
        SEARCH_TEST(all_words_are_required_and_the_last_is_a_prefix),
        SEARCH_TEST(without_an_index_titles_and_keywords_are_searched),
        SEARCH_TEST(the_title_that_holds_the_query_best_comes_first),
        SEARCH_TEST(a_rare_word_weighs_more_than_a_common_one),
        SEARCH_TEST(ties_go_by_id_and_a_limit_keeps_the_best),
        SEARCH_TEST(an_article_in_two_files_is_one_hit),
        SEARCH_TEST(a_set_flag_cancels),
        SEARCH_TEST(hostile_queries_end),
        SEARCH_TEST(long_words_are_found),
        SEARCH_TEST(an_empty_library_has_no_hits),
        SEARCH_TEST(words_that_say_nothing_are_not_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
