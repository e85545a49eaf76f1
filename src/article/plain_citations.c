/*
 * Numbers that stand where citations stand: in brackets, raised, or between a word and the end of its sentence. What
 * stands there otherwise is kept out by the word before it: "type 2.", "aged 40.", "rose to 5.".
 */
#include "plain.h"

#include "lectern/mem.h"

#define NUMBERS_MOST 32 /* in one place */
#define HIGHER_MOST  10 /* numbers above the last entry that are believed */

/* The numbers of one place. */
struct run {
    struct plain_cited numbers[NUMBERS_MOST];
    size_t count, end; /* behind it */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* --- Reading numbers --- */

/* The value of the digit at `at`, raised or not; its bytes. */
static size_t digit_at(struct str text, size_t at, bool raised, uint32_t *value)
{
    static const char *const signs[] = {"\xe2\x81\xb0", "\xc2\xb9",     "\xc2\xb2",     "\xc2\xb3",
                                        "\xe2\x81\xb4", "\xe2\x81\xb5", "\xe2\x81\xb6", "\xe2\x81\xb7",
                                        "\xe2\x81\xb8", "\xe2\x81\xb9"};
    struct str rest = str_slice(text, at, text.len);
    if (!raised) {
        *value = rest.len ? (uint32_t)(rest.at[0] - '0') : 0;
        return rest.len && is_digit(rest.at[0]);
    }
    for (uint32_t i = 0; i < 10; i++)
        if (str_starts(rest, str_from(signs[i]))) {
            *value = i;
            return str_from(signs[i]).len;
        }
    return 0;
}

static bool read_number(struct str text, size_t *at, bool raised, struct plain_cited *cited)
{
    size_t from = *at, digits = 0, length;
    uint32_t digit;
    cited->number = 0;
    while (digits < 4 && (length = digit_at(text, *at, raised, &digit)) > 0) {
        cited->number = cited->number * 10 + digit;
        *at += length;
        digits++;
    }
    cited->text = str_slice(text, from, *at);
    return digits > 0 && cited->number > 0 && digit_at(text, *at, raised, &digit) == 0;
}

/* Bytes of what stands between two numbers of a place. */
static size_t separator_at(struct str text, size_t at)
{
    static const char *const signs[] = {",", "-", "\xe2\x80\x93", "\xe2\x81\xbb", "\xcb\x92", "\xe2\x80\x89"};
    struct str rest = str_slice(text, at, text.len);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct str sign = str_from(signs[i]);
        if (!str_starts(rest, sign))
            continue;
        size_t end = sign.len;
        while (end < rest.len && is_blank(rest.at[end]) && sign.at[0] == ',')
            end++;
        return end;
    }
    return 0;
}

static bool read_run(struct str text, size_t at, bool raised, struct run *run)
{
    uint32_t digit;
    run->count = 0;
    while (run->count < NUMBERS_MOST && read_number(text, &at, raised, &run->numbers[run->count])) {
        run->count++;
        run->end = at;
        size_t separator = separator_at(text, at);
        if (!separator || !digit_at(text, at + separator, raised, &digit))
            return true;
        at += separator;
    }
    return false;
}

/* --- The words before them --- */

/* Words that a number completes. */
static const char *const small_words[] = {
    "a",        "about",     "above",     "across",   "add",     "adding",  "after",   "always",  "an",
    "and",      "april",     "are",       "around",   "as",      "at",      "august",  "be",      "being",
    "become",   "becomes",   "before",    "below",    "between", "beyond",  "both",    "but",     "by",
    "december", "during",    "equal",     "equals",   "every",   "exactly", "exceed",  "exceeds", "except",
    "february", "five",      "for",       "four",     "from",    "gave",    "get",     "gets",    "give",
    "gives",    "in",        "including", "into",     "is",      "its",     "january", "july",    "june",
    "least",    "less",      "march",     "may",      "minus",   "more",    "most",    "n",       "nearly",
    "no",       "nor",       "not",       "november", "october", "of",      "on",      "only",    "or",
    "over",     "p",         "per",       "plus",     "reach",   "reached", "reaches", "return",  "returned",
    "returns",  "september", "since",     "than",     "the",     "three",   "through", "times",   "to",
    "two",      "under",     "until",     "up",       "v",       "was",     "were",    NULL};

