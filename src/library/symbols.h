/*
 * symbols: every distinct text of a library kept once.
 *
 * Titles, ids, urls and keywords come again and again (an article's title stands in each link to it). Interned, a text is
 * one pointer: comparing is comparing pointers, and a table over texts is an array over their numbers. Any number of
 * threads may add and find. Numbers depend on the order of adding: nothing that is shown may follow them.
 */
#ifndef LECTERN_LIBRARY_SYMBOLS_H
#define LECTERN_LIBRARY_SYMBOLS_H

#include <stdatomic.h>
#include <stdint.h>

#include "hash.h"
#include "lectern/str.h"

struct symbol {
    uint64_t hash;
    _Atomic(struct symbol *) folded; /* once symbols_folded() was asked */
    uint32_t number;
    uint32_t len;
    char bytes[];
};

struct symbols;
struct symbols *symbols_new(struct hash_key key);
void symbols_free(struct symbols *symbols);

/* The symbol of a text, made if it is new. The empty text has none: NULL. */
struct symbol *symbols_add(struct symbols *symbols, struct str text);

/* NULL if the text is not known. */
const struct symbol *symbols_find(struct symbols *symbols, struct str text);

/* The symbol of the folded text, or `symbol` itself where nothing is left by folding. */
struct symbol *symbols_folded(struct symbols *symbols, struct symbol *symbol);

/* What the symbols' hashes and digests are keyed with. */
struct hash_key symbols_key(const struct symbols *symbols);

/* All numbers given so far are smaller. */
uint32_t symbols_count(const struct symbols *symbols);

/* A hash of an article's id (NULL allowed), title and text, equal for the same article in another file. */
uint64_t symbols_digest(const struct symbols *symbols, const struct symbol *id, const struct symbol *title,
                        struct str text);

/* The empty slice for NULL. */
struct str symbol_str(const struct symbol *symbol);

#endif
