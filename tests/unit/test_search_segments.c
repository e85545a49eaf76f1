/* Queries made by chance, on articles made by chance: what they find is what a plain matcher finds, and is the same whether the
 * articles lie in one segment or in two, ranks and all. */
#include "lectern/mem.h"
#include "lectern/pattern.h"
#include "lectern/text.h"
#include "searched.h"
#include "words.h"

enum { ARTICLES = 60, WORDS = 24, ROUNDS = 400 };

/* No two of one stem. */
static const char *const stock[WORDS] = {"alpha", "beta",  "gamma",   "delta", "epsilon", "zeta",
                                         "eta",   "theta", "iota",    "kappa", "lambda",  "mu",
                                         "nu",    "xi",    "omicron", "pi",    "rho",     "sigma",
                                         "tau",   "phi",   "chi",     "psi",   "omega",   "liver"};

/* Early words are commoner. */
static const char *draw(uint64_t *seed)
{
    uint32_t a = words_random(seed) % WORDS, b = words_random(seed) % WORDS;
    return stock[a < b ? a : b];
}

static void add_words(struct buf *out, uint64_t *seed, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buf_printf(out, "%s%s", i ? " " : "", draw(seed));
}

static void write_random(struct folder *folder, uint32_t number, uint64_t seed)
{
    struct buf title = {0}, keywords = {0}, answer = {0};
    char id[16];
    snprintf(id, sizeof id, "%u", 100 + number);
    seed = seed * 1000003 + number + 1;
    words_random(&seed);
    add_words(&title, &seed, 1 + words_random(&seed) % 4);
    add_words(&keywords, &seed, 1 + words_random(&seed) % 3);
    add_words(&answer, &seed, words_random(&seed) % 30);
    write_article(folder, id, buf_cstr(&title), buf_cstr(&keywords), buf_cstr(&answer));
    buf_free(&title);
    buf_free(&keywords);
    buf_free(&answer);
}

static void add_pattern(struct buf *out, uint64_t *seed)
{
    const char *one = draw(seed), *other = draw(seed);
    switch (words_random(seed) % 6) {
    case 0: buf_printf(out, "/%s %s/", one, other); break;
    case 1: buf_printf(out, "/%s.*%s/", one, other); break;
    case 2: buf_printf(out, "/(%s|%s) %s/", one, other, draw(seed)); break;
    case 3: buf_printf(out, "/%.3s\\w* %s\\b/", one, other); break;
    case 4: buf_printf(out, "/^%.*s/", 1, one); break;
    default: buf_printf(out, "/(\\w+) \\1/"); break;
    }
}

static void add_leaf(struct buf *out, uint64_t *seed)
{
    if (words_random(seed) % 4 == 0) {
        add_pattern(out, seed);
        return;
    }
    static const char *const fields[] = {"", "", "", "", "title:", "keyword:", "answer:"};
    buf_printf(out, "%s", fields[words_random(seed) % 7]);
    if (words_random(seed) % 4 == 0) {
        buf_add_byte(out, '"');
        add_words(out, seed, 2 + words_random(seed) % 2);
        buf_add_byte(out, '"');
    } else {
        buf_printf(out, "%s", draw(seed));
    }
}

static void add_query(struct buf *out, uint64_t *seed, unsigned depth)
{
    uint32_t terms = 1 + words_random(seed) % 3;
    for (uint32_t i = 0; i < terms; i++) {
        if (i)
            buf_add(out, words_random(seed) % 3 == 0 ? STR(" OR ") : STR(" "));
        if (words_random(seed) % 5 == 0)
            buf_add_byte(out, '-');
        if (depth && words_random(seed) % 4 == 0) {
            buf_add_byte(out, '(');
            add_query(out, seed, depth - 1);
            buf_add_byte(out, ')');
        } else {
            add_leaf(out, seed);
        }
    }
}

/* One article's words, all of a field together with bars between what no phrase crosses. */
struct plain {
    struct str title, keywords, text;
};

static bool has_row(struct str text, const struct query_word *words, size_t count)
{
    struct str rest = text, word;
    while (text_next_word(&rest, &word)) {
        struct str ahead = {word.at, (size_t)(text.at + text.len - word.at)};
        size_t matched = 0;
        while (matched < count && text_next_word(&ahead, &word)) {
            bool same = words[matched].prefix ? str_starts(word, words[matched].text)
                                              : str_eq(word, words[matched].text);
            if (!same)
                break;
            matched++;
        }
        if (matched == count)
            return true;
    }
    return false;
}

static bool matches(struct str source, struct str text)
{
    struct arena arena = {0};
    struct pattern *pattern = pattern_compile(source, PATTERN_SMART_CASE, NULL);
    struct pattern_match *found;
    size_t count;
    assert_non_null(pattern);
    assert_int_equal(pattern_find_all(pattern, text, &arena, &found, &count, NULL), 0);
    pattern_free(pattern);
    arena_free(&arena);
    return count > 0;
}

