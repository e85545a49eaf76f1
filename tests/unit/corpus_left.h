/*
 * corpus_left: markup that a reader sees on a page, counted by kind and reason.
 */
#ifndef LECTERN_TESTS_CORPUS_LEFT_H
#define LECTERN_TESTS_CORPUS_LEFT_H

#include <stdlib.h>

#include "lectern/layout.h"

enum left_kind {
    LEFT_BREAK,
    LEFT_STRONG,
    LEFT_UNDERSCORES,
    LEFT_HEADING,
    LEFT_TABLE,
    LEFT_ENTITY,
    LEFT_COMMAND,
    LEFT_DELIMITER,
    LEFT_DOLLAR,
    LEFT_KINDS
};

enum left_reason {
    LEFT_UNKNOWN_COMMAND,
    LEFT_NOT_CLOSED,
    LEFT_BLANK,
    LEFT_NAME,
    LEFT_MONEY,
    LEFT_LONE_DOLLAR,
    LEFT_UNEXPLAINED,
    LEFT_REASONS
};

struct left {
    size_t articles[LEFT_KINDS][LEFT_REASONS];
    bool now[LEFT_KINDS][LEFT_REASONS]; /* in the current article */
    struct str path;
};

static const char *const left_marks[LEFT_KINDS] = {
    [LEFT_BREAK] = " \\n",    [LEFT_STRONG] = "**",      [LEFT_UNDERSCORES] = "__",
    [LEFT_HEADING] = "###",   [LEFT_TABLE] = "|--",      [LEFT_ENTITY] = "&nbsp;",
    [LEFT_COMMAND] = "\\tex", [LEFT_DELIMITER] = "\\( ", [LEFT_DOLLAR] = "$",
};

static const char *const left_reasons[LEFT_REASONS] = {
    [LEFT_UNKNOWN_COMMAND] = "a command that is not known",
    [LEFT_NOT_CLOSED] = "the author has not closed it",
    [LEFT_BLANK] = "a blank to be filled in",
    [LEFT_NAME] = "a name or a path",
    [LEFT_MONEY] = "an amount of money",
    [LEFT_LONE_DOLLAR] = "a dollar sign by itself",
    [LEFT_UNEXPLAINED] = "no reason known",
};

static inline bool left_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The offset of a command of TeX: a backslash and letters. */
static inline size_t left_command(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.at[i] == '\\' && left_is_letter(text.at[i + 1]))
            return i;
    return STR_NOT_FOUND;
}

static inline size_t left_count(struct str text, struct str mark)
{
    size_t count = 0;
    for (size_t at; (at = str_find(text, mark)) != STR_NOT_FOUND; count++)
        text = str_slice(text, at + mark.len, text.len);
    return count;
}

/* A dollar sign before or behind a number, or with one in the source: "$4.75", "Can$ 900". */
static inline bool left_is_money(struct str text, size_t dollar)
{
    size_t next = dollar + 1;
    while (next < text.len && text.at[next] == ' ')
        next++;
    bool before = dollar > 0 && text.at[dollar - 1] >= '0' && text.at[dollar - 1] <= '9';
    return before || (next < text.len && text.at[next] >= '0' && text.at[next] <= '9');
}

/* Why a mark stands at `at` of what is shown. */
static inline enum left_reason left_why(enum left_kind kind, struct str text, size_t at, struct str source)
{
    struct str behind = str_slice(text, at, text.len);
    switch (kind) {
    case LEFT_STRONG: return left_count(source, STR("**")) % 2 ? LEFT_NOT_CLOSED : LEFT_UNEXPLAINED;
    case LEFT_UNDERSCORES:
        if (str_starts(behind, STR("___")))
            return LEFT_BLANK;
        if (at > 0 && left_is_letter(text.at[at - 1]))
            return LEFT_NAME;
        return behind.len > 2 && left_is_letter(behind.at[2]) ? LEFT_NAME : LEFT_UNEXPLAINED;
    case LEFT_COMMAND: return at > 0 && text.at[at - 1] == ':' ? LEFT_NAME : LEFT_UNKNOWN_COMMAND;
    case LEFT_DELIMITER:
        return left_count(source, STR("\\(")) != left_count(source, STR("\\)")) ||
                       left_count(source, STR("$")) % 2
                   ? LEFT_NOT_CLOSED
                   : LEFT_UNEXPLAINED;
    case LEFT_DOLLAR:
        if (left_is_money(text, at))
            return LEFT_MONEY;
        return left_count(text, STR("$")) == 1 ? LEFT_LONE_DOLLAR : LEFT_UNEXPLAINED;
    default: return LEFT_UNEXPLAINED;
    }
}

