/* Reading objects of JSON (RFC 8259), without nesting. */
#include "lectern/json.h"

struct json_reader json_open(struct str line, struct arena *arena)
{
    return (struct json_reader){.line = line, .arena = arena};
}

size_t json_column(const struct json_reader *reader, size_t at)
{
    size_t column = 1;
    uint32_t code_point;
    struct str before = str_slice(reader->line, 0, at);
    for (size_t len; (len = text_decode(before, &code_point)) > 0; column++)
        before = str_slice(before, len, before.len);
    return column;
}

static int fail(const struct json_reader *reader, size_t at, struct err *err, const char *message)
{
    return err_set_at(err, ERR_FORMAT, 0, json_column(reader, at), "%s", message);
}

static void skip_space(struct json_reader *reader)
{
    while (reader->at < reader->line.len &&
           str_find_byte(STR(" \t\r\n"), reader->line.at[reader->at]) != STR_NOT_FOUND)
        reader->at++;
}

/* Takes the byte if it is what comes next. */
static bool take(struct json_reader *reader, char byte)
{
    if (reader->at >= reader->line.len || reader->line.at[reader->at] != byte)
        return false;
    reader->at++;
    return true;
}

/* The four digits of an escape; false if there are none. */
static bool take_hex(struct json_reader *reader, uint32_t *value)
{
    *value = 0;
    for (int i = 0; i < 4; i++, reader->at++) {
        if (reader->at >= reader->line.len)
            return false;
        size_t digit = str_find_byte(STR("0123456789abcdef0123456789ABCDEF"), reader->line.at[reader->at]);
        if (digit == STR_NOT_FOUND)
            return false;
        *value = *value << 4 | (uint32_t)(digit % 16);
    }
    return true;
}

/* What stands behind \u: a code point, two halves of one, or a byte that was no text. */
static bool take_code_point(struct json_reader *reader, struct buf *out)
{
    uint32_t first, second;
    if (!take_hex(reader, &first))
        return false;
    if (first >= 0xdc80 && first <= 0xdcff) {
        buf_add_byte(out, (char)(unsigned char)(first & 0xff));
        return true;
    }
    if (first >= 0xd800 && first <= 0xdbff) {
        if (!take(reader, '\\') || !take(reader, 'u') || !take_hex(reader, &second) || second < 0xdc00 ||
            second > 0xdfff)
            return false;
        first = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    } else if (first >= 0xdc00 && first <= 0xdfff) {
        return false;
    }
    text_encode(out, first);
    return true;
}

static bool take_escape(struct json_reader *reader, struct buf *out)
{
    if (reader->at >= reader->line.len)
        return false;
    char byte = reader->line.at[reader->at++];
    size_t letter = str_find_byte(STR("bfnrt"), byte);
    if (byte == 'u')
        return take_code_point(reader, out);
    if (letter != STR_NOT_FOUND)
        byte = "\b\f\n\r\t"[letter];
    else if (str_find_byte(STR("\"\\/"), byte) == STR_NOT_FOUND)
        return false;
    buf_add_byte(out, byte);
    return true;
}

/* From behind the opening quote to behind the closing one. */
static int take_string(struct json_reader *reader, struct buf *out, struct err *err)
{
    size_t begin = reader->at;
    while (!take(reader, '"')) {
        size_t at = reader->at;
        if (at >= reader->line.len)
            return fail(reader, begin - 1, err, "a text that begins here has no end");
        if ((unsigned char)reader->line.at[at] < 0x20)
            return fail(reader, at, err, "a control character stands in a text: it has to be escaped");
        if (!take(reader, '\\'))
            buf_add_byte(out, reader->line.at[reader->at++]);
        else if (!take_escape(reader, out))
            return fail(reader, at, err, "that is no escape of JSON");
    }
    return 0;
}

static int take_text(struct json_reader *reader, struct str *text, struct err *err)
{
    struct buf out = {0};
    int status = take_string(reader, &out, err);
    if (status == 0)
        *text = arena_str(reader->arena, buf_str(&out));
    buf_free(&out);
    return status;
}

/* A number, or one of the three words. */
static int take_plain(struct json_reader *reader, struct json_member *member, struct err *err)
{
    static const struct {
        struct str word;
        enum json_kind kind;
    } words[] = {{{"true", 4}, JSON_TRUE}, {{"false", 5}, JSON_FALSE}, {{"null", 4}, JSON_NULL}};
    size_t begin = reader->at;
    while (reader->at < reader->line.len &&
           str_find_byte(STR(" \t\r\n,:{}[]\""), reader->line.at[reader->at]) == STR_NOT_FOUND)
        reader->at++;
    member->text = str_slice(reader->line, begin, reader->at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(member->text, words[i].word)) {
            member->kind = words[i].kind;
            return 0;
        }
    member->kind = JSON_NUMBER;
    if (member->text.len && str_find_byte(STR("-0123456789"), member->text.at[0]) != STR_NOT_FOUND)
        return 0;
    if (begin < reader->line.len && (reader->line.at[begin] == '{' || reader->line.at[begin] == '['))
        return fail(reader, begin, err, "a value within a value means nothing here");
    return fail(reader, begin, err, "a value is wanted here");
}

static int take_member(struct json_reader *reader, struct json_member *member, struct err *err)
{
    member->at = reader->at;
    if (!take(reader, '"'))
        return fail(reader, reader->at, err, "a name in quotes is wanted here");
    if (take_text(reader, &member->name, err) != 0)
        return -1;
    skip_space(reader);
    if (!take(reader, ':'))
        return fail(reader, reader->at, err, "a colon is wanted here");
    skip_space(reader);
    member->at_value = reader->at;
    member->kind = JSON_STRING;
    return take(reader, '"') ? take_text(reader, &member->text, err) : take_plain(reader, member, err);
}

int json_next(struct json_reader *reader, struct json_member *member, struct err *err)
{
    *member = (struct json_member){0};
    skip_space(reader);
    if (reader->members == 0 && !take(reader, '{'))
        return fail(reader, reader->at, err, "this is no object of JSON, which begins with a {");
    skip_space(reader);
    if (take(reader, '}')) {
        skip_space(reader);
        return reader->at == reader->line.len
                   ? 0
                   : fail(reader, reader->at, err, "more stands behind the object");
    }
    if (reader->members && !take(reader, ','))
        return fail(reader, reader->at, err, "a comma or a } is wanted here");
    skip_space(reader);
    reader->members++;
    return take_member(reader, member, err) == 0 ? 1 : -1;
}
