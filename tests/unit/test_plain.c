/* Plain texts: what they say of themselves, and the nodes they become. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lectern/article.h"
#include "lectern/layout.h"
#include "lectern/plain.h"
#include "lost_words.h"

#define GOLDEN "tests/golden/plain/"

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct str dump(struct str text, bool begins)
{
    struct buf out = {0};
    markdown_dump(plain_parse(&arena, text, begins), &out);
    struct str copy = arena_str(&arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

static void assert_tree(const char *text, const char *expected)
{
    assert_string_equal(dump(str_from(text), true).at, expected);
}

static void essays_are_a_paragraph_a_line(void **state)
{
    (void)state;
    assert_tree("Title *a*\nfirst\n\nsecond\n    code\n\n    more\na   b   c\nlast",
                "document\n"
                "  heading 1 \"Title *a*\"\n"
                "  paragraph \"first\"\n"
                "  paragraph \"second\"\n"
                "  code-block \"    code\\n\\n    more\\na   b   c\\n\"\n"
                "  paragraph \"last\"\n");
    assert_tree("An essay\nOne sentence.\nAnother one.\nA third.\n", "document\n"
                                                                     "  heading 1 \"An essay\"\n"
                                                                     "  paragraph \"One sentence.\"\n"
                                                                     "  paragraph \"Another one.\"\n"
                                                                     "  paragraph \"A third.\"\n");
    assert_string_equal(dump(STR("Title\nfirst."), false).at, "document\n"
                                                              "  paragraph\n"
                                                              "    text \"Title\"\n"
                                                              "    hard-break\n"
                                                              "    text \"first.\"\n");
}

static void lines_broken_by_hand_are_joined(void **state)
{
    (void)state;
    assert_tree(
        "Title\n\nThe crow was a bird of some forty years that nobody had ever taken for a well-\nknown one, "
        "and yet it was known to all who lived near the river or on it--\nthose who fished there, and those "
        "who came for the shade of its trees.\nSource: a letter\n",
        "document\n"
        "  heading 1 \"Title\"\n"
        "  paragraph\n"
        "    text \"The crow was a bird of some forty years that nobody had ever taken for a well-\"\n"
        "    text \"known one, and yet it was known to all who lived near the river or on it--\"\n"
        "    text \"those who fished there, and those who came for the shade of its trees.\"\n"
        "    hard-break\n"
        "    text \"Source: a letter\"\n");
}

static void white_space_of_web_pages_is_trimmed(void **state)
{
    (void)state;
    assert_tree("\u00a0Title \u00a0\n\u00a0\n\u200b\none\u00a0 \n", "document\n"
                                                                    "  heading 1 \"Title\"\n"
                                                                    "  paragraph \"one\"\n");
    assert_tree("", "document\n");
    assert_tree(" \n\u00a0\n", "document\n");
}

static void lists_nest_and_go_on(void **state)
{
    (void)state;
    assert_tree("T\n\n\u2022 a\n  goes on\n    \u2022 b\n\u2022 c\n\n\u2022 d\n1) e\n2) f\n4) g\n",
                "document\n"
                "  heading 1 \"T\"\n"
                "  list loose\n"
                "    item\n"
                "      paragraph\n"
                "        text \"a\"\n"
                "        hard-break\n"
                "        text \"goes on\"\n"
                "      list tight\n"
                "        item\n"
                "          paragraph \"b\"\n"
                "    item\n"
                "      paragraph \"c\"\n"
                "    item\n"
                "      paragraph \"d\"\n"
                "  list from 1 tight\n"
                "    item\n"
                "      paragraph \"e\"\n"
                "    item\n"
                "      paragraph \"f\"\n"
                "  paragraph \"4) g\"\n");
}

/* --- Citations --- */

