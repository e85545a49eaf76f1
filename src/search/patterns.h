/*
 * patterns: the regular expressions of a query.
 */
#ifndef LECTERN_SEARCH_PATTERNS_H
#define LECTERN_SEARCH_PATTERNS_H

#include "lectern/query.h"
#include "literal.h"
#include "scan.h"
#include "set.h"

struct evaluation;

struct search_pattern {
    const struct query_node *node;
    struct pattern *pattern;
    const struct literal *literal; /* or NULL */
};

struct patterns {
    struct search_pattern *at;
    size_t count;
    struct scan_limits limits; /* that the search has come to */
};

/* Compiles those of the query. -1 with the error if one is wrong, whose column is that in the query; `*open` tells whether
 * it does not end yet. */
int patterns_compile(struct evaluation *evaluation, struct err *err, bool *open);
void patterns_free(struct patterns *patterns);

/* Adds to `found` the documents that a QUERY_PATTERN matches, of those within. False when cancelled. */
bool patterns_find(struct evaluation *evaluation, const struct query_node *node, size_t segment,
                   const struct set *within, struct set *found);

/* What limits have kept from being looked at, as an error of kind ERR_LIMIT; or ERR_NONE. */
void patterns_explain(const struct patterns *patterns, struct err *err);

#endif
