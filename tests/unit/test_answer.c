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

static void expect(const char *answer, const char *wanted)
{
    struct arena arena = {0};
    struct str text = article_decode_answer(&arena, str_from(answer));
    if (!str_eq(text, str_from(wanted)))
        fail_msg("%s\nbecame\n%.*s\ninstead of\n%s", answer, STR_ARG(text), wanted);
    arena_free(&arena);
}

static void pairs_in_prose_are_breaks(void **state)
{
    (void)state;
    expect("text.\\n\\nNext", "text.\n\nNext");
    expect("\\nnot\\nnext", "\nnot\nnext");
    expect("a \\t \\\" b\\n", "a \\t \\\" b\n");
    expect("Documents\\\\n   ", "Documents\\\n   ");
    expect("a\\", "a\\");
    expect("", "");
}

static void texts_without_pairs_are_unchanged(void **state)
{
    (void)state;
    expect("one\ntwo\n\n- three", "one\ntwo\n\n- three");
    expect("a \\alpha $x$ `c`", "a \\alpha $x$ `c`");
}

static void real_breaks_stay_beside_pairs(void **state)
{
    (void)state;
    expect("one\ntwo\\nthree", "one\ntwo\nthree");
    expect("a\n```c\nputs(\"x\\n\");\n```\nb\\nc", "a\n```c\nputs(\"x\\n\");\n```\nb\nc");
}

static void commands_in_math_stay(void **state)
{
    (void)state;
    expect("$a \\neq 0$\\nx", "$a \\neq 0$\nx");
    expect("$ a \\neq 0 $\\nx", "$ a \\neq 0 $\nx");
    expect("\\(\\neg P\\)\\nx", "\\(\\neg P\\)\nx");
    expect("\\[\\nabla f\\]\\n", "\\[\\nabla f\\]\n");
    expect("$$ T^{\\mu\\nu} + \\nu_e $$", "$$ T^{\\mu\\nu} + \\nu_e $$");
    expect("$P \\not\\equiv Q$ $x \\notin A$ $a \\nmid b$", "$P \\not\\equiv Q$ $x \\notin A$ $a \\nmid b$");
}

static void breaks_in_math_are_breaks(void **state)
{
    (void)state;
    expect("$$\\nA = \\begin{pmatrix}\\na & b \\\\\\nc & d\\n\\end{pmatrix}\\n$$\\nwhere",
           "$$\nA = \\begin{pmatrix}\na & b \\\\\nc & d\n\\end{pmatrix}\n$$\nwhere");
    expect("\\[\\nx = n\\n\\]", "\\[\nx = n\n\\]");
    expect("$$\\nnumber$$", "$$\nnumber$$");
    expect("$$a\\n\\nb$$", "$$a\n\nb$$");
}

static void a_break_follows_the_opening_of_a_display(void **state)
{
    (void)state;
    expect("$$\\n\\nu = 1$$", "$$\n\\nu = 1$$");
    expect("$$\\nu(r, t)$$", "$$\nu(r, t)$$");
    expect("x $$\\nu_{n+1} = au_n\\n$$", "x $$\nu_{n+1} = au_n\n$$");
    expect("$$\\n\\neg (p \\land q)\\n$$", "$$\n\\neg (p \\land q)\n$$");
    expect("$$\\nabla f$$", "$$\\nabla f$$");
    expect("$$a \\\\\\nu & v \\\\\\nabla f$$", "$$a \\\\\nu & v \\\\\\nabla f$$");
    expect("$\\nu$ \\(\\nu\\)", "$\\nu$ \\(\\nu\\)");
}

static void money_is_no_math(void **state)
{
    (void)state;
    expect("$10,000 in revenue\\nnot counting $7,000 in expenses",
           "$10,000 in revenue\nnot counting $7,000 in expenses");
    expect("$10\\nnu$20", "$10\nnu$20");
    expect("paid $5 and\\nnu $x \\neq 0$", "paid $5 and\nnu $x \\neq 0$");
    expect("$5 dollars\\nnot 6$", "$5 dollars\nnot 6$");
    expect("\\$5\\nnu\\$", "\\$5\nnu\\$");
}

