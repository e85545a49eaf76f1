/* Short lines that stand alone above a text are headings. */
#include "plain.h"

#include <strings.h>

#define HEADING_WIDTH 76
#define HEADING_WORDS 14
#define LONG_WIDTH    100 /* of lines that are paragraphs without blank lines between them */
#define BODY_WIDTH    60  /* that a single line has at least to be a text of its own */
#define CODE_WORDS    6   /* of a heading above code */
#define RUN_MOST      2   /* headings directly below each other; more short lines than these are a list */

static bool begins(struct str line, struct str words)
{
    return line.len >= words.len && strncasecmp(line.at, words.at, words.len) == 0;
}

/* --- Lines that can be headings --- */

static bool is_capital(struct str text)
{
    size_t letters = 0;
    if (!plain_starts_upper(text) && !(text.at[0] >= '0' && text.at[0] <= '9'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= 'a' && text.at[i] <= 'z')
            return false;
        letters += text.at[i] >= 'A' && text.at[i] <= 'Z';
    }
    return letters > 3;
}

/* A number at the beginning, and then the end, a mark, or a name. */
static bool is_chapter_number(struct str text)
{
    size_t length = 0;
    while (length < text.len && str_find_byte(STR("0123456789IVXLCivxlc"), text.at[length]) != STR_NOT_FOUND)
        length++;
    struct str rest = str_trim(str_slice(text, length, text.len));
    return length && (rest.len == 0 || plain_starts_upper(rest) ||
                      str_find_byte(STR(".:,-\xe2"), rest.at[0]) != STR_NOT_FOUND);
}

/* `Chapter 3. The Storm`, `PART II` */
static bool is_chapter(struct str text)
{
    static const char *const words[] = {"chapter ", "part ",   "book ",     "section ", "canto ", "act ",
                                        "scene ",   "letter ", "appendix ", "stave ",   "volume "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct str word = str_from(words[i]);
        if (begins(text, word) && text.len > word.len)
            return plain_starts_upper(text) && is_chapter_number(str_slice(text, word.len, text.len));
    }
    return false;
}

/* `Present: Ann, Ben` is no heading. */
static bool is_label(struct str text)
{
    static const char *const labels[] = {
        "present:", "absent:",  "apologies:", "date:", "time:",      "place:",    "location:", "from:",
        "to:",      "subject:", "cc:",        "tel:",  "phone:",     "fax:",      "email:",    "author:",
        "by:",      "title:",   "venue:",     "note:", "attendees:", "language:", "credits:"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (begins(text, str_from(labels[i])))
            return true;
    return false;
}

static bool ends_like_heading(struct str text)
{
    return !str_ends(text, STR(",")) && !str_ends(text, STR(";")) && !str_ends(text, STR(":")) &&
           (!plain_ends_sentence(text) || str_ends(text, STR("?")));
}

static bool has_letter(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.at[i] | 0x20) >= 'a' && (text.at[i] | 0x20) <= 'z')
            return true;
        else if ((unsigned char)text.at[i] >= 0xc3)
            return true;
    return false;
}

static bool reads_like_heading(struct str text)
{
    bool number = text.at[0] >= '0' && text.at[0] <= '9';
    return plain_count_words(text) <= HEADING_WORDS && !plain_starts_lower(text) &&
           str_find_byte(STR("(-*>#|=+~<"), text.at[0]) == STR_NOT_FOUND &&
           (number || has_letter(str_slice(text, 0, 4))) && has_letter(text) && ends_like_heading(text) &&
           !is_label(text);
}

/* Whether nothing but itself is its paragraph. */
static bool stands_alone(const struct plain_page *page, size_t i)
{
    const struct plain_line *line = &page->lines[i];
    if (line->first && line->last)
        return true;
    return !page->wrap && !line->last && line[1].width > LONG_WIDTH &&
           (line->first || line[-1].width > LONG_WIDTH);
}

/* Sure to be a heading, whatever follows. */
static bool is_loud(struct str text)
{
    return is_chapter(text) || is_capital(text);
}

static bool is_candidate(const struct plain_page *page, size_t i)
{
    const struct plain_line *line = &page->lines[i];
    struct plain_marker marker;
    if (line->width > HEADING_WIDTH || line->indent > page->indent + 2)
        return false;
    bool above_indented = !line->last && line[1].indent > line->indent + 2;
    if (line->role == PLAIN_TEXT && is_loud(line->text))
        return line->first && (plain_group_end(page, i) <= i + 2 || above_indented);
    if (line->role == PLAIN_TEXT)
        return stands_alone(page, i) && reads_like_heading(line->text);
    if (line->role != PLAIN_ITEM || !plain_marker(line->text, &marker) || !marker.number)
        return false;
    bool goes_on = !line->last && page->wrap && plain_is_full(page, i);
    bool above_text = i + 1 < page->count && line[1].role != PLAIN_ITEM && !goes_on &&
                      (line->last || line[1].indent <= line->indent);
    return above_text && reads_like_heading(str_slice(line->text, marker.length, line->text.len)) &&
           (line->first || line[-1].role != PLAIN_ITEM);
}