/* The numbers that are links in a text above three references, `!` behind one without an entry. */
static void collect_links(const struct node *node, struct buf *out)
{
    if (node->kind == NODE_HEADING && node->first && str_eq(node->first->text, STR("References")))
        return;
    if (node->kind == NODE_LINK)
        buf_printf(out, "%s%u%s", out->len ? " " : "", node->number, node->place == NODE_NOWHERE ? "!" : "");
    for (const struct node *child = node->first; child && node->kind != NODE_LINK; child = child->next) {
        if (child->kind == NODE_HEADING && child->first && str_eq(child->first->text, STR("References")))
            return;
        collect_links(child, out);
    }
}

static void assert_cites(const char *sentence, const char *expected)
{
    struct buf text = {0}, out = {0};
    buf_printf(
        &text,
        "Title\n\n%s\n\nReferences\n\n[1] A. First. 2001.\n[2] B. Second. 2002.\n[3] C. Third. 2003.\n",
        sentence);
    collect_links(plain_parse(&arena, arena_str(&arena, buf_str(&text)), true), &out);
    if (!str_eq(buf_str(&out), str_from(expected)))
        fail_msg("\"%s\" cites %s instead of %s", sentence, buf_cstr(&out), expected);
    buf_free(&text);
    buf_free(&out);
}

static void numbers_where_citations_stand_are_links(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"This was shown 1.", "1"},
        {"This was shown 1, 2, 3. And this 2.", "1 2 3 2"},
        {"This was shown in rats (RT) 3.", "3"},
        {"It rose in 45.9 % of those without 2.", "2"},
        {"It rose in 45.9 % 2.", "2"},
        {"This was shown [1], and this [2-3], and this[3, 1].", "1 2 3 3 1"},
        {"This was shown.1,2 So was this.3", "1 2 3"},
        {"This was shown\u00b9 and so was this,\u00b2\u02d2\u00b3 too.", "1 2 3"},
        {"This was shown 2", "2"},
        {"It has prognostic value 2. They were in the treated group 1.", "2 1"},
        {"This was shown in rats (RT) [3] and mice.[1][2]", "3 1 2"},
        {"This was shown 2, 4.", "2 4!"},
        {"This was shown 2, 4. And this 4.", "2 4! 4!"},
        {"(This was shown 1.)", "1"},
        {"Was it shown 1? It was so 2!", "1 2"},
        {"It was given twice a day 2. They took it for 6 months 1. It rose in both groups 3.", "2 1 3"},
        {"This was found in each of the crows that anybody has looked at so far\nby day, and it was found so "
         "again in "
         "all of the rooks and jackdaws\nthat were there at night, and in the ravens that came with them "
         "2, 3,\n1.",
         "2 3 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_cites(cases[i][0], cases[i][1]);
}

static void other_numbers_are_not(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "Their diabetes was of type 2.",
        "The youngest was aged 3.",
        "The number of them was 3.",
        "It fell from 3 to 2.",
        "They were of stage 1, grade 2.",
        "This happened on April 1.",
        "See figure 2.",
        "Version 2.1 came in 2.",
        "It cost 1.50 and weighs 2.0.",
        "It was in 2021.",
        "This was shown 4.",
        "This was shown 90.",
        "The area is 3 m\u00b2, that is x\u00b3.",
        "At 10\u00b2 of them.",
        "Of 2 patients 1 got well.",
        "The vitamin is B 2.",
        "An array a[7] of them.",
        "Between 1 and 3.",
        "The result: 2.",
        "Take 1, 2 or 3 of them.",
        "They came on days 1, 2.",
        "They were in group 2. It had the value 3.",
        "Of 24 kg/m\u00b2 and 10,000/mm\u00b3, of Eu\u00b2\u207a and J kg\u207b\u00b9.",
        "The interval [1, 2] of x = [1, 3] and f(x)[1] and a1[2].",
        "The gene is on chromosome 3.",
        "All bits being 1. The answer is not 2.",
        "It was given on day 2.",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_cites(cases[i], "");
}

static void without_references_nothing_is_a_citation(void **state)
{
    (void)state;
    assert_tree("Title\n\nThis was shown 1, 2 [3].\n", "document\n"
                                                       "  heading 1 \"Title\"\n"
                                                       "  paragraph \"This was shown 1, 2 [3].\"\n");
}

