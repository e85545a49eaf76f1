/* What is known beforehand of prefixes that many words begin with is what reading their lists gives. */
#include "words.h"

#include <string.h>

#include "lectern/text.h"

enum { DOCUMENTS = 700, WORDS = 90 };

/* Words of four letters, mostly of the first ones. */
static void add_word(struct buf *text, uint64_t *seed)
{
    static const char *const letters[] = {"a", "\u0436", "b", "c"};
    for (uint32_t len = 2 + words_random(seed) % 5; len > 0; len--) {
        uint32_t a = words_random(seed) % 4, b = words_random(seed) % 2;
        buf_add(text, str_from(letters[a < b ? a : b]));
    }
    buf_add_byte(text, ' ');
}

static struct index *make(void)
{
    uint64_t seed = 5;
    struct index_builder *builder = index_builder_new(NULL);
    struct buf title = {0}, text = {0};
    for (uint32_t document = 0; document < DOCUMENTS; document++) {
        buf_clear(&title);
        buf_clear(&text);
        for (uint32_t i = words_random(&seed) % 3; i > 0; i--)
            add_word(&title, &seed);
        for (uint32_t i = words_random(&seed) % WORDS; i > 0; i--)
            add_word(&text, &seed);
        struct str keywords[2] = {buf_str(&title), STR("abba")};
        struct article article = {.title = document % 5 ? buf_str(&title) : STR("x"),
                                  .keywords = keywords,
                                  .keyword_count = document % 3,
                                  .text = buf_str(&text),
                                  .author = buf_str(&text)};
        index_builder_add(builder, document, &article);
    }
    struct index *index = words_build(&builder, 1, DOCUMENTS + 3);
    index_builder_free(builder);
    buf_free(&title);
    buf_free(&text);
    return index;
}

struct naive {
    bool there[DOCUMENTS + 3];
    struct posting sums[DOCUMENTS + 3];
    size_t postings;
};

/* All words that begin with a prefix, united. */
static void unite(const struct index *index, struct str prefix, struct naive *naive)
{
    uint32_t first, end;
    *naive = (struct naive){0};
    index_find_prefix(index, prefix, &first, &end);
    for (uint32_t term = first; term < end; term++) {
        struct posting_reader reader = index_postings(index, term);
        for (struct posting posting; index_next_posting(&reader, &posting); naive->postings++) {
            naive->there[posting.document] = true;
            for (int f = 0; f < INDEX_TEXT; f++)
                naive->sums[posting.document].counts[f] =
                    (uint8_t)(naive->sums[posting.document].counts[f] + posting.counts[f]);
        }
    }
}

/* Leaves behind the documents that are only in the bitmap. */
static void check_strong(struct index_hot *hot, const struct naive *naive)
{
    static const uint8_t nothing[INDEX_FIELDS];
    struct posting posting = {0};
    bool more = index_next_posting(&hot->strong, &posting);
    for (uint32_t document = 0; document < DOCUMENTS + 3; document++) {
        const uint8_t *counts = naive->sums[document].counts;
        if (memcmp(counts, nothing, INDEX_FIELDS) == 0)
            continue;
        assert_true(more);
        assert_int_equal(posting.document, document);
        assert_memory_equal(posting.counts, counts, INDEX_FIELDS);
        assert_int_equal(index_positions(&hot->strong, NULL, 0), 0);
        more = index_next_posting(&hot->strong, &posting);
    }
    assert_false(more);
}

static bool check_prefix(const struct index *index, struct str prefix, size_t characters)
{
    static struct naive naive;
    struct index_hot hot;
    unite(index, prefix, &naive);
    bool wanted = characters > 0 && characters <= 4 && naive.postings > 2 * (DOCUMENTS + 3);
    assert_int_equal(index_find_hot(index, prefix, &hot), wanted);
    if (!wanted)
        return false;
    uint32_t documents = 0;
    for (uint32_t document = 0; document < DOCUMENTS + 3; document++) {
        assert_int_equal(hot.bitmap[document / 64] >> document % 64 & 1, naive.there[document]);
        documents += naive.there[document];
    }
    assert_int_equal(hot.documents, documents);
    check_strong(&hot, &naive);
    return true;
}

static void hot_prefixes_are_the_words_united(void **state)
{
    (void)state;
    struct index *index = make();
    size_t hot[8] = {0};
    uint32_t first, end;
    index_find_prefix(index, STR(""), &first, &end);
    for (uint32_t term = first; term < end; term++) {
        struct str text = index_term(index, term);
        size_t at = 0, characters = 0, len;
        uint32_t code_point;
        hot[characters] += check_prefix(index, STR(""), characters);
        while ((len = text_decode(str_slice(text, at, text.len), &code_point)) > 0 && characters < 6) {
            at += len;
            characters++;
            hot[characters] += check_prefix(index, str_slice(text, 0, at), characters);
        }
    }
    assert_true(hot[1] > 0 && hot[2] > 0 && hot[3] > 0 && hot[4] > 0);
    index_release(index);
}

static void a_small_library_has_none(void **state)
{
    (void)state;
    struct article article = {.text = STR("a")};
    struct index *index = words_of(&article, 1);
    struct index_hot hot;
    assert_false(index_find_hot(index, STR("a"), &hot));
    assert_false(index_find_hot(index, STR(""), &hot));
    index_release(index);
}

/* The sections of an index, with another bit in the bitmap of each prefix: the one behind the last document. */
static struct image *with_a_bit_too_many(const struct index *index)
{
    const size_t words = (DOCUMENTS + 3 + 63) / 64;
    struct image *image = image_new();
    for (size_t i = 0; i < image_section_count(index_image(index)); i++) {
        const struct image_section *section = image_section(index_image(index), i);
        uint64_t *block = mem_calloc(section->size / 8 + 1, 8);
        memcpy(block, section->at, section->size);
        if (str_eq(str_from(section->name), STR("hotbits")))
            for (size_t word = words - 1; word < section->size / 8; word += words)
                block[word] |= (uint64_t)1 << (DOCUMENTS + 3) % 64;
        image_take(image, section->name, block, section->size);
    }
    return image;
}

static void damage_names_no_documents_that_there_are_not(void **state)
{
    (void)state;
    struct index *index = make();
    struct image *image = with_a_bit_too_many(index);
    struct index *damaged = index_open(image);
    struct index_hot hot;
    assert_non_null(damaged);
    assert_true(index_find_hot(index, STR("a"), &hot));
    assert_false(index_find_hot(damaged, STR("a"), &hot));
    index_release(index);
    index_release(damaged);
    image_release(image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hot_prefixes_are_the_words_united),
        cmocka_unit_test(a_small_library_has_none),
        cmocka_unit_test(damage_names_no_documents_that_there_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
