/* Lines that begin with a sign: items, quotes; and lines of nothing but signs: rules, underlined headings. */
#include <string.h>

#include "plain.h"

#define SHORT_LINE     60 /* behind one that is no longer, a sign is no dash of a broken sentence */
#define UNDERLINE_MORE 4  /* cells that the line below a heading may be longer than it */

static bool is_quote(const struct plain_line *line)
{
    return line->text.at[0] == '>';
}

/* Three signs or more, nothing else. */
static bool is_rule(struct str text)
{
    size_t signs = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr("-*_=~# ", text.at[i]))
            return false;
        signs += text.at[i] != ' ';
    }
    return signs >= 3;
}

static bool is_underline(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != text.at[0] || !strchr("=-~^*", text.at[i]))
            return false;
    return text.len >= 3;
}

/* Whether the line is the title, if there is one. */
static bool is_first(const struct plain_page *page, size_t i)
{
    while (i > 0 && (page->lines[i - 1].role == PLAIN_FURNITURE || page->lines[i - 1].role == PLAIN_RULE))
        i--;
    return i == 0;
}

/* The line below a line that it is about as long as makes that a heading. */
static bool mark_underlined(struct plain_page *page, size_t i, bool *doubled)
{
    struct plain_line *below = &page->lines[i], *above = i && !below->first ? below - 1 : NULL;
    if (!above || (above->role != PLAIN_TEXT && above->role != PLAIN_TITLE) || !is_underline(below->text) ||
        above->indent != below->indent || below->width + UNDERLINE_MORE < above->width ||
        below->width > above->width + UNDERLINE_MORE)
        return false;
    bool equals = below->text.at[0] == '=' && !is_first(page, i - 1);
    below->role = PLAIN_UNDERLINE;
    if (above->role == PLAIN_TITLE)
        return true;
    above->role = PLAIN_HEADING;
    above->level = equals || !*doubled ? 2 : 3;
    if (!above->first && above[-1].role == PLAIN_RULE)
        above[-1].role = PLAIN_UNDERLINE;
    *doubled |= equals;
    return true;
}

static void mark_signs(struct plain_page *page)
{
    size_t quotes = 0;
    bool doubled = false;
    for (size_t i = 0; i < page->count; i++)
        quotes += is_quote(&page->lines[i]);
    for (size_t i = 0; i < page->count; i++) {
        struct plain_line *line = &page->lines[i];
        if (line->role != PLAIN_TEXT)
            continue;
        if (is_quote(line) && page->depth < PLAIN_DEPTH && (quotes > 1 || page->depth))
            line->role = PLAIN_QUOTE;
        else if (!mark_underlined(page, i, &doubled) && is_rule(line->text))
            line->role = PLAIN_RULE;
    }
}

/* Whether an item can begin here, and no sentence goes on with a dash. */
static bool may_begin(const struct plain_page *page, size_t i)
{
    const struct plain_line *line = &page->lines[i], *before = line - 1;
    if (line->first || before->role != PLAIN_TEXT)
        return true;
    return before->width <= SHORT_LINE || str_ends(before->text, STR(":")) || before->indent != line->indent;
}

static void mark_bullets(struct plain_page *page)
{
    size_t met[128] = {0};
    struct plain_marker marker;
    for (size_t i = 0; i < page->count; i++)
        if (plain_marker(page->lines[i].text, &marker))
            met[marker.kind & 127]++;
    for (size_t i = 0; i < page->count; i++) {
        struct plain_line *line = &page->lines[i];
        if (line->role != PLAIN_TEXT || !plain_marker(line->text, &marker) || marker.number ||
            marker.kind == '.' || marker.kind == ')')
            continue;
        if (marker.kind == 'o' || (met[marker.kind & 127] > 1 && may_begin(page, i)))
            line->role = PLAIN_ITEM;
    }
}

/* Numbers are those of items where one follows another. */
static void mark_numbers(struct plain_page *page)
{
    size_t latest[128];
    struct plain_marker marker, before;
    memset(latest, 0xff, sizeof latest);
    for (size_t i = 0; i < page->count; i++) {
        struct plain_line *line = &page->lines[i];
        if (line->role != PLAIN_TEXT || !plain_marker(line->text, &marker) ||
            (marker.kind != '.' && marker.kind != ')'))
            continue;
        size_t *last = &latest[(size_t)marker.kind];
        if (*last != SIZE_MAX && plain_marker(page->lines[*last].text, &before) &&
            before.number + 1 == marker.number)
            line->role = page->lines[*last].role = PLAIN_ITEM;
        *last = i;
    }
}

void plain_mark_items(struct plain_page *page)
{
    mark_signs(page);
    mark_bullets(page);
    mark_numbers(page);
}
