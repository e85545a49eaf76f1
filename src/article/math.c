#include "lectern/math.h"

#include <stdint.h>
#include <string.h>

#include "lectern/mem.h"

#define LONGEST_GROUP 500 /* with dollars, in a formula between dollars */
#define RUNS          32 /* lengths of backtick runs whose missing closer is remembered; longer runs are text */

struct finder {
    struct str text;
    size_t at;
    size_t paragraph_end;      /* of the paragraph that `at` is in: a blank line, a fence or the end */
    size_t no_code[RUNS];      /* before this offset no run of that many backticks closes anything */
    size_t display_end;        /* the same for the text of the latest display formula */
    size_t no_round;           /* as no_code, for `\)` */
    size_t no_display[2];      /* `$$`, `\]` */
    size_t item_column;        /* column of the text of the list item that the line may belong to */
    bool after_blank, in_code; /* of the previous line */
    struct math_spans *spans;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t line_end(struct str text, size_t from)
{
    const char *hit = from < text.len ? memchr(text.at + from, '\n', text.len - from) : NULL;
    return hit ? (size_t)(hit - text.at) : text.len;
}

static size_t skip_spaces(struct str text, size_t from, size_t to)
{
    while (from < to && is_space(text.at[from]))
        from++;
    return from;
}

static size_t run_length(struct str text, size_t from, char byte)
{
    size_t end = from;
    while (end < text.len && text.at[end] == byte)
        end++;
    return end - from;
}

/* The length of the fence that the line at `from` begins with, after blanks and quote marks; 0 if there is none. */
static size_t fence_at(struct str text, size_t from, char *mark)
{
    while (from < text.len && (is_blank(text.at[from]) || text.at[from] == '>'))
        from++;
    if (from == text.len || (text.at[from] != '`' && text.at[from] != '~'))
        return 0;
    *mark = text.at[from];
    size_t length = run_length(text, from, *mark);
    size_t end = line_end(text, from);
    if (length < 3 || (*mark == '`' && memchr(text.at + from + length, '`', end - from - length)))
        return 0;
    return length;
}

/* Where the paragraph around `from` ends. A quote's empty line ends it too. */
static size_t find_paragraph_end(struct str text, size_t from)
{
    size_t end = line_end(text, from);
    while (end < text.len) {
        size_t next = end + 1, first = next;
        while (first < text.len &&
               (is_blank(text.at[first]) || text.at[first] == '>' || text.at[first] == '\r'))
            first++;
        char mark;
        if (first == text.len || text.at[first] == '\n' || fence_at(text, next, &mark))
            return end;
        end = line_end(text, first);
    }
    return end;
}

/* The same for offsets that never decrease, with the latest result kept. */
static size_t paragraph_end(const struct finder *f, size_t from, size_t *latest)
{
    if (from >= *latest)
        *latest = find_paragraph_end(f->text, from);
    return *latest;
}

static void add_span(struct finder *f, size_t end, size_t delimiter, bool display)
{
    struct math_spans *spans = f->spans;
    spans->at = mem_grow(spans->at, spans->count, &spans->capacity, sizeof *spans->at);
    spans->at[spans->count++] = (struct math_span){f->at, end, delimiter, display};
    f->at = end;
}

/* The offset of the two bytes `closer`, not behind an odd backslash, in [from, to); or `to`. */
static size_t find_closer(struct str text, size_t from, size_t to, const char *closer)
{
    for (size_t i = from; i + 1 < to; i++) {
        if (text.at[i] == closer[0] && text.at[i + 1] == closer[1])
            return i;
        if (text.at[i] == '\\')
            i++;
    }
    return to;
}

/* `\(..\)`, inside one paragraph. */
static void take_round(struct finder *f)
{
    if (f->at >= f->no_round) {
        size_t limit = paragraph_end(f, f->at, &f->paragraph_end);
        size_t close = find_closer(f->text, f->at + 2, limit, "\\)");
        if (close < limit) {
            add_span(f, close + 2, 2, false);
            return;
        }
        f->no_round = limit;
    }
    f->at += 2;
}

/* `$$..$$` or `\[..\]`. Blank lines are allowed just behind the opening and just before the closing delimiter. */
static void take_display(struct finder *f, const char *closer)
{
    size_t *none = &f->no_display[closer[0] == '\\'];
    if (f->at >= *none) {
        struct str text = f->text;
        size_t begin = skip_spaces(text, f->at + 2, text.len);
        size_t limit = paragraph_end(f, begin, &f->display_end);
        size_t close = find_closer(text, begin, limit, closer);
        if (close == limit) {
            close = skip_spaces(text, limit, text.len);
            if (close + 1 >= text.len || memcmp(text.at + close, closer, 2) != 0)
                close = SIZE_MAX;
        }
        if (close != SIZE_MAX && close > begin) {
            add_span(f, close + 2, 2, true);
            return;
        }
        *none = close == SIZE_MAX ? limit : 0;
    }
    f->at += 2;
}

/* Two words in plain letters and nothing that only TeX has: an amount of money and what is said about it. */
static bool is_prose(struct str s)
{
    size_t words = 0, letters = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (str_find_byte(STR("\\^_={}<>+"), c) != STR_NOT_FOUND)
            return false;
        letters = is_letter(c) ? letters + 1 : 0;
        words += letters == 3;
    }
    return words >= 2;
}

