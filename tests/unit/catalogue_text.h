/*
 * catalogue_text: what a catalogue says, as text that does not depend on how its articles are numbered, for tests: two
 * catalogues of the same files give equal text, in however many steps they were made.
 */
#ifndef LECTERN_TESTS_CATALOGUE_TEXT_H
#define LECTERN_TESTS_CATALOGUE_TEXT_H

#include <stdlib.h>

#include "lectern/catalogue.h"
#include "lectern/mem.h"
#include "lectern/text.h"
#include "lectern/topics.h"

struct text_lines {
    struct arena arena;
    struct str *at;
    size_t count, capacity;
};

static inline void add_line(struct text_lines *lines, struct buf *line)
{
    lines->at = mem_grow(lines->at, lines->count, &lines->capacity, sizeof *lines->at);
    lines->at[lines->count++] = arena_str(&lines->arena, buf_str(line));
    buf_free(line);
}

static inline int compare_lines(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The lines in order, one after the other. */
static inline struct buf join_lines(struct text_lines *lines)
{
    struct buf all = {0};
    if (lines->count)
        qsort(lines->at, lines->count, sizeof *lines->at, compare_lines);
    for (size_t i = 0; i < lines->count; i++) {
        buf_add(&all, lines->at[i]);
        buf_add_byte(&all, '\n');
    }
    mem_free(lines->at);
    arena_free(&lines->arena);
    return all;
}

/* An article by the place of its first file; a missing target by its names. */
static inline void name_target(struct buf *out, const struct catalogue *catalogue, uint32_t target)
{
    if (target == CATALOGUE_NONE) {
        buf_add(out, STR("none"));
    } else if (!catalogue_is_missing(catalogue, target)) {
        struct catalogue_file file = catalogue_file(catalogue, catalogue_file_of(catalogue, target, 0));
        buf_printf(out, "%u:%.*s", file.root, STR_ARG(file.path));
    } else {
        buf_printf(out, "missing %.*s (%.*s) (%.*s)", STR_ARG(catalogue_title(catalogue, target)),
                   STR_ARG(catalogue_id(catalogue, target)), STR_ARG(catalogue_url(catalogue, target)));
    }
}

static inline void add_folded(struct text_lines *lines, struct str name)
{
    struct buf folded = {0};
    text_fold(&folded, name);
    add_line(lines, &folded);
}

static inline void add_joined(struct buf *out, struct text_lines *lines)
{
    struct buf all = join_lines(lines);
    for (size_t i = 0; i < all.len; i++)
        buf_add_byte(out, (char)(all.at[i] == '\n' ? ';' : all.at[i]));
    buf_add_byte(out, '|');
    buf_free(&all);
}

static inline void add_backlinks(struct buf *out, const struct catalogue *catalogue, uint32_t target)
{
    struct text_lines sources = {0};
    struct arena arena = {0};
    size_t count;
    const uint32_t *from = catalogue_backlinks(catalogue, target, &arena, &count);
    for (size_t i = 0; i < count; i++) {
        struct buf name = {0};
        name_target(&name, catalogue, from[i]);
        add_line(&sources, &name);
    }
    buf_add(out, STR("from "));
    add_joined(out, &sources);
    arena_free(&arena);
}

static inline void describe_article(struct text_lines *lines, const struct catalogue *catalogue,
                                    uint32_t article)
{
    struct buf line = {0};
    struct text_lines subjects = {0}, keywords = {0};
    buf_add(&line, STR("article "));
    name_target(&line, catalogue, article);
    buf_printf(&line, "|%.*s|%.*s|%.*s|%.*s|%d %u|", STR_ARG(catalogue_title(catalogue, article)),
               STR_ARG(catalogue_id(catalogue, article)), STR_ARG(catalogue_url(catalogue, article)),
               STR_ARG(catalogue_date(catalogue, article)), (int)catalogue_kind(catalogue, article),
               catalogue_text_bytes(catalogue, article));
    for (size_t i = 0; i < catalogue_count_subjects(catalogue, article); i++)
        add_folded(&subjects, catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, article, i)));
    add_joined(&line, &subjects);
    for (size_t i = 0; i < catalogue_count_keywords(catalogue, article); i++)
        add_folded(&keywords, catalogue_keyword_name(catalogue, catalogue_keyword_of(catalogue, article, i)));
    add_joined(&line, &keywords);
    for (size_t i = 0; i < catalogue_count_files(catalogue, article); i++)
        buf_printf(&line, "%.*s ",
                   STR_ARG(catalogue_file(catalogue, catalogue_file_of(catalogue, article, i)).path));
    for (size_t i = 0; i < catalogue_count_links(catalogue, article); i++) {
        struct catalogue_link link = catalogue_link_of(catalogue, article, i);
        buf_printf(&line, "|%u at %u:%u to ", link.number, link.line, link.column);
        name_target(&line, catalogue, link.target);
    }
    add_backlinks(&line, catalogue, article);
    add_line(lines, &line);
}

/* One that nothing links to is not there, whether or not it has a number. */
static inline void describe_missing(struct text_lines *lines, const struct catalogue *catalogue,
                                    uint32_t target)
{
    struct arena arena = {0};
    size_t count;
    catalogue_backlinks(catalogue, target, &arena, &count);
    arena_free(&arena);
    if (!count)
        return;
    struct buf line = {0};
    name_target(&line, catalogue, target);
    buf_add_byte(&line, '|');
    text_fold(&line, catalogue_subject_name(catalogue, catalogue_subject_of(catalogue, target, 0)));
    add_backlinks(&line, catalogue, target);
    add_line(lines, &line);
}

