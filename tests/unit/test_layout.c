#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/layout.h"

#define GOLDEN "tests/golden/layout/"

static void lay(struct arena *arena, const char *source, size_t width, struct layout *layout)
{
    struct layout_options options = {.width = width};
    layout_build(arena, markdown_parse(arena, str_from(source)), &options, layout);
}

static void assert_layout(struct arena *arena, const struct layout *layout, const char *expected)
{
    struct buf out = {0};
    for (size_t i = 0; i < layout->line_count; i++) {
        buf_add(&out, layout_line_text(arena, &layout->lines[i]));
        buf_add_byte(&out, '\n');
    }
    assert_string_equal(buf_cstr(&out), expected);
    buf_free(&out);
}

static void assert_lines(const char *source, size_t width, const char *expected)
{
    struct arena arena = {0};
    struct layout layout;
    lay(&arena, source, width, &layout);
    assert_layout(&arena, &layout, expected);
    arena_free(&arena);
}

static void lines_break_at_spaces_and_hyphens(void **state)
{
    (void)state;
    assert_lines("one two three well-known", 10, "one two\nthree\nwell-known\n");
    assert_lines("one two three well-known", 11, "one two\nthree well-\nknown\n");
    assert_lines("5-10 5-10", 6, "5-10\n5-10\n");
    assert_lines("a\xC2\xA0"
                 "b c\xC2\xA0"
                 "d",
                 4,
                 "a\xC2\xA0"
                 "b\nc\xC2\xA0"
                 "d\n");
}

static void soft_hyphens_show_only_where_a_line_breaks(void **state)
{
    (void)state;
    assert_lines("soft\xC2\xADware x", 10, "software x\n");
    assert_lines("a soft\xC2\xADware x", 8, "a soft-\nware x\n");
}

static void long_words_break_between_graphemes(void **state)
{
    (void)state;
    assert_lines("abcdefgh", 3, "abc\ndef\ngh\n");
    assert_lines("中文中文", 3, "中\n文\n中\n文\n");
    assert_lines("中文。中", 4, "中\n文。\n中\n");
}

/* As Unicode's annex 14 has it, of which the rules' names are given. */
static void lines_break_where_unicode_lets_them(void **state)
{
    (void)state;
    assert_lines("ab\u200bcd\u200bef", 4, "ab\u200bcd\u200b\nef\n"); /* LB8: a space of no width */
    assert_lines("中\u2060文中", 3, "中\u2060\n文\n中\n");           /* only by force: LB11 */
    assert_lines("中\u2060文中", 4, "中\u2060文\n中\n");
    assert_lines("aa 中\u00a0文", 6, "aa\n中\u00a0文\n");           /* LB12 */
    assert_lines("oui oui !", 8, "oui\noui !\n");                   /* LB13, behind a space, too */
    assert_lines("aaa (中文) bb", 6, "aaa\n(中文)\nbb\n");          /* LB14 */
    assert_lines("aaa “中” bb", 5, "aaa\n“中”\nbb\n");              /* LB19 */
    assert_lines("中文...中文", 5, "中\n文...\n中文\n");            /* LB13 */
    assert_lines("ש\u05dc-ע\u05dd ab", 6, "ש\u05dc-ע\u05dd\nab\n"); /* LB21a: in Hebrew a hyphen joins */
    assert_lines("한국어 문장은", 8, "한국어\n문장은\n");           /* words of Hangul stay whole */
    assert_lines("😀😀😀😀", 5, "😀😀\n😀😀\n");                            /* LB30b */
}

static void items_hang_behind_their_markers(void **state)
{
    (void)state;
    assert_lines("9. one two three four five\n10. b\n    - c\n", 20,
                 " 9. one two three\n"
                 "    four five\n"
                 "10. b\n"
                 "     • c\n");
}

static void quotes_have_a_bar_on_every_line(void **state)
{
    (void)state;
    assert_lines("> one two three\n>\n> four\n", 14, "│ one two\n│ three\n│\n│ four\n");
}

static void code_lines_break_visibly(void **state)
{
    (void)state;
    assert_lines("```c\na\tb\n0123456789abcdef\n```\n", 18, "  c\n    a   b\n    0123456789abcd\n    ↪ ef\n");
}

