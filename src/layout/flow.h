/*
 * flow: running text broken into the lines of a page.
 *
 * Text comes in pieces and is gathered to words. Lines break at spaces, after a hyphen or dash between letters, around
 * ideographs, at soft hyphens, and inside a word only when it is wider than a line.
 */
#ifndef LECTERN_LAYOUT_FLOW_H
#define LECTERN_LAYOUT_FLOW_H

#include "page.h"

enum flow_mode {
    FLOW_PROSE, /* white space is one space */
    FLOW_KEEP,  /* white space is kept, hyphens do not break */
    FLOW_GLUE,  /* nothing breaks, unless it is wider than a line */
};

struct flow_piece {
    struct str text;
    uint32_t width, link;
    style style;
    bool hyphen; /* a soft hyphen follows */
};

struct flow {
    struct page *page;
    struct flow_piece *word; /* what cannot be broken and has no place yet */
    size_t word_first, word_count, word_capacity, word_width;
    struct flow_piece space; /* between the line and the word; width 0: none */
    bool open;               /* a line of the page is open */
    bool continues;          /* the next line closed goes on from the one before */
    bool filled;             /* and has text of this flow */
    bool fresh;              /* white space at the beginning of a line counts */
    bool may_break;          /* behind an ideograph */
    bool behind_opening;     /* bracket or quote, which must not end a line */
};

void flow_begin(struct flow *flow, struct page *page);
void flow_text(struct flow *flow, struct str text, style style, uint32_t link, enum flow_mode mode);
void flow_space(struct flow *flow, style style, uint32_t link);
void flow_newline(struct flow *flow); /* ends the line if it is open */
void flow_end(struct flow *flow);     /* and releases what the flow holds */

#endif
