/*
 * query_parser: what the parts of the query parser share.
 */
#ifndef LECTERN_SEARCH_QUERY_PARSER_H
#define LECTERN_SEARCH_QUERY_PARSER_H

#include "lectern/query.h"

struct query_parser {
    struct arena *arena;
    struct query *query;
    struct str source;
    size_t at;
    bool typed;
    unsigned depth;  /* of open parentheses */
    size_t leaves;   /* at most QUERY_WORDS */
    struct buf room; /* for folding */
    struct err *err;
};

/* What the signs before a term say of it. */
struct query_scope {
    enum query_field field;
    bool id;       /* id: takes its text as it is */
    bool note;     /* what stands in a note */
    bool excluded; /* below a `-` */
};

/* Functions that parse give NULL for what stands there but says nothing. */
struct query_node *query_node_new(struct query_parser *parser, enum query_kind kind, size_t start,
                                  size_t end);

/* A new last child; the children of one of the parent's own kind instead of itself. */
void query_node_append(struct query_node *parent, struct query_node *child);

/* Counts a leaf that stands at the byte `at` of the source: -1 when there are too many. */
int query_count_leaf(struct query_parser *parser, size_t at);

/* An error about the byte `at` of the source. Returns -1. */
int query_fail(struct query_parser *parser, enum err_kind kind, size_t at, const char *message);

bool query_is_space(char c);
bool query_is_delimiter(char c); /* ends a word: white space, a parenthesis, or quotes */

/* A run of what is no delimiter; a quoted text, at whose opening quotes the parser stands; what stands between the slashes of
 * a pattern, if one begins here. */
int query_parse_words(struct query_parser *parser, struct query_scope scope, struct query_node **node);
int query_parse_quoted(struct query_parser *parser, struct query_scope scope, struct query_node **node);
bool query_at_pattern(const struct query_parser *parser);
int query_parse_pattern(struct query_parser *parser, struct query_node **node);

/* The value of a prefix, which is a run of what is no delimiter. */
enum query_bound { QUERY_WITHIN, QUERY_FROM, QUERY_UNTIL };
int query_parse_date(struct query_parser *parser, enum query_bound bound, struct query_node **node);
int query_parse_feature(struct query_parser *parser, bool is, struct query_node **node); /* of has:, or is: */
struct str query_take_value(struct query_parser *parser);

/* As the language writes a QUERY_HAS or QUERY_MARKED: "has:math", "is:read". */
void query_write_feature(const struct query_node *node, struct buf *out);

#endif