static void wide_tables_wrap_their_cells(void **state)
{
    (void)state;
    assert_lines("|a|b|\n|---|--:|\n|one|2|\n", 40, "a   │ b\n────┼──\none │ 2\n");
    assert_lines("|a|b|\n|---|---|\n|one two three|2|\n|x|y|\n", 13,
                 "a         │ b\n──────────┼──\none two   │ 2\nthree     │\n──────────┼──\nx         │ y\n");
    assert_lines("|a|b|c|\n|---|---|---|\n|one|two|three|\n", 12, "a: one\nb: two\nc: three\n");
}

/* What may be scrolled sideways is not broken; a table first makes use of all that is in sight at once. */
static void wide_blocks_reach_beyond_the_page(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 16, .reach = 20};
    layout_build(
        &arena,
        markdown_parse(&arena, STR("> ```\n> 0123456789abcdef\n> x\n> ```\n\n|a|b|\n|---|---|\n"
                                   "|one two|three four|\n\n|a|b|\n|---|---|\n|onetwothree|fourfivesix|\n")),
        &options, &layout);
    assert_layout(
        &arena, &layout,
        "│     0123456789abcdef\n│     x\n\na       │ b\n────────┼───────────\none two │ three four\n\n"
        "a           │ b\n────────────┼────────────\nonetwothree │ fourfivesix\n");
    assert_int_equal(layout.block_count, 3);
    const struct layout_block *blocks = layout.blocks;
    assert_int_equal(blocks[0].kind, LAYOUT_CODE);
    assert_int_equal(blocks[0].left, 6);
    assert_int_equal(blocks[0].width, 22);
    assert_int_equal(blocks[2].kind, LAYOUT_TABLE);
    assert_int_equal(blocks[2].line, 7);
    assert_int_equal(blocks[2].head, 2);
    assert_int_equal(blocks[2].line_count, 3);
    assert_int_equal(blocks[2].width, 25);
    assert_int_equal(layout.lines[8].block, 3);
    assert_int_equal(layout.lines[6].block, 0);
    arena_free(&arena);
}

static void rows_of_wide_tables_become_records(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 16, .reach = 20, .wraps = true};
    layout_build(
        &arena,
        markdown_parse(&arena,
                       STR("|a|b|\n|---|---|\n|one|two|\n\n|a|b|\n|---|---|\n|one two three|four five|\n")),
        &options, &layout);
    assert_layout(&arena, &layout, "a   │ b\n────┼────\none │ two\n\na: one two three\nb: four five\n");
    arena_free(&arena);
}

static void tight_tables_have_no_rules_between_rows(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 11};
    const char *cells[] = {"k", "what", "a", "one two three", "b", "four"};
    struct node document = {.kind = NODE_DOCUMENT}, *row = &document;
    struct node *table = node_append(&arena, &document, NODE_TABLE, 0);
    table->columns = 2;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (i % 2 == 0)
            row = node_append(&arena, table, NODE_TABLE_ROW, 0);
        struct node *cell = node_append(&arena, row, NODE_TABLE_CELL, 0);
        node_append(&arena, cell, NODE_TEXT, 0)->text = str_from(cells[i]);
    }
    layout_build(&arena, &document, &options, &layout);
    assert_layout(&arena, &layout, "k │ what\n──┼────────\na │ one two\n  │ three\n──┼────────\nb │ four\n");
    table->tight = true;
    layout_build(&arena, &document, &options, &layout);
    assert_layout(&arena, &layout, "k │ what\n──┼────────\na │ one two\n  │ three\nb │ four\n");
    arena_free(&arena);
}

static void headings_are_listed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    lay(&arena, "a\n\n## B *c*\n\ntext\n", 40, &layout);
    assert_int_equal(layout.heading_count, 1);
    assert_int_equal(layout.headings[0].level, 2);
    assert_int_equal(layout.headings[0].line, 2);
    assert_true(str_eq(layout.headings[0].text, STR("B c")));
    assert_int_equal(layout.lines[2].heading, 1);
    assert_true(str_eq(layout_line_text(&arena, &layout.lines[3]), STR("───")));
    arena_free(&arena);
}

