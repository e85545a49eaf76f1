/*
 * known: queries of which it is known which article they are after, made from fields of that article.
 */
#ifndef BENCH_KNOWN_H
#define BENCH_KNOWN_H

#include "opened.h"

enum known_kind {
    KNOWN_TITLE,       /* the title's words of content in random order */
    KNOWN_KEYWORDS,    /* three of the keywords */
    KNOWN_PREFIX,      /* the beginning of the title, as far as it is typed */
    KNOWN_MISSPELT,    /* the title's words of content, one of them misspelt */
    KNOWN_DESCRIPTION, /* three words of content from the description, which is in no index */
    KNOWN_KINDS
};

extern const char *const known_names[KNOWN_KINDS];

struct known_item {
    uint32_t article;
    struct str query; /* folded words with spaces between */
};

struct known_items {
    struct known_item *at;
    size_t count;
};

/* At most `wanted` items of articles drawn at random; the same ones at every run. They live in the arena. */
struct known_items known_items(const struct opened *opened, enum known_kind kind, size_t wanted,
                               struct arena *arena);

/* The numbers of all articles, `wanted` drawn at random in front. */
uint32_t *known_articles(const struct opened *opened, uint64_t seed, size_t wanted, struct arena *arena);

#endif