static inline size_t left_find(enum left_kind kind, struct str text)
{
    if (kind == LEFT_COMMAND)
        return left_command(text);
    size_t at = str_find(text, kind == LEFT_DELIMITER ? STR("\\(") : str_from(left_marks[kind]));
    return at == STR_NOT_FOUND && kind == LEFT_DELIMITER ? str_find(text, STR("\\)")) : at;
}

static inline bool left_is_code(const struct layout_span *span)
{
    enum style_role role = span->style & STYLE_ROLE_MASK;
    return role >= STYLE_CODE && role <= STYLE_CODE_COMMENT;
}

/* Notes what is left in a piece of a page whose text has that source. Whether it is TeX. */
static inline bool left_note(struct left *left, const struct layout_span *span, struct str source)
{
    bool tex = (span->style & STYLE_ROLE_MASK) == STYLE_MATH_SOURCE;
    if (tex && left_command(span->text) == STR_NOT_FOUND)
        left->now[LEFT_DELIMITER][LEFT_NOT_CLOSED] = true;
    else if (tex)
        left->now[LEFT_COMMAND][LEFT_UNKNOWN_COMMAND] = true;
    for (enum left_kind kind = 0; kind < LEFT_KINDS && !tex && !left_is_code(span); kind++) {
        size_t at = 0, found;
        for (; (found = left_find(kind, str_slice(span->text, at, span->text.len))) != STR_NOT_FOUND;
             at += found + 2)
            left->now[kind][left_why(kind, span->text, at + found, source)] = true;
    }
    return tex || left->now[LEFT_COMMAND][LEFT_UNKNOWN_COMMAND] || left->now[LEFT_DELIMITER][LEFT_NOT_CLOSED];
}

static inline void left_begin_article(struct left *left, struct str path)
{
    static const struct left none = {0};
    left->path = path;
    for (size_t kind = 0; kind < LEFT_KINDS; kind++)
        for (size_t reason = 0; reason < LEFT_REASONS; reason++)
            left->now[kind][reason] = none.now[kind][reason];
}

static inline void left_end_article(struct left *left)
{
    for (size_t kind = 0; kind < LEFT_KINDS; kind++) {
        for (size_t reason = 0; reason < LEFT_REASONS; reason++) {
            left->articles[kind][reason] += left->now[kind][reason];
            if (left->now[kind][reason] && reason != LEFT_MONEY)
                print_message("%.*s leaves %s: %s\n", STR_ARG(left->path), left_marks[kind],
                              left_reasons[reason]);
        }
    }
}

static inline size_t left_unexplained(const struct left *left)
{
    size_t articles = 0;
    for (size_t kind = 0; kind < LEFT_KINDS; kind++)
        articles += left->articles[kind][LEFT_UNEXPLAINED];
    return articles;
}

static inline void left_report(const struct left *left)
{
    print_message("%8s  %-8s  %s\n", "articles", "leave", "because");
    for (size_t kind = 0; kind < LEFT_KINDS; kind++)
        for (size_t reason = 0; reason < LEFT_REASONS; reason++)
            if (left->articles[kind][reason] || reason == LEFT_UNEXPLAINED)
                print_message("%8zu  %-8s  %s\n", left->articles[kind][reason], left_marks[kind],
                              left_reasons[reason]);
}

#endif
