#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/bounds.h"
#include "lectern/pattern.h"

struct outcome {
    struct arena arena;
    struct pattern_match *matches;
    size_t count;
    int result;
    struct err err;
};

static struct outcome find(struct str source, struct str text)
{
    struct outcome outcome = {0};
    struct pattern *pattern = pattern_compile(source, PATTERN_SMART_CASE, &outcome.err);
    assert_non_null(pattern);
    outcome.result =
        pattern_find_all(pattern, text, &outcome.arena, &outcome.matches, &outcome.count, &outcome.err);
    pattern_free(pattern);
    return outcome;
}

static size_t count_of(struct str source, struct str text)
{
    struct outcome outcome = find(source, text);
    assert_int_equal(outcome.result, 0);
    arena_free(&outcome.arena);
    return outcome.count;
}

static void all_matches_are_found_in_order(void **state)
{
    (void)state;
    struct outcome outcome = find(STR("l\\w+"), STR("liver, a lobe"));
    assert_int_equal(outcome.result, 0);
    assert_int_equal(outcome.count, 2);
    assert_int_equal(outcome.matches[0].start, 0);
    assert_int_equal(outcome.matches[0].end, 5);
    assert_int_equal(outcome.matches[1].start, 9);
    assert_int_equal(outcome.matches[1].end, 13);
    arena_free(&outcome.arena);
    assert_int_equal(count_of(STR("liver"), STR("")), 0);
}

static void case_counts_only_when_a_capital_is_meant(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        size_t in_both_cases; /* matches in "Ll" */
    } cases[] = {
        {"l", 2},          {"L", 1},           {"[A-Z]", 1},
        {"(?:L)", 1},      {"(?=L).", 1},      {"(?<!L)l", 0},
        {"(?i:L)", 2},     {"\\Wl|l", 2},      {"\\x4A|l", 2},
        {"\\p{Lu}x|l", 2}, {"\\PLx|l", 2},     {"\\N{U+4A}|l", 2},
        {"(?<Name>l)", 2}, {"(?'Name'l)", 2},  {"(?P<Name>l)", 2},
        {"(?#Note)l", 2},  {"(?J)l", 2},       {"(?(R)x|l)", 2},
        {"(*UTF)l", 2},    {"[[:alpha:]]", 2}, {"(?<A>l)\\k<A>?", 1},
        {"(?C1)l", 2},     {"(?(?=L)L|x)", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome outcome = find(str_from(cases[i].source), STR("Ll"));
        if (outcome.count != cases[i].in_both_cases)
            fail_msg("%s: %zu matches", cases[i].source, outcome.count);
        arena_free(&outcome.arena);
    }
    assert_int_equal(count_of(STR("\xc3\xa9"), STR("\xc3\xa9 \xc3\x89")), 2); /* e acute, small and capital */
    assert_int_equal(count_of(STR("\xc3\x89"), STR("\xc3\xa9 \xc3\x89")), 1);
}

static void words_and_lines_are_those_of_unicode_text(void **state)
{
    (void)state;
    assert_int_equal(count_of(STR("\\w+"), STR("na\xc3\xafve caf\xc3\xa9")), 2);
    assert_int_equal(count_of(STR("^b$"), STR("a\nb\nb")), 2);
    assert_int_equal(count_of(STR("^."), STR("\xc3\xa9")), 1);
}

static void mistakes_are_placed_in_characters(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        size_t column;
        enum err_kind kind;
    } cases[] = {
        {"*a", 1, ERR_FORMAT},       {"\xc3\xa9\xc3\xa9(", 4, ERR_FORMAT},
        {"abc)", 4, ERR_FORMAT},     {"[abc", 5, ERR_FORMAT},
        {"a\\", 3, ERR_FORMAT},      {"a\\C", 4, ERR_FORMAT},
        {"a\xff", 2, ERR_FORMAT},    {"((a{1,500}){1,500}){1,100}", 27, ERR_TOO_BIG},
        {"(?=a\\K)", 8, ERR_FORMAT}, {"\\p{Nothing}", 12, ERR_FORMAT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err err = {0};
        assert_null(pattern_compile(str_from(cases[i].source), PATTERN_SMART_CASE, &err));
        if (err.column != cases[i].column || err.kind != cases[i].kind)
            fail_msg("%s: column %zu, kind %d: %s", cases[i].source, err.column, (int)err.kind, err.message);
        assert_int_equal(err.line, 1);
        assert_true(strlen(err.message) > 0);
        assert_null(strstr(err.message, "PCRE2"));
    }
}

