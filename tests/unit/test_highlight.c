/* Code told apart: what each part of a line is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/layout/highlight.h"

static char letter_of(style look)
{
    switch (look) {
    case STYLE_CODE_KEYWORD: return 'k';
    case STYLE_CODE_TYPE: return 't';
    case STYLE_CODE_STRING: return 's';
    case STYLE_CODE_NUMBER: return 'n';
    case STYLE_CODE_COMMENT: return 'c';
    default: return '.';
    }
}

/* `looks` has a letter for each byte of the code; blanks of the code are left out of the comparison. */
static void assert_looks(const char *language, const char *code, const char *looks)
{
    struct highlight highlight;
    struct str rest = str_from(code), line, part;
    struct buf found = {0};
    style look;
    highlight_begin(&highlight, str_from(language));
    while (str_next_line(&rest, &line)) {
        if (found.len)
            buf_add_byte(&found, '\n');
        highlight_line(&highlight);
        while (highlight_next(&highlight, &line, &part, &look))
            for (size_t i = 0; i < part.len; i++)
                buf_add_byte(&found, part.at[i] == ' ' ? ' ' : letter_of(look));
    }
    assert_string_equal(buf_cstr(&found), looks);
    buf_free(&found);
}

static void words_numbers_and_strings(void **state)
{
    (void)state;
    assert_looks("python", "for i in range(10): # all", "kkk . kk ttttt.nn.. c ccc");
    assert_looks("Python title=x", "x = 'it\\'s' + \"a\"", ". . sssssss . sss");
    assert_looks("c", "#include <a.h>\nint x1 = 0x1f + 1e-5f;", "kkkkkkkk .....\nttt .. . nnnn . nnnnn.");
    assert_looks("sql", "SELECT count(*) from t -- all", "kkkkkk ttttt... kkkk . cc ccc");
    assert_looks("scheme", "(define (f-1 x) (set! x \"s\"))", ".kkkkkk .... .. .kkkk . sss..");
    assert_looks("bash", "echo $#x # no", "tttt ... c cc");
}

static void comments_and_long_strings_go_on(void **state)
{
    (void)state;
    assert_looks("c", "a /* b\nc */ int", ". cc c\nc cc ttt");
    assert_looks("python", "x = \"\"\"a\nif\"\"\" if", ". . ssss\nsssss kk");
    assert_looks("java", "\"open\nint", "sssss\nttt");
}

static void what_is_not_known_is_plain(void **state)
{
    (void)state;
    assert_looks("klingon", "if 1 \"x\"", ".. . ...");
    assert_looks("", "if 1 // x", ".. . .. .");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_numbers_and_strings),
        cmocka_unit_test(comments_and_long_strings_go_on),
        cmocka_unit_test(what_is_not_known_is_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
