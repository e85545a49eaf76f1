/*
 * tex: the TeX of one formula to a tree.
 *
 * Understood is the mathematics of LaTeX and amsmath as articles write it, mhchem's `\ce`, and definitions with
 * `\newcommand` and `\def`, which do not recurse. What is not understood stays in the tree as TEX_UNKNOWN with its
 * source: parsing never fails, and nothing of the source is dropped but definitions, labels, colours and sizes. Atoms
 * have the classes of The TeXbook, chapter 17, already settled by what stands beside them (appendix G, rules 5 and 6).
 *
 * The time is linear in the source and in what definitions make of it, which is bounded. Groups deeper than
 * BOUND_NESTING are shown flat. The tree lives in the arena, and its text there, in the source or in literals. It is not
 * yet safe to display: text.h stands behind it.
 */
#ifndef LECTERN_TEX_H
#define LECTERN_TEX_H

#include <stdbool.h>
#include <stdint.h>

#include "lectern/arena.h"
#include "lectern/str.h"

enum tex_kind {
    TEX_ROW,       /* nodes side by side */
    TEX_SYMBOL,    /* text: a letter, a number, a sign, the name of a function; ascii: the same in ASCII */
    TEX_WORDS,     /* text: words of a sentence, without blanks at their ends */
    TEX_SPACE,     /* size: cells */
    TEX_SCRIPTS,   /* parts: base, above, below */
    TEX_FRACTION,  /* parts: numerator, denominator; brackets around it, or none */
    TEX_ROOT,      /* parts: radicand, degree */
    TEX_FENCED,    /* parts: content, with brackets that grow with it */
    TEX_TABLE,     /* rows; brackets; columns */
    TEX_TABLE_ROW, /* cells, each a TEX_ROW */
    TEX_ACCENT,    /* parts: content; text: a combining character; ascii: its name */
    TEX_COVER,     /* parts: content, label; size: an enum tex_cover, drawn between the two */
    TEX_STACK,     /* parts: base, above, below, the last two centred on the first */
    TEX_ARROW,     /* parts: none, above, below; text: an arrow that grows with them; ascii */
    TEX_FRAME,     /* parts: content */
    TEX_PHANTOM,   /* parts: content, whose place is kept empty */
    TEX_TAG,       /* parts: content, the number of an equation */
    TEX_UNKNOWN,   /* text: source that is not understood */
};

enum tex_class { TEX_ORD, TEX_OP, TEX_BIN, TEX_REL, TEX_OPEN, TEX_CLOSE, TEX_PUNCT, TEX_INNER };

enum tex_cover { TEX_OVERLINE, TEX_UNDERLINE, TEX_OVERBRACE, TEX_UNDERBRACE, TEX_OVERARROW, TEX_UNDERARROW };

enum tex_flags {
    TEX_BOLD = 1,
    TEX_STRIKE = 2,    /* crossed out */
    TEX_LIMITS = 4,    /* scripts stand above and below in display style */
    TEX_BIG = 8,       /* an operator that is a sign and no name: a sum, an integral */
    TEX_INTEGRAL = 16, /* one that is drawn high */
    TEX_RULED = 32,    /* a fraction has a bar; a table's row a line above it */
    TEX_SMALL = 64,    /* a fraction that stays on its line */
    TEX_DISPLAY = 128, /* cells of a table are in display style */
    TEX_GROWS = 256,   /* a symbol that is as high as the brackets around it */
};

/* Columns of a table that have an alignment and rules of their own; further ones are like the last. */
#define TEX_COLUMNS 32

struct tex_columns {
    uint8_t count;               /* of those that are set; at least 1 */
    bool pairs;                  /* right and left aligned ones that meet at a relation */
    char align[TEX_COLUMNS];     /* l, c or r */
    bool ruled[TEX_COLUMNS + 1]; /* a line before each column, and behind the last */
};

struct tex {
    uint8_t kind;   /* enum tex_kind */
    uint8_t class;  /* enum tex_class */
    uint8_t size;   /* see the kinds */
    uint16_t flags; /* enum tex_flags */
    struct tex *next;
    union {
        struct tex *first; /* of rows and tables: children */
        struct tex *part[3];
    };
    union {
        struct str text;
        struct str left; /* a bracket, or empty */
    };
    union {
        struct str ascii;
        struct str right;
    };
    const struct tex_columns *columns; /* of a table */
};

/* What the formulas of an article have defined, for those after them. `{0}` is empty. Lives in the arena. */
struct tex_definition;
struct tex_definitions {
    struct tex_definition *first;
    size_t count;
    size_t expanded; /* bytes that definitions were replaced by so far */
};

/* The tree of a formula without its delimiters: a TEX_ROW, or a TEX_TABLE where lines are parted outside of any
 * environment. All formulas of an article get the same `definitions` and arena. */
const struct tex *tex_parse(struct arena *arena, struct str source, struct tex_definitions *definitions);

/* The only node of a row, through rows of one; else the row itself. */
const struct tex *tex_only(const struct tex *node);

/* The tree on one line, for tests. */
void tex_dump(const struct tex *node, struct buf *out);

#endif