static void large_patterns_are_refused(void **state)
{
    (void)state;
    char source[BOUND_PATTERN_BYTES + 1];
    struct err err = {0};
    memset(source, 'a', sizeof source);
    assert_null(pattern_compile((struct str){source, sizeof source}, PATTERN_SMART_CASE, &err));
    assert_int_equal(err.kind, ERR_TOO_BIG);
    memset(source, '(', BOUND_PATTERN_BYTES);
    assert_null(pattern_compile((struct str){source, BOUND_PATTERN_BYTES}, PATTERN_SMART_CASE, &err));
    assert_int_equal(err.kind, ERR_TOO_BIG);
    static const char range[] = "[\\x{100}-\\x{10ffff}]";
    for (size_t at = 0; at < BOUND_PATTERN_BYTES; at++)
        source[at] = range[at % (sizeof range - 1)];
    assert_null(pattern_compile((struct str){source, 50 * (sizeof range - 1)}, PATTERN_SMART_CASE, &err));
    assert_int_equal(err.kind, ERR_TOO_BIG);
    memset(source, 'a', sizeof source);
    struct pattern *pattern =
        pattern_compile((struct str){source, BOUND_PATTERN_BYTES}, PATTERN_SMART_CASE, &err);
    assert_non_null(pattern);
    pattern_free(pattern);
    pattern_free(NULL);
}

/* 100 kB of `a`, and a character that lets many patterns fail at the very end. */
static struct str long_text(char last)
{
    size_t len = 100000;
    char *text = malloc(len);
    assert_non_null(text);
    memset(text, 'a', len);
    text[len - 1] = last;
    return (struct str){text, len};
}

static void hostile_patterns_hit_a_limit(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "(a+)+$(?<!b)",
        "(a|a)+$",
        "(a|aa)+$",
        "(?R)",
        "a(?R)",
        "(*LIMIT_MATCH=999999999)(*LIMIT_DEPTH=999999999)(*LIMIT_HEAP=999999999)(a+)+$(?<!b)",
        "(?s).*.*.*.*.*(?<=c)",
        "\\w+\\d",
        "(((((a*)*)*)*)*)*$(?<!b)",
        "(a{0,200}){0,200}(?<=c)",
    };
    struct str text = long_text('b');
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        struct outcome outcome = find(str_from(sources[i]), text);
        if (outcome.result != -1 || outcome.err.kind != ERR_LIMIT)
            fail_msg("%s: result %d, %zu matches", sources[i], outcome.result, outcome.count);
        arena_free(&outcome.arena);
    }
    free((char *)text.at);
}

