/*
 * topic_library: a library of made-up questions and its topic tree, for tests.
 */
#ifndef LECTERN_TESTS_TOPIC_LIBRARY_H
#define LECTERN_TESTS_TOPIC_LIBRARY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "folder.h"
#include "lectern/library.h"
#include "lectern/mem.h"
#include "lectern/topics.h"

struct topic_library {
    struct folder *folder;
    unsigned next_id;
    struct library *library;
    struct catalogue *catalogue;
    struct topic_tree *tree;
};

static inline void close_library(struct topic_library *f)
{
    topics_release(f->tree);
    catalogue_release(f->catalogue);
    library_close(f->library);
    f->tree = NULL;
    f->catalogue = NULL;
    f->library = NULL;
}

static inline int topic_library_make(void **state)
{
    void *folder;
    if (folder_make(&folder) != 0)
        return -1;
    struct topic_library *f = mem_calloc(1, sizeof *f);
    f->folder = folder;
    f->next_id = 1;
    *state = f;
    return 0;
}

static inline int topic_library_remove(void **state)
{
    struct topic_library *f = *state;
    void *folder = f->folder;
    close_library(f);
    mem_free(f);
    return folder_remove(&folder);
}

struct question {
    const char *id, *date, *subject, *title, *keywords, *folder; /* NULL: left out */
};

/* Without an id of its own a question gets the next number. */
static inline void add(struct topic_library *f, struct question q)
{
    struct buf text = {0};
    char name[128];
    unsigned number = f->next_id++;
    snprintf(name, sizeof name, "%s%sq%05u.md", q.folder ? q.folder : "", q.folder ? "/" : "", number);
    buf_printf(&text, "---\n");
    if (!q.id)
        buf_printf(&text, "id: %u\n", number);
    else if (*q.id)
        buf_printf(&text, "id: %s\n", q.id);
    if (q.date)
        buf_printf(&text, "date: \"%s\"\n", q.date);
    buf_printf(&text, "title: >-\n    %s\n", q.title ? q.title : "What is it?");
    if (q.keywords)
        buf_printf(&text, "seo:\n  page_keywords: >-\n    %s\n", q.keywords);
    buf_printf(&text, "answer: >-\n    Text %u.\nsubject: %s\n---\n", number,
               q.subject ? q.subject : "Medicine");
    folder_write(f->folder, name, buf_cstr(&text));
    buf_free(&text);
}

static inline void add_times(struct topic_library *f, unsigned times, struct question q)
{
    char keywords[512];
    const char *base = q.keywords;
    for (unsigned i = 0; i < times; i++) {
        /* A keyword of its own for each, as real ones have. */
        snprintf(keywords, sizeof keywords, "%s, only %u", base, f->next_id);
        q.keywords = keywords;
        add(f, q);
    }
}

static inline void build(struct topic_library *f, bool detailed, unsigned threads)
{
    close_library(f);
    struct err err = {0};
    const char *roots[] = {f->folder->path};
    f->library = library_open(roots, 1, &err);
    assert_non_null(f->library);
    f->catalogue = library_scan(f->library, &(struct library_scan){.threads = 1}, &err);
    assert_non_null(f->catalogue);
    f->tree = topics_build(f->catalogue, detailed, threads, NULL);
    assert_non_null(f->tree);
}

static inline uint32_t child(const struct topic_library *f, uint32_t parent, const char *label)
{
    for (uint32_t i = f->tree->topics[parent].first_child; i != TOPIC_NONE; i = f->tree->topics[i].next)
        if (str_eq(f->tree->topics[i].label, str_from(label)))
            return i;
    return TOPIC_NONE;
}

static inline const struct topic *topic_at(const struct topic_library *f, const char *const *path)
{
    uint32_t topic = 0;
    for (; *path && topic != TOPIC_NONE; path++)
        topic = child(f, topic, *path);
    return topic == TOPIC_NONE ? NULL : &f->tree->topics[topic];
}

#define TOPIC(f, ...) topic_at(f, (const char *const[]){__VA_ARGS__, NULL})

/* The labels of the children, one a line. */
static inline void assert_children(const struct topic_library *f, const struct topic *topic,
                                   const char *expected)
{
    struct buf labels = {0};
    assert_non_null(topic);
    for (uint32_t i = topic->first_child; i != TOPIC_NONE; i = f->tree->topics[i].next) {
        buf_add(&labels, f->tree->topics[i].label);
        buf_add_byte(&labels, '\n');
    }
    assert_string_equal(buf_cstr(&labels), expected);
    buf_free(&labels);
}

/* The ids of the articles, each followed by a space; a dash for none. */
static inline void assert_ids(const struct topic_library *f, const struct topic *topic, const char *expected)
{
    struct buf ids = {0};
    assert_non_null(topic);
    for (uint32_t i = 0; i < topic->article_count; i++) {
        struct str id = catalogue_id(f->catalogue, topic->articles[i]);
        buf_add(&ids, id.len ? id : STR("-"));
        buf_add_byte(&ids, ' ');
    }
    assert_string_equal(buf_cstr(&ids), expected);
    buf_free(&ids);
}

/* Something else in the subject, so that no keyword is in most of its questions. */
static inline void add_others(struct topic_library *f, unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        char keywords[64];
        snprintf(keywords, sizeof keywords, "else %u, besides %u", i, i);
        add(f, (struct question){.title = "What else?", .keywords = keywords});
    }
}

#endif
