/*
 * updating: a library in a temporary folder, read and brought up to date, for tests.
 */
#ifndef LECTERN_TESTS_UPDATING_H
#define LECTERN_TESTS_UPDATING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue_text.h"
#include "changing_library.h"

static inline struct library *open_library(struct folder *folder)
{
    struct err err;
    const char *root = folder_path(folder, "library");
    struct library *library = library_open(&root, 1, &err);
    assert_non_null(library);
    return library;
}

static inline struct catalogue *read_all(struct library *library)
{
    struct err err;
    struct catalogue *catalogue = library_scan(library, &(struct library_scan){.threads = 2}, &err);
    assert_non_null(catalogue);
    return catalogue;
}

static inline void count_article(void *context, unsigned thread, uint32_t file, const struct article *article)
{
    (void)thread;
    (void)file;
    (void)article;
    ++*(unsigned *)context;
}

static inline void begin_again(void *context)
{
    *(unsigned *)context = 0;
}

/* Takes the place of the catalogue. Returns how many articles were read. */
static inline unsigned update(const struct library *library, struct catalogue **catalogue)
{
    struct err err;
    struct library_changes changes;
    unsigned read = 0;
    struct library_scan scan = {
        .threads = 1, .context = &read, .article = count_article, .again = begin_again};
    assert_int_equal(library_changes(library, *catalogue, &(struct library_look){0}, &changes, &err), 0);
    if (changes.count) {
        struct catalogue *next = library_update(library, *catalogue, &changes, &scan, &err);
        assert_non_null(next);
        catalogue_release(*catalogue);
        *catalogue = next;
    }
    library_changes_free(&changes);
    return read;
}

#endif