/* Nouns that a number follows as a name, `type 2`; ... */
static const char *const counted[] = {
    "act",     "age",      "aged",    "appendix",   "bed",      "book",    "box",     "category",
    "ch",      "channel",  "chapter", "chromosome", "column",   "day",     "eq",      "equation",
    "example", "exercise", "fig",     "figure",     "genotype", "grade",   "lesson",  "line",
    "month",   "nos",      "number",  "page",       "part",     "phase",   "pp",      "question",
    "room",    "round",    "rule",    "scene",      "season",   "sec",     "section", "stage",
    "step",    "table",    "theorem", "trimester",  "type",     "version", "vertex",  "vol",
    "volume",  "war",      "week",    "world",      "year",     "zone",    NULL};

/* ... but not behind one of these: `twice a day 2`. */
static const char *const determiners[] = {"a",     "an",     "any",   "each",     "every",  "his",
                                          "her",   "its",    "one",   "our",      "per",    "same",
                                          "some",  "that",   "their", "this",     "late",   "later",
                                          "lower", "higher", "early", "advanced", "recent", NULL};

/* Nouns that are named so only behind one of the words below: `in group 2`, but `in the treated group 2`. */
static const char *const loose[] = {
    "ages",      "capacity", "case",    "chapters", "class",    "classes",   "days",    "degree",
    "deviation", "factor",   "factors", "figs",     "figures",  "genotypes", "grades",  "group",
    "groups",    "index",    "level",   "levels",   "lines",    "model",     "months",  "node",
    "numbers",   "option",   "pages",   "parts",    "phases",   "position",  "problem", "remainder",
    "scale",     "score",    "scores",  "sections", "size",     "stages",    "steps",   "tables",
    "top",       "types",    "value",   "values",   "versions", "weeks",     "years",   NULL};
static const char *const attached[] = {
    "a",  "after", "an", "and", "at",    "before", "between", "by", "during", "for",  "from", "in",
    "of", "on",    "or", "see", "since", "the",    "through", "to", "until",  "with", NULL};

static bool is_one_of(struct str word, const char *const *words)
{
    for (; *words; words++)
        if (str_eq_ignore_case(word, str_from(*words)))
            return true;
    return false;
}

/* The end of what may be a word, from `at` backwards. */
static struct str word_before(struct str text, size_t at)
{
    size_t from = at;
    while (from > 0 && at - from < 40 && !is_blank(text.at[from - 1]))
        from--;
    return str_slice(text, from, at);
}

static struct str bare(struct str word)
{
    while (word.len && str_find_byte(STR("(\"'["), word.at[0]) != STR_NOT_FOUND)
        word = str_slice(word, 1, word.len);
    while (word.len && str_find_byte(STR("\"')]%."), word.at[word.len - 1]) != STR_NOT_FOUND)
        word.len--;
    return word;
}

/* Whether a number behind `word`, which ends at `end` of the text, belongs to it. */
static bool takes_number(struct str text, size_t end, struct str word)
{
    bool is_loose = is_one_of(word, loose);
    if (!is_loose && !is_one_of(word, counted))
        return is_one_of(word, small_words);
    size_t before = end - word.len;
    while (before > 0 && is_blank(text.at[before - 1]))
        before--;
    struct str other = bare(word_before(text, before));
    return is_loose ? other.len == 0 || is_one_of(other, attached) : !is_one_of(other, determiners);
}

/* Whether a sentence can be over at `end`, so that a number there is none of its own. */
static bool is_complete(struct str text, size_t end)
{
    struct str word = word_before(text, end), inner = bare(word);
    if (word.len == 0)
        return false;
    if (str_find_byte(STR(")]\"%"), word.at[word.len - 1]) != STR_NOT_FOUND)
        return true;
    return inner.len > 1 && is_letter(inner.at[inner.len - 1]) && !takes_number(text, end, inner);
}

/* --- Places --- */

/* Whether a sentence ends at `at`: with a mark that no digit follows, or with the text. */
static bool ends_here(struct str text, size_t at)
{
    if (at == text.len)
        return true;
    if (str_find_byte(STR(".;!?"), text.at[at]) == STR_NOT_FOUND)
        return false;
    return at + 1 == text.len || is_blank(text.at[at + 1]) ||
           str_find_byte(STR(")\"'"), text.at[at + 1]) != STR_NOT_FOUND;
}

/* What holds numbers in brackets that are its own. */
static bool takes_brackets(struct str word, bool glued)
{
    static const char *const words[] = {"interval", "intervals", "range", "array", "list",
                                        "vector",   "set",       "from",  NULL};
    char last = word.len ? word.at[word.len - 1] : ' ';
    return is_one_of(bare(word), words) || str_find_byte(STR("=_<>+*/|{([`$"), last) != STR_NOT_FOUND ||
           (glued && (last == ')' || is_digit(last))) || str_starts(word, STR("\\"));
}

