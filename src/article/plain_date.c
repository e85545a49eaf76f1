/* Dates as people write them. Those of numbers alone are left out, as nobody can tell day and month. */
#include "plain.h"

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

struct reader {
    struct str rest;
    unsigned year, month, day;
    bool short_month, two_digits; /* as it is written */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t run_of(struct str s, bool (*belongs)(char))
{
    size_t length = 0;
    while (length < s.len && belongs(s.at[length]))
        length++;
    return length;
}

static void skip(struct reader *r, struct str signs)
{
    while (r->rest.len && str_find_byte(signs, r->rest.at[0]) != STR_NOT_FOUND)
        r->rest = str_slice(r->rest, 1, r->rest.len);
}

static bool take_word(struct reader *r, struct str *word)
{
    *word = str_slice(r->rest, 0, run_of(r->rest, is_letter));
    r->rest = str_slice(r->rest, word->len, r->rest.len);
    return word->len > 0;
}

static bool take_number(struct reader *r, size_t least, size_t most, unsigned *number)
{
    size_t digits = run_of(r->rest, is_digit);
    uint64_t value = 0;
    if (digits < least || digits > most || !str_to_u64(str_slice(r->rest, 0, digits), &value))
        return false;
    *number = (unsigned)value;
    r->rest = str_slice(r->rest, digits, r->rest.len);
    return true;
}

/* A month's name, maybe cut down to three letters or four. */
static bool take_month(struct reader *r)
{
    struct str word;
    if (!take_word(r, &word) || word.len < 3)
        return false;
    for (unsigned i = 0; i < 12; i++) {
        struct str name = str_from(months[i]);
        if (word.len > name.len || !str_eq_ignore_case(word, str_slice(name, 0, word.len)) ||
            (word.len > 4 && word.len < name.len))
            continue;
        r->month = i + 1;
        r->short_month = word.len < name.len;
        skip(r, STR(". "));
        return true;
    }
    return false;
}

/* A day, maybe as `1st`. */
static bool take_day(struct reader *r)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    r->two_digits = r->rest.len && r->rest.at[0] == '0';
    if (!take_number(r, 1, 2, &r->day))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_eq_ignore_case(str_slice(r->rest, 0, 2), str_from(endings[i]))) {
            r->rest = str_slice(r->rest, 2, r->rest.len);
            break;
        }
    return true;
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool is_date(const struct reader *r)
{
    return r->year >= 1000 && r->month >= 1 && r->month <= 12 && r->day >= 1 &&
           r->day <= days_in(r->year, r->month);
}

static bool take_iso(struct reader *r)
{
    bool read = take_number(r, 4, 4, &r->year) && str_starts(r->rest, STR("-"));
    skip(r, STR("-"));
    read = read && take_number(r, 2, 2, &r->month) && str_starts(r->rest, STR("-"));
    skip(r, STR("-"));
    return read && take_number(r, 2, 2, &r->day) && is_date(r);
}

/* `April 1, 2025` */
static bool take_american(struct reader *r)
{
    if (!take_month(r) || !take_day(r))
        return false;
    skip(r, STR(", "));
    return take_number(r, 4, 4, &r->year) && is_date(r);
}

/* `1 April 2025` */
static bool take_british(struct reader *r)
{
    struct str word;
    if (!take_day(r))
        return false;
    skip(r, STR(" "));
    struct reader of = *r;
    if (take_word(&of, &word) && str_eq_ignore_case(word, STR("of"))) {
        *r = of;
        skip(r, STR(" "));
    }
    if (!take_month(r))
        return false;
    skip(r, STR(", "));
    return take_number(r, 4, 4, &r->year) && is_date(r);
}

bool plain_find_date(struct arena *arena, struct str text, struct plain_date *date)
{
    static bool (*const takers[])(struct reader *) = {take_iso, take_american, take_british};
    for (size_t at = 0; at < text.len; at++) {
        if (!is_letter(text.at[at]) && !is_digit(text.at[at]))
            continue;
        for (size_t i = 0; i < 3; i++) {
            struct reader r = {.rest = str_slice(text, at, text.len)};
            if (!takers[i](&r) || (r.rest.len && is_digit(r.rest.at[0])))
                continue;
            date->part = str_slice(text, at, text.len - r.rest.len);
            date->iso = arena_printf(arena, "%04u-%02u-%02u", r.year, r.month, r.day);
            const char *day = r.two_digits ? "DD" : "D", *month = r.short_month ? "MMM" : "MMMM";
            date->format = i == 0   ? STR("")
                           : i == 1 ? arena_printf(arena, "%s %s, YYYY", month, day)
                                    : arena_printf(arena, "%s %s YYYY", day, month);
            return true;
        }
        at += run_of(str_slice(text, at, text.len), is_letter(text.at[at]) ? is_letter : is_digit) - 1;
    }
    return false;
}
