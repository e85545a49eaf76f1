/*
 * plain: plain text to the same tree of nodes as Markdown, for pages that were written without any markup.
 *
 * The structure is told from the text alone: the title; lines with a date or an author below it; headings, which are
 * short lines alone; lists with bullets or numbers; mail, with its headers, quotes and signature; paragraphs, each a
 * line, or broken at a column by hand, which are joined; poems and other short lines, whose breaks count. What stands in
 * columns, is indented by four cells, is a program, a log or a list of values, or looks like a drawing is code. Where
 * nothing of this fits, every line is a paragraph.
 *
 * Citations: a list of references at the end of a page becomes a list with numbers. A number in the text that stands
 * where a citation does (`found so 3, 4.`, `[2-4]`, superscripts) is a link within the page to its entry, and the entry
 * ends with links back to those places. A number above the entries counts as a citation if it is cited beside one
 * of them; then, as for a gap between the entries, the link leads to NODE_NOWHERE.
 *
 * Furniture: what a web page has around its text (review status, buttons for sharing, forms, notices about cookies) is a
 * fold, which layout shows as one line until it is opened.
 *
 * Every word of the text is in the tree, in its order; offsets are those of the text. Linear in the text's length.
 */
#ifndef LECTERN_PLAIN_H
#define LECTERN_PLAIN_H

#include "lectern/markdown.h"

/* The tree of a text, or of one part of it: then the list of references of another part is not known, and the citations
 * stay text. `begins`: it is the first part, and may have a title. The text must be valid UTF-8 and live as long as the
 * arena. Never fails. */
const struct node *plain_parse(struct arena *arena, struct str text, bool begins);

#endif
