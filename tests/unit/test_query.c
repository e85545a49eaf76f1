#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/bounds.h"
#include "lectern/query.h"

static void assert_parsed(const char *source, bool typed, const char *expected)
{
    struct arena arena = {0};
    struct query query;
    struct err err;
    struct buf out = {0};
    if (query_parse(&arena, str_from(source), typed, &query, &err) != 0)
        fail_msg("%s: %zu: %s", source, err.column, err.message);
    query_write(&query, &out);
    assert_string_equal(buf_cstr(&out), expected);
    buf_free(&out);
    arena_free(&arena);
}

/* The whole query, and what it means. */
static void assert_query(const char *source, const char *expected)
{
    assert_parsed(source, false, expected);
}

static void assert_typed(const char *source, const char *expected)
{
    assert_parsed(source, true, expected);
}

/* Typed or not, it is wrong at a character. */
static void assert_wrong(const char *source, size_t column, const char *message)
{
    for (int typed = 0; typed < 2; typed++) {
        struct arena arena = {0};
        struct query query;
        struct err err = {0};
        assert_int_equal(query_parse(&arena, str_from(source), typed, &query, &err), -1);
        assert_null(query.root);
        assert_int_equal(query.word_count, 0);
        assert_int_equal(err.column, column);
        assert_string_equal(err.message, message);
        arena_free(&arena);
    }
}

static void words_are_all_required(void **state)
{
    (void)state;
    assert_query("liver failure", "liver failure");
    assert_query("  Liver\tFAILURE \n", "liver failure");
    assert_query("M\xc3\xa9ni\xc3\xa8re's", "meniere");
    assert_query("", "");
    assert_query(" ?! -- ", "");
    assert_query("what is this?", "what is this");
    assert_query("liver liver", "liver liver");
    assert_query("or not and", "or not and");
}

static void what_stands_together_is_several_words(void **state)
{
    (void)state;
    assert_query("Child-Pugh", "child pugh");
    assert_query("AC/DC e.g. node.js", "ac dc e g node js");
    assert_query("std::vector 3:1 foo:bar", "std vector 3 1 foo bar");
    assert_query("url::parse title::x", "url parse title x");
    assert_query("--verbose -- -", "verbose");
    assert_query("don't", "dont");
    assert_query("a OR Child-Pugh OR b", "a OR (child pugh) OR b");
    assert_query("Child-Pugh OR b", "(child pugh) OR b");
    assert_query("\xe8\x82\x9d\xe8\x84\x8f", "\xe8\x82\x9d \xe8\x84\x8f");
}

static void the_last_word_is_a_prefix_while_typing(void **state)
{
    (void)state;
    assert_typed("liver fail", "liver fail*");
    assert_typed("liver fail ", "liver fail");
    assert_typed("liver fail\n", "liver fail");
    assert_typed("liver fail?", "liver fail*");
    assert_typed("child-", "child*");
    assert_typed("child-p", "child p*");
    assert_typed("(liver fail", "liver fail*");
    assert_typed("(liver fail)", "liver fail");
    assert_typed("(liver fail) -", "liver fail");
    assert_typed("title:fail", "title:fail*");
    assert_typed("a OR b", "a OR b*");
    assert_typed("a OR", "a");
    assert_typed("a O", "a o*");
    assert_query("liver fail", "liver fail");
}

static void an_excluded_word_is_no_prefix(void **state)
{
    (void)state;
    assert_typed("liver -f", "liver -f");
    assert_typed("liver -(f", "liver -f");
    assert_typed("liver -title:f", "liver -title:f");
    assert_typed("liver -\"f", "liver -\"f\"");
}

static void quotes_make_a_phrase(void **state)
{
    (void)state;
    assert_query("\"Liver Failure\"", "\"liver failure\"");
    assert_query("\"livers\"", "\"livers\"");
    assert_query("a \"b c\" d", "a \"b c\" d");
    assert_query("\"\" \"?\"", "");
    assert_query("\"liver failure", "\"liver failure\"");
    assert_typed("\"liver fail", "\"liver fail*\"");
    assert_typed("\"liver fail ", "\"liver fail\"");
    assert_typed("\"liver fail\"", "\"liver fail\"");
    assert_query("5\" \"b", "5 b");
    assert_query("\"a ( OR -b\" c", "\"a or b\" c");
    assert_query("\"x\"y", "\"x\" y");
}

