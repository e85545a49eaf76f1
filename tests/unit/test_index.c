#include "words.h"

#include <stdio.h>
#include <string.h>

/* The first few postings of a word, until the next call. */
static const struct posting *postings_of(const struct index *index, struct str word, size_t *count)
{
    static struct posting postings[4];
    uint32_t first, end;
    index_find_prefix(index, word, &first, &end);
    *count = 0;
    if (first == end || !str_eq(index_term(index, first), word))
        return NULL;
    struct posting_reader reader = index_postings(index, first);
    for (struct posting next; index_next_posting(&reader, &next);) {
        assert_true(*count < 4);
        postings[(*count)++] = next;
    }
    return postings;
}

static void words_are_counted_in_their_fields(void **state)
{
    (void)state;
    struct str keywords[] = {STR("liver failure"), STR("MELD")};
    struct article article = {.title = STR("What is liver failure?"),
                              .question = STR("What is hepatic failure?"),
                              .keywords = keywords,
                              .keyword_count = 2,
                              .text = STR("### The Liver\n\nA liver fails. The liver, LIVER.\n# Last liver")};
    struct index *index = words_of(&article, 1);
    size_t count;
    const struct posting *posting = postings_of(index, STR("liver"), &count);
    assert_int_equal(count, 1);
    assert_int_equal(posting->document, 0);
    assert_int_equal(posting->counts[INDEX_TITLE], 1);
    assert_int_equal(posting->counts[INDEX_KEYWORDS], 1);
    assert_int_equal(posting->counts[INDEX_HEADINGS], 2);
    assert_int_equal(posting->counts[INDEX_TEXT], 3);
    posting = postings_of(index, STR("failure"), &count);
    assert_int_equal(posting->counts[INDEX_TITLE], 1);
    assert_int_equal(posting->counts[INDEX_QUESTION], 1);
    assert_int_equal(index_field_length(index, 0, INDEX_TITLE), 4);
    assert_int_equal(index_field_length(index, 0, INDEX_QUESTION), 4);
    assert_int_equal(index_field_length(index, 0, INDEX_KEYWORDS), 3);
    assert_int_equal(index_field_length(index, 0, INDEX_HEADINGS), 4);
    assert_int_equal(index_field_length(index, 0, INDEX_TEXT), 6);
    index_release(index);
}

static void a_question_equal_to_the_title_counts_once(void **state)
{
    (void)state;
    struct article article = {.title = STR("Why rust?"), .question = STR("Why rust?")};
    struct index *index = words_of(&article, 1);
    size_t count;
    assert_int_equal(postings_of(index, STR("rust"), &count)->counts[INDEX_TITLE], 1);
    index_release(index);
}

static void hashes_in_fenced_code_are_no_headings(void **state)
{
    (void)state;
    struct article article = {.text = STR("```python\n# comment\n```\n# heading\n")};
    struct index *index = words_of(&article, 1);
    size_t count;
    assert_int_equal(postings_of(index, STR("comment"), &count)->counts[INDEX_TEXT], 1);
    assert_int_equal(postings_of(index, STR("heading"), &count)->counts[INDEX_HEADINGS], 1);
    index_release(index);
}

static void counts_stop_at_255(void **state)
{
    (void)state;
    static char text[600];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 2 ? ' ' : 'x';
    struct article article = {.text = {text, sizeof text}};
    struct index *index = words_of(&article, 1);
    size_t count;
    assert_int_equal(postings_of(index, STR("x"), &count)->counts[INDEX_TEXT], 255);
    assert_int_equal(index_field_length(index, 0, INDEX_TEXT), 300);
    index_release(index);
}

static void terms_are_in_order_and_found_by_prefix(void **state)
{
    (void)state;
    struct article article = {.text = STR("liver live lives a liverwort livid zebra abdominalis abdominals")};
    struct index *index = words_of(&article, 1);
    uint32_t count = index_term_count(index), first, end;
    assert_int_equal(count, 9);
    for (uint32_t i = 1; i < count; i++)
        assert_true(str_compare(index_term(index, i - 1), index_term(index, i)) < 0);
    index_find_prefix(index, STR("live"), &first, &end);
    assert_int_equal(end - first, 4);
    assert_true(str_eq(index_term(index, first), STR("live")));
    assert_true(str_eq(index_term(index, end - 1), STR("lives")));
    index_find_prefix(index, STR("livf"), &first, &end);
    assert_int_equal(first, end);
    index_find_prefix(index, STR(""), &first, &end);
    assert_int_equal(end - first, count);
    index_release(index);
}

static struct str numbered_text(char *room, size_t size, uint32_t file)
{
    int len = snprintf(room, size, "common file%u group%u", (unsigned)file, (unsigned)file % 7);
    return (struct str){room, (size_t)len};
}