/* `[2-4]` */
static bool bracket_at(struct str text, size_t at, struct run *run)
{
    if (text.at[at] != '[')
        return false;
    size_t end = at;
    while (end > 0 && is_blank(text.at[end - 1]))
        end--;
    if (takes_brackets(word_before(text, end), end == at))
        return false;
    return read_run(text, at + 1, false, run) && run->end < text.len && text.at[run->end] == ']';
}

/* A power or a unit is a short word before it: `x²`, `kg/m²`, `mm⁻¹`; a charge has its sign behind it. */
static bool is_power(struct str text, size_t at)
{
    struct str word = word_before(text, at);
    while (word.len && str_find_byte(STR(".,;:!?"), word.at[word.len - 1]) != STR_NOT_FOUND)
        word.len--;
    word = bare(word);
    size_t from = word.len;
    while (from > 0 && str_find_byte(STR("/:("), word.at[from - 1]) == STR_NOT_FOUND)
        from--;
    return word.len - from <= 3 || !is_letter(word.at[word.len - 1]) || str_ends(word, STR("\xe2\x81\xbb")) ||
           str_ends(word, STR("\xe2\x81\xba"));
}

static bool raised_at(struct str text, size_t at, struct run *run)
{
    uint32_t digit;
    if (at == 0 || (unsigned char)text.at[at] < 0xc2 || !digit_at(text, at, true, &digit) ||
        digit_at(text, at - 1, false, &digit))
        return false;
    if (is_power(text, at) || !read_run(text, at, true, run))
        return false;
    struct str behind = str_slice(text, run->end, text.len);
    return !str_starts(behind, STR("\xe2\x81\xba")) && !str_starts(behind, STR("\xe2\x81\xbb"));
}

/* `as was found 3, 4.` */
static bool plain_at(struct str text, size_t at, struct run *run)
{
    if (at < 2 || !is_digit(text.at[at]) || !is_blank(text.at[at - 1]))
        return false;
    size_t end = at - 1;
    while (end > 0 && is_blank(text.at[end - 1]))
        end--;
    return is_complete(text, end) && read_run(text, at, false, run) && ends_here(text, run->end);
}

/* `as was found.3,4 But`: behind the mark. */
static bool behind_mark_at(struct str text, size_t at, struct run *run)
{
    if (at < 4 || !is_digit(text.at[at]) || str_find_byte(STR(".,;?!"), text.at[at - 1]) == STR_NOT_FOUND)
        return false;
    struct str word = bare(word_before(text, at - 1));
    if (word.len < 4 || !is_letter(word.at[word.len - 1]) || takes_number(text, at - 1, word) ||
        !read_run(text, at, false, run))
        return false;
    return run->end == text.len || is_blank(text.at[run->end]);
}

static bool run_at(struct str text, size_t at, struct run *run)
{
    return bracket_at(text, at, run) || raised_at(text, at, run) || plain_at(text, at, run) ||
           behind_mark_at(text, at, run);
}

static bool is_within(const struct plain_references *references, const struct run *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->numbers[i].number > references->highest)
            return false;
    return true;
}

void plain_find_citations(const struct plain_references *references, struct str text,
                          struct plain_cited_list *list)
{
    struct run run;
    list->count = list->next = 0;
    for (size_t at = 0; references->count && at < text.len; at++) {
        if (!run_at(text, at, &run) || !is_within(references, &run))
            continue;
        for (size_t i = 0; i < run.count; i++) {
            list->at = mem_grow(list->at, list->count, &list->capacity, sizeof *list->at);
            list->at[list->count++] = run.numbers[i];
        }
        at = run.end - 1;
    }
}

uint32_t plain_highest_citation(const struct plain_references *references, struct str text)
{
    uint32_t last = references->highest, highest = 0;
    struct run run;
    for (size_t at = 0; at < text.len; at++) {
        if (!run_at(text, at, &run))
            continue;
        bool known = false, ascending = true;
        for (size_t i = 0; i < run.count; i++) {
            known |= run.numbers[i].number <= last;
            ascending &= i == 0 || run.numbers[i].number > run.numbers[i - 1].number;
        }
        uint32_t number = run.numbers[run.count - 1].number;
        if (known && ascending && number > highest && number <= last + HIGHER_MOST)
            highest = number;
        at = run.end - 1;
    }
    return highest;
}
