/* Posting lists: read in order and by leaps, and the positions in them. */
#include "words.h"

#include <stdio.h>
#include <string.h>

enum { FILES = 6000 };

/* In how many of FILES documents each word stands, about. */
static const uint32_t one_in[] = {1, 2, 7, 40, 46, 47, 400, 3000};
#define WORDS (sizeof one_in / sizeof *one_in)

static struct index *make_lists(uint64_t seed)
{
    struct index_builder *builder = index_builder_new(NULL);
    struct buf text = {0};
    for (uint32_t file = 0; file < FILES; file++) {
        buf_clear(&text);
        for (size_t w = 0; w < WORDS; w++)
            for (uint32_t n = words_random(&seed) % one_in[w] == 0 ? 1 + words_random(&seed) % 5 : 0; n > 0;
                 n--)
                buf_printf(&text, "filler%u w%zu\n", words_random(&seed) % 3, w);
        struct article article = {.text = buf_str(&text)};
        index_builder_add(builder, file, &article);
    }
    struct index *index = words_build(&builder, 1, FILES);
    index_builder_free(builder);
    buf_free(&text);
    return index;
}

static struct posting *read_list(const struct index *index, uint32_t term, uint32_t *count)
{
    struct posting *postings = mem_calloc(FILES, sizeof *postings);
    struct posting_reader reader = index_postings(index, term);
    *count = 0;
    while (index_next_posting(&reader, &postings[*count]))
        ++*count;
    return postings;
}

/* Leaps of up to `leap` documents give what reading one after the other gives. */
static void check_leaps(const struct index *index, uint32_t term, uint32_t leap, uint64_t *seed)
{
    uint32_t count, at = 0, wanted = 0, here[16], there[16];
    struct posting *postings = read_list(index, term, &count), found;
    struct posting_reader reader = index_postings(index, term), slow = index_postings(index, term);
    assert_int_equal(index_term_documents(index, term), count);
    for (;;) {
        wanted += words_random(seed) % leap;
        for (; at < count && postings[at].document < wanted; at++)
            assert_true(index_next_posting(&slow, &found));
        bool more = index_seek_posting(&reader, wanted, &found);
        assert_int_equal(more, at < count);
        if (!more)
            break;
        assert_int_equal(found.document, postings[at].document);
        assert_memory_equal(found.counts, postings[at++].counts, sizeof found.counts);
        assert_true(index_next_posting(&slow, &found));
        size_t places = index_positions(&reader, here, 16);
        assert_int_equal(places, found.counts[INDEX_TEXT]);
        assert_int_equal(index_positions(&slow, there, 16), places);
        assert_memory_equal(here, there, places * sizeof *here);
    }
    assert_false(index_next_posting(&reader, &found));
    mem_free(postings);
}

static void leaping_gives_what_reading_gives(void **state)
{
    (void)state;
    uint64_t seed = 42;
    struct index *index = make_lists(seed);
    for (uint32_t term = 0; term < index_term_count(index); term++)
        for (uint32_t leap = 1; leap <= 2 * FILES; leap *= 5)
            check_leaps(index, term, leap, &seed);
    index_release(index);
}

/* All positions of a word in a document, which are at most 600. */
static const uint32_t *positions_of(const struct index *index, struct str word, uint32_t document,
                                    size_t *count)
{
    static uint32_t positions[600];
    struct posting_reader reader = index_postings(index, words_term(index, word));
    struct posting posting;
    *count = 0;
    if (index_seek_posting(&reader, document, &posting) && posting.document == document)
        *count = index_positions(&reader, positions, 600);
    return positions;
}

static bool is_phrase(const struct index *index, struct str first, struct str second)
{
    uint32_t before[600];
    size_t count, next_count;
    memcpy(before, positions_of(index, first, 0, &count), sizeof before);
    const uint32_t *next = positions_of(index, second, 0, &next_count);
    for (size_t i = 0; i < count; i++)
        for (size_t n = 0; n < next_count; n++)
            if (next[n] == before[i] + 1)
                return true;
    return false;
}

