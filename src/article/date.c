#include "lectern/article.h"

struct date {
    unsigned year, month, day;
};

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

/* Takes exactly `digits` digits off `*rest`. */
static bool take_number(struct str *rest, size_t digits, unsigned *number)
{
    uint64_t value;
    if (rest->len < digits || !str_to_u64(str_slice(*rest, 0, digits), &value))
        return false;
    *number = (unsigned)value;
    *rest = str_slice(*rest, digits, rest->len);
    return true;
}

static bool take_byte(struct str *rest, char byte)
{
    if (rest->len == 0 || rest->at[0] != byte)
        return false;
    *rest = str_slice(*rest, 1, rest->len);
    return true;
}

unsigned article_days_in(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* YYYY-MM-DD, and maybe a time behind it. */
static bool parse_date(struct str text, struct date *date)
{
    struct str rest = str_trim(text);
    if (!take_number(&rest, 4, &date->year) || !take_byte(&rest, '-') ||
        !take_number(&rest, 2, &date->month) || !take_byte(&rest, '-') || !take_number(&rest, 2, &date->day))
        return false;
    if (rest.len && rest.at[0] != 'T' && rest.at[0] != 't' && rest.at[0] != ' ')
        return false;
    return date->month >= 1 && date->month <= 12 && date->day >= 1 &&
           date->day <= article_days_in(date->year, date->month);
}

bool article_is_date(struct str text)
{
    struct date date;
    return parse_date(text, &date);
}

/* Appends what a run of `length` letters stands for; false if nothing. */
static bool add_token(struct buf *out, const struct date *date, char letter, size_t length)
{
    const char *month = months[date->month - 1];
    if (letter == 'Y' && length == 4)
        buf_printf(out, "%04u", date->year);
    else if (letter == 'Y' && length == 2)
        buf_printf(out, "%02u", date->year % 100);
    else if (letter == 'M' && length == 4)
        buf_add(out, str_from(month));
    else if (letter == 'M' && length == 3)
        buf_add(out, str_slice(str_from(month), 0, 3));
    else if (letter == 'M' && length <= 2)
        buf_printf(out, "%0*u", (int)length, date->month);
    else if (letter == 'D' && length <= 2)
        buf_printf(out, "%0*u", (int)length, date->day);
    else
        return false;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool format_date(struct buf *out, const struct date *date, struct str format)
{
    for (size_t at = 0; at < format.len;) {
        size_t from = at;
        char c = format.at[at];
        while (at < format.len && format.at[at] == c)
            at++;
        if (!is_letter(c))
            buf_add(out, str_slice(format, from, at));
        else if (!add_token(out, date, c, at - from))
            return false;
    }
    return true;
}

struct str article_date(struct arena *arena, struct str date, struct str date_format)
{
    struct date parsed;
    struct buf out = {0};
    struct str format = str_trim(date_format), result = date;
    if (format.len && parse_date(date, &parsed) && format_date(&out, &parsed, format))
        result = arena_str(arena, buf_str(&out));
    buf_free(&out);
    return result;
}