static inline void describe_file(struct text_lines *lines, const struct catalogue *catalogue, uint32_t number)
{
    struct catalogue_file file = catalogue_file(catalogue, number);
    struct buf line = {0};
    if (file.gone)
        return;
    buf_printf(&line, "file %u:%.*s %llu %lld|", file.root, STR_ARG(file.path),
               (unsigned long long)file.stamp.size, (long long)file.stamp.mtime_ns);
    name_target(&line, catalogue, file.article);
    buf_add_byte(&line, '|');
    text_fold(&line, catalogue_subject_name(catalogue, file.subject));
    buf_printf(&line, "|%d", catalogue_find_file(catalogue, file.root, file.path) == number);
    add_line(lines, &line);
}

static inline void describe_problem(struct text_lines *lines, const struct catalogue *catalogue,
                                    size_t number)
{
    struct catalogue_problem problem = catalogue_problem(catalogue, number);
    struct buf line = {0};
    if (problem.gone)
        return;
    buf_printf(&line, "problem %u:%.*s %u:%u %d%d%d%d %d %.*s|", problem.root, STR_ARG(problem.path),
               problem.line, problem.column, problem.skipped, problem.no_file, problem.expected,
               problem.id_taken, (int)problem.severity, STR_ARG(problem.message));
    name_target(&line, catalogue, problem.article);
    add_line(lines, &line);
}

/* What each of the names means. */
static inline void describe_names(struct text_lines *lines, const struct catalogue *catalogue,
                                  const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str name = str_from(names[i]);
        const uint32_t found[] = {catalogue_find_id(catalogue, name), catalogue_find_url(catalogue, name),
                                  catalogue_find_title(catalogue, name)};
        for (int kind = 0; kind < 3; kind++) {
            struct buf line = {0};
            buf_printf(&line, "name %d %s: ", kind, names[i]);
            name_target(&line, catalogue, found[kind]);
            add_line(lines, &line);
        }
    }
}

static inline struct buf catalogue_text(const struct catalogue *catalogue, const char *const *names,
                                        size_t count)
{
    struct text_lines lines = {0};
    uint32_t targets = catalogue_count(catalogue) + catalogue_missing(catalogue);
    for (uint32_t i = 0; i < targets; i++)
        if (catalogue_is_missing(catalogue, i))
            describe_missing(&lines, catalogue, i);
        else
            describe_article(&lines, catalogue, i);
    for (uint32_t i = 0; i < catalogue_file_count(catalogue); i++)
        describe_file(&lines, catalogue, i);
    for (size_t i = 0; i < catalogue_problem_count(catalogue); i++)
        describe_problem(&lines, catalogue, i);
    describe_names(&lines, catalogue, names, count);
    struct buf line = {0};
    buf_printf(&line, "%u articles, %u files", catalogue_article_count(catalogue),
               catalogue_files_there(catalogue));
    add_line(&lines, &line);
    return join_lines(&lines);
}

/* -- topics --------------------------------------------------------------------------------------------------------- */

static inline void list_questions(struct buf *out, const struct catalogue *catalogue,
                                  const struct topic *topic)
{
    for (uint32_t i = 0; i < topic->article_count; i++) {
        if (topic->kind == TOPIC_PROBLEMS)
            buf_printf(out, "%.*s: %.*s, ", STR_ARG(catalogue_problem(catalogue, topic->articles[i]).path),
                       STR_ARG(catalogue_problem(catalogue, topic->articles[i]).message));
        else
            name_target(out, catalogue, topic->articles[i]);
        buf_add_byte(out, ' ');
    }
}

/* All questions of a subject, whatever topics they stand under; each is said once. */
static inline void list_subject(struct buf *out, const struct catalogue *catalogue,
                                const struct topic_tree *tree, uint32_t subject)
{
    struct text_lines lines = {0};
    uint32_t count = catalogue_count(catalogue), distinct = 0;
    bool *met = mem_calloc(count, sizeof *met);
    for (uint32_t i = 1; i < tree->count; i++) {
        const struct topic *topic = &tree->topics[i];
        for (uint32_t a = 0; topic->subject == subject && a < topic->article_count; a++) {
            if (met[topic->articles[a]])
                continue;
            met[topic->articles[a]] = true;
            distinct++;
            struct buf line = {0};
            name_target(&line, catalogue, topic->articles[a]);
            add_line(&lines, &line);
        }
    }
    buf_printf(out, "%u: ", distinct);
    add_joined(out, &lines);
    mem_free(met);
}

/* All but the topics below subjects, which are not chosen anew when a tree is brought up to date. */
static inline void describe_topics(struct buf *out, const struct catalogue *catalogue,
                                   const struct topic_tree *tree, uint32_t number, unsigned depth)
{
    const struct topic *topic = &tree->topics[number];
    bool subject = topic->kind == TOPIC_SUBJECT;
    buf_printf(out, "%*s%d ", (int)depth, "", (int)topic->kind);
    if (subject)
        text_fold(out, topic->label);
    else
        buf_add(out, topic->label);
    buf_printf(out, " %u of %u: ", topic->total, topic->kind == TOPIC_FOLDER ? topic->root : 0);
    if (subject)
        list_subject(out, catalogue, tree, topic->subject);
    else
        list_questions(out, catalogue, topic);
    buf_add_byte(out, '\n');
    for (uint32_t child = topic->first_child; !subject && child != TOPIC_NONE;
         child = tree->topics[child].next)
        describe_topics(out, catalogue, tree, child, depth + 1);
}

static inline struct buf topics_text(const struct catalogue *catalogue, const struct topic_tree *tree)
{
    struct buf out = {0};
    describe_topics(&out, catalogue, tree, 0, 0);
    return out;
}

#endif
