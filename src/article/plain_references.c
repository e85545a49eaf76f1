/* The list of references: its heading, and entries with numbers of their own or ending in a year. */
#include "plain.h"

#include "lectern/mem.h"

#define ENTRY_LINES 8 /* that an entry has at most, before its year */
#define TITLE_WIDTH 60

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_heading(const struct plain_line *line)
{
    static const char *const names[] = {"references",
                                        "reference list",
                                        "sources",
                                        "bibliography",
                                        "works cited",
                                        "literature",
                                        "citations",
                                        "literature cited",
                                        "references cited",
                                        "cited literature",
                                        "list of references",
                                        "sources and references",
                                        "references and notes",
                                        "notes and references"};
    struct plain_marker marker;
    struct str text = line->text;
    if (plain_marker(text, &marker) && marker.number)
        text = str_slice(text, marker.length, text.len);
    if (str_ends(text, STR(":")))
        text.len--;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_ignore_case(text, str_from(names[i])))
            return line->role == PLAIN_TEXT || line->role == PLAIN_ITEM || line->role == PLAIN_HEADING;
    return false;
}

/* The number that an entry begins with: `1.`, `1)`, `[1]`, `(1)`. */
static bool read_number(struct str text, uint32_t *number, size_t *length)
{
    bool bracket = text.len && (text.at[0] == '[' || text.at[0] == '(');
    size_t at = bracket, digits = 0;
    *number = 0;
    for (; at < text.len && digits < 4 && is_digit(text.at[at]); at++, digits++)
        *number = *number * 10 + (uint32_t)(text.at[at] - '0');
    if (!digits || at == text.len || *number == 0)
        return false;
    char close = text.at[at++];
    if (bracket ? close != (text.at[0] == '[' ? ']' : ')') : close != '.' && close != ')')
        return false;
    size_t space = at;
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    *length = at;
    return at > space && at < text.len;
}

/* Whether the four bytes before `end` are a year. */
static bool is_year(struct str text, size_t end)
{
    if (end < 4 || (end > 4 && is_digit(text.at[end - 5])) || (end < text.len && is_digit(text.at[end])))
        return false;
    for (size_t i = end - 4; i < end; i++)
        if (!is_digit(text.at[i]))
            return false;
    struct str century = str_slice(text, end - 4, end - 2);
    return str_eq(century, STR("18")) || str_eq(century, STR("19")) || str_eq(century, STR("20"));
}

static bool has_year(struct str text)
{
    for (size_t end = 4; end <= text.len; end++)
        if (is_year(text, end))
            return true;
    return false;
}

size_t plain_year_at(struct str text)
{
    size_t end = text.len;
    while (end && str_find_byte(STR(".);]"), text.at[end - 1]) != STR_NOT_FOUND)
        end--;
    return is_year(text, end) ? end - 4 : STR_NOT_FOUND;
}

static bool ends_section(const struct plain_line *line)
{
    return line->role == PLAIN_FURNITURE || line->role == PLAIN_UNDERLINE || line->role == PLAIN_QUOTE ||
           plain_is_disclaimer(line);
}

static struct plain_entry *add_entry(struct plain_references *references, size_t *capacity)
{
    references->entries =
        mem_grow(references->entries, references->count, capacity, sizeof *references->entries);
    struct plain_entry *entry = &references->entries[references->count++];
    *entry = (struct plain_entry){0};
    return entry;
}

/* A line alone behind a finished entry belongs to the next section. */
static bool leaves_entry(const struct plain_line *line, bool finished)
{
    bool heading = line->last && line->width <= TITLE_WIDTH && !plain_ends_sentence(line->text);
    return line->first && line->indent < 2 && (finished || heading) &&
           plain_year_at(line->text) == STR_NOT_FOUND;
}

static void read_numbered(const struct plain_page *page, size_t first, struct plain_references *references)
{
    size_t capacity = 0;
    bool finished = false;
    for (size_t i = first; i < page->count && !ends_section(&page->lines[i]); i++) {
        const struct plain_line *line = &page->lines[i];
        struct plain_entry *last = references->count ? &references->entries[references->count - 1] : NULL;
        uint32_t number;
        size_t length;
        if (read_number(line->text, &number, &length) && (!last || number > last->number)) {
            *add_entry(references, &capacity) = (struct plain_entry){
                .number = number, .offset = line->offset, .first = i, .end = i + 1, .marker = length};
            finished = false;
        } else if (!last || leaves_entry(line, finished)) {
            return;
        } else {
            last->end = i + 1;
        }
        finished |= has_year(line->text);
    }
}

/* Whether a line ends in the year of a source: with a sign before it, as titles may end in years, too. */
static bool ends_entry(struct str text, bool strictly)
{
    size_t year = plain_year_at(text);
    if (year == STR_NOT_FOUND)
        return false;
    struct str before = str_trim(str_slice(text, 0, year));
    return !strictly || before.len == 0 ||
           str_find_byte(STR(",;(."), before.at[before.len - 1]) != STR_NOT_FOUND;
}

static void read_by_years(const struct plain_page *page, size_t first, bool strictly,
                          struct plain_references *references)
{
    size_t capacity = 0;
    for (size_t i = first, begin = first; i < page->count && !ends_section(&page->lines[i]); i++) {
        if (i - begin >= ENTRY_LINES)
            return;
        if (!ends_entry(page->lines[i].text, strictly))
            continue;
        struct plain_entry *entry = add_entry(references, &capacity);
        *entry = (struct plain_entry){.number = (uint32_t)references->count,
                                      .offset = page->lines[begin].offset,
                                      .first = begin,
                                      .end = i + 1};
        begin = i + 1;
    }
}

void plain_mark_references(struct plain_page *page)
{
    struct plain_references *references = page->references;
    size_t heading = page->count;
    uint32_t number;
    size_t length;
    for (size_t i = 0; i + 1 < page->count; i++)
        if (is_heading(&page->lines[i]))
            heading = i;
    if (heading == page->count)
        return;
    size_t first = heading + 1 + (page->lines[heading + 1].role == PLAIN_UNDERLINE);
    if (first < page->count && read_number(page->lines[first].text, &number, &length))
        read_numbered(page, first, references);
    else
        read_by_years(page, first, true, references);
    if (!references->count)
        read_by_years(page, first, false, references);
    if (!references->count)
        return;
    page->lines[heading].role = PLAIN_HEADING;
    page->lines[heading].level = 2;
    for (size_t i = references->entries[0].first; i < references->entries[references->count - 1].end; i++)
        page->lines[i].role = PLAIN_REFERENCE;
    references->highest = references->entries[references->count - 1].number;
}
