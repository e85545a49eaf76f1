/* Block scalars that are read without libyaml say what libyaml says: a comment behind the header sends them to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "lectern/article.h"
#include "lectern/library.h"

/* The text with a comment behind every header of a block. */
static struct buf with_comments(struct str text)
{
    struct buf out = {0};
    struct str line;
    bool ends = text.len && text.at[text.len - 1] == '\n';
    while (str_next_line(&text, &line)) {
        buf_add(&out, line);
        if (str_ends(line, STR(": >-")) || str_ends(line, STR(": |-")))
            buf_add(&out, STR(" #~"));
        if (text.len || ends)
            buf_add_byte(&out, '\n');
    }
    return out;
}

/* A comment that is none, in a scalar that looks like a header, is taken out of what was read. */
static struct str without_comments(struct arena *arena, struct str value)
{
    struct buf out = {0};
    for (size_t i = 0; i < value.len; i++) {
        struct str rest = str_slice(value, i, value.len);
        buf_add_byte(&out, value.at[i]);
        if (str_starts(rest, STR("- #~")) && i > 2 && (value.at[i - 1] == '>' || value.at[i - 1] == '|') &&
            value.at[i - 2] == ' ' && value.at[i - 3] == ':')
            i += 3;
    }
    struct str result = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return result;
}

static void assert_same_fields(struct str text)
{
    struct arena arena = {0};
    struct article quick, slow;
    struct buf commented = with_comments(text);
    article_parse(&arena, text, STR("x.md"), &quick);
    article_parse(&arena, buf_str(&commented), STR("x.md"), &slow);
    if (quick.field_count != slow.field_count || quick.problem_count != slow.problem_count)
        fail_msg("%zu fields and %zu problems instead of %zu and %zu in:\n%.*s", quick.field_count,
                 quick.problem_count, slow.field_count, slow.problem_count, STR_ARG(text));
    for (size_t i = 0; i < quick.field_count; i++) {
        const struct article_field *a = &quick.fields[i], *b = &slow.fields[i];
        struct str value = without_comments(&arena, b->value);
        if (!str_eq(a->name, b->name) || !str_eq(a->value, value) || a->line != b->line ||
            a->column != b->column)
            fail_msg("%.*s=%.*s (%u:%u) instead of %.*s=%.*s (%u:%u) in:\n%.*s", STR_ARG(a->name),
                     STR_ARG(a->value), a->line, a->column, STR_ARG(b->name), STR_ARG(value), b->line,
                     b->column, STR_ARG(text));
    }
    for (size_t i = 0; i < quick.problem_count; i++) {
        assert_true(str_eq(quick.problems[i].message, slow.problems[i].message));
        assert_int_equal(quick.problems[i].line, slow.problems[i].line);
    }
    buf_free(&commented);
    arena_free(&arena);
}

static void blocks_of_any_kind(void **state)
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
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_same_fields(str_from(texts[i]));
}

static void lines_in_any_order(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "a: >-",    "b: |-",     "  c: >-", "  d: |-",  "   text", "   more text ", "  text",
        "    text", "     deep", "",        "e: plain", "f: \"q",  "  q\"",         "  - item",
        "g:",       "- h",       "# c",     "  # c",    "\ttab",   "  \ttab",       "i: >",
        "j: [a,",   "  b]",      "  k: l",  "a: >-",    "   text", "  \u2029x",     "m: >-  ",
    };
    uint32_t seed = 1;
    for (int round = 0; round < 60000; round++) {
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
        cmocka_unit_test(blocks_of_any_kind),
        cmocka_unit_test(lines_in_any_order),
        cmocka_unit_test(articles_of_a_real_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
