#include "day.h"

#include <time.h>

/* Whoever studies past midnight goes on with the day. */
#define BEGIN_HOUR 4

#define MONTH_DAYS 30.4375
#define YEAR_DAYS  365.25

/* The hour of the calendar's day, whatever clocks did in between. */
static time_t begin_of(struct tm date)
{
    date.tm_hour = BEGIN_HOUR;
    date.tm_min = date.tm_sec = 0;
    date.tm_isdst = -1;
    return mktime(&date);
}

struct study_time day_of(int64_t now)
{
    time_t seconds = (time_t)now;
    struct tm date;
    if (!localtime_r(&seconds, &date))
        return (struct study_time){.now = now, .day_begins = now - now % STUDY_DAY};
    time_t begins = begin_of(date);
    if (begins > seconds) {
        date.tm_mday--;
        begins = begin_of(date);
    }
    return (struct study_time){.now = now, .day_begins = begins};
}

struct str day_interval(struct arena *arena, unsigned days)
{
    if (!days)
        return arena_printf(arena, "%d min", STUDY_AGAIN_MINUTES);
    if (days < MONTH_DAYS)
        return arena_printf(arena, "%u d", days);
    if (days < YEAR_DAYS)
        return arena_printf(arena, "%.1f mo", days / MONTH_DAYS);
    return arena_printf(arena, "%.1f y", days / YEAR_DAYS);
}

static const char weekdays[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct str day_date(struct arena *arena, const struct study_time *time, int days)
{
    time_t seconds = (time_t)(time->day_begins + days * STUDY_DAY + STUDY_DAY / 2);
    struct tm date;
    if (!localtime_r(&seconds, &date))
        return STR("");
    return arena_printf(arena, "%s %2d %s", weekdays[date.tm_wday], date.tm_mday, months[date.tm_mon]);
}

/* Days of the calendar from one moment to another. */
static int64_t days_between(struct tm from, struct tm to)
{
    from.tm_hour = to.tm_hour = 12;
    from.tm_min = to.tm_min = from.tm_sec = to.tm_sec = 0;
    from.tm_isdst = to.tm_isdst = -1;
    return (int64_t)(mktime(&to) - mktime(&from) + STUDY_DAY / 2) / STUDY_DAY;
}

struct str day_past(struct arena *arena, int64_t when, int64_t now, bool clock)
{
    struct tm then, today;
    time_t then_seconds = (time_t)when, now_seconds = (time_t)now;
    if (!localtime_r(&then_seconds, &then) || !localtime_r(&now_seconds, &today))
        return STR("");
    int64_t days = when > now ? 7 : days_between(then, today);
    const char *day = days == 0 ? "today" : days == 1 ? "yesterday" : weekdays[then.tm_wday];
    if (days < 7 && !clock)
        return arena_printf(arena, "%s", day);
    if (days < 7)
        return arena_printf(arena, "%s%s%02d:%02d", days ? day : "", days ? " " : "", then.tm_hour,
                            then.tm_min);
    if (then.tm_year == today.tm_year)
        return arena_printf(arena, "%d %s", then.tm_mday, months[then.tm_mon]);
    return arena_printf(arena, "%d-%02d-%02d", then.tm_year + 1900, then.tm_mon + 1, then.tm_mday);
}

struct str day_due(struct arena *arena, int64_t due, const struct study_time *time)
{
    int64_t days = due < time->day_begins ? 0 : (due - time->day_begins) / STUDY_DAY;
    if (days == 0)
        return STR("today");
    return days == 1 ? STR("tomorrow") : arena_printf(arena, "in %lld days", (long long)days);
}
