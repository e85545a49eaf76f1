/* Matches of a pattern in a text. */
#include <stdint.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "lectern/pattern.h"
#include "lectern/text.h"
#include "pattern_code.h"

/*
 * Three ways to look for a match, tried in this order.
 *
 * FAST is just-in-time code without callouts. From each place where a match may begin it makes at most `attempts`, each of
 * which may run through the whole text. So the places are handed to it in windows, small enough that places times attempts
 * times length of the text stay below WORK, and the clock is looked at after each. A window takes some microseconds, and
 * 30 ms with the most hostile pattern known. Where the attempts are too few, they become more and the windows smaller.
 *
 * CAREFUL is just-in-time code with a callout before each item of the pattern, where the clock is looked at: for long
 * texts, for hard patterns, and for what pattern_is_plain() says no to. The match limit counts anew at every place, and
 * one unit of it may scan the whole text, so it alone would bound nothing.
 *
 * INTERPRETED is the same without just-in-time code, where that has used up its stack.
 */
enum way { FAST, CAREFUL, INTERPRETED };

#define WORK            ((size_t)128 << 20)
#define FIRST_ATTEMPTS  128u
#define ATTEMPTS_GROWTH 16u
#define LEAST_WINDOW    ((size_t)8)

/* Bytes of the stack of just-in-time code: at first, and at most. */
#define STACK_BYTES     ((size_t)32 << 10)
#define STACK_MAX_BYTES ((size_t)1 << 20)

/* Bytes that may be looked at between two looks at the clock: below a millisecond. */
#define BYTES_PER_LOOK ((size_t)1 << 20)
#define STEPS_PER_LOOK 256u

struct deadline {
    const atomic_bool *cancel; /* or NULL */
    uint64_t end;              /* nanoseconds */
    size_t steps_per_look, steps;
};

struct pattern_finder {
    const struct pattern *pattern;
    pcre2_match_context *context;
    pcre2_match_data *match;
    pcre2_jit_stack *stack; /* or NULL: the code uses a little of the thread's */
    struct deadline deadline;
    struct buf repaired;

    struct str text;
    const pcre2_code *fast; /* for this text */
    enum way way;
    uint32_t attempts;
    size_t window;         /* places of a match to look at in one go */
    size_t from, last_end; /* where to go on; where the last match ended */
    unsigned milliseconds;
};

static uint64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool is_cancelled(const struct deadline *deadline)
{
    return deadline->cancel && atomic_load_explicit(deadline->cancel, memory_order_relaxed);
}

static bool is_over(const struct deadline *deadline)
{
    return is_cancelled(deadline) || clock_now() >= deadline->end;
}

static int look_at_clock(pcre2_callout_block *block, void *data)
{
    (void)block;
    struct deadline *deadline = data;
    if (++deadline->steps < deadline->steps_per_look)
        return 0;
    deadline->steps = 0;
    return is_over(deadline) ? PCRE2_ERROR_CALLOUT : 0;
}

struct pattern_finder *pattern_finder_new(const struct pattern *pattern, const atomic_bool *cancel)
{
    struct pattern_finder *finder = mem_calloc(1, sizeof *finder);
    finder->pattern = pattern;
    finder->deadline.cancel = cancel;
    finder->context = pcre2_match_context_create(NULL);
    finder->match = pcre2_match_data_create(1, NULL);
    if (!finder->context || !finder->match)
        mem_exhausted();
    if (!pattern->memory.arena) /* else there is no such code */
        finder->stack = pcre2_jit_stack_create(STACK_BYTES, STACK_MAX_BYTES, NULL);
    pcre2_jit_stack_assign(finder->context, NULL, finder->stack);
    pcre2_set_depth_limit(finder->context, BOUND_PATTERN_DEPTH);
    pcre2_set_heap_limit(finder->context, BOUND_PATTERN_HEAP_KIB);
    pcre2_set_callout(finder->context, look_at_clock, &finder->deadline);
    return finder;
}

void pattern_finder_free(struct pattern_finder *finder)
{
    if (!finder)
        return;
    pcre2_match_data_free(finder->match);
    pcre2_match_context_free(finder->context);
    pcre2_jit_stack_free(finder->stack);
    buf_free(&finder->repaired);
    mem_free(finder);
}

/* PCRE2 wants valid UTF-8. Each invalid byte becomes one of SUB, so that offsets stay those of the text. */
static struct str make_valid(struct buf *room, struct str text)
{
    size_t bad = text_invalid_at(text);
    if (bad == STR_NOT_FOUND)
        return text;
    buf_clear(room);
    buf_add(room, text);
    for (size_t at = 0; bad != STR_NOT_FOUND; bad = text_invalid_at(str_slice(text, at, text.len))) {
        room->at[at + bad] = 0x1a;
        at += bad + 1;
    }
    return buf_str(room);
}

static void choose_careful(struct pattern_finder *finder)
{
    finder->way = CAREFUL;
    pcre2_set_offset_limit(finder->context, PCRE2_UNSET);
    pcre2_set_match_limit(finder->context, BOUND_PATTERN_MATCHES);
}

/* Goes the fast way if windows are worth it with so many attempts, else the careful one. */
static void choose_fast(struct pattern_finder *finder, uint32_t attempts)
{
    finder->attempts = attempts;
    finder->window = finder->text.len ? WORK / finder->text.len / attempts : 0;
    if (!finder->fast || finder->window < LEAST_WINDOW) {
        choose_careful(finder);
        return;
    }
    finder->way = FAST;
    pcre2_set_match_limit(finder->context, attempts);
}

