#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/article.h"

static struct arena arena;
static struct article article;

static int release(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void parse_bytes(struct str bytes)
{
    article_parse(&arena, bytes, STR("folder/file.name.txt"), &article);
}

static void parse(const char *file)
{
    parse_bytes(str_from(file));
}

static void assert_str(struct str actual, const char *wanted)
{
    if (!str_eq(actual, str_from(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(actual), wanted);
}

static void assert_keywords(const char *wanted)
{
    struct buf joined = {0};
    for (size_t i = 0; i < article.keyword_count; i++)
        buf_printf(&joined, "%s%.*s", i ? "|" : "", STR_ARG(article.keywords[i]));
    if (!str_eq(buf_str(&joined), str_from(wanted)))
        fail_msg("%s instead of %s", buf_cstr(&joined), wanted);
    buf_free(&joined);
}

static void assert_problem(size_t index, unsigned line, unsigned column, const char *part)
{
    assert_true(index < article.problem_count);
    const struct article_problem *problem = &article.problems[index];
    assert_int_equal(problem->line, line);
    assert_int_equal(problem->column, column);
    if (str_find(problem->message, str_from(part)) == STR_NOT_FOUND)
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(problem->message), part);
}

static void the_kind_is_told_from_the_content(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        enum article_kind kind;
    } cases[] = {
        {"---\nid: 1\nanswer: x\n---\n", ARTICLE_QUESTION},
        {"---\nid: 1\nanswer: ~\n---\nbody", ARTICLE_NOTE},
        {"---\ntitle: x\n---\nbody", ARTICLE_NOTE},
        {"Words\n\n# Heading\n", ARTICLE_MARKDOWN},
        {"Words\n```\ncode\n```\n", ARTICLE_MARKDOWN},
        {"Some **strong** words\n", ARTICLE_MARKDOWN},
        {"See [there](http://example.org).\n", ARTICLE_MARKDOWN},
        {"Two:\n- one\n- two\n", ARTICLE_MARKDOWN},
        {"Two:\n1. one\n2. two\n", ARTICLE_MARKDOWN},
        {"Two:\n- one\n- two\n\xe2\x80\xa2 three\n", ARTICLE_PLAIN},
        {"A dash - alone\n- once\n", ARTICLE_PLAIN},
        {"#1 of all\n#hash\n2 ** 3 ** 4\nf(x)[0]\n", ARTICLE_PLAIN},
        {"word", ARTICLE_PLAIN},
        {"|a|b|\n|---|---|\n|1|2|\n|3|4|\n", ARTICLE_MARKDOWN},
        {"a,b,c\n1,2,3\n4,5,6\n", ARTICLE_PLAIN},
        {"# Title\n\n    x = 1;\n    y = 2;\n    z = 3;\n    f(x);\n", ARTICLE_MARKDOWN},
        {"#!/bin/sh\n# Says hello\n# to a crow.\necho hello;\nx = 1\nif [ $x ]; then\nexit;\nfi;\n",
         ARTICLE_PLAIN},
        {"#include <x.h>\nint f(char **a, char **b)\n{\n    return 1;\n}\n", ARTICLE_PLAIN},
        {"From: Ann\nSubject: Two\n\n- one\n- two\n", ARTICLE_PLAIN},
        {"T\n\n1. One\nText of it.\n\n2. Two\nText of it.\n", ARTICLE_PLAIN},
        {"T\n\nSo it is [1].\n\nReferences\n\n1. A.\n2. B.\n", ARTICLE_PLAIN},
        {"T\n\nSo:\n    - one\n    - two\n", ARTICLE_PLAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(cases[i].file);
        if (article.kind != cases[i].kind)
            fail_msg("%s is %d instead of %d", cases[i].file, (int)article.kind, (int)cases[i].kind);
        assert_int_equal(article.problem_count, 0);
    }
}

static void an_empty_file_is_a_problem(void **state)
{
    (void)state;
    static const char *const empty[] = {"", "\n \n", "\xef\xbb\xbf", "&nbsp;\n"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        parse(empty[i]);
        assert_int_equal(article.kind, ARTICLE_PLAIN);
        assert_problem(0, 0, 0, "the file is empty");
    }
}

static void titles_fall_back(void **state)
{
    (void)state;
    static const struct {
        const char *file, *title;
    } cases[] = {
        {"---\ntitle: a\narticle_title: b\n---\n# c", "a"},
        {"---\narticle_title: b\nquestion: q\n---\n# c", "b"},
        {"---\ntitle:\nquestion: q\n---\n# c", "q"},
        {"---\nid: 1\n---\nword\n\n## The **third** `c` ##\n", "The third c"},
        {"---\nid: 1\n---\n```\n# no\n```\n# yes", "yes"},
        {"---\nid: 1\n---\n\n---\n> 1. *first* line\nnext", "1. first line"},
        {"---\nid: 1\n---\n", "file.name"},
        {"---\ntitle: |\n  two\n\n    lines\n---\n", "two lines"},
        {"\n\n  First * line \nnext", "First * line"},
        {"", "file.name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parse(cases[i].file);
        assert_str(article.title, cases[i].title);
    }
}

static void known_fields_are_filled_in(void **state)
{
    (void)state;
    parse(
        "---\nid: abc-1\ndate: 2024-12-18\ndate_format: MMM DD, YYYY\nseo:\n  page_description: >-\n    d\n"
        "author: A\nquestion: q?\nanswer: x\nsubject: Health Studies\nfile_name: f.md\nurl: /u\nscore: -1.0\n"
        "no_index: true\n---\n");
    assert_str(article.id, "abc-1");
    assert_str(article.description, "d");
    assert_str(article.author, "A");
    assert_str(article.question, "q?");
    assert_str(article.subject, "Health Studies");
    assert_str(article.file_name, "f.md");
    assert_str(article.url, "/u");
    assert_str(article_date(&arena, article.date, article.date_format), "Dec 18, 2024");
    assert_str(article_field_value(&article, "score"), "-1.0");
    assert_str(article_field_value(&article, "nothing"), "");
    parse("---\nsummary: s\n---\n");
    assert_str(article.description, "s");
    parse("---\nsubject: null\n---\n");
    assert_str(article.subject, "");
}

static void keywords_come_from_several_places(void **state)
{
    (void)state;
    parse("---\nseo:\n  page_keywords: ' a b, c,, A B , d '\ntags: [x]\n---\n");
    assert_keywords("a b|c|d");
    parse("---\ntags: [Alpha, '#beta', alpha]\ncategories:\n  - gamma ray\nkeywords: delta rho, eta\n---\n");
    assert_keywords("delta rho|eta|Alpha|beta|gamma ray");
    parse("---\ntags: one two\ncategories: three four, five\n---\n");
    assert_keywords("one|two|three four|five");
    parse("---\ntagsoup: x\ntags:\n---\n");
    assert_keywords("");
}

static void keywords_are_bounded(void **state)
{
    (void)state;
    struct buf file = {0};
    buf_add(&file, STR("---\nkeywords: k"));
    for (int i = 0; i < 1500; i++)
        buf_printf(&file, ",%d", i);
    buf_add(&file, STR("\n---\n"));
    parse_bytes(buf_str(&file));
    assert_int_equal(article.keyword_count, 1000);
    assert_int_equal(article.problem_count, 1);
    assert_problem(0, 2, 11, "1,000 keywords");
    buf_free(&file);
}

static void related_articles_are_in_order_of_their_numbers(void **state)
{
    (void)state;
    parse("---\nrelated_article10:\n  id: ten\n  title: T\n  subject: S\n  url: /u\n  more: m\n"
          "related_article2: {id: 5}\nrelated_article4294967295: {url: /last}\nrelated_article7:\n---\n");
    assert_int_equal(article.problem_count, 0);
    assert_int_equal(article.related_count, 3);
    assert_int_equal(article.related[0].number, 2);
    assert_str(article.related[0].id, "5");
    assert_int_equal(article.related[1].number, 10);
    assert_str(article.related[1].id, "ten");
    assert_str(article.related[1].title, "T");
    assert_str(article.related[1].subject, "S");
    assert_str(article.related[1].url, "/u");
    assert_true(article.related[2].number == UINT32_MAX);
}

static void links_of_a_bad_shape_are_told(void **state)
{
    (void)state;
    parse("---\nrelated_articleX:\n  id: 1\nrelated_article4: text\nrelated_article4294967296:\n  id: 3\n"
          "related_article1:\n  id:\n    a: b\nrelated_article3:\n  id: 8\n---\n");
    assert_int_equal(article.related_count, 1);
    assert_str(article.related[0].id, "8");
    assert_int_equal(article.problem_count, 4);
    assert_problem(0, 3, 7, "related_articleX");
    assert_problem(1, 4, 19, "related_article4");
    assert_problem(2, 6, 7, "4294967295");
    assert_problem(3, 9, 8, "collection");
    assert_str(article_field_value(&article, "related_article1.id.a"), "b");
}

static void the_first_of_equal_links_counts(void **state)
{
    (void)state;
    parse("---\nrelated_article2: {id: a}\nrelated_article1: {id: b}\nrelated_article2: {id: c, title: "
          "d}\n---\n");
    assert_int_equal(article.related_count, 2);
    assert_str(article.related[1].id, "a");
    assert_str(article.related[1].title, "");
}

static void what_is_not_what_its_name_promises_is_told(void **state)
{
    (void)state;
    parse("---\nid: [3]\ndate: 2024-02-30\nsubject: {a: b, c: d}\nrelated_article1: [1, 2]\ntags: [x, "
          "y]\n---\n");
    assert_int_equal(article.problem_count, 4);
    assert_problem(0, 2, 6, "\"id\" is a collection where a text is due");
    assert_problem(1, 3, 7, "no day");
    assert_problem(2, 4, 14, "\"subject\" is a collection");
    assert_problem(3, 5, 20, "\"related_article1\" has no id, title or url");
    assert_str(article.date, "2024-02-30");
    assert_str(article_field_value(&article, "subject.c"), "d");
    assert_int_equal(article.related_count, 0);
    parse("---\ndate: 2024-02-29T10:00:00\nrelated_article1:\n---\n");
    assert_int_equal(article.problem_count, 0);
    parse("---\ndate:\n---\n");
    assert_int_equal(article.problem_count, 0);
}

static void related_articles_are_bounded(void **state)
{
    (void)state;
    struct buf file = {0};
    buf_add(&file, STR("---\n"));
    for (int i = 1; i <= 1200; i++)
        buf_printf(&file, "related_article%d: {id: %d}\n", i, i);
    buf_add(&file, STR("---\n"));
    parse_bytes(buf_str(&file));
    assert_int_equal(article.related_count, 1000);
    assert_int_equal(article.problem_count, 1);
    assert_problem(0, 1002, 27, "1,000 related");
    assert_int_equal(article.field_count, 1200);
    buf_free(&file);
}

static void a_body_that_says_nothing_is_left_out(void **state)
{
    (void)state;
    static const char *const empty[] = {"", "\n", "\n&nbsp;", "&nbsp; &nbsp;\n\xc2\xa0\n"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        parse_bytes(arena_printf(&arena, "---\nanswer: a\\n\\nb\n---\n%s", empty[i]));
        assert_str(article.text, "a\n\nb");
    }
    parse("---\nanswer: a\\nb\n---\n\n&nbsp;x \\n\n");
    assert_str(article.text, "a\nb\n\n---\n\n&nbsp;x \\n\n");
}

static void bodies_are_not_decoded(void **state)
{
    (void)state;
    parse("---\ntitle: a\n---\nb\\nc\n");
    assert_str(article.text, "b\\nc\n");
    parse("a\\nb");
    assert_str(article.text, "a\\nb");
}

static void answers_with_real_breaks_keep_them(void **state)
{
    (void)state;
    parse("---\nanswer: |\n  a\n\n  - b\n    c\n---\n");
    assert_str(article.text, "a\n\n- b\n  c\n");
    parse("---\nanswer: \"a\\n\\nb $\\\\neq$\"\n---\n");
    assert_str(article.text, "a\n\nb $\\neq$");
    parse("---\nanswer: 'a\n\n  b'\n---\n");
    assert_str(article.text, "a\nb");
}

static void line_ends_and_marks_are_unified(void **state)
{
    (void)state;
    parse("\xef\xbb\xbf---\r\nid: 7\r\nanswer: |\r\n  a\r\n  b\r\n---\r\n");
    assert_str(article.id, "7");
    assert_str(article.text, "a\nb\n");
    parse("a\rb\r\nc\r");
    assert_str(article.text, "a\nb\nc\n");
    assert_int_equal(article.problem_count, 0);
}

static void utf16_is_read(void **state)
{
    (void)state;
    parse_bytes(STR("\xff\xfeh\0\xe9\0\r\0\n\0\x3d\xd8\x00\xde"));
    assert_str(article.text, "h\xc3\xa9\n\xf0\x9f\x98\x80");
    assert_int_equal(article.problem_count, 0);
    parse_bytes(STR("\xfe\xff\0h\xd8\x3d\xde\x00\0i"));
    assert_str(article.text, "h\xf0\x9f\x98\x80i");
    parse_bytes(STR("\xfe\xff\0h\xde\x00\xd8\x3d\0i\0"));
    assert_str(article.text, "h\xef\xbf\xbd\xef\xbf\xbdi");
    assert_problem(0, 0, 0, "3 broken");
}

static void windows_1252_is_guessed(void **state)
{
    (void)state;
    parse("ok\nna\xefve \x93q\x94 \x80\n");
    assert_str(article.text, "ok\nna\xc3\xafve \xe2\x80\x9cq\xe2\x80\x9d \xe2\x82\xac\n");
    assert_int_equal(article.problem_count, 1);
    assert_problem(0, 2, 3, "Windows-1252");
    parse("\xe9t\xe9");
    assert_problem(0, 1, 1, "Windows-1252");
}

static void bad_bytes_in_utf8_are_replaced(void **state)
{
    (void)state;
    parse("caf\xc3\xa9 \xc3\xa8\r\n\xc3\xa9 \xff end");
    assert_str(article.text, "caf\xc3\xa9 \xc3\xa8\n\xc3\xa9 \xef\xbf\xbd end");
    assert_int_equal(article.problem_count, 1);
    assert_problem(0, 2, 3, "0xff");
}

static void a_nul_byte_makes_a_file_binary(void **state)
{
    (void)state;
    parse_bytes(STR("words\0words"));
    assert_int_equal(article.kind, ARTICLE_BINARY);
    assert_int_equal(article.text.len, 0);
    assert_problem(0, 0, 0, "not text");
    parse_bytes(STR("\xff\xfe\0\0"));
    assert_int_equal(article.kind, ARTICLE_BINARY);
}

static struct str read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("%s is not here\n", path);
        skip();
    }
    char *bytes = arena_bytes(&arena, 1 << 16);
    size_t length = fread(bytes, 1, 1 << 16, file);
    fclose(file);
    return (struct str){bytes, length};
}

static void the_seed_questions_are_whole(void **state)
{
    (void)state;
    parse_bytes(read_file("../shared/seeds/000_d855582e81587850.txt"));
    assert_int_equal(article.kind, ARTICLE_QUESTION);
    assert_int_equal(article.problem_count, 0);
    assert_str(article.title, "What are the emerging therapies or technologies in liver disease treatment?");
    assert_str(article_date(&arena, article.date, article.date_format), "Dec 18, 2024");
    assert_int_equal(article.keyword_count, 10);
    assert_int_equal(article.related_count, 5);
    assert_str(article.related[4].id, "135090");
    assert_true(str_find(article.text, STR("\n\n1. **Personalized Medicine**: ")) != STR_NOT_FOUND);
    assert_true(str_find(article.text, STR("\\n")) == STR_NOT_FOUND);
    parse_bytes(read_file("../shared/seeds/001_c351afffd9f29069.txt"));
    assert_int_equal(article.kind, ARTICLE_QUESTION);
    assert_int_equal(article.related_count, 5);
}

static void the_seed_pages_are_plain(void **state)
{
    (void)state;
    static const char *const pages[][2] = {
        {"../shared/seeds/002_0e3e4b6428876499.txt", "Why is there no liver dialysis?"},
        {"../shared/seeds/003_b295bed53f49d6c2.txt",
         "The Role of Personalized Medicine in Liver Cancer Treatment"},
        {"../shared/seeds/004_81c6fcea8d6daced.txt",
         "Advancing Hope : Immunotherapy\xe2\x80\x99s Promise in Liver Cancer Treatment"},
    };
    for (size_t i = 0; i < 3; i++) {
        struct str file = read_file(pages[i][0]);
        parse_bytes(file);
        assert_int_equal(article.kind, ARTICLE_PLAIN);
        assert_str(article.title, pages[i][1]);
        assert_true(str_eq(article.text, file));
        assert_int_equal(article.problem_count, 0);
    }
}

#define TEST(f) cmocka_unit_test_teardown(f, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_kind_is_told_from_the_content),
        TEST(an_empty_file_is_a_problem),
        TEST(titles_fall_back),
        TEST(known_fields_are_filled_in),
        TEST(keywords_come_from_several_places),
        TEST(keywords_are_bounded),
        TEST(related_articles_are_in_order_of_their_numbers),
        TEST(links_of_a_bad_shape_are_told),
        TEST(the_first_of_equal_links_counts),
        TEST(what_is_not_what_its_name_promises_is_told),
        TEST(related_articles_are_bounded),
        TEST(a_body_that_says_nothing_is_left_out),
        TEST(bodies_are_not_decoded),
        TEST(answers_with_real_breaks_keep_them),
        TEST(line_ends_and_marks_are_unified),
        TEST(utf16_is_read),
        TEST(windows_1252_is_guessed),
        TEST(bad_bytes_in_utf8_are_replaced),
        TEST(a_nul_byte_makes_a_file_binary),
        TEST(the_seed_questions_are_whole),
        TEST(the_seed_pages_are_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
