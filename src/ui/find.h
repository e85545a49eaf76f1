/*
 * find: the line in which a pattern is typed, and the page it is found in while typing.
 */
#ifndef UI_FIND_H
#define UI_FIND_H

#include "line.h"
#include "pager.h"

struct find {
    bool typing;
    struct line line;
    size_t origin;     /* the page's top line when typing began */
    bool bad;          /* the pattern cannot be used */
    struct buf remark; /* what is wrong with the pattern, or how many matches there are */
};

void find_free(struct find *find);
void find_begin(struct find *find, const struct pager *page);

/* While typing: edits the line and finds. Enter keeps the matches, Esc takes them away and goes back. False when not typing. */
bool find_key(struct find *find, struct pager *page, key k);
void find_paste(struct find *find, struct pager *page, struct str text);

/* Finds the last pattern again, after the page has got another layout. */
void find_renew(struct find *find, struct pager *page);
void find_draw(const struct find *find, struct grid *grid, size_t row);

#endif
