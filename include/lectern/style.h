/*
 * style: what a piece of text is, for the terminal to give it a look.
 *
 * A style is one role, which says what the text is, and any number of flags, which say what is happening to it. The
 * colours live in src/term/colour.c alone.
 */
#ifndef LECTERN_STYLE_H
#define LECTERN_STYLE_H

#include <stdint.h>

typedef uint16_t style;

enum style_role {
    STYLE_TEXT,
    /* In an article. */
    STYLE_TITLE, /* the pinned question */
    STYLE_META,  /* subject, date, minutes */
    STYLE_HEADING1,
    STYLE_HEADING2,
    STYLE_HEADING3, /* and deeper */
    STYLE_MARKER,   /* list numbers and bullets */
    STYLE_CODE,     /* code span */
    STYLE_CODE_BLOCK,
    STYLE_CODE_KEYWORD,
    STYLE_CODE_TYPE, /* names that the language knows */
    STYLE_CODE_STRING,
    STYLE_CODE_NUMBER,
    STYLE_CODE_COMMENT,
    STYLE_CODE_LABEL, /* the language's name */
    STYLE_MATH,
    STYLE_MATH_SOURCE, /* TeX that is not understood */
    STYLE_QUOTE,
    STYLE_QUOTE_BAR,
    STYLE_TABLE_RULE,
    STYLE_TABLE_HEAD,
    STYLE_LINK,
    STYLE_LINK_MISSING, /* its target is not in the library */
    STYLE_LINK_NUMBER,
    STYLE_RULE,    /* a thematic break, and the lines between panes */
    STYLE_PROBLEM, /* a warning or an error */
    /* Around it. */
    STYLE_SECTION,  /* TOPICS, RELATED */
    STYLE_COUNT,    /* numbers at the end of a row */
    STYLE_DIM,      /* hints, placeholders */
    STYLE_STATUS,   /* the status line */
    STYLE_KEY,      /* a key's name in a hint */
    STYLE_SUBJECT,  /* a row of the tree that is a subject */
    STYLE_INPUT,    /* what the reader is typing */
    STYLE_PROGRESS, /* the filled part of a progress bar */
    STYLE_ROLES,
};

#define STYLE_ROLE_MASK 0x003f
#define STYLE_STRONG    0x0040
#define STYLE_EMPHASIS  0x0080
#define STYLE_STRIKE    0x0100
#define STYLE_MATCH     0x0200 /* found text */
#define STYLE_CURRENT   0x0400 /* the match or link that is the current one */
#define STYLE_SELECTED  0x0800 /* the selected row of the focused pane */
#define STYLE_UNFOCUSED 0x1000 /* with STYLE_SELECTED: of a pane that has not the focus */
#define STYLE_UNDERLINE 0x2000

#endif