static void odd_patterns_end(void **state)
{
    (void)state;
    struct str text = long_text('a');
    assert_int_equal(count_of(STR("x*"), text), 0);
    assert_int_equal(count_of(STR("^|$|\\b"), text), 0);
    assert_int_equal(count_of(STR("(?C1)a+"), text), 1);
    assert_int_equal(count_of(STR("(?(R)a|b)"), text), 0);
    assert_int_equal(count_of(STR("(a+)+$"), text), 1);
    assert_int_equal(count_of(STR("(*COMMIT)b"), text), 0);
    assert_int_equal(count_of(STR("(?(DEFINE)(?<x>a\\K))(?=(?&x))"), text), 0);
    free((char *)text.at);
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* A pattern of pieces, most of which lead to many ways to match. */
static void make_pattern(struct buf *out, uint64_t *random)
{
    static const char *const pieces[] = {
        "a",       "b",      "[ab]", "\\w", "\\d",         ".",    "\xc3\xa9", "s",      "K",
        "(?i:k)",  "\\b",    "^",    "$",   "\\s",         "[^a]", "(?=a)",    "(?!b)",  "(?<=a)",
        "(?<!ab)", "\\p{L}", "\\X",  "\\K", "[[:alpha:]]", " ",    "\n",       "(?s:.)", "(a|b)",
    };
    static const char *const repeats[] = {"",   "",   "",   "",    "*",     "+",  "?",
                                          "*?", "+?", "??", "{2}", "{1,3}", "*+", "{0,2}"};
    size_t depth = 0;
    for (size_t n = next_random(random) % 7 + 1; n--;) {
        uint64_t what = next_random(random) % 8;
        if (what == 0 && depth < 4) {
            static const char *const groups[] = {"(", "(?:", "(?>", "(?=", "(?|"};
            buf_printf(out, "%s", groups[next_random(random) % 5]);
            depth++;
            continue;
        }
        if (what == 1 && depth) {
            buf_add_byte(out, ')');
            depth--;
        } else if (what == 2) {
            buf_add_byte(out, '|');
            continue;
        } else {
            buf_printf(out, "%s", pieces[next_random(random) % (sizeof pieces / sizeof *pieces)]);
        }
        buf_printf(out, "%s", repeats[next_random(random) % (sizeof repeats / sizeof *repeats)]);
    }
    while (depth--)
        buf_add_byte(out, ')');
}

static void make_text(struct buf *out, uint64_t *random)
{
    static const char *const pieces[] = {
        "a", "a", "aaaaaaaa", "b", "ab", " ",        "\n",       "s",         "S",        "k",
        "K", "7", "_",        "A", ".",  "\xc3\xa9", "\xc3\x89", "e\xcc\x81", "\xc5\xbf", "\xe2\x84\xaa"};
    size_t kinds = next_random(random) % 2 ? 15 : sizeof pieces / sizeof *pieces;
    for (size_t n = next_random(random) % 60; n--;)
        buf_printf(out, "%s", pieces[next_random(random) % kinds]);
}

/* A callout changes nothing in what matches, but has the pattern matched in another way, which may have other limits. */
static void expect_same_with_callout(struct str source, struct str text)
{
    struct buf other = {0};
    buf_printf(&other, "(?C1)(?:%.*s)", STR_ARG(source));
    struct err err = {0};
    struct pattern *pattern = pattern_compile(source, PATTERN_SMART_CASE, &err);
    if (pattern) {
        pattern_free(pattern);
        struct outcome a = find(source, text), b = find(buf_str(&other), text);
        bool same = a.result != 0 || b.result != 0 ||
                    (a.count == b.count &&
                     (!a.count || memcmp(a.matches, b.matches, a.count * sizeof *a.matches) == 0));
        if (!same)
            fail_msg("/%.*s/ in \"%.*s\": %zu matches (%d) and %zu (%d)", STR_ARG(source), STR_ARG(text),
                     a.count, a.result, b.count, b.result);
        arena_free(&a.arena);
        arena_free(&b.arena);
    }
    buf_free(&other);
}

static void all_ways_to_match_find_the_same(void **state)
{
    (void)state;
    struct buf source = {0}, text = {0};
    uint64_t random = 1;
    for (int i = 0; i < 3000; i++) {
        buf_clear(&source);
        buf_clear(&text);
        make_pattern(&source, &random);
        make_text(&text, &random);
        expect_same_with_callout(buf_str(&source), buf_str(&text));
    }
    buf_free(&source);
    buf_free(&text);
}

static void ascii_means_the_same_in_any_text(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "\\w",
        "\\W",
        "\\d",
        "\\D",
        "\\s",
        "\\S",
        "\\h",
        "\\H",
        "\\v",
        "\\V",
        "\\R",
        "\\X",
        "\\N",
        "\\b.",
        "\\B.",
        "[[:alnum:]]",
        "[[:alpha:]]",
        "[[:blank:]]",
        "[[:cntrl:]]",
        "[[:digit:]]",
        "[[:graph:]]",
        "[[:lower:]]",
        "[[:print:]]",
        "[[:punct:]]",
        "[[:space:]]",
        "[[:upper:]]",
        "[[:word:]]",
        "[[:xdigit:]]",
        "[[:^punct:]]",
        "[[:ascii:]]",
        "[^\\W\\d_]",
        "\\p{L}",
        "\\p{Lu}",
        "\\P{Ll}",
        "\\p{P}",
        "\\p{Xwd}",
        "\\p{Xps}",
        "\\p{Xan}",
        "[\\x20-\\xff]",
        "[a-\\xe9]",
        "[+-_]",
        "[K-s]",
        "(?i)[K-s]",
        "(?i)\\x4b",
        "\\x{17f}",
        "\\x{212a}",
        "[^\\x{17f}]",
        "[k-\\x{212a}]",
        "\\xb5",
        "[[:<:]].",
        "\\p{Lu}(?i)\\p{Lu}",
        "(?-i)[[:upper:]]",
        "\\o{113}",
        "\\N{U+4B}",
        "\\113",
        "$.",
    };
    char all[128 * 2];
    for (size_t i = 0; i < 128; i++) {
        all[i] = (char)i;
        all[255 - i] = (char)i;
    }
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        expect_same_with_callout(str_from(sources[i]), (struct str){all, sizeof all});
}

