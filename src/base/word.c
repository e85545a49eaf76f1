#include "lectern/text.h"

#include <utf8proc.h>

#define ZERO_WIDTH_SPACE 0x200Bu /* ends a word, unlike other invisible characters */

enum role {
    ROLE_OTHER,
    ROLE_LETTER,
    ROLE_DIGIT,
    ROLE_IDEOGRAPH,  /* a word by itself */
    ROLE_EXTENDER,   /* marks, soft hyphens and what is invisible: belong to a word but do not begin one */
    ROLE_APOSTROPHE, /* belongs to a word between letters */
};

static bool between(uint32_t value, uint32_t low, uint32_t high)
{
    return value >= low && value <= high;
}

static bool is_ascii_letter(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool is_ascii_word(unsigned char c)
{
    return is_ascii_letter(c) || (unsigned char)(c - '0') < 10;
}

static bool is_ideograph(uint32_t c)
{
    return between(c, 0x3005, 0x3007) || between(c, 0x3041, 0x3096) || between(c, 0x309D, 0x309F) ||
           between(c, 0x30A1, 0x30FA) || between(c, 0x30FC, 0x312F) || between(c, 0x31A0, 0x31BF) ||
           between(c, 0x31F0, 0x31FF) || between(c, 0x3400, 0x4DBF) || between(c, 0x4E00, 0x9FFF) ||
           between(c, 0xF900, 0xFAFF) || between(c, 0xFF66, 0xFF9F) || between(c, 0x1B000, 0x1B16F) ||
           between(c, 0x20000, 0x3FFFF);
}

static enum role role_beyond_ascii(uint32_t c)
{
    if (c == 0x2019 || c == 0x02BC)
        return ROLE_APOSTROPHE;
    if (c == ZERO_WIDTH_SPACE)
        return ROLE_OTHER;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)c);
    if (property->ignorable)
        return ROLE_EXTENDER;
    switch (property->category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return is_ideograph(c) ? ROLE_IDEOGRAPH : ROLE_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return is_ideograph(c) ? ROLE_IDEOGRAPH : ROLE_DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return ROLE_EXTENDER;
    default: return ROLE_OTHER;
    }
}

/* The role of the character at `at`, and its length; at the end ROLE_OTHER and 0. */
static enum role role_at(struct str s, size_t at, size_t *len)
{
    *len = 0;
    if (at >= s.len)
        return ROLE_OTHER;
    unsigned char byte = (unsigned char)s.at[at];
    *len = 1;
    if (byte < 0x80) {
        if (is_ascii_letter(byte))
            return ROLE_LETTER;
        if (byte == '\'')
            return ROLE_APOSTROPHE;
        return is_ascii_word(byte) ? ROLE_DIGIT : ROLE_OTHER;
    }
    uint32_t code_point = 0;
    *len = text_decode((struct str){s.at + at, s.len - at}, &code_point);
    return role_beyond_ascii(code_point);
}

/* Skips what begins no word. */
static size_t find_start(struct str s)
{
    size_t at = 0, len = 1;
    for (; len; at += len) {
        enum role role = role_at(s, at, &len);
        if (role == ROLE_LETTER || role == ROLE_DIGIT || role == ROLE_IDEOGRAPH)
            break;
    }
    return at;
}

static size_t skip_extenders(struct str s, size_t at)
{
    size_t len;
    while (role_at(s, at, &len) == ROLE_EXTENDER)
        at += len;
    return at;
}

static size_t find_end(struct str s, size_t start)
{
    size_t at = start, len;
    enum role role = role_at(s, at, &len), before = ROLE_OTHER;
    if (role == ROLE_IDEOGRAPH)
        return skip_extenders(s, at + len);
    while (role == ROLE_LETTER || role == ROLE_DIGIT || role == ROLE_EXTENDER || role == ROLE_APOSTROPHE) {
        if (role == ROLE_APOSTROPHE) {
            size_t next;
            if (before != ROLE_LETTER || role_at(s, skip_extenders(s, at + len), &next) != ROLE_LETTER)
                break;
        }
        at += len;
        if (role != ROLE_EXTENDER)
            before = role;
        while (at < s.len && is_ascii_letter((unsigned char)s.at[at])) {
            before = ROLE_LETTER;
            at++;
        }
        role = role_at(s, at, &len);
    }
    return at;
}

/* Letters that a name with a sign has: C++, C#, F#, g++. */
#define SIGNED_LETTERS 2

/* Bytes of such a sign behind the word [start, end), as a name ends in; not of `i+++j`, `a#b`. */
static size_t sign_len(struct str s, size_t start, size_t end)
{
    if (end - start > SIGNED_LETTERS || end == s.len)
        return 0;
    for (size_t i = start; i < end; i++)
        if (!is_ascii_letter((unsigned char)s.at[i]))
            return 0;
    size_t len = s.at[end] == '#' ? 1 : str_starts(str_slice(s, end, s.len), STR("++")) ? 2 : 0;
    if (!len || end + len == s.len)
        return len;
    unsigned char behind = (unsigned char)s.at[end + len];
    return behind < 0x80 && !is_ascii_word(behind) && behind != (unsigned char)s.at[end] ? len : 0;
}

