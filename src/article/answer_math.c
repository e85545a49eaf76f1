/* Formulas in an answer: where they end, and which pairs in them are TeX commands. */
#include "answer.h"

#include "lectern/str.h"

/* The commands of TeX, LaTeX and amsmath that begin with `n`. */
static const char *const commands[] = {
    "nLeftarrow",
    "nLeftrightarrow",
    "nRightarrow",
    "nVDash",
    "nVdash",
    "nabla",
    "narrower",
    "natural",
    "ncong",
    "ndash",
    "ne",
    "nearrow",
    "neg",
    "negmedspace",
    "negthickspace",
    "negthinspace",
    "neq",
    "newcommand",
    "newenvironment",
    "newline",
    "newpage",
    "nexists",
    "ngeq",
    "ngeqq",
    "ngeqslant",
    "ngtr",
    "ni",
    "nleftarrow",
    "nleftrightarrow",
    "nleq",
    "nleqq",
    "nleqslant",
    "nless",
    "nmid",
    "nobreak",
    "nobreakspace",
    "nolimits",
    "nonumber",
    "normalfont",
    "normalsize",
    "not",
    "notag",
    "notin",
    "nparallel",
    "nprec",
    "npreceq",
    "nrightarrow",
    "nshortmid",
    "nshortparallel",
    "nsim",
    "nsubset",
    "nsubseteq",
    "nsubseteqq",
    "nsucc",
    "nsucceq",
    "nsupset",
    "nsupseteq",
    "nsupseteqq",
    "ntriangleleft",
    "ntrianglelefteq",
    "ntriangleright",
    "ntrianglerighteq",
    "nu",
    "null",
    "nvDash",
    "nvdash",
    "nwarrow",
};

#define LONGEST_COMMAND 16

enum math_kind { MATH_DOLLAR, MATH_DOLLARS, MATH_PARENTHESIS, MATH_BRACKET };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The run of letters from the `n` of a pair on, as far as a command could reach. */
static struct str word_at(const char *at, const char *end)
{
    size_t length = 1;
    while (at + 1 + length < end && length <= LONGEST_COMMAND && is_letter(at[1 + length]))
        length++;
    return (struct str){at + 1, length};
}

bool answer_is_command(const char *at, const char *end)
{
    struct str word = word_at(at, end);
    if (word.len < 2)
        return false;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (commands[i][1] == word.at[1] && str_eq(str_from(commands[i]), word))
            return true;
    return false;
}

/* `\nu`, `\ne` and `\ni` where a line is due to begin are read as a break and a variable. */
static bool is_variable_in_new_line(const char *at, const char *end)
{
    struct str word = word_at(at, end);
    return word.len == 2 && (word.at[1] == 'u' || word.at[1] == 'e' || word.at[1] == 'i');
}

/* The length of the line break at `at`, or 0. */
static size_t break_at(const char *at, const char *end)
{
    if (*at == '\n')
        return 1;
    return answer_pair(at, end) && !answer_is_command(at, end) ? 2 : 0;
}

static bool is_delimiter(const char *at, const char *end, enum math_kind kind)
{
    size_t left = (size_t)(end - at);
    switch (kind) {
    case MATH_DOLLAR: return left >= 1 && at[0] == '$';
    case MATH_DOLLARS: return left >= 2 && at[0] == '$' && at[1] == '$';
    case MATH_PARENTHESIS: return left >= 2 && at[0] == '\\' && at[1] == ')';
    case MATH_BRACKET: return left >= 2 && at[0] == '\\' && at[1] == ']';
    }
    return false;
}

/* A blank line ends a paragraph, and a formula with it; but one may stand before the closing delimiter. */
static const char *end_at_blank_line(const char *at, const char *end, enum math_kind kind)
{
    while (at < end) {
        at = answer_skip_blanks(at, end);
        size_t length = at < end ? break_at(at, end) : 0;
        if (!length)
            break;
        at += length;
    }
    return kind != MATH_DOLLAR && is_delimiter(at, end, kind) ? at : NULL;
}

/* The closing delimiter of a formula whose content begins at `at`, or NULL. */
static const char *math_end(const char *at, const char *end, enum math_kind kind)
{
    const char *from = at;
    while (at < end) {
        if (is_delimiter(at, end, kind))
            return at;
        size_t length = break_at(at, end);
        if (length) {
            const char *next = answer_skip_blanks(at + length, end);
            bool blank = next < end && break_at(next, end) && at > from;
            if (blank)
                return end_at_blank_line(next, end, kind);
            at += length;
        } else if (*at == '\\' && at + 1 < end) {
            bool nested =
                (kind == MATH_PARENTHESIS && at[1] == '(') || (kind == MATH_BRACKET && at[1] == '[');
            if (nested)
                return NULL;
            at += 2;
        } else {
            at++;
        }
    }
    return NULL;
}

static bool is_space_at(const char *at, const char *end)
{
    return *at == ' ' || *at == '\t' || break_at(at, end) > 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "10,000 in revenue and": a number, then a word. */
static bool is_money(const char *at, const char *end)
{
    if (!is_digit(*at))
        return false;
    while (at < end && (is_digit(*at) || *at == ',' || *at == '.'))
        at++;
    const char *word = answer_skip_blanks(at, end);
    return word > at && end - word >= 2 && is_letter(word[0]) && is_letter(word[1]);
}

/* Whether what stands between two single dollars is a formula. `$ x $` is one as well as `$x$`. */
static bool is_inline_math(const char *at, const char *close, const char *end)
{
    if (at == close || (close + 1 < end && is_digit(close[1])) || is_money(at, close))
        return false;
    bool space_behind = close[-1] == ' ' || close[-1] == '\t' || close[-1] == '\n';
    return is_space_at(at, close) || !space_behind;
}

static void math_backslashes(struct decoder *d, const char *close, const char *line_due)
{
    size_t count = answer_run(d->at, close);
    const char *pair = d->at + count - 1;
    if (!answer_pair(pair, close)) {
        answer_copy(d, count);
        return;
    }
    bool line_may_begin = pair == line_due || count >= 3;
    bool command =
        answer_is_command(pair, close) && !(line_may_begin && is_variable_in_new_line(pair, close));
    answer_copy(d, count - 1);
    if (command)
        answer_copy(d, 2);
    else
        answer_break(d, 2);
}

/* Decodes up to `close`; at `line_due` a display has just been opened. */
static void math_content(struct decoder *d, const char *close, const char *line_due)
{
    while (d->at < close) {
        if (*d->at == '\\') {
            math_backslashes(d, close, line_due);
            continue;
        }
        const char *next = memchr(d->at, '\\', (size_t)(close - d->at));
        answer_copy(d, (size_t)((next ? next : close) - d->at));
    }
}

bool answer_math(struct decoder *d)
{
    enum math_kind kind = MATH_DOLLAR;
    size_t length = *d->at == '$' ? answer_run(d->at, d->end) : 2;
    if (length > 2)
        return false;
    if (*d->at == '\\')
        kind = d->at[1] == '(' ? MATH_PARENTHESIS : MATH_BRACKET;
    else if (length == 2)
        kind = MATH_DOLLARS;
    const char *content = d->at + length;
    const char *close = math_end(content, d->end, kind);
    if (!close || (kind == MATH_DOLLAR && !is_inline_math(content, close, d->end)))
        return false;
    answer_copy(d, length);
    math_content(d, close, kind == MATH_DOLLARS ? content : NULL);
    answer_copy(d, length);
    return true;
}
