/*
 * answer: the walk through an answer whose line breaks are escaped, shared by prose, math and code.
 */
#ifndef ARTICLE_ANSWER_H
#define ARTICLE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct decoder {
    const char *at, *end;        /* what is still to be decoded */
    char *out;                   /* never longer than the input: the whole is allocated at once */
    bool line_start;             /* `at` begins a line */
    const char *no_backticks[8]; /* no closing run of that many backticks before here */
};

static inline bool answer_pair(const char *at, const char *end)
{
    return end - at >= 2 && at[0] == '\\' && at[1] == 'n';
}

static inline size_t answer_run(const char *at, const char *end)
{
    const char *from = at;
    while (at < end && *at == *from)
        at++;
    return (size_t)(at - from);
}

static inline void answer_copy(struct decoder *d, size_t count)
{
    memcpy(d->out, d->at, count);
    d->out += count;
    d->at += count;
}

/* Puts a real line break in the place of `count` bytes. */
static inline void answer_break(struct decoder *d, size_t count)
{
    *d->out++ = '\n';
    d->at += count;
}

/* The offset behind spaces and tabs. */
static inline const char *answer_skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

/* True if the pair at `at` begins a TeX command, when it stands inside math. */
bool answer_is_command(const char *at, const char *end);

/* Decodes the formula whose opening delimiter stands at `at`; false, with nothing done, if there is none. */
bool answer_math(struct decoder *d);

/* Decodes the fenced code block that begins in the line at `at`; false, with nothing done, if there is none. */
bool answer_fence(struct decoder *d);

#endif