static void a_minus_excludes(void **state)
{
    (void)state;
    assert_query("liver -failure", "liver -failure");
    assert_query("-failure", "-failure");
    assert_query("-\"liver failure\" a", "-\"liver failure\" a");
    assert_query("-(a b)", "-(a b)");
    assert_query("-(a OR b) c", "-(a OR b) c");
    assert_query("-Child-Pugh", "-\"child pugh\"");
    assert_query("-url:a-b", "-(url:a url:b)");
    assert_query("a - b", "a b");
    assert_query("a -", "a");
    assert_query("a -? b", "a b");
    assert_query("(a -)", "a");
    assert_query("-(-a)", "a");
    assert_query("-(-(a b))", "a b");
    assert_query("(S)-ibuprofen", "s ibuprofen");
    assert_query("a OR -b", "a OR -b");
    assert_query("a NOT b", "a -b");
    assert_query("a AND NOT (b OR c)", "a -(b OR c)");
    assert_query("NOT title:a b", "-title:a b");
    assert_query("NOT NOT a", "a");
    assert_query("a NOT", "a");
    assert_query("a AND b AND", "a b");
    assert_query("AND a NOTE not ANDY b", "and a note not andy b");
    assert_query("\xe2\x80\x93"
                 "a",
                 "a");
}

static void or_joins_its_neighbours(void **state)
{
    (void)state;
    assert_query("a OR b", "a OR b");
    assert_query("a b OR c d", "a (b OR c) d");
    assert_query("a OR b OR c", "a OR b OR c");
    assert_query("a OR b c OR d", "(a OR b) (c OR d)");
    assert_query("a OR (b c)", "a OR (b c)");
    assert_query("(a OR b) OR c", "a OR b OR c");
    assert_query("a or b", "a or b");
    assert_query("a OR", "a");
    assert_query("(a OR )b", "a b");
}

static void or_without_a_left_side_is_a_word(void **state)
{
    (void)state;
    assert_query("OR nurse", "or nurse");
    assert_query("(OR nurse)", "or nurse");
    assert_query("a OR OR OR b", "a OR or OR b");
    assert_query("a ORb OR: c", "a orb or c");
    assert_query("a OR ? b", "a OR b");
}

static void parentheses_group(void **state)
{
    (void)state;
    assert_query("(a b) c", "a b c");
    assert_query("((a))", "a");
    assert_query("a (b OR (c d)) e", "a (b OR (c d)) e");
    assert_query("() a (())", "a");
    assert_query("(a (b", "a b");
    assert_query("f(x) Ca(2+)", "f x ca 2");
    assert_query("f(x, y)", "f x y");
    assert_query("(", "");
}

static void fields_say_where(void **state)
{
    (void)state;
    assert_query("title:liver failure", "title:liver failure");
    assert_query("TITLE:Liver", "title:liver");
    assert_query("question:a answer:b subject:c keyword:d author:e url:f",
                 "question:a answer:b subject:c keyword:d author:e url:f");
    assert_query("title:\"a b\" keyword:\"c d\"", "title:\"a b\" keyword:\"c d\"");
    assert_query("title:(a OR b) c", "(title:a OR title:b) c");
    assert_query("title:(a keyword:b (c))", "title:a keyword:b title:c");
    assert_query("title: liver", "title:liver");
    assert_query("title:child-pugh", "title:child title:pugh");
    assert_query("title:", "");
    assert_query("a title:", "a");
    assert_query("(a title:) b", "a b");
    assert_query("-title:a title:-b", "-title:a -title:b");
    assert_query("title:keyword:a", "keyword:a");
    assert_query("xtitle:a titles:b", "xtitle a titles b");
}

static void words_of_some_fields_have_no_order(void **state)
{
    (void)state;
    assert_query("subject:\"internal medicine\"", "subject:internal subject:medicine");
    assert_query("author:\"Ada\"", "author:ada");
    assert_query("url:https://example.org/a-b", "url:https url:example url:org url:a url:b");
    assert_typed("subject:\"internal med", "subject:internal subject:med*");
}

