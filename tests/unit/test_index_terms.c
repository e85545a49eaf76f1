/* Stems and tags. */
#include "words.h"

#include <string.h>

/* The words with the stem of a word, each followed by a space. */
static void assert_stems(const struct index *index, struct str word, const char *expected)
{
    struct buf words = {0};
    size_t count;
    const uint32_t *terms = index_find_stem(index, word, &count);
    for (size_t i = 0; i < count; i++)
        buf_printf(&words, "%.*s ", STR_ARG(index_term(index, terms[i])));
    assert_string_equal(buf_cstr(&words), expected);
    buf_free(&words);
}

static void words_of_one_stem_are_a_group(void **state)
{
    (void)state;
    struct article article = {.text = STR("failing fails failure fail liver livers matrices matrix 2024 3d "
                                          "n\u00e4hen happy happiness university universe the \u65e5")};
    struct index *index = words_of(&article, 1);
    assert_stems(index, STR("fail"), "fail failing fails ");
    assert_stems(index, STR("fails"), "fail failing fails ");
    assert_stems(index, STR("failed"), "fail failing fails ");
    assert_stems(index, STR("failure"), "failure ");
    assert_stems(index, STR("livers"), "liver livers ");
    assert_stems(index, STR("happiness"), "happiness happy ");
    assert_stems(index, STR("happily"), "");
    assert_stems(index, STR("the"), "the ");
    assert_stems(index, STR("zebras"), "");
    assert_stems(index, STR("2024"), "");
    assert_stems(index, STR("\u65e5"), "");
    assert_stems(index, STR(""), "");
    index_release(index);
}

static void every_word_is_in_the_group_of_its_stem(void **state)
{
    (void)state;
    uint64_t seed = 7;
    struct buf text = {0};
    for (int i = 0; i < 4000; i++) {
        static const char *const ends[] = {"", "s", "ing", "ed", "ly", "ness", "ation", "ational"};
        for (uint32_t letters = 1 + words_random(&seed) % 4; letters > 0; letters--)
            buf_add_byte(&text, (char)('a' + words_random(&seed) % 26));
        buf_printf(&text, "%s ", ends[words_random(&seed) % 8]);
    }
    struct article article = {.text = buf_str(&text)};
    struct index *index = words_of(&article, 1);
    size_t groups = 0;
    for (uint32_t term = 0; term < index_term_count(index); term++) {
        size_t count, found = 0;
        const uint32_t *terms = index_find_stem(index, index_term(index, term), &count);
        for (size_t i = 0; i < count; i++) {
            found += terms[i] == term;
            assert_true(i == 0 || terms[i] > terms[i - 1]);
        }
        assert_int_equal(found, 1);
        groups += count > 1;
    }
    assert_true(groups > 100);
    index_release(index);
    buf_free(&text);
}

/* The documents of all tags of a kind that begin with a text, each followed by a space, tags by a comma. */
static void assert_tags(const struct index *index, enum index_tag tag, struct str prefix,
                        const char *expected)
{
    struct buf found = {0};
    uint32_t first, end;
    index_find_tag(index, tag, prefix, &first, &end);
    for (uint32_t term = first; term < end; term++) {
        struct posting_reader reader = index_postings(index, term);
        struct posting posting;
        buf_printf(&found, "%.*s ", STR_ARG(index_tag_value(index, term)));
        while (index_next_posting(&reader, &posting)) {
            buf_printf(&found, "%u ", posting.document);
            assert_int_equal(posting.counts[INDEX_TEXT], 1);
            assert_int_equal(index_positions(&reader, NULL, 0), 0);
        }
        buf_add_byte(&found, ',');
    }
    assert_string_equal(buf_cstr(&found), expected);
    buf_free(&found);
}

static void tags_are_apart_from_words(void **state)
{
    (void)state;
    struct article_link link = {.number = 1, .id = STR("9")};
    struct article articles[] = {
        {.text = STR("math"), .author = STR("Ada Lovelace"), .date = STR("2024-12-18")},
        {.text = STR("code"), .author = STR("ada, ada"), .date = STR("2024-12-18T10:00:00Z")},
        {.text = STR("x"), .url = STR("https://example.org/A-b"), .date = STR("18 Dec 2024")},
        {.text = STR("```c\nint x;\n```"), .date = STR("2025-01-02"), .related = &link, .related_count = 1},
    };
    struct index *index = words_of(articles, 4);
    uint32_t first, end;
    assert_tags(index, INDEX_AUTHOR, STR("ada"), "ada 0 1 ,");
    assert_tags(index, INDEX_AUTHOR, STR("l"), "lovelace 0 ,");
    assert_tags(index, INDEX_URL, STR(""), "a 2 ,b 2 ,example 2 ,https 2 ,org 2 ,");
    assert_tags(index, INDEX_DATE, STR("2024"), "2024-12-18 0 1 ,");
    assert_tags(index, INDEX_DATE, STR(""), "2024-12-18 0 1 ,2025-01-02 3 ,");
    assert_tags(index, INDEX_HAS, STR("code"), "code 3 ,");
    assert_tags(index, INDEX_HAS, STR("related"), "related 3 ,");
    assert_tags(index, INDEX_SUBJECT, STR(""), "");
    index_find_prefix(index, STR(""), &first, &end);
    assert_true(str_eq(index_term(index, first), STR("c")));
    assert_int_equal(end, index_term_count(index));
    index_find_prefix(index, STR("ada"), &first, &end);
    assert_int_equal(first, end);
    index_release(index);
}

