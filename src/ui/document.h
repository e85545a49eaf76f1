/*
 * document: the page of an article as one tree of nodes: problems, text, related questions, keywords.
 */
#ifndef UI_DOCUMENT_H
#define UI_DOCUMENT_H

#include "lectern/markdown.h"
#include "reading.h"

/*
 * Builds the tree in the reading's layout arena. The links of the text come first, then `related` in order: their nodes' targets
 * are the slices of that array, to be known again by their pointers. `with_title` puts the whole title on top.
 */
struct document_links {
    struct str *names;
    uint32_t *targets;
    uint32_t *numbers;
    size_t count;
};

const struct node *document_build(struct reading *reading, const struct session *session, bool with_title,
                                  struct document_links *links);

/* The same for an article that the library does not hold: what is known of it, and who links to it. */
const struct node *document_build_missing(struct reading *reading, const struct session *session,
                                          struct document_links *links);

#endif