/* A word that a sentence may have between two amounts: one of more than three letters, or a common short one. */
static bool is_sentence_word(struct str word)
{
    static const char common[] =
        " and are as at but each for from in is not of off on one or per the to was with ";
    char padded[] = "     ";
    if (word.len > 3)
        return true;
    memcpy(padded + 1, word.at, word.len);
    return word.len > 1 && str_find(str_from(common), (struct str){padded, word.len + 2}) != STR_NOT_FOUND;
}

static bool has_one_of(struct str s, const char *characters)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] && strchr(characters, s.at[i]))
            return true;
    return false;
}

static bool has_sentence_word(struct str s)
{
    size_t begin = 0;
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && is_letter(s.at[i]))
            continue;
        if (i > begin && is_sentence_word(str_slice(s, begin, i)))
            return true;
        begin = i + 1;
    }
    return false;
}

/* `$ x + 1 $`: with blanks inside, which pandoc refuses, a formula must look like one: something that only TeX has, or
 * no words of a sentence. */
static bool is_padded_math(struct str s)
{
    return has_one_of(s, "\\^_=") || (str_trim(s).len && !has_sentence_word(s));
}

static bool is_inline_math(struct str text, size_t open, size_t close)
{
    struct str inside = {text.at + open + 1, close - open - 1};
    bool digit_behind = close + 1 < text.len && is_digit(text.at[close + 1]);
    if (inside.len == 0 || digit_behind)
        return false;
    bool space_first = is_space(inside.at[0]), space_last = is_space(inside.at[inside.len - 1]);
    if (space_first && !space_last)
        return has_one_of(inside, "\\^_=<>") && !has_sentence_word(inside); /* `$ -1 < x$` */
    if (space_last)
        return space_first && is_padded_math(inside);
    if (inside.at[0] && strchr(".,;:!?)", inside.at[0]) && !has_one_of(inside, "\\^_="))
        return false; /* `6$. 5$` */
    return !is_prose(inside);
}

/* The very next dollar closes, so that every byte is looked at twice at most; but of two in one group, as in
 * `\text{for $x$}`, neither does, if the group is short. */
static size_t closing_dollar(struct str text, size_t from, size_t limit)
{
    size_t depth = 0, next = limit, i = from;
    for (; i < limit && (next == limit || i - from < LONGEST_GROUP); i++) {
        char c = text.at[i];
        depth += c == '{';
        depth -= c == '}' && depth;
        if (c == '$' && depth == 0)
            return i;
        if (c == '$' && next == limit)
            next = i;
        i += c == '\\';
    }
    return next;
}

static void take_dollar(struct finder *f)
{
    size_t run = run_length(f->text, f->at, '$');
    if (run == 2) {
        take_display(f, "$$");
        return;
    }
    size_t limit = paragraph_end(f, f->at, &f->paragraph_end);
    size_t close = run == 1 ? closing_dollar(f->text, f->at + 1, limit) : limit;
    if (run == 1 && close < limit && is_inline_math(f->text, f->at, close))
        add_span(f, close + 1, 1, false);
    else
        f->at += run;
}

static void skip_code_span(struct finder *f)
{
    size_t length = run_length(f->text, f->at, '`');
    size_t begin = f->at + length;
    if (length < RUNS && f->at >= f->no_code[length]) {
        size_t limit = paragraph_end(f, f->at, &f->paragraph_end);
        for (size_t i = begin; i < limit;) {
            const char *hit = memchr(f->text.at + i, '`', limit - i);
            if (!hit)
                break;
            i = (size_t)(hit - f->text.at);
            size_t run = run_length(f->text, i, '`');
            i += run;
            if (run == length) {
                f->at = i;
                return;
            }
        }
        f->no_code[length] = limit;
    }
    f->at = begin;
}