static void what_does_not_close_is_prose(void **state)
{
    (void)state;
    expect("$a\\neq 0", "$a\neq 0");
    expect("$$a\\neq 0", "$$a\neq 0");
    expect("\\(a\\neq 0", "\\(a\neq 0");
    expect("\\\\(a\\neq 0\\)", "\\\\(a\neq 0\\)");
    expect("$a\\n\\nb\\neq$", "$a\n\nb\neq$");
    expect("$$a\\n\\nb\\neq$$c", "$$a\n\nb\neq$$c");
    expect("$$$a\\neq$$$", "$$$a\neq$$$");
    expect("`a\\nb", "`a\nb");
}

static void inline_code_keeps_its_pairs(void **state)
{
    (void)state;
    expect("use `\"\\n\"` or `a\\nb`.\\nx", "use `\"\\n\"` or `a\\nb`.\nx");
    expect("``a`\\nb``\\n", "``a`\\nb``\n");
    expect("a ` b\\n- `c`\\n", "a ` b\n- `c`\n");
    expect("`$`\\n`$`\\neq", "`$`\n`$`\neq");
    expect("\\`a\\n`b", "\\`a\n`b");
}

static void fenced_code_has_breaks(void **state)
{
    (void)state;
    expect("x\\n```python\\na = 1\\nb = 2\\n```\\ny\\n", "x\n```python\na = 1\nb = 2\n```\ny\n");
    expect("~~~\\na\\n```\\nb\\n~~~\\n$x\\neq 0$", "~~~\na\n```\nb\n~~~\n$x\\neq 0$");
    expect("1. x\\n   ```cmd\\n   move Documents\\\\n   ```\\n",
           "1. x\n   ```cmd\n   move Documents\\\n   ```\n");
    expect("- ```\\n  $a \\neq b$\\n  ```\\n", "- ```\n  $a \neq b$\n  ```\n");
    expect("````\\n```\\na\\n````\\nb", "````\n```\na\n````\nb");
    expect("```x``` a\\nb", "```x``` a\nb");
    expect("```\\na\\nb", "```\na\nb");
}

static void open_literals_keep_their_pairs(void **state)
{
    (void)state;
    expect("```python\\nprint(\"a\\nb\")\\nx = '\\n'\\n```", "```python\nprint(\"a\\nb\")\nx = '\\n'\n```");
    expect("```c\\nprintf(\"%d\\\\n\\n\");\\n```", "```c\nprintf(\"%d\\\\n\\n\");\n```");
    expect("```c\\nputs(\"say \\\"x\\n\\\"\");\\nc = '\"';\\nd = '\\n';\\n```",
           "```c\nputs(\"say \\\"x\\n\\\"\");\nc = '\"';\nd = '\\n';\n```");
    expect("```python\\nf'a\\n' + rb'\\n'\\n```", "```python\nf'a\\n' + rb'\\n'\n```");
}

static void apostrophes_open_no_literals(void **state)
{
    (void)state;
    expect("```python\\n# don't\\nx = 'a'\\n```", "```python\n# don't\nx = 'a'\n```");
    expect("```c\\nx; // it's 'so\\ny = 'a';\\n```", "```c\nx; // it's 'so\ny = 'a';\n```");
    expect("```\\nI don't\\nknow what's\\n```", "```\nI don't\nknow what's\n```");
    expect("```scheme\\n(f 'a)\\n(g 'b)\\n```", "```scheme\n(f 'a)\n(g 'b)\n```");
    expect("```sql\\n-- the user's\\nSELECT 'a'\\n```", "```sql\n-- the user's\nSELECT 'a'\n```");
    expect("```\\na \"b\\n```\\n\"c\\nd\"", "```\na \"b\n```\n\"c\nd\"");
}

static void triple_quotes_go_over_lines(void **state)
{
    (void)state;
    expect("```python\\n\"\"\"It's\\n\"so\" and\\n\"\"\"\\nx = \"\\n\"\\n```",
           "```python\n\"\"\"It's\n\"so\" and\n\"\"\"\nx = \"\\n\"\n```");
}

static bool is_code_fence(struct str line)
{
    line = str_trim(line);
    return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}

