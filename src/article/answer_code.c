/*
 * Fenced code in an answer. A pair is a line break of the code, except inside a string literal that is open on its line.
 * A literal is one that also closes before the block does; an apostrophe in a comment or behind a letter opens none.
 */
#include "answer.h"

#include "lectern/str.h"

struct language {
    const char *names;   /* each between spaces */
    const char *comment; /* what begins a comment to the end of the line */
    bool single_quotes;  /* enclose strings or characters */
};

static const struct language languages[] = {
    {" c cpp c++ cc h hpp java javascript js jsx typescript ts tsx go csharp cs c# kotlin swift scala php "
     "dart ",
     "//", true},
    {" rust rs ", "//", false},
    {" python py python3 bash sh shell zsh console ruby rb r perl pl yaml yml toml powershell julia elixir "
     "make "
     "makefile cmake dockerfile ",
     "#", true},
    {" sql mysql plsql lua vhdl ada ", "--", true},
    {" haskell hs ", "--", false},
    {" prolog erlang ", "%", true},
    {" matlab octave tex latex ", "%", true},
    {" scheme lisp clojure racket elisp asm assembly nasm ", ";", false},
};
static const struct language unknown_language = {"", "#", true};

struct fence {
    char mark; /* backtick or tilde */
    size_t length;
    const struct language *language;
    const char *no_literal[2]; /* no quote that closes before here: double, single */
};

/* The pair or the real break at `at`: its length, or 0. */
static size_t break_at(const char *at, const char *end)
{
    return *at == '\n' ? 1 : answer_pair(at, end) ? 2 : 0;
}

static const char *line_end(const char *at, const char *end)
{
    while (at < end && !break_at(at, end))
        at++;
    return at;
}

/* Skips what may stand before a fence: indentation, quote and list markers. */
static const char *skip_containers(const char *at, const char *end)
{
    for (;;) {
        at = answer_skip_blanks(at, end);
        if (at < end && *at == '>') {
            at++;
            continue;
        }
        const char *marker = at;
        while (marker < end && *marker >= '0' && *marker <= '9')
            marker++;
        bool numbered = marker > at && marker < end && (*marker == '.' || *marker == ')');
        bool bullet = marker == at && marker < end && (*marker == '-' || *marker == '*' || *marker == '+');
        if (!(numbered || bullet) || end - marker < 2 || marker[1] != ' ')
            return at;
        at = marker + 2;
    }
}

static const struct language *language_of(struct str info)
{
    char key[32];
    struct str name, rest;
    str_cut(str_trim(info), ' ', &name, &rest);
    if (name.len == 0 || name.len > sizeof key - 2)
        return &unknown_language;
    key[0] = ' ';
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        key[i + 1] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    key[name.len + 1] = ' ';
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (str_find(str_from(languages[i].names), (struct str){key, name.len + 2}) != STR_NOT_FOUND)
            return &languages[i];
    return &unknown_language;
}

/* The end of the closing fence that begins at the line start `at`, or NULL. */
static const char *closing_fence(const char *at, const char *end, const struct fence *fence)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '>'))
        at++;
    if (at == end || *at != fence->mark)
        return NULL;
    size_t length = answer_run(at, end);
    const char *behind = answer_skip_blanks(at + length, end);
    bool alone = behind == end || break_at(behind, end);
    return length >= fence->length && alone ? behind : NULL;
}

