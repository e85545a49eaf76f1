/* query_values: what stands behind date:, after:, before: and has:. */
#include "lectern/article.h"
#include "query_parser.h"

static const struct feature {
    const char *name;
    bool is; /* behind is:, not has: */
    enum query_kind kind;
    enum query_feature feature;
    enum query_mark mark;
} features[] = {
    {"math", false, QUERY_HAS, .feature = QUERY_MATH},
    {"code", false, QUERY_HAS, .feature = QUERY_CODE},
    {"table", false, QUERY_HAS, .feature = QUERY_TABLE},
    {"related", false, QUERY_HAS, .feature = QUERY_RELATED},
    {"note", false, QUERY_MARKED, .mark = QUERY_NOTED},
    {"read", true, QUERY_MARKED, .mark = QUERY_READ},
    {"unread", true, QUERY_MARKED, .mark = QUERY_UNREAD},
    {"bookmarked", true, QUERY_MARKED, .mark = QUERY_BOOKMARKED},
};

#define FEATURES (sizeof features / sizeof *features)

void query_write_feature(const struct query_node *node, struct buf *out)
{
    for (size_t i = 0; i < FEATURES; i++)
        if (features[i].kind == node->kind &&
            (node->kind == QUERY_HAS ? features[i].feature == node->feature : features[i].mark == node->mark))
            buf_printf(out, "%s:%s", features[i].is ? "is" : "has", features[i].name);
}

/* Takes the value of a prefix; *growing if it may get longer with the next key. False if there is none yet. */
static bool take_value(struct query_parser *parser, struct str *value, bool *growing)
{
    *value = query_take_value(parser);
    bool at_end = parser->at == parser->source.len;
    *growing = parser->typed && at_end;
    return value->len || !(at_end || parser->source.at[parser->at] == ')');
}

int query_parse_feature(struct query_parser *parser, bool is, struct query_node **node)
{
    size_t start = parser->at, at = 0;
    bool growing;
    struct str value;
    if (!take_value(parser, &value, &growing))
        return 0;
    for (; at < FEATURES; at++) {
        struct str name = str_from(features[at].name);
        if (features[at].is == is &&
            str_eq_ignore_case(value, growing ? str_slice(name, 0, value.len) : name))
            break;
    }
    if (at == FEATURES)
        return query_fail(parser, ERR_USAGE, start,
                          is ? "is: takes read, unread or bookmarked"
                             : "has: takes math, code, table, related or note");
    if (query_count_leaf(parser, start) != 0)
        return -1;
    *node = query_node_new(parser, features[at].kind, start, parser->at);
    (*node)->feature = features[at].feature;
    (*node)->mark = features[at].mark;
    return 0;
}

struct period {
    uint32_t first_day, last_day;
};

enum { YEAR, MONTH, DAY, PARTS };

/* Splits at the hyphens. The number of parts, or 0 if they are not digits or too many. */
static size_t split_date(struct str text, struct str *parts)
{
    size_t count = 0;
    bool more = true;
    while (more && count < PARTS) {
        more = str_cut(text, '-', &parts[count], &text);
        for (size_t i = 0; i < parts[count].len; i++)
            if (parts[count].at[i] < '0' || parts[count].at[i] > '9')
                return 0;
        if (parts[count].len > (count == YEAR ? 4 : 2))
            return 0;
        count++;
    }
    return more ? 0 : count;
}

/* The days of a year, month or day of `count` parts. */
static bool fill_period(const unsigned *numbers, size_t count, struct period *period)
{
    unsigned year = numbers[YEAR], month = numbers[MONTH], day = numbers[DAY];
    if (count > MONTH && (month < 1 || month > 12))
        return false;
    if (count > DAY && (day < 1 || day > article_days_in(year, month)))
        return false;
    unsigned first_month = count > MONTH ? month : 1, last_month = count > MONTH ? month : 12;
    unsigned first_day = count > DAY ? day : 1,
             last_day = count > DAY ? day : article_days_in(year, last_month);
    period->first_day = year * 10000 + first_month * 100 + first_day;
    period->last_day = year * 10000 + last_month * 100 + last_day;
    return true;
}