static void quotes_cite_too(void **state)
{
    (void)state;
    assert_tree(
        "Title\n\n> This was shown 1.\n>\n> > And this 2.\n\nReferences\n\n1. A. 2001.\n2. B. 2002.\n",
        "document\n"
        "  heading 1 \"Title\"\n"
        "  quote\n"
        "    paragraph\n"
        "      text \"This was shown \"\n"
        "      link 1 at 58 \"1\"\n"
        "      text \".\"\n"
        "    quote\n"
        "      paragraph\n"
        "        text \"And this \"\n"
        "        link 2 at 70 \"2\"\n"
        "        text \".\"\n"
        "  heading 2 \"References\"\n"
        "  list from 1 loose\n"
        "    item\n"
        "      paragraph\n"
        "        text \"A. \"\n"
        "        strong \"2001\"\n"
        "        text \".\"\n"
        "        hard-break\n"
        "        text \"cited in \"\n"
        "        link 1 at 24 \"the text\"\n"
        "    item\n"
        "      paragraph\n"
        "        text \"B. \"\n"
        "        strong \"2002\"\n"
        "        text \".\"\n"
        "        hard-break\n"
        "        text \"cited in \"\n"
        "        link 2 at 42 \"the text\"\n");
}

static void references_by_their_years_keep_titles_with_years(void **state)
{
    (void)state;
    assert_tree("Title\n\nShown 2.\n\nReferences\n\nResearch\n\nCrows in 2019\n\nBirds, "
                "2020\n\nResearch\n\nCrows.\n\n"
                "Birds (2021)\n\nThe end of it\n",
                "document\n"
                "  heading 1 \"Title\"\n"
                "  paragraph\n"
                "    text \"Shown \"\n"
                "    link 2 at 67 \"2\"\n"
                "    text \".\"\n"
                "  heading 2 \"References\"\n"
                "  list from 1 loose\n"
                "    item\n"
                "      paragraph\n"
                "        emphasis \"Research\"\n"
                "        text \" \u00b7 \"\n"
                "        text \"Crows in 2019\"\n"
                "        hard-break\n"
                "        text \"Birds, \"\n"
                "        strong \"2020\"\n"
                "    item\n"
                "      paragraph\n"
                "        emphasis \"Research\"\n"
                "        text \" \u00b7 \"\n"
                "        text \"Crows.\"\n"
                "        hard-break\n"
                "        text \"Birds (\"\n"
                "        strong \"2021\"\n"
                "        text \")\"\n"
                "        hard-break\n"
                "        text \"cited in \"\n"
                "        link 2 at 13 \"the text\"\n"
                "  paragraph \"The end of it\"\n");
}

static void an_entry_names_a_few_of_many_places(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_add(&text, STR("Title\n\n"));
    for (int i = 0; i < 1000; i++)
        buf_printf(&text, "This was shown again and again, and once more, in the year of the crow 1.\n\n");
    buf_add(&text, STR("References\n\n1. A. First. 2001.\n2. B. Second. 2002.\n"));
    struct str tree = dump(arena_str(&arena, buf_str(&text)), true);
    assert_true(str_find(tree, STR("text \" and 974 more\"\n")) != STR_NOT_FOUND);
    buf_free(&text);
}

/* --- Furniture --- */

