/* From the source of a pattern to its code. */
#include "lectern/pattern.h"

#include <stdint.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "lectern/bounds.h"
#include "lectern/mem.h"
#include "lectern/text.h"
#include "pattern_code.h"
#include "pattern_syntax.h"

/* Memory that compiling one pattern may ask for. A build of PCRE2 with links of 2 bytes ends at 64 KiB by itself. */
#define COMPILE_BYTES ((size_t)16 << 20)

/* Code above this size is not compiled just in time: that takes up to 6 ms for this size, but 0.15 s for ten times as much. */
#define JIT_BYTES 4096u

#define UNICODE (PCRE2_UTF | PCRE2_UCP)

static void *budget_alloc(size_t size, void *data)
{
    struct pattern_memory *memory = data;
    if (size > memory->left)
        return NULL;
    memory->left -= size;
    return memory->arena ? arena_alloc(memory->arena, size) : mem_alloc(size);
}

static void budget_free(void *block, void *data)
{
    const struct pattern_memory *memory = data;
    if (!memory->arena)
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

/* The memory must outlive the code. */
static pcre2_code *compile_with(struct str source, uint32_t options, struct pattern_memory *memory, int *code,
                                size_t *offset)
{
    pcre2_general_context *general = pcre2_general_context_create(budget_alloc, budget_free, memory);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    pcre2_code *compiled = NULL;
    *code = PCRE2_ERROR_HEAP_FAILED;
    *offset = 0;
    if (context) {
        pcre2_set_max_pattern_length(context, BOUND_PATTERN_BYTES);
        pcre2_set_parens_nest_limit(context, BOUND_NESTING);
        pcre2_set_newline(context, PCRE2_NEWLINE_LF);
        compiled = pcre2_compile((PCRE2_SPTR)(source.len ? source.at : ""), source.len, options, code, offset,
                                 context);
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
    struct pattern_memory memory = {.left = COMPILE_BYTES};
    int code;
    size_t offset;
    pcre2_code *finder = compile_with((struct str){syntax, sizeof syntax - 1}, PCRE2_DOTALL | UNICODE,
                                      &memory, &code, &offset);
    pcre2_match_data *match = finder ? pcre2_match_data_create(1, NULL) : NULL;
    bool found = match && pcre2_match(finder, (PCRE2_SPTR)source.at, source.len, 0, 0, match, NULL) >= 0;
    pcre2_match_data_free(match);
    pcre2_code_free(finder);
    return found;
}

/* Makes just-in-time code, which shares the budget. False if that is not to be had here, or would take long. */
static bool compile_jit(pcre2_code *code)
{
    size_t size = 0;
    return code && pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size) == 0 && size <= JIT_BYTES &&
           pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
}

/* Code to be used without callouts, or NULL. Its matches can be told to begin in a part of the text. */
static pcre2_code *compile_fast(struct pattern *pattern, struct str source, uint32_t options)
{
    int code;
    size_t offset;
    pcre2_code *fast =
        compile_with(source, options | PCRE2_USE_OFFSET_LIMIT, &pattern->memory, &code, &offset);
    if (compile_jit(fast))
        return fast;
    pcre2_code_free(fast);
    return NULL;
}

/* In a text of ASCII a pattern of ASCII means the same without Unicode; where it cannot be had without, it is refused. Only
 * that [:lower:] and [:upper:] are both cases then, if case does not count. */
static bool is_same_in_ascii(struct str source)
{
    return text_ascii(source) == source.len && str_find(source, STR("lower:]")) == STR_NOT_FOUND &&
           str_find(source, STR("upper:]")) == STR_NOT_FOUND;
}

static void compile_fast_ways(struct pattern *pattern, struct str source, uint32_t options)
{
    if (!pattern_is_plain(source))
        return;
    pattern->any = compile_fast(pattern, source, options | UNICODE);
    if (pattern->any && is_same_in_ascii(source))
        pattern->ascii = compile_fast(pattern, source, options | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP);
}

/* Options for a source. -1 with the error if it would take long to compile. */
static int choose_options(struct str source, enum pattern_case letters, uint32_t *options, struct err *err)
{
    *options = PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C;
    if (source.len == 0 || source.len > BOUND_PATTERN_BYTES)
        return 0;
    if (pattern_range_span(source) > BOUND_PATTERN_RANGES)
        return err_set(err, ERR_TOO_BIG, "the ranges in [ ] span too many characters");
    if (letters == PATTERN_IGNORE_CASE || !has_capital(source))
        *options |= PCRE2_CASELESS;
    return 0;
}

static int compile_careful(struct pattern *pattern, struct str source, uint32_t options, struct err *err)
{
    int code;
    size_t offset;
    pattern->careful =
        compile_with(source, options | UNICODE | PCRE2_AUTO_CALLOUT, &pattern->memory, &code, &offset);
    if (pattern->careful)
        return 0;
    explain(code, source, offset, err);
    return -1;
}

struct pattern *pattern_compile(struct str source, enum pattern_case letters, struct err *err)
{
    uint32_t options;
    if (choose_options(source, letters, &options, err) < 0)
        return NULL;
    struct pattern *pattern = mem_calloc(1, sizeof *pattern);
    pattern->memory.left = COMPILE_BYTES;
    if (compile_careful(pattern, source, options, err) < 0) {
        mem_free(pattern);
        return NULL;
    }
    compile_jit(pattern->careful);
    compile_fast_ways(pattern, source, options);
    return pattern;
}

const struct pattern *pattern_compile_in(struct arena *arena, struct str source, enum pattern_case letters,
                                         struct err *err)
{
    uint32_t options;
    if (choose_options(source, letters, &options, err) < 0)
        return NULL;
    struct pattern *pattern = arena_alloc(arena, sizeof *pattern);
    pattern->memory = (struct pattern_memory){arena, COMPILE_BYTES};
    return compile_careful(pattern, source, options, err) < 0 ? NULL : pattern;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->ascii);
    pcre2_code_free(pattern->any);
    pcre2_code_free(pattern->careful);
    mem_free(pattern);
}
