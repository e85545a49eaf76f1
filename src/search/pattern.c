#include "lectern/pattern.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "lectern/text.h"

/* Memory that compiling one pattern may ask for. A build of PCRE2 with links of 2 bytes ends at 64 KiB by itself. */
#define COMPILE_BYTES ((size_t)16 << 20)

/* Bytes that may be looked at between two looks at the clock: below a millisecond. */
#define BYTES_PER_LOOK ((size_t)1 << 20)
#define STEPS_PER_LOOK 256u

/*
 * PCRE2's match limit counts anew at every start in the text, and one unit of it may scan the whole text, so it alone
 * bounds nothing. Automatic callouts, one before each item of the pattern, look at the clock.
 */
struct deadline {
    struct timespec end;
    size_t steps_per_look, steps;
};

struct pattern {
    pcre2_code *code;
    pcre2_match_context *context;
    pcre2_match_data *match;
    struct deadline deadline;
};

static void *budget_alloc(size_t size, void *left)
{
    size_t *budget = left;
    if (size > *budget)
        return NULL;
    *budget -= size;
    return mem_alloc(size);
}

static void budget_free(void *block, void *left)
{
    (void)left;
    mem_free(block);
}

static const struct reason {
    int code;
    enum err_kind kind;
    const char *message;
} reasons[] = {
    {PCRE2_ERROR_END_BACKSLASH, ERR_FORMAT, "the pattern ends in a lone \\"},
    {PCRE2_ERROR_END_BACKSLASH_C, ERR_FORMAT, "the pattern ends in a lone \\c"},
    {PCRE2_ERROR_UNKNOWN_ESCAPE, ERR_FORMAT, "this letter has no meaning after \\"},
    {PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER, ERR_FORMAT, "{m,n} wants the smaller number first"},
    {PCRE2_ERROR_QUANTIFIER_TOO_BIG, ERR_FORMAT, "a number in {m,n} is above 65535"},
    {PCRE2_ERROR_MISSING_SQUARE_BRACKET, ERR_FORMAT, "a [ is not closed by ]"},
    {PCRE2_ERROR_CLASS_RANGE_ORDER, ERR_FORMAT, "a range in [ ] runs backwards"},
    {PCRE2_ERROR_QUANTIFIER_INVALID, ERR_FORMAT, "there is nothing to repeat before this *, +, ? or {}"},
    {PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS, ERR_FORMAT, "a ( is not closed by )"},
    {PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS, ERR_FORMAT, "a ) has no ( before it"},
    {PCRE2_ERROR_MISSING_COMMENT_CLOSING, ERR_FORMAT, "the comment (?# is not closed by )"},
    {PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED, ERR_FORMAT,
     "\\C is not allowed: it would cut characters apart"},
    {PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, ERR_FORMAT, "what (?<= looks back at must have a fixed length"},
    {PCRE2_ERROR_BACKSLASH_K_IN_LOOKAROUND, ERR_FORMAT, "\\K is not allowed inside a lookaround"},
    {PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME, ERR_FORMAT, "two groups have the same name"},
    {PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP, ERR_TOO_BIG, "parentheses are nested too deeply"},
    {PCRE2_ERROR_PATTERN_TOO_LARGE, ERR_TOO_BIG, "the repeats of this pattern multiply to too large a size"},
    {PCRE2_ERROR_PATTERN_STRING_TOO_LONG, ERR_TOO_BIG, "the pattern is too long"},
    {PCRE2_ERROR_HEAP_FAILED, ERR_TOO_BIG, "the pattern needs too much memory"},
};

static size_t column_of(struct str source, size_t offset)
{
    size_t column = 1;
    for (size_t i = 0; i < offset && i < source.len; i++)
        column += ((unsigned char)source.at[i] & 0xc0) != 0x80;
    return column;
}