static void words_of_furniture_alone_are_text(void **state)
{
    (void)state;
    assert_tree("T\n\nShare\n\nFacebook\nTwitter\nLinkedIn\n", "document\n"
                                                               "  heading 1 \"T\"\n"
                                                               "  fold of 4\n"
                                                               "    paragraph \"Share\"\n"
                                                               "    paragraph\n"
                                                               "      text \"Facebook\"\n"
                                                               "      hard-break\n"
                                                               "      text \"Twitter\"\n"
                                                               "      hard-break\n"
                                                               "      text \"LinkedIn\"\n");
    static const char *const texts[] = {
        "T\n\nShare\n\nThere was nothing that they would not share with each other.\n",
        "T\n\nThe networks are:\n\nFacebook\nTwitter\nLinkedIn\n",
        "T\n\nPrivacy policy\n\nWe keep nothing, and we will tell you why that is so.\n\nTerms of use\n\nUse "
        "it well, "
        "and as long as you like to.\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(str_find(dump(str_from(texts[i]), true), STR("fold")) == STR_NOT_FOUND);
}

/* --- What a text says of itself --- */

static void assert_facts(const char *text, const char *title, const char *author, const char *date,
                         const char *shown)
{
    struct article article;
    article_parse(&arena, str_from(text), STR("a.md"), &article);
    assert_int_equal(article.kind, ARTICLE_PLAIN);
    assert_string_equal(arena_str(&arena, article.title).at, title);
    assert_string_equal(arena_str(&arena, article.author).at, author);
    assert_string_equal(arena_str(&arena, article.date).at, date);
    assert_string_equal(arena_str(&arena, article_date(&arena, article.date, article.date_format)).at, shown);
}

static void dates_and_authors_are_found(void **state)
{
    (void)state;
    assert_facts("T\n\nLast updated: April 1, 2025View policy\n\ntext", "T", "", "2025-04-01",
                 "April 1, 2025");
    assert_facts("T\nby Ann Ash\n1st of May 2024\n\ntext", "T", "Ann Ash", "2024-05-01", "1 May 2024");
    assert_facts("T\n\nAnn Ash | Sept. 05, 2024 | 3 min\n\ntext", "T", "", "2024-09-05", "Sep 05, 2024");
    assert_facts("T\n\nPublished on 2024-02-29\n\ntext", "T", "", "2024-02-29", "2024-02-29");
    assert_facts("T\n\nUpdated: February 30, 2024\n\ntext", "T", "", "", "");
    assert_facts("T\n\nBy the way, it was on May 1, 2024 that all of this began.\n\ntext", "T", "", "", "");
    assert_facts("T\n\nIt began on May 1, 2024.\n", "T", "", "", "");
    assert_facts("Subject: A crow\nFrom: Ann Ash <a@b.c>\nDate: Mon, 7 Apr 2025 10:00\n\nHello\n", "A crow",
                 "Ann Ash", "2025-04-07", "7 Apr 2025");
}

static void a_text_without_a_title_is_named_by_its_beginning(void **state)
{
    (void)state;
    assert_facts(
        "The crow came down at seven, and tapped against the glass of my\nwindow, which was closed.\n",
        "The crow came down at seven, and tapped against the glass of my \u2026", "", "", "");
    assert_facts("The crow came,\nand went,\nand came again\n", "The crow came", "", "", "");
    assert_facts("Skip to content\nMenu\n\nThe crow\n\nIt came.\n", "The crow", "", "", "");
    struct buf long_line = {0};
    for (int i = 0; i < 100; i++)
        buf_add(&long_line, STR("crow crow. "));
    assert_facts(buf_cstr(&long_line),
                 "crow crow. crow crow. crow crow. crow crow. crow crow. crow crow. crow crow. \u2026", "",
                 "", "");
    buf_free(&long_line);
}

/* --- Whole pages --- */

static struct str read_all(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = arena_bytes(&arena, 1 << 16);
    size_t length = fread(bytes, 1, (1 << 16) - 1, file);
    bytes[length] = '\0';
    fclose(file);
    return (struct str){bytes, length};
}

/* LECTERN_GOLDEN=write writes what should be instead of comparing it. */
static void assert_golden(struct str name, const char *kind, struct str actual)
{
    struct str path = arena_printf(&arena, GOLDEN "%.*s.%s", STR_ARG(name), kind);
    const char *mode = getenv("LECTERN_GOLDEN");
    if (mode && strcmp(mode, "write") == 0) {
        FILE *file = fopen(path.at, "wb");
        assert_non_null(file);
        fwrite(actual.at, 1, actual.len, file);
        fclose(file);
    } else {
        assert_string_equal(arena_str(&arena, actual).at, read_all(path.at).at);
    }
}

static struct str lay(struct str text, size_t width, uint64_t open_folds)
{
    struct layout_options options = {.width = width, .open_folds = open_folds};
    struct layout layout;
    struct buf out = {0};
    layout_build(&arena, plain_parse(&arena, text, true), &options, &layout);
    for (size_t i = 0; i < layout.line_count; i++) {
        buf_add(&out, layout_line_text(&arena, &layout.lines[i]));
        buf_add_byte(&out, '\n');
    }
    struct str lines = arena_str(&arena, buf_str(&out));
    buf_free(&out);
    return lines;
}

static void check_page(struct str name, struct str text)
{
    struct article article;
    article_parse(&arena, text, STR("page"), &article);
    if (article.kind != ARTICLE_PLAIN)
        fail_msg("%.*s is of kind %d", STR_ARG(name), (int)article.kind);
    assert_golden(name, "tree", dump(text, true));
    assert_golden(name, "60", lay(text, 60, 0));
    assert_keeps_words(text, lay(text, 200, UINT64_MAX));
}

static void pages_are_read_as_they_were_judged(void **state)
{
    (void)state;
    DIR *folder = opendir(GOLDEN);
    size_t count = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct str name = str_from(entry->d_name);
        if (!str_ends(name, STR(".txt")))
            continue;
        struct str text = read_all(arena_printf(&arena, GOLDEN "%s", entry->d_name).at);
        check_page(str_slice(name, 0, name.len - 4), text);
        count++;
    }
    closedir(folder);
    assert_true(count > 10);
}

