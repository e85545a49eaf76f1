#include "topic_month.h"

/* The pieces of a date that are looked at; further ones are a time of day. */
#define MAX_PIECES 3

static const char *const month_names[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

struct piece {
    unsigned digits; /* 0: a month's name */
    unsigned value;
};

const char *topic_month_name(unsigned month)
{
    return month_names[month - 1];
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The month of a word, which may be cut down to three letters or more. 0 for any other word. */
static unsigned month_of(struct str word)
{
    for (unsigned i = 0; i < 12; i++)
        if (word.len >= 3 && str_eq_ignore_case(word, str_slice(str_from(month_names[i]), 0, word.len)))
            return i + 1;
    return 0;
}

/* Numbers and names of months, up to MAX_PIECES. Other words ("Monday", "th") are left out. */
static unsigned split(struct str date, struct piece pieces[MAX_PIECES])
{
    unsigned count = 0;
    for (size_t at = 0; at < date.len && count < MAX_PIECES;) {
        size_t from = at;
        if (is_digit(date.at[at])) {
            unsigned value = 0;
            for (; at < date.len && is_digit(date.at[at]); at++)
                value = at - from < 8 ? value * 10 + (unsigned)(date.at[at] - '0') : value;
            pieces[count++] = (struct piece){at - from > 8 ? 9 : (unsigned)(at - from), value};
        } else if (is_letter(date.at[at])) {
            while (at < date.len && is_letter(date.at[at]))
                at++;
            unsigned month = month_of(str_slice(date, from, at));
            if (month)
                pieces[count++] = (struct piece){0, month};
        } else {
            at++;
        }
    }
    return count;
}

static struct topic_month make(unsigned year, unsigned month)
{
    bool valid = year >= 1000 && year <= 9999 && month <= 12;
    return valid ? (struct topic_month){year, month} : (struct topic_month){0};
}

/* Day and month in either order: a number over 12 can only be the day. */
static struct topic_month day_and_month(unsigned first, unsigned second, unsigned year)
{
    if (first == 0 || second == 0)
        return (struct topic_month){0};
    if (first > 12)
        return make(year, second);
    if (second > 12 || first == second)
        return make(year, first);
    return make(year, 0);
}

struct topic_month topic_month_parse(struct str date)
{
    const struct topic_month none = {0};
    struct piece p[MAX_PIECES] = {{0}};
    unsigned count = split(date, p);
    if (count == 0)
        return none;
    if (p[0].digits == 8)
        return p[0].value / 100 % 100 ? make(p[0].value / 10000, p[0].value / 100 % 100) : none;
    if (p[0].digits == 4) { /* the year first */
        if (count == 1)
            return make(p[0].value, 0);
        return p[1].digits <= 2 && p[1].value ? make(p[0].value, p[1].value) : none;
    }
    for (unsigned i = 0; i < count; i++) /* a month's name, and the year behind it */
        if (p[i].digits == 0)
            for (unsigned k = i + 1; k < count; k++)
                if (p[k].digits == 4)
                    return make(p[k].value, p[i].value);
    if (count < 3 || p[2].digits != 4 || p[0].digits > 2 || p[1].digits > 2)
        return none;
    return day_and_month(p[0].value, p[1].value, p[2].value);
}
