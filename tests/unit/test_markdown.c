#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/bounds.h"
#include "lectern/markdown.h"

static void assert_tree(const char *source, const char *expected)
{
    struct arena arena = {0};
    struct buf out = {0};
    markdown_dump(markdown_parse(&arena, str_from(source)), &out);
    assert_string_equal(buf_cstr(&out), expected);
    buf_free(&out);
    arena_free(&arena);
}

static void blocks_become_nodes(void **state)
{
    (void)state;
    assert_tree("# One *two*\n\n> quote\n\n3. a\n4. b\n\n***\n\n```c\nint a;\n\n  b\n```\n",
                "document\n"
                "  heading 1\n"
                "    text \"One \"\n"
                "    emphasis \"two\"\n"
                "  quote\n"
                "    paragraph \"quote\"\n"
                "  list from 3 tight\n"
                "    item\n"
                "      paragraph \"a\"\n"
                "    item\n"
                "      paragraph \"b\"\n"
                "  rule\n"
                "  code-block (c) \"int a;\\n\\n  b\\n\"\n");
}

static void tight_items_hold_paragraphs(void **state)
{
    (void)state;
    assert_tree("- [x] a **b**\n  - c\n- [ ] d\n", "document\n"
                                                   "  list tight\n"
                                                   "    item done\n"
                                                   "      paragraph\n"
                                                   "        text \"a \"\n"
                                                   "        strong \"b\"\n"
                                                   "      list tight\n"
                                                   "        item\n"
                                                   "          paragraph \"c\"\n"
                                                   "    item to-do\n"
                                                   "      paragraph \"d\"\n");
}

static void tables_keep_their_alignment(void **state)
{
    (void)state;
    assert_tree("| a | $|x|$ |\n|--:|:---:|\n| 1 | `b` |\n", "document\n"
                                                             "  table 2\n"
                                                             "    row\n"
                                                             "      cell right \"a\"\n"
                                                             "      cell centre\n"
                                                             "        math \"|x|\"\n"
                                                             "    row\n"
                                                             "      cell right \"1\"\n"
                                                             "      cell centre\n"
                                                             "        code \"b\"\n");
}

/* As in GitHub's Markdown, the head may follow a line of text; the lists around stay as tight as they are. */
static void tables_end_the_paragraph_before_them(void **state)
{
    (void)state;
    assert_tree("- a:\n  | b |\n  |---|\n- c\n", "document\n"
                                                 "  list tight\n"
                                                 "    item\n"
                                                 "      paragraph \"a:\"\n"
                                                 "      table 1\n"
                                                 "        row\n"
                                                 "          cell \"b\"\n"
                                                 "    item\n"
                                                 "      paragraph \"c\"\n");
    assert_tree("> a\n> b\n> |c|d|\n> |-|-|\n\n- e\n|f|\n|-|\n", "document\n"
                                                                 "  quote\n"
                                                                 "    paragraph\n"
                                                                 "      text \"a\"\n"
                                                                 "      soft-break\n"
                                                                 "      text \"b\"\n"
                                                                 "    table 2\n"
                                                                 "      row\n"
                                                                 "        cell \"c\"\n"
                                                                 "        cell \"d\"\n"
                                                                 "  list tight\n"
                                                                 "    item\n"
                                                                 "      paragraph \"e\"\n"
                                                                 "  table 1\n"
                                                                 "    row\n"
                                                                 "      cell \"f\"\n");
}

static void what_is_no_table_stays_in_its_paragraph(void **state)
{
    (void)state;
    assert_tree("a\n|b|c|\n|---|\n", "document\n"
                                     "  paragraph\n"
                                     "    text \"a\"\n"
                                     "    soft-break\n"
                                     "    text \"|b|c|\"\n"
                                     "    soft-break\n"
                                     "    text \"|---|\"\n");
    assert_tree("- a\n- | b\n- | -\n", "document\n"
                                       "  list tight\n"
                                       "    item\n"
                                       "      paragraph \"a\"\n"
                                       "    item\n"
                                       "      paragraph \"| b\"\n"
                                       "    item\n"
                                       "      paragraph \"| -\"\n");
    assert_tree("```\na\n|b|\n|-|\n```\n", "document\n  code-block \"a\\n|b|\\n|-|\\n\"\n");
    assert_tree("    a\n    |b|\n    |-|\n", "document\n  code-block \"a\\n|b|\\n|-|\\n\"\n");
}