/* Offsets never decrease, wherever a text is cut. */
static uint32_t check_offsets(const struct node *node, uint32_t offset)
{
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->kind >= NODE_EMPHASIS)
            continue;
        assert_true(child->offset >= offset);
        offset = check_offsets(child, child->offset);
    }
    return offset;
}

static void offsets_never_decrease(void **state)
{
    (void)state;
    struct str text = read_all(GOLDEN "clinical.txt");
    for (size_t end = 0; end <= text.len; end += 7)
        check_offsets(plain_parse(&arena, str_slice(text, 0, end), true), 0);
    const struct node *document = plain_parse(&arena, text, true);
    assert_true(document->first->next->offset == (uint32_t)str_find(text, STR("Rookery Review")));
}

static void hostile_texts_are_read_in_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a\n",
                                         "(",
                                         ">",
                                         "> ",
                                         ">\n",
                                         "1. a\n",
                                         "\u2022 a\n  \u2022 b\n",
                                         "x 1, 2. ",
                                         "[1][1]",
                                         "Share\n",
                                         "A\n\n",
                                         "---\n",
                                         "a\n===\n",
                                         "  a\n",
                                         "References\n\n",
                                         "a   b\n",
                                         "\u00a0",
                                         "a, 2020\n\n",
                                         "1,",
                                         "Disclaimer\n\n",
                                         "\u00b9",
                                         "From: a\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf text = {0};
        while (text.len < 500000)
            buf_add(&text, str_from(pieces[i]));
        buf_add(&text, STR("\n\nReferences\n\n1. A. 2001.\n2. B. 2002.\n"));
        struct article article;
        article_parse(&arena, buf_str(&text), STR("a"), &article);
        plain_parse(&arena, buf_str(&text), true);
        arena_free(&arena);
        buf_free(&text);
    }
}

#define TEST(f) cmocka_unit_test_teardown(f, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(essays_are_a_paragraph_a_line),
        TEST(lines_broken_by_hand_are_joined),
        TEST(white_space_of_web_pages_is_trimmed),
        TEST(lists_nest_and_go_on),
        TEST(numbers_where_citations_stand_are_links),
        TEST(other_numbers_are_not),
        TEST(without_references_nothing_is_a_citation),
        TEST(quotes_cite_too),
        TEST(references_by_their_years_keep_titles_with_years),
        TEST(an_entry_names_a_few_of_many_places),
        TEST(words_of_furniture_alone_are_text),
        TEST(dates_and_authors_are_found),
        TEST(a_text_without_a_title_is_named_by_its_beginning),
        TEST(pages_are_read_as_they_were_judged),
        TEST(offsets_never_decrease),
        TEST(hostile_texts_are_read_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
