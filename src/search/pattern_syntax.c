#include "pattern_syntax.h"

#include "lectern/text.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What stands behind `(?`: a group, a lookaround, an option or a comment? */
static bool is_plain_group(struct str after)
{
    bool relative = after.len > 1 && after.at[0] == '-' && is_digit(after.at[1]);
    return str_starts(after, STR("P<")) ||
           (after.len && !relative && str_find_byte(STR(":=!<|'#imsxnJU^-"), after.at[0]) != STR_NOT_FOUND);
}

/* What stands behind a backslash: a reference to a group, `\G` or `\K`? */
static bool is_special(char c)
{
    return c == 'G' || c == 'K' || c == 'g' || c == 'k' || is_digit(c);
}

bool pattern_is_plain(struct str source)
{
    for (size_t at = 0; at + 1 < source.len; at++) {
        struct str after = str_slice(source, at + 2, source.len);
        char c = source.at[at], next = source.at[at + 1];
        if (c == '\\' ? is_special(next)
                      : c == '(' && (next == '*' || (next == '?' && !is_plain_group(after))))
            return false;
    }
    return true;
}

static uint64_t digits(struct str s, unsigned base)
{
    uint64_t value = 0;
    for (size_t i = 0; i < s.len && value <= 0x10ffff; i++) {
        unsigned char c = (unsigned char)s.at[i];
        unsigned letter = (unsigned)(c | 0x20) - 'a';
        if (c == ' ')
            continue;
        unsigned digit = is_digit((char)c) ? c - (unsigned)'0' : letter < 6 ? letter + 10 : base;
        if (digit >= base)
            break;
        value = value * base + digit;
    }
    return value;
}

/* The character that `s` begins with, written as itself or as a number. */
static uint64_t upper_end(struct str s)
{
    uint32_t code_point = 0;
    if (str_starts(s, STR("\\x{")))
        return digits(str_slice(s, 3, s.len), 16);
    if (str_starts(s, STR("\\N{U+")))
        return digits(str_slice(s, 5, s.len), 16);
    if (str_starts(s, STR("\\o{")))
        return digits(str_slice(s, 3, s.len), 8);
    text_decode(s, &code_point);
    return code_point;
}

uint64_t pattern_range_span(struct str source)
{
    uint64_t span = 0;
    for (size_t at = 0; at < source.len; at++)
        if (source.at[at] == '-')
            span += upper_end(str_slice(source, at + 1, source.len));
    return span;
}