static void tags_tell_what_an_article_has(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "plain words, $5 and $6, a | b",
        "the `ls` command",
        "a\n\n    indented\n",
        "-     deep\n",
        "a\n\n~~~\ntilde\n~~~\n",
        "the area $\\pi r^2$",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "\\[x\\] and ```x```",
        "no    code    in    here",
        "",
    };
    enum { TEXTS = sizeof texts / sizeof *texts };
    struct article articles[TEXTS] = {{.kind = ARTICLE_QUESTION}};
    for (int i = 0; i < TEXTS; i++)
        articles[i].text = str_from(texts[i]);
    struct index *index = words_of(articles, TEXTS);
    assert_tags(index, INDEX_HAS, STR(""), "code 1 2 3 4 7 ,math 5 7 ,table 6 ,");
    index_release(index);
}

static void subjects_are_added_on_their_own(void **state)
{
    (void)state;
    struct article article = {.text = STR("x science")};
    struct str subjects[] = {STR("Computer Science"), STR("science of numbers")};
    struct index_builder *builder = index_builder_new(NULL);
    for (uint32_t file = 0; file < 3; file++)
        index_builder_add(builder, file, &article);
    index_builder_add_tags(builder, 0, INDEX_SUBJECT, subjects, 1);
    index_builder_add_tags(builder, 2, INDEX_SUBJECT, subjects, 2);
    struct index *index = words_build(&builder, 1, 3);
    assert_tags(index, INDEX_SUBJECT, STR(""), "computer 0 2 ,numbers 2 ,of 2 ,science 0 2 ,");
    assert_int_equal(index_field_length(index, 2, INDEX_TEXT), 2);
    assert_true(index_mean_length(index, INDEX_TEXT) < 2.01);
    index_release(index);
    index_builder_free(builder);
}

static void only_the_first_file_of_a_document_counts(void **state)
{
    (void)state;
    struct article articles[] = {{.text = STR("one")}, {.text = STR("one twice")}, {.text = STR("two")}};
    static const uint32_t documents[] = {0, INDEX_NONE, 1};
    struct index_builder *builder = index_builder_new(NULL);
    for (uint32_t file = 0; file < 3; file++)
        index_builder_add(builder, file, &articles[file]);
    struct index *index = index_build(&builder, 1, documents, 3, 2);
    assert_int_equal(index_document_count(index), 2);
    assert_int_equal(index_term_count(index), 2);
    assert_int_equal(index_term_documents(index, words_term(index, STR("one"))), 1);
    struct posting_reader reader = index_postings(index, words_term(index, STR("two")));
    struct posting posting;
    assert_true(index_next_posting(&reader, &posting));
    assert_int_equal(posting.document, 1);
    index_release(index);
    index_builder_free(builder);
}

static void a_question_that_only_looks_different_is_the_title(void **state)
{
    (void)state;
    struct article articles[] = {{.title = STR("Why na\u00efve?"), .question = STR("why naive?")},
                                 {.title = STR("Why?"), .question = STR("Why not?")},
                                 {.title = STR("Why?")}};
    struct index *index = words_of(articles, 3);
    assert_true(index_question_is_title(index, 0));
    assert_int_equal(index_field_length(index, 0, INDEX_QUESTION), 0);
    assert_false(index_question_is_title(index, 1));
    assert_int_equal(index_field_length(index, 1, INDEX_QUESTION), 2);
    assert_false(index_question_is_title(index, 2));
    assert_false(index_question_is_title(index, 3));
    index_release(index);
}

static void words_are_found_by_a_part(void **state)
{
    (void)state;
    struct article article = {.author = STR("Oliver"), .text = STR("deliver liver livery live over rover r")};
    struct index *index = words_of(&article, 1);
    uint32_t end = index_term_count(index);
    static const char *const with_part[] = {"deliver", "liver", "livery"};
    uint32_t term = 0;
    for (size_t i = 0; i < 3; i++, term++) {
        term = index_find_part(index, STR("liver"), term);
        assert_true(str_eq(index_term(index, term), str_from(with_part[i])));
    }
    assert_int_equal(index_find_part(index, STR("liver"), term), end);
    assert_int_equal(index_find_part(index, STR("liverliver"), 0), end); /* ends one word, begins the next */
    assert_int_equal(index_find_part(index, STR("r"), end), end);
    assert_true(str_eq(index_term(index, index_find_long(index, 7, 0)), STR("deliver")));
    assert_int_equal(index_find_long(index, 8, 0), end);
    index_release(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_one_stem_are_a_group),
        cmocka_unit_test(every_word_is_in_the_group_of_its_stem),
        cmocka_unit_test(tags_are_apart_from_words),
        cmocka_unit_test(tags_tell_what_an_article_has),
        cmocka_unit_test(subjects_are_added_on_their_own),
        cmocka_unit_test(only_the_first_file_of_a_document_counts),
        cmocka_unit_test(words_are_found_by_a_part),
        cmocka_unit_test(a_question_that_only_looks_different_is_the_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
