/*
 * layout: a tree of nodes and a width to lines of spans.
 *
 * Lines are built once for a width and kept; a view copies the visible ones. Widths and columns are terminal cells.
 * No line is wider than asked; a word wider than the line is broken between graphemes. Only lines of code and rows of
 * tables may be wider, if that is allowed: what lies beyond is to be scrolled into sight. Everything lives in the arena, and
 * slices may point into the tree, which must live as long.
 */
#ifndef LECTERN_LAYOUT_H
#define LECTERN_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/markdown.h"
#include "lectern/style.h"
#include "lectern/text.h"

struct layout_span {
    struct str text;
    uint32_t column; /* first cell */
    uint32_t width;
    style style;
    bool added;       /* no text of the article: a bar, a hyphen at which a word was broken */
    bool stretch;     /* blanks that only widen the line; `added`, too */
    uint32_t link;    /* 1 + index into links; 0: none */
    uint32_t formula; /* 1 + index into formulas; 0: its text is that of the article */
};

#define LAYOUT_FOLDS 64 /* that open by themselves; further ones open with the last of these */

struct layout_line {
    struct layout_span *spans; /* from left to right, not overlapping */
    uint32_t count;
    uint32_t
        offset; /* of the source that the line begins with, never decreasing: an anchor that outlives a width */
    uint32_t heading; /* 1 + index into headings for the first line of one; else 0 */
    bool continues; /* goes on in the middle of what the line before says: a paragraph that was broken, ... */
    bool glued;     /* ... not at a space */
    bool added;     /* no text of the article: the rule below a heading, the language of code */
    uint32_t block; /* 1 + index into blocks, of the one that it belongs to; else 0 */
    bool label;     /* says only how many lines a fold has */
    struct str hidden; /* those lines, while the fold is closed */
};

enum layout_link_kind { LAYOUT_LINK_ADDRESS, LAYOUT_LINK_PLACE, LAYOUT_LINK_FOLD };

struct layout_link {
    enum layout_link_kind kind;
    struct str target; /* of an address: as the author wrote it */
    uint32_t line;     /* where it first stands */
    uint32_t offset;   /* of a place: where it stands in the source, ... */
    uint32_t place;    /* ... where it leads, or NODE_NOWHERE */
    uint32_t number;   /* of a place: of the reference; of a fold: from 0 */
};

enum layout_block_kind { LAYOUT_CODE, LAYOUT_TABLE };

/* What keeps its columns. */
struct layout_block {
    enum layout_block_kind kind;
    uint32_t line, line_count;
    uint32_t head;  /* the first lines of a table, which name its columns, with the rule below them */
    uint32_t left;  /* cells that every line has before its text: indentation, the bars of quotes */
    uint32_t width; /* cells of its longest line, with those */
    struct str
        text; /* as the author wrote it: the code; the rows of a table in Markdown, without what stands left of them */
};

/* What is set as mathematics is not the text of the article: this is what it stands for, to be copied. */
struct layout_formula {
    struct str source; /* TeX with its delimiters */
};

struct layout_heading {
    struct str text;
    uint32_t level, line;
};

struct layout {
    struct layout_line *lines;
    size_t line_count;
    struct layout_link *links;
    size_t link_count;
    struct layout_formula *formulas;
    size_t formula_count;
    struct layout_heading *headings;
    size_t heading_count;
    struct layout_block *blocks;
    size_t block_count;
    size_t width;
};

struct layout_options {
    size_t width; /* at least 1 */
    /* Cells that code and tables may take at once; what is wider is not broken. 0: all is. */
    size_t reach;
    /* What is wider is broken, too: code visibly, and the rows of a table stand one below the other, each cell after its
     * column's name. */
    bool wraps;
    bool justify; /* prose: its lines end at the right edge, but for the last ones of paragraphs */
    enum text_charset charset;
    uint64_t open_folds; /* a bit for each, the first one's is the lowest */
};

void layout_build(struct arena *arena, const struct node *document, const struct layout_options *options,
                  struct layout *layout);

/* Lines of the text itself, wrapped, without any markup: for the source, details and help. LF ends a line. */
void layout_build_text(struct arena *arena, struct str text, style style,
                       const struct layout_options *options, struct layout *layout);

/* A TeX formula without its delimiters on one line, as text in the arena, not yet safe to display. What the article defines
 * is not known to it. */
struct str layout_formula(struct arena *arena, struct str source, enum text_charset charset);

/* The first of the lines that have the last offset which is not after `offset`; 0 if there is none. */
size_t layout_line_at(const struct layout *layout, uint32_t offset);

/* Whether a part of the formula, numbered as in a span, stands on the line. */
bool layout_has_formula(const struct layout_line *line, uint32_t formula);

struct layout_place {
    size_t line, column;
};

/*
 * Appends the text from one place to another, with the glyphs in both cells, as it may go on elsewhere: lines that were broken
 * are joined, formulas are TeX, and whole if a part of them is meant; what was added is left out, and so is the indentation,
 * but for that of code and lists. Columns of tables stay.
 */
void layout_excerpt(const struct layout *layout, struct layout_place from, struct layout_place to,
                    enum text_charset charset, struct buf *out);

/* A line's text with its columns kept by spaces. */
struct str layout_line_text(struct arena *arena, const struct layout_line *line);

#endif