/* --- Those that are --- */

/* Whether the lines from `i` on are a text that can stand below the heading. A sentence may go on in code. */
static bool is_body(const struct plain_page *page, size_t i, struct str heading)
{
    if (i >= page->count)
        return false;
    const struct plain_line *line = &page->lines[i];
    bool numbered = heading.at[0] >= '0' && heading.at[0] <= '9';
    if ((is_loud(heading) || numbered) && line->role == PLAIN_TEXT)
        return true;
    switch (line->role) {
    case PLAIN_CODE:
        return plain_count_words(heading) <= CODE_WORDS && str_find_byte(heading, ',') == STR_NOT_FOUND;
    case PLAIN_ITEM:
    case PLAIN_QUOTE: return true;
    case PLAIN_TEXT: return line->width >= BODY_WIDTH || !line->last;
    default: return false;
    }
}

/* `2.1 Scope` lies one level deeper than `2 Purpose`. */
static uint8_t level_of(struct str text)
{
    uint8_t level = 2;
    for (size_t i = 0; i + 1 < text.len && level < 6; i++) {
        bool digit = text.at[i] >= '0' && text.at[i] <= '9',
             next = text.at[i + 1] >= '0' && text.at[i + 1] <= '9';
        if (!digit && text.at[i] != '.')
            break;
        level = (uint8_t)(level + (text.at[i] == '.' && i > 0 && next));
    }
    return level;
}

static bool is_outermost(struct str text)
{
    static const char *const words[] = {"introduction", "conclusion", "conclusions", "summary",
                                        "abstract",     "discussion", "background"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_ignore_case(text, str_from(words[i])))
            return true;
    return is_chapter(text);
}

static void make_heading(struct plain_page *page, size_t i, uint8_t level)
{
    struct plain_line *line = &page->lines[i];
    uint8_t own = level_of(line->text);
    line->role = PLAIN_HEADING;
    line->level = own > 2 || is_outermost(line->text) ? own : level;
}

/* A chapter's name may stand on a second line. */
static size_t candidate_end(const struct plain_page *page, size_t i)
{
    bool goes_on = is_chapter(page->lines[i].text) && plain_group_end(page, i) == i + 2 &&
                   page->lines[i + 1].role == PLAIN_TEXT && page->lines[i + 1].width <= HEADING_WIDTH;
    return goes_on ? i + 2 : i + 1;
}

static void mark_candidates(struct plain_page *page)
{
    bool deeper =
        false; /* two headings below each other: the second is a part of the first, and so are those to come */
    for (size_t i = 0; i < page->count;) {
        size_t run[RUN_MOST] = {0}, count = 0, end = i;
        while (end < page->count && is_candidate(page, end)) {
            run[0] = count ? run[1] : end;
            run[1] = end;
            count++;
            end = candidate_end(page, end);
        }
        if (count && is_body(page, end, page->lines[run[1]].text)) {
            bool pair = count == RUN_MOST;
            deeper |= pair;
            if (pair)
                make_heading(page, run[0], 2);
            for (size_t j = run[1]; j < end; j++)
                make_heading(page, j, deeper ? 3 : 2);
        }
        i = end > i ? end : i + 1;
    }
}

/* --- The disclaimer --- */

bool plain_is_disclaimer(const struct plain_line *line)
{
    struct str text = line->text, word = STR("disclaimer");
    if (str_ends(text, STR(":")))
        text.len--;
    return line->first && line->last && line->width <= BODY_WIDTH && text.len >= word.len &&
           begins(str_slice(text, text.len - word.len, text.len), word);
}

static void mark_disclaimers(struct plain_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct plain_line *line = &page->lines[i];
        if (line->role != PLAIN_TEXT && line->role != PLAIN_HEADING)
            continue;
        if (plain_is_disclaimer(line)) {
            line->role = PLAIN_HEADING;
            line->level = 3;
            line->aside = true;
            while (i + 1 < page->count && page->lines[i + 1].role == PLAIN_TEXT)
                page->lines[++i].aside = true;
        } else if (begins(line->text, STR("disclaimer: "))) {
            size_t end = plain_group_end(page, i);
            for (; i < end; i++)
                page->lines[i].aside = true;
            i = end - 1;
        }
    }
}

void plain_mark_headings(struct plain_page *page)
{
    mark_candidates(page);
    mark_disclaimers(page);
}
