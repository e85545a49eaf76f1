#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lectern/article.h"

static void expect(const char *date, const char *format, const char *wanted)
{
    struct arena arena = {0};
    struct str shown = article_date(&arena, str_from(date), str_from(format));
    if (!str_eq(shown, str_from(wanted)))
        fail_msg("%s as %s: %.*s instead of %s", date, format, STR_ARG(shown), wanted);
    arena_free(&arena);
}

static void dates_follow_their_format(void **state)
{
    (void)state;
    expect("2024-12-18", "MMM DD, YYYY", "Dec 18, 2024");
    expect("2024-02-09", "D. MMMM YY", "9. February 24");
    expect("2024-02-09", "DD/MM/YYYY", "09/02/2024");
    expect("2024-02-09", "M-D", "2-9");
    expect("2024-02-09", "YYYYMMDD", "20240209");
    expect("2024-02-09T10:11:12Z", "MMM D", "Feb 9");
    expect("2024-02-09 10:11:12 +0000", "MMM D", "Feb 9");
    expect("2024-02-29", "YYYY\xe5\xb9\xb4 M", "2024\xe5\xb9\xb4 2");
}

static void what_cannot_be_understood_stays_as_written(void **state)
{
    (void)state;
    expect("2024-12-18", "", "2024-12-18");
    expect("2024-12-18", "MMM Do, YYYY", "2024-12-18");
    expect("2024-12-18", "MMMMM", "2024-12-18");
    expect("2024-12-18", "YYY", "2024-12-18");
    expect("2024-13-18", "MMM DD, YYYY", "2024-13-18");
    expect("2023-02-29", "MMM DD, YYYY", "2023-02-29");
    expect("2024-00-10", "MMM DD, YYYY", "2024-00-10");
    expect("2024-01-00", "MMM DD, YYYY", "2024-01-00");
    expect("2024-1-1", "MMM DD, YYYY", "2024-1-1");
    expect("2024-01-011", "MMM DD, YYYY", "2024-01-011");
    expect("last spring", "MMM DD, YYYY", "last spring");
    expect("", "MMM DD, YYYY", "");
}

static void reading_takes_a_minute_at_least(void **state)
{
    (void)state;
    assert_int_equal(article_minutes(0), 1);
    assert_int_equal(article_minutes(1200), 1);
    assert_int_equal(article_minutes(1201), 2);
    assert_int_equal(article_minutes(12000), 10);
    assert_true(article_minutes(SIZE_MAX) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_follow_their_format),
        cmocka_unit_test(what_cannot_be_understood_stays_as_written),
        cmocka_unit_test(reading_takes_a_minute_at_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