static void bars_in_the_code_of_a_cell_lose_their_backslash(void **state)
{
    (void)state;
    assert_tree("| `a \\| b` |\n|---|\n| **`\\|\\||`** x |\n| `\\ \\\\|` |\n", "document\n"
                                                                               "  table 1\n"
                                                                               "    row\n"
                                                                               "      cell\n"
                                                                               "        code \"a | b\"\n"
                                                                               "    row\n"
                                                                               "      cell\n"
                                                                               "        strong\n"
                                                                               "          code \"|||\"\n"
                                                                               "        text \" x\"\n"
                                                                               "    row\n"
                                                                               "      cell\n"
                                                                               "        code \"\\ \\|\"\n");
    assert_tree("`a \\| b`\n\n    c \\| d\n", "document\n"
                                              "  paragraph\n"
                                              "    code \"a \\| b\"\n"
                                              "  code-block \"c \\| d\\n\"\n");
}

static void raw_html_is_text(void **state)
{
    (void)state;
    assert_tree("#include <iostream> and <b>x</b>\n",
                "document\n  paragraph \"#include <iostream> and <b>x</b>\"\n");
}

static void text_is_decoded(void **state)
{
    (void)state;
    assert_tree("a\\*b &eacute;&#x1F600;&bogus; c", "document\n"
                                                    "  paragraph\n"
                                                    "    text \"a\"\n"
                                                    "    text \"*b \"\n"
                                                    "    text \"é\"\n"
                                                    "    text \"😀\"\n"
                                                    "    text \"&bogus;\"\n"
                                                    "    text \" c\"\n");
}

static void links_keep_address_and_title(void **state)
{
    (void)state;
    assert_tree("[a](http://x.y/?b&amp;c \"T\") ![i](j.png) <http://z>",
                "document\n"
                "  paragraph\n"
                "    link (T) <http://x.y/?b&c> \"a\"\n"
                "    text \" \"\n"
                "    image <j.png> \"i\"\n"
                "    text \" \"\n"
                "    link <http://z> \"http://z\"\n");
}

static void definitions_that_nothing_uses_are_text(void **state)
{
    (void)state;
    assert_tree("[A  b] c\n\n[a b]: http://used\n\n[1]: http://un.used\n",
                "document\n"
                "  paragraph\n"
                "    link <http://used> \"A  b\"\n"
                "    text \" c\"\n"
                "  paragraph\n"
                "    text \"[1]: \"\n"
                "    link <http://un.used> \"http://un.used\"\n");
}

static void math_is_found_in_all_delimiters(void **state)
{
    (void)state;
    assert_tree("$a_1 * b_2$ and \\(c\\_d\\) **is:**$x$ $$e$$ f\n\n\\[ g\\\\\nh \\]\n",
                "document\n"
                "  paragraph\n"
                "    math \"a_1 * b_2\"\n"
                "    text \" and \"\n"
                "    math \"c\\_d\"\n"
                "    text \" \"\n"
                "    strong \"is:\"\n"
                "    math \"x\"\n"
                "    text \" \"\n"
                "    math-display \"e\"\n"
                "    text \" f\"\n"
                "  math-block \"g\\\\\\nh\"\n");
}

static void math_in_containers_loses_their_marks(void **state)
{
    (void)state;
    assert_tree("1. a:\n   $$\n   x\n   $$\n\n> $$\n> y\n> $$\n", "document\n"
                                                                  "  list from 1 tight\n"
                                                                  "    item\n"
                                                                  "      paragraph\n"
                                                                  "        text \"a:\"\n"
                                                                  "        soft-break\n"
                                                                  "        math-display \"x\"\n"
                                                                  "  quote\n"
                                                                  "    math-block \"y\"\n");
}

static void code_holds_no_math(void **state)
{
    (void)state;
    assert_tree("`$a$` b\n\n    $c$\n\n```\n$d$\n\\(e\\)\n```\n", "document\n"
                                                                  "  paragraph\n"
                                                                  "    code \"$a$\"\n"
                                                                  "    text \" b\"\n"
                                                                  "  code-block \"$c$\\n\"\n"
                                                                  "  code-block \"$d$\\n\\(e\\)\\n\"\n");
}

static void money_is_no_math(void **state)
{
    (void)state;
    static const char *const amounts[] = {
        "$10,000 in revenue and $7,000 in expenses",
        "$5-$10",
        "costs $5 (or $6)",
        "a **$5** fee and a **$6** fee",
        "$20 for the book; US$ 5 for the other",
        "one costs 5$ and the other 6$. 5$ more",
        "5$ = 4 euros and 6$ = 5 euros",
        "from $20/month to $30/month (a < b)",
    };
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        struct arena arena = {0};
        struct buf out = {0};
        markdown_dump(markdown_parse(&arena, str_from(amounts[i])), &out);
        assert_null(strstr(buf_cstr(&out), "math"));
        buf_free(&out);
        arena_free(&arena);
    }
}

static void dollars_of_a_formula_inside_another_do_not_end_it(void **state)
{
    (void)state;
    assert_tree("$\\text{if $x$ is odd} + 1$ and $ -1 < x$", "document\n"
                                                             "  paragraph\n"
                                                             "    math \"\\text{if $x$ is odd} + 1\"\n"
                                                             "    text \" and \"\n"
                                                             "    math \"-1 < x\"\n");
}

