#include "highlight.h"

enum { CASELESS = 1, COMMENTS_AFTER_BLANKS = 2, DIRECTIVES = 4 };

struct highlight_language {
    const char *names, *line_comments, *block_begin, *block_end, *quotes, *long_quotes, *letters;
    unsigned flags;
    const char *keywords, *types;
};

#define LANGUAGE(...) {__VA_ARGS__},
static const struct highlight_language languages[] = {
#include "languages.def"
};
#undef LANGUAGE

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Bytes of other scripts are letters, too. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_one_of(char c, const char *list)
{
    return c && str_find_byte(str_from(list), c) != STR_NOT_FOUND;
}

static bool in_list(const char *list, struct str word, bool caseless)
{
    struct str item, rest = str_from(list);
    for (bool more = rest.len > 0; more;) {
        more = str_cut(rest, ' ', &item, &rest);
        if (caseless ? str_eq_ignore_case(item, word) : str_eq(item, word))
            return true;
    }
    return false;
}

/* The one of a list that the text begins with, or an empty text. */
static struct str beginning(const char *list, struct str text)
{
    struct str item, rest = str_from(list);
    for (bool more = rest.len > 0; more;) {
        more = str_cut(rest, ' ', &item, &rest);
        if (item.len && str_starts(text, item))
            return item;
    }
    return (struct str){0};
}

void highlight_begin(struct highlight *highlight, struct str name)
{
    size_t len = 0;
    while (len < name.len && !is_one_of(name.at[len], " \t{,:"))
        len++;
    *highlight = (struct highlight){0};
    for (size_t i = 0; len && i < sizeof languages / sizeof *languages && !highlight->language; i++)
        if (in_list(languages[i].names, str_slice(name, 0, len), true))
            highlight->language = &languages[i];
    highlight_line(highlight);
}

void highlight_line(struct highlight *highlight)
{
    highlight->after_blank = highlight->begins_line = true;
}

/* Up to the end of what is open, or of the line. */
static size_t open_len(struct highlight *highlight, struct str text, size_t from)
{
    size_t end = str_find(str_slice(text, from, text.len), highlight->until);
    if (end == STR_NOT_FOUND)
        return text.len;
    size_t len = from + end + highlight->until.len;
    highlight->until = (struct str){0};
    return len;
}

static size_t open_long(struct highlight *highlight, struct str text, struct str begin, struct str end,
                        style look)
{
    highlight->until = end;
    highlight->open = look;
    return open_len(highlight, text, begin.len);
}

static size_t string_len(struct str text)
{
    for (size_t i = 1; i < text.len; i++)
        if (text.at[i] == text.at[0])
            return i + 1;
        else if (text.at[i] == '\\')
            i++;
    return text.len;
}

static size_t number_len(struct str text)
{
    size_t len = 1;
    while (len < text.len &&
           (is_digit(text.at[len]) || is_letter(text.at[len]) || text.at[len] == '.' ||
            (is_one_of(text.at[len], "+-") && is_one_of(text.at[len - 1], "eE") && is_digit(text.at[0]))))
        len++;
    return len;
}

static bool begins_word(const struct highlight_language *language, char c)
{
    return is_letter(c) || is_one_of(c, language->letters);
}

static size_t word_len(const struct highlight_language *language, struct str text)
{
    size_t len = 1;
    while (len < text.len && (begins_word(language, text.at[len]) || is_digit(text.at[len])))
        len++;
    return len;
}

static style word_look(const struct highlight_language *language, struct str word)
{
    bool caseless = language->flags & CASELESS;
    if (in_list(language->keywords, word, caseless))
        return STYLE_CODE_KEYWORD;
    return in_list(language->types, word, caseless) ? STYLE_CODE_TYPE : STYLE_CODE_BLOCK;
}

/* A comment or a string; 0 if none begins here. */
static size_t take_quoted(struct highlight *highlight, struct str text, style *look)
{
    const struct highlight_language *language = highlight->language;
    bool comments = highlight->after_blank || !(language->flags & COMMENTS_AFTER_BLANKS);
    struct str block = str_from(language->block_begin), quote = beginning(language->long_quotes, text);
    *look = STYLE_CODE_COMMENT;
    if (block.len && str_starts(text, block))
        return open_long(highlight, text, block, str_from(language->block_end), *look);
    if (comments && beginning(language->line_comments, text).len)
        return text.len;
    *look = STYLE_CODE_STRING;
    if (quote.len)
        return open_long(highlight, text, quote, quote, *look);
    return is_one_of(text.at[0], language->quotes) ? string_len(text) : 0;
}

static size_t take(struct highlight *highlight, struct str text, style *look)
{
    const struct highlight_language *language = highlight->language;
    if (highlight->until.len) {
        *look = highlight->open;
        return open_len(highlight, text, 0);
    }
    size_t len = take_quoted(highlight, text, look);
    if (len)
        return len;
    *look = STYLE_CODE_NUMBER;
    if (is_digit(text.at[0]))
        return number_len(text);
    *look = STYLE_CODE_KEYWORD;
    if (text.at[0] == '#' && highlight->begins_line && language->flags & DIRECTIVES)
        return word_len(language, text);
    if (begins_word(language, text.at[0])) {
        len = word_len(language, text);
        *look = word_look(language, str_slice(text, 0, len));
        return len;
    }
    *look = STYLE_CODE_BLOCK;
    return 1;
}

bool highlight_next(struct highlight *highlight, struct str *rest, struct str *part, style *look)
{
    if (rest->len == 0)
        return false;
    *look = STYLE_CODE_BLOCK;
    size_t len = highlight->language ? take(highlight, *rest, look) : rest->len;
    *part = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    highlight->after_blank = is_blank(part->at[len - 1]);
    highlight->begins_line &= highlight->after_blank && len == 1;
    return true;
}
