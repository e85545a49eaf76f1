/*
 * markdown_write: texts of strangers as parts of a Markdown file that the reader gets.
 */
#ifndef LECTERN_MARKDOWN_WRITE_H
#define LECTERN_MARKDOWN_WRITE_H

#include "lectern/str.h"

/* Appends text that means itself on a line, whatever it says. */
void markdown_add_text(struct buf *out, struct str text);

/* Appends a path as the address of a link. */
void markdown_add_address(struct buf *out, struct str path);

#endif
