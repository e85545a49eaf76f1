/* Objects of JSON, written and read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/json.h"

/* All members as name=value, kinds told apart; or the message with its column. */
static void assert_read(const char *line, const char *expected)
{
    struct arena arena = {0};
    struct buf out = {0};
    struct err err;
    struct json_member member;
    struct json_reader reader = json_open(str_from(line), &arena);
    int more;
    while ((more = json_next(&reader, &member, &err)) > 0) {
        static const char *const marks[] = {"\"", "", "true", "false", "null"};
        buf_printf(&out, "%.*s=%s%.*s ", STR_ARG(member.name), marks[member.kind],
                   member.kind <= JSON_NUMBER ? (int)member.text.len : 0,
                   member.text.len ? member.text.at : "");
    }
    if (more < 0)
        buf_printf(&out, "%zu: %s", err.column, err.message);
    assert_string_equal(buf_cstr(&out), expected);
    buf_free(&out);
    arena_free(&arena);
}

static void members_are_read_in_their_order(void **state)
{
    (void)state;
    assert_read("{}", "");
    assert_read(" { } \r", "");
    assert_read("{\"a\":\"b\",\"n\":12,\"r\":-1.5e3}", "a=\"b n=12 r=-1.5e3 ");
    assert_read(" {\t\"a\" : true , \"b\":false,\"c\":null }", "a=true b=false c=null ");
    assert_read("{\"\":\"\"}", "=\" ");
}

static void escapes_are_characters(void **state)
{
    (void)state;
    assert_read("{\"a\":\"\\\"\\\\\\/\\n\\t\\u00e9\\u20AC\"}", "a=\"\"\\/\n\té€ ");
    assert_read("{\"a\":\"\\ud83d\\ude00\"}", "a=\"😀 ");
    assert_read("{\"a\":\"\\udcff\"}", "a=\"\377 ");
    assert_read("{\"a\":\"\\ud83d\"}", "7: that is no escape of JSON");
    assert_read("{\"a\":\"\\udc00\"}", "7: that is no escape of JSON");
    assert_read("{\"a\":\"é\\x\"}", "8: that is no escape of JSON");
    assert_read("{\"a\":\"\\u12\"}", "7: that is no escape of JSON");
}

static void what_is_wrong_is_told_with_its_column(void **state)
{
    (void)state;
    assert_read("", "1: this is no object of JSON, which begins with a {");
    assert_read("[]", "1: this is no object of JSON, which begins with a {");
    assert_read("{", "2: a name in quotes is wanted here");
    assert_read("{\"a\"}", "5: a colon is wanted here");
    assert_read("{\"a\":}", "6: a value is wanted here");
    assert_read("{\"a\":\"b", "6: a text that begins here has no end");
    assert_read("{\"a\":\"b\tc\"}", "8: a control character stands in a text: it has to be escaped");
    assert_read("{\"a\":1 \"b\":2}", "a=1 8: a comma or a } is wanted here");
    assert_read("{\"a\":1,}", "a=1 8: a name in quotes is wanted here");
    assert_read("{\"a\":1}x", "a=1 8: more stands behind the object");
    assert_read("{\"a\":{\"b\":1}}", "6: a value within a value means nothing here");
    assert_read("{\"a\":[]}", "6: a value within a value means nothing here");
    assert_read("{\"a\":nul}", "6: a value is wanted here");
}

/* Any bytes can be had back, and nothing of them gets to a terminal. */
static void what_is_written_exactly_is_read_again(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf line = {0}, any = {0};
    struct err err;
    struct json_member member;
    for (int i = 0; i < 256; i++)
        buf_add_byte(&any, (char)i);
    buf_add(&any, STR("é\u202e😀\xed\xa0\x80\xf0\x9f"));
    for (int charset = TEXT_UTF8; charset <= TEXT_ASCII; charset++) {
        buf_clear(&line);
        buf_add_byte(&line, '{');
        json_add_exact(&line, "a", buf_str(&any), (enum text_charset)charset);
        buf_add_byte(&line, '}');
        for (size_t i = 0; i < line.len; i++)
            assert_true((unsigned char)line.at[i] >= 0x20 && line.at[i] != 0x7f);
        assert_true(text_invalid_at(buf_str(&line)) == STR_NOT_FOUND);
        struct json_reader reader = json_open(buf_str(&line), &arena);
        assert_int_equal(json_next(&reader, &member, &err), 1);
        assert_true(str_eq(member.text, buf_str(&any)));
        assert_int_equal(json_next(&reader, &member, &err), 0);
    }
    buf_free(&any);
    buf_free(&line);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_read_in_their_order),
        cmocka_unit_test(escapes_are_characters),
        cmocka_unit_test(what_is_wrong_is_told_with_its_column),
        cmocka_unit_test(what_is_written_exactly_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