/* Fails on a pair that is neither in inline code nor a TeX command between the delimiters of math. */
static void check_prose(const char *path, struct str line, bool display)
{
    static const char *const commands[] = {"eq",   "eg", "abla", "u",   "e",   "ot",
                                           "otin", "i",  "mid",  "leq", "geq", "exists"};
    bool code = false, math = display;
    for (size_t i = 0; i < line.len; i++) {
        struct str rest = str_slice(line, i, line.len);
        code ^= rest.at[0] == '`';
        math |= rest.at[0] == '$' || str_starts(rest, STR("\\(")) || str_starts(rest, STR("\\["));
        if (code || !str_starts(rest, STR("\\n")))
            continue;
        size_t letters = 0;
        while (2 + letters < rest.len &&
               ((rest.at[2 + letters] | 32) >= 'a' && (rest.at[2 + letters] | 32) <= 'z'))
            letters++;
        bool known = false;
        for (size_t k = 0; k < sizeof commands / sizeof *commands; k++)
            known |= str_eq(str_from(commands[k]), str_slice(rest, 2, 2 + letters));
        if (!known || !math)
            fail_msg("%s: a pair is left in %.*s", path, STR_ARG(line));
    }
}

static void check_pairs(const char *path, struct str text)
{
    bool fenced = false, display = false;
    for (struct str line; str_next_line(&text, &line);) {
        if (is_code_fence(line)) {
            fenced = !fenced;
        } else if (!fenced) {
            struct str trimmed = str_trim(line);
            display ^= str_starts(trimmed, STR("$$")) &&
                       str_find(str_slice(trimmed, 2, line.len), STR("$$")) == STR_NOT_FOUND;
            display |= str_starts(trimmed, STR("\\["));
            check_prose(path, line, display);
            display &= str_find(line, STR("\\]")) == STR_NOT_FOUND;
        }
    }
}

/* Decoding does nothing but turn pairs into breaks: the other way round gives the answer as it was. */
static void check_nothing_is_lost(const char *path, struct str answer, struct str text)
{
    size_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool pair = text.at[i] == '\n' && at < answer.len && answer.at[at] == '\\';
        if (at >= answer.len || (!pair && text.at[i] != answer.at[at]))
            fail_msg("%s: the text differs from the answer at byte %zu", path, at);
        at += pair ? 2 : 1;
    }
    assert_int_equal(at, answer.len);
}

static void check_article(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = arena_bytes(arena, 1 << 17);
    size_t length = fread(bytes, 1, 1 << 17, file);
    fclose(file);
    struct article article;
    article_parse(arena, (struct str){bytes, length}, str_from(path), &article);
    if (article.problem_count)
        fail_msg("%s:%u:%u: %.*s", path, article.problems[0].line, article.problems[0].column,
                 STR_ARG(article.problems[0].message));
    assert_int_equal(article.kind, ARTICLE_QUESTION);
    assert_true(article.title.len > 0 && article.id.len > 0 && article.subject.len > 0);
    check_pairs(path, article.text);
    check_nothing_is_lost(path, article_field_value(&article, "answer"), article.text);
}

static size_t check_folder(struct arena *arena, const char *folder)
{
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[4096];
        struct str name = str_from(entry->d_name);
        if (name.at[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (str_ends(name, STR(".md"))) {
            check_article(arena, path);
            arena_reset(arena);
            count++;
        } else {
            count += check_folder(arena, path);
        }
    }
    if (dir)
        closedir(dir);
    return count;
}

static void no_pair_is_left_in_a_real_library(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *folder = getenv("LECTERN_CORPUS");
    size_t count = check_folder(&arena, folder ? folder : "build/corpus");
    arena_free(&arena);
    if (count == 0) {
        print_message("no corpus in LECTERN_CORPUS or build/corpus\n");
        skip();
    }
    print_message("%zu real answers decoded\n", count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_in_prose_are_breaks),
        cmocka_unit_test(texts_without_pairs_are_unchanged),
        cmocka_unit_test(real_breaks_stay_beside_pairs),
        cmocka_unit_test(commands_in_math_stay),
        cmocka_unit_test(breaks_in_math_are_breaks),
        cmocka_unit_test(a_break_follows_the_opening_of_a_display),
        cmocka_unit_test(money_is_no_math),
        cmocka_unit_test(what_does_not_close_is_prose),
        cmocka_unit_test(inline_code_keeps_its_pairs),
        cmocka_unit_test(fenced_code_has_breaks),
        cmocka_unit_test(open_literals_keep_their_pairs),
        cmocka_unit_test(apostrophes_open_no_literals),
        cmocka_unit_test(triple_quotes_go_over_lines),
        cmocka_unit_test(no_pair_is_left_in_a_real_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
