/* The title of a text, its date and its author. */
#include "plain.h"

#include <strings.h>

#include "lectern/mem.h"

#define LINES_LOOKED_AT 100
#define BYTES_LOOKED_AT (64u << 10)
#define LABEL_LINES     40 /* in which "Last updated:" and "Title:" are looked for */
#define BYLINES         4  /* lines below the title that can be bylines */
#define BYLINE_WIDTH    100
#define BYLINE_WORDS    8 /* besides the date */
#define AUTHOR_WORDS    8
#define TITLE_WIDTH     200
#define STATEMENT_WIDTH 120 /* a line that is longer and ends a sentence is a paragraph */
#define SHORT_WIDTH     70
#define CENTRED         8 /* cells before the title of a printed standard */
#define CUT_TITLE       80

static bool begins(struct str line, struct str words)
{
    return line.len >= words.len && strncasecmp(line.at, words.at, words.len) == 0;
}

/* --- Dates and authors --- */

static void take_date(struct plain_facts *facts, const struct plain_date *date)
{
    if (facts->date.len)
        return;
    facts->date = date->iso;
    facts->date_format = date->format;
}

/* `Last updated: April 1, 2025`, maybe with something behind it. */
static bool read_dated_label(struct arena *arena, struct str line, struct plain_date *date)
{
    static const char *const labels[] = {"last updated",   "updated",      "last reviewed",  "last modified",
                                         "published",      "published on", "posted",         "posted on",
                                         "date",           "written",      "date published", "release date",
                                         "first published"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct str label = str_from(labels[i]);
        if (!begins(line, label))
            continue;
        struct str rest = str_slice(line, label.len, line.len);
        if (plain_find_date(arena, rest, date) && date->part.at <= rest.at + 8)
            return true;
    }
    return false;
}

/* `By Ann Ash`, maybe with a date behind it. */
static struct str read_author(struct str line)
{
    if (!begins(line, STR("by ")) && !begins(line, STR("written by ")))
        return (struct str){0};
    struct str name = str_slice(line, line.at[0] == 'b' || line.at[0] == 'B' ? 3 : 11, line.len);
    for (size_t i = 0; i < name.len; i++)
        if (str_find_byte(STR("|,("), name.at[i]) != STR_NOT_FOUND ||
            str_starts(str_slice(name, i, name.len), STR(" on ")) ||
            str_starts(str_slice(name, i, name.len), STR(" \xc2\xb7 "))) {
            name.len = i;
            break;
        }
    name = str_trim(name);
    bool plausible =
        plain_starts_upper(name) && plain_count_words(name) <= AUTHOR_WORDS && !plain_ends_sentence(name);
    return plausible ? name : (struct str){0};
}

/* Whether the line says who wrote the text, or when, and little else. */
static bool read_byline(struct arena *arena, const struct plain_line *line, struct plain_facts *facts)
{
    struct plain_date date;
    if (line->width > BYLINE_WIDTH)
        return false;
    struct str author = read_author(line->text);
    bool dated = plain_find_date(arena, line->text, &date) &&
                 plain_count_words(line->text) <= BYLINE_WORDS + plain_count_words(date.part) &&
                 (author.len || !plain_ends_sentence(line->text));
    if (dated)
        take_date(facts, &date);
    if (author.len && !facts->author.len)
        facts->author = author;
    return dated || author.len;
}

static void read_bylines(struct plain_page *page, size_t title, struct plain_facts *facts)
{
    size_t met = 0;
    for (size_t i = title + 1; i < page->count && met < BYLINES; i++) {
        struct plain_line *line = &page->lines[i];
        if (line->role == PLAIN_FURNITURE || line->role == PLAIN_UNDERLINE)
            continue;
        if (line->role != PLAIN_TEXT || !read_byline(page->arena, line, facts))
            return;
        line->role = PLAIN_BYLINE;
        met++;
    }
}

static void read_labels(struct plain_page *page, struct plain_facts *facts)
{
    bool book = page->count && str_find(page->lines[0].text, STR("Project Gutenberg")) != STR_NOT_FOUND;
    for (size_t i = 0; i < page->count && i < LABEL_LINES; i++) {
        struct plain_line *line = &page->lines[i];
        struct plain_date date;
        if (book && begins(line->text, STR("title: ")))
            facts->title = str_slice(line->text, 7, line->text.len);
        else if (book && begins(line->text, STR("author: ")))
            facts->author = str_slice(line->text, 8, line->text.len);
        if (line->width > BYLINE_WIDTH || !read_dated_label(page->arena, line->text, &date))
            continue;
        take_date(facts, &date);
        bool alone = date.part.at + date.part.len == line->text.at + line->text.len;
        if (line->role == PLAIN_TEXT && alone && line->first && line->last)
            line->role = PLAIN_BYLINE;
    }
}

/* --- The title --- */

/* A line that the text does not begin with, but that only names it, cut to what fits into a row. */
static struct str cut_title(struct arena *arena, struct str line, bool goes_on)
{
    size_t end = line.len;
    while (end && str_find_byte(STR(",;: "), line.at[end - 1]) != STR_NOT_FOUND)
        end--;
    struct str title = str_slice(line, 0, end);
    if (title.len <= CUT_TITLE && !goes_on)
        return title;
    if (title.len > CUT_TITLE) {
        title.len = CUT_TITLE;
        while (title.len && line.at[title.len] != ' ')
            title.len--;
        for (title.len = title.len ? title.len : CUT_TITLE;
             ((unsigned char)line.at[title.len] & 0xc0) == 0x80;)
            title.len--;
    }
    return arena_printf(arena, "%.*s \xe2\x80\xa6", STR_ARG(title));
}