static bool plainly_has(const struct plain *plain, const struct query_node *node)
{
    if (node->kind == QUERY_NOT)
        return !plainly_has(plain, node->first);
    if (node->kind == QUERY_PATTERN)
        return matches(node->text, plain->title) || matches(node->text, plain->text);
    if (node->kind == QUERY_WORD || node->kind == QUERY_PHRASE) {
        enum query_field field = node->words[0].field;
        bool any = field == QUERY_ANYWHERE;
        return ((any || field == QUERY_TITLE) && has_row(plain->title, node->words, node->word_count)) ||
               ((any || field == QUERY_KEYWORD) && has_row(plain->keywords, node->words, node->word_count)) ||
               ((any || field == QUERY_ANSWER) && has_row(plain->text, node->words, node->word_count));
    }
    for (const struct query_node *child = node->first; child; child = child->next)
        if (plainly_has(plain, child) == (node->kind == QUERY_OR))
            return node->kind == QUERY_OR;
    return node->kind == QUERY_AND;
}

/* Of a library of one-word keywords in one list: the keyword line is one keyword. */
static size_t count_plainly(const struct place *place, const struct query *query, bool *found)
{
    struct search_scratch *scratch = search_scratch_new();
    size_t count = 0;
    for (uint32_t a = 0; a < catalogue_count(place->catalogue); a++) {
        struct plain plain = {
            .title = catalogue_title(place->catalogue, a),
            .keywords =
                catalogue_keyword_name(place->catalogue, catalogue_keyword_of(place->catalogue, a, 0)),
            .text = search_text(scratch, place->segments, a),
        };
        found[a] = query->root && plainly_has(&plain, query->root);
        count += found[a];
    }
    search_scratch_free(scratch);
    return count;
}

static void assert_plain(const struct place *place, const char *text)
{
    struct arena arena = {0};
    struct search_results results;
    struct query query;
    bool found[ARTICLES] = {0};
    place_search(place, text, ARTICLES, &arena, &results);
    assert_int_equal(query_parse(&arena, str_from(text), true, &query, NULL), 0);
    if (results.problem.kind) { /* a pattern that was cut is none any more */
        assert_int_equal(results.total, 0);
        arena_free(&arena);
        return;
    }
    size_t count = count_plainly(place, &query, found);
    if (results.total != count)
        fail_msg("\"%s\" finds %zu, plainly %zu", text, results.total, count);
    for (size_t i = 0; i < results.count; i++)
        if (!found[results.hits[i].article])
            fail_msg("\"%s\" finds article %u", text, results.hits[i].article);
    arena_free(&arena);
}

static void assert_same(const struct place *a, const struct place *b, const char *text)
{
    struct arena arena = {0};
    struct search_results one, other;
    place_search(a, text, ARTICLES, &arena, &one);
    place_search(b, text, ARTICLES, &arena, &other);
    if (one.total != other.total)
        fail_msg("\"%s\" finds %zu in one segment, %zu in two", text, one.total, other.total);
    for (size_t i = 0; i < one.count; i++)
        if (one.hits[i].article != other.hits[i].article || one.hits[i].field != other.hits[i].field)
            fail_msg("\"%s\": hit %zu is %u in one segment, %u in two", text, i, one.hits[i].article,
                     other.hits[i].article);
    assert_int_equal(one.correction_count, other.correction_count);
    for (size_t i = 0; i < one.correction_count; i++) {
        assert_int_equal(one.corrections[i].count, other.corrections[i].count);
        for (size_t j = 0; j < one.corrections[i].count; j++)
            assert_true(str_eq(one.corrections[i].texts[j], other.corrections[i].texts[j]));
    }
    arena_free(&arena);
}

static void queries_find_what_a_plain_matcher_finds(void **state)
{
    uint64_t seed = 7;
    for (uint32_t i = 0; i < ARTICLES; i++)
        write_random(*state, i, 1);
    struct place place = place_open(*state);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct buf text = {0};
        add_query(&text, &seed, 2);
        if (words_random(&seed) % 2)
            buf_add_byte(&text, ' ');
        else if (text.len > 3 && words_random(&seed) % 2)
            text.len -= 2;
        assert_plain(&place, buf_cstr(&text));
        buf_free(&text);
    }
    place_close(&place);
}

static bool is_changed(uint32_t number)
{
    return number % 4 == 1;
}

/* The library as two segments: `old` with its changed articles gone, and these as they are now. */
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

static void two_segments_answer_as_one(void **state)
{
    (void)state;
    uint32_t articles[ARTICLES];
    uint64_t gone[ARTICLES / 64 + 1] = {0}, seed = 11;
    struct place old = open_random(1, false), now = open_random(2, false), delta = open_random(2, true);
    struct place both = join(&old, &delta, &now, articles, gone);
    static const char *const typed[] = {"a",      "e",     "p",       "om",      "l",
                                        "alhpa ", "lvier", "omcrno ", "epzilon", "-mu "};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        assert_same(&now, &both, typed[i]);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct buf text = {0};
        add_query(&text, &seed, 2);
        if (words_random(&seed) % 2)
            buf_add_byte(&text, ' ');
        assert_same(&now, &both, buf_cstr(&text));
        buf_free(&text);
    }
    place_close(&both);
    place_close(&delta);
    place_close(&now);
    place_close(&old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEARCH_TEST(queries_find_what_a_plain_matcher_finds),
        cmocka_unit_test(two_segments_answer_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
