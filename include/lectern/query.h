/*
 * query: what the reader has typed, understood: a tree of words and conditions.
 *
 * The language is described in lectern-query(7). In short: terms side by side are all required; OR joins the terms on its
 * two sides, more closely than standing side by side does; `-` excludes; parentheses group; `title:` and its like say
 * where a word has to stand; `date:`, `has:`, `is:`, `note:` and `/pattern/` are conditions of their own.
 *
 * What is half typed means what stands so far: quotes, parentheses and patterns end with the text, a sign or a prefix
 * without anything behind it says nothing. What no prefix is, such as `std::vector`, is words. Words are those of
 * text_next_word(), as text_fold() folds them; other characters separate them.
 *
 * A tree is immutable and lives, with everything it points to, in the arena given to query_parse().
 */
#ifndef LECTERN_QUERY_H
#define LECTERN_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/err.h"
#include "lectern/str.h"

/* Words and other leaves of a query together: a set of them is a uint64_t, with a bit to spare. */
#define QUERY_WORDS 63

/* Where a word has to stand. The last three have no order of words, so that there are no phrases in them. */
enum query_field {
    QUERY_ANYWHERE, /* title, question, keywords or answer */
    QUERY_TITLE,
    QUERY_QUESTION,
    QUERY_ANSWER,  /* the text, with its headings */
    QUERY_KEYWORD, /* a phrase stands within one keyword */
    QUERY_SUBJECT,
    QUERY_AUTHOR,
    QUERY_URL,
};

struct query_word {
    struct str text; /* folded, not empty */
    enum query_field field;
    bool prefix;         /* still being typed: the beginning of a word is enough. Never of an excluded one. */
    bool excluded;       /* stands below a QUERY_NOT, so that it is no word to mark */
    uint32_t start, end; /* its place in the source, in bytes */
};

enum query_kind {
    QUERY_AND,     /* all children, of which there are at least two, none of them a QUERY_AND */
    QUERY_OR,      /* one of the children, of which there are at least two, none of them a QUERY_OR */
    QUERY_NOT,     /* not the one child, which is no QUERY_NOT */
    QUERY_WORD,    /* a word in any form of the same stem; in subject, author and url as it is written */
    QUERY_PHRASE,  /* its words, one or more, as they are written and side by side in one field */
    QUERY_ID,      /* the article whose id is `text`, which is not folded */
    QUERY_DATE,    /* dated from `first_day` to `last_day` */
    QUERY_HAS,     /* whose answer has `feature`, or which has related articles */
    QUERY_MARKED,  /* of which the reader's `mark` says so */
    QUERY_NOTE,    /* on which the reader's note has `text`, folded, at the beginning of a word */
    QUERY_PATTERN, /* the regular expression `text` matches the title or the answer */
};

enum query_feature { QUERY_MATH, QUERY_CODE, QUERY_TABLE, QUERY_RELATED };

/* What the reader has done with an article. */
enum query_mark { QUERY_READ, QUERY_UNREAD, QUERY_BOOKMARKED, QUERY_NOTED };

/* Years of four digits, times 10000, and months times 100, and days; both are real days, or these. */
#define QUERY_FIRST_DAY 0u
#define QUERY_LAST_DAY  UINT32_MAX

struct query_node {
    enum query_kind kind;
    uint32_t start, end;             /* the place in the source, in bytes */
    struct query_node *first, *last; /* children, in the order of the source */
    struct query_node *next;
    const struct query_word *words; /* of a word or phrase: a part of those of the query, all of one field */
    size_t word_count;
    struct str text;  /* of a pattern, what stands between the slashes: a part of the source */
    bool ignore_case; /* of a pattern: /x/i */
    bool open;        /* of a pattern that does not end yet: if it is wrong, it may still get right */
    uint32_t first_day, last_day; /* included */
    enum query_feature feature;
    enum query_mark mark;
};

struct query {
    struct str source;             /* a copy */
    const struct query_node *root; /* NULL: nothing is looked for, and nothing found */
    struct query_word *words;      /* of all leaves, in order. To mark: those that are not `excluded`. */
    size_t word_count;
};

/*
 * Parses `source`, which may hold any bytes. While it is being `typed`, the last word is a prefix unless white space or
 * what closes its quotes or parentheses follows; a word that is excluded never is. A value of `has:` or `is:` is then completed, and a
 * part of a date of which digits are missing does not count yet.
 *
 * Returns -1 for what cannot mean anything: an unknown value of `has:` or `is:`, a date that does not exist, a `)` without its `(`, and
 * what is longer, deeper or has more words than the bounds allow. The error's column is the character of the source, from 1,
 * where it stands. Whether a pattern compiles is pattern.h's to say.
 */
int query_parse(struct arena *arena, struct str source, bool typed, struct query *query, struct err *err);

/* The character of the source, from 1, at the byte `at`: for errors about a part of a query. */
size_t query_column(const struct query *query, size_t at);

/* Appends the query in its canonical form: folded, each word with its own field, all parentheses written, dates as days. It
 * means the same when parsed again as a whole; only the mark of a prefix, a `*` behind the word, is not part of the
 * language. Nothing for an empty one. */
void query_write(const struct query *query, struct buf *out);

/* As the language writes it: "title"; of QUERY_ANYWHERE it is "". */
const char *query_field_name(enum query_field field);

#endif
