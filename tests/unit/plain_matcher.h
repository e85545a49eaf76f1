/*
 * plain_matcher: decides of one article whether a query finds it, by looking at all of its text. Slow, without an index, and
 * written against lectern-query(7) only: what the search is compared with.
 */
#ifndef LECTERN_TESTS_PLAIN_MATCHER_H
#define LECTERN_TESTS_PLAIN_MATCHER_H

#include <libstemmer.h>

#include "lectern/article.h"
#include "lectern/markdown.h"
#include "lectern/mem.h"
#include "lectern/query.h"
#include "lectern/text.h"

/* Words in a row that a phrase may stand in. */
struct plain_run {
    enum query_field field; /* never QUERY_ANYWHERE */
    struct str words[512];
    size_t count;
};

struct plain_article {
    struct str id, date;
    bool features[QUERY_RELATED + 1];
    struct plain_run *runs[128];
    size_t run_count;
};

/* Words that are looked for instead of one of the query. */
struct plain_correction {
    const struct query_word *word;
    const struct str *texts;
    size_t count;
};

struct plain_matcher {
    struct sb_stemmer *stemmer;
    const struct plain_correction *corrections;
    size_t correction_count;
};

static inline void plain_add_run(struct arena *arena, struct plain_article *plain, enum query_field field,
                                 struct str text)
{
    struct plain_run *run = arena_alloc(arena, sizeof *run);
    struct buf folded = {0};
    struct str word;
    run->field = field;
    while (text_next_word(&text, &word)) {
        buf_clear(&folded);
        text_fold(&folded, word);
        if (run->count == sizeof run->words / sizeof *run->words)
            abort();
        run->words[run->count++] = arena_str(arena, buf_str(&folded));
    }
    buf_free(&folded);
    if (plain->run_count == sizeof plain->runs / sizeof *plain->runs)
        abort();
    plain->runs[plain->run_count++] = run;
}

/* Each heading, and the lines between two, are runs of their own. */
static inline void plain_add_text(struct arena *arena, struct plain_article *plain, struct str text)
{
    struct buf between = {0};
    struct str line;
    bool in_code = false;
    while (str_next_line(&text, &line)) {
        if (str_starts(line, STR("```")))
            in_code = !in_code;
        bool heading = !in_code && str_starts(line, STR("#"));
        if (heading) {
            plain_add_run(arena, plain, QUERY_ANSWER, buf_str(&between));
            plain_add_run(arena, plain, QUERY_ANSWER, line);
            buf_clear(&between);
        } else {
            buf_add(&between, line);
            buf_add_byte(&between, '\n');
        }
    }
    plain_add_run(arena, plain, QUERY_ANSWER, buf_str(&between));
    buf_free(&between);
}

static inline void plain_find_features(struct plain_article *plain, const struct node *node)
{
    plain->features[QUERY_CODE] |= node->kind == NODE_CODE || node->kind == NODE_CODE_BLOCK;
    plain->features[QUERY_TABLE] |= node->kind == NODE_TABLE;
    plain->features[QUERY_MATH] |=
        node->kind == NODE_MATH || node->kind == NODE_MATH_BLOCK || node->kind == NODE_MATH_DISPLAY;
    for (const struct node *child = node->first; child; child = child->next)
        plain_find_features(plain, child);
}

/* What a query can ask of an article. `subjects` are those of all files that it stands in. */
static inline struct plain_article *plain_take(struct arena *arena, const struct article *article,
                                               const struct str *subjects, size_t subject_count)
{
    struct plain_article *plain = arena_alloc(arena, sizeof *plain);
    plain->id = article->id;
    plain->date = article->date;
    plain_add_run(arena, plain, QUERY_TITLE, article->title);
    plain_add_run(arena, plain, QUERY_QUESTION, article->question);
    for (size_t i = 0; i < article->keyword_count; i++)
        plain_add_run(arena, plain, QUERY_KEYWORD, article->keywords[i]);
    for (size_t i = 0; i < subject_count; i++)
        plain_add_run(arena, plain, QUERY_SUBJECT, subjects[i]);
    plain_add_run(arena, plain, QUERY_AUTHOR, article->author);
    plain_add_run(arena, plain, QUERY_URL, article->url);
    plain_add_text(arena, plain, article->text);
    plain_find_features(plain, markdown_parse(arena, article->text));
    plain->features[QUERY_RELATED] = article->related_count > 0;
    return plain;
}

