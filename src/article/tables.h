/*
 * tables: what md4c has to be given to see all tables of GitHub's Markdown.
 *
 * It wants the head of a table to be the first line of its paragraph: a heading of one mark, put before it on a line of its own,
 * ends the paragraph, and makes no list loose, as a blank line would. And it wants three dashes or colons for a column, where
 * one is enough: dashes are added. Whoever reads what md4c says of these additions leaves it out.
 */
#ifndef ARTICLE_TABLES_H
#define ARTICLE_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "lectern/str.h"

struct table_addition {
    size_t at;     /* where it is put, in bytes of the text */
    size_t begin;  /* where it then stands, in bytes of the text with those before it */
    size_t length; /* in bytes */
    size_t indent; /* of a line: bytes that it has before its mark, which are those that stand at `at` */
    bool dashes;   /* none but them, inside of a line */
};

struct table_additions {
    struct table_addition *at; /* ascending; release with mem_free() */
    size_t count, capacity, bytes;
};

/* Linear in the length. */
void tables_find(struct str text, struct table_additions *found);

/* The text with the additions, `bytes` longer; release with mem_free(). */
char *tables_add(struct str text, const struct table_additions *found);

/* The offset in the text of what stands at `offset` of that with the additions; STR_NOT_FOUND inside one. */
size_t tables_offset(const struct table_additions *found, size_t offset);

#endif