static void an_id_is_taken_as_it_is(void **state)
{
    (void)state;
    assert_query("id:AB-12", "id:\"AB-12\"");
    assert_query("id:\"a b\"", "id:\"a b\"");
    assert_query("id:(1 OR 2)", "id:\"1\" OR id:\"2\"");
    assert_query("-id:7", "-id:\"7\"");
    assert_query("id:\" \" id:", "");
    assert_query("id:/a/", "id:\"/a/\"");
    assert_typed("id:12", "id:\"12\"");
}

static void dates_are_ranges_of_days(void **state)
{
    (void)state;
    assert_query("date:2024", "date:2024-01-01..2024-12-31");
    assert_query("date:2024-02", "date:2024-02-01..2024-02-29");
    assert_query("date:2023-2", "date:2023-02-01..2023-02-28");
    assert_query("date:2024-12-18", "date:2024-12-18..2024-12-18");
    assert_query("date:2024-11..2025-01", "date:2024-11-01..2025-01-31");
    assert_query("date:2024-11..", "date:2024-11-01..");
    assert_query("date:..2024", "date:..2024-12-31");
    assert_query("-date:2024 a", "-date:2024-01-01..2024-12-31 a");
    assert_query("(date:2024)a", "date:2024-01-01..2024-12-31 a");
    assert_query("(date: ) date:..", "");
}

static void after_is_from_and_before_is_until(void **state)
{
    (void)state;
    assert_query("after:2024-12", "date:2024-12-01..");
    assert_query("after:2024-12-18", "date:2024-12-18..");
    assert_query("before:2024", "date:..2023-12-31");
    assert_query("before:2024-03", "date:..2024-02-29");
    assert_query("before:2024-12-18", "date:..2024-12-17");
    assert_query("after:2024 before:2025", "date:2024-01-01.. date:..2024-12-31");
}

static void a_date_that_grows_counts_as_far_as_it_goes(void **state)
{
    (void)state;
    assert_typed("a date:", "a");
    assert_typed("a date:202", "a");
    assert_typed("date:2024", "date:2024-01-01..2024-12-31");
    assert_typed("date:2024-", "date:2024-01-01..2024-12-31");
    assert_typed("date:2024-1", "date:2024-01-01..2024-12-31");
    assert_typed("date:2024-1 ", "date:2024-01-01..2024-01-31");
    assert_typed("date:2024-12-1", "date:2024-12-01..2024-12-31");
    assert_typed("date:2024.", "date:2024-01-01..2024-12-31");
    assert_typed("date:2024..2", "date:2024-01-01..");
    assert_typed("after:2024-1", "date:2024-01-01..");
}

static void features_are_completed_while_typing(void **state)
{
    (void)state;
    assert_query("has:math has:CODE has:table has:related", "has:math has:code has:table has:related");
    assert_query("-has:math", "-has:math");
    assert_query("(has: ) has:", "");
    assert_typed("has:", "");
    assert_typed("has:t", "has:table");
}

static void what_the_reader_has_done_is_a_condition(void **state)
{
    (void)state;
    assert_query("is:read IS:Unread -is:bookmarked has:note", "is:read is:unread -is:bookmarked has:note");
    assert_query("note:Liver note:\"Ask Anna\" x", "note:\"liver\" note:\"ask anna\" x");
    assert_query("-note:a", "-note:\"a\"");
    assert_query("note:(a OR b)", "note:\"a\" OR note:\"b\"");
    assert_query("note:/a/", "note:\"/a/\"");
    assert_query("(note: ) is:", "");
    assert_typed("is:", "");
    assert_typed("is:b", "is:bookmarked");
    assert_typed("note:", "");
}

static void patterns_stand_between_slashes(void **state)
{
    (void)state;
    assert_query("/a b/ c", "/a b/ c");
    assert_query("/x/i", "/x/i");
    assert_query("a -/x/i", "a -/x/i");
    assert_query("/a\\/b (c)\"/", "/a\\/b (c)\"/");
    assert_query("(/a)/ b)", "/a)/ b");
    assert_query("/a/ OR /b/", "/a/ OR /b/");
    assert_query("/half [a", "/half [a/");
    assert_query("/half\\", "/half\\/");
}