static void links_carry_their_numbers(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    lay(&arena, "see [one two](a) or\n\n|x|\n|---|\n|[y](b)|\n", 10, &layout);
    assert_int_equal(layout.link_count, 2);
    assert_true(str_eq(layout.links[0].target, STR("a")));
    assert_int_equal(layout.links[0].line, 0);
    assert_int_equal(layout.lines[1].spans[0].link, 1);
    assert_int_equal(layout.links[1].line, layout.line_count - 1);
    arena_free(&arena);
    assert_lines("see [one two](a), <http://b.org> and [c](d)", 80,
                 "see one two[1], http://b.org and c[2]\n");
    assert_lines("[b.org](http://b.org) www.c.org", 80, "b.org[1] www.c.org\n");
}

/* A paragraph with a citation, and a fold of two lines. */
static const struct node *make_page(struct arena *arena)
{
    struct node *document = arena_alloc(arena, sizeof *document), *parent;
    parent = node_append(arena, document, NODE_PARAGRAPH, 0);
    node_append(arena, parent, NODE_TEXT, 0)->text = STR("this was shown so ");
    struct node *link = node_append(arena, parent, NODE_LINK, 18);
    link->within = true;
    link->number = 7;
    link->place = 30;
    node_append(arena, link, NODE_TEXT, 0)->text = STR("7");
    node_append(arena, parent, NODE_TEXT, 0)->text = STR(".");
    struct node *fold = node_append(arena, document, NODE_FOLD, 20);
    fold->number = 2;
    parent = node_append(arena, fold, NODE_PARAGRAPH, 20);
    node_append(arena, parent, NODE_TEXT, 20)->text = STR("share this");
    parent = node_append(arena, fold, NODE_PARAGRAPH, 25);
    node_append(arena, parent, NODE_TEXT, 25)->text = STR("print");
    return document;
}

static void folds_open_and_close(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 30};
    const struct node *document = make_page(&arena);
    layout_build(&arena, document, &options, &layout);
    assert_layout(&arena, &layout, "this was shown so 7.\n\n\u2026 2 lines of page furniture\n");
    assert_true(layout.lines[2].label);
    assert_true(str_eq(layout.lines[2].hidden, STR("share this\nprint")));
    assert_int_equal(layout.links[1].kind, LAYOUT_LINK_FOLD);
    assert_int_equal(layout.links[1].line, 2);
    options.open_folds = 1;
    layout_build(&arena, document, &options, &layout);
    assert_layout(&arena, &layout,
                  "this was shown so 7.\n\n\u25be 2 lines of page furniture\n  share this\n  print\n");
    assert_true(layout.lines[2].label && layout.lines[2].hidden.len == 0);
    options.width = 8;
    options.charset = TEXT_ASCII;
    layout_build(&arena, document, &options, &layout);
    assert_true(str_eq(layout_line_text(&arena, &layout.lines[layout.line_count - 4]), STR("v 2 line")));
    arena_free(&arena);
}

static void citations_stay_with_their_word(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 18};
    layout_build(&arena, make_page(&arena), &options, &layout);
    assert_true(str_eq(layout_line_text(&arena, &layout.lines[0]), STR("this was shown")));
    assert_true(str_eq(layout_line_text(&arena, &layout.lines[1]), STR("so 7.")));
    assert_int_equal(layout.links[0].kind, LAYOUT_LINK_PLACE);
    assert_int_equal(layout.links[0].offset, 18);
    assert_int_equal(layout.links[0].place, 30);
    assert_int_equal(layout.links[0].number, 7);
    assert_int_equal(layout.links[0].line, 1);
    arena_free(&arena);
}

static void texts_keep_their_spaces(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = 12};
    layout_build_text(&arena, STR("  a  b\n\n\tc # d\nlong long long"), STYLE_TEXT, &options, &layout);
    static const char *const expected[] = {"  a  b", "", "    c # d", "long long", "long"};
    assert_int_equal(layout.line_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(str_eq(layout_line_text(&arena, &layout.lines[i]), str_from(expected[i])));
    assert_int_equal(layout_line_at(&layout, 9), 2);
    arena_free(&arena);
}

static bool read_all(struct arena *arena, const char *path, struct str *text)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char *bytes = arena_bytes(arena, 1 << 16);
    *text = (struct str){bytes, fread(bytes, 1, 1 << 16, file)};
    fclose(file);
    return true;
}

