/*
 * folder: a small library in a temporary folder, for tests.
 */
#ifndef LECTERN_TESTS_FOLDER_H
#define LECTERN_TESTS_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lectern/arena.h"
#include "lectern/library.h"
#include "lectern/mem.h"

struct folder {
    struct arena arena;
    char path[256];
};

/* The whole path of something in the folder, in its arena. */
static inline char *folder_path(struct folder *folder, const char *name)
{
    size_t size = strlen(folder->path) + strlen(name) + 2;
    char *path = arena_bytes(&folder->arena, size);
    snprintf(path, size, "%s/%s", folder->path, name);
    return path;
}

static inline int folder_make(void **state)
{
    struct folder *folder = mem_calloc(1, sizeof *folder);
    const char *temporary = getenv("TMPDIR");
    snprintf(folder->path, sizeof folder->path, "%s/lectern-XXXXXX", temporary ? temporary : "/tmp");
    *state = folder;
    return mkdtemp(folder->path) ? 0 : -1;
}

static inline int folder_drop(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static inline int folder_remove(void **state)
{
    struct folder *folder = *state;
    int status = nftw(folder->path, folder_drop, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&folder->arena);
    mem_free(folder);
    return status;
}

/* Writes a file, making the folders of its path. */
static inline void folder_write(struct folder *folder, const char *name, const char *text)
{
    char *path = folder_path(folder, name);
    for (char *slash = strchr(path + strlen(folder->path) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    if (!file)
        abort();
    fwrite(text, 1, strlen(text), file);
    fclose(file);
}

/* An article with front matter; `more` is further lines of it, each with its line end. */
static inline void folder_article(struct folder *folder, const char *name, const char *title,
                                  const char *more)
{
    struct str text =
        arena_printf(&folder->arena, "---\ntitle: %s\n%sanswer: About %s.\n---\n", title, more, title);
    folder_write(folder, name, text.at);
}

static inline struct catalogue *folder_scan_with(struct folder *folder, const char *const *names,
                                                 size_t count, const struct library_scan *scan,
                                                 struct library **library)
{
    const char **roots = mem_calloc(count, sizeof *roots);
    struct err err;
    for (size_t i = 0; i < count; i++)
        roots[i] = folder_path(folder, names[i]);
    *library = library_open(roots, count, &err);
    mem_free(roots);
    return *library ? library_scan(*library, scan, &err) : NULL;
}

/* The catalogue of the folder, whose library is closed again. */
static inline struct catalogue *folder_scan(struct folder *folder)
{
    struct library *library;
    struct catalogue *catalogue =
        folder_scan_with(folder, (const char *[]){"."}, 1, &(struct library_scan){.threads = 2}, &library);
    library_close(library);
    return catalogue;
}

#endif
