/*
 * frontmatter: the YAML at the beginning of a file, as a flat list of its scalars.
 */
#ifndef ARTICLE_FRONTMATTER_H
#define ARTICLE_FRONTMATTER_H

#include "problems.h"

struct frontmatter {
    struct article_field *fields;
    size_t count;
    struct str unread; /* whole lines that could not be parsed, as they stand */
    size_t body;       /* offset of the text behind the front matter */
};

/*
 * Reads the front matter of a UTF-8 text with LF line ends. False if it has none: then all of it is body. Broken front
 * matter gives the fields up to the place where it breaks, and a problem.
 */
bool frontmatter_read(struct arena *arena, struct str text, struct problems *problems,
                      struct frontmatter *out);

#endif