static void explain(int code, struct str source, size_t offset, struct err *err)
{
    size_t column = column_of(source, offset);
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].code == code) {
            err_set_at(err, reasons[i].kind, 1, column, "%s", reasons[i].message);
            return;
        }
    if (code < 0) { /* the UTF-8 checks count downwards from -1 */
        err_set_at(err, ERR_FORMAT, 1, column, "the pattern is not valid UTF-8");
        return;
    }
    char message[ERR_MESSAGE_SIZE];
    bool known = pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message) > 0;
    err_set_at(err, ERR_FORMAT, 1, column, "%s", known ? message : "the pattern cannot be understood");
}

static pcre2_code *compile_with(struct str source, uint32_t options, int *code, size_t *offset)
{
    size_t budget = COMPILE_BYTES;
    pcre2_general_context *general = pcre2_general_context_create(budget_alloc, budget_free, &budget);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    pcre2_code *compiled = NULL;
    *code = PCRE2_ERROR_HEAP_FAILED;
    *offset = 0;
    if (context) {
        pcre2_set_max_pattern_length(context, BOUND_PATTERN_BYTES);
        pcre2_set_parens_nest_limit(context, BOUND_NESTING);
        pcre2_set_newline(context, PCRE2_NEWLINE_LF);
        compiled = pcre2_compile((PCRE2_SPTR)(source.len ? source.at : ""), source.len,
                                 options | PCRE2_UTF | PCRE2_UCP, code, offset, context);
    }
    pcre2_compile_context_free(context);
    pcre2_general_context_free(general);
    return compiled;
}

/*
 * Does the source name a capital letter to be found, that is, outside of escapes (\W, \p{Lu}, \x4A), names of classes
 * and groups, verbs, options, conditions and comments? All those are matched first and skipped.
 */
static bool has_capital(struct str source)
{
    static const char syntax[] =
        "(?:\\\\(?:[pPxoNgk]\\{[^}]*\\}|[gk](?:<[^>]*>|'[^']*')|x[0-9a-fA-F]{0,2}|[pPc].|.)"
        "|\\[:\\^?\\w+:\\]"
        "|\\(\\*[^)]*\\)?"
        "|\\(\\?#[^)]*"
        "|\\(\\?\\((?![?*])[^)]*"
        "|\\(\\?<?[=!]"
        "|\\(\\?(?:P?<|')\\w*"
        "|\\(\\?[^):<>'=!|(#]*)(*SKIP)(*FAIL)"
        "|\\p{Lu}";
    int code;
    size_t offset;
    pcre2_code *finder = compile_with((struct str){syntax, sizeof syntax - 1}, PCRE2_DOTALL, &code, &offset);
    pcre2_match_data *match = finder ? pcre2_match_data_create(1, NULL) : NULL;
    bool found = match && pcre2_match(finder, (PCRE2_SPTR)source.at, source.len, 0, 0, match, NULL) >= 0;
    pcre2_match_data_free(match);
    pcre2_code_free(finder);
    return found;
}

static bool has_passed(struct timespec end)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > end.tv_sec || (now.tv_sec == end.tv_sec && now.tv_nsec >= end.tv_nsec);
}

static int look_at_clock(pcre2_callout_block *block, void *data)
{
    (void)block;
    struct deadline *deadline = data;
    if (++deadline->steps < deadline->steps_per_look)
        return 0;
    deadline->steps = 0;
    return has_passed(deadline->end) ? PCRE2_ERROR_CALLOUT : 0;
}

static void deadline_start(struct deadline *deadline, size_t text_bytes)
{
    clock_gettime(CLOCK_MONOTONIC, &deadline->end);
    deadline->end.tv_sec += BOUND_PATTERN_TIME_MS / 1000;
    deadline->end.tv_nsec += BOUND_PATTERN_TIME_MS % 1000 * 1000000L;
    if (deadline->end.tv_nsec >= 1000000000L) {
        deadline->end.tv_nsec -= 1000000000L;
        deadline->end.tv_sec++;
    }
    size_t steps = BYTES_PER_LOOK / (text_bytes + 1) + 1;
    deadline->steps_per_look = steps < STEPS_PER_LOOK ? steps : STEPS_PER_LOOK;
    deadline->steps = 0;
}