void pattern_begin(struct pattern_finder *finder, struct str text, unsigned milliseconds)
{
    const struct pattern *pattern = finder->pattern;
    bool ascii = text_ascii(text) == text.len;
    finder->text = ascii ? text : make_valid(&finder->repaired, text);
    finder->fast = ascii && pattern->ascii ? pattern->ascii : pattern->any;
    finder->from = finder->last_end = 0;
    finder->milliseconds = milliseconds;
    size_t steps = BYTES_PER_LOOK / (text.len + 1) + 1;
    finder->deadline.steps_per_look = steps < STEPS_PER_LOOK ? steps : STEPS_PER_LOOK;
    finder->deadline.steps = 0;
    finder->deadline.end = clock_now() + (uint64_t)milliseconds * 1000000u;
    choose_fast(finder, FIRST_ATTEMPTS);
}

static bool is_inside_character(struct str text, size_t at)
{
    return at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80;
}

static size_t next_character(struct str text, size_t at)
{
    do
        at++;
    while (is_inside_character(text, at));
    return at;
}

/* Looks for a match that begins before `*end`, which is set. */
static int match_window(struct pattern_finder *finder, size_t *end)
{
    struct str text = finder->text;
    *end = text.len;
    if (finder->way != FAST)
        return pcre2_match(finder->pattern->careful, (PCRE2_SPTR)text.at, text.len, finder->from,
                           PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY |
                               (finder->way == INTERPRETED ? PCRE2_NO_JIT : 0),
                           finder->match, finder->context);
    if (text.len - finder->from > finder->window)
        *end = finder->from + finder->window;
    while (is_inside_character(text, *end))
        ++*end;
    pcre2_set_offset_limit(finder->context, *end - 1);
    return pcre2_jit_match(finder->fast, (PCRE2_SPTR)text.at, text.len, finder->from,
                           PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, finder->match, finder->context);
}

/* Another way to go on where one has come to its limit. False if there is none. */
static bool change_way(struct pattern_finder *finder, int code)
{
    if (finder->way == FAST && code == PCRE2_ERROR_MATCHLIMIT)
        choose_fast(finder, finder->attempts * ATTEMPTS_GROWTH);
    else if (finder->way == FAST)
        choose_careful(finder);
    else if (finder->way == CAREFUL && code == PCRE2_ERROR_JIT_STACKLIMIT)
        finder->way = INTERPRETED;
    else
        return false;
    return true;
}

/* Goes on behind what was found. \K can move the start anywhere, even behind the end: such a match is no place to show. */
static bool take_match(struct pattern_finder *finder, struct pattern_match *match)
{
    const size_t *span = pcre2_get_ovector_pointer(finder->match);
    size_t start = span[0], end = span[1];
    finder->from = end > finder->from ? end : next_character(finder->text, finder->from);
    if (start >= end || start < finder->last_end)
        return false;
    finder->last_end = end;
    *match = (struct pattern_match){start, end};
    return true;
}

static int explain_limit(const struct pattern_finder *finder, int code, struct err *err)
{
    if (is_cancelled(&finder->deadline))
        return err_set(err, ERR_NONE, "cancelled");
    switch (code) {
    case PCRE2_ERROR_CALLOUT:
        return err_set(err, ERR_LIMIT, "the pattern takes too long; the search was stopped after %u ms",
                       finder->milliseconds);
    case PCRE2_ERROR_MATCHLIMIT:
        return err_set(err, ERR_LIMIT, "the pattern tries too many ways to match; the search was stopped");
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_NOMEMORY:
    case PCRE2_ERROR_RECURSELOOP:
        return err_set(err, ERR_LIMIT, "the pattern repeats a group too often; the search was stopped");
    default:
        return err_set(err, ERR_LIMIT, "the pattern could not be matched; the search was stopped (%d)", code);
    }
}

int pattern_next(struct pattern_finder *finder, struct pattern_match *match, struct err *err)
{
    while (finder->from < finder->text.len) {
        size_t end;
        if (finder->way == FAST && finder->from && is_over(&finder->deadline))
            return explain_limit(finder, PCRE2_ERROR_CALLOUT, err);
        int code = match_window(finder, &end);
        if (code == PCRE2_ERROR_NOMATCH)
            finder->from = end;
        else if (code < 0 && !change_way(finder, code))
            return explain_limit(finder, code, err);
        else if (code >= 0 && take_match(finder, match))
            return 1;
    }
    return 0;
}

int pattern_find_all(const struct pattern *pattern, struct str text, struct arena *arena,
                     struct pattern_match **matches, size_t *count, struct err *err)
{
    struct pattern_finder *finder = pattern_finder_new(pattern, NULL);
    struct pattern_match *found = NULL, match;
    size_t capacity = 0;
    int result;
    *count = 0;
    pattern_begin(finder, text, BOUND_PATTERN_TIME_MS);
    while ((result = pattern_next(finder, &match, err)) > 0) {
        if (*count == BOUND_PATTERN_PAGE_FINDS) {
            result = err_set(err, ERR_LIMIT, "only the first %u matches were looked for",
                             BOUND_PATTERN_PAGE_FINDS);
            break;
        }
        found = mem_grow(found, *count, &capacity, sizeof *found);
        found[(*count)++] = match;
    }
    *matches = arena_array(arena, *count, sizeof *found);
    if (*count)
        memcpy(*matches, found, *count * sizeof *found);
    mem_free(found);
    pattern_finder_free(finder);
    return result;
}