static void joining_gives_what_one_builder_gives(void **state)
{
    (void)state;
    enum { FILES = 3000, BUILDERS = 3 };
    char room[64];
    struct index_builder *alone = index_builder_new(NULL), *builders[BUILDERS];
    for (size_t b = 0; b < BUILDERS; b++)
        builders[b] = index_builder_new(b ? builders[0] : NULL);
    for (uint32_t file = 0; file < FILES; file++) { /* unevenly dealt */
        uint32_t batch = file / LIBRARY_BATCH;
        struct article article = {.text = numbered_text(room, sizeof room, file)};
        index_builder_add(alone, file, &article);
        index_builder_add(builders[batch % 5 % BUILDERS], file, &article);
    }
    struct index *one = words_build(&alone, 1, FILES), *joined = words_build(builders, BUILDERS, FILES);
    assert_int_equal(index_term_count(one), FILES + 8);
    assert_int_equal(index_term_count(one), index_term_count(joined));
    for (uint32_t t = 0; t < index_term_count(one); t++) {
        struct posting_reader a = index_postings(one, t), b = index_postings(joined, t);
        struct posting x, y;
        int64_t before = -1;
        assert_true(str_eq(index_term(one, t), index_term(joined, t)));
        for (; index_next_posting(&a, &x); before = x.document) {
            assert_true(index_next_posting(&b, &y));
            assert_int_equal(x.document, y.document);
            assert_memory_equal(x.counts, y.counts, sizeof x.counts);
            assert_true(x.document > before);
        }
        assert_false(index_next_posting(&b, &y));
    }
    index_release(one);
    index_release(joined);
    index_builder_free(alone);
    for (size_t b = 0; b < BUILDERS; b++)
        index_builder_free(builders[b]);
}

static void every_count_and_distance_is_packed_and_read(void **state)
{
    (void)state;
    enum { FILES = 20000 };
    static const uint32_t files[] = {0, 1, 63, 64, 65, 128, 8320, 8321, FILES - 1};
    static const unsigned counts[] = {0, 1, 2, 3, 4, 254, 255, 300};
    struct index_builder *builder = index_builder_new(NULL);
    struct buf text = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        buf_clear(&text);
        for (unsigned n = 0; n < counts[i % 8]; n++)
            buf_add(&text, STR("word "));
        struct article article = {.title = i % 3 ? STR("word") : STR("none"), .text = buf_str(&text)};
        index_builder_add(builder, files[i], &article);
    }
    struct index *index = words_build(&builder, 1, FILES);
    uint32_t first, end;
    index_find_prefix(index, STR("word"), &first, &end);
    struct posting_reader reader = index_postings(index, first);
    struct posting posting;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (i % 3 == 0 && counts[i % 8] == 0)
            continue;
        assert_true(index_next_posting(&reader, &posting));
        assert_int_equal(posting.document, files[i]);
        assert_int_equal(posting.counts[INDEX_TITLE], i % 3 ? 1 : 0);
        assert_int_equal(posting.counts[INDEX_TEXT], counts[i % 8] < 255 ? counts[i % 8] : 255);
    }
    assert_false(index_next_posting(&reader, &posting));
    buf_free(&text);
    index_release(index);
    index_builder_free(builder);
}

static void a_built_builder_can_be_used_again(void **state)
{
    (void)state;
    struct article article = {.text = STR("first")};
    struct index_builder *builder = index_builder_new(NULL);
    index_builder_add(builder, 0, &article);
    index_release(words_build(&builder, 1, 1));
    article.text = STR("second");
    index_builder_add(builder, 0, &article);
    struct index *index = words_build(&builder, 1, 1);
    assert_int_equal(index_term_count(index), 1);
    assert_true(str_eq(index_term(index, 0), STR("second")));
    index_release(index);
    index_builder_free(builder);
}

static void long_words_keep_whole_characters(void **state)
{
    (void)state;
    char word[90];
    memset(word, 'a', sizeof word);
    word[63] = (char)0xd0; /* a Cyrillic letter across byte 64 */
    word[64] = (char)0xb6;
    struct article article = {.text = {word, sizeof word}};
    struct index *index = words_of(&article, 1);
    assert_int_equal(index_term_count(index), 1);
    assert_int_equal(index_term(index, 0).len, 63);
    assert_int_equal(index_term_of((struct str){word, 65}).len, 63);
    index_release(index);
}

static void a_library_without_words_is_an_empty_index(void **state)
{
    (void)state;
    struct index *index = words_build(NULL, 0, 2);
    uint32_t first, end;
    index_find_prefix(index, STR("a"), &first, &end);
    assert_int_equal(first, end);
    assert_int_equal(index_term_count(index), 0);
    assert_int_equal(index_document_count(index), 2);
    assert_int_equal(index_field_length(index, 1, INDEX_TEXT), 0);
    assert_true(index_mean_length(index, INDEX_TEXT) >= 0);
    index_release(index);
    index_release(NULL);
    index_builder_free(NULL);
}

static void mean_lengths_are_over_added_files(void **state)
{
    (void)state;
    struct article articles[] = {{.text = STR("one two three")}, {.text = STR("one")}};
    struct index *index = words_of(articles, 2);
    assert_true(index_mean_length(index, INDEX_TEXT) > 1.99 && index_mean_length(index, INDEX_TEXT) < 2.01);
    index_release(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_counted_in_their_fields),
        cmocka_unit_test(a_question_equal_to_the_title_counts_once),
        cmocka_unit_test(hashes_in_fenced_code_are_no_headings),
        cmocka_unit_test(counts_stop_at_255),
        cmocka_unit_test(terms_are_in_order_and_found_by_prefix),
        cmocka_unit_test(joining_gives_what_one_builder_gives),
        cmocka_unit_test(every_count_and_distance_is_packed_and_read),
        cmocka_unit_test(a_built_builder_can_be_used_again),
        cmocka_unit_test(long_words_keep_whole_characters),
        cmocka_unit_test(a_library_without_words_is_an_empty_index),
        cmocka_unit_test(mean_lengths_are_over_added_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
