/*
 * page: the lines that are being built, one after the other.
 *
 * Left of the text stand edges: the bars of quotes on every line, the markers of list items on their first one.
 */
#ifndef LECTERN_LAYOUT_PAGE_H
#define LECTERN_LAYOUT_PAGE_H

#include "lectern/bounds.h"
#include "lectern/layout.h"
#include "lectern/tex.h"

/* Every one is a cell wide, unless said otherwise. */
struct page_glyphs {
    struct str bar, bullets[3], rule, double_rule, cross, column, hyphen, too_wide;
    struct str to_do, done;    /* check boxes */
    struct str continuation;   /* before the rest of a broken line, two cells */
    struct str closed, opened; /* before the label of a fold, with a blank */
};

struct page_edge {
    struct layout_span span;
    bool once, done;
};

/* What is numbered or known across all pages of one layout: the cells of a table are pages too. */
struct page_shared {
    struct layout_link *links;
    size_t link_count, link_capacity;
    struct layout_formula *formulas;
    size_t formula_count, formula_capacity;
    struct tex_definitions definitions;
};

/* What a flow gathers in: kept from one to the next. */
struct flow_room {
    struct flow_piece *pieces;
    struct flow_word *words; /* that wait */
    struct lines_word *fits; /* their widths, one for each */
    size_t piece_capacity, word_capacity, fit_capacity;
};

struct page {
    struct arena *arena;
    enum text_charset charset;
    const struct page_glyphs *glyphs;
    struct str source; /* a slice of it tells a line's offset */
    struct page_shared *shared;
    bool is_measured; /* only: nothing of it is numbered */
    bool is_cell;     /* its lines become parts of another page's */
    bool wraps;       /* as in layout_options */
    size_t width;     /* that no line exceeds */
    size_t reach;     /* of code and tables, as in layout_options */
    size_t indent;    /* the column where text begins */
    style style;      /* of plain text */
    struct page_edge edges[2 * BOUND_NESTING];
    size_t edge_count;
    struct layout_line *lines;
    size_t line_count, line_capacity;
    struct layout_heading *headings;
    size_t heading_count, heading_capacity;
    struct layout_block *blocks;
    size_t block_count, block_capacity;
    struct layout_span *spans; /* of the open line */
    size_t span_count, span_capacity;
    uint64_t open_folds;
    uint32_t fold_count;
    size_t widest_word; /* that cannot be broken, of all so far */
    size_t column;      /* where the open line ends */
    struct flow_room flow_room;
    uint32_t offset; /* of the latest line or block */
};

void flow_room_free(struct flow_room *room);

void page_init(struct page *page, struct arena *arena, const struct layout_options *options);
void page_free(struct page *page); /* lines and spans in the arena stay */
void page_finish(struct page *page, struct layout *layout);

/* Cells from the indentation to the right edge; at least 1. */
size_t page_room(const struct page *page);

/* A line is opened, filled from left to right, and closed. */
void page_open_line(struct page *page);
void page_put(struct page *page, struct layout_span span); /* at `column`; the span's own column is ignored */
void page_skip(struct page *page, size_t to_column);
struct layout_line *page_close_line(struct page *page);

/* Lines that are closed between these two belong to the block. */
struct layout_block *page_open_block(struct page *page, enum layout_block_kind kind);
void page_close_block(struct page *page);

/* A line without text, with the edges that every line has. */
void page_blank_line(struct page *page);

/* `cells` times a glyph of one cell, in the arena. */
struct str page_repeat(struct page *page, struct str glyph, size_t cells);

/* A number for a link, whose line will be known with it; 0 while measuring. */
uint32_t page_add_link(struct page *page, struct layout_link link);

/* The same for a formula. */
uint32_t page_add_formula(struct page *page, struct str source);

#endif