static void phrases_do_not_cross_from_part_to_part(void **state)
{
    (void)state;
    struct str keywords[] = {STR("k1 k2"), STR("k3"), STR("k4 k5")};
    struct article article = {.title = STR("t1 t2"),
                              .question = STR("q1 q2"),
                              .keywords = keywords,
                              .keyword_count = 3,
                              .text = STR("x1 x2\nx3\n\nx4\n# h1 h2\n## h3\nx5 x6\n# h4\n")};
    static const char *const parts[] = {"t1 t2", "q1 q2", "k1 k2", "k3",    "k4 k5", "x1 x2 x3 x4",
                                        "h1 h2", "h3",    "h4",    "x5 x6", NULL};
    struct index *index = words_of(&article, 1);
    struct buf all = {0};
    for (size_t i = 0; parts[i]; i++)
        buf_printf(&all, "%s|", parts[i]);
    for (uint32_t a = 0; a < index_term_count(index); a++)
        for (uint32_t b = 0; b < index_term_count(index); b++) {
            struct buf phrase = {0};
            buf_printf(&phrase, "%.*s %.*s", STR_ARG(index_term(index, a)), STR_ARG(index_term(index, b)));
            assert_int_equal(is_phrase(index, index_term(index, a), index_term(index, b)),
                             str_find(buf_str(&all), buf_str(&phrase)) != STR_NOT_FOUND);
            buf_free(&phrase);
        }
    buf_free(&all);
    index_release(index);
}

static void positions_tell_their_field(void **state)
{
    (void)state;
    struct str keywords[] = {STR("other"), STR("word here")};
    struct article article = {.title = STR("A word"),
                              .question = STR("Which word is a word?"),
                              .keywords = keywords,
                              .keyword_count = 2,
                              .text = STR("A word.\n# No word\nThe last word")};
    static const enum index_field fields[] = {INDEX_TITLE,    INDEX_QUESTION, INDEX_QUESTION, INDEX_KEYWORDS,
                                              INDEX_HEADINGS, INDEX_TEXT,     INDEX_TEXT};
    struct index *index = words_of(&article, 1);
    size_t count;
    const uint32_t *positions = positions_of(index, STR("word"), 0, &count);
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || positions[i] > positions[i - 1]);
        assert_int_equal(index_position_field(index, 0, positions[i]), fields[i]);
    }
    index_release(index);
}

static void every_occurrence_has_a_position(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, 2, 3, 254, 255, 256, 599};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct buf text = {0};
        size_t count;
        for (uint32_t n = 0; n < counts[i]; n++)
            buf_printf(&text, "%s word ", n % 7 ? "x" : "x y");
        struct article articles[2] = {{.text = buf_str(&text)}, {.text = STR("word")}};
        struct index *index = words_of(articles, 2);
        const uint32_t *positions = positions_of(index, STR("word"), 0, &count);
        assert_int_equal(count, counts[i]);
        for (uint32_t n = 0; n < count; n++)
            assert_int_equal(positions[n] - positions[0], 2 * n + n / 7);
        positions = positions_of(index, STR("word"), 1, &count);
        assert_int_equal(count, 1);
        index_release(index);
        buf_free(&text);
    }
}

static void too_little_room_is_told(void **state)
{
    (void)state;
    struct article article = {.title = STR("a b a"), .text = STR("a a")};
    struct index *index = words_of(&article, 1);
    struct posting_reader reader = index_postings(index, words_term(index, STR("a")));
    struct posting posting;
    uint32_t positions[] = {7, 7, 7, 7};
    assert_int_equal(index_positions(&reader, positions, 4), 0);
    assert_true(index_next_posting(&reader, &posting));
    assert_int_equal(index_positions(&reader, NULL, 0), 4);
    assert_int_equal(index_positions(&reader, positions, 3), 4);
    assert_int_equal(positions[0], 0);
    assert_int_equal(positions[1], 2);
    assert_int_equal(positions[3], 7);
    assert_int_equal(index_positions(&reader, positions, 4), 4);
    assert_int_equal(positions[3], positions[2] + 1);
    index_release(index);
}

static void very_long_fields_lose_no_word(void **state)
{
    (void)state;
    struct buf title = {0};
    for (uint32_t i = 0; i < INDEX_FIELD_WORDS; i++)
        buf_add(&title, STR("a "));
    buf_add(&title, STR("last word"));
    struct article article = {.title = buf_str(&title), .text = STR("text")};
    struct index *index = words_of(&article, 1);
    assert_int_equal(index_field_length(index, 0, INDEX_TITLE), INDEX_FIELD_WORDS);
    assert_int_equal(index_field_length(index, 0, INDEX_TEXT), 3);
    assert_true(is_phrase(index, STR("last"), STR("word")));
    index_release(index);
    buf_free(&title);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaping_gives_what_reading_gives),
        cmocka_unit_test(phrases_do_not_cross_from_part_to_part),
        cmocka_unit_test(positions_tell_their_field),
        cmocka_unit_test(every_occurrence_has_a_position),
        cmocka_unit_test(too_little_room_is_told),
        cmocka_unit_test(very_long_fields_lose_no_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