/* Reads 2024, 2024-12 or 2024-12-18; of a growing one, a last part that lacks digits is left out. Returns 1, 0 if nothing
 * is there yet, or -1 with what is wrong. */
static int read_period(struct str text, bool growing, struct period *period, const char **wrong)
{
    static const size_t digits[PARTS] = {4, 2, 2};
    struct str parts[PARTS];
    unsigned numbers[PARTS] = {0};
    size_t count = split_date(text, parts);
    *wrong = "a date is written 2024, 2024-12 or 2024-12-18";
    if (count == 0)
        return -1;
    if (growing && parts[count - 1].len < digits[count - 1])
        count--;
    if (count == 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t number;
        if (!str_to_u64(parts[i], &number) || (i == YEAR && parts[i].len != digits[YEAR]))
            return -1;
        numbers[i] = (unsigned)number;
    }
    *wrong = "there is no such day";
    return fill_period(numbers, count, period) ? 1 : -1;
}

static uint32_t day_before(uint32_t date)
{
    unsigned year = date / 10000, month = date / 100 % 100, day = date % 100;
    if (day > 1)
        return date - 1;
    if (month > 1)
        return year * 10000 + (month - 1) * 100 + article_days_in(year, month - 1);
    return year ? (year - 1) * 10000 + 1231 : QUERY_FIRST_DAY;
}

/* "2024-11..2025-01", either side of which may be missing. Like read_period(). */
static int read_range(struct str text, bool growing, struct period *period, const char **wrong)
{
    size_t dots = str_find(text, STR(".."));
    if (dots == STR_NOT_FOUND) {
        if (!growing || !str_ends(text, STR(".")))
            return read_period(text, growing, period, wrong);
        return text.len == 1 ? 0 : read_period(str_slice(text, 0, text.len - 1), false, period, wrong);
    }
    struct str from = str_slice(text, 0, dots), until = str_slice(text, dots + 2, text.len);
    struct period first = {QUERY_FIRST_DAY, 0}, last = {0, QUERY_LAST_DAY};
    int has_first = from.len ? read_period(from, false, &first, wrong) : 0;
    int has_last = has_first >= 0 && until.len ? read_period(until, growing, &last, wrong) : 0;
    if (has_first < 0 || has_last < 0)
        return -1;
    *period = (struct period){first.first_day, last.last_day};
    *wrong = "the range ends before it begins";
    return period->first_day > period->last_day ? -1 : has_first || has_last;
}

static int read_bound(struct str text, bool growing, enum query_bound bound, struct period *period,
                      const char **wrong)
{
    if (bound == QUERY_WITHIN)
        return read_range(text, growing, period, wrong);
    int found = read_period(text, growing, period, wrong);
    if (found <= 0)
        return found;
    if (bound == QUERY_FROM)
        *period = (struct period){period->first_day, QUERY_LAST_DAY};
    else
        *period = (struct period){QUERY_FIRST_DAY, day_before(period->first_day)};
    return period->last_day == QUERY_FIRST_DAY ? -1 : 1;
}

int query_parse_date(struct query_parser *parser, enum query_bound bound, struct query_node **node)
{
    size_t start = parser->at;
    bool growing;
    struct str value;
    if (!take_value(parser, &value, &growing))
        return 0;
    struct period period;
    const char *wrong;
    int found = read_bound(value, growing, bound, &period, &wrong);
    if (found < 0)
        return query_fail(parser, ERR_USAGE, start, wrong);
    if (!found)
        return 0;
    if (query_count_leaf(parser, start) != 0)
        return -1;
    *node = query_node_new(parser, QUERY_DATE, start, parser->at);
    (*node)->first_day = period.first_day;
    (*node)->last_day = period.last_day;
    return 0;
}