static void other_slashes_are_words(void **state)
{
    (void)state;
    assert_query("/usr/bin/env", "usr bin env");
    assert_query("km/h and/or", "km h and or");
    assert_query("either / or / both", "either or both");
    assert_query("// //a/", "a");
    assert_query("title:/a/", "title:a");
    assert_query("(a)/b/", "a b");
    assert_query("/a/x", "a x");
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    assert_wrong("a ) b", 3, "this ) has no ( before it");
    assert_wrong("\xc3\xa9\xc3\xa9 (a))", 7, "this ) has no ( before it");
    assert_wrong("is:red ", 4, "is: takes read, unread or bookmarked");
    assert_wrong("is:note", 4, "is: takes read, unread or bookmarked");
    assert_wrong("has:read", 5, "has: takes math, code, table, related or note");
    assert_wrong("a has:music b", 7, "has: takes math, code, table, related or note");
    assert_wrong("has:mathe", 5, "has: takes math, code, table, related or note");
    assert_wrong("has:(math)", 5, "has: takes math, code, table, related or note");
    assert_wrong("a date:2024-13", 8, "there is no such day");
    assert_wrong("date:2023-02-29", 6, "there is no such day");
    assert_wrong("date:soon", 6, "a date is written 2024, 2024-12 or 2024-12-18");
    assert_wrong("date:20245", 6, "a date is written 2024, 2024-12 or 2024-12-18");
    assert_wrong("after:2024-11..2025", 7, "a date is written 2024, 2024-12 or 2024-12-18");
    assert_wrong("date:2025..2024", 6, "the range ends before it begins");
    assert_wrong("date:202 a", 6, "a date is written 2024, 2024-12 or 2024-12-18");
    assert_wrong("before:0000", 8, "there is no such day");
}

static void a_query_has_bounds(void **state)
{
    (void)state;
    struct buf words = {0}, deep = {0}, longer = {0};
    for (int i = 0; i < QUERY_WORDS - 1; i++)
        buf_printf(&words, "a ");
    buf_printf(&words, "has:code ");
    assert_true(words.len < BOUND_QUERY_BYTES);
    struct arena arena = {0};
    struct query query;
    assert_int_equal(query_parse(&arena, buf_str(&words), false, &query, NULL), 0);
    assert_int_equal(query.word_count, QUERY_WORDS - 1);
    buf_printf(&words, "b");
    assert_wrong(buf_cstr(&words), words.len, "so many words cannot be looked for at once");
    for (int i = 0; i <= BOUND_NESTING; i++)
        buf_add_byte(&deep, '(');
    assert_wrong(buf_cstr(&deep), deep.len, "too many parentheses inside of each other");
    while (longer.len <= BOUND_QUERY_BYTES)
        buf_add_byte(&longer, '.');
    assert_wrong(buf_cstr(&longer), 1, "a query has at most 4096 bytes");
    arena_free(&arena);
    buf_free(&words);
    buf_free(&deep);
    buf_free(&longer);
}

static void leaves_know_their_places(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct query query;
    char source[] = "Liver -\"The Gut\" title:x /p/ OR has:code";
    assert_int_equal(query_parse(&arena, str_from(source), false, &query, NULL), 0);
    memset(source, '#', sizeof source - 1);
    static const struct {
        const char *text;
        size_t start, end;
        bool excluded;
    } expected[] = {
        {"liver", 0, 5, false}, {"the", 8, 11, true}, {"gut", 12, 15, true}, {"x", 23, 24, false}};
    assert_int_equal(query.word_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_eq(query.words[i].text, str_from(expected[i].text)));
        assert_int_equal(query.words[i].start, expected[i].start);
        assert_int_equal(query.words[i].end, expected[i].end);
        assert_int_equal(query.words[i].excluded, expected[i].excluded);
    }
    const struct query_node *root = query.root;
    assert_int_equal(root->kind, QUERY_AND);
    const struct query_node *phrase = root->first->next->first, *either = root->last;
    assert_int_equal(phrase->kind, QUERY_PHRASE);
    assert_ptr_equal(phrase->words, query.words + 1);
    assert_int_equal(phrase->word_count, 2);
    assert_int_equal(root->first->next->start, 6);
    assert_int_equal(either->kind, QUERY_OR);
    assert_int_equal(either->first->start, 25);
    assert_int_equal(either->first->end, 28);
    assert_true(str_eq(either->first->text, STR("p")));
    assert_false(either->first->open);
    assert_int_equal(query_column(&query, either->first->start), 26);
    arena_free(&arena);
}