/* LECTERN_GOLDEN=write writes what should be instead of comparing it. */
static void assert_golden(struct arena *arena, struct str source, struct str path,
                          const struct layout_options *options)
{
    struct layout layout;
    struct buf out = {0};
    struct str expected = {0};
    layout_build(arena, markdown_parse(arena, source), options, &layout);
    for (size_t i = 0; i < layout.line_count; i++) {
        buf_add(&out, text_safe(arena, layout_line_text(arena, &layout.lines[i]), options->charset, false));
        buf_add_byte(&out, '\n');
    }
    const char *mode = getenv("LECTERN_GOLDEN");
    if (mode && strcmp(mode, "write") == 0) {
        FILE *file = fopen(path.at, "wb");
        assert_non_null(file);
        fwrite(out.at, 1, out.len, file);
        fclose(file);
    } else {
        assert_true(read_all(arena, path.at, &expected));
        assert_string_equal(buf_cstr(&out), arena_str(arena, expected).at);
    }
    buf_free(&out);
}

static void pages_look_as_they_were_judged(void **state)
{
    (void)state;
    struct arena arena = {0};
    DIR *folder = opendir(GOLDEN);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct str name = str_from(entry->d_name), source = {0};
        if (!str_ends(name, STR(".md")))
            continue;
        assert_true(read_all(&arena, arena_printf(&arena, GOLDEN "%s", entry->d_name).at, &source));
        name.len -= 3;
        const char *stem = arena_str(&arena, name).at;
        assert_golden(&arena, source, arena_printf(&arena, GOLDEN "%s.40.txt", stem),
                      &(struct layout_options){.width = 40});
        assert_golden(&arena, source, arena_printf(&arena, GOLDEN "%s.80.txt", stem),
                      &(struct layout_options){.width = 80});
        assert_golden(&arena, source, arena_printf(&arena, GOLDEN "%s.ascii.txt", stem),
                      &(struct layout_options){.width = 80, .charset = TEXT_ASCII});
    }
    closedir(folder);
    arena_free(&arena);
}

static void assert_justified(const char *source, size_t width, const char *expected)
{
    struct arena arena = {0};
    struct layout layout;
    struct layout_options options = {.width = width, .justify = true};
    layout_build(&arena, markdown_parse(&arena, str_from(source)), &options, &layout);
    assert_layout(&arena, &layout, expected);
    arena_free(&arena);
}

static void justified_lines_end_at_the_right_edge(void **state)
{
    (void)state;
    assert_justified("a bb cc dd ee", 10, "a bb cc dd\nee\n");
    assert_justified("a bb cc dd eee", 11, "a bb cc  dd\neee\n");
    assert_justified("a bb cc dd e ff ggg hh iii", 12, "a bb  cc  dd\ne  ff ggg hh\niii\n");
    assert_justified("one two well-known", 14, "one two  well-\nknown\n");
    assert_justified("- a bb cc dddd ee ffffff\n", 20, " • a bb  cc dddd  ee\n   ffffff\n");
    assert_justified("> a bb cc dddd ee ffffff\n", 20, "│ a bb  cc  dddd  ee\n│ ffffff\n");
    assert_justified("a bb *cc* dd eee", 11, "a bb cc  dd\neee\n");
}

static void what_is_no_prose_is_not_justified(void **state)
{
    (void)state;
    assert_justified("a bb  \ncc", 11, "a bb\ncc\n"); /* a hard break */
    assert_justified("### a bb ccc dddd\n", 11, "a bb ccc\ndddd\n");
    assert_justified("|a|b|\n|---|---|\n|one two|x|\n", 8, "a    │ b\n─────┼──\none  │ x\ntwo  │\n");
    assert_justified("a `b c d e` ffff", 11, "a   b c d e\nffff\n"); /* code keeps its blanks */
    assert_justified("a bbbbbbbbbbb", 12, "a\nbbbbbbbbbbb\n");       /* that would tear a hole */
}

static void assert_sound(const struct layout *layout, size_t width)
{
    uint32_t offset = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        size_t column = 0;
        for (uint32_t s = 0; s < line->count; s++) {
            assert_true(line->spans[s].column >= column);
            assert_int_equal(text_width(line->spans[s].text, TEXT_UTF8), line->spans[s].width);
            column = line->spans[s].column + line->spans[s].width;
        }
        assert_true(column <= width);
        assert_true(line->offset >= offset);
        offset = line->offset;
    }
}