/* Words of other letters than those of the English alphabet have no stem. */
static inline bool plain_has_stem(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return true;
}

static inline bool plain_same_stem(const struct plain_matcher *matcher, struct str a, struct str b)
{
    struct buf of_a = {0};
    if (!plain_has_stem(a) || !plain_has_stem(b))
        return false;
    const sb_symbol *stem = sb_stemmer_stem(matcher->stemmer, (const sb_symbol *)a.at, (int)a.len);
    buf_add(&of_a, (struct str){(const char *)stem, (size_t)sb_stemmer_length(matcher->stemmer)});
    stem = sb_stemmer_stem(matcher->stemmer, (const sb_symbol *)b.at, (int)b.len);
    struct str of_b = {(const char *)stem, (size_t)sb_stemmer_length(matcher->stemmer)};
    bool same = str_eq(buf_str(&of_a), of_b);
    buf_free(&of_a);
    return same;
}

/* Whether a word of an article is what one of a query, or what stands for it, looks for. */
static inline bool plain_word_is(const struct plain_matcher *matcher, const struct query_word *wanted,
                                 bool as_written, struct str word)
{
    const struct str *texts = &wanted->text;
    size_t count = 1;
    for (size_t i = 0; i < matcher->correction_count; i++)
        if (matcher->corrections[i].word == wanted) {
            texts = matcher->corrections[i].texts;
            count = matcher->corrections[i].count;
        }
    bool stems = !as_written && wanted->field < QUERY_SUBJECT;
    for (size_t i = 0; i < count; i++) {
        if (str_eq(word, texts[i]) || (wanted->prefix && str_starts(word, texts[i])))
            return true;
        if (stems && plain_same_stem(matcher, word, texts[i]))
            return true;
    }
    return false;
}

static inline bool plain_is_in(enum query_field wanted, enum query_field field)
{
    return wanted == QUERY_ANYWHERE ? field < QUERY_SUBJECT : wanted == field;
}

/* Whether the words of a leaf stand in a row; a single word outside of quotes in any of its forms. */
static inline bool plain_has_words(const struct plain_matcher *matcher, const struct plain_article *plain,
                                   const struct query_node *node)
{
    bool as_written = node->kind == QUERY_PHRASE;
    for (size_t r = 0; r < plain->run_count; r++) {
        const struct plain_run *run = plain->runs[r];
        for (size_t at = 0; at + node->word_count <= run->count; at++) {
            size_t same = 0;
            while (same < node->word_count &&
                   plain_word_is(matcher, &node->words[same], as_written, run->words[at + same]))
                same++;
            if (same == node->word_count && plain_is_in(node->words[0].field, run->field))
                return true;
        }
    }
    return false;
}

/* A date counts if it is written YYYY-MM-DD, with or without a time. */
static inline bool plain_is_dated(const struct plain_article *plain, const struct query_node *node)
{
    uint64_t year, month, day;
    struct str date = plain->date;
    if (date.len < 10 || date.at[4] != '-' || date.at[7] != '-' ||
        (date.len > 10 && date.at[10] != 'T' && date.at[10] != ' ') ||
        !str_to_u64(str_slice(date, 0, 4), &year) || !str_to_u64(str_slice(date, 5, 7), &month) ||
        !str_to_u64(str_slice(date, 8, 10), &day))
        return false;
    uint64_t number = year * 10000 + month * 100 + day;
    return number >= node->first_day && number <= node->last_day;
}

/* Patterns are not for it. */
static inline bool plain_matches(const struct plain_matcher *matcher, const struct plain_article *plain,
                                 const struct query_node *node)
{
    bool all = true, any = false;
    for (const struct query_node *child = node->first; child; child = child->next) {
        bool matches = plain_matches(matcher, plain, child);
        all &= matches;
        any |= matches;
    }
    switch (node->kind) {
    case QUERY_AND: return all;
    case QUERY_OR: return any;
    case QUERY_NOT: return !any;
    case QUERY_WORD:
    case QUERY_PHRASE: return plain_has_words(matcher, plain, node);
    case QUERY_ID: return str_eq(plain->id, node->text);
    case QUERY_DATE: return plain_is_dated(plain, node);
    case QUERY_HAS: return plain->features[node->feature];
    case QUERY_MARKED:
    case QUERY_NOTE:
    case QUERY_PATTERN: break;
    }
    abort();
}

#endif
