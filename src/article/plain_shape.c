/* How the lines of a text hang together: broken at a column by hand or not, indented or not. */
#include "plain.h"

#include <string.h>

#define CODE_INDENT  4  /* cells that set code apart */
#define INDENT_MOST  5  /* cells that a whole text is moved in by: more are meant for something else */
#define WRAP_LEAST   40 /* columns that texts are broken at by hand */
#define WRAP_SURE    60 /* the same for texts of so few lines that it could be chance */
#define FEW_LINES    3
#define WRAP_MOST    120
#define RAGGED_LEAST 60 /* the same where the lines were broken at sight, ... */
#define RAGGED_SLACK 8  /* ... this many cells before the column */
#define OVERHANG     15 /* of a line that was broken nevertheless; a longer one is a paragraph of its own */
#define LABEL_MOST   24
#define SHORT_WIDTH  70 /* of the lines of poems, addresses, lists */

static uint32_t edge(const struct plain_line *line)
{
    return line->indent + line->width;
}

static uint32_t first_word(const struct plain_line *line)
{
    uint32_t width = 0;
    for (size_t i = 0; i < line->text.len && line->text.at[i] != ' '; i++)
        width += ((unsigned char)line->text.at[i] & 0xc0) != 0x80;
    return width;
}

static bool carries_text(const struct plain_line *line)
{
    return line->role == PLAIN_TEXT || line->role == PLAIN_ITEM;
}

/* --- Indentation --- */

static void measure_indent(struct plain_page *page)
{
    size_t counts[INDENT_MOST + 1] = {0}, all = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct plain_line *line = &page->lines[i];
        if (line->role != PLAIN_TEXT)
            continue;
        all++;
        if (line->indent <= INDENT_MOST)
            counts[line->indent]++;
    }
    page->indent = 0;
    for (uint32_t i = 1; i <= INDENT_MOST; i++)
        if (counts[i] * 5 > all * 2 && counts[i] > counts[0])
            page->indent = i;
}

static bool is_moved_in(const struct plain_page *page, const struct plain_line *line)
{
    return line->indent >= page->indent + CODE_INDENT;
}

/* --- The column that paragraphs were broken at --- */

struct votes {
    int32_t changes[WRAP_MOST + 2]; /* in the number of lines that a column explains, from one to the next */
    int32_t pairs, lower;
};

/* A line that was broken to fit ends before the column, and with the next word would have gone beyond it. */
static void vote(struct votes *votes, const struct plain_line *line, uint32_t slack)
{
    uint32_t from = edge(line), to = from + first_word(line + 1) + slack;
    if (from < WRAP_LEAST)
        return;
    votes->pairs++;
    votes->lower += plain_starts_lower(line[1].text);
    if (from > WRAP_MOST)
        return;
    votes->changes[from]++;
    votes->changes[(to > WRAP_MOST ? WRAP_MOST : to) + 1]--;
}

static bool count_votes(const struct votes *votes, struct plain_page *page, uint32_t least, uint32_t slack)
{
    int32_t sum = 0, best = 0;
    uint32_t column = 0;
    for (uint32_t i = 0; i <= WRAP_MOST; i++) {
        sum += votes->changes[i];
        if (i >= least && sum >= best) {
            best = sum;
            column = i;
        }
    }
    bool chance = best < FEW_LINES && column < WRAP_SURE;
    bool found = best && !chance && best * 10 >= votes->pairs * 6 && votes->lower * 10 >= votes->pairs * 3;
    page->wrap = found ? column : 0;
    page->slack = found ? slack : 0;
    return found;
}

static void measure_wrap(struct plain_page *page)
{
    struct votes exact = {0}, ragged = {0};
    for (size_t i = 0; i + 1 < page->count; i++) {
        const struct plain_line *line = &page->lines[i];
        if (line->last || !carries_text(line) || line[1].role != PLAIN_TEXT || is_moved_in(page, line + 1) ||
            line[1].indent > line->indent + 4 || plain_has_columns(line->text))
            continue;
        vote(&exact, line, 0);
        vote(&ragged, line, RAGGED_SLACK);
    }
    if (!count_votes(&exact, page, WRAP_LEAST, 0))
        count_votes(&ragged, page, RAGGED_LEAST, RAGGED_SLACK);
}

static bool is_in_columns(const struct plain_line *line)
{
    return line->role == PLAIN_TEXT && (plain_has_columns(line->text) || plain_is_art(line->text));
}

/* A group that is mostly in columns is a table with all its lines; one wide gap among many lines is nothing. */
void plain_mark_columns(struct plain_page *page)
{
    for (size_t i = 0, end; i < page->count; i = end) {
        size_t columns = 0;
        end = plain_group_end(page, i);
        for (size_t j = i; j < end; j++)
            columns += is_in_columns(&page->lines[j]);
        bool all = columns > 1 && columns * 2 >= end - i, none = columns * 4 <= end - i;
        for (size_t j = i; j < end; j++) {
            struct plain_line *line = &page->lines[j];
            if (all ? carries_text(line) || line->role == PLAIN_RULE : !none && is_in_columns(line))
                line->role = PLAIN_CODE;
        }
    }
}

