/*
 * parts: the parts of the table. Each is measured by a process of its own, so that none pays for another's memory; what the first
 * makes, the index and SQLite's database, is there for the others.
 */
#ifndef BENCH_PARTS_H
#define BENCH_PARTS_H

struct bench_setup {
    const char *program, *bare; /* lectern, and the least that a program with ncurses does */
    const char *database;       /* the file for SQLite's database */
};

/* build.c: the index built by the program, beside libyaml alone and FTS5; its size. */
void build_rows(const struct bench_setup *setup, const char *folder);

/* library.c: the steps of it that take longest, and opening it again. */
void library_rows(const struct bench_setup *setup, const char *folder);

/* screen.c: the program under a pseudo-terminal: from a key to its frame. */
void screen_rows(const struct bench_setup *setup, const char *folder);

/* first.c: how long until the program has drawn, with an index. */
void first_rows(const struct bench_setup *setup, const char *folder);

/* ranked.c: every class of queries, beside FTS5. */
void ranked_rows(const struct bench_setup *setup, const char *folder);

/* patterns.c: patterns with and without a literal, beside ripgrep and codesearch. */
void pattern_rows(const struct bench_setup *setup, const char *folder);

/* layout.c: articles set for the terminal, beside md4c and lowdown. */
void layout_rows(const struct bench_setup *setup, const char *folder);

/* memory.c: what the program takes for itself while one reads and searches. */
void memory_rows(const struct bench_setup *setup, const char *folder);

/* change.c: how long until a new, a changed and a removed file show in search; only of a library that scale has made. */
void change_rows(const struct bench_setup *setup, const char *folder);

/* links.c: sets, chains and maps of linked articles. */
void link_rows(const struct bench_setup *setup, const char *folder);

/* own.c: keys with a million visits and a hundred thousand bookmarks, beside the same keys with none. */
void own_rows(const struct bench_setup *setup, const char *folder);

#endif
