/* Front matter that is read without libyaml says what libyaml says: a comment at its end sends it there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "lectern/article.h"
#include "lectern/library.h"

/* The text with a comment before the mark that ends the front matter, or at its end. */
static struct buf with_comment(struct str text)
{
    struct buf out = {0};
    size_t end = str_find(text, STR("\n---"));
    size_t at = end == STR_NOT_FOUND ? text.len : end + 1;
    buf_add(&out, str_slice(text, 0, at));
    if (end == STR_NOT_FOUND && text.at[text.len - 1] != '\n')
        buf_add_byte(&out, '\n');
    buf_add(&out, STR("# comment\n"));
    buf_add(&out, str_slice(text, at, text.len));
    return out;
}

static void assert_same_fields(struct str text)
{
    struct arena arena = {0};
    struct article quick, slow;
    struct buf commented = with_comment(text);
    article_parse(&arena, text, STR("x.md"), &quick);
    article_parse(&arena, buf_str(&commented), STR("x.md"), &slow);
    if (quick.field_count != slow.field_count)
        fail_msg("%zu fields instead of %zu in:\n%.*s", quick.field_count, slow.field_count, STR_ARG(text));
    for (size_t i = 0; i < quick.field_count; i++) {
        const struct article_field *a = &quick.fields[i], *b = &slow.fields[i];
        if (!str_eq(a->name, b->name) || !str_eq(a->value, b->value) || a->line != b->line ||
            a->column != b->column)
            fail_msg("%.*s=%.*s (%u:%u) instead of %.*s=%.*s (%u:%u) in:\n%.*s", STR_ARG(a->name),
                     STR_ARG(a->value), a->line, a->column, STR_ARG(b->name), STR_ARG(b->value), b->line,
                     b->column, STR_ARG(text));
    }
    if (quick.problem_count != slow.problem_count)
        fail_msg("%zu problems instead of %zu in:\n%.*s", quick.problem_count, slow.problem_count,
                 STR_ARG(text));
    for (size_t i = 0; i < quick.problem_count; i++) {
        assert_true(str_eq(quick.problems[i].message, slow.problems[i].message));
        uint32_t below = slow.problems[i].line - quick.problems[i].line;
        assert_true(below <= 1); /* what is broken behind the comment stands a line lower */
    }
    buf_free(&commented);
    arena_free(&arena);
}

static void lines_of_any_kind(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "---\na: >-\n  one line\nb: c\n---\n",
        "---\na: >-\n  one\n  two  \n  three\nb: |-\n  one\n  two\n---\ntext",
        "---\na: >-\n  one\n\n  two\nb: >-\n   one\n    two\n   three\n---\n",
        "---\na: >-\n  no end",
        "---\na: >-\n  end\n",
        "---\na:\n  b: >-\n    text\n  c: |-\n      text\nd: >-\n one\n---\n",
        "---\na:\n  b: >-\n  text\n---\n",
        "---\na: >-\n  text\n b\n---\n",
        "---\na: >-\n\n  text\n---\n",
        "---\na: >-\n---\n",
        "---\na: >-\nb: c\n---\n",
        "---\na: \"quoted\nb: >-\n  text\"\nc: >-\n  d\n---\n",
        "---\na: 'quoted\nb: >-\n  text\n  more'\n---\n",
        "---\na: {b: >-\n  text}\n---\n",
        "---\na: |\n  x\n  b: >-\n    text\n---\n",
        "---\na: >-\n  # no comment\n  - no item\n# comment\nb: 1\n---\n",
        "---\na: >-\n  one\u2028two\nb: >-\n  one\xc2\x85two\nc: >-\n  \u201cone\u201d \u00e9\n---\n",
        "---\na: >-\n  \tone\n---\n",
        "---\na: >-\n\ttab\n---\n",
        "---\nx:\n- a: >-\n    text\n  b: >-\n    text\n---\n",
        "---\n? a: >-\n    text\n: b\n---\n",
        "---\na: >-\n  text\na: >-\n  again\nb: [\n---\n",
        "---\n- >-\n  text\n---\n",
        "---\nb: c\n...\na: >-\n  text\n---\n",
        "---\na: b\nc:\n  d: e\n  f:\n     g: h\ni: j\n---\n",
        "---\na:\n  b: c\n d: e\n---\n",
        "---\na: b\n  c\n---\n",
        "---\na:\nb: c\n---\n",
        "---\n  a: b\n---\n",
        "---\na: b\na: c\n---\n",
        "---\ncaf\u00e9: x\nurl: https://example.org/a?b=c#d\ndate: 2024-12-03 10:00:00\n---\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_same_fields(str_from(texts[i]));
}

static void lines_in_any_order(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "a: >-",       "b: |-",
        "  c: >-",     "  d: |-",
        "   text",     "   more text ",
        "  text",      "    text",
        "     deep",   "",
        "e: plain",    "f: \"q",
        "  q\"",       "  - item",
        "g:",          "- h",
        "# c",         "  # c",
        "\ttab",       "  \ttab",
        "i: >",        "j: [a,",
        "  b]",        "  k: l",
        "a: >-",       "   text",
        "  \u2029x",   "m: >-  ",
        "n: a: b",     "o: a:",
        "p: a #b",     "q: a#b",
        "r: -1.5",     "s: - 1",
        "t: /a/b-c",   "u: ?",
        "v:  two",     "w:none",
        "x: a ",       "y: \u00e9t\u00e9",
        "z: a\u2028b", "a_b-c: d, {e} | f > g",
        "1: n",        "  aa: bb",
        "  bb:",       "    cc: dd",
        "g:",          "  aa: http://x:1/#y",
        "A: ~",        "B: .5",
        "C: ..",       "D: 'q'",
        "E: *a",       "F: &a b",
        "G: !t x",     "H: %a",
    };
    uint32_t seed = 1;
    for (int round = 0; round < 300000; round++) {
        struct buf text = {0};
        buf_add(&text, STR("---\n"));
        for (int i = 0; i < 2 + round % 9; i++) {
            seed = seed * 1664525 + 1013904223;
            buf_printf(&text, "%s\n", lines[(seed >> 16) % (sizeof lines / sizeof *lines)]);
        }
        buf_add(&text, STR("---\n"));
        assert_same_fields(buf_str(&text));
        buf_free(&text);
    }
}

static void articles_of_a_real_library(void **state)
{
    (void)state;
    const char *root = getenv("LECTERN_CORPUS");
    struct err err;
    root = root ? root : "build/corpus";
    struct library *library = library_open(&root, 1, &err);
    if (!library) {
        print_message("skipped: there is no %s\n", root);
        skip();
    }
    struct catalogue *catalogue = library_scan(library, &(struct library_scan){0}, &err);
    for (uint32_t file = 0; file < catalogue_file_count(catalogue); file++) {
        struct arena arena = {0};
        struct str text;
        if (library_read_source(library, catalogue, file, &arena, &text, &err) >= 0)
            assert_same_fields(text);
        arena_free(&arena);
    }
    catalogue_release(catalogue);
    library_close(library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_any_kind),
        cmocka_unit_test(lines_in_any_order),
        cmocka_unit_test(articles_of_a_real_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
