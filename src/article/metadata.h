/*
 * metadata: what the fields of an article's front matter mean.
 */
#ifndef ARTICLE_METADATA_H
#define ARTICLE_METADATA_H

#include "problems.h"

/* The value of a field; empty for YAML's null. */
struct str metadata_value(const struct article *article, const char *name);

/* Fills in id, question, author, subject, url, file_name, description, date, date_format, keywords and related from the
 * fields. */
void metadata_read(struct arena *arena, struct article *article, struct problems *problems);

#endif
