/* Which articles are like one. */
#include "searched.h"
#include "words.h"

enum { ARTICLES = 80, WORDS = 40 };

static void find(const struct place *place, const char *id, size_t limit, struct arena *arena,
                 struct search_results *results)
{
    uint32_t article = catalogue_find_id(place->catalogue, str_from(id));
    assert_true(search_similar(place->catalogue, place->segments, article, limit, NULL, place->scratch, arena,
                               results));
}

static void assert_similar(const struct place *place, const char *id, size_t limit, const char *expected)
{
    struct arena arena = {0};
    struct buf ids = {0};
    struct search_results results;
    find(place, id, limit, &arena, &results);
    for (size_t i = 0; i < results.count; i++)
        buf_printf(&ids, "%.*s ", STR_ARG(catalogue_id(place->catalogue, results.hits[i].article)));
    assert_string_equal(buf_cstr(&ids), expected);
    buf_free(&ids);
    arena_free(&arena);
}

static void write_small_library(struct folder *folder)
{
    write_article(folder, "1", "Liver failure", "liver, failure", "The liver fails when hepatitis goes on.");
    write_article(folder, "2", "Hepatitis", "virus, liver", "A virus makes the liver ill: hepatitis.");
    write_article(folder, "3", "What is a proof?", "logic", "A proof goes from axioms to a theorem.");
    write_article(folder, "4", "Theorems", "logic", "A theorem has a proof, by logic.");
    write_article(folder, "5", "Cirrhosis", "liver", "The liver is scarred.");
    write_article(folder, "6", "Greek", "letters", "Alpha comes before beta.");
    write_article(folder, "7", "Latin", "letters", "It has the letters of Rome.");
}

static void words_in_common_make_alike_the_nearest_first(void **state)
{
    write_small_library(*state);
    struct place place = place_open(*state);
    assert_similar(&place, "3", 1, "4 ");
    assert_similar(&place, "4", 1, "3 ");
    assert_similar(&place, "2", 2, "1 5 ");
    place_close(&place);
}

/* "The" and "is" are in most of them. */
static void what_most_articles_have_makes_none_alike(void **state)
{
    static const char *const nouns[] = {"moon", "spoon", "clock", "river", "glass", "stone"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        struct folder *folder = *state;
        const char *answer = arena_printf(&folder->arena, "The %s is what it is.", nouns[i]).at;
        write_article(folder, nouns[i], nouns[i], "none", answer);
    }
    struct place place = place_open(*state);
    assert_similar(&place, "moon", 100, "");
    place_close(&place);
}

static void no_article_is_like_itself_or_found_twice(void **state)
{
    struct folder *folder = *state;
    write_small_library(folder);
    mkdir(folder_path(folder, "again"), 0700);
    folder_write(folder, "again/1.md", "---\nid: 1\ntitle: Liver failure\n---\nThe liver fails.\n");
    struct place place = place_open(folder);
    for (uint32_t a = 0; a < catalogue_count(place.catalogue); a++) {
        struct arena arena = {0};
        struct search_results results;
        assert_true(
            search_similar(place.catalogue, place.segments, a, 100, NULL, place.scratch, &arena, &results));
        for (size_t i = 0; i < results.count; i++) {
            assert_int_not_equal(results.hits[i].article, a);
            for (size_t j = 0; j < i; j++)
                assert_int_not_equal(results.hits[i].article, results.hits[j].article);
        }
        arena_free(&arena);
    }
    place_close(&place);
}

static void what_shares_nothing_is_like_nothing(void **state)
{
    struct folder *folder = *state;
    write_small_library(folder);
    write_article(folder, "8", "Xylophones", "music", "Wooden bars.");
    folder_write(folder, "9.md", "---\nid: 9\ntitle: \"?\"\n---\n");
    struct place place = place_open(folder);
    assert_similar(&place, "8", 100, "");
    assert_similar(&place, "9", 100, "");
    place_close(&place);
}

static void articles_that_are_missing_and_no_index_find_nothing(void **state)
{
    struct folder *folder = *state;
    write_small_library(folder);
    folder_write(
        folder, "8.md",
        "---\nid: 8\ntitle: Livers\nrelated_article1:\n  id: 99\n  title: Liver failure\n---\nLiver.\n");
    struct place place = place_open(folder);
    struct arena arena = {0};
    struct search_results results;
    uint32_t missing = catalogue_find_id(place.catalogue, STR("99"));
    assert_true(catalogue_is_missing(place.catalogue, missing));
    assert_true(
        search_similar(place.catalogue, place.segments, missing, 10, NULL, place.scratch, &arena, &results));
    assert_int_equal(results.count, 0);
    assert_true(search_similar(place.catalogue, NULL, 0, 10, NULL, place.scratch, &arena, &results));
    assert_int_equal(results.count, 0);
    assert_true(results.titles_only);
    assert_similar(&place, "1", 0, "");
    arena_free(&arena);
    place_close(&place);
}