static void inline_math_stays_in_its_paragraph(void **state)
{
    (void)state;
    assert_tree("a $b\n\nc$ d\n", "document\n  paragraph \"a $b\"\n  paragraph \"c$ d\"\n");
}

static size_t depth_of(const struct node *node)
{
    size_t deepest = 0;
    for (const struct node *child = node->first; child; child = child->next) {
        size_t depth = depth_of(child);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

static void repeat(struct buf *out, const char *unit, size_t bytes)
{
    while (out->len < bytes)
        buf_add(out, str_from(unit));
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    static const char *const units[] = {">",       "> ", "- ",   "1. ",     "*a **b ",
                                        "[a](b) ", "![", "- > ", "![a *b* "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct arena arena = {0};
        struct buf source = {0};
        repeat(&source, units[i], 20000);
        buf_add(&source, STR("end"));
        const struct node *document = markdown_parse(&arena, buf_str(&source));
        assert_true(depth_of(document) <= BOUND_NESTING + 1);
        struct buf out = {0};
        markdown_dump(document, &out);
        assert_non_null(strstr(buf_cstr(&out), "end"));
        buf_free(&out);
        buf_free(&source);
        arena_free(&arena);
    }
}

/* Each is quadratic or worse in the Markdown library: the test would not end in minutes. */
static void hostile_texts_are_read_in_linear_time(void **state)
{
    (void)state;
    struct buf texts[5] = {{0}};
    repeat(&texts[0], "www._", 4000000);
    repeat(&texts[1], "|a", 10000);
    buf_add_byte(&texts[1], '\n');
    repeat(&texts[1], "|---", 30000);
    repeat(&texts[1], "\n|", 300000);
    buf_add(&texts[2], STR("[a]: b \""));
    repeat(&texts[2], "c\n", 500000);
    buf_add(&texts[2], STR("\"\n\n"));
    repeat(&texts[2], "[a]", 1000000);
    repeat(&texts[3], "[a] b\n", 4000000);
    repeat(&texts[4], "a\n|b|\n|-|\n\n", 4000000);
    for (size_t i = 0; i < 5; i++) {
        struct arena arena = {0};
        assert_non_null(markdown_parse(&arena, buf_str(&texts[i]))->first);
        assert_true(arena.total < 400u << 20);
        arena_free(&arena);
        buf_free(&texts[i]);
    }
}

static void check_offsets(const struct node *node, uint32_t *latest)
{
    if (node->kind < NODE_EMPHASIS) {
        assert_true(node->offset >= *latest);
        *latest = node->offset;
    }
    for (const struct node *child = node->first; child; child = child->next)
        check_offsets(child, latest);
}

static void offsets_are_those_of_the_source(void **state)
{
    (void)state;
    static const char text[] =
        "# a\n\n$b$ c\n\n- d\n- e\n\n---\n\n> f $$g$$\n\n|h|i|\n|---|---|\n|j|k|\n\n```\nl\n```\n";
    struct arena arena = {0};
    const struct node *document = markdown_parse(&arena, str_from(text));
    uint32_t latest = 0;
    check_offsets(document, &latest);
    assert_int_equal(document->first->next->offset, strstr(text, "$b") - text);
    const struct node *list = document->first->next->next;
    assert_int_equal(list->first->next->offset, strstr(text, "- e") - text);
    assert_int_equal(list->next->offset, strstr(text, "---") - text);
    assert_int_equal(list->next->next->offset, strstr(text, "> f") - text);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_become_nodes),
        cmocka_unit_test(tight_items_hold_paragraphs),
        cmocka_unit_test(tables_keep_their_alignment),
        cmocka_unit_test(tables_end_the_paragraph_before_them),
        cmocka_unit_test(what_is_no_table_stays_in_its_paragraph),
        cmocka_unit_test(bars_in_the_code_of_a_cell_lose_their_backslash),
        cmocka_unit_test(raw_html_is_text),
        cmocka_unit_test(text_is_decoded),
        cmocka_unit_test(links_keep_address_and_title),
        cmocka_unit_test(definitions_that_nothing_uses_are_text),
        cmocka_unit_test(math_is_found_in_all_delimiters),
        cmocka_unit_test(math_in_containers_loses_their_marks),
        cmocka_unit_test(code_holds_no_math),
        cmocka_unit_test(money_is_no_math),
        cmocka_unit_test(dollars_of_a_formula_inside_another_do_not_end_it),
        cmocka_unit_test(inline_math_stays_in_its_paragraph),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(hostile_texts_are_read_in_linear_time),
        cmocka_unit_test(offsets_are_those_of_the_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
