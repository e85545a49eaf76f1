/*
 * indexed_folder: a small library with everything in it that an index holds, and a folder for its index, for tests.
 */
#ifndef LECTERN_TESTS_INDEXED_FOLDER_H
#define LECTERN_TESTS_INDEXED_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "folder.h"
#include "lectern/index_file.h"

struct indexed {
    struct library *library;
    struct index_parts parts; /* as they were read */
    const char *index_folder;
};

/* Nothing in the library was written just now. */
static inline void indexed_age(struct folder *folder, const char *name)
{
    struct timespec times[2] = {{1600000000, 0}, {1600000000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, folder_path(folder, name), times, 0), 0);
}

static inline void indexed_write_articles(struct folder *folder)
{
    folder_article(folder, "library/a/one.md", "Liver failure",
                   "id: 1\nurl: https://example.org/1\narticle_subject: Medicine\n"
                   "page_keywords: liver, failure\ndate: 2024-12-18\n"
                   "related_article1.id: 2\nrelated_article2.title: Not here\n"
                   "related_article2.article_subject: Nowhere\n");
    folder_article(folder, "library/a/two.md", "Hepatitis", "id: 2\npage_keywords: liver, virus\n");
    folder_article(folder, "library/b/two-again.md", "Hepatitis", "id: 2\npage_keywords: liver, virus\n");
    folder_article(folder, "library/b/clash.md", "Another", "id: 1\n");
    folder_write(folder, "library/b/binary.png", "\x89PNG\r\n\x1a\n\x01\x02");
    folder_write(folder, "library/c/.hidden", "x");
    folder_write(folder, "library/c/broken.md", "---\ntitle: [\n---\nText of a broken one.\n");
    static const char *const names[] = {"a/one.md",     "a/two.md",  "b/two-again.md", "b/clash.md",
                                        "b/binary.png", "c/.hidden", "c/broken.md"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        indexed_age(folder, arena_printf(&folder->arena, "library/%s", names[i]).at);
}

static inline struct indexed indexed_open(struct folder *folder)
{
    struct err err;
    const char *root = folder_path(folder, "library");
    mkdir(folder_path(folder, "cache"), 0700);
    struct indexed indexed = {.library = library_open(&root, 1, &err),
                              .index_folder = folder_path(folder, "cache/lectern")};
    assert_non_null(indexed.library);
    assert_int_equal(
        index_parts_read(indexed.library, &(struct library_scan){.threads = 2}, NULL, &indexed.parts, &err),
        0);
    return indexed;
}

static inline void indexed_close(struct indexed *indexed)
{
    index_parts_free(&indexed->parts);
    library_close(indexed->library);
}

static inline void indexed_write(const struct indexed *indexed)
{
    struct err err;
    if (index_file_write(indexed->index_folder, indexed->library, &indexed->parts, NULL, &err) != 0)
        fail_msg("%s: %s", err.path, err.message);
}

/* The path of the index file. */
static inline const char *indexed_path(struct folder *folder, const struct indexed *indexed)
{
    struct buf name = {0};
    struct err err;
    assert_int_equal(index_file_name(indexed->library, &name, &err), 0);
    const char *path = arena_printf(&folder->arena, "%s/%s", indexed->index_folder, buf_cstr(&name)).at;
    buf_free(&name);
    return path;
}

static inline int indexed_make(void **state)
{
    if (folder_make(state) != 0)
        return -1;
    indexed_write_articles(*state);
    return 0;
}

#endif