/* Behind the literal whose quote stands at `at`, or NULL if it does not close; `*stop` is how far it looked. */
static const char *literal_end(const char *at, const char *end, const struct fence *fence, const char **stop)
{
    char quote = *at++;
    while (at < end && *at != '\n') {
        if (*at == quote)
            return at + 1;
        if (answer_pair(at, end) && closing_fence(at + 2, end, fence))
            break;
        at += *at == '\\' && end - at >= 2 && at[1] != '\n' ? 2 : 1;
    }
    *stop = at;
    return NULL;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A prefix of a string, as in `rb"..."` or `u8'...'`, that `at` stands behind. */
static bool is_behind_prefix(const char *at, const char *line)
{
    size_t length = 0;
    while (at - line > (ptrdiff_t)length && length < 4 && is_word(at[-1 - (ptrdiff_t)length]))
        length++;
    if (length == 0 || length > 3)
        return false;
    for (size_t i = 1; i <= length; i++)
        if (!strchr("rRbBfFuUL8", at[-(ptrdiff_t)i]))
            return false;
    return true;
}

/* Whether the quote at `at` begins a literal: an apostrophe behind a word or a bracket does not. */
static bool opens_literal(const char *at, const char *line, const struct fence *fence)
{
    if (*at == '"')
        return true;
    if (!fence->language->single_quotes)
        return false;
    if (at == line)
        return true;
    return !(is_word(at[-1]) || strchr(")]}'\"", at[-1])) || is_behind_prefix(at, line);
}

static bool begins_comment(const char *at, const char *end, const char *line, const struct fence *fence)
{
    struct str rest = {at, (size_t)(end - at)};
    bool free_standing = at == line || at[-1] == ' ' || at[-1] == '\t';
    if (str_starts(rest, str_from(fence->language->comment)))
        return free_standing || fence->language->comment[0] == '%';
    return fence->language == &unknown_language && free_standing && str_starts(rest, STR("//"));
}

static void code_quote(struct decoder *d, const char *line, struct fence *fence)
{
    const char **none = &fence->no_literal[*d->at == '\''];
    const char *close = NULL;
    if (d->at >= *none && opens_literal(d->at, line, fence))
        close = literal_end(d->at, d->end, fence, none);
    answer_copy(d, close ? (size_t)(close - d->at) : 1);
}

static void code_backslashes(struct decoder *d)
{
    size_t count = answer_run(d->at, d->end);
    const char *next = d->at + count;
    if (next < d->end && *next == 'n') {
        answer_copy(d, count - 1);
        return;
    }
    bool quote = count % 2 == 1 && next < d->end && (*next == '"' || *next == '\'');
    answer_copy(d, count + quote);
}

/* Three quotes: the text between such goes over lines, whose breaks are real ones. */
static size_t triple_quote(const char *at, const char *end)
{
    size_t length = *at == '"' || *at == '\'' ? answer_run(at, end) : 0;
    return length >= 3 ? 3 : 0;
}

/* Decodes one line of code without its break. `*triple` is the quote of an open triple-quoted text, or 0. */
static void code_line(struct decoder *d, struct fence *fence, char *triple)
{
    const char *line = d->at;
    while (d->at < d->end && !break_at(d->at, d->end)) {
        size_t quotes = triple_quote(d->at, d->end);
        if (quotes && (!*triple || *triple == *d->at)) {
            *triple = *triple ? 0 : *d->at;
            answer_copy(d, quotes);
        } else if (*d->at == '\\') {
            code_backslashes(d);
        } else if (!*triple && (*d->at == '"' || *d->at == '\'')) {
            code_quote(d, line, fence);
        } else if (!*triple && begins_comment(d->at, d->end, line, fence)) {
            answer_copy(d, (size_t)(line_end(d->at, d->end) - d->at));
        } else {
            answer_copy(d, 1);
        }
    }
}

static void code_block(struct decoder *d, struct fence *fence)
{
    char triple = 0;
    while (d->at < d->end) {
        answer_break(d, break_at(d->at, d->end));
        const char *close = closing_fence(d->at, d->end, fence);
        if (close) {
            answer_copy(d, (size_t)(close - d->at));
            return;
        }
        code_line(d, fence, &triple);
    }
}

bool answer_fence(struct decoder *d)
{
    const char *open = skip_containers(d->at, d->end);
    if (open == d->end || (*open != '`' && *open != '~'))
        return false;
    struct fence fence = {.mark = *open, .length = answer_run(open, d->end), .no_literal = {open, open}};
    if (fence.length < 3)
        return false;
    const char *info = open + fence.length;
    const char *info_end = line_end(info, d->end);
    struct str words = {info, (size_t)(info_end - info)};
    if (fence.mark == '`' && str_find_byte(words, '`') != STR_NOT_FOUND)
        return false;
    fence.language = language_of(words);
    answer_copy(d, (size_t)(info_end - d->at));
    d->line_start = false;
    code_block(d, &fence);
    return true;
}