static void no_line_is_ever_wider_than_asked(void **state)
{
    (void)state;
    static const char *const names[] = {GOLDEN "mixed.md", GOLDEN "math.md", GOLDEN "tables.md",
                                        GOLDEN "math-wide.md", GOLDEN "math-tables.md"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (size_t width = 1; width <= 200; width += width < 60 ? 1 : 20) {
            struct arena arena = {0};
            struct layout layout;
            struct str source = {0};
            struct layout_options options = {.width = width};
            assert_true(read_all(&arena, names[i], &source));
            layout_build(&arena, markdown_parse(&arena, source), &options, &layout);
            assert_sound(&layout, width);
            layout_build_text(&arena, source, STYLE_TEXT, &options, &layout);
            assert_sound(&layout, width);
            arena_free(&arena);
        }
    }
}

/* Every letter and digit of the article stands on the page, in its order. */
static void no_text_is_lost(void **state)
{
    (void)state;
    static const char source[] =
        "# One\n\ntwo *three* `four` [five](x)\n\n- six\n  1. seven\n\n> eight\n\n"
        "    nine\n\n| ten | eleven |\n|---|---|\n| twelve | thirteen |\n\n<b>$x^2$ fourteen\n";
    static const char *const words[] = {"One",    "two",    "three",    "four",          "five",
                                        "six",    "seven",  "eight",    "nine",          "ten",
                                        "eleven", "twelve", "thirteen", "<b>x² fourteen"};
    struct arena arena = {0};
    for (size_t width = 20; width <= 90; width += 70) {
        struct layout layout;
        struct buf out = {0};
        lay(&arena, source, width, &layout);
        for (size_t i = 0; i < layout.line_count; i++) {
            buf_add(&out, layout_line_text(&arena, &layout.lines[i]));
            buf_add_byte(&out, '\n');
        }
        const char *at = buf_cstr(&out);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            at = strstr(at, words[i]);
            assert_non_null(at);
        }
        buf_free(&out);
    }
    arena_free(&arena);
}

static void a_place_is_found_again_at_another_width(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout;
    lay(&arena, "# A\n\none two three four\n\nfive\n", 9, &layout);
    assert_int_equal(layout_line_at(&layout, 0), 0);
    assert_int_equal(layout_line_at(&layout, layout.lines[4].offset), 4);
    uint32_t five = layout.lines[layout.line_count - 1].offset;
    lay(&arena, "# A\n\none two three four\n\nfive\n", 80, &layout);
    assert_int_equal(layout_line_at(&layout, five), layout.line_count - 1);
    assert_int_equal(layout_line_at(&layout, UINT32_MAX), layout.line_count - 1);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_spaces_and_hyphens),
        cmocka_unit_test(soft_hyphens_show_only_where_a_line_breaks),
        cmocka_unit_test(long_words_break_between_graphemes),
        cmocka_unit_test(lines_break_where_unicode_lets_them),
        cmocka_unit_test(items_hang_behind_their_markers),
        cmocka_unit_test(quotes_have_a_bar_on_every_line),
        cmocka_unit_test(code_lines_break_visibly),
        cmocka_unit_test(wide_tables_wrap_their_cells),
        cmocka_unit_test(wide_blocks_reach_beyond_the_page),
        cmocka_unit_test(rows_of_wide_tables_become_records),
        cmocka_unit_test(tight_tables_have_no_rules_between_rows),
        cmocka_unit_test(headings_are_listed),
        cmocka_unit_test(links_carry_their_numbers),
        cmocka_unit_test(folds_open_and_close),
        cmocka_unit_test(citations_stay_with_their_word),
        cmocka_unit_test(texts_keep_their_spaces),
        cmocka_unit_test(pages_look_as_they_were_judged),
        cmocka_unit_test(justified_lines_end_at_the_right_edge),
        cmocka_unit_test(what_is_no_prose_is_not_justified),
        cmocka_unit_test(no_line_is_ever_wider_than_asked),
        cmocka_unit_test(no_text_is_lost),
        cmocka_unit_test(a_place_is_found_again_at_another_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
