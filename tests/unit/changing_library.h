/*
 * changing_library: a small library in which everything changes at random, for tests: articles with few ids, titles, urls and
 * texts, so that they meet; links that dangle and come back; files that are copied, renamed, hidden and made unreadable.
 */
#ifndef LECTERN_TESTS_CHANGING_LIBRARY_H
#define LECTERN_TESTS_CHANGING_LIBRARY_H

#include <fcntl.h>

#include "folder.h"

/* The last ones of each are named in links, and hardly ever there. */
static const char *const changing_ids[] = {"1", "2", "3", "40", "5", "six", "7", "80", "9"};
static const char *const changing_titles[] = {
    "Liver failure", "Hepatitis", "Child-Pugh score", "Cirrhosis", "Proof theory", "Latin", "Greek", "Gone"};
static const char *const changing_urls[] = {"/liver",  "/hepatitis", "/cirrhosis",
                                            "/proofs", "/latin",     "/gone"};
static const char *const changing_subjects[] = {"Medicine", "medicine", "Mathematics", "Nursing",
                                                "Languages"};
static const char *const changing_keywords[] = {"liver", "Liver failure", "virus", "proof", "score"};
static const char *const changing_dates[] = {"2024-12-18", "2024-11-02", "2023", "Jan 5, 2021", "long ago"};
static const char *const changing_folders[] = {"a", "a/b", "a/b/c", "d", "e/f", "."};
static const char *const changing_names[] = {"one.md", "two.md", "three.md", "z.md",
                                             "b.md",   "c.md",   "x",        "y.txt"};

#define CHANGING_COUNT(array) (sizeof(array) / sizeof *(array))

struct changing {
    struct folder *folder;
    uint64_t dice;
    int64_t clock; /* of the files: each that is written gets a time of its own, long ago */
};

static inline unsigned roll(struct changing *changing, size_t sides)
{
    changing->dice = changing->dice * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((changing->dice >> 33) % sides);
}

#define CHANGING_PICK(changing, array) ((array)[roll((changing), CHANGING_COUNT(array))])

/* Rather one of the first. */
#define CHANGING_PICK_FIRST(changing, array)                                                                 \
    ((array)[roll((changing), 1 + roll((changing), CHANGING_COUNT(array)))])

static inline const char *random_path(struct changing *changing)
{
    const char *folder = CHANGING_PICK(changing, changing_folders);
    const char *name = CHANGING_PICK(changing, changing_names);
    return arena_printf(&changing->folder->arena, "library/%s/%s", folder, name).at;
}

static inline void age(struct changing *changing, const char *path)
{
    struct timespec times[2] = {{1000000000 + changing->clock, 0}, {1000000000 + changing->clock, 0}};
    changing->clock++;
    utimensat(AT_FDCWD, folder_path(changing->folder, path), times, AT_SYMLINK_NOFOLLOW);
}

static inline void add_random_links(struct changing *changing, struct buf *text)
{
    unsigned links = roll(changing, 5);
    for (unsigned i = 1; i <= links; i++) {
        buf_printf(text, "related_article%u:\n  note: x\n", i);
        if (roll(changing, 3))
            buf_printf(text, "  id: %s\n", CHANGING_PICK(changing, changing_ids));
        if (roll(changing, 2))
            buf_printf(text, "  url: %s\n", CHANGING_PICK(changing, changing_urls));
        if (roll(changing, 3))
            buf_printf(text, "  title: %s\n", CHANGING_PICK(changing, changing_titles));
        if (roll(changing, 2))
            buf_printf(text, "  subject: %s\n", CHANGING_PICK(changing, changing_subjects));
    }
}

static inline void write_random(struct changing *changing, const char *path)
{
    struct buf text = {0};
    buf_printf(&text, "---\n");
    if (roll(changing, 4))
        buf_printf(&text, "id: %s\n", CHANGING_PICK_FIRST(changing, changing_ids));
    buf_printf(&text, "title: %s\n", CHANGING_PICK_FIRST(changing, changing_titles));
    if (roll(changing, 3) == 0)
        buf_printf(&text, "url: %s\n", CHANGING_PICK_FIRST(changing, changing_urls));
    if (roll(changing, 3))
        buf_printf(&text, "subject: %s\n", CHANGING_PICK(changing, changing_subjects));
    if (roll(changing, 3))
        buf_printf(&text, "date: %s\n", CHANGING_PICK(changing, changing_dates));
    if (roll(changing, 2))
        buf_printf(&text, "seo:\n  page_keywords: %s, %s\n", CHANGING_PICK(changing, changing_keywords),
                   CHANGING_PICK(changing, changing_keywords));
    add_random_links(changing, &text);
    buf_printf(&text, "answer: The text is one of %u.\n---\n", 2 + roll(changing, 2));
    if (roll(changing, 15) == 0) {
        buf_clear(&text);
        buf_printf(&text, "---\ntitle: [\n---\nBroken %u.\n", roll(changing, 9));
    }
    unlink(folder_path(changing->folder, path));
    folder_write(changing->folder, path, buf_cstr(&text));
    buf_free(&text);
    age(changing, path);
}

static inline void copy_random(struct changing *changing, const char *to)
{
    const char *from = random_path(changing);
    FILE *file = fopen(folder_path(changing->folder, from), "rb");
    if (!file || strcmp(from, to) == 0) {
        if (file)
            fclose(file);
        return;
    }
    char text[4096];
    size_t size = fread(text, 1, sizeof text - 1, file);
    text[size] = '\0';
    fclose(file);
    unlink(folder_path(changing->folder, to));
    folder_write(changing->folder, to, text);
    age(changing, to);
}

static inline void rename_random(struct changing *changing, const char *from)
{
    const char *to = random_path(changing);
    char *target = folder_path(changing->folder, to);
    char *slash = strrchr(target, '/');
    *slash = '\0';
    if (access(target, F_OK) == 0) {
        *slash = '/';
        rename(folder_path(changing->folder, from), target);
    }
}

/* A whole folder goes away, or comes back. */
static inline void move_folder(struct changing *changing)
{
    char *here = folder_path(changing->folder, "library/a/b"), *away = folder_path(changing->folder, "away");
    if (rename(away, here) != 0)
        rename(here, away);
}

static inline void change_once(struct changing *changing)
{
    const char *path = random_path(changing);
    char *whole = folder_path(changing->folder, path);
    switch (roll(changing, 12)) {
    case 0:
    case 1:
    case 2: unlink(whole); break;
    case 3: rename_random(changing, path); break;
    case 4: copy_random(changing, path); break;
    case 5: move_folder(changing); break;
    case 6:
        unlink(whole);
        if (symlink("/nowhere", whole) == 0)
            age(changing, path);
        break;
    case 7:
        path = roll(changing, 2) ? "library/a/.hidden" : "library/d/picture.png";
        folder_write(changing->folder, path, "\x89PNG\r\n\x1a\n\x01\x02");
        age(changing, path);
        break;
    case 8: unlink(folder_path(changing->folder, "library/a/.hidden")); break;
    default: write_random(changing, path);
    }
}

/* With so many articles to begin with. */
static inline struct changing changing_start(struct folder *folder, uint64_t seed, unsigned articles)
{
    struct changing changing = {.folder = folder, .dice = seed * 2654435761u + 1};
    mkdir(folder_path(folder, "library"), 0700);
    for (unsigned i = 0; i < articles; i++)
        write_random(&changing, random_path(&changing));
    return changing;
}

#endif
