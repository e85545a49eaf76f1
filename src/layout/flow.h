/*
 * flow: running text broken into the lines of a page.
 *
 * Text comes in pieces and is gathered to words. Lines break at spaces, after a hyphen or dash between letters, around
 * ideographs, at soft hyphens and spaces of no width, and inside a word only when it is wider than a line. These are the
 * places of Unicode's annex 14 that lie between words: it allows more, as after a slash or between syllables of Hangul, which
 * would break words that fit. (A library that knows all of them, libunibreak, is in Debian as of Unicode 6, without emoji.) The words of a paragraph wait until
 * all are there; then its lines end where the whole is least ragged (see lines.h).
 */
#ifndef LECTERN_LAYOUT_FLOW_H
#define LECTERN_LAYOUT_FLOW_H

#include "lines.h"
#include "page.h"

enum flow_mode {
    FLOW_PROSE, /* white space is one space */
    FLOW_KEEP,  /* white space is kept, hyphens do not break */
    FLOW_GLUE,  /* nothing breaks, unless it is wider than a line */
};

struct flow_piece {
    struct str text;
    uint32_t width, link, formula;
    style style;
    bool hyphen; /* a soft hyphen follows */
};

/* What cannot be broken and has no place yet: those of the flow's pieces from `first` to before `end`. */
struct flow_word {
    size_t first, end;
    struct flow_piece space; /* before it */
};

struct flow {
    struct page *page;
    struct flow_room room; /* pieces of the words that wait, then of the one that is gathered */
    size_t piece_count;
    size_t word_first,
        word_width;  /* of the one that is gathered or placed; it ends with the last piece, ... */
    size_t word_end; /* ... when placed here */
    size_t word_count;
    struct flow_piece space; /* before the word; width 0: none */
    uint32_t formula;        /* that the text belongs to; see page_add_formula() */
    size_t first_line;       /* of the page that is the flow's own */
    bool greedy;             /* words do not wait */
    bool hyphenated;         /* a word that waits has soft hyphens */
    bool set_off;            /* a blank line comes before the next one */
    bool open;               /* a line of the page is open */
    bool continues;          /* the next line closed goes on from the one before, ... */
    bool glued;              /* ... without a space */
    bool filled;             /* and has text of this flow */
    bool fresh;              /* white space at the beginning of a line counts */
    bool may_break;          /* behind an ideograph */
    bool behind_opening;     /* bracket or quote, which must not end a line */
};

void flow_begin(struct flow *flow, struct page *page);
void flow_text(struct flow *flow, struct str text, style style, uint32_t link, enum flow_mode mode);
void flow_space(struct flow *flow, style style, uint32_t link);
void flow_newline(struct flow *flow); /* ends the line if it is open */
/* A blank line, if the flow has lines already, and one is due or `wanted`. */
void flow_set_off(struct flow *flow, bool wanted);
void flow_end(struct flow *flow);

#endif
