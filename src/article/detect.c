#include "detect.h"

#include <string.h>

#include "lectern/bounds.h"
#include "plain.h"

/* Looks of a line, counted over the text. */
struct signs {
    size_t headings, strong, links, items, tables;
    bool bars; /* the line before can be the head of a table */
    bool fence, bullets;
    bool
        plain; /* what is read better without marks: references, columns, text right below a numbered heading */
    bool text;     /* the line before is one of a paragraph */
    bool numbered; /* the line before is a short item with a number */
};

static size_t run_of(struct str s, char c)
{
    size_t length = 0;
    while (length < s.len && s.at[length] == c)
        length++;
    return length;
}

/* The words of an ATX heading; false if the line is none. */
static bool heading_words(struct str line, struct str *words)
{
    size_t indent = run_of(line, ' ');
    line = str_trim(line);
    size_t level = run_of(line, '#');
    if (indent > 3 || level < 1 || level > 6 || level == line.len || line.at[level] != ' ')
        return false;
    *words = str_trim(str_slice(line, level, line.len));
    size_t end = words->len;
    while (end && words->at[end - 1] == '#')
        end--;
    if (end < words->len && end && words->at[end - 1] == ' ')
        *words = str_trim(str_slice(*words, 0, end));
    return words->len > 0;
}

static bool is_fence(struct str line)
{
    return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}

static bool is_item(struct str line)
{
    size_t digits = 0;
    while (digits < line.len && line.at[digits] >= '0' && line.at[digits] <= '9')
        digits++;
    struct str rest = str_slice(line, digits, line.len);
    if (rest.len < 2 || rest.at[1] != ' ')
        return false;
    return digits ? digits < 10 && (rest.at[0] == '.' || rest.at[0] == ')')
                  : strchr("-*+", rest.at[0]) != NULL;
}

/* `[words](address)` */
static bool has_link(struct str line)
{
    size_t middle = str_find(line, STR("]("));
    if (middle == STR_NOT_FOUND)
        return false;
    return str_find_byte(str_slice(line, 0, middle), '[') != STR_NOT_FOUND &&
           str_find_byte(str_slice(line, middle, line.len), ')') != STR_NOT_FOUND;
}

/* `**words**` */
static bool has_strong(struct str line)
{
    size_t open = str_find(line, STR("**"));
    if (open == STR_NOT_FOUND || open + 2 >= line.len || line.at[open + 2] == ' ' || line.at[open + 2] == '*')
        return false;
    return str_find(str_slice(line, open + 2, line.len), STR("**")) != STR_NOT_FOUND;
}

/* `|---|:--:|` */
static bool is_delimiter_row(struct str line)
{
    size_t bars = 0, dashes = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (!strchr("|:- ", line.at[i]))
            return false;
        bars += line.at[i] == '|';
        dashes += line.at[i] == '-';
    }
    return bars && dashes > 2;
}

#define SHORT_ITEM 60

/* In Markdown the line below an item goes on with it, even at the edge, and so does a line below a paragraph, even
 * indented like code; columns are closed up. */
static void add_plain_signs(struct signs *signs, struct str line, struct str trimmed)
{
    bool item = is_item(trimmed), indented = str_starts(line, STR("    ")) || str_starts(line, STR("\t"));
    bool begins = trimmed.len && !item && line.at[0] >= 'A' && line.at[0] <= 'Z';
    signs->plain |= (begins && signs->numbered) || str_eq_ignore_case(trimmed, STR("references")) ||
                    (!item && !indented && plain_has_columns(trimmed)) || (indented && item && signs->text);
    signs->numbered = item && trimmed.len <= SHORT_ITEM && trimmed.at[0] >= '0' && trimmed.at[0] <= '9';
    signs->text = trimmed.len && !item && !indented;
}

static void add_line(struct signs *signs, struct str line)
{
    struct str words, trimmed = str_trim(line);
    add_plain_signs(signs, line, trimmed);
    if (trimmed.len == 0)
        return;
    signs->headings += heading_words(line, &words);
    signs->fence |= is_fence(trimmed);
    signs->items += is_item(trimmed);
    signs->links += has_link(trimmed);
    signs->strong += has_strong(trimmed);
    signs->tables += signs->bars && is_delimiter_row(trimmed);
    signs->bars = str_find_byte(trimmed, '|') != STR_NOT_FOUND;
    signs->bullets |= str_starts(trimmed, STR("\xe2\x80\xa2")); /* U+2022, of pages copied from the web */
}

bool detect_markdown(struct str text)
{
    struct signs signs = {0};
    text = str_slice(text, 0, BOUND_DETECTION < text.len ? BOUND_DETECTION : text.len);
    struct str line, whole = text;
    while (str_next_line(&text, &line))
        add_line(&signs, line);
    bool begins_with_rule = str_starts(whole, STR("---\n"));
    if (signs.tables)
        return true;
    if (plain_is_preformatted(whole) || plain_is_mail(whole) || plain_is_paged(whole))
        return false;
    if (signs.fence || signs.headings || signs.strong || signs.links || begins_with_rule)
        return true;
    return signs.items >= 2 && !signs.bullets && !signs.plain;
}

/* Without the marks of emphasis and code. */
static struct str without_marks(struct arena *arena, struct str words)
{
    char *out = arena_bytes(arena, words.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < words.len; i++) {
        bool lonely = (i == 0 || words.at[i - 1] == ' ') && (i + 1 == words.len || words.at[i + 1] == ' ');
        if (words.at[i] != '`' && (words.at[i] != '*' || lonely))
            out[length++] = words.at[i];
    }
    out[length] = '\0';
    return str_trim((struct str){out, length});
}

struct str detect_heading(struct arena *arena, struct str text)
{
    struct str line, words;
    bool fenced = false;
    while (str_next_line(&text, &line)) {
        fenced ^= is_fence(str_trim(line));
        if (!fenced && heading_words(line, &words))
            return without_marks(arena, words);
    }
    return (struct str){0};
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

struct str detect_first_words(struct arena *arena, struct str text)
{
    struct str line;
    while (str_next_line(&text, &line)) {
        line = str_trim(line);
        while (line.len && str_find_byte(STR("#>-+*=~`| \t"), line.at[0]) != STR_NOT_FOUND)
            line = str_slice(line, 1, line.len);
        for (size_t i = 0; i < line.len; i++)
            if (is_word_byte(line.at[i]))
                return without_marks(arena, line);
    }
    return (struct str){0};
}
