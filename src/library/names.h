/*
 * names: spellings grouped under one number, named in the commonest form.
 *
 * What is the same when folded is one group. Groups are numbered in the order in which they are first met.
 */
#ifndef LECTERN_LIBRARY_NAMES_H
#define LECTERN_LIBRARY_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"
#include "symbols.h"

struct name_group;

struct names {
    uint32_t *group_of; /* by the number of the folded symbol */
    uint32_t *uses;     /* by the number of the spelling's symbol */
    struct name_group *groups;
    size_t capacity;
    uint32_t count;
};

/* For symbols numbered below `symbol_count`. The tables live in `scratch`; end with names_finish(). */
void names_start(struct names *names, struct arena *scratch, uint32_t symbol_count);

/* The group of a spelling, which is counted as used once more. symbols_folded() was asked before. */
uint32_t names_add(struct names *names, const struct symbol *spelling);

/* The name of every group, in `arena`: the commonest spelling, of equally common ones the first bytewise. */
struct str *names_finish(struct names *names, struct arena *arena);

#endif
