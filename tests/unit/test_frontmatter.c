#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/article.h"
#include "lectern/bounds.h"

static struct arena arena;
static struct article article;

static void parse(const char *file)
{
    article_parse(&arena, str_from(file), STR("folder/file name.md"), &article);
}

static int release(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_str(struct str actual, const char *wanted)
{
    if (!str_eq(actual, str_from(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(actual), wanted);
}

static void assert_field(const char *name, const char *value)
{
    for (size_t i = 0; i < article.field_count; i++)
        if (str_eq(article.fields[i].name, str_from(name))) {
            assert_str(article.fields[i].value, value);
            return;
        }
    fail_msg("no field %s", name);
}

static void assert_problem(size_t index, enum article_severity severity, unsigned line, unsigned column,
                           const char *part)
{
    assert_true(index < article.problem_count);
    const struct article_problem *problem = &article.problems[index];
    assert_int_equal(problem->severity, severity);
    assert_int_equal(problem->line, line);
    assert_int_equal(problem->column, column);
    if (str_find(problem->message, str_from(part)) == STR_NOT_FOUND)
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(problem->message), part);
}

static void every_field_is_kept_with_its_place(void **state)
{
    (void)state;
    parse("---\nid: 12\nseo:\n  page_keywords: >-\n    a, b\ntags: [x, {y: z}]\nodd one: "
          "\"q\\nr\"\nnone:\nlist: []\n"
          "map: {}\n---\n");
    assert_int_equal(article.problem_count, 0);
    assert_int_equal(article.field_count, 8);
    assert_field("id", "12");
    assert_field("seo.page_keywords", "a, b");
    assert_field("tags.1", "x");
    assert_field("tags.2.y", "z");
    assert_field("odd one", "q\nr");
    assert_field("none", "");
    assert_field("list", "");
    assert_field("map", "");
    assert_int_equal(article.fields[0].line, 2);
    assert_int_equal(article.fields[0].column, 5);
    assert_int_equal(article.fields[3].line, 6);
    assert_int_equal(article.fields[3].column, 15);
}

static void front_matter_ends_at_either_mark(void **state)
{
    (void)state;
    parse("---\na: 1\n---\nbody\n");
    assert_str(article.text, "body\n");
    parse("---\na: 1\n...\nbody\n");
    assert_str(article.text, "body\n");
    parse("---  \na: |\n  ---\n  x\n---\t\n\n\n  body\n---\nmore");
    assert_field("a", "---\nx\n");
    assert_str(article.text, "  body\n---\nmore");
    parse("---\n---\nbody");
    assert_int_equal(article.kind, ARTICLE_NOTE);
    assert_str(article.text, "body");
    assert_int_equal(article.problem_count, 0);
}

static void only_the_first_document_is_read(void **state)
{
    (void)state;
    parse("---\na: 1\n--- b: 2\nbody");
    assert_int_equal(article.field_count, 1);
    assert_str(article.text, "--- b: 2\nbody");
}

static void a_rule_is_no_front_matter(void **state)
{
    (void)state;
    parse("---\n\nSome words.\n");
    assert_int_equal(article.field_count, 0);
    assert_int_equal(article.problem_count, 0);
    assert_str(article.text, "---\n\nSome words.\n");
    assert_str(article.title, "Some words.");
    parse("---\nNote this: words.\n\nMore words\n");
    assert_int_equal(article.field_count, 0);
    assert_int_equal(article.problem_count, 0);
    parse(" ---\na: 1\n---\n");
    assert_int_equal(article.field_count, 0);
    parse("----\na: 1\n---\n");
    assert_int_equal(article.field_count, 0);
}

static void lists_and_words_between_rules_are_text(void **state)
{
    (void)state;
    parse("---\n- a\n- b\n---\nbody");
    assert_problem(0, ARTICLE_WARNING, 2, 1, "shown as text");
    assert_int_equal(article.problem_count, 1);
    assert_str(article.text, "---\n- a\n- b\n---\nbody");
    parse("---\nwords\n---\nbody");
    assert_problem(0, ARTICLE_WARNING, 2, 1, "shown as text");
    assert_str(article.text, "---\nwords\n---\nbody");
}

static void broken_front_matter_keeps_what_was_read(void **state)
{
    (void)state;
    parse("---\nid: 1\nseo:\n  title: x\n  bad\ntags: [a]\n---\n\nbody\n");
    assert_field("id", "1");
    assert_field("seo.title", "x");
    assert_int_equal(article.field_count, 2);
    assert_problem(0, ARTICLE_ERROR, 6, 1, "no YAML");
    assert_int_equal(article.problem_count, 1);
    assert_str(article.text, "  bad\ntags: [a]\n\n---\n\nbody\n");
}

static void a_line_read_in_part_is_shown_whole(void **state)
{
    (void)state;
    parse("---\nid: 1\ntitle: Foo: bar\nurl: x\n---\nbody\n");
    assert_problem(0, ARTICLE_ERROR, 3, 11, "mapping values");
    assert_int_equal(article.field_count, 1);
    assert_str(article.text, "title: Foo: bar\nurl: x\n\n---\n\nbody\n");
    parse("---\nid: 1\ntitle: \"never\nb: c\n---\nbody\n");
    assert_int_equal(article.field_count, 1);
    assert_str(article.text, "title: \"never\nb: c\n\n---\n\nbody\n");
    parse("---\nid: \xc3\xa4\xe2\x82\xac\nanswer: >-\n  Words\\nhere\n\nbad: [a\n  , \"b\n---\n&nbsp;");
    assert_int_equal(article.kind, ARTICLE_QUESTION);
    assert_str(article.text, "Words\nhere\n\n---\n\n  , \"b\n");
}

static void unterminated_front_matter_is_read_and_told(void **state)
{
    (void)state;
    parse("---\nid: 1\ntitle: x\n\nSome body\nmore: text\n");
    assert_problem(0, ARTICLE_ERROR, 1, 1, "no end");
    assert_problem(1, ARTICLE_ERROR, 6, 1, "no YAML");
    assert_str(article.title, "x");
    assert_str(article.text, "Some body\nmore: text\n");
    parse("---\nid: 1");
    assert_problem(0, ARTICLE_ERROR, 1, 1, "no end");
    assert_str(article.id, "1");
    assert_str(article.title, "file name");
}

static void the_first_of_equal_names_counts(void **state)
{
    (void)state;
    parse("---\nid: 1\ntitle: a\nid: 2\nseo: {title: b, title: c}\n---\n");
    assert_str(article.id, "1");
    assert_int_equal(article.field_count, 5);
    assert_int_equal(article.problem_count, 2);
    assert_problem(0, ARTICLE_WARNING, 4, 1, "\"id\" again");
    assert_problem(1, ARTICLE_WARNING, 5, 17, "\"seo.title\" again");
}

static void aliases_are_not_followed(void **state)
{
    (void)state;
    parse("---\nbase: &base {a: b}\nc: *base\n<<: *base\nd: *unknown\n---\n");
    assert_field("base.a", "b");
    assert_field("c", "*base");
    assert_field("<<", "*base");
    assert_field("d", "*unknown");
    assert_int_equal(article.problem_count, 3);
    assert_problem(0, ARTICLE_WARNING, 3, 4, "*base");
}

static void tags_do_nothing(void **state)
{
    (void)state;
    parse("---\na: !!python/object:os.system x\nb: !ruby/object {c: d}\n---\n");
    assert_field("a", "x");
    assert_field("b.c", "d");
    assert_int_equal(article.problem_count, 0);
}

static void names_that_are_collections_are_kept(void **state)
{
    (void)state;
    parse("---\n? [p, q]\n: v\nid: 1\n---\n");
    assert_field("?.1", "p");
    assert_field("?.2", "q");
    assert_field("?", "v");
    assert_str(article.id, "1");
    assert_problem(0, ARTICLE_WARNING, 2, 3, "collection");
}

static void control_characters_do_not_hide_the_rest(void **state)
{
    (void)state;
    parse("---\nid: 1\nanswer: a\x1b[31m\x7f\xc2\x9b"
          "b\xef\xbb\xbf\n---\n");
    assert_str(article.text, "a\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd"
                             "b\xef\xbf\xbd");
    assert_int_equal(article.problem_count, 1);
    assert_problem(0, ARTICLE_WARNING, 3, 10, "4 control characters");
}

static void math_in_scalars_is_no_nesting(void **state)
{
    (void)state;
    struct buf file = {0};
    buf_add(&file, STR("---\nid: 1\nanswer: >-\n  "));
    for (int i = 0; i < 500; i++)
        buf_add(&file, STR("[[{"));
    buf_add(&file, STR("\n---\n"));
    article_parse(&arena, buf_str(&file), STR("x"), &article);
    assert_int_equal(article.problem_count, 0);
    assert_int_equal(article.text.len, 1500);
    buf_free(&file);
}

static void parse_repeated(const char *begin, const char *unit, size_t bytes)
{
    struct buf file = {0};
    size_t length = strlen(unit);
    buf_add(&file, STR("---\nid: 1\n"));
    buf_add(&file, str_from(begin));
    for (size_t i = 0; i < bytes / length; i++)
        buf_add(&file, str_from(unit));
    buf_add(&file, STR("\n---\nbody\n"));
    article_parse(&arena, arena_str(&arena, buf_str(&file)), STR("x"), &article);
    buf_free(&file);
}

/* libyaml alone would take 10 s for the first of these. */
static void deep_and_endless_yaml_ends_with_a_message(void **state)
{
    (void)state;
    static const char *const units[] = {"[",    "{",   "[a, ",  "{a: ", "- ", "? ",  "[? ",
                                        "!<",   "!a ", "&a ",   "*a ",  "\"", "'a ", "%a ",
                                        "[\n ", ",",   "{a: [", "`",    "@",  "\t]", "- - - -"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        parse_repeated("b: ", units[i], 60000);
        assert_str(article.id, "1");
        if (article.problem_count == 0)
            fail_msg("%s passes", units[i]);
        assert_true(str_find(article.text, STR("body")) != STR_NOT_FOUND);
        assert_true(article.text.len > 59000);
        arena_free(&arena);
    }
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    parse("---\na: {b: {c: {d: {e: {f: 1}}}}}\n---\n");
    assert_field("a.b.c.d.e.f", "1");
    struct buf file = {0};
    buf_add(&file, STR("---\n"));
    for (int i = 0; i <= BOUND_NESTING; i++)
        buf_printf(&file, "%*sk:\n", i, "");
    buf_add(&file, STR("---\n"));
    article_parse(&arena, buf_str(&file), STR("x"), &article);
    assert_int_equal(article.problem_count, 1);
    assert_problem(0, ARTICLE_ERROR, BOUND_NESTING + 2, BOUND_NESTING + 1, "64 levels");
    buf_free(&file);
}

static void fields_are_bounded(void **state)
{
    (void)state;
    parse_repeated("b:\n", "- x\n", (size_t)4 * (BOUND_FIELDS - 1));
    assert_int_equal(article.field_count, BOUND_FIELDS);
    assert_int_equal(article.problem_count, 0);
    parse_repeated("b:\n", "- x\n", (size_t)4 * (BOUND_FIELDS + 2));
    assert_int_equal(article.field_count, BOUND_FIELDS);
    assert_problem(0, ARTICLE_ERROR, BOUND_FIELDS + 3, 3, "10,000 fields");
    assert_str(article.text, "- x\n- x\n- x\n\n---\n\nbody\n");
}

static void long_names_are_refused(void **state)
{
    (void)state;
    parse_repeated("? ", "k", 2000);
    assert_problem(0, ARTICLE_ERROR, 3, 3, "1,024 bytes");
    assert_str(article.id, "1");
}

static void large_front_matter_is_text(void **state)
{
    (void)state;
    parse_repeated("b: ", "x", BOUND_FRONT_MATTER_BYTES + 1);
    assert_problem(0, ARTICLE_ERROR, 1, 1, "1 MiB");
    assert_int_equal(article.field_count, 0);
    assert_true(article.text.len > BOUND_FRONT_MATTER_BYTES);
}

#define TEST(f) cmocka_unit_test_teardown(f, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_field_is_kept_with_its_place),
        TEST(front_matter_ends_at_either_mark),
        TEST(only_the_first_document_is_read),
        TEST(a_rule_is_no_front_matter),
        TEST(lists_and_words_between_rules_are_text),
        TEST(broken_front_matter_keeps_what_was_read),
        TEST(a_line_read_in_part_is_shown_whole),
        TEST(unterminated_front_matter_is_read_and_told),
        TEST(the_first_of_equal_names_counts),
        TEST(aliases_are_not_followed),
        TEST(tags_do_nothing),
        TEST(names_that_are_collections_are_kept),
        TEST(control_characters_do_not_hide_the_rest),
        TEST(math_in_scalars_is_no_nesting),
        TEST(deep_and_endless_yaml_ends_with_a_message),
        TEST(nesting_is_bounded),
        TEST(fields_are_bounded),
        TEST(long_names_are_refused),
        TEST(large_front_matter_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
