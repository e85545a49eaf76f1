/*
 * shelf: the bundled library, parsed, for tests.
 */
#ifndef LECTERN_TESTS_SHELF_H
#define LECTERN_TESTS_SHELF_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "lectern/article.h"
#include "lectern/bounds.h"
#include "lectern/file.h"

#define MAX_PAGES   200
#define SHARED_ID   "1032"                 /* stands under two subjects */
#define MISSING_IDS "1997", "1998", "1999" /* are linked to, and not there */

struct page {
    struct str path;
    struct article article;
};

struct shelf {
    struct arena arena;
    int root;
    struct page pages[MAX_PAGES];
    size_t count;
};

static inline bool add_page(void *context, const struct file_entry *entry)
{
    struct shelf *shelf = context;
    struct err err;
    struct str bytes;
    if (entry->kind != FILE_ENTRY_REGULAR)
        fail_msg("%.*s is skipped: %.*s", STR_ARG(entry->path), STR_ARG(entry->reason));
    assert_true(shelf->count < MAX_PAGES);
    struct page *page = &shelf->pages[shelf->count++];
    page->path = arena_str(&shelf->arena, entry->path);
    if (file_read(shelf->root, entry->path.at, BOUND_FILE_BYTES, &shelf->arena, &bytes, NULL, &err) != 0)
        fail_msg("%s", err.message);
    article_parse(&shelf->arena, bytes, page->path, &page->article);
    return true;
}

static inline int open_shelf(void **state)
{
    static struct shelf shelf;
    struct err err;
    shelf = (struct shelf){.root = open("articles", O_RDONLY | O_DIRECTORY)};
    *state = &shelf;
    return shelf.root < 0 ? -1 : file_walk(shelf.root, add_page, &shelf, &err);
}

static inline int close_shelf(void **state)
{
    struct shelf *shelf = *state;
    arena_free(&shelf->arena);
    return close(shelf->root);
}

static inline bool contains(struct str text, const char *words)
{
    return str_find(text, str_from(words)) != STR_NOT_FOUND;
}

static inline bool is_question(const struct page *page)
{
    return page->article.kind == ARTICLE_QUESTION;
}

static inline const struct page *page_by_id(const struct shelf *shelf, struct str id)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (is_question(&shelf->pages[i]) && str_eq(shelf->pages[i].article.id, id))
            return &shelf->pages[i];
    return NULL;
}

static inline struct str text_of(const struct shelf *shelf, const char *id)
{
    const struct page *page = page_by_id(shelf, str_from(id));
    if (!page)
        fail_msg("there is no article %s", id);
    return page ? page->article.text : (struct str){0};
}

#endif