static void no_pattern_hangs(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "(a+)+$(?<!b)",
        "(?:(?:a*)*)*b(?<!b)",
        "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(?<=c)",
        "(?R)?a",
        "a(?R)?b",
        "(a(?1)?|b)(?1)",
        "(?=(a+)+$(?<!b))",
        "(?<!a(?=(a+)+c)aa)b",
        "(?=a*(?=a*(?=a*(?<=c))))",
        "(a*)*(a*)*(a*)*(?<=c)",
        "(.*)\\1\\1\\1(?<=c)",
        "\\w*?[a-z]*+\\d",
        "a{0,200}?(?:\\X)*+\\d",
        "(?:a|aa){0,8}[a-z]*+[0-9]",
        "(?:a?){100}[a-z]*+[0-9]",
        "a{0,200}?(?:a(?!b)|b|c)*+\\d",
        "(?:a\\K)*(?<=c)",
        "(?:(a)|(aa)|(aaa)|(aaaa)|(aaaaa)|(aaaaaa)|(aaaaaaa))*(?<=c)",
        "[^\\x{100}-\\x{10ffff}]*[^b]*[^c]*(?<=d)",
        "(?(?=a+b)a|b)*(?<=c)",
        "(?>(a+)*)*(?<=c)",
        "(?|(a)|(aa))+\\1(?<=c)",
        "(*NO_AUTO_POSSESS)(?:a+)+(?<=c)",
    };
    static const size_t lengths[] = {100, 3000, 30000, 100000};
    struct str text = long_text('b');
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct err err = {0};
        struct pattern *pattern = pattern_compile(str_from(sources[i]), PATTERN_SMART_CASE, &err);
        if (!pattern)
            fail_msg("%s: at %zu: %s", sources[i], err.column, err.message);
        struct pattern_finder *finder = pattern_finder_new(pattern, NULL);
        struct pattern_match match;
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
            pattern_begin(finder, str_slice(text, text.len - lengths[l], text.len), 5);
            while (pattern_next(finder, &match, &err) > 0)
                assert_true(match.start < match.end && match.end <= lengths[l]);
        }
        pattern_finder_free(finder);
        pattern_free(pattern);
    }
    free((char *)text.at);
}

static void a_search_ends_when_it_is_cancelled(void **state)
{
    (void)state;
    static const char *const sources[] = {"(a+)+$(?<!b)", "(?C1)(a+)+$(?<!b)", "\\w+\\d"};
    struct str text = long_text('b');
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        atomic_bool cancel = true;
        struct err err = {.kind = ERR_LIMIT};
        struct pattern_match match;
        struct pattern *pattern = pattern_compile(str_from(sources[i]), PATTERN_SMART_CASE, NULL);
        struct pattern_finder *finder = pattern_finder_new(pattern, &cancel);
        for (size_t len = 3000; len < text.len; len *= 10) {
            pattern_begin(finder, (struct str){text.at + text.len - len, len}, 3600000);
            assert_int_equal(pattern_next(finder, &match, &err), -1);
            assert_int_equal(err.kind, ERR_NONE);
        }
        pattern_finder_free(finder);
        pattern_free(pattern);
    }
    free((char *)text.at);
}

