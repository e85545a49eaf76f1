/*
 * markdown: Markdown to a tree of nodes. Wraps md4c. Plain text comes to the same tree: see plain.h.
 *
 * The dialect is CommonMark with GitHub's tables, strikethrough, task lists and plain autolinks, and TeX math in
 * `$..$`, `$$..$$`, `\(..\)` and `\[..\]`, which is found before Markdown sees the text and never inside code. An
 * amount of money is not math. Raw HTML is text. The tree is read-only and lives in the arena; its text is decoded
 * (entities, backslash escapes), valid UTF-8, and not yet safe to display: text.h stands behind it.
 * Input that md4c would need more than linear time for is bounded or given to it in parts. Nesting deeper than
 * BOUND_NESTING is shown flat. No text is lost.
 */
#ifndef LECTERN_MARKDOWN_H
#define LECTERN_MARKDOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"

enum node_kind {
    /* Blocks that contain blocks. */
    NODE_DOCUMENT, /* text: all of the source */
    NODE_QUOTE,
    NODE_LIST, /* contains items only */
    NODE_ITEM, /* blocks; of a tight list, paragraphs */
    NODE_FOLD, /* what is no part of the text itself, shown as one line until it is opened; number: its lines */
    /* Blocks that contain inlines. */
    NODE_HEADING,
    NODE_PARAGRAPH,
    NODE_TABLE_CELL,
    /* Tables: rows, the first of them the head; rows contain cells. */
    NODE_TABLE,
    NODE_TABLE_ROW,
    /* Blocks with text. */
    NODE_CODE_BLOCK, /* text: the lines, each with its LF; info: the language */
    NODE_MATH_BLOCK, /* text: the TeX of a display formula that stands alone */
    NODE_RULE,
    /* Inlines that contain inlines. */
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_LINK, /* target: the address; info: its title. Within the page: place, and number: that of the reference */
    NODE_IMAGE, /* the same; the children are the alternative text */
    /* Inlines with text. */
    NODE_TEXT,
    NODE_CODE,
    NODE_MATH,         /* text: the TeX without its delimiters */
    NODE_MATH_DISPLAY, /* the same, display style, inside a paragraph */
    NODE_SOFT_BREAK,   /* a line break of the source: a space */
    NODE_HARD_BREAK,
};

#define NODE_NOWHERE UINT32_MAX

enum node_align { NODE_ALIGN_NONE, NODE_ALIGN_LEFT, NODE_ALIGN_CENTRE, NODE_ALIGN_RIGHT };

struct node {
    enum node_kind kind;
    struct node *first, *last; /* children */
    struct node *next;         /* sibling */
    struct str text;           /* see the kinds; for math `source` is the same with its delimiters */
    struct str source;         /* of a table: its lines, without what stands left of them */
    struct str target, info;
    uint32_t
        offset; /* blocks: where they begin in the source, in bytes, never decreasing in document order; links within the
                   page: where they stand */
    uint32_t
        number; /* first number of an ordered list; level of a heading, 1 to 6; of a link to an address that is not its
                        text, counted from 1 */
    uint32_t columns;      /* of a table */
    enum node_align align; /* of a cell */
    bool ordered;          /* of a list */
    bool tight;            /* of a list; of a table: without rules between rows of several lines */
    bool task, done;       /* of an item */
    bool within;           /* of a link: it leads to a place of this page, ... */
    uint32_t place;        /* ... the offset of a block or a link there, or NODE_NOWHERE */
};

/* The tree of a Markdown text. The text must be valid UTF-8 and live as long as the arena. Never fails. */
const struct node *markdown_parse(struct arena *arena, struct str text);

/* A new last child of `parent`, for pages that the program itself makes. */
struct node *node_append(struct arena *arena, struct node *parent, enum node_kind kind, uint32_t offset);

/* One node and its children as an indented outline, for tests: `heading 2 "Text"`. */
void markdown_dump(const struct node *node, struct buf *out);

#endif
