/*
 * article: from the bytes of one file to one read-only article.
 *
 * The kind is told from the content, never from the name. Front matter is YAML, read inside the limits of
 * bounds.h. Whatever is wrong with a file becomes a problem of the article, which can still be read: article_parse() never
 * fails, and nothing of the file is dropped.
 */
#ifndef LECTERN_ARTICLE_H
#define LECTERN_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"

enum article_kind {
    ARTICLE_QUESTION, /* front matter with an answer */
    ARTICLE_NOTE,     /* front matter without one: the body is the text (Hugo, Jekyll, Obsidian) */
    ARTICLE_MARKDOWN, /* no front matter, but Markdown structure */
    ARTICLE_PLAIN,    /* no front matter, plain paragraphs */
    ARTICLE_BINARY,   /* not text; nothing but problems is filled in */
};

/* One scalar of the front matter, in the file's order. */
struct article_field {
    struct str name;       /* dotted path: "id", "seo.page_keywords", "related_article2.title", "tags.1" */
    struct str value;      /* as YAML gives it, before any decoding of line breaks */
    uint32_t line, column; /* of the value, from 1, in the file */
};

/* A related article as the author names it; any part may be empty. */
struct article_link {
    uint32_t number; /* the N of related_articleN */
    struct str id, title, subject, url;
};

enum article_severity { ARTICLE_WARNING, ARTICLE_ERROR };

struct article_problem {
    enum article_severity severity;
    uint32_t line, column; /* from 1; 0: the file as a whole */
    struct str message;    /* what is wrong and what was done about it */
};

/* All slices live in the arena given to article_parse() or are literals; absent fields are empty. */
struct article {
    enum article_kind kind;
    struct str id, question, author, subject, url, file_name, description;
    struct str title; /* title, else article_title, question, first heading or line, else the file's name */
    struct str date, date_format; /* as written; see article_date() */
    struct str *keywords;         /* page_keywords split at commas, or tags and categories; trimmed */
    size_t keyword_count;
    struct article_link *related; /* in order of their numbers */
    size_t related_count;
    struct article_field *fields; /* everything of the front matter, known or not */
    size_t field_count;
    struct str text; /* the answer with its line breaks decoded, or the body: Markdown, or plain text for
                                          ARTICLE_PLAIN; when an answer is followed by a body that says something,
                                          the body comes after it, set off by a rule */
    struct article_problem *problems; /* in order of their places */
    size_t problem_count;
};

/*
 * Parses a file's `bytes`, which must live as long as the arena (the article may point into them). `path` only gives
 * a title to files without any. Files with a UTF-8 BOM, CRLF or CR line ends, UTF-16 (with BOM) and Latin-1 bytes are
 * read too, with a warning where something had to be guessed. A NUL byte makes a file binary.
 */
void article_parse(struct arena *arena, struct str bytes, struct str path, struct article *article);

/* The value of a front matter field by its dotted name, or the empty slice. */
struct str article_field_value(const struct article *article, const char *name);

/*
 * The date as the article's own date_format wants it (tokens YYYY YY MMMM MMM MM M DD D), "Dec 18, 2024" for
 * `MMM DD, YYYY`; the date as written when either cannot be understood.
 */
struct str article_date(struct arena *arena, struct str date, struct str date_format);

/* Whether that is a day there is, as "2024-12-18", maybe with a time behind it. */
bool article_is_date(struct str date);

/* Days of a month, 1 to 12, of a year. */
unsigned article_days_in(unsigned year, unsigned month);

/*
 * Turns the escaped line breaks of an `answer` scalar into real ones, by the rules for prose, math and code that
 * docs in src/article/answer.c state. Linear in the length. Exposed for the tests and for the check of a library.
 */
struct str article_decode_answer(struct arena *arena, struct str answer);

/* Minutes to read `bytes` of text, at least 1. */
unsigned article_minutes(size_t bytes);

#endif