static void a_pattern_without_its_end_is_open(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct query query;
    assert_int_equal(query_parse(&arena, STR("a /x("), true, &query, NULL), 0);
    assert_true(query.root->last->open);
    assert_int_equal(query_parse(&arena, STR("a /x\\/i"), true, &query, NULL), 0);
    assert_true(query.root->last->open);
    assert_false(query.root->last->ignore_case);
    arena_free(&arena);
}

/* Queries that use everything, for what holds of every query. */
static const char *const valid[] = {
    "liver failure",
    "title:\"Child-Pugh score\" -(meld OR \"acute on chronic\") has:table",
    "date:2024-11..2025-01-09 (a OR b c) -Child-Pugh",
    "/a(b|c)\\/d/i OR url:https://example.org/x-y?z=(1)",
    "after:2023-02-28 before:2025 -has:related author:(ada OR \"b c\")",
    "std::vector<int> 3:1 f(x, y) OR id:A-1",
    "(/a)b/xyz",
    "(a (b (c",
    "x \"y z",
    "subject:\"internal medicine\" keyword:(a -b) question:why answer: because",
    "date:..2024 date:1999.. \xc3\xa9t\xc3\xa9 -\xe2\x80\x9cq\xe2\x80\x9d OR OR OR",
    "has: math date: 2024-1-1 x",
    "-is:read (has:note OR note:\"ask anna\") is: bookmarked note:(a b)",
};

static void every_beginning_of_a_query_means_something(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
        for (size_t len = strlen(valid[i]) + 1; len-- > 0;) {
            struct arena arena = {0};
            struct query query;
            struct err err;
            if (query_parse(&arena, (struct str){valid[i], len}, true, &query, &err) != 0)
                fail_msg("%.*s: %s", (int)len, valid[i], err.message);
            arena_free(&arena);
        }
}

static void the_canonical_form_means_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        struct arena arena = {0};
        struct query query;
        struct buf out = {0};
        assert_int_equal(query_parse(&arena, str_from(valid[i]), false, &query, NULL), 0);
        query_write(&query, &out);
        assert_query(buf_cstr(&out), buf_cstr(&out));
        buf_free(&out);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_all_required),
        cmocka_unit_test(what_stands_together_is_several_words),
        cmocka_unit_test(the_last_word_is_a_prefix_while_typing),
        cmocka_unit_test(an_excluded_word_is_no_prefix),
        cmocka_unit_test(quotes_make_a_phrase),
        cmocka_unit_test(a_minus_excludes),
        cmocka_unit_test(or_joins_its_neighbours),
        cmocka_unit_test(or_without_a_left_side_is_a_word),
        cmocka_unit_test(parentheses_group),
        cmocka_unit_test(fields_say_where),
        cmocka_unit_test(words_of_some_fields_have_no_order),
        cmocka_unit_test(an_id_is_taken_as_it_is),
        cmocka_unit_test(dates_are_ranges_of_days),
        cmocka_unit_test(after_is_from_and_before_is_until),
        cmocka_unit_test(a_date_that_grows_counts_as_far_as_it_goes),
        cmocka_unit_test(features_are_completed_while_typing),
        cmocka_unit_test(what_the_reader_has_done_is_a_condition),
        cmocka_unit_test(patterns_stand_between_slashes),
        cmocka_unit_test(other_slashes_are_words),
        cmocka_unit_test(what_is_wrong_is_told_with_its_place),
        cmocka_unit_test(a_query_has_bounds),
        cmocka_unit_test(leaves_know_their_places),
        cmocka_unit_test(a_pattern_without_its_end_is_open),
        cmocka_unit_test(every_beginning_of_a_query_means_something),
        cmocka_unit_test(the_canonical_form_means_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
