/* reader: what is known of the one who searches. */
#ifndef LECTERN_SEARCH_READER_H
#define LECTERN_SEARCH_READER_H

#include "lectern/search.h"

/* Whether a QUERY_MARKED or QUERY_NOTE is so of an article, as the reader (or NULL) says. */
static inline bool reader_says(const struct search_reader *reader, const struct query_node *node,
                               uint32_t article)
{
    if (reader)
        return reader->says(reader->context, node, article);
    return node->kind == QUERY_MARKED && node->mark == QUERY_UNREAD;
}

#endif
