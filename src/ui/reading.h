/*
 * reading: one article as it is read: header, text, links, place.
 *
 * It also shows what is known of an article that the library does not hold, and of a file with problems.
 */
#ifndef UI_READING_H
#define UI_READING_H

#include "copy.h"
#include "pager.h"
#include "parts.h"
#include "select.h"
#include "session.h"

/* Something that Tab walks to and Enter follows. */
struct reading_link {
    enum layout_link_kind
        kind; /* an address may be that of an article: then there is a target; or of a heading: a place */
    struct str address;     /* of a page elsewhere; empty when it leads to an article */
    uint32_t target;        /* or CATALOGUE_NONE */
    uint32_t number;        /* of a related question, of a reference, of a fold; 0 for others */
    uint32_t offset, place; /* of a link within the page, as in layout_link */
    size_t line;            /* where it stands */
};

struct reading {
    uint32_t target; /* CATALOGUE_NONE: nothing is shown yet */
    struct arena arena;
    struct article article;
    uint64_t content; /* of its text, as in struct state_key; 0 if it is known by an id */
    const struct node *document;
    struct str source;       /* the file's text, while the source is shown */
    struct parts parts;      /* of the text, or of the source while that is shown */
    size_t part;             /* the one that is shown */
    struct arena part_arena; /* of `document`, which is the tree of that part */
    bool shows_source;
    struct str title, meta;
    struct str note;           /* what the reader has written about it */
    uint32_t suggested;        /* subject, for a page that names none; or CATALOGUE_NONE */
    size_t rows, columns;      /* of the pane */
    struct arena layout_arena; /* renewed when the width changes */
    size_t width;              /* of the text's column, in cells */
    bool wraps, justifies;     /* as in the session, when it was laid out */
    struct layout heading;     /* the title, wrapped; its first `heading_rows` lines are pinned */
    size_t heading_rows;
    struct layout layout;
    struct pager page;
    struct reading_link *links; /* on the page: the text's own ones, then the related questions */
    size_t link_count;
    struct reading_link *related; /* the related questions alone, also while the page shows none */
    size_t related_count;
    size_t link;         /* the selected one, or PAGER_NONE */
    uint64_t open_folds; /* of the part that is shown, as in layout_options */
    struct selection selection;
    struct copying copying;
    struct position anchor; /* where the reader was before the pane changed its size, and ... */
    size_t anchor_top;      /* ... the top line that this led to: unless the reader moves, it is the place */
    struct position text_place; /* in the text, while the source is shown */
    struct arena marks_arena;
    const struct search_marks *marks; /* of the search one came from; NULL: nothing is marked */
};

void reading_free(struct reading *reading);

/* Reads an article from its file, or makes the page of a missing one. Cheap when it is shown already. */
void reading_open(struct reading *reading, const struct session *session, uint32_t target);

/* Makes `document` the tree of a part of the text; what is shown stays. For who lays it out otherwise. */
void reading_parse_part(struct reading *reading, size_t part);

/* Lays the text out for a pane. Cheap when nothing has changed. */
void reading_resize(struct reading *reading, const struct session *session, size_t rows, size_t columns);

/* The place in the text, also while the source is shown; restoring it leaves the source. */
struct position reading_position(const struct reading *reading);
void reading_restore(struct reading *reading, const struct session *session, const struct position *position);

/* How much of the text has come into sight by reading to here, 0 to 1; 0 for its source. */
double reading_seen(const struct reading *reading);
/* The same for what is above the screen; 1 for its source. */
double reading_passed(const struct reading *reading);

/* Bytes of the text, or of the source, below what is in sight. */
size_t reading_left(const struct reading *reading);

/* The catalogue was replaced: link targets and header are made again. */
void reading_renew(struct reading *reading, const struct session *session,
                   const struct renumbering *renumbering);

/* The page is made anew, and shows the same place: what the reader says about it may be otherwise. */
void reading_read_again(struct reading *reading, const struct session *session);

void reading_toggle_source(struct reading *reading, const struct session *session);

/* The moving actions and the walk over links. False if it is none of them. */
bool reading_act(struct reading *reading, const struct session *session, enum action action);

/* The link to the related question with the author's number, or NULL. */
const struct reading_link *reading_related(const struct reading *reading, uint32_t number);

/* Goes to the place of this page that the link leads to, and selects the link there that leads back. */
void reading_follow(struct reading *reading, size_t link);

/* The block that the link leads to, an item of a list for a reference; a fold itself. NULL if there is none. */
const struct node *reading_block(const struct reading *reading, size_t link);

/* Opens the fold of a link, or closes it. */
void reading_toggle_fold(struct reading *reading, const struct session *session, size_t link);
void reading_set_folds(struct reading *reading, const struct session *session, uint64_t open_folds);

/* Opens the fold that hides the current match. False if none does. */
bool reading_unfold_match(struct reading *reading, const struct session *session);

/* Marks what a search has found, also after the layout has changed, until the marks are cleared; shows the first. */
void reading_clear_marks(struct reading *reading);
void reading_mark(struct reading *reading, const struct session *session, const struct search_marks *marks);

/* The cell of its line where a link begins, or PAGER_NONE if it is scrolled out of sight. */
size_t reading_link_column(const struct reading *reading, size_t link);

/* Suggests a subject, which a plain page shows that names none itself; CATALOGUE_NONE: none. */
void reading_suggest_subject(struct reading *reading, const struct session *session, uint32_t subject);

/* How far the text lies from the upper left corner of the pane. */
void reading_text_place(const struct reading *reading, size_t *rows, size_t *columns);

/* Draws header and text into a pane as large as reading_resize() was told. The cursor goes to the selected link, the current match,
 * or the first line. */
void reading_draw(const struct reading *reading, const struct session *session, struct grid *grid, size_t row,
                  size_t column, bool focused);

#endif