struct pattern *pattern_compile(struct str source, struct err *err)
{
    uint32_t options = PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
    int code;
    size_t offset;
    if (source.len && source.len <= BOUND_PATTERN_BYTES && !has_capital(source))
        options |= PCRE2_CASELESS;
    pcre2_code *compiled = compile_with(source, options, &code, &offset);
    if (!compiled) {
        explain(code, source, offset, err);
        return NULL;
    }
    struct pattern *pattern = mem_calloc(1, sizeof *pattern);
    pattern->code = compiled;
    pattern->context = pcre2_match_context_create(NULL);
    pattern->match = pcre2_match_data_create(1, NULL);
    if (!pattern->context || !pattern->match)
        mem_exhausted();
    pcre2_set_match_limit(pattern->context, BOUND_PATTERN_MATCHES);
    pcre2_set_depth_limit(pattern->context, BOUND_PATTERN_DEPTH);
    pcre2_set_heap_limit(pattern->context, BOUND_PATTERN_HEAP_KIB);
    pcre2_set_callout(pattern->context, look_at_clock, &pattern->deadline);
    return pattern;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_match_data_free(pattern->match);
    pcre2_match_context_free(pattern->context);
    pcre2_code_free(pattern->code);
    mem_free(pattern);
}

/* PCRE2 wants valid UTF-8. Each invalid byte becomes one of SUB, so that offsets stay those of the text. */
static struct str make_valid(struct str text, struct arena *arena)
{
    size_t bad = text_invalid_at(text);
    if (bad == STR_NOT_FOUND)
        return text;
    char *copy = arena_bytes(arena, text.len);
    memcpy(copy, text.at, text.len);
    for (size_t at = 0; bad != STR_NOT_FOUND; bad = text_invalid_at(str_slice(text, at, text.len))) {
        copy[at + bad] = 0x1a;
        at += bad + 1;
    }
    return (struct str){copy, text.len};
}

static int explain_limit(int code, struct err *err)
{
    switch (code) {
    case PCRE2_ERROR_CALLOUT:
        return err_set(err, ERR_LIMIT, "the pattern takes too long; the search was stopped after %d ms",
                       BOUND_PATTERN_TIME_MS);
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

static size_t next_character(struct str text, size_t at)
{
    do
        at++;
    while (at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80);
    return at;
}

int pattern_find_all(struct pattern *pattern, struct str text, struct arena *arena,
                     struct pattern_match **matches, size_t *count, struct err *err)
{
    struct pattern_match *found = NULL;
    size_t found_count = 0, capacity = 0, from = 0, last_end = 0;
    int code = 0;
    struct str subject = make_valid(text, arena);
    const size_t *span = pcre2_get_ovector_pointer(pattern->match);
    deadline_start(&pattern->deadline, text.len);
    bool full = false;
    while (from < subject.len && !full) {
        code = pcre2_match(pattern->code, (PCRE2_SPTR)subject.at, subject.len, from,
                           PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, pattern->match, pattern->context);
        if (code < 0)
            break;
        /* \K can move the start anywhere, even behind the end: such a match is no place to show. */
        bool usable = span[0] < span[1] && span[0] >= last_end;
        full = usable && found_count == BOUND_PATTERN_PAGE_FINDS;
        if (usable && !full) {
            found = mem_grow(found, found_count, &capacity, sizeof *found);
            found[found_count++] = (struct pattern_match){span[0], span[1]};
            last_end = span[1];
        }
        from = span[1] > from ? span[1] : next_character(subject, from);
    }
    *matches = arena_array(arena, found_count, sizeof *found);
    if (found_count)
        memcpy(*matches, found, found_count * sizeof *found);
    *count = found_count;
    mem_free(found);
    if (code < 0 && code != PCRE2_ERROR_NOMATCH)
        return explain_limit(code, err);
    if (full)
        return err_set(err, ERR_LIMIT, "only the first %u matches were looked for", BOUND_PATTERN_PAGE_FINDS);
    return 0;
}
