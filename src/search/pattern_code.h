/*
 * pattern_code: a pattern as PCRE2 has compiled it, in up to three ways.
 *
 * Two are for just-in-time code, which knows a limit of attempts from one place but no clock and no limit of depth: one
 * for texts of ASCII only, where words and letter cases are cheap, and one for the others. The third has a callout before
 * each of its items, in which the clock is looked at; it can always be used.
 */
#ifndef LECTERN_SEARCH_PATTERN_CODE_H
#define LECTERN_SEARCH_PATTERN_CODE_H

#include "lectern/pattern.h"

struct pcre2_real_code_8;

struct pattern_memory {
    struct arena *arena; /* or NULL: the heap */
    size_t left;         /* bytes that may still be asked for */
};

struct pattern {
    struct pattern_memory memory;
    struct pcre2_real_code_8 *ascii;   /* NULL: `any` does for such texts, too */
    struct pcre2_real_code_8 *any;     /* NULL: the pattern may only be used with care */
    struct pcre2_real_code_8 *careful; /* never NULL */
};

#endif