void plain_measure(struct plain_page *page)
{
    measure_indent(page);
    measure_wrap(page);
}

/* --- Code by its indentation --- */

static bool has_code_signs(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr("{}=<>|\\", text.at[i]))
            return true;
    return false;
}

/* A poem with some of its lines moved in: they take turns with the others. */
static bool is_verse(const struct plain_page *page, size_t first, size_t end)
{
    size_t in = 0, turns = 0;
    for (size_t i = first; i < end; i++) {
        const struct plain_line *line = &page->lines[i];
        if (line->role != PLAIN_TEXT || line->width > SHORT_WIDTH || has_code_signs(line->text))
            return false;
        in += is_moved_in(page, line);
        turns += i > first && is_moved_in(page, line) != is_moved_in(page, line - 1);
    }
    return end - first > 2 && turns > 1 && in * 4 >= end - first && in * 4 <= (end - first) * 3;
}

/* A line that goes on with the one before, or begins a paragraph that goes on further out. */
static bool belongs_to_text(const struct plain_page *page, size_t i)
{
    const struct plain_line *line = &page->lines[i];
    struct plain_marker marker;
    if (!line->first && line[-1].role == PLAIN_ITEM && plain_marker(line[-1].text, &marker) &&
        line->indent > line[-1].indent)
        return true;
    if (!line->first && line[-1].role == PLAIN_TEXT && is_moved_in(page, line - 1) &&
        line[-1].indent == line->indent)
        return true;
    if (!line->first && carries_text(line - 1) && page->wrap && plain_is_full(page, i - 1))
        return true;
    return !line->last && line[1].role == PLAIN_TEXT && !is_moved_in(page, line + 1) && page->wrap &&
           plain_is_full(page, i);
}

void plain_mark_code(struct plain_page *page)
{
    for (size_t i = 0, end; i < page->count; i = end) {
        end = plain_group_end(page, i);
        bool verse = is_verse(page, i, end);
        for (size_t j = i; !verse && j < end; j++) {
            struct plain_line *line = &page->lines[j];
            bool nested = line->role == PLAIN_ITEM && j > 0 && !line->first;
            if (is_moved_in(page, line) && (line->role == PLAIN_TEXT || line->role == PLAIN_RULE) &&
                !nested && !belongs_to_text(page, j))
                line->role = PLAIN_CODE;
        }
    }
}

/* --- Bonds --- */

bool plain_is_full(const struct plain_page *page, size_t i)
{
    const struct plain_line *line = &page->lines[i];
    return edge(line) <= page->wrap + OVERHANG &&
           edge(line) + 1 + first_word(line + 1) + page->slack > page->wrap;
}

/* Short lines together, not each a sentence, are meant as they stand. */
static bool are_short(const struct plain_page *page, size_t first, size_t end)
{
    size_t sentences = 0;
    for (size_t i = first; i < end; i++) {
        if (page->lines[i].width > SHORT_WIDTH)
            return false;
        sentences += plain_ends_sentence(page->lines[i].text);
    }
    return end - first > 1 && sentences * 5 < (end - first) * 3;
}

void plain_mark_breaks(struct plain_page *page)
{
    for (size_t i = 0, end; i < page->count; i = end) {
        for (end = i + 1;
             end < page->count && !page->lines[end].first && page->lines[end].role == page->lines[i].role;)
            end++;
        bool breaks = are_short(page, i, end);
        for (size_t j = i; j < end; j++)
            page->lines[j].breaks = breaks;
    }
}

static bool is_label_byte(char c)
{
    return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* `Source: somewhere`: one of several facts, a line each. */
static bool is_labelled(struct str text)
{
    size_t i = 0;
    while (i < text.len && i < LABEL_MOST && is_label_byte(text.at[i]))
        i++;
    return i > 1 && i + 1 < text.len && text.at[i] == ':' && text.at[i + 1] == ' ' &&
           plain_starts_upper(text);
}

static enum plain_bond bond_of_wrapped(const struct plain_page *page, size_t i)
{
    const struct plain_line *line = &page->lines[i], *next = line + 1;
    if (is_labelled(next->text))
        return PLAIN_BROKEN;
    if (plain_is_full(page, i))
        return PLAIN_JOINED;
    if (next->indent > line->indent + 1 && next->indent > page->indent)
        return PLAIN_APART;
    bool goes_on = plain_starts_lower(next->text) && !plain_ends_sentence(line->text);
    return goes_on && edge(line) + 2 * RAGGED_SLACK > page->wrap ? PLAIN_JOINED : PLAIN_BROKEN;
}

enum plain_bond plain_bond(const struct plain_page *page, size_t i)
{
    if (page->wrap)
        return bond_of_wrapped(page, i);
    return page->lines[i].breaks ? PLAIN_BROKEN : PLAIN_APART;
}