static void matches_never_overlap_whatever_the_start_says(void **state)
{
    (void)state;
    static const char *const sources[] = {"a\\Ka", "(?(DEFINE)(?<x>a\\K))(?<=(?&x))a",
                                          "(?(DEFINE)(?<x>\\Ka))(?<=(?&x))a"};
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        struct outcome outcome = find(str_from(sources[i]), STR("aaaaaaaa"));
        size_t last = 0;
        for (size_t m = 0; m < outcome.count; m++) {
            assert_true(outcome.matches[m].start >= last);
            assert_true(outcome.matches[m].start < outcome.matches[m].end);
            last = outcome.matches[m].end;
        }
        arena_free(&outcome.arena);
    }
}

static void matches_before_the_limit_are_kept(void **state)
{
    (void)state;
    struct str text = long_text('a');
    char *bytes = (char *)text.at;
    bytes[0] = bytes[1] = 'c';
    bytes[2] = ' ';
    struct outcome outcome = find(STR("c|\\w+\\d"), text);
    assert_int_equal(outcome.result, -1);
    assert_int_equal(outcome.count, 2);
    assert_int_equal(outcome.matches[1].end, 2);
    arena_free(&outcome.arena);
    free(bytes);
}

static void finds_are_bounded(void **state)
{
    (void)state;
    size_t len = BOUND_PATTERN_PAGE_FINDS + 1;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    memset(bytes, 'a', len);
    assert_int_equal(count_of(STR("a"), (struct str){bytes, len - 1}), BOUND_PATTERN_PAGE_FINDS);
    struct outcome outcome = find(STR("a"), (struct str){bytes, len});
    assert_int_equal(outcome.result, -1);
    assert_int_equal(outcome.err.kind, ERR_LIMIT);
    assert_int_equal(outcome.count, BOUND_PATTERN_PAGE_FINDS);
    arena_free(&outcome.arena);
    free(bytes);
}

static void invalid_bytes_keep_offsets(void **state)
{
    (void)state;
    struct outcome outcome = find(STR("b"), STR("\xff\xc3(\x80\xed\xa0\x80"
                                                "b\xf0\x9f"));
    assert_int_equal(outcome.result, 0);
    assert_int_equal(outcome.count, 1);
    assert_int_equal(outcome.matches[0].start, 7);
    arena_free(&outcome.arena);
}

static void a_pattern_can_be_used_again(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct pattern *pattern = pattern_compile(STR("b"), PATTERN_SMART_CASE, NULL);
    struct pattern_match *matches;
    size_t count;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pattern_find_all(pattern, STR("abb"), &arena, &matches, &count, NULL), 0);
        assert_int_equal(count, 2);
    }
    pattern_free(pattern);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_matches_are_found_in_order),
        cmocka_unit_test(case_counts_only_when_a_capital_is_meant),
        cmocka_unit_test(words_and_lines_are_those_of_unicode_text),
        cmocka_unit_test(mistakes_are_placed_in_characters),
        cmocka_unit_test(large_patterns_are_refused),
        cmocka_unit_test(hostile_patterns_hit_a_limit),
        cmocka_unit_test(odd_patterns_end),
        cmocka_unit_test(no_pattern_hangs),
        cmocka_unit_test(all_ways_to_match_find_the_same),
        cmocka_unit_test(ascii_means_the_same_in_any_text),
        cmocka_unit_test(a_search_ends_when_it_is_cancelled),
        cmocka_unit_test(matches_never_overlap_whatever_the_start_says),
        cmocka_unit_test(matches_before_the_limit_are_kept),
        cmocka_unit_test(finds_are_bounded),
        cmocka_unit_test(invalid_bytes_keep_offsets),
        cmocka_unit_test(a_pattern_can_be_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