static bool ends_open(struct str line)
{
    return line.len && str_find_byte(STR(",;:"), line.at[line.len - 1]) != STR_NOT_FOUND;
}

/* Whether the rest of the group that the title would stand in is of sentences, or of paragraphs. */
static bool rest_is_prose(const struct plain_page *page, size_t title)
{
    size_t end = plain_group_end(page, title), sentences = 0;
    for (size_t i = title + 1; i < end; i++) {
        if (page->lines[i].width > SHORT_WIDTH)
            return true;
        sentences += plain_ends_sentence(page->lines[i].text);
    }
    return sentences * 5 >= (end - title - 1) * 3;
}

static bool is_title(const struct plain_page *page, size_t i)
{
    const struct plain_line *line = &page->lines[i];
    struct plain_facts below = {0};
    if (line->role == PLAIN_HEADING)
        return true;
    if (line->width > TITLE_WIDTH || line->role != PLAIN_TEXT ||
        (line->width > STATEMENT_WIDTH && plain_ends_sentence(line->text) && !str_ends(line->text, STR("?"))))
        return false;
    if (line->last)
        return true;
    if (page->wrap && plain_is_full(page, i))
        return false;
    if (read_byline(page->arena, line + 1, &below))
        return true;
    if (plain_group_end(page, i) == i + 2)
        return !ends_open(line->text);
    return page->wrap ? !ends_open(line->text) && line[1].width > line->width
                      : rest_is_prose(page, i) && !ends_open(line->text) && !plain_ends_sentence(line->text);
}

/* A text in columns is named by the first of them, a printed standard by the line in its middle. */
static struct str title_of_paged(const struct plain_page *page)
{
    for (size_t i = 0; i < page->count && i < LABEL_LINES; i++)
        if (page->lines[i].indent >= CENTRED && page->lines[i].first &&
            !plain_has_columns(page->lines[i].text))
            return page->lines[i].text;
    struct str line = page->lines[0].text;
    return str_slice(line, 0, str_find(line, STR("  ")));
}

static void find_title(struct plain_page *page, struct plain_facts *facts)
{
    size_t i = 0;
    while (i < page->count && page->lines[i].role == PLAIN_FURNITURE)
        i++;
    if (i == page->count)
        i = 0;
    struct plain_line *line = &page->lines[i];
    if (is_title(page, i)) {
        line->role = PLAIN_TITLE;
        line->level = 1;
        facts->title = line->text;
        read_bylines(page, i, facts);
    } else {
        bool goes_on = !line->last && page->wrap && plain_is_full(page, i);
        facts->title = cut_title(page->arena, line->text, goes_on);
    }
}

/* --- Mail --- */

/* `Ann Ash <ann@example.org>`, `ann@example.org (Ann Ash)` */
static struct str without_address(struct str from)
{
    size_t open = str_find_byte(from, '('), close = str_find_byte(from, ')');
    struct str name = str_trim(str_slice(from, 0, str_find_byte(from, '<')));
    if (open < close && close < from.len && str_find_byte(str_slice(from, 0, open), '@') != STR_NOT_FOUND)
        name = str_slice(from, open + 1, close);
    if (name.len > 2 && name.at[0] == '"' && name.at[name.len - 1] == '"')
        name = str_slice(name, 1, name.len - 1);
    return name.len ? name : from;
}

/* A header that goes on in the next lines, which are moved in. */
static struct str unfold(const struct plain_page *page, size_t i, struct str value)
{
    for (i++; i < page->count && !page->lines[i].first && page->lines[i].indent; i++)
        value = arena_printf(page->arena, "%.*s %.*s", STR_ARG(value), STR_ARG(page->lines[i].text));
    return value;
}

static void read_mail(struct plain_page *page, struct plain_facts *facts)
{
    struct plain_date date;
    for (size_t i = 0; i < page->count && (i == 0 || !page->lines[i].first); i++) {
        struct plain_line *line = &page->lines[i];
        line->role = PLAIN_HEADER;
        if (begins(line->text, STR("subject: ")))
            facts->title = unfold(page, i, str_slice(line->text, 9, line->text.len));
        else if (begins(line->text, STR("from: ")))
            facts->author = without_address(str_slice(line->text, 6, line->text.len));
        else if ((begins(line->text, STR("date: ")) || begins(line->text, STR("sent: "))) &&
                 plain_find_date(page->arena, line->text, &date))
            take_date(facts, &date);
    }
    if (!facts->title.len)
        facts->title = page->lines[0].text;
}

void plain_mark_facts(struct plain_page *whole, struct plain_facts *facts)
{
    struct plain_page page = *whole;
    *facts = (struct plain_facts){0};
    page.count = page.count < LINES_LOOKED_AT ? page.count : LINES_LOOKED_AT;
    if (page.count == 0)
        return;
    if (plain_is_preformatted(page.source)) {
        facts->title = cut_title(page.arena, page.lines[0].text, false);
        return;
    }
    if (plain_is_mail(page.source)) {
        read_mail(&page, facts);
        return;
    }
    if (plain_is_paged(page.source)) {
        facts->title = title_of_paged(&page);
        return;
    }
    plain_mark_furniture(&page);
    plain_mark_items(&page);
    plain_measure(&page);
    find_title(&page, facts);
    read_labels(&page, facts);
}

void plain_read_facts(struct arena *arena, struct str text, struct plain_facts *facts)
{
    struct plain_page page = {.arena = arena, .source = str_slice(text, 0, BYTES_LOOKED_AT)};
    page.lines = plain_lines(page.source, LINES_LOOKED_AT, &page.count);
    plain_mark_facts(&page, facts);
    mem_free(page.lines);
}
