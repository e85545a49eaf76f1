/* What a line looks like by itself. */
#include "plain.h"

#define COLUMN_GAP 3 /* blanks between two columns of a table */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* --- Markers of items --- */

/* Signs that are bullets wherever a line begins with them. */
static const char *const bullets[] = {
    "\xe2\x80\xa2", "\xe2\x97\xa6", "\xe2\x96\xaa", "\xe2\x80\xa3", "\xe2\x97\x8f", "\xe2\x97\x8b",
    "\xe2\x96\xa0", "\xe2\x9e\xa4", "\xe2\x96\xb8", "\xe2\x81\x83", "\xe2\x9c\x93", "\xc2\xb7",
};

static size_t space_length(struct str s)
{
    size_t length = 0;
    for (;;) {
        if (length < s.len && (s.at[length] == ' ' || s.at[length] == '\t'))
            length++;
        else if (str_starts(str_slice(s, length, s.len), STR("\xc2\xa0")))
            length += 2;
        else
            return length;
    }
}

static bool finish_marker(struct str text, size_t sign, struct plain_marker *marker)
{
    size_t space = space_length(str_slice(text, sign, text.len));
    marker->length = sign + space;
    return space > 0 && marker->length < text.len;
}

bool plain_marker(struct str text, struct plain_marker *marker)
{
    *marker = (struct plain_marker){0};
    bool sign = text.len && (unsigned char)text.at[0] >= 0x80;
    for (size_t i = 0; sign && i < sizeof bullets / sizeof *bullets; i++) {
        struct str bullet = str_from(bullets[i]);
        marker->kind = 'o';
        if (str_starts(text, bullet))
            return finish_marker(text, bullet.len, marker);
    }
    if (str_starts(text, STR("o  "))) /* of printed standards */
        return finish_marker(text, 1, marker);
    marker->kind = text.len ? text.at[0] : '\0';
    if (str_find_byte(STR("-*+"), marker->kind) != STR_NOT_FOUND)
        return finish_marker(text, 1, marker);
    size_t digits = 0;
    for (; digits < text.len && digits < 4 && is_digit(text.at[digits]); digits++)
        marker->number = marker->number * 10 + (uint32_t)(text.at[digits] - '0');
    marker->kind = digits && digits < text.len ? text.at[digits] : '\0';
    return (marker->kind == '.' || marker->kind == ')') && finish_marker(text, digits + 1, marker);
}

/* --- Letters --- */

/* Latin letters with marks are told apart by their second byte; other letters are neither. */
static bool is_latin_letter(struct str s, bool lower)
{
    return s.len > 1 && (unsigned char)s.at[0] == 0xc3 &&
           (lower ? (unsigned char)s.at[1] >= 0x9f : (unsigned char)s.at[1] < 0x9f);
}

/* Without quotes and brackets in front. */
static struct str without_opening(struct str s)
{
    static const char *const signs[] = {"\"", "'", "(", "[", "\xe2\x80\x9c", "\xe2\x80\x98", "\xc2\xab"};
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
            if (str_starts(s, str_from(signs[i]))) {
                s = str_slice(s, str_from(signs[i]).len, s.len);
                again = true;
            }
    }
    return s;
}

bool plain_starts_lower(struct str text)
{
    struct str s = without_opening(text);
    return (s.len && s.at[0] >= 'a' && s.at[0] <= 'z') || is_latin_letter(s, true);
}

bool plain_starts_upper(struct str text)
{
    struct str s = without_opening(text);
    return (s.len && s.at[0] >= 'A' && s.at[0] <= 'Z') || is_latin_letter(s, false);
}

/* Without quotes and brackets behind. */
static struct str without_closing(struct str s)
{
    static const char *const signs[] = {"\"", "'", ")", "]", "\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb"};
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
            if (str_ends(s, str_from(signs[i]))) {
                s.len -= str_from(signs[i]).len;
                again = true;
            }
    }
    return s;
}

bool plain_ends_sentence(struct str text)
{
    struct str s = without_closing(text);
    return s.len &&
           (str_find_byte(STR(".!?"), s.at[s.len - 1]) != STR_NOT_FOUND || str_ends(s, STR("\xe2\x80\xa6")));
}

size_t plain_count_words(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] != ' ' && (i == 0 || text.at[i - 1] == ' ');
    return count;
}

/* --- What stands in columns, and drawings --- */

/* Behind the end of a sentence typists leave wide gaps, too. */
bool plain_has_columns(struct str text)
{
    size_t gap = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool tab = text.at[i] == '\t';
        gap = text.at[i] == ' ' || tab ? gap + 1 : 0;
        bool sentence = i >= gap && gap && str_find_byte(STR(".!?"), text.at[i - gap]) != STR_NOT_FOUND;
        if (!sentence && (tab || gap == COLUMN_GAP))
            return true;
    }
    return false;
}

/* Bytes of letters, digits and other characters than those of drawings. */
static size_t count_letters(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool line_drawing = c == 0xe2 && i + 1 < text.len &&
                            ((unsigned char)text.at[i + 1] == 0x94 || (unsigned char)text.at[i + 1] == 0x95 ||
                             (unsigned char)text.at[i + 1] == 0x96);
        if (line_drawing)
            i += 2;
        else
            count += c >= 0x80 || is_ascii_letter((char)c) || is_digit((char)c);
    }
    return count;
}

bool plain_is_art(struct str text)
{
    size_t blanks = 0;
    for (size_t i = 0; i < text.len; i++)
        blanks += text.at[i] == ' ';
    return text.len > 2 && count_letters(text) * 3 < text.len - blanks;
}