static void a_cancelled_search_says_so(void **state)
{
    write_small_library(*state);
    struct place place = place_open(*state);
    struct arena arena = {0};
    struct search_results results;
    atomic_bool cancel = true;
    assert_false(
        search_similar(place.catalogue, place.segments, 0, 10, &cancel, place.scratch, &arena, &results));
    arena_free(&arena);
    place_close(&place);
}

static void add_words(struct buf *out, uint64_t *seed, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buf_printf(out, "%sword%c", i ? " " : "",
                   (char)('A' + words_random(seed) % WORDS * (words_random(seed) % WORDS) / WORDS % 26));
}

static void write_random(struct folder *folder, uint32_t number, uint64_t seed)
{
    struct buf title = {0}, keywords = {0}, answer = {0};
    char id[16];
    snprintf(id, sizeof id, "%u", 100 + number);
    seed = seed * 1000003 + number + 1;
    words_random(&seed);
    add_words(&title, &seed, 1 + words_random(&seed) % 3);
    add_words(&keywords, &seed, 1 + words_random(&seed) % 2);
    add_words(&answer, &seed, words_random(&seed) % 12);
    write_article(folder, id, buf_cstr(&title), buf_cstr(&keywords), buf_cstr(&answer));
    buf_free(&title);
    buf_free(&keywords);
    buf_free(&answer);
}

static bool is_changed(uint32_t number)
{
    return number % 3 == 1;
}

static struct place open_random(uint64_t seed, bool only_changed)
{
    void *state;
    assert_int_equal(folder_make(&state), 0);
    for (uint32_t i = 0; i < ARTICLES; i++)
        if (!only_changed || is_changed(i))
            write_random(state, i, is_changed(i) ? seed : 1);
    struct place place = place_open(state);
    folder_remove(&state);
    return place;
}

/* The same library in two segments: `old` with its changed articles gone, and these as they are now. */
static struct place join(const struct place *old, const struct place *delta, const struct place *now,
                         uint32_t *articles, uint64_t *gone)
{
    struct place both = {catalogue_keep(now->catalogue), segments_single(old->segments->at[0].index),
                         search_scratch_new()};
    for (uint32_t a = 0; a < catalogue_count(now->catalogue); a++)
        if (is_changed(a))
            gone[a / 64] |= (uint64_t)1 << a % 64;
    for (uint32_t d = 0; d < catalogue_count(delta->catalogue); d++)
        articles[d] = catalogue_find_id(now->catalogue, catalogue_id(delta->catalogue, d));
    both.segments->at[0].gone = gone;
    both.segments->at[1] =
        (struct segment){.index = index_keep(delta->segments->at[0].index), .articles = articles};
    both.segments->count = 2;
    return both;
}

static void two_segments_answer_as_one(void **state)
{
    (void)state;
    uint32_t articles[ARTICLES];
    uint64_t gone[ARTICLES / 64 + 1] = {0};
    struct place old = open_random(1, false), now = open_random(2, false), delta = open_random(2, true);
    struct place both = join(&old, &delta, &now, articles, gone);
    for (uint32_t a = 0; a < ARTICLES; a++) {
        struct arena arena = {0};
        struct search_results one, other;
        const char *id = arena_printf(&arena, "%u", 100 + a).at;
        find(&now, id, ARTICLES, &arena, &one);
        find(&both, id, ARTICLES, &arena, &other);
        assert_int_equal(one.count, other.count);
        assert_int_equal(one.total, other.total);
        for (size_t i = 0; i < one.count; i++)
            if (one.hits[i].article != other.hits[i].article)
                fail_msg("%s: number %zu is %u in one segment, %u in two", id, i, one.hits[i].article,
                         other.hits[i].article);
        arena_free(&arena);
    }
    place_close(&both);
    place_close(&delta);
    place_close(&now);
    place_close(&old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEARCH_TEST(words_in_common_make_alike_the_nearest_first),
        SEARCH_TEST(what_most_articles_have_makes_none_alike),
        SEARCH_TEST(no_article_is_like_itself_or_found_twice),
        SEARCH_TEST(what_shares_nothing_is_like_nothing),
        SEARCH_TEST(articles_that_are_missing_and_no_index_find_nothing),
        SEARCH_TEST(a_cancelled_search_says_so),
        cmocka_unit_test(two_segments_answer_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