/* The address of `](address)` or `]: address`, or from `://` on. */
static void skip_address(struct finder *f)
{
    while (f->at < f->text.len && !is_space(f->text.at[f->at]) && f->text.at[f->at] != ')')
        f->at++;
}

static void take_bracket(struct finder *f)
{
    struct str rest = str_slice(f->text, f->at + 1, f->text.len);
    bool link = rest.len > 1 && rest.at[0] == '(' && rest.at[1] != '$' && rest.at[1] != '\\';
    f->at++;
    if (link)
        skip_address(f);
    else if (str_starts(rest, STR(": "))) {
        f->at = skip_spaces(f->text, f->at + 1, line_end(f->text, f->at));
        if (f->at < f->text.len && f->text.at[f->at] != '$' && f->text.at[f->at] != '\\')
            skip_address(f);
    }
}

static void take_backslash(struct finder *f)
{
    char next = f->at + 1 < f->text.len ? f->text.at[f->at + 1] : '\0';
    if (next == '(')
        take_round(f);
    else if (next == '[')
        take_display(f, "\\]");
    else
        f->at += next == '\n' ? 1 : 2;
}

/* From `at` to the end of its line, or of the line where a formula or a code span ends. */
static void scan_inlines(struct finder *f)
{
    while (f->at < f->text.len) {
        switch (f->text.at[f->at]) {
        case '\n': f->at++; return;
        case '$': take_dollar(f); break;
        case '\\': take_backslash(f); break;
        case '`': skip_code_span(f); break;
        case ']': take_bracket(f); break;
        case ':':
            if (str_starts(str_slice(f->text, f->at, f->at + 3), STR("://")))
                skip_address(f);
            else
                f->at++;
            break;
        default: f->at++;
        }
    }
}

/* Skips a fenced block whose opening line `at` is on. One without an end goes to the end of the text. */
static void skip_fenced(struct finder *f, size_t length, char mark)
{
    f->at = line_end(f->text, f->at);
    while (f->at < f->text.len) {
        char closing;
        size_t begin = f->at + 1;
        size_t found = fence_at(f->text, begin, &closing);
        f->at = line_end(f->text, begin);
        if (found >= length && closing == mark)
            break;
    }
    f->at += f->at < f->text.len;
}

/* The column behind a list marker at the line's first text, or 0. */
static size_t item_column(struct str line, size_t indent, size_t first)
{
    size_t i = first;
    while (i < line.len && i < first + 9 && is_digit(line.at[i]))
        i++;
    bool number = i > first && i < line.len && (line.at[i] == '.' || line.at[i] == ')');
    bool bullet = i == first && i < line.len && str_find_byte(STR("-*+"), line.at[i]) != STR_NOT_FOUND;
    if (!(number || bullet) || (i + 1 < line.len && !is_blank(line.at[i + 1])))
        return 0;
    return indent + (i + 1 - first) + 1;
}

/* Whether the line is indented code. Keeps in mind the list item that it may belong to. */
static bool is_indented_code(struct finder *f, struct str line)
{
    size_t first = 0, indent = 0;
    for (; first < line.len && is_blank(line.at[first]); first++)
        indent += line.at[first] == '\t' ? 4 - indent % 4 : 1;
    if (first == line.len || line.at[first] == '\r') {
        f->after_blank = true;
        return false;
    }
    bool code = (f->after_blank || f->in_code) && indent >= f->item_column + 4;
    f->in_code = code;
    f->after_blank = false;
    if (code)
        return true;
    size_t column = item_column(line, indent, first);
    if (column || indent < 2)
        f->item_column = column;
    return false;
}

void math_find(struct str text, struct math_spans *spans)
{
    if (str_find_byte(text, '$') == STR_NOT_FOUND && str_find(text, STR("\\(")) == STR_NOT_FOUND &&
        str_find(text, STR("\\[")) == STR_NOT_FOUND)
        return;
    struct finder f = {.text = text, .after_blank = true, .spans = spans};
    while (f.at < text.len) {
        char mark;
        size_t end = line_end(text, f.at);
        size_t fence = fence_at(text, f.at, &mark);
        if (fence)
            skip_fenced(&f, fence, mark);
        else if (is_indented_code(&f, (struct str){text.at + f.at, end - f.at}))
            f.at = end + (end < text.len);
        else
            scan_inlines(&f);
    }
}