bool text_next_word(struct str *rest, struct str *word)
{
    size_t start = 0;
    while (start < rest->len && (unsigned char)rest->at[start] < 0x80 &&
           !is_ascii_word((unsigned char)rest->at[start]))
        start++;
    struct str s = {rest->at + start, rest->len - start};
    start = find_start(s);
    size_t end = start < s.len ? find_end(s, start) : s.len;
    end += sign_len(s, start, end);
    *word = str_slice(s, start, end);
    *rest = str_slice(s, end, s.len);
    return word->len > 0;
}

/* Accents, points and what encloses; not the vowel signs, viramas and voicing marks that make another syllable. */
static bool is_dropped_mark(utf8proc_int32_t c)
{
    const utf8proc_property_t *property = utf8proc_get_property(c);
    utf8proc_propval_t class = property->combining_class;
    if (property->category == UTF8PROC_CATEGORY_ME)
        return true;
    return class == 1 || class == 7 || (class >= 10 && class <= 36) || class >= 200;
}

static void fold_character(struct buf *out, uint32_t c)
{
    utf8proc_int32_t parts[32]; /* Unicode's longest is 18 */
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)c, parts, 32,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, NULL);
    if (c == ZERO_WIDTH_SPACE || count < 0 || count > 32) {
        text_encode(out, c == ZERO_WIDTH_SPACE ? ' ' : c);
        return;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        if (!is_dropped_mark(parts[i]))
            text_encode(out, (uint32_t)parts[i]);
}

/* Appends the ASCII that `s` begins with, up to an apostrophe, in lower case. Returns its length. */
static size_t fold_ascii(struct buf *out, struct str s)
{
    char lower[64];
    size_t at = 0, filled = 0;
    for (; at < s.len; at++) {
        unsigned char c = (unsigned char)s.at[at];
        if (c >= 0x80 || c == '\'')
            break;
        if (filled == sizeof lower) {
            buf_add(out, (struct str){lower, filled});
            filled = 0;
        }
        lower[filled++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    buf_add(out, (struct str){lower, filled});
    return at;
}

/* Bytes of an apostrophe between letters at `at`, with the s of a possessive; 0 if none is there. */
static size_t dropped_apostrophe(struct str s, size_t at, bool after_letter)
{
    size_t len, next_len, behind_len;
    if (!after_letter || role_at(s, at, &len) != ROLE_APOSTROPHE)
        return 0;
    size_t next = skip_extenders(s, at + len);
    if (role_at(s, next, &next_len) != ROLE_LETTER)
        return 0;
    if (s.at[next] != 's' && s.at[next] != 'S')
        return len;
    enum role behind = role_at(s, skip_extenders(s, next + 1), &behind_len);
    return behind == ROLE_LETTER || behind == ROLE_DIGIT ? len : next + 1 - at;
}

void text_fold(struct buf *out, struct str s)
{
    size_t at = 0;
    bool after_letter = false;
    while (at < s.len) {
        size_t ascii = fold_ascii(out, (struct str){s.at + at, s.len - at});
        at += ascii;
        if (ascii)
            after_letter = is_ascii_letter((unsigned char)s.at[at - 1]);
        if (at == s.len)
            break;
        size_t dropped = dropped_apostrophe(s, at, after_letter);
        at += dropped;
        if (dropped)
            continue;
        size_t len;
        enum role role = role_at(s, at, &len);
        uint32_t code_point = 0;
        text_decode((struct str){s.at + at, s.len - at}, &code_point);
        fold_character(out, code_point);
        at += len;
        if (role != ROLE_EXTENDER)
            after_letter = role == ROLE_LETTER;
    }
}

/* What an ASCII letter or digit is folded to; 0 for what is no part of a word. */
static const unsigned char folded_ascii[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f',
    ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
    ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v',
    ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
    ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
    ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
    ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};

/* Words of ASCII letters and digits alone, which nearly all are, are taken and folded in one go. */
bool text_next_folded(struct str *rest, struct str *word, struct buf *folded)
{
    char plain[64];
    bool room = folded->capacity - folded->len >= sizeof plain;
    char *to = room ? folded->at + folded->len : plain;
    const char *at = rest->at, *end = rest->len ? at + rest->len : at;
    while (at < end && (unsigned char)*at < 0x80 && !folded_ascii[(unsigned char)*at])
        at++;
    size_t most = (size_t)(end - at) < sizeof plain ? (size_t)(end - at) : sizeof plain, len = 0;
    for (unsigned char c; len < most && (c = folded_ascii[(unsigned char)at[len]]) != 0; len++)
        to[len] = (char)c;
    *rest = (struct str){at, (size_t)(end - at)};
    bool ends = at + len == end || ((unsigned char)at[len] < 0x80 && at[len] != '\'' &&
                                    (len > SIGNED_LETTERS || (at[len] != '+' && at[len] != '#')));
    if (len == 0 || len == sizeof plain || !ends) {
        bool found = text_next_word(rest, word);
        if (found)
            text_fold(folded, *word);
        return found;
    }
    if (room)
        folded->len += len;
    else
        buf_add(folded, (struct str){plain, len});
    *word = (struct str){at, len};
    *rest = (struct str){at + len, (size_t)(end - at) - len};
    return true;
}
