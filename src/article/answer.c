/*
 * In an answer a line break is written as the two characters backslash and `n`. What such a pair means depends on
 * where it stands:
 *
 *   prose        A line break. Of several backslashes the last belongs to the break: `\\n` is a backslash and a break.
 *   math         A TeX command if the longest run of letters from the `n` on is the name of one (answer_math.c), else a
 *                break. `$..$`, `$$..$$`, `\(..\)` and `\[..\]` are math, amounts of money are not. Straight after an
 *                opening `$$` and after the row end `\\`, `\nu`, `\ne` and `\ni` are a break and a variable.
 *   fenced code  A break, except inside a string literal that is open on its line: there the two characters stay
 *                (answer_code.c).
 *   inline code  The two characters stay.
 *
 * Every other escape stays as it is, and so do real line breaks, which count as breaks everywhere.
 */
#include "answer.h"

#include "lectern/article.h"

/* A break that a blank line or a new block follows: no code span reaches across. */
static bool ends_paragraph(const char *after, const char *end)
{
    const char *at = answer_skip_blanks(after, end);
    if (at == end || *at == '\n' || answer_pair(at, end) || *at == '#' || *at == '>' || *at == '|')
        return true;
    bool blank_next = end - at >= 2 && at[1] == ' ';
    if ((*at == '-' || *at == '*' || *at == '+') && blank_next)
        return true;
    if (*at < '0' || *at > '9')
        return false;
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return end - at >= 2 && (at[0] == '.' || at[0] == ')') && at[1] == ' ';
}

/* Finds the run of exactly `count` backticks that closes a code span, or NULL; `*stop` is how far it looked. */
static const char *code_span_end(const char *at, const char *end, size_t count, const char **stop)
{
    while (at < end) {
        size_t step = 1;
        if (*at == '`') {
            step = answer_run(at, end);
            if (step == count)
                return at;
        } else if (*at == '\n' || answer_pair(at, end)) {
            step = *at == '\n' ? 1 : 2;
            if (ends_paragraph(at + step, end))
                break;
        }
        at += step;
    }
    *stop = at;
    return NULL;
}

static void backticks(struct decoder *d)
{
    size_t count = answer_run(d->at, d->end);
    size_t slot = count < 8 ? count : 0;
    const char *close = NULL;
    if (slot && d->at >= d->no_backticks[slot])
        close = code_span_end(d->at + count, d->end, count, &d->no_backticks[slot]);
    answer_copy(d, close ? (size_t)(close - d->at) + count : count);
}

static void backslashes(struct decoder *d)
{
    size_t count = answer_run(d->at, d->end);
    const char *next = d->at + count;
    if (next < d->end && *next == 'n') {
        answer_copy(d, count - 1);
        answer_break(d, 2);
        d->line_start = true;
        return;
    }
    bool escapes = count % 2 == 1 && next < d->end;
    if (escapes && (*next == '(' || *next == '[')) {
        answer_copy(d, count - 1);
        if (!answer_math(d))
            answer_copy(d, 2);
        return;
    }
    answer_copy(d, count + (escapes && (*next == '$' || *next == '`')));
}

static bool is_special(char c)
{
    return c == '\\' || c == '$' || c == '`' || c == '\n';
}

static void decode(struct decoder *d)
{
    while (d->at < d->end) {
        if (d->line_start && answer_fence(d))
            continue;
        d->line_start = false;
        const char *plain = d->at;
        while (plain < d->end && !is_special(*plain))
            plain++;
        answer_copy(d, (size_t)(plain - d->at));
        if (d->at == d->end)
            return;
        if (*d->at == '\\') {
            backslashes(d);
        } else if (*d->at == '`') {
            backticks(d);
        } else if (*d->at == '\n') {
            answer_copy(d, 1);
            d->line_start = true;
        } else if (!answer_math(d)) {
            answer_copy(d, answer_run(d->at, d->end));
        }
    }
}

struct str article_decode_answer(struct arena *arena, struct str answer)
{
    if (str_find(answer, STR("\\n")) == STR_NOT_FOUND)
        return answer;
    char *out = arena_bytes(arena, answer.len + 1);
    struct decoder d = {.at = answer.at, .end = answer.at + answer.len, .out = out, .line_start = true};
    decode(&d);
    *d.out = '\0';
    return (struct str){out, (size_t)(d.out - out)};
}
