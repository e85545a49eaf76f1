/* Where the lines of a paragraph end, against trying every way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/layout/lines.h"

#define MOST_WORDS 12

static uint32_t dice(uint32_t *state, uint32_t sides)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % sides;
}

/* Lines and raggedness of the way in which the words of the bits begin lines; UINT64_MAX if a line is too wide. */
static uint64_t badness(const struct lines_word *words, size_t count, uint32_t begins, size_t used,
                        size_t room)
{
    uint64_t lines = 1, squares = 0;
    for (size_t i = 0; i < count; i++) {
        if (begins >> i & 1) {
            squares += (room - used) * (room - used);
            lines++;
            used = 0;
        }
        used += words[i].width + (used ? words[i].space : 0);
        if (used > room)
            return UINT64_MAX;
    }
    return (lines << 32) + squares;
}

/* The first word goes on with the line that is there. */
static uint64_t best_badness(const struct lines_word *words, size_t count, size_t used, size_t room)
{
    uint64_t best = UINT64_MAX;
    for (uint32_t begins = 0; begins < UINT32_C(1) << count; begins += 2) {
        uint64_t bad = badness(words, count, begins, used, room);
        best = bad < best ? bad : best;
    }
    return best;
}

static void no_other_way_is_better(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        struct lines_word words[MOST_WORDS];
        size_t count = 1 + dice(&seed, MOST_WORDS), room = 8 + dice(&seed, 20), used = 0;
        for (size_t i = 0; i < count; i++)
            words[i] = (struct lines_word){.space = dice(&seed, 4) != 0, .width = 1 + dice(&seed, 8)};
        if (dice(&seed, 3) == 0) {
            used = 1 + dice(&seed, (uint32_t)room);
            words[0].space = 1;
        }
        lines_choose(words, count, used, room);
        uint32_t begins = 0;
        for (size_t i = 0; i < count; i++)
            begins |= (uint32_t)words[i].begins << i;
        bool forced = used && used + words[0].space + words[0].width > room;
        assert_int_equal(begins & 1, forced);
        if (forced) {
            begins &= ~UINT32_C(1);
            used = 0;
        }
        uint64_t bad = badness(words, count, begins, used, room);
        assert_int_not_equal(bad, UINT64_MAX);
        assert_int_equal(bad, best_badness(words, count, used, room));
    }
}

static void a_long_paragraph_takes_no_more_lines_than_filling_would(void **state)
{
    (void)state;
    static struct lines_word words[1000];
    uint32_t seed = 7;
    for (size_t i = 0; i < 1000; i++)
        words[i] = (struct lines_word){.space = 1, .width = 1 + dice(&seed, 12)};
    size_t filled = 1, used = 0, lines = 1;
    for (size_t i = 0; i < 1000; i++) {
        size_t end = used + words[i].width + (used ? 1 : 0);
        filled += end > 60;
        used = end > 60 ? words[i].width : end;
    }
    lines_choose(words, 1000, 0, 60);
    for (size_t i = 0; i < 1000; i++)
        lines += words[i].begins;
    assert_int_equal(lines, filled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_other_way_is_better),
        cmocka_unit_test(a_long_paragraph_takes_no_more_lines_than_filling_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
